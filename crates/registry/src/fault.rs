//! Why did an exchange bring no whole answer? The HTTP library's errors, sorted.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use crate::dns::DnsError;
use crate::untrusted::Untrusted;
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
    Tls(Untrusted),
    /// A proxy in between wants a login, or did not connect.
    Proxy(ProxyFault),
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
                    other => Self::Tls(Untrusted::of(other)),
                };
            }
            let words = cause.to_string();
            if let Some(proxy) = ProxyFault::of(&words) {
                return Self::Proxy(proxy);
            }
            if let Some(why) = Untrusted::of_words(&words) {
                return Self::Tls(why);
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
            Self::Refused
            | Self::ConnectTimeout
            | Self::Connect(_)
            | Self::NotTls
            | Self::Tls(_)
            | Self::Proxy(_) => Stage::Connect,
            Self::Closed | Self::HeadTimeout(_) | Self::NotHttp | Self::Request(_) => Stage::Request,
            Self::Stalled(..) | Self::Cut(_) => Stage::Body,
        }
    }

    /// How often an idempotent request is tried again after it. What will hardly change is tried less.
    pub(crate) fn retries(&self) -> u32 {
        match self {
            Self::Tls(_) | Self::NotTls | Self::NotHttp | Self::Proxy(_) | Self::Request(_) => 0,
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
            Self::Tls(why) => format!("The connection to {host} is not trusted: {}.", why.why()),
            Self::Proxy(ProxyFault::WantsLogin) => proxy_wants_login(host),
            Self::Proxy(ProxyFault::Unreachable) => {
                format!("{host} cannot be reached: the proxy on the way is not there.")
            }
            Self::Proxy(ProxyFault::Refuses) => {
                format!("{host} cannot be reached: the proxy on the way does not connect to it.")
            }
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

/// What a proxy on the way did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ProxyFault {
    WantsLogin,
    Refuses,
    Unreachable,
}

impl ProxyFault {
    /// By the HTTP library's words: its own type for it is private.
    fn of(words: &str) -> Option<Self> {
        match words.strip_prefix("tunnel error: ")? {
            "proxy authorization required" => Some(Self::WantsLogin),
            "unsuccessful" | "unexpected end of file" => Some(Self::Refuses),
            "failed to create underlying connection" => Some(Self::Unreachable),
            _ => None,
        }
    }
}

/// What is said of status 407, by a tunnel or as an answer (RFC 9110, 15.5.8).
pub(crate) fn proxy_wants_login(host: &str) -> String {
    format!(
        "The proxy on the way to {host} wants a login (407): write it into HTTPS_PROXY or HTTP_PROXY, as \
         http://user:password@proxy:port, and start Ociscope again."
    )
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

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    use super::*;

    /// What is said of a host behind a proxy that answers `CONNECT` so; without an answer there is no proxy.
    async fn behind(answer: Option<&'static str>) -> Fault {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let proxy = format!("http://{}", listener.local_addr().unwrap());
        if let Some(answer) = answer {
            tokio::spawn(async move {
                while let Ok((mut stream, _)) = listener.accept().await {
                    let _ = stream.read(&mut [0; 4096]).await;
                    let _ = stream.write_all(answer.as_bytes()).await;
                }
            });
        } else {
            drop(listener);
        }
        let client = reqwest::Client::builder().proxy(reqwest::Proxy::all(proxy).unwrap()).build().unwrap();
        let error = client.get("https://registry.example/v2/").send().await.unwrap_err();
        Fault::before_head(&error)
    }

    /// RFC 9110, 9.3.6 and 15.5.8.
    #[tokio::test]
    async fn a_proxy_that_wants_a_login_refuses_or_is_not_there_is_said_to_be_that() {
        for (answer, fault) in [
            (Some("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"), ProxyFault::WantsLogin),
            (Some("HTTP/1.1 403 Forbidden\r\n\r\n"), ProxyFault::Refuses),
            (Some(""), ProxyFault::Refuses),
            (None, ProxyFault::Unreachable),
        ] {
            let found = behind(answer).await;
            assert_eq!(found, Fault::Proxy(fault), "{answer:?}");
            assert_eq!((found.kind(), found.stage()), (ErrorKind::Unreachable, Stage::Connect));
            assert!(found.sentence("registry.example").contains("proxy"));
        }
    }
}
