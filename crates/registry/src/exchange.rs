//! What went over the wire for one request, with secrets left out?

use oci::Host;

/// One request and its answer. Times are milliseconds from the start of the exchange.
#[derive(Debug, Clone, PartialEq)]
pub struct Exchange {
    /// Counts up within one client.
    pub id: u64,
    /// The registry on whose behalf it was sent.
    pub registry: Host,
    /// Milliseconds since 1970-01-01 UTC when it was queued.
    pub started_ms: u64,
    /// `GET` or `HEAD`.
    pub method: String,
    /// The whole URL; values of the query that may be secret are replaced by `…`.
    pub url: String,
    /// Headers as this crate set them (not `Host`, which the HTTP library adds); secrets are replaced by `…`.
    pub request_headers: Vec<Header>,
    /// How it ended.
    pub outcome: Outcome,
    /// Headers as received; secrets are replaced by `…`.
    pub response_headers: Vec<Header>,
    /// Time in the queue for its host.
    pub queued_ms: f64,
    /// Time to find the address; `None` where no look-up was needed.
    pub dns_ms: Option<f64>,
    /// How the connection came about.
    pub connection: Connection,
    /// From sending to the end of the answer's head, the connection included.
    pub first_byte_ms: Option<f64>,
    /// From there to the last byte that was read.
    pub body_ms: Option<f64>,
    /// Bytes of the body that were read.
    pub body_bytes: u64,
    /// Why it was sent at all, where it is not the first of its kind: `retry 1 of 4`, `redirect`, `token`, `login`.
    pub because: Option<String>,
}

/// One header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// In lower case.
    pub name: String,
    /// Text; bytes that are no text are escaped.
    pub value: String,
}

/// How a connection came about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Connection {
    /// Made for this exchange: name look-up, TCP and TLS together took this many milliseconds.
    New(f64),
    /// An idle one was used again, or one that another exchange shares.
    Reused,
    /// The exchange ended before there was one.
    None,
}

/// How an exchange ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// With this status, and a body read as far as it was wanted.
    Status(u16),
    /// Without an answer, or in the middle of it: one sentence without secrets.
    Failed(String),
    /// Nobody wanted it any more.
    Cancelled,
}
