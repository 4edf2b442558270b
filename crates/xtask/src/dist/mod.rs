//! How does the app become files that can be given to others?
//!
//! Two, in `dist` of the target folder: the package for Debian and what descends from it, with the desktop window, its
//! menu entry and its links; and the web host as one file with the UI inside.

mod deb;

use std::{env, fs, path::PathBuf};

use crate::{
    command::{cargo, run},
    failure::{Failure, at},
    packages::{self, Consent},
    place,
    say::{Steps, say},
    ui,
};

/// What a build is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Given to others.
    Shipped,
    /// For trying out what is packed, and how it installs: built fast.
    Tried,
}

impl Kind {
    /// The cargo profile, and its folder.
    fn profile(self) -> (&'static str, &'static str) {
        match self {
            Self::Shipped => ("dist", "dist"),
            Self::Tried => ("dev", "debug"),
        }
    }

    fn program(self, name: &str) -> PathBuf {
        place::target().join(self.profile().1).join(name)
    }
}

/// Builds everything and packs it.
pub(crate) fn dist(words: &[&str]) -> Result<(), Failure> {
    if let Some(word) = words.iter().find(|word| !["--dev", "--yes"].contains(word)) {
        return Err(Failure::usage(&format!("{word:?} is not known.\ncargo xtask dist [--dev] [--yes]")));
    }
    let kind = if words.contains(&"--dev") { Kind::Tried } else { Kind::Shipped };
    let folder = place::target().join("dist/files");
    fs::create_dir_all(&folder).map_err(at(&folder))?;
    let mut steps = Steps::of(4);
    steps.take("System packages", || {
        let mut needed = vec![packages::COMPILER];
        needed.extend(packages::WINDOW);
        needed.extend(packages::PACKING);
        packages::have(&needed, Consent::from(words))
    })?;
    steps.take("The UI", || match env::var_os("OCISCOPE_UI") {
        // Somebody built it already, and says where.
        Some(_) => Ok(()),
        None if kind == Kind::Tried => ui::build(ui::Kind::Fast),
        None => ui::build(ui::Kind::Small),
    })?;
    steps.take("The programs", || {
        build(kind, &["--package", "ociscope-desktop", "--bin", "ociscope-desktop"])?;
        build(kind, &["--package", "server", "--bin", "ociscope", "--features", "embedded-ui"])
    })?;
    let file = folder.join("ociscope");
    let package = steps.take("The package", || {
        fs::copy(kind.program("ociscope"), &file).map_err(at(&file))?;
        deb::pack(&kind.program("ociscope-desktop"), &file, &folder)
    })?;
    say(&format!("The desktop app:  {}\n                  sudo apt install <this file>", package.display()));
    say(&format!("The web host:     {}", file.display()));
    Ok(())
}

fn build(kind: Kind, what: &[&str]) -> Result<(), Failure> {
    let mut command = cargo(&["build", "--locked", "--profile", kind.profile().0]);
    command.args(what);
    if kind == Kind::Shipped {
        // No path of the machine that built it gets into the programs.
        let remap = |from: PathBuf, to: &str| format!("--remap-path-prefix={}={to}", from.display());
        let flags = [remap(place::cargo_home(), "/cargo"), remap(place::root(), "/ociscope")];
        command.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
    }
    run(&mut command)
}
