//! May this token server be asked, and may it see a login? A realm is text of the registry: not to be trusted.

use std::net::Ipv4Addr;

use oci::{Host, inner_v4};
use url::{Host as UrlHost, Url};

use crate::Credentials;
use crate::redirect::same_origin;

/// Registries whose token server is known to live on another host.
const PAIRS: [(&str, &str); 2] = [
    ("https://registry-1.docker.io/", "https://auth.docker.io/"),
    ("https://registry.gitlab.com/", "https://gitlab.com/"),
];

/// Reads a realm.
///
/// # Errors
/// A part of a sentence, where it must not be asked at all (security A05 to A07).
pub(crate) fn check(realm: &str, registry: &Url) -> Result<Url, String> {
    let mut url = Url::parse(realm).map_err(|_| "which is no address".to_owned())?;
    match (registry.scheme(), url.scheme()) {
        (_, "https") | ("http", "http") => {}
        (_, "http") => return Err("over plain http, although the registry itself speaks https".to_owned()),
        (_, scheme) => return Err(format!("at a {}: address", crate::text::sanitise(scheme))),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("at an address with user info in it".to_owned());
    }
    let both_loopback = is_loopback(&url) && is_loopback(registry);
    if is_local(&url) && !same_host(&url, registry) && !both_loopback {
        return Err("at a private, link-local or loopback address".to_owned());
    }
    url.set_fragment(None);
    Ok(url)
}

/// Whether the login of a registry may go to a realm: its own origin, a known pair, or the user has agreed.
pub(crate) fn may_see_login(realm: &Url, registry: &Url, name: &Host, credentials: &dyn Credentials) -> bool {
    let is = |url: &Url, origin: &str| Url::parse(origin).is_ok_and(|origin| same_origin(url, &origin));
    same_origin(realm, registry)
        || PAIRS.iter().any(|(from, to)| is(registry, from) && is(realm, to))
        || credentials.consents(name, realm)
}

pub(crate) fn same_host(one: &Url, other: &Url) -> bool {
    one.host_str().is_some() && one.host_str() == other.host_str()
}

/// Whether a URL names a loopback address or `localhost`.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(UrlHost::Domain(name)) => is_localhost(name),
        Some(UrlHost::Ipv4(address)) => address.is_loopback(),
        Some(UrlHost::Ipv6(address)) => {
            address.is_loopback() || inner_v4(address).is_some_and(|v4| v4.is_loopback())
        }
        None => false,
    }
}

/// Whether a URL names, by its text alone, an address that is not on the open internet.
pub(crate) fn is_local(url: &Url) -> bool {
    match url.host() {
        Some(UrlHost::Domain(name)) => is_localhost(name),
        Some(UrlHost::Ipv4(address)) => v4_is_local(address),
        Some(UrlHost::Ipv6(address)) => {
            address.is_loopback()
                || address.is_unspecified()
                || address.is_unicast_link_local()
                || address.is_unique_local()
                || inner_v4(address).is_some_and(v4_is_local)
        }
        None => true,
    }
}

fn v4_is_local(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_unspecified()
        || address.is_broadcast()
        // Carriers' shared space, 100.64.0.0/10: a cloud's metadata service is there.
        || (first == 100 && second & 0xc0 == 64)
        || first == 0
}

fn is_localhost(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    name == "localhost" || name.ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Anonymous;

    const PUBLIC: &str = "https://registry.example/";

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn a_realm_on_no_open_address_is_refused_however_it_is_written() {
        for realm in [
            "https://169.254.169.254/t",
            "https://127.0.0.1/t",
            "https://127.1/t",
            "https://2130706433/t",
            "https://0x7f.1/t",
            "https://0.0.0.0/t",
            "https://10.1.2.3/t",
            "https://192.168.0.1/t",
            "https://100.100.100.200/t",
            "https://localhost/t",
            "https://localhost./t",
            "https://a.localhost/t",
            "https://[::1]/t",
            "https://[::]/t",
            "https://[fe80::1]/t",
            "https://[fd00:ec2::254]/t",
            "https://[::ffff:169.254.169.254]/t",
            "https://[64:ff9b::a9fe:a9fe]/t",
            "https://１２７.0.0.1/t",
        ] {
            assert!(check(realm, &url(PUBLIC)).is_err(), "{realm}");
        }
    }

    #[test]
    fn a_realm_that_is_no_plain_https_address_is_refused() {
        for realm in [
            "http://auth.example/t",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "https://",
            "/token",
            "",
            "https://user@auth.example/t",
            "https://user:secret@auth.example/t",
        ] {
            assert!(check(realm, &url(PUBLIC)).is_err(), "{realm}");
        }
    }

    #[test]
    fn fragment_and_backslash_tricks_stay_on_the_host_that_is_named_first() {
        assert_eq!(
            check("https://good.example#@evil.example/", &url(PUBLIC)).unwrap().as_str(),
            "https://good.example/"
        );
        let tricked = check(r"https://good.example\@evil.example/", &url(PUBLIC)).unwrap();
        assert_eq!(tricked.host_str(), Some("good.example"));
    }

    #[test]
    fn a_registry_at_home_may_have_its_realm_at_home() {
        assert!(check("http://127.0.0.1:5001/token", &url("http://127.0.0.1:5000/")).is_ok());
        assert!(check("http://localhost:5001/token", &url("http://127.0.0.1:5000/")).is_ok());
        assert!(check("https://10.0.0.5/token", &url("https://10.0.0.5:5000/")).is_ok());
        assert!(check("https://10.0.0.6/token", &url("https://10.0.0.5:5000/")).is_err());
        assert!(check("http://169.254.169.254/", &url("http://127.0.0.1:5000/")).is_err());
    }

    #[test]
    fn a_login_goes_to_the_own_origin_and_to_known_pairs_alone() {
        let may = |realm: &str, registry: &str| {
            may_see_login(&url(realm), &url(registry), &"registry.example".parse().unwrap(), &Anonymous)
        };
        assert!(may("https://r.example/token", "https://r.example/"));
        assert!(may("https://auth.docker.io/token", "https://registry-1.docker.io/"));
        assert!(may("https://gitlab.com/jwt/auth", "https://registry.gitlab.com/"));
        for (realm, registry) in [
            ("https://r.example:444/token", "https://r.example/"),
            ("https://x.azurecr.io/t", "https://y.azurecr.io/"),
            ("https://auth.docker.io.evil.example/token", "https://registry-1.docker.io/"),
            ("https://auth.docker.io/token", "https://registry.gitlab.com/"),
            ("https://auth.docker.io/token", "https://evil.example/"),
            ("http://auth.docker.io/token", "https://registry-1.docker.io/"),
        ] {
            assert!(!may(realm, registry), "{realm} for {registry}");
        }
    }
}
