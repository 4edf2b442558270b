//! How is a small file replaced whole, by one program at a time?
//!
//! Who changes it holds a lock on a file beside it, because the file itself is another one after each change. What
//! is new is written beside it, brought to the disk and renamed: a reader sees the old file or the new one, also
//! after a crash. What a crash leaves beside it is overwritten by the next change.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    thread::sleep,
    time::{Duration, Instant},
};

/// How long another program's change is waited for. It takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(3);

/// How often it is looked whether the other one is done.
const LOOK_AGAIN: Duration = Duration::from_millis(2);

/// What a file says.
#[derive(Debug)]
pub(super) enum Content {
    /// It is not there.
    Missing,
    /// All of it.
    Bytes(Vec<u8>),
    /// It is longer than was allowed.
    TooLong,
}

/// Reads a file, up to a length.
pub(super) fn read(path: &Path, longest: u64) -> io::Result<Content> {
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Content::Missing),
        Err(error) => return Err(error),
        // Nothing else ends by itself when it is read.
        Ok(about) if !about.is_file() => return Err(io::Error::other("it is not a file")),
        Ok(_) => {}
    }
    let mut bytes = Vec::new();
    // One byte more than is allowed shows that there is more.
    File::open(path)?.take(longest + 1).read_to_end(&mut bytes)?;
    Ok(if bytes.len() as u64 > longest { Content::TooLong } else { Content::Bytes(bytes) })
}

/// The right to change a file, until it is dropped.
#[derive(Debug)]
pub(super) struct Locked {
    path: PathBuf,
    _lock: File,
}

/// Waits for the right to change a file; its folder is made where it is missing.
///
/// # Errors
/// The folder cannot be written, or another program does not give the right back.
pub(super) fn lock(path: &Path) -> io::Result<Locked> {
    // A link to a file elsewhere stays a link.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    let lock = private().truncate(false).open(beside(&path, ".lock"))?;
    let start = Instant::now();
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(Locked { path, _lock: lock }),
            Err(TryLockError::Error(error)) => return Err(error),
            Err(TryLockError::WouldBlock) if start.elapsed() > PATIENCE => {
                return Err(io::Error::other("another program has been changing it for some seconds"));
            }
            Err(TryLockError::WouldBlock) => sleep(LOOK_AGAIN),
        }
    }
}

impl Locked {
    /// Replaces the file.
    pub(super) fn write(&self, bytes: &[u8]) -> io::Result<()> {
        let new = beside(&self.path, ".new");
        let written = write_new(&new, bytes).and_then(|()| fs::rename(&new, &self.path));
        if written.is_err() {
            let _ = fs::remove_file(&new);
        }
        written?;
        // That it has its name is on the disk only when its folder is.
        if let Some(folder) = self.path.parent().filter(|_| cfg!(unix)) {
            File::open(folder)?.sync_all()?;
        }
        Ok(())
    }

    /// Keeps what the file says under another name, which begins with its own and has the word in it, and says which.
    pub(super) fn keep_beside(&self, word: &str) -> io::Result<PathBuf> {
        let mut kept = beside(&self.path, &format!(".{word}"));
        let mut times = 1;
        while fs::symlink_metadata(&kept).is_ok() {
            times += 1;
            kept = beside(&self.path, &format!(".{word}-{times}"));
        }
        // A second name costs nothing; not every file system has them.
        if fs::hard_link(&self.path, &kept).is_err() {
            fs::copy(&self.path, &kept)?;
        }
        Ok(kept)
    }
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = private().create_new(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// For this user alone.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().map(OsString::from).unwrap_or_default();
    name.push(ending);
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(path: &Path) -> Vec<u8> {
        match read(path, 100).unwrap() {
            Content::Bytes(bytes) => bytes,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_file_is_replaced_whole_and_what_a_crash_left_is_harmless() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b/settings.json");
        assert!(matches!(read(&path, 100).unwrap(), Content::Missing));
        lock(&path).unwrap().write(b"one").unwrap();
        fs::write(path.with_file_name("settings.json.new"), "half of so").unwrap();
        assert_eq!(bytes(&path), b"one");
        lock(&path).unwrap().write(b"two").unwrap();
        assert_eq!(bytes(&path), b"two");
        let left: Vec<_> =
            fs::read_dir(path.parent().unwrap()).unwrap().map(|it| it.unwrap().file_name()).collect();
        assert_eq!(left.len(), 2, "the file and its lock: {left:?}");
    }

    #[test]
    #[cfg(unix)]
    fn it_is_for_this_user_alone_and_a_link_stays_one() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("kept/elsewhere"), folder.path().join("settings.json"));
        fs::create_dir(folder.path().join("kept")).unwrap();
        fs::write(&real, "old").unwrap();
        symlink(&real, &link).unwrap();
        lock(&link).unwrap().write(b"new").unwrap();
        assert_eq!(bytes(&real), b"new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn nothing_is_overwritten_by_what_is_kept_beside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        for (content, name) in [("one", "settings.json.broken"), ("two", "settings.json.broken-2")] {
            fs::write(&path, content).unwrap();
            let lock = lock(&path).unwrap();
            let kept = lock.keep_beside("broken").unwrap();
            lock.write(b"new").unwrap();
            assert_eq!(kept, folder.path().canonicalize().unwrap().join(name));
            assert_eq!(fs::read_to_string(kept).unwrap(), content);
            fs::remove_file(&path).unwrap();
        }
    }

    #[test]
    fn what_is_long_or_no_file_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("long");
        fs::write(&path, [0; 101]).unwrap();
        assert!(matches!(read(&path, 100).unwrap(), Content::TooLong));
        assert!(read(folder.path(), 100).is_err());
    }
}
