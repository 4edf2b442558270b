//! What goes wrong, when, and how often? A script that tests write.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use tokio::sync::watch;

use crate::lock;

/// What happens instead of, or to, the true answer.
#[derive(Debug, Clone)]
pub enum Fault {
    /// Nothing: the true answer. For a script such as "the first is right, the second fails".
    PassThrough,
    /// Another answer.
    Status {
        /// The status.
        code: u16,
        /// Header lines.
        headers: Vec<(String, String)>,
        /// The body.
        body: Bytes,
    },
    /// The connection is reset (RST) before a byte of the answer.
    Reset,
    /// The connection is closed (FIN) before a byte of the answer.
    Close,
    /// The true answer, but the connection is closed after so many bytes of the body.
    CutBody {
        /// Bytes that are sent.
        after: usize,
    },
    /// The true answer, but the connection is reset after so many bytes of the body.
    ResetBody {
        /// Bytes that are sent.
        after: usize,
    },
    /// The true answer, whose body comes byte by byte, as the handle gives them.
    Slow(Drip),
    /// No answer until the handle releases it; then the true one.
    Hold(Hold),
    /// The true answer with one bit of the body turned. The headers are those of the right body.
    WrongByte,
    /// 200 with a JSON document of so many bytes, made while it is sent.
    Huge {
        /// Length of the body.
        bytes: u64,
        /// Its type.
        content_type: String,
        /// How its end is known.
        framing: Framing,
    },
    /// The true answer with another value for one header.
    Header {
        /// The header.
        name: String,
        /// Its value; nothing takes the header away.
        value: Option<String>,
    },
    /// A page of new names and a `Link` to the next one, without an end.
    EndlessLink,
    /// The true answer with a `Link` to the same page.
    SelfLink,
    /// The true answer with a `Link` to another origin, such as `http://127.0.0.1:81`.
    ForeignLink(String),
    /// `"tags":null`, or `"repositories":null`.
    NullList,
    /// A list with these names.
    Names(Vec<String>),
}

impl Fault {
    /// Any status without a body.
    pub fn status(code: u16) -> Self {
        Self::Status { code, headers: Vec::new(), body: Bytes::new() }
    }

    /// Any status with an error in the form of the specification.
    pub fn error(code: u16, error: &str, message: &str) -> Self {
        let body = serde_json::json!({ "errors": [{ "code": error, "message": message }] });
        Self::answer(code, "application/json", &body.to_string())
    }

    /// Any status with any body.
    pub fn answer(code: u16, content_type: &str, body: &str) -> Self {
        let headers = vec![("content-type".to_owned(), content_type.to_owned())];
        Self::Status { code, headers, body: Bytes::copy_from_slice(body.as_bytes()) }
    }

    /// One more header line, for a fault with an answer of its own.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        if let Self::Status { headers, .. } = &mut self {
            headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }

    /// 401 `UNAUTHORIZED` with a Basic challenge.
    pub fn unauthorized() -> Self {
        Self::error(401, "UNAUTHORIZED", "authentication required")
            .with("www-authenticate", "Basic realm=\"fake-registry\"")
    }

    /// 403 `DENIED`.
    pub fn denied() -> Self {
        Self::error(403, "DENIED", "requested access to the resource is denied")
    }

    /// 429 `TOOMANYREQUESTS` with this `Retry-After`: seconds, a date, or rubbish.
    pub fn rate_limited(retry_after: &str) -> Self {
        Self::error(429, "TOOMANYREQUESTS", "too many requests").with("retry-after", retry_after)
    }

    /// 429 `TOOMANYREQUESTS` without `Retry-After`.
    pub fn rate_limited_silently() -> Self {
        Self::error(429, "TOOMANYREQUESTS", "too many requests")
    }

    /// 200 with a page, as a captive portal or a login answers.
    pub fn html(page: &str) -> Self {
        Self::answer(200, "text/html; charset=utf-8", page)
    }

    /// 200 that says JSON and is none.
    pub fn not_json() -> Self {
        Self::answer(200, "application/json", "this is not JSON")
    }

    /// A redirect, such as 307, to any URL.
    pub fn redirect(code: u16, location: &str) -> Self {
        Self::status(code).with("location", location)
    }

    /// [`Fault::EndlessLink`].
    pub fn endless_link() -> Self {
        Self::EndlessLink
    }

    /// 200 with a JSON document of so many bytes in chunks, so that its length is not known before.
    pub fn huge(bytes: u64) -> Self {
        let content_type = "application/vnd.oci.image.manifest.v1+json".to_owned();
        Self::Huge { bytes, content_type, framing: Framing::Chunked }
    }

    /// The true answer with this header instead.
    pub fn header(name: &str, value: &str) -> Self {
        Self::Header { name: name.to_owned(), value: Some(value.to_owned()) }
    }

    /// The true answer without this header.
    pub fn without_header(name: &str) -> Self {
        Self::Header { name: name.to_owned(), value: None }
    }

    /// A list with names that no registry should hold: markup, white space, another direction of writing.
    pub fn names_with_markup() -> Self {
        let names = [
            "<img src=x onerror=\"window.__xss=1\">",
            "\"><svg/onload=window.__xss=1>",
            "</script><script>window.__xss=1</script>",
            "white space\nand a line",
            "\u{202e}gnp.exe",
            "",
        ];
        Self::Names(names.map(str::to_owned).to_vec())
    }
}

