//! What does the user want to be remembered?
//!
//! One file for both hosts. The registries in it have operations of their own.

use std::collections::BTreeMap;

use oci::{Digest, Host, Outline, Reference, RepositoryName};
use serde::{Deserialize, Serialize};

/// Reads the settings.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReadSettings {}

/// Changes the settings; the reply is what they are then.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChangeSettings {
    /// The change.
    pub change: SettingsChange,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettingsChange {
    /// Keeps a registry or a repository at hand.
    Pin(Pin),
    /// No longer.
    Unpin(Pin),
    /// An object was looked at.
    Visited(Recent),
    /// Forgets what was looked at.
    ForgetRecents,
    /// Of which platform lists show size and creation; `None` leaves it to each index.
    Platform(Option<String>),
    /// Whether single letters are keys (WCAG 2.1.4).
    SingleKeys(bool),
    /// Which keys actions have, all of them at once: what takes a key over from another action changes both.
    Keys(Vec<ActionKeys>),
    /// The notice was read.
    DismissNotice,
}

/// The settings of this user.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// In the order of pinning, at most 200.
    #[serde(default)]
    pub pins: Vec<Pin>,
    /// The latest first, at most 30.
    #[serde(default)]
    pub recents: Vec<Recent>,
    /// See [`SettingsChange::Platform`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform: Option<String>,
    /// See [`SettingsChange::SingleKeys`].
    #[serde(default = "yes")]
    pub single_keys: bool,
    /// The actions that have other keys than they come with, by their names; see [`ActionKeys`]. At most 200.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub keys: BTreeMap<String, Vec<String>>,
    /// What the user should know about the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<SettingsNotice>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            pins: Vec::new(),
            recents: Vec::new(),
            platform: None,
            single_keys: true,
            keys: BTreeMap::new(),
            notice: None,
        }
    }
}

fn yes() -> bool {
    true
}

/// So many keys an action can have.
pub const MOST_KEYS: usize = 8;

/// The keys of one action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionKeys {
    /// Its name, `pin-row`: small letters, digits and hyphens, at most 40. Which actions there are is the UI's own
    /// matter; those of another version are kept.
    pub action: String,
    /// Its keys, at most [`MOST_KEYS`] of at most 40 bytes: `c`, `Mod+k`, `g t` for one after the other. An empty list takes them
    /// all away; `None` puts back those that it comes with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keys: Option<Vec<String>>,
}

/// A registry, or a repository in it, that is kept at hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pin {
    /// The registry.
    pub registry: Host,
    /// The repository, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repository: Option<RepositoryName>,
}

/// An object that was looked at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recent {
    /// As it was asked for.
    pub reference: Reference,
    /// What it was then.
    pub digest: Digest,
    /// What kind of thing it was.
    pub outline: Outline,
}

/// Something about the settings file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettingsNotice {
    /// It could not be read, so it was put aside and new ones were begun.
    Broken {
        /// Where the old file is now.
        kept_as: String,
        /// What is wrong with it.
        why: String,
    },
    /// It cannot be written, so changes last until this host ends.
    NotKept {
        /// Why.
        why: String,
    },
}
