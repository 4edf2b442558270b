//! Can a config file be read, and is it one?

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read},
    path::Path,
};

/// Bytes of a config file that are read at most: docker's with hundreds of contexts stays below a hundredth of it.
pub(crate) const MOST: u64 = 4 << 20;

/// Why a file gives nothing. The words name no content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileProblem {
    /// The system does not let it be read.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// A folder, a pipe, a device: nothing that is read to its end.
    #[error("is no regular file")]
    NotRegular,
    /// Longer than 4 MiB.
    #[error("is longer than {} MiB", MOST >> 20)]
    TooLarge,
    /// Not JSON.
    #[error("is no valid JSON at line {line}, column {column}")]
    NotJson {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
    },
    /// JSON, but not an object.
    #[error("holds JSON that is no object")]
    NotAnObject,
    /// A part of it has another shape than it must.
    #[error("has a {0:?} of another shape than docker and podman write")]
    Shape(&'static str),
}

/// The bytes of a file; `None` where there is none.
///
/// A symbolic link is followed: managers of dotfiles make them, and whoever can place one in the user's folder can
/// place a file there too. What it leads to must be a regular file; that is asked before it is opened, since opening
/// a pipe waits and opening a device may act, and again of what was opened.
pub(crate) fn bytes(path: &Path) -> Result<Option<Vec<u8>>, FileProblem> {
    let there = match fs::metadata(path) {
        Err(error) if is_absent(&error) => return Ok(None),
        other => other.map_err(|error| unreadable(&error))?,
    };
    if !there.is_file() {
        return Err(FileProblem::NotRegular);
    }
    let file = match open(path) {
        Err(error) if is_absent(&error) => return Ok(None),
        other => other.map_err(|error| unreadable(&error))?,
    };
    if !file.metadata().map_err(|error| unreadable(&error))?.is_file() {
        return Err(FileProblem::NotRegular);
    }
    let mut bytes = Vec::new();
    file.take(MOST + 1).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
    if bytes.len() as u64 > MOST { Err(FileProblem::TooLarge) } else { Ok(Some(bytes)) }
}

/// A folder of the path that is a file means as well that the file is not there.
fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

fn unreadable(error: &io::Error) -> FileProblem {
    FileProblem::Unreadable(error.kind().to_string())
}

#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    // What became a pipe since it was looked at is opened without a wait.
    let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
    OpenOptions::new().read(true).custom_flags(flags.bits().cast_signed()).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a");
        assert_eq!(bytes(&file), Ok(None));
        fs::write(&file, "x").unwrap();
        assert_eq!(bytes(&file.join("config.json")), Ok(None));
        assert_eq!(bytes(&file), Ok(Some(b"x".to_vec())));
    }

    #[test]
    fn what_is_too_long_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.json");
        let file = File::create(&path).unwrap();
        file.set_len(100 << 20).unwrap();
        assert_eq!(bytes(&path), Err(FileProblem::TooLarge));
        file.set_len(4 << 20).unwrap();
        assert_eq!(bytes(&path).unwrap().unwrap().len(), 4 << 20);
    }

    /// Whoever writes into a pipe waits until somebody opens it to read.
    #[cfg(unix)]
    #[test]
    fn a_pipe_is_not_even_opened() {
        use std::{sync::mpsc, thread, time::Duration};
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let (opened, told) = mpsc::channel();
        let path = pipe.clone();
        let writer = thread::spawn(move || {
            let file = OpenOptions::new().write(true).open(path).unwrap();
            opened.send(()).unwrap();
            drop(file);
        });
        for _ in 0..20 {
            assert_eq!(bytes(&pipe), Err(FileProblem::NotRegular));
            assert!(told.recv_timeout(Duration::from_millis(10)).is_err(), "somebody has opened it");
        }
        drop(open(&pipe).unwrap());
        told.recv_timeout(Duration::from_secs(20)).unwrap();
        writer.join().unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed_to_a_regular_file_and_to_nothing_else() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("dotfile"), "{}").unwrap();
        symlink(at("dotfile"), at("good")).unwrap();
        assert_eq!(bytes(&at("good")), Ok(Some(b"{}".to_vec())));
        symlink(at("gone"), at("dangling")).unwrap();
        assert_eq!(bytes(&at("dangling")), Ok(None));
        symlink("/dev/zero", at("device")).unwrap();
        symlink(folder.path(), at("folder")).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
        for name in ["device", "folder", "pipe"] {
            assert_eq!(bytes(&at(name)), Err(FileProblem::NotRegular), "{name}");
        }
        symlink(at("loop"), at("loop")).unwrap();
        assert!(matches!(bytes(&at("loop")), Err(FileProblem::Unreadable(_))));
    }
}
