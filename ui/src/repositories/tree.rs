//! Which rows does the tree of a registry's repositories have?
//!
//! Namespaces are folders. A namespace that holds nothing but one other is one row with it: `acme/team`.

use std::{collections::BTreeMap, sync::Arc};

/// Up to so many repositories every folder is open at first.
const FEW: usize = 60;

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Row {
    /// A namespace.
    Folder {
        /// Its whole name: `acme/team`.
        name: Arc<str>,
        /// What of it is written here.
        label: String,
        /// Whether its repositories stand below it.
        open: bool,
        /// How many repositories there are below, at any depth.
        count: usize,
        /// How deep it stands, from 1.
        level: u32,
    },
    /// A repository.
    Repository {
        /// Its whole name, as the registry wrote it.
        name: Arc<str>,
        /// What of it is written here.
        label: String,
        /// How deep it stands, from 1.
        level: u32,
    },
}

#[derive(Default)]
struct Folder<'a> {
    folders: BTreeMap<&'a str, Folder<'a>>,
    repositories: Vec<(&'a str, &'a Arc<str>)>,
    count: usize,
}

/// The rows from top to bottom. `folds` are the folders that were opened or closed by hand, `current` the repository
/// that is open: its folders are, too.
pub(crate) fn rows(names: &[Arc<str>], folds: &BTreeMap<Arc<str>, bool>, current: Option<&str>) -> Vec<Row> {
    let mut root = Folder::default();
    for name in names {
        let mut at = &mut root;
        at.count += 1;
        let (spaces, last) =
            name.rsplit_once('/').map_or((None, &**name), |(spaces, last)| (Some(spaces), last));
        for space in spaces.into_iter().flat_map(|spaces| spaces.split('/')) {
            at = at.folders.entry(space).or_default();
            at.count += 1;
        }
        at.repositories.push((last, name));
    }
    let mut rows = Vec::new();
    let open = |name: &str| {
        let holds = || {
            let rest = current.and_then(|current| current.strip_prefix(name));
            rest.is_some_and(|rest| rest.starts_with('/'))
        };
        folds.get(name).copied().unwrap_or_else(|| names.len() <= FEW || holds())
    };
    below(&mut root, "", 1, &open, &mut rows);
    rows
}

fn below(
    folder: &mut Folder<'_>,
    prefix: &str,
    level: u32,
    open: &dyn Fn(&str) -> bool,
    rows: &mut Vec<Row>,
) {
    for (space, inside) in &mut folder.folders {
        let mut label = (*space).to_owned();
        let mut inside = std::mem::take(inside);
        while inside.repositories.is_empty()
            && inside.folders.len() == 1
            && let Some((next, deeper)) = inside.folders.pop_first()
        {
            label = format!("{label}/{next}");
            inside = deeper;
        }
        let name = format!("{prefix}{label}");
        let open_here = open(&name);
        rows.push(Row::Folder {
            name: name.as_str().into(),
            label,
            open: open_here,
            count: inside.count,
            level,
        });
        if open_here {
            below(&mut inside, &format!("{name}/"), level + 1, open, rows);
        }
    }
    folder.repositories.sort_unstable();
    rows.extend(folder.repositories.iter().map(|(last, name)| Row::Repository {
        name: Arc::clone(name),
        label: (*last).to_owned(),
        level,
    }));
}
