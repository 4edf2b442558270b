//! How does a client behave, and where does it stop?

use std::sync::Arc;
use std::time::Duration;

use crate::{Anonymous, Clock, Credentials, SystemClock};

/// How a client behaves.
#[derive(Clone)]
pub struct Options {
    /// Who is asking. Default: nobody.
    pub credentials: Arc<dyn Credentials>,
    /// Time and chance. Default: the system's.
    pub clock: Arc<dyn Clock>,
    /// Where it stops.
    pub limits: Limits,
    /// The `User-Agent` header. Default: `ociscope/` and the version.
    pub user_agent: String,
}

/// Where a client stops. Redirects (5), retries (4), a pause before a retry (60 s), requests to one host at once (16)
/// and a token server's answer (1 MiB) have fixed bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a manifest: 4 MiB.
    pub manifest: u64,
    /// Bytes of one page of names: 16 MiB.
    pub names: u64,
    /// Bytes of an error's body: 64 KiB; what is longer is cut.
    pub error_body: u64,
    /// Pages of one list: 2,000.
    pub pages: u32,
    /// Names of one list: 2,000,000.
    pub total_names: u64,
    /// Bytes of all names of one list: 64 MiB.
    pub total_name_bytes: u64,
    /// Time until the head of an answer: 30 s.
    pub head: Duration,
    /// Time in which at least 1 KiB of a body must come: 7 s.
    pub stall: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            manifest: 4 << 20,
            names: 16 << 20,
            error_body: 64 << 10,
            pages: 2_000,
            total_names: 2_000_000,
            total_name_bytes: 64 << 20,
            head: Duration::from_secs(30),
            stall: Duration::from_secs(7),
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            credentials: Arc::new(Anonymous),
            clock: Arc::new(SystemClock::default()),
            limits: Limits::default(),
            user_agent: concat!("ociscope/", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }
}
