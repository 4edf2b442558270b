//! What does a config file of docker or podman say of a registry?

pub(crate) mod entry;
pub(crate) mod file;
pub(crate) mod key;
mod pattern;

use std::path::{Path, PathBuf};

use oci::{Host, RepositoryName};
use registry::Login;
use serde_json::{Map, Value};

pub use self::{
    entry::EntryProblem,
    file::FileProblem,
    key::{How, Layout},
};
use crate::Source;

/// A place where a config file may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigPlace {
    /// Which of the sources it is.
    pub source: Source,
    /// The file.
    pub path: PathBuf,
    /// How its keys are read.
    pub layout: Layout,
}

/// A config file that was read: docker's `config.json`, podman's `auth.json` or `~/.dockercfg`. It is never written.
pub(crate) struct Config {
    layout: Layout,
    auths: Map<String, Value>,
    helpers: Vec<(String, Value)>,
    store: Option<String>,
}

/// What a config file holds for a registry, by one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    /// The key; empty for `credsStore`, which has none.
    pub(crate) key: String,
    /// How the key matched.
    pub(crate) how: How,
    /// What stands there.
    pub(crate) what: What,
}

/// What stands behind a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum What {
    /// `credHelpers`: this registry's own helper.
    CredHelper(String),
    /// `credsStore`: the helper of all registries.
    CredsStore(String),
    /// `auths`: an entry, with a login, without one, or broken.
    Auths(Result<Option<Login>, EntryProblem>),
    /// `credHelpers` names something that is no text.
    NoHelperName,
}

impl Config {
    /// Reads a file; `None` where there is none.
    pub(crate) fn read(path: &Path, layout: Layout) -> Result<Option<Self>, FileProblem> {
        file::bytes(path)?.map(|bytes| Self::parse(&bytes, layout)).transpose()
    }

    /// Reads the content of a file. A byte order mark at its start is passed over, an empty file holds nothing, and
    /// what is unknown is left alone.
    pub(crate) fn parse(bytes: &[u8], layout: Layout) -> Result<Self, FileProblem> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut root = if bytes.trim_ascii().is_empty() {
            Map::new()
        } else {
            // The reader's own words may quote the content.
            match serde_json::from_slice(bytes) {
                Ok(Value::Object(root)) => root,
                Ok(_) => return Err(FileProblem::NotAnObject),
                Err(error) => {
                    return Err(FileProblem::NotJson { line: error.line(), column: error.column() });
                }
            }
        };
        if layout == Layout::Dockercfg {
            return Ok(Self { layout, auths: root, helpers: Vec::new(), store: None });
        }
        let store = match root.remove("credsStore") {
            None | Some(Value::Null) => None,
            Some(Value::String(name)) => Some(name).filter(|name| !name.is_empty()),
            Some(_) => return Err(FileProblem::Shape("credsStore")),
        };
        let auths = object(&mut root, "auths")?;
        let helpers = object(&mut root, "credHelpers")?.into_iter().collect();
        Ok(Self { layout, auths, helpers, store })
    }

    /// The same, with its keys read as a cluster reads them.
    pub(crate) fn into_kubernetes(self) -> Self {
        Self { layout: Layout::Kubernetes, ..self }
    }

    /// The keys of all entries.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &String> {
        self.auths.keys()
    }

    /// All that the file holds for a registry, in the order in which it counts: `credHelpers` before `credsStore`
    /// before `auths` (docker's documentation, "Credential stores"), and in each the closest key first.
    pub(crate) fn held(&self, registry: &Host, repository: Option<&RepositoryName>) -> Vec<Held> {
        let how = |key: &str| key::matches(key, self.layout, registry, repository);
        let mut held = Vec::new();
        for (key, helper) in &self.helpers {
            let Some(how) = how(key) else { continue };
            let what = match helper.as_str() {
                Some(name) => What::CredHelper(name.to_owned()),
                None => What::NoHelperName,
            };
            held.push(Held { key: key.clone(), how, what });
        }
        held.sort_by(|one, other| one.how.cmp(&other.how));
        held.truncate(1);
        // An empty name is docker's way to say: this registry's login is in the file.
        let in_file = held.first().is_some_and(|first| first.what == What::CredHelper(String::new()));
        if in_file {
            held.clear();
        } else if let Some(store) = &self.store {
            let what = What::CredsStore(store.clone());
            held.push(Held { key: String::new(), how: How::Host, what });
        }
        let mut entries: Vec<Held> = Vec::new();
        for (key, entry) in &self.auths {
            if let Some(how) = how(key) {
                entries.push(Held { key: key.clone(), how, what: What::Auths(entry::read(entry)) });
            }
        }
        // Docker Hub's own key before its other names (docker/cli).
        entries
            .sort_by(|one, other| (&one.how, one.key != key::HUB).cmp(&(&other.how, other.key != key::HUB)));
        held.extend(entries);
        held
    }
}

fn object(root: &mut Map<String, Value>, name: &'static str) -> Result<Map<String, Value>, FileProblem> {
    match root.remove(name) {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(object)) => Ok(object),
        Some(_) => Err(FileProblem::Shape(name)),
    }
}

#[cfg(test)]
mod tests;
