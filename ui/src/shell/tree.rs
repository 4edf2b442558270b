//! Which rows does the tree of registries have?

use std::{collections::BTreeMap, sync::Arc};

use api::RegistryEntry;
use oci::{Host, RepositoryName};

use crate::registries::split;

/// Up to so many repositories every folder is open at first.
const FEW: usize = 60;

/// One row of the tree.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Row {
    /// A registry.
    Registry {
        /// Which.
        entry: RegistryEntry,
        /// Whether its repositories stand below it.
        open: bool,
    },
    /// The part of names before their last slash.
    Folder {
        /// The part.
        name: Arc<str>,
        /// Whether its repositories stand below it.
        open: bool,
        /// How many there are.
        count: usize,
    },
    /// A repository.
    Repository {
        /// Its whole name, as the registry wrote it.
        name: Arc<str>,
        /// How deep it stands, from 1.
        level: u32,
    },
    /// The list was not read: one click reads it.
    All(Host),
}

/// What the tree shows.
pub(super) struct Shown<'a> {
    /// Every registry.
    pub(super) entries: &'a [RegistryEntry],
    /// The one that is open.
    pub(super) host: Option<&'a Host>,
    /// The repository that is open.
    pub(super) repository: Option<&'a RepositoryName>,
    /// The names that its list gave; `None` where the list was not asked for.
    pub(super) names: Option<Vec<Arc<str>>>,
    /// Folders that are open or closed by the user's word.
    pub(super) folds: &'a BTreeMap<Arc<str>, bool>,
    /// Whether the open registry is closed by the user's word.
    pub(super) closed: bool,
}

/// The rows from top to bottom: the user's own registries, then the samples.
pub(super) fn rows(shown: &Shown<'_>) -> Vec<Row> {
    let (samples, own) = split(shown.entries);
    let mut rows = Vec::new();
    for entry in own.into_iter().chain(samples) {
        let open = shown.host == Some(&entry.name) && !shown.closed;
        let name = entry.name.clone();
        rows.push(Row::Registry { entry, open });
        if open {
            below(shown, &name, &mut rows);
        }
    }
    rows
}

fn below(shown: &Shown<'_>, host: &Host, rows: &mut Vec<Row>) {
    let current = shown.repository.map(RepositoryName::as_str);
    let Some(names) = &shown.names else {
        rows.extend(current.map(|name| Row::Repository { name: name.into(), level: 2 }));
        rows.push(Row::All(host.clone()));
        return;
    };
    let mut folders: BTreeMap<&str, Vec<&Arc<str>>> = BTreeMap::new();
    for name in names {
        folders.entry(name.rsplit_once('/').map_or("", |(folder, _)| folder)).or_default().push(name);
    }
    // A repository that no list names is still the one that is open.
    let unlisted = current.filter(|current| !names.iter().any(|name| &**name == *current));
    rows.extend(unlisted.map(|name| Row::Repository { name: name.into(), level: 2 }));
    for (folder, mut inside) in folders {
        inside.sort();
        if folder.is_empty() {
            rows.extend(inside.into_iter().map(|name| Row::Repository { name: name.clone(), level: 2 }));
            continue;
        }
        let holds_current = current.is_some_and(|current| inside.iter().any(|name| &***name == current));
        let open = shown.folds.get(folder).copied().unwrap_or(names.len() <= FEW || holds_current);
        rows.push(Row::Folder { name: folder.into(), open, count: inside.len() });
        if open {
            rows.extend(inside.into_iter().map(|name| Row::Repository { name: name.clone(), level: 3 }));
        }
    }
}
