//! What of all that was seen may be meant by the first letters of it?

use std::{cmp::Reverse, collections::HashSet};

use oci::Host;

use crate::routes::Route;

/// How many are offered.
const MOST: usize = 8;

/// What sort of thing a completion is; what holds others stands before them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    /// A registry.
    Registry,
    /// A repository.
    Repository,
    /// An object, by its tag or digest.
    Object,
}

/// Something that was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seen {
    /// As it is written.
    pub(super) text: String,
    /// What it is.
    pub(super) sort: Sort,
    /// Whether the user looked at it or pinned it.
    pub(super) near: bool,
    /// Where it is.
    pub(super) address: String,
}

/// Everything that was seen, each once, the nearest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Store {
    seen: Vec<Seen>,
    known: HashSet<String>,
}

impl Store {
    /// Adds what a screen is about.
    pub(super) fn add(&mut self, route: &Route, near: bool) {
        let (text, sort) = match route {
            Route::Registry(host) => (host.to_string(), Sort::Registry),
            Route::Repository(host, repository) => (format!("{host}/{repository}"), Sort::Repository),
            Route::Object(reference, _) => (reference.to_string(), Sort::Object),
            // Whoever types a digest means a manifest.
            Route::Blob(..) | Route::Home | Route::Tour | Route::Unknown(_) => return,
        };
        if self.known.insert(text.clone()) {
            self.seen.push(Seen { text, sort, near, address: route.path() });
        }
    }

    /// The best completions of the last word of a text. Without a word, what is near.
    pub(super) fn complete(&self, typed: &str) -> Vec<Seen> {
        let word = last_word(typed).1.to_lowercase();
        if word.is_empty() {
            return self.seen.iter().filter(|seen| seen.near).take(MOST).cloned().collect();
        }
        let mut fits: Vec<_> =
            self.seen.iter().filter_map(|seen| Some((fit(&word, &seen.text)?, seen))).collect();
        fits.sort_by_cached_key(|(fit, seen)| {
            (Reverse((*fit, seen.near)), seen.sort, view::natural::key(&seen.text))
        });
        fits.into_iter().take(MOST).map(|(_, seen)| seen.clone()).collect()
    }
}

/// A text before its last word, and that word.
pub(super) fn last_word(typed: &str) -> (&str, &str) {
    let start = typed.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    // White space other than a blank may be longer than a byte.
    if typed.is_char_boundary(start) { typed.split_at(start) } else { (typed, "") }
}

/// How well a word fits what was seen: the more so the earlier it stands there.
fn fit(word: &str, text: &str) -> Option<u8> {
    let text = text.to_lowercase();
    if text == word {
        return None;
    }
    if text.starts_with(word) {
        return Some(4);
    }
    // References to Docker Hub are written without registry and `library`.
    let path = text.split_once('/').map_or("", |(_, path)| path);
    let hub = text.strip_prefix(Host::DOCKER_HUB).is_some();
    if path.starts_with(word)
        || (hub && path.strip_prefix("library/").is_some_and(|name| name.starts_with(word)))
    {
        return Some(3);
    }
    if path.rsplit('/').next().is_some_and(|last| last.starts_with(word)) {
        return Some(2);
    }
    text.contains(word).then_some(1)
}
