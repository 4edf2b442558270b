//! Which screen does a path name?
//!
//! `/r/<host>` lists repositories, `/r/<host>/<repository>` tags; with `:tag` or `@digest` behind it, one object,
//! and then `/~manifest` one side of it; `@digest/~blob` reads the digest as a blob. `~` occurs in no repository name, so
//! nothing is ambiguous. What is shown of a screen stands in the query: `sel`, `q`, `platform`,
//! `ptr`, `in`.

use leptos::prelude::*;
use oci::{Digest, Host, Reference, RepositoryName, Tag};

use crate::query::Query;

/// A screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Route {
    /// The first screen.
    Home,
    /// The tour of the samples.
    Tour,
    /// The repositories of a registry.
    Registry(Host),
    /// The tags of a repository.
    Repository(Host, RepositoryName),
    /// One manifest or index.
    Object(Reference, Tab),
    /// One blob, by its own digest.
    Blob(Host, RepositoryName, Digest),
    /// A path that names nothing, with the reason.
    Unknown(String),
}

/// What stands in the place of a side where a digest is read as a blob.
const BLOB: &str = "blob";

/// A side of an object's screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Tab {
    /// What it is.
    #[default]
    Overview,
    /// Its exact bytes.
    Manifest,
    /// What its config says.
    Config,
    /// Its layers, or the blobs of an artifact, and what is in them.
    Layers,
    /// The exchanges that it took.
    Http,
}

impl Tab {
    /// Every side, in the order of the tabs.
    pub(crate) const ALL: [Self; 5] =
        [Self::Overview, Self::Manifest, Self::Config, Self::Layers, Self::Http];

    /// Its name in paths, ids and keys of sentences.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Manifest => "manifest",
            Self::Config => "config",
            Self::Layers => "layers",
            Self::Http => "http",
        }
    }

    /// The side of a name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.name() == name)
    }
}

/// Where the window is: the screen, and what the query says of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Here {
    /// The screen.
    pub(crate) route: Memo<Route>,
    /// `?sel=`: the selected tag of a list, or the open blob of an object, by its digest.
    pub(crate) selected: Memo<Option<String>>,
    /// `?q=`: the filter of a list.
    pub(crate) filter: Memo<Option<String>>,
    /// `?platform=`: the platform of an index, as [`oci::Platform`] is written.
    pub(crate) platform: Memo<Option<String>>,
    /// `?ptr=`: a JSON pointer into the manifest.
    pub(crate) pointer: Memo<Option<String>>,
    /// `?in=`: the digest of the manifest that names a blob.
    pub(crate) within: Memo<Option<String>>,
}

impl Here {
    /// Follows the address.
    pub(crate) fn new(path: Memo<String>, search: Memo<String>) -> Self {
        let query = Memo::new(move |_| Query::parse(&search.read()));
        Self {
            route: Memo::new(move |_| Route::parse(&path.read())),
            selected: Memo::new(move |_| query.read().selected.clone()),
            filter: Memo::new(move |_| query.read().filter.clone()),
            platform: Memo::new(move |_| query.read().platform.clone()),
            pointer: Memo::new(move |_| query.read().pointer.clone()),
            within: Memo::new(move |_| query.read().within.clone()),
        }
    }

    /// What the query says, all of it: change a part, then go to [`Route::address`].
    pub(crate) fn query(self) -> Query {
        Query {
            selected: self.selected.get(),
            filter: self.filter.get(),
            platform: self.platform.get(),
            pointer: self.pointer.get(),
            within: self.within.get(),
        }
    }
}

impl Route {
    /// Reads the path of an address, percent-encoded as it stands there.
    pub(crate) fn parse(path: &str) -> Self {
        let path = decode(path);
        let trimmed = path.trim_matches('/');
        if trimmed.is_empty() || trimmed == "index.html" {
            return Self::Home;
        }
        if trimmed == "tour" {
            return Self::Tour;
        }
        let Some(rest) = trimmed.strip_prefix("r/") else {
            return Self::Unknown(view::text("ui.unknown.path", &[("path", &view::visible(&path))]));
        };
        Self::parse_registry(rest).unwrap_or_else(Self::Unknown)
    }