/// How the end of a body is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    /// In chunks.
    Chunked,
    /// By `Content-Length`.
    Declared,
}

/// How often a fault happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Times {
    /// To every request.
    Always,
    /// To the next request.
    Once,
    /// To the next so many requests.
    Exactly(u32),
}

/// The script. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Faults(Arc<Mutex<Vec<Rule>>>);

#[derive(Debug)]
struct Rule {
    method: String,
    path: String,
    fault: Fault,
    /// `None`: for ever.
    left: Option<u32>,
}

impl Faults {
    /// Lets a fault happen to requests of this method (`*`: any) whose path and query contain this text. A text
    /// that ends in `$` has to be their end.
    ///
    /// Of several that fit, the one that was written first happens, until it is used up.
    pub fn on(&self, method: &str, path: &str, fault: Fault, times: Times) {
        let left = match times {
            Times::Always => None,
            Times::Once => Some(1),
            Times::Exactly(times) => Some(times),
        };
        lock(&self.0).push(Rule { method: method.to_owned(), path: path.to_owned(), fault, left });
    }

    /// Forgets the script.
    pub fn clear(&self) {
        lock(&self.0).clear();
    }

    pub(crate) fn take(&self, method: &str, path: &str) -> Option<Fault> {
        let mut rules = lock(&self.0);
        let rule = rules.iter_mut().find(|rule| rule.left != Some(0) && rule.fits(method, path))?;
        if let Some(left) = &mut rule.left {
            *left -= 1;
        }
        Some(rule.fault.clone())
    }
}

impl Rule {
    fn fits(&self, method: &str, path: &str) -> bool {
        let path_fits = match self.path.strip_suffix('$') {
            Some(end) => path.ends_with(end),
            None => path.contains(&self.path),
        };
        path_fits && (self.method == "*" || self.method == method)
    }
}

/// Holds answers back until it is released. Clones share the state.
#[derive(Debug, Clone)]
pub struct Hold(Arc<watch::Sender<Held>>);

#[derive(Debug, Default, Clone, Copy)]
struct Held {
    arrived: usize,
    abandoned: usize,
    released: bool,
}

impl Default for Hold {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(Held::default())))
    }
}

impl Hold {
    /// A hold that is not released.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets every answer go, held or to come.
    pub fn release(&self) {
        self.0.send_modify(|held| held.released = true);
    }

    /// Waits until so many requests have been held.
    pub async fn arrived(&self, requests: usize) {
        self.until(|held| held.arrived >= requests).await;
    }

    /// Waits until so many held requests were given up by their client.
    pub async fn abandoned(&self, requests: usize) {
        self.until(|held| held.abandoned >= requests).await;
    }

    async fn until(&self, reached: impl Fn(&Held) -> bool) {
        // The sender lives in `self`, so waiting cannot fail.
        let _ = self.0.subscribe().wait_for(|held| reached(held)).await;
    }

    pub(crate) async fn pass(&self) {
        self.0.send_modify(|held| held.arrived += 1);
        let mut waiting = Waiting { hold: self, released: false };
        self.until(|held| held.released).await;
        waiting.released = true;
    }
}

/// Counts a request as abandoned if it is dropped while it waits.
struct Waiting<'a> {
    hold: &'a Hold,
    released: bool,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        if !self.released {
            self.hold.0.send_modify(|held| held.abandoned += 1);
        }
    }
}

/// Gives the bytes of a body one by one. Clones share the state.
#[derive(Debug, Clone)]
pub struct Drip(Arc<watch::Sender<Dripped>>);

#[derive(Debug, Default, Clone, Copy)]
struct Dripped {
    given: u64,
    sent: u64,
    abandoned: usize,
}

impl Default for Drip {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(Dripped::default())))
    }
}

impl Drip {
    /// A drip that has given nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives so many more bytes, over all bodies.
    pub fn give(&self, bytes: u64) {
        self.0.send_modify(|drip| drip.given = drip.given.saturating_add(bytes));
    }

    /// Waits until so many bytes have been sent.
    pub async fn sent(&self, bytes: u64) {
        let _ = self.0.subscribe().wait_for(|drip| drip.sent >= bytes).await;
    }

    /// Waits until so many bodies were given up by their client.
    pub async fn abandoned(&self, bodies: usize) {
        let _ = self.0.subscribe().wait_for(|drip| drip.abandoned >= bodies).await;
    }

    /// Waits for the right to send one byte.
    pub(crate) async fn byte(&self) {
        let mut state = self.0.subscribe();
        loop {
            let took = self.0.send_if_modified(|drip| {
                let more = drip.given > drip.sent;
                drip.sent += u64::from(more);
                more
            });
            if took || state.changed().await.is_err() {
                return;
            }
        }
    }

    pub(crate) fn give_up(&self) {
        self.0.send_modify(|drip| drip.abandoned += 1);
    }
}
