//! How does one request go over the wire and its answer come back, timed, bounded and noted in the trace?

use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_util::future::BoxFuture;
use oci::Host;
use reqwest::header::{HeaderMap, HeaderValue};
use reqwest::{Method, Response, redirect};
use url::Url;

use crate::connection::{NOTES, Notes, Timing};
use crate::dns::{Lookup, Resolver};
use crate::fault::Fault;
use crate::open::{Open, Pace};
use crate::record::Record;
use crate::{Clock, Error, ErrorKind, Exchange, Limits, Options, Outcome, Secret, Stage, Trace, Trust};

/// How long a connection may take to make.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);
/// How long an unused connection is kept.
const IDLE_LIMIT: Duration = Duration::from_secs(60);

/// The HTTP library, set up so that every decision stays here.
pub(crate) struct Sender {
    /// For loopback addresses: no proxy knows them.
    direct: reqwest::Client,
    /// For all others; made when it is first needed.
    proxied: OnceLock<reqwest::Client>,
    /// For what is asked in another way: the latest ones, each alone with its connections.
    others: Mutex<Vec<Other>>,
    lookup: Lookup,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) trace: Arc<Trace>,
    limits: Limits,
}

/// A client for another way of asking.
struct Other {
    way: OtherWay,
    client: reqwest::Client,
}

/// How it is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
struct OtherWay {
    trust: Option<Arc<Trust>>,
    /// HTTP/1.1, whatever else is offered.
    one: bool,
    /// Past every proxy.
    direct: bool,
}

/// Clients of that kind are made anew when there are more.
const MOST_OTHERS: usize = 64;

/// One request.
pub(crate) struct Request<'a> {
    pub(crate) registry: &'a Host,
    pub(crate) method: Method,
    pub(crate) url: &'a Url,
    pub(crate) headers: HeaderMap,
    /// Why it is sent again, or for the sake of another one.
    pub(crate) because: Option<String>,
    /// Bytes of a good answer's body that are read at most; of any other it is the error limit.
    pub(crate) body_limit: u64,
    /// Whether the body of a good answer is left to be read piece by piece, without that limit.
    pub(crate) open: bool,
    /// A form that goes with it: it holds a secret, and no trace has it.
    pub(crate) form: Option<&'a Secret>,
    /// How long it has been queued.
    pub(crate) queued: Duration,
    /// Whether it goes where the registry sent it, a token server or a redirect: link-local addresses are refused.
    pub(crate) guard: Guard,
    /// What its connection rests on beyond the system's trust.
    pub(crate) trust: Option<&'a Arc<Trust>>,
    /// Whether it is spoken in HTTP/1.1: where a connection closes without a word, HTTP/2 may have lost it.
    pub(crate) one: bool,
}

/// What is refused at the time of connecting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Guard {
    Nothing,
    LinkLocal,
}

/// An answer with its body.
pub(crate) struct Answer {
    /// What was asked before any redirect.
    pub(crate) asked: Url,
    /// What answered.
    pub(crate) url: Url,
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// Whether the body is whole, not cut at the limit.
    pub(crate) whole: bool,
    /// How long the head took to come.
    pub(crate) head_took: Duration,
    /// Whether a redirect led to another origin.
    pub(crate) moved: bool,
    /// The body, where it was wanted piece by piece; then `body` is empty.
    pub(crate) open: Option<Open>,
}

impl Answer {
    /// A header as text; bytes that are no text make it none.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok())
    }

    pub(crate) fn is_html(&self) -> bool {
        let essence = self.header("content-type").unwrap_or_default().split(';').next().unwrap_or_default();
        matches!(essence.trim().to_ascii_lowercase().as_str(), "text/html" | "application/xhtml+xml")
    }
}

impl Sender {
    pub(crate) fn new(options: &Options, lookup: Lookup) -> Result<Self, Error> {
        let clock = &options.clock;
        Ok(Self {
            direct: build(clock, lookup, reqwest::ClientBuilder::no_proxy)?,
            proxied: OnceLock::new(),
            others: Mutex::default(),
            lookup,
            clock: Arc::clone(&options.clock),
            trace: Arc::default(),
            limits: options.limits,
        })
    }

