//! What is in a blob?

use oci::{Digest, Finding, Host, RepositoryName, Verification};
use serde::{Deserialize, Serialize};

use crate::{Body, Exchange};

/// The longest blob that is read into a reply: 4 MiB, as clients read configs.
pub const LONGEST_BLOB: u64 = 4 << 20;

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
