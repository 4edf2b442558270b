//! What went wrong, as far as the UI must tell it apart.

use oci::Finding;
use serde::{Deserialize, Serialize};

use crate::Exchange;

/// Why an operation failed. The sentence is for people; the code decides what the UI offers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Error {
    /// What it is.
    pub code: Code,
    /// One sentence: the fact, then the cause.
    pub message: String,
    /// At which step it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// HTTP status of the deciding answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The registry's own error codes and messages, in its words: `MANIFEST_UNKNOWN: …`. At most 2 KiB each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub registry_says: Vec<String>,
    /// After how many milliseconds it may be tried again, where the registry said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_ms: Option<u64>,
    /// The rules that the answer breaks, where that is why it is no result: RG004, DS008, DS009, RG007.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
    /// The exchanges that led here, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exchanges: Vec<Exchange>,
}

/// What an error is. A closed set: a variant exists only where a consumer treats it differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The registry wants a login (401).
    AuthNeeded,
    /// It knows who asks and refuses, or hides what is there (403, or 401 with a token of too little scope).
    Denied,
    /// The place that should hold a login for it gives none: it was not asked.
    LoginFailed,
    /// There is no such repository (404 `NAME_UNKNOWN`).
    RepositoryNotFound,
    /// The repository has no such tag or digest (404 `MANIFEST_UNKNOWN`).
    ManifestNotFound,
    /// The registry does not offer this (404 without a registry error, 405, 501, `UNSUPPORTED`).
    Unsupported,
    /// Too many requests (429).
    RateLimited,
    /// No connection: name, refusal, reset, time.
    Unreachable,
    /// The connection is not trusted.
    Tls,
    /// Something answers, but it is no registry (HTML, a login page, another service).
    NotARegistry,
    /// A registry answered, but broke the protocol: cut body, no JSON, a wrong digest for what was asked by digest.
    BadAnswer,
    /// More than this program reads: 4 MiB for a manifest.
    TooLarge,
    /// The registry failed (5xx).
    RegistryFailed,
    /// This host may not contact that registry: the user has not added it.
    NotAdded,
    /// The request itself cannot be read or is no valid name, tag or digest.
    BadRequest,
    /// The disk of this host is full, or cannot be written to.
    Disk,
    /// The host of this UI is gone or was restarted.
    HostGone,
    /// A fault of this program.
    Internal,
}

/// At which step an exchange failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Finding the address of a name.
    Dns,
    /// TCP and TLS.
    Connect,
    /// Getting a token.
    Token,
    /// The request, up to the status line.
    Request,
    /// The body.
    Body,
    /// Making sense of it.
    Read,
    /// Writing it to this host's disk.
    Disk,
}

impl Error {
    /// An error with its sentence, and nothing else known.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            stage: None,
            status: None,
            registry_says: Vec::new(),
            retry_after_ms: None,
            findings: Vec::new(),
            exchanges: Vec::new(),
        }
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
