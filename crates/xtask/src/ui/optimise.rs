//! Where does wasm-opt come from, and what does it do?
//!
//! npm's binaryen, at the version and integrity of `crates/xtask/npm/package-lock.json`, kept in the user's cache.
//! Without npm the UI is about twice as large, and works; in CI that is a failure.

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

/// What Rust's wasm32 target may use of WebAssembly (all of it in the engines of 2023 and later).
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-mutable-globals",
    "--enable-multivalue",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// wasm-opt at its pinned version.
#[derive(Debug)]
pub(super) struct Optimiser {
    npm: PathBuf,
    node: PathBuf,
    folder: PathBuf,
}

impl Optimiser {
    /// The optimiser, if npm is there.
    pub(super) fn find() -> Result<Option<Self>, Failure> {
        let (Some(npm), Some(node)) = (find("npm"), find("node")) else {
            let sentence = "npm is missing: without its binaryen the UI cannot be made small. \
                            On Debian and Ubuntu, `apt-get install npm` installs it.";
            if place::in_ci() {
                return Err(Failure::new(sentence));
            }
            say(&format!("{sentence} It is built without."));
            return Ok(None);
        };
        let lock = place::root().join("crates/xtask/npm/package-lock.json");
        let key = files::short_hash(&fs::read(&lock).map_err(at(&lock))?);
        Ok(Some(Self { npm, node, folder: place::cache().join(format!("tools/npm-{key}")) }))
    }

    /// Installs it, unless it is in the cache.
    pub(super) fn ready(self) -> Result<Self, Failure> {
        if self.program().exists() {
            return Ok(self);
        }
        say("Installing wasm-opt (npm's binaryen, as the lock file has it)…");
        let fresh = self.folder.with_extension(std::process::id().to_string());
        files::fresh(&fresh)?;
        for name in ["package.json", "package-lock.json"] {
            let from = place::root().join("crates/xtask/npm").join(name);
            fs::copy(&from, fresh.join(name)).map_err(at(&from))?;
        }
        let mut install = Command::new(&self.npm);
        install.current_dir(&fresh).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
        run(&mut install)?;
        files::replace(&self.folder, &fresh)?;
        Ok(self)
    }

    fn program(&self) -> PathBuf {
        self.folder.join("node_modules/binaryen/bin/wasm-opt")
    }

    /// Makes a wasm file small, in place.
    pub(super) fn optimise(&self, wasm: &Path) -> Result<(), Failure> {
        let small = wasm.with_extension("small");
        let mut command = Command::new(&self.node);
        command.arg(self.program()).arg("-Oz").args(FEATURES).arg(wasm).arg("-o").arg(&small);
        run(&mut command)?;
        fs::rename(&small, wasm).map_err(at(&small))
    }
}
