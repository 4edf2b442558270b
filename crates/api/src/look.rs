//! What does a row of a list show of a manifest, and at what cost?
//!
//! First by `HEAD`, which costs nothing of a limit; then, where the user rests, a summary of at most three `GET`s.

use oci::{Digest, Finding, Host, MediaType, Outline, Reference, RepositoryName};
use serde::{Deserialize, Serialize};

use crate::Exchange;

/// Asks for a manifest's digest and type, without its bytes: one `HEAD`, and a `GET` where that does not tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Which one.
    pub reference: Reference,
}

/// What a `HEAD` of a manifest tells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Headed {
    /// What was asked for.
    pub reference: Reference,
    /// Its digest, by the registry's word.
    pub digest: Digest,
    /// Length of the manifest in bytes, where said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// `Content-Type`, where sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<MediaType>,
    /// The exchanges that it took, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exchanges: Vec<Exchange>,
}

/// Summarises a manifest by its digest: at most three `GET`s (an index, one child, its config), and none for what was
/// read before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summarize {
    /// The registry.
    pub registry: Host,
    /// The repository.
    pub repository: RepositoryName,
    /// The manifest or index.
    pub digest: Digest,
    /// Of which platform of an index size and creation are wanted, as [`oci::Platform`] is written:
    /// `linux/arm64/v8`. Without it, or where there is no such platform: linux/amd64, else the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform: Option<String>,
}

/// What a row shows of a manifest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The manifest or index.
    pub digest: Digest,
    /// What it is.
    pub outline: Outline,
    /// Its platforms in order, without attestations; of a single image the one of its config.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub platforms: Vec<String>,
    /// Of an index: the platform that size and creation belong to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chosen: Option<String>,
    /// Bytes of config and layers as they are stored, each blob once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// When it was made, as written (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created: Option<String>,
    /// The same in milliseconds since 1970-01-01 UTC, where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_ms: Option<i64>,
    /// Who says when it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_from: Option<CreatedFrom>,
    /// What is wrong with it, the worst first: at most 20.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
    /// Why size or creation could not be read, where that failed: one sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<String>,
    /// The exchanges that it took, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exchanges: Vec<Exchange>,
}

/// Who says when something was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CreatedFrom {
    /// `created` of the image's config.
    Config,
    /// The annotation `org.opencontainers.image.created`.
    Annotation,
}
