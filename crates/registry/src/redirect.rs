//! Where does a redirect lead, and may it be followed?

use url::Url;

use crate::auth::realm::{is_local, same_host};
use crate::text::{authority, redact_url};

/// Redirects of one request that are followed at most.
pub(crate) const HOPS: u32 = 5;

/// Whether a status is a redirect of a GET or HEAD.
pub(crate) fn is_redirect(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}

/// Scheme, host and port: what a credential belongs to.
pub(crate) fn same_origin(one: &Url, other: &Url) -> bool {
    one.scheme() == other.scheme()
        && one.host_str() == other.host_str()
        && one.port_or_known_default() == other.port_or_known_default()
}

/// The target of a redirect, without user info: it would turn into an `Authorization` header.
///
/// # Errors
/// One sentence where it must not be followed (RG015).
pub(crate) fn target(from: &Url, location: Option<&str>, hops: u32) -> Result<Url, String> {
    let host = authority(from);
    let location = location.ok_or_else(|| format!("{host} answered with a redirect that leads nowhere."))?;
    let mut to =
        from.join(location).map_err(|_| format!("{host} answered with a redirect to what is no address."))?;
    if hops > HOPS {
        return Err(format!("{host} redirected more than {HOPS} times (RG015)."));
    }
    let shown = redact_url(&to);
    match (from.scheme(), to.scheme()) {
        ("https", "http") => {
            return Err(format!("{host} redirects to plain http, which was not followed: {shown} (RG015)."));
        }
        (_, "http" | "https") => {}
        (_, scheme) => {
            return Err(format!("{host} redirects to a {scheme}: address, which was not followed (RG015)."));
        }
    }
    if is_local(&to) && !is_local(from) && !same_host(&to, from) {
        return Err(format!(
            "{host} redirects to a private address, which was not followed: {shown} (RG015)."
        ));
    }
    let _ = to.set_username("");
    let _ = to.set_password(None);
    to.set_fragment(None);
    Ok(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        assert!(same_origin(&url("https://a/x"), &url("https://a:443/y")));
        assert!(!same_origin(&url("https://a:5000/"), &url("http://a:5000/")));
        assert!(!same_origin(&url("http://a:5000/"), &url("http://a:5001/")));
        assert!(!same_origin(&url("https://a/"), &url("https://b/")));
    }

    #[test]
    fn a_redirect_keeps_its_query_and_loses_its_user() {
        let to = target(&url("https://a/v2/x"), Some("//u:p@b/blob?sig=a%2Bb#f"), 1).unwrap();
        assert_eq!(to.as_str(), "https://b/blob?sig=a%2Bb");
    }

    #[test]
    fn what_must_not_be_followed_is_refused() {
        let from = url("https://registry.example/v2/");
        for location in [
            "http://registry.example/v2/",
            "ftp://registry.example/x",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "https://169.254.169.254/latest",
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://10.0.0.1/",
        ] {
            assert!(target(&from, Some(location), 1).is_err(), "{location}");
        }
        assert!(target(&from, None, 1).is_err());
        assert!(target(&from, Some("/v2/x"), 6).is_err());
        assert!(target(&from, Some("/v2/x"), 5).is_ok());
        assert!(target(&url("http://127.0.0.1:5000/"), Some("http://127.0.0.1:6000/"), 1).is_ok());
    }
}