    /// Sends one request and reads its answer to the end or to the limit. The exchange goes to the trace however it
    /// ends, also when this future is dropped.
    pub(crate) fn exchange<'a>(
        &'a self,
        request: Request<'a>,
        log: &'a mut Vec<Exchange>,
    ) -> BoxFuture<'a, Result<Answer, Fault>> {
        Box::pin(async move {
            let notes = Arc::new(match request.guard {
                Guard::LinkLocal => Notes::guarding(request.url.host_str().unwrap_or_default()),
                Guard::Nothing => Notes::default(),
            });
            let mut record = Record::new(self, &request, Arc::clone(&notes));
            match NOTES.scope(notes, self.read(request, &mut record)).await {
                Ok((answer, Some(response))) => {
                    let open = Open::new(response, record, &self.clock, self.limits.stall);
                    Ok(Answer { open: Some(open), ..answer })
                }
                Ok((answer, None)) => {
                    log.push(record.finish(Outcome::Status(answer.status)));
                    Ok(answer)
                }
                Err(fault) => {
                    log.push(record.finish(Outcome::Failed(fault.sentence(&record.host))));
                    Err(fault)
                }
            }
        })
    }

    /// The answer; with it what is still to be read, where its body is left open.
    async fn read(
        &self,
        request: Request<'_>,
        record: &mut Record,
    ) -> Result<(Answer, Option<Response>), Fault> {
        let http = match (request.trust, request.one) {
            (None, false) => self.http(request.url).clone(),
            (trust, one) => self.other(request.url, trust.cloned(), one)?,
        };
        let mut builder = http.request(request.method, request.url.clone()).headers(request.headers);
        if let Some(form) = request.form {
            builder = builder.body(form.expose().to_owned());
        }
        let sent = builder.send();
        let mut response = tokio::select! {
            biased;
            response = sent => response.map_err(|error| Fault::before_head(&error))?,
            () = self.clock.limit(self.limits.head) => return Err(Fault::HeadTimeout(self.limits.head)),
        };
        let head_took = record.head(&response);
        let status = response.status().as_u16();
        let limit = if response.status().is_success() { request.body_limit } else { self.limits.error_body };
        let headers = std::mem::take(response.headers_mut());
        let url = request.url.clone();
        let (asked, body) = (url.clone(), Bytes::new());
        let answer =
            Answer { asked, url, status, headers, body, whole: true, head_took, moved: false, open: None };
        if request.open && matches!(status, 200 | 206) && !answer.is_html() {
            return Ok((answer, Some(response)));
        }
        let (body, whole) = self.body(&mut response, limit, record).await?;
        Ok((Answer { body, whole, ..answer }, None))
    }

    fn http(&self, url: &Url) -> &reqwest::Client {
        if crate::auth::realm::is_loopback(url) {
            return &self.direct;
        }
        // What could be made once can be made again; without proxies is still better than not at all.
        self.proxied.get_or_init(|| {
            build(&self.clock, self.lookup, |builder| builder).unwrap_or_else(|_| self.direct.clone())
        })
    }

    fn other(&self, url: &Url, trust: Option<Arc<Trust>>, one: bool) -> Result<reqwest::Client, Fault> {
        let way = OtherWay { trust, one, direct: crate::auth::realm::is_loopback(url) };
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = others.iter().find(|known| known.way == way) {
            return Ok(known.client.clone());
        }
        let client = self.make(&way).map_err(|error| {
            Fault::Request(format!("HTTP cannot be set up for it: {}", error.without_url()))
        })?;
        if others.len() >= MOST_OTHERS {
            others.remove(0);
        }
        others.push(Other { way, client: client.clone() });
        Ok(client)
    }

    fn make(&self, way: &OtherWay) -> Result<reqwest::Client, reqwest::Error> {
        let mut builder = bare(&self.clock, self.lookup);
        if way.direct {
            builder = builder.no_proxy();
        }
        if way.one {
            builder = builder.http1_only();
        }
        match &way.trust {
            Some(trust) => trust.apply(builder)?.build(),
            None => builder.build(),
        }
    }

    /// Reads at most `limit` bytes and one more, which tells that there is too much.
    async fn body(
        &self,
        response: &mut Response,
        limit: u64,
        record: &mut Record,
    ) -> Result<(Bytes, bool), Fault> {
        let mut body = BytesMut::new();
        let mut pace = Pace::new(&self.clock, self.limits.stall);
        loop {
            let Some(chunk) = pace.chunk(response, record.body_bytes()).await? else {
                return Ok((body.freeze(), true));
            };
            let room = usize::try_from(limit.saturating_sub(body.len() as u64)).unwrap_or(usize::MAX);
            if chunk.len() > room {
                body.extend_from_slice(&chunk[..room]);
                record.read(room as u64 + 1);
                return Ok((body.freeze(), false));
            }
            body.extend_from_slice(&chunk);
            record.read(chunk.len() as u64);
        }
    }
}

/// The HTTP library without decisions of its own: no redirects, no retries, no referer, no decoding.
fn bare(clock: &Arc<dyn Clock>, lookup: Lookup) -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .redirect(redirect::Policy::none())
        .referer(false)
        .retry(reqwest::retry::never())
        .connect_timeout(CONNECT_LIMIT)
        .pool_idle_timeout(IDLE_LIMIT)
        .dns_resolver(Arc::new(Resolver { clock: Arc::clone(clock), lookup }))
        .connector_layer(Timing { clock: Arc::clone(clock) })
}

fn build(
    clock: &Arc<dyn Clock>,
    lookup: Lookup,
    change: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
) -> Result<reqwest::Client, Error> {
    change(bare(clock, lookup)).build().map_err(|error| {
        let why = error.without_url();
        Error::new(ErrorKind::Tls, Stage::Connect, format!("HTTP cannot be set up on this machine: {why}."))
    })
}
