//! Where is what: the repository, the build, the user's cache?

use std::{
    env,
    path::{Path, PathBuf},
};

/// The repository.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}

/// The folder of the built programs.
pub(crate) fn programs() -> PathBuf {
    target().join("debug")
}

/// Cargo's target folder, wherever the environment or its configuration put it: this program lies in it.
pub(crate) fn target() -> PathBuf {
    if let Some(named) = env::var_os("CARGO_TARGET_DIR") {
        return root().join(named);
    }
    let own = env::current_exe().ok();
    let target = own.as_deref().and_then(|path| path.ancestors().nth(2)).map(Path::to_owned);
    target.unwrap_or_else(|| root().join("target"))
}

/// Cargo's home: the sources of dependencies lie in it.
pub(crate) fn cargo_home() -> PathBuf {
    env::var_os("CARGO_HOME").map_or_else(|| home().join(".cargo"), PathBuf::from)
}

/// Our part of the user's cache folder (XDG base directory specification).
pub(crate) fn cache() -> PathBuf {
    let named = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    named.unwrap_or_else(|| home().join(".cache")).join("ociscope")
}

fn home() -> PathBuf {
    env::var_os("HOME").map(PathBuf::from).unwrap_or_default()
}

/// Whether a continuous integration run this: it answers questions with yes, and nothing may be skipped.
pub(crate) fn in_ci() -> bool {
    env::var("CI").as_deref() == Ok("true")
}
