//! Which emptiness is this, and what can be done about it?

use leptos::prelude::*;

use super::icon::Icon;

/// Why there is nothing to show. Unknown is not none: each looks different. What a registry does not offer or does
/// not allow is no emptiness but its answer, with its words: an error state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Emptiness {
    /// The registry answered: there is none.
    None,
    /// Nothing was asked yet, or it was stopped.
    NotAsked,
    /// There is something, but the filter hides it.
    FilteredOut,
}

impl Emptiness {
    /// Its name in the page, for tests and styles.
    fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::NotAsked => "not_asked",
            Self::FilteredOut => "filtered_out",
        }
    }

    fn icon(self) -> &'static str {
        match self {
            Self::None => "minus",
            Self::NotAsked => "help",
            Self::FilteredOut => "filter",
        }
    }
}

/// An empty list or pane: what kind of empty, why, and the next action as its children.
#[component]
pub(crate) fn EmptyState(
    /// Which emptiness.
    which: Emptiness,
    /// A few words: `No tags`.
    #[prop(into)]
    title: String,
    /// One sentence: who said so, or why nobody can tell.
    #[prop(into)]
    sentence: String,
    /// Buttons and links.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty" class=("is-unknown", which == Emptiness::NotAsked)
            data-testid="empty-state" data-empty=which.name()>
            <span class="empty-mark" aria-hidden="true"><Icon name=which.icon() /></span>
            <h2 class="empty-title">{title}</h2>
            <p class="empty-text">{sentence}</p>
            {children.map(|children| view! { <div class="empty-acts">{children()}</div> })}
        </div>
    }
}
