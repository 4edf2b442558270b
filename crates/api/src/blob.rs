//! Is a blob there, and what is in it?

use oci::{Digest, Finding, Host, MediaType, RepositoryName, Verification};
use serde::{Deserialize, Serialize};

use crate::{Body, Exchange};

/// The longest blob that is read into a reply: 4 MiB, as clients read configs.
pub const LONGEST_BLOB: u64 = 4 << 20;

/// Asks whether a repository has a blob, and for its length, without its bytes: one `HEAD`, and a `GET` whose body is
/// not read where that does not tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadBlob {
    /// The registry.
    pub registry: Host,
    /// The repository.
    pub repository: RepositoryName,
    /// The blob.
    pub digest: Digest,
}

/// What a `HEAD` of a blob tells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeadedBlob {
    /// What was asked for.
    pub digest: Digest,
    /// Its length in bytes, where said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// `Content-Type`, where sent. Registries keep no type of a blob: most say `application/octet-stream` of all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<MediaType>,
    /// The exchanges that it took, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exchanges: Vec<Exchange>,
}

/// Reads a small blob whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadBlob {
    /// The registry.
    pub registry: Host,
    /// The repository.
    pub repository: RepositoryName,
    /// The blob.
    pub digest: Digest,
    /// Its length by its descriptor, where that says one: another length is finding DS008.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// Bytes that are wanted at most; never more than [`LONGEST_BLOB`] are read. A longer blob is
    /// [`crate::Code::TooLarge`].
    pub limit: u64,
}

/// A blob as the registry served it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BlobReading {
    /// What was asked for.
    pub digest: Digest,
    /// Whether the bytes hash to it; a mismatch is finding DS009 too.
    pub verification: Verification,
    /// Length in bytes.
    pub size: u64,
    /// The bytes, exactly.
    pub bytes: Body,
    /// What is wrong with the answer: DS008, DS009.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
    /// The exchanges that it took, oldest first; none where it was read before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exchanges: Vec<Exchange>,
}
