//! Where does this user keep what should survive a restart?

use std::{env, path::PathBuf};

/// Our folders of a user, each with our name as its last part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// For what the user chose.
    pub config: PathBuf,
    /// For what only this machine needs.
    pub state: PathBuf,
    /// For what can be fetched again.
    pub cache: PathBuf,
}

impl Folders {
    /// Those that the system names; `None` where it names none.
    pub fn of_user() -> Option<Self> {
        let support = "Library/Application Support";
        Some(Self {
            config: folder("XDG_CONFIG_HOME", ".config", "APPDATA", support)?,
            state: folder("XDG_STATE_HOME", ".local/state", "LOCALAPPDATA", support)?,
            cache: folder("XDG_CACHE_HOME", ".cache", "LOCALAPPDATA", "Library/Caches")?,
        })
    }

    /// Where what is being saved is put together.
    pub fn saves(&self) -> PathBuf {
        self.cache.join("saves")
    }
}

/// XDG base directory specification, and what stands for it elsewhere.
fn folder(xdg: &str, of_home: &str, windows: &str, macos: &str) -> Option<PathBuf> {
    let named = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = if cfg!(windows) {
        named(windows)
    } else if cfg!(target_os = "macos") {
        named("HOME").map(|home| home.join(macos))
    } else {
        named(xdg).or_else(|| named("HOME").map(|home| home.join(of_home)))
    };
    base.map(|base| base.join("ociscope"))
}
