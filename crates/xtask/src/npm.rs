//! Which tools come from npm, and where are they?
//!
//! At the versions and integrities of `crates/xtask/npm/package-lock.json`, from the registry that the user's npm
//! knows, kept in the user's cache. They are used at build and test time; nothing of them is in the app.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    command::{find, run},
    failure::{Failure, at},
    files, place,
    say::say,
};

/// The tools of the lock file.
#[derive(Debug)]
pub(crate) struct Tools {
    npm: PathBuf,
    node: PathBuf,
    folder: PathBuf,
}

impl Tools {
    /// The tools, if npm is there to bring them. In a continuous integration it has to be.
    pub(crate) fn find() -> Result<Option<Self>, Failure> {
        let (Some(npm), Some(node)) = (find("npm"), find("node")) else {
            let sentence = "npm is missing. On Debian and Ubuntu, `apt-get install npm` installs it.";
            if place::in_ci() {
                return Err(Failure::new(sentence));
            }
            say(sentence);
            return Ok(None);
        };
        let lock = place::root().join("crates/xtask/npm/package-lock.json");
        let key = files::short_hash(&fs::read(&lock).map_err(at(&lock))?);
        Ok(Some(Self { npm, node, folder: place::cache().join(format!("tools/npm-{key}")) }))
    }

    /// Installs them, unless they are in the cache.
    pub(crate) fn ready(self) -> Result<Self, Failure> {
        let _alone = files::alone(&self.folder.with_extension("lock"))?;
        if self.folder.is_dir() {
            return Ok(self);
        }
        say("Installing the tools of crates/xtask/npm, as its lock file has them…");
        let fresh = self.folder.with_extension(std::process::id().to_string());
        files::fresh(&fresh)?;
        for name in ["package.json", "package-lock.json"] {
            let from = place::root().join("crates/xtask/npm").join(name);
            fs::copy(&from, fresh.join(name)).map_err(at(&from))?;
        }
        let mut install = Command::new(&self.npm);
        install.current_dir(&fresh).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
        let installed = run(&mut install).and_then(|()| files::replace(&self.folder, &fresh));
        files::remove(&fresh).map_err(at(&fresh))?;
        installed.map(|()| self)
    }

    /// Node, with a program of a package: `binaryen/bin/wasm-opt`.
    pub(crate) fn program(&self, path: &str) -> Command {
        let mut command = Command::new(&self.node);
        command.arg(self.file(path));
        command
    }

    /// A file of a package: `axe-core/axe.min.js`.
    pub(crate) fn file(&self, path: &str) -> PathBuf {
        self.folder.join("node_modules").join(Path::new(path))
    }
}
