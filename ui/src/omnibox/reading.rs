//! What does a person mean by this text, on this screen?

use oci::{
    Digest, Host, Reference, RepositoryName,
    pasted::{self, Pasted, Reason, Target},
};

use crate::{
    query::Query,
    routes::{Route, Tab},
};

/// How a text was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reading {
    /// There is no text.
    Nothing,
    /// A link to a screen of this app, with what it says of the screen.
    Link(Route, Query),
    /// What it points to, and how that was found.
    Pasted(Pasted),
    /// A digest alone, in the repository that is open.
    Here(Reference, Pasted),
    /// A digest alone, where no repository is open.
    Homeless(Digest),
    /// It is none of these.
    Unreadable(Reason),
}

impl Reading {
    /// The address that it leads to.
    pub(crate) fn address(&self) -> Option<String> {
        let route = match self {
            Self::Nothing | Self::Unreadable(_) | Self::Homeless(_) => return None,
            Self::Link(route, query) => return Some(route.address(query)),
            Self::Here(reference, _) => Route::Object(reference.clone(), Tab::Overview),
            Self::Pasted(pasted) => match &pasted.target {
                Target::Registry(host) => Route::Registry(host.clone()),
                Target::Reference(reference) => route_of(reference),
                Target::Blob(host, repository, digest) => {
                    Route::Blob(host.clone(), repository.clone(), digest.clone())
                }
                Target::Digest(_) => return None,
            },
        };
        Some(route.path())
    }

    /// Whether the text is there and cannot be followed.
    pub(crate) fn is_bad(&self) -> bool {
        matches!(self, Self::Unreadable(_) | Self::Homeless(_))
    }
}

/// The screen of a reference: a repository's, where it names no object.
pub(crate) fn route_of(reference: &Reference) -> Route {
    if reference.tag.is_none() && reference.digest.is_none() {
        Route::Repository(reference.host.clone(), reference.repository.clone())
    } else {
        Route::Object(reference.clone(), Tab::Overview)
    }
}

/// Reads a text as it is typed or pasted. `here` is the repository that is open: a digest alone means one of its own.
pub(crate) fn read(text: &str, here: Option<(&Host, &RepositoryName)>) -> Reading {
    let text = text.trim();
    if text.is_empty() {
        return Reading::Nothing;
    }
    if let Some((route, query)) = link(text) {
        return Reading::Link(route, query);
    }
    match pasted::read(text) {
        Err(Reason::Empty) => Reading::Nothing,
        Err(reason) => Reading::Unreadable(reason),
        Ok(pasted) => match (pasted.target.clone(), here) {
            (Target::Digest(digest), Some((host, repository))) => {
                let (host, repository) = (host.clone(), repository.clone());
                Reading::Here(Reference { host, repository, tag: None, digest: Some(digest) }, pasted)
            }
            (Target::Digest(digest), None) => Reading::Homeless(digest),
            _ => Reading::Pasted(pasted),
        },
    }
}

/// A path of this app, or an address of it in either host.
fn link(text: &str) -> Option<(Route, Query)> {
    let path = match text.split_once("://") {
        Some(("ociscope", path)) => format!("/{}", path.trim_start_matches('/')),
        Some((_, rest)) => {
            let (authority, path) = rest.split_once('/')?;
            let host: Host = authority.parse().ok()?;
            (host.is_loopback() || authority == "tauri.localhost").then(|| format!("/{path}"))?
        }
        None => text.to_owned(),
    };
    if !path.starts_with("/r/") && path != "/tour" {
        return None;
    }
    // What follows a `#` may be a launch token: it is never read.
    let path = path.split('#').next().unwrap_or_default();
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    match Route::parse(path) {
        Route::Unknown(_) | Route::Home => None,
        route => Some((route, Query::parse(query))),
    }
}
