//! One request to a registry and its answer, as it went over the wire, with secrets left out.

use oci::Host;
use serde::{Deserialize, Serialize};

/// Lists the latest exchanges.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ListExchanges {
    /// Only those of this registry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registry: Option<Host>,
}

/// The latest exchanges, at most 1,000, oldest first.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Exchanges {
    /// One for each request that was sent, retries and redirects included.
    pub exchanges: Vec<Exchange>,
    /// How many requests are in flight now.
    pub in_flight: u32,
}

/// One request and its answer. Times are milliseconds from the start of the exchange.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Exchange {
    /// Counts up within one run of the host.
    pub id: u64,
    /// The registry on whose behalf it was sent.
    pub registry: Host,
    /// Milliseconds since 1970-01-01 UTC when it was queued.
    pub started_ms: u64,
    /// `GET`, `HEAD`, …
    pub method: String,
    /// The whole URL; values of the query that may be secret are replaced by `…`.
    pub url: String,
    /// Headers as sent; secrets are replaced by `…`.
    pub request_headers: Vec<Header>,
    /// How it ended.
    pub outcome: Outcome,
    /// Headers as received; secrets are replaced by `…`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub response_headers: Vec<Header>,
    /// Time in the queue for its host.
    pub queued_ms: f64,
    /// Time to find the address; `None` where no look-up was needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dns_ms: Option<f64>,
    /// How the connection came about.
    pub connection: Connection,
    /// From sending to the first byte of the answer, the connection included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_byte_ms: Option<f64>,
    /// From the first byte to the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_ms: Option<f64>,
    /// Bytes of the body that were read.
    pub body_bytes: u64,
    /// Why it was sent at all, where it is not the first of its kind: `retry 1 of 4`, `redirect`, `token`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
}

/// One header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// In lower case.
    pub name: String,
    /// Text; bytes that are no text are escaped.
    pub value: String,
}

/// How a connection came about.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Connection {
    /// Made for this exchange: TCP and TLS together took this many milliseconds.
    New(f64),
    /// An idle one was used again.
    Reused,
    /// The exchange ended before there was one.
    None,
}

/// How an exchange ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// With this status, and a body read as far as it was wanted.
    Status(u16),
    /// Without an answer, or in the middle of it: one sentence without secrets.
    Failed(String),
    /// Nobody wanted it any more.
    Cancelled,
}
