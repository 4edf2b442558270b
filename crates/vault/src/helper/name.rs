//! What may a helper be called, and where is its program?

use std::{
    env,
    ffi::OsStr,
    fmt,
    path::{Path, PathBuf},
};

use super::HelperProblem;

/// The longest name.
const LONGEST: usize = 64;

/// A helper's name as config files write it: `osxkeychain`, `ecr-login`, `desktop.exe`. Its program is called
/// `docker-credential-<name>`. A name has `a-z 0-9 . _ -`, begins with a letter or a digit and is no longer than 64:
/// it can be neither a path nor a second argument, nor mean anything to a shell.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct HelperName(String);

impl HelperName {
    /// Reads a name.
    ///
    /// # Errors
    /// [`HelperProblem::BadName`].
    pub fn new(text: &str) -> Result<Self, HelperProblem> {
        let word = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let good = text.len() <= LONGEST
            && text.as_bytes().first().is_some_and(word)
            && text.bytes().all(|byte| word(&byte) || matches!(byte, b'.' | b'_' | b'-'));
        if good { Ok(Self(text.to_owned())) } else { Err(HelperProblem::BadName) }
    }

    /// The program's file name, without the ending that Windows adds.
    pub fn program(&self) -> String {
        format!("docker-credential-{}", self.0)
    }

    /// The program, looked for in the absolute entries of `path` alone: what lies in the folder that happens to be the
    /// current one is never run, not by an entry `.` and not by the order in which Windows searches.
    pub(crate) fn locate(&self, path: &OsStr) -> Result<PathBuf, HelperProblem> {
        let mut file = self.program();
        if cfg!(windows) && !file.ends_with(".exe") {
            file.push_str(".exe");
        }
        let mut there = false;
        for folder in env::split_paths(path).filter(|folder| folder.is_absolute()) {
            let program = folder.join(&file);
            if program.is_file() {
                if is_executable(&program) {
                    return Ok(program);
                }
                there = true;
            }
        }
        Err(if there { HelperProblem::NotExecutable } else { HelperProblem::Missing })
    }
}

impl fmt::Display for HelperName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(unix)]
fn is_executable(program: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    program.metadata().is_ok_and(|data| data.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(_: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_plain_word() {
        for good in ["osxkeychain", "ecr-login", "desktop.exe", "gcloud", "0", "a_b", &"a".repeat(64)] {
            assert!(HelperName::new(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "../../tmp/evil",
            "/bin/evil",
            "a/b",
            "a\\b",
            "a b",
            "x;calc",
            "$(x)",
            "-x",
            ".x",
            "_x",
            "Pass",
            "desktop.exe\0",
            "a\n",
            "é",
            "a:b",
            &"a".repeat(65),
            &"a".repeat(300),
        ] {
            assert_eq!(HelperName::new(bad), Err(HelperProblem::BadName), "{bad:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn only_absolute_entries_are_looked_into() {
        use std::{fs, os::unix::fs::PermissionsExt as _};
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name).join("docker-credential-x");
        for name in ["plain", "good", "later"] {
            fs::create_dir(folder.path().join(name)).unwrap();
            fs::write(at(name), "").unwrap();
        }
        for name in ["good", "later"] {
            fs::set_permissions(at(name), fs::Permissions::from_mode(0o700)).unwrap();
        }
        let path = |names: &[&str]| {
            env::join_paths(names.iter().map(|name| match *name {
                "." | "" | "good/.." => PathBuf::from(name),
                name => folder.path().join(name),
            }))
            .unwrap()
        };
        let x = HelperName::new("x").unwrap();
        assert_eq!(x.locate(&path(&["plain", "good", "later"])), Ok(at("good")));
        assert_eq!(x.locate(&path(&["plain"])), Err(HelperProblem::NotExecutable));
        assert_eq!(x.locate(&path(&[])), Err(HelperProblem::Missing));
        // A helper in the current folder is not found by any of the ways to name that folder.
        let here = env::current_dir().unwrap();
        let upwards: PathBuf = here.components().skip(1).map(|_| "..").collect();
        let relative = upwards.join(folder.path().join("good").strip_prefix("/").unwrap());
        assert!(relative.join("docker-credential-x").is_file(), "it is there, by a relative path");
        assert_eq!(x.locate(relative.as_os_str()), Err(HelperProblem::Missing));
        assert_eq!(x.locate(&path(&[".", ""])), Err(HelperProblem::Missing));
    }
}
