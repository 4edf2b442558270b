//! How does a verified file get to the place that the user chose?
//!
//! Whole or not at all: by a new name on the same disk; on another one by a copy under a name of its own, which gets
//! the chosen name when all of it is on that disk. Where that fails nothing is left there, and the verified file stays.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
};

use api::{Code, Error};

/// Moves a file. What stands at the place is replaced: who chose it was asked.
///
/// # Errors
/// The place cannot be written. Then the file is still where it was.
pub fn place(file: &Path, to: &Path) -> Result<(), Error> {
    place_by(file, to, |from, to| fs::rename(from, to), copy)
}

type Step = fn(&Path, &Path) -> io::Result<()>;

fn place_by(file: &Path, to: &Path, rename: Step, copy: Step) -> Result<(), Error> {
    if to.is_dir() {
        return Err(refused(to, "a folder has this name"));
    }
    if rename(file, to).is_ok() {
        return Ok(());
    }
    // Another disk, mostly; if it is something else, it is that for the copy too.
    let part = beside(to);
    let copied = copy(file, &part).and_then(|()| fs::rename(&part, to));
    match copied {
        Ok(()) => {
            // The place has it. What stays behind is tidied up with the other saves.
            let _ = fs::remove_file(file);
            Ok(())
        }
        Err(error) => {
            let _ = fs::remove_file(&part);
            Err(match error.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                    let needed = fs::metadata(file).map_or(0, |about| about.len());
                    let folder = to.parent().unwrap_or(to).display();
                    refused(to, format!("{folder} has no room for {needed} bytes"))
                }
                io::ErrorKind::NotFound if !file.exists() => {
                    Error::new(Code::HostGone, "The fetched file is gone from the cache: save it again.")
                }
                _ => refused(to, error),
            })
        }
    }
}

fn refused(to: &Path, why: impl std::fmt::Display) -> Error {
    let text = format!(
        "{} cannot be written: {why}. Nothing was left there, and what was fetched is kept: choose another place, or \
         this one again.",
        to.display()
    );
    Error::new(Code::BadRequest, text)
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let mut from = File::open(from)?;
    let mut to = OpenOptions::new().write(true).create_new(true).open(to)?;
    io::copy(&mut from, &mut to)?;
    to.sync_all()
}

fn beside(to: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(to.file_name().unwrap_or_default());
    name.push(format!(".{}.part", std::process::id()));
    to.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        fs::read_dir(folder).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap()).collect()
    }

    struct Disks(tempfile::TempDir);

    impl Disks {
        fn new() -> Self {
            let disks = Self(tempfile::tempdir().unwrap());
            fs::create_dir(disks.0.path().join("cache")).unwrap();
            fs::create_dir(disks.0.path().join("home")).unwrap();
            fs::write(disks.file(), "verified").unwrap();
            disks
        }

        fn file(&self) -> PathBuf {
            self.0.path().join("cache/sha256-00")
        }

        fn home(&self) -> PathBuf {
            self.0.path().join("home")
        }
    }

    fn another_disk(_: &Path, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::CrossesDevices.into())
    }

    #[test]
    fn a_file_is_moved_and_replaces_what_the_user_agreed_to() {
        for rename in [another_disk as Step, |from, to| fs::rename(from, to)] {
            let disks = Disks::new();
            let to = disks.home().join("chart.tgz");
            fs::write(&to, "earlier").unwrap();
            place_by(&disks.file(), &to, rename, copy).unwrap();
            assert_eq!(fs::read_to_string(&to).unwrap(), "verified");
            assert_eq!(names(&disks.home()), ["chart.tgz"]);
            assert!(!disks.file().exists());
        }
    }

    #[test]
    fn a_full_disk_leaves_nothing_there_and_the_file_here() {
        let disks = Disks::new();
        let to = disks.home().join("chart.tgz");
        let full = |from: &Path, to: &Path| {
            copy(from, to)?;
            fs::write(to, "veri")?;
            Err(io::ErrorKind::StorageFull.into())
        };
        let error = place_by(&disks.file(), &to, another_disk, full).unwrap_err();
        assert!(error.message.contains("no room for 8 bytes"), "{error}");
        assert!(names(&disks.home()).is_empty());
        place_by(&disks.file(), &to, another_disk, copy).unwrap();
        assert_eq!(fs::read_to_string(&to).unwrap(), "verified");
    }

    /// The device that is always full: what a copy meets when the disk is.
    #[test]
    #[cfg(target_os = "linux")]
    fn the_systems_own_word_for_a_full_disk_is_understood() {
        let disks = Disks::new();
        let full = |from: &Path, _: &Path| {
            let mut device = OpenOptions::new().write(true).open("/dev/full")?;
            io::copy(&mut File::open(from)?, &mut device).map(drop)
        };
        let to = disks.home().join("chart.tgz");
        let error = place_by(&disks.file(), &to, another_disk, full).unwrap_err();
        assert!(error.message.contains("no room for 8 bytes"), "{error}");
        assert_eq!(fs::read_to_string(disks.file()).unwrap(), "verified");
    }

    #[test]
    fn a_place_that_is_none_is_an_error_and_the_file_stays() {
        let disks = Disks::new();
        for to in [disks.home(), disks.home().join("not/there/chart.tgz"), disks.file().join("chart.tgz")] {
            let error = place(&disks.file(), &to).unwrap_err();
            assert!(error.message.contains("is kept"), "{error}");
            assert_eq!(fs::read_to_string(disks.file()).unwrap(), "verified");
        }
        assert!(names(&disks.home()).is_empty());
    }

    #[test]
    fn a_file_that_is_gone_is_said_so() {
        let disks = Disks::new();
        fs::remove_file(disks.file()).unwrap();
        let error = place(&disks.file(), &disks.home().join("chart.tgz")).unwrap_err();
        assert_eq!(error.code, Code::HostGone);
    }
}
