//! What does a person mean by this text?

use oci::{Host, Reference};

use crate::routes::{Route, Tab};

/// Words before a reference that are no part of it, as people paste them.
const COMMANDS: &[&str] = &[
    "docker pull",
    "docker run",
    "docker inspect",
    "podman pull",
    "podman run",
    "nerdctl pull",
    "nerdctl run",
    "crane manifest",
    "crane digest",
    "crane pull",
    "crane ls",
    "oras pull",
    "oras discover",
    "oras manifest fetch",
    "skopeo inspect",
    "skopeo list-tags",
    "regctl manifest get",
    "helm pull",
    "cosign verify",
    "cosign tree",
    "FROM",
    "from",
    "image:",
    "- image:",
];

/// How a text was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reading {
    /// There is no text.
    Nothing,
    /// A registry by its name.
    Registry(Host),
    /// A repository, or an object in it.
    Reference(Reference),
    /// A link to a screen of this app.
    Link(Route),
    /// It is none of these: a sentence why.
    Unreadable(String),
}

impl Reading {
    /// The screen that it leads to.
    pub(crate) fn route(&self) -> Option<Route> {
        match self {
            Self::Nothing | Self::Unreadable(_) => None,
            Self::Registry(host) => Some(Route::Registry(host.clone())),
            Self::Link(route) => Some(route.clone()),
            Self::Reference(reference) if reference.tag.is_none() && reference.digest.is_none() => {
                Some(Route::Repository(reference.host.clone(), reference.repository.clone()))
            }
            Self::Reference(reference) => Some(Route::Object(reference.clone(), Tab::Overview)),
        }
    }
}

/// Reads a text as it is typed or pasted.
pub(crate) fn read(text: &str) -> Reading {
    let text = strip(text);
    if text.is_empty() {
        return Reading::Nothing;
    }
    if let Some(route) = link(text) {
        return Reading::Link(route);
    }
    let text = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or(text);
    if let Some(host) = registry(text) {
        return Reading::Registry(host);
    }
    match text.trim_end_matches('/').parse::<Reference>() {
        Ok(reference) => Reading::Reference(reference),
        Err(error) => Reading::Unreadable(view::visible(&error.to_string())),
    }
}

/// Takes away what stands around a reference where it was copied: quotes, a command and its options.
fn strip(text: &str) -> &str {
    let mut rest = unquote(text.trim().trim_start_matches("$ "));
    if let Some(after) = COMMANDS.iter().find_map(|command| rest.strip_prefix(command)) {
        // `FROM` is a word of its own, not the start of one.
        if after.starts_with([' ', '"', '\'']) {
            rest = after.trim_start();
            while rest.starts_with('-') {
                let Some((_, after)) = rest.split_once(' ') else { break };
                rest = after.trim_start();
            }
        }
    }
    let rest = unquote(rest.trim());
    rest.trim_end_matches([',', ';']).trim()
}

fn unquote(text: &str) -> &str {
    text.trim_matches(['"', '\'', '`', '\u{201c}', '\u{201d}', '\u{2018}', '\u{2019}'])
}

/// A path of this app, or an address of it in either host.
fn link(text: &str) -> Option<Route> {
    let path = match text.split_once("://") {
        Some(("ociscope", path)) => format!("/{path}"),
        Some((_, rest)) => {
            let (authority, path) = rest.split_once('/')?;
            let host: Host = authority.parse().ok()?;
            (host.is_loopback() || authority == "tauri.localhost").then(|| format!("/{path}"))?
        }
        None => text.to_owned(),
    };
    if !path.starts_with("/r/") {
        return None;
    }
    let path = path.split(['?', '#']).next().unwrap_or_default();
    match Route::parse(path) {
        Route::Unknown(_) | Route::Home => None,
        route => Some(route),
    }
}

/// A registry alone: a name with a dot, a port or brackets, and nothing behind it.
fn registry(text: &str) -> Option<Host> {
    let name = text.strip_suffix('/').unwrap_or(text);
    if name.contains(['/', '@']) {
        return None;
    }
    let host: Host = name.parse().ok()?;
    let named = text.ends_with('/') || host.name() == "localhost" || name.starts_with('[');
    // `debian:12` is a tag of Docker Hub, `registry.example:5000` is a port.
    (named || host.name().contains('.')).then_some(host)
}