    fn parse_registry(rest: &str) -> Result<Self, String> {
        let (host, tail) = rest.split_once('/').unwrap_or((rest, ""));
        let host: Host = host.parse().map_err(why)?;
        if tail.is_empty() {
            return Ok(Self::Registry(host));
        }
        let (name, side) = tail.split_once("/~").map_or((tail, None), |(name, side)| (name, Some(side)));
        let is_blob = side == Some(BLOB);
        let tab = match side.filter(|_| !is_blob) {
            None => Tab::Overview,
            Some(side) => Tab::named(side)
                .ok_or_else(|| view::text("ui.unknown.tab", &[("tab", &view::visible(side))]))?,
        };
        let (name, digest) = match name.split_once('@') {
            Some((name, digest)) => (name, Some(digest.parse::<Digest>().map_err(why)?)),
            None => (name, None),
        };
        let (name, tag) = match name.split_once(':') {
            Some((name, tag)) => (name, Some(tag.parse::<Tag>().map_err(why)?)),
            None => (name, None),
        };
        let repository: RepositoryName = name.parse().map_err(why)?;
        Ok(match (tag, digest) {
            (_, Some(digest)) if is_blob => Self::Blob(host, repository, digest),
            (_, None) if is_blob => return Err(view::text("ui.unknown.blob", &[])),
            (None, None) => Self::Repository(host, repository),
            (tag, digest) => Self::Object(Reference { host, repository, tag, digest }, tab),
        })
    }

    /// The path that names this screen.
    pub(crate) fn path(&self) -> String {
        match self {
            Self::Home | Self::Unknown(_) => "/".to_owned(),
            Self::Tour => "/tour".to_owned(),
            Self::Registry(host) => format!("/r/{host}"),
            Self::Repository(host, repository) => format!("/r/{host}/{repository}"),
            Self::Object(reference, Tab::Overview) => format!("/r/{reference}"),
            Self::Object(reference, tab) => format!("/r/{reference}/~{}", tab.name()),
            Self::Blob(host, repository, digest) => format!("/r/{host}/{repository}@{digest}/~{BLOB}"),
        }
    }

    /// The path with the query behind it.
    pub(crate) fn address(&self, query: &Query) -> String {
        format!("{}{}", self.path(), query.text())
    }

    /// The registry that this screen contacts.
    pub(crate) fn host(&self) -> Option<&Host> {
        match self {
            Self::Home | Self::Tour | Self::Unknown(_) => None,
            Self::Registry(host) | Self::Repository(host, _) | Self::Blob(host, ..) => Some(host),
            Self::Object(reference, _) => Some(&reference.host),
        }
    }

    /// The repository that this screen is about.
    pub(crate) fn repository(&self) -> Option<&RepositoryName> {
        match self {
            Self::Home | Self::Tour | Self::Unknown(_) | Self::Registry(_) => None,
            Self::Repository(_, repository) | Self::Blob(_, repository, _) => Some(repository),
            Self::Object(reference, _) => Some(&reference.repository),
        }
    }

    /// What the window is called on this screen.
    pub(crate) fn title(&self) -> String {
        match self {
            Self::Home => view::text("ui.title.home", &[]),
            Self::Tour => view::text("ui.title.page", &[("what", &view::text("ui.tour.title", &[]))]),
            Self::Unknown(_) => view::text("ui.title.unknown", &[]),
            Self::Registry(host) => view::text("ui.title.page", &[("what", host.as_str())]),
            Self::Repository(host, repository) => {
                view::text("ui.title.page", &[("what", &format!("{repository} · {host}"))])
            }
            Self::Object(reference, _) => {
                let what = format!("{} · {}", view::words::last_name(reference), reference.host);
                view::text("ui.title.page", &[("what", &what)])
            }
            Self::Blob(host, repository, digest) => {
                let what = format!("{repository}@{} · {host}", view::words::short_digest(digest));
                view::text("ui.title.page", &[("what", &what)])
            }
        }
    }
}

fn why(error: impl std::fmt::Display) -> String {
    view::visible(&error.to_string())
}

/// Percent-decodes; text that is no such encoding stays as it is.
fn decode(path: &str) -> String {
    js_sys::decode_uri_component(path)
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_else(|| path.to_owned())
}
