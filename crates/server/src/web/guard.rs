//! Does this request come from our own page?
//!
//! Every page that the user visits can send requests to a loopback port, and with DNS rebinding it can even read the
//! answers. So before any route is looked at: the `Host` must be ours, and `Origin` and `Sec-Fetch-Site`, which a
//! page cannot forge, must not say that a foreign page asks. Some browsers ask their user before a page reaches a
//! loopback port; nothing here relies on that.

use axum::http::{HeaderMap, HeaderName, Method, header, request::Parts};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const SEC_FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");
const SEC_FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");

/// Why a request is refused. All look the same to the asker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    /// `Host` is missing, doubled, or not one of ours; or the request line names another host.
    Host,
    /// `Origin` is not ours.
    Origin,
    /// Another site asks for something else than a page to show.
    Site,
    /// A preflight: nobody else is ever allowed.
    Preflight,
}

/// Whether the request may be looked at. `port` is the port that this host listens on.
pub(crate) fn admit(request: &Parts, port: u16) -> Result<(), Refused> {
    if request.uri.authority().is_some() {
        return Err(Refused::Host);
    }
    let host = single(&request.headers, &header::HOST).ok_or(Refused::Host)?;
    if !is_ours(host, port) {
        return Err(Refused::Host);
    }
    if request.method == Method::OPTIONS {
        return Err(Refused::Preflight);
    }
    if request.headers.contains_key(header::ORIGIN) {
        // The same host as in `Host`, not just any of ours: another program may listen on `[::1]` with this port.
        let origin = single(&request.headers, &header::ORIGIN).ok_or(Refused::Origin)?;
        if origin.strip_prefix("http://") != Some(host) {
            return Err(Refused::Origin);
        }
    }
    site(request)
}

fn is_ours(host: &str, port: u16) -> bool {
    ["127.0.0.1", "[::1]", "localhost"].iter().any(|name| {
        host.strip_prefix(name).is_some_and(|rest| match rest.strip_prefix(':') {
            Some(digits) => digits == port.to_string(),
            // Browsers leave out the port that http has by default.
            None => rest.is_empty() && port == 80,
        })
    })
}

/// Browsers say where a request comes from. Following a link from elsewhere to a page is fine: the page carries
/// nothing secret, and asks before it contacts anything.
fn site(request: &Parts) -> Result<(), Refused> {
    if !request.headers.contains_key(SEC_FETCH_SITE) {
        return Ok(());
    }
    let is = |name: &HeaderName, value: &str| single(&request.headers, name) == Some(value);
    let own = is(&SEC_FETCH_SITE, "same-origin") || is(&SEC_FETCH_SITE, "none");
    let link = request.method == Method::GET
        && is(&SEC_FETCH_MODE, "navigate")
        && is(&SEC_FETCH_DEST, "document")
        && !["/api/", "/saved/"].iter().any(|ours| request.uri.path().starts_with(ours));
    if own || link { Ok(()) } else { Err(Refused::Site) }
}

/// The header's value, if it is there once.
pub(crate) fn single<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}
