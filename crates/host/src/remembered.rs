//! Which registries did the user add before?
//!
//! Both hosts share one file, and both may run: each change is made to what the file says now. Names and addresses
//! are in it, and nothing secret.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use api::AddRegistry;
use service::{Change, MOST_REGISTRIES};

/// The longest file that is read: far more than that many registries need.
const LONGEST_FILE: u64 = 1 << 20;

/// The file, and that only one change is made to it at a time.
#[derive(Debug)]
pub(crate) struct Remembered(Mutex<PathBuf>);

impl Remembered {
    pub(crate) fn in_folder(folder: &Path) -> Self {
        Self(Mutex::new(folder.join("registries.json")))
    }

    /// What was added before. A file that is not there or cannot be read remembers nothing.
    pub(crate) fn read(&self) -> Vec<AddRegistry> {
        read(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Makes a change to it. What cannot be written is forgotten at the next start, and works until then.
    pub(crate) fn change(&self, change: Change) {
        let file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut registries = read(&file);
        match change {
            Change::Added(added) => match registries.iter_mut().find(|known| known.name == added.name) {
                Some(known) => *known = added,
                None => registries.push(added),
            },
            Change::Removed(name) => registries.retain(|known| known.name != name),
        }
        if let Err(error) = write(&file, &registries) {
            tracing::warn!(%error, "the registries cannot be remembered");
        }
    }
}

fn read(file: &Path) -> Vec<AddRegistry> {
    let fits = fs::metadata(file).is_ok_and(|about| about.is_file() && about.len() <= LONGEST_FILE);
    let text = if fits { fs::read(file).unwrap_or_default() } else { Vec::new() };
    let mut registries: Vec<AddRegistry> = serde_json::from_slice(&text).unwrap_or_default();
    registries.truncate(MOST_REGISTRIES);
    registries
}

/// Whole or not at all: a reader never sees half a file.
fn write(file: &Path, registries: &[AddRegistry]) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut text = serde_json::to_vec_pretty(registries)?;
    text.push(b'\n');
    let new = file.with_extension(format!("json.{}", std::process::id()));
    fs::write(&new, text)?;
    fs::rename(new, file)
}

#[cfg(test)]
mod tests {
    use api::Transport;

    use super::*;

    fn lab(transport: Transport) -> AddRegistry {
        let host = |text: &str| text.parse().unwrap();
        AddRegistry { name: host("lab.local"), address: Some(host("10.0.0.7:5000")), transport }
    }

    #[test]
    fn changes_of_two_hosts_meet_in_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("not/yet/there");
        let (window, web) = (Remembered::in_folder(&folder), Remembered::in_folder(&folder));
        assert!(window.read().is_empty());
        let other =
            AddRegistry { name: "b.example".parse().unwrap(), address: None, transport: Transport::Auto };
        window.change(Change::Added(lab(Transport::Auto)));
        web.change(Change::Added(other.clone()));
        window.change(Change::Added(lab(Transport::Http)));
        assert_eq!(web.read(), [lab(Transport::Http), other.clone()]);
        web.change(Change::Removed("lab.local".parse().unwrap()));
        assert_eq!(window.read(), [other]);
    }

    #[test]
    fn a_broken_file_remembers_nothing_and_is_written_anew() {
        let folder = tempfile::tempdir().unwrap();
        let remembered = Remembered::in_folder(folder.path());
        for broken in ["", "{", r#"[{"name":"no host"}]"#, &" ".repeat(2 << 20)] {
            fs::write(folder.path().join("registries.json"), broken).unwrap();
            assert!(remembered.read().is_empty());
        }
        remembered.change(Change::Added(lab(Transport::Auto)));
        assert_eq!(remembered.read(), [lab(Transport::Auto)]);
    }
}
