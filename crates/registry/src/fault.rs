//! Why did an exchange bring no whole answer? The HTTP library's errors, sorted.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use crate::dns::DnsError;
use crate::{ErrorKind, Stage};

/// An exchange without a whole answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The name has no address, or a refused one.
    Dns(String),
    /// Nothing listens there.
    Refused,
    /// No connection within the limit.
    ConnectTimeout,
    /// The network said no, or the connection broke while it was made.
    Connect(String),
    /// The other side does not speak TLS.
    NotTls,
    /// It does, and is not trusted.
    Tls(String),
    /// The connection ended before the head of an answer.
    Closed,
    /// No head of an answer within the limit.
    HeadTimeout(Duration),
    /// What answered is not HTTP.
    NotHttp,
    /// The body came too slowly or not at all.
    Stalled(u64, Duration),
    /// The body ended early, after so many bytes.
    Cut(u64),
    /// The request could not be made.
    Request(String),
}

impl Fault {
    /// Sorts an error from before the head of the answer.
    pub(crate) fn before_head(error: &reqwest::Error) -> Self {
        for cause in causes(error) {
            if let Some(dns) = cause.downcast_ref::<DnsError>() {
                return Self::Dns(dns.to_string());
            }
            if let Some(tls) = cause.downcast_ref::<rustls::Error>() {
                return match tls {
                    rustls::Error::InvalidMessage(_) => Self::NotTls,
                    other => Self::Tls(other.to_string()),
                };
            }
            if cause.downcast_ref::<hyper::Error>().is_some_and(|http| http.is_parse()) {
                return Self::NotHttp;
            }
        }
        if error.is_dns() {
            return Self::Dns("the look-up failed".to_owned());
        }
        if error.is_connect() {
            return Self::while_connecting(error);
        }
        if error.is_builder() {
            return Self::Request(last_words(error));
        }
        Self::Closed
    }

    fn while_connecting(error: &reqwest::Error) -> Self {
        if error.is_timeout() {
            return Self::ConnectTimeout;
        }
        match causes(error).filter_map(|cause| cause.downcast_ref::<io::Error>()).last().map(io::Error::kind)
        {
            Some(io::ErrorKind::ConnectionRefused) => Self::Refused,
            Some(io::ErrorKind::TimedOut) => Self::ConnectTimeout,
            // A server that takes a TLS greeting for a broken request hangs up.
            Some(io::ErrorKind::UnexpectedEof) => Self::NotTls,
            _ => Self::Connect(last_words(error)),
        }
    }

    /// What it is to whoever asked.
    pub(crate) fn kind(&self) -> ErrorKind {
        match self {
            Self::Tls(_) | Self::NotTls => ErrorKind::Tls,
            Self::NotHttp => ErrorKind::NotARegistry,
            Self::Cut(_) => ErrorKind::BadAnswer,
            Self::Request(_) => ErrorKind::BadRequest,
            _ => ErrorKind::Unreachable,
        }
    }

    /// At which step it happened.
    pub(crate) fn stage(&self) -> Stage {
        match self {
            Self::Dns(_) => Stage::Dns,
            Self::Refused | Self::ConnectTimeout | Self::Connect(_) | Self::NotTls | Self::Tls(_) => {
                Stage::Connect
            }
            Self::Closed | Self::HeadTimeout(_) | Self::NotHttp | Self::Request(_) => Stage::Request,
            Self::Stalled(..) | Self::Cut(_) => Stage::Body,
        }
    }

    /// How often an idempotent request is tried again after it. What will hardly change is tried less.
    pub(crate) fn retries(&self) -> u32 {
        match self {
            Self::Tls(_) | Self::NotTls | Self::NotHttp | Self::Request(_) => 0,
            Self::Dns(_) | Self::ConnectTimeout | Self::HeadTimeout(_) | Self::Stalled(..) => 1,
            Self::Refused => 2,
            Self::Connect(_) | Self::Closed | Self::Cut(_) => crate::retry::RETRIES,
        }
    }

    /// Whether it tells of a host that has too much to do.
    pub(crate) fn is_slowness(&self) -> bool {
        matches!(self, Self::ConnectTimeout | Self::HeadTimeout(_) | Self::Stalled(..))
    }

    /// One sentence about the host, without its URL.
    pub(crate) fn sentence(&self, host: &str) -> String {
        match self {
            Self::Dns(why) => format!("{host} cannot be found: {why}."),
            Self::Refused => format!("{host} cannot be reached: nothing listens there (connection refused)."),
            Self::ConnectTimeout => format!("{host} cannot be reached: no connection within the time limit."),
            Self::Connect(why) => format!("{host} cannot be reached: {why}."),
            Self::NotTls => format!("{host} does not speak TLS: what answers there may be plain http."),
            Self::Tls(why) => format!("The connection to {host} is not trusted: {why}."),
            Self::Closed => format!("{host} closed the connection before it answered."),
            Self::HeadTimeout(limit) => format!("{host} did not answer within {} seconds.", limit.as_secs()),
            Self::NotHttp => format!("{host} is no registry: what answers there is not HTTP."),
            Self::Stalled(read, limit) => {
                format!(
                    "{host} stopped sending: after {read} bytes too little came in {} seconds.",
                    limit.as_secs()
                )
            }
            Self::Cut(read) => format!("The answer of {host} was cut off after {read} bytes."),
            Self::Request(why) => format!("The request to {host} could not be made: {why}."),
        }
    }
}

/// Everything below the error. An IO error names as its source what lies below the error that it wraps, so the wrapped
/// one is taken first.
fn causes<'a>(error: &'a reqwest::Error) -> impl Iterator<Item = &'a (dyn StdError + 'static)> + use<'a> {
    std::iter::successors(error.source(), |cause: &&'a (dyn StdError + 'static)| {
        let wrapped = cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        wrapped.map(|wrapped| wrapped as &(dyn StdError + 'static)).or_else(|| (*cause).source())
    })
}

/// The deepest cause: the library's own texts above it can hold the URL.
fn last_words(error: &reqwest::Error) -> String {
    let words = causes(error).last().map_or_else(|| "no cause is known".to_owned(), ToString::to_string);
    crate::text::sanitise(&words)
}
