//! What makes sense of the text? It needs more code than the first screen should wait for, so it comes later.

use leptos::prelude::*;
use oci::{Host, RepositoryName};

use super::{
    complete::{Seen, last_word},
    parts::Understood,
    reading::{self, Reading},
    sources,
};

/// Makes sense of the text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Understanding {
    /// See [`reading::read`].
    pub(super) read: fn(&str, Option<(&Host, &RepositoryName)>) -> Reading,
    /// What was seen that the last word of the text may become. Follows what is seen.
    pub(super) complete: fn(&str) -> Vec<Seen>,
    /// Whether this goes on from the very letters of the text's last word.
    pub(super) goes_on: fn(&Seen, &str) -> bool,
    /// Draws how it was understood.
    pub(super) drawn: fn(Memo<Reading>) -> AnyView,
}

impl Understanding {
    /// All of it.
    pub(crate) fn whole() -> Self {
        Self {
            read: reading::read,
            complete: |typed| sources::seen().complete(typed),
            goes_on,
            drawn: |reading| (move || view! { <Understood reading=reading.get() /> }).into_any(),
        }
    }
}

fn goes_on(seen: &Seen, typed: &str) -> bool {
    let word = last_word(typed).1.to_lowercase();
    !word.is_empty() && seen.text.to_lowercase().starts_with(&word)
}
