//! What went wrong, and which exchanges show it?

use std::time::Duration;

use oci::{Digest, Finding, Severity};

use crate::Exchange;

/// Why a registry gave no result: a kind, a sentence, and what the registry itself says about it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// What it is.
    pub kind: ErrorKind,
    /// One sentence: the fact, then the cause. Never a secret.
    pub message: String,
    /// At which step it failed.
    pub stage: Option<Stage>,
    /// HTTP status of the deciding answer.
    pub status: Option<u16>,
    /// The registry's own codes and messages, all of them, `CODE: message`; at most 2 KiB each, no control characters.
    pub registry_says: Vec<String>,
    /// What the bytes hash to, where they are others than were asked for by digest (RG004).
    pub other_bytes: Option<Box<Digest>>,
    /// The rule that the answer breaks, where that is why it is no result: RG004.
    pub finding: Option<Box<Finding>>,
    /// The exchanges that led here, oldest first.
    pub exchanges: Vec<Exchange>,
}

/// What an error is. A closed set: each is a state of its own for whoever looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The registry wants a login (401).
    AuthNeeded,
    /// It knows who asks and refuses (403, or 401 in spite of a login).
    Denied,
    /// The place that should hold a login gives none, and the registry was not asked.
    LoginFailed,
    /// There is no such repository (404 `NAME_UNKNOWN`).
    RepositoryNotFound,
    /// The repository has no such tag or digest (404 `MANIFEST_UNKNOWN`, `BLOB_UNKNOWN`).
    ManifestNotFound,
    /// The registry does not offer this (404 without a registry error, 405, 501, `UNSUPPORTED`).
    Unsupported,
    /// Too many requests (429), still so after the retries.
    RateLimited {
        /// After which time it may be tried again, where the registry said so.
        retry_after: Option<Duration>,
    },
    /// No connection: name, refusal, reset, time.
    Unreachable,
    /// The connection is not trusted.
    Tls,
    /// Something answers, but it is no registry.
    NotARegistry,
    /// A registry answered, but broke the protocol.
    BadAnswer,
    /// More than this program reads.
    TooLarge,
    /// The registry failed (5xx), still so after the retries.
    RegistryFailed,
    /// The registry says that the request is no valid one (400), or it could not be made.
    BadRequest,
}

/// At which step an exchange failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Finding the address of a name.
    Dns,
    /// TCP and TLS.
    Connect,
    /// Getting a token.
    Token,
    /// The request, up to the end of the answer's head.
    Request,
    /// The body.
    Body,
    /// Making sense of it.
    Read,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, stage: Stage, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            stage: Some(stage),
            status: None,
            registry_says: Vec::new(),
            other_bytes: None,
            finding: None,
            exchanges: Vec::new(),
        }
    }

    pub(crate) fn status(self, status: u16) -> Self {
        Self { status: Some(status), ..self }
    }

    pub(crate) fn says(self, registry_says: Vec<String>) -> Self {
        Self { registry_says, ..self }
    }

    /// RG004: others than were asked for.
    pub(crate) fn other_bytes(self, asked: &Digest, actual: &Digest) -> Self {
        let finding = Finding::new("RG004", Severity::Error).values(actual.as_str(), asked.as_str());
        Self { other_bytes: Some(Box::new(actual.clone())), finding: Some(Box::new(finding)), ..self }
    }

    /// With further words, each once.
    pub(crate) fn also_says(mut self, words: Vec<String>) -> Self {
        for word in words {
            if !self.registry_says.contains(&word) {
                self.registry_says.push(word);
            }
        }
        self
    }

    pub(crate) fn with(self, exchanges: Vec<Exchange>) -> Self {
        Self { exchanges, ..self }
    }
}
