//! How does something get out of a registry into a file?
//!
//! The host fetches it into a folder of its own, and verifies it there; only what is right gets a ticket, and only
//! with a ticket does it become the user's file: by a download on the web, by the place that the user chose in the
//! window.

use oci::{Digest, Host, RepositoryName};
use serde::{Deserialize, Serialize};

/// Fetches a manifest or a blob into the host's folder and verifies it; goes on where an earlier attempt stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Save {
    /// The registry.
    pub registry: Host,
    /// The repository.
    pub repository: RepositoryName,
    /// What to save.
    pub digest: Digest,
    /// Through which endpoint it is read.
    pub what: SaveWhat,
    /// Its length by its descriptor, where that says one: longer content is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
}

/// Through which endpoint something is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SaveWhat {
    /// A manifest or an index.
    Manifest,
    /// A config, a layer or another blob.
    Blob,
}

/// How far a save is. The first event comes before any bytes, the last one with a ticket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SaveProgress {
    /// Bytes that are in the folder.
    pub received: u64,
    /// Of how many, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
    /// How many of them an earlier attempt had fetched.
    #[serde(default)]
    pub resumed_from: u64,
    /// Bytes a second, over the last seconds.
    #[serde(default)]
    pub bytes_per_second: f64,
    /// On the last event: what the verified file is asked for with, once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<String>,
}
