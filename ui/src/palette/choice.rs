//! What can be chosen in the palette?

use leptos::prelude::Callback;
use serde::{Deserialize, Serialize};

use crate::keys::Act;

/// One thing to do or one place to go.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    /// Tells it from all others, also later: an action's name, or an address.
    pub(super) id: String,
    /// What sort of thing it is.
    pub(super) sort: Sort,
    /// Its words.
    pub(super) words: String,
    /// Where it is, in quiet words.
    pub(super) note: String,
    /// The action whose key is shown, where it is one.
    pub(super) act: Option<Act>,
    /// What choosing it does.
    pub(super) does: Does,
}

impl PartialEq for Choice {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && self.sort == other.sort && self.words == other.words
    }
}

/// What choosing does.
#[derive(Debug, Clone)]
pub(super) enum Does {
    /// Runs an action.
    Run(Callback<()>),
    /// Goes to an address of this app.
    Go(String),
}

/// Which group something stands in, in the order of the groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Sort {
    /// What was typed, read as a reference.
    Typed,
    /// An action of what is on the screen.
    ActionHere,
    /// An action of the window.
    Action,
    /// What the user pinned.
    Pin,
    /// A registry.
    Registry,
    /// A repository.
    Repository,
    /// A tag.
    Tag,
    /// What was looked at.
    Recent,
}

impl Sort {
    pub(super) const ALL: [Self; 8] = [
        Self::Typed,
        Self::ActionHere,
        Self::Action,
        Self::Pin,
        Self::Registry,
        Self::Repository,
        Self::Tag,
        Self::Recent,
    ];

    /// The key of its heading.
    pub(super) fn heading(self) -> &'static str {
        match self {
            Self::Typed => "ui.palette.group.typed",
            Self::ActionHere => "ui.palette.group.here",
            Self::Action => "ui.palette.group.actions",
            Self::Pin => "ui.palette.group.pins",
            Self::Registry => "ui.palette.group.registries",
            Self::Repository => "ui.palette.group.repositories",
            Self::Tag => "ui.palette.group.tags",
            Self::Recent => "ui.palette.group.recents",
        }
    }

    pub(super) fn icon(self) -> &'static str {
        match self {
            Self::Typed => "arrow",
            Self::ActionHere | Self::Action => "terminal",
            Self::Pin => "pin",
            Self::Registry => "registry",
            Self::Repository => "repo",
            Self::Tag => "tag",
            Self::Recent => "clock",
        }
    }

    pub(super) fn is_action(self) -> bool {
        matches!(self, Self::ActionHere | Self::Action)
    }
}
