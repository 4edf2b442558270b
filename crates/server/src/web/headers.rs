//! What does every answer of the web host say about itself?
//!
//! Answers of a local server can be loaded by any page that the user visits: as an image, a script, a frame. These
//! headers keep them from being read, run or framed there. There is no CORS header, ever.

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::Response,
};

const CROSS_ORIGIN_OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// The headers of every answer, as one set that is made at start.
pub(crate) fn secure() -> HeaderMap {
    let mut headers = HeaderMap::new();
    let policy = HeaderValue::try_from(host::policy::web()).expect("the policy is made of visible ASCII");
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(CROSS_ORIGIN_OPENER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue::from_static("same-origin"));
    headers
}

/// Adds them to an answer; one that says nothing about storing is not to be stored.
pub(crate) fn add(secure: &HeaderMap, response: &mut Response) {
    let headers = response.headers_mut();
    headers.extend(secure.iter().map(|(name, value)| (name.clone(), value.clone())));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}
