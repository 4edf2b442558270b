//! One object, read and checked.

use oci::{Digest, Finding, MediaType, Reference, Verification, View};
use serde::{Deserialize, Serialize};

use crate::{Body, Exchange};

/// Reads one manifest or index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspect {
    /// Which one. With a digest, the digest decides; with neither tag nor digest, `latest`.
    pub reference: Reference,
    /// What the descriptor says that led here, where one did: what differs from it is finding DS008 or IX005.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<Expected>,
}

impl Inspect {
    /// Asks for an object that no descriptor led to.
    pub fn new(reference: Reference) -> Self {
        Self { reference, expected: None }
    }
}

/// What a descriptor says of the content that it points to, beside its digest.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Expected {
    /// Its length in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// Its media type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<MediaType>,
}

/// One manifest or index as the registry served it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Inspection {
    /// What was asked for.
    pub reference: Reference,
    /// Its identity: the digest asked for or, for a tag, the SHA-256 of the bytes, whatever the header says.
    pub digest: Digest,
    /// Whether the bytes hash to the digest that was asked for or, for a tag, to the one in the answer's header;
    /// `cannot_verify` where there is no such header, or one of an algorithm that is not computed here.
    pub verification: Verification,
    /// Length in bytes.
    pub size: u64,
    /// The bytes, exactly.
    pub bytes: Body,
    /// What the answer said about them.
    pub served: Served,
    /// What they mean.
    pub view: View,
    /// What is wrong with the answer, apart from the document's own findings in `view`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
    /// The exchanges that it took, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exchanges: Vec<Exchange>,
}

/// The labels of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Served {
    /// `Content-Type`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_type: Option<MediaType>,
    /// `Docker-Content-Digest`, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest_header: Option<String>,
    /// Texts of `Warning: 299`, each at most 2 KiB.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}
