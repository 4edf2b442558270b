//! Does a key of a config file speak of this registry and repository?

use oci::{Host, RepositoryName};

use super::pattern;

/// The address under which docker keeps Docker Hub's login (docker/cli, `registry.IndexServer`).
pub(crate) const HUB: &str = "https://index.docker.io/v1/";

/// How a key matched, the closest first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// Podman's key for a namespace or one repository: so many segments of the repository's name
    /// (containers-auth.json(5)).
    Namespace {
        /// How many segments.
        segments: std::cmp::Reverse<usize>,
    },
    /// `host` or `host:port`, and Docker Hub's `https://index.docker.io/v1/`.
    Host,
    /// `https://host/…`, as older versions of docker wrote it.
    Address,
    /// One of Docker Hub's other names.
    HubAlias,
    /// A pattern, in a Kubernetes pull secret alone: `*.example.com`.
    Pattern,
}

/// Which of the readings of a key a file follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// podman's `auth.json`.
    Podman,
    /// docker's `config.json`. A key `host/path` is read as podman reads it: a login for one namespace is not given
    /// to a whole registry.
    Docker,
    /// `~/.dockercfg`: no `auths` around the entries, and a path after the host means nothing.
    Dockercfg,
    /// A pull secret, as a cluster reads it: patterns in the host, and the beginning of a name in the path.
    Kubernetes,
}

/// How `key` speaks of `registry`, or of a namespace that `repository` is in; `None` where it does not.
///
/// The host and the port are compared whole, in one case, and nothing is made of them: another port, a longer name
/// and a twin in other letters are other registries. A path is compared as it is, by whole segments.
pub(crate) fn matches(
    key: &str,
    layout: Layout,
    registry: &Host,
    repository: Option<&RepositoryName>,
) -> Option<How> {
    if layout == Layout::Kubernetes {
        return pattern::matches(key, registry, repository);
    }
    let bare = ["https://", "http://"].iter().find_map(|scheme| key.strip_prefix(scheme));
    let (host, path) = match bare.unwrap_or(key).split_once('/') {
        Some((host, path)) => (host, Some(path)),
        None => (bare.unwrap_or(key), None),
    };
    let host = host.to_ascii_lowercase();
    let alias = if host == registry.as_str() {
        false
    } else if registry.as_str() == Host::DOCKER_HUB
        && matches!(host.as_str(), "index.docker.io" | "registry-1.docker.io")
    {
        true
    } else {
        return None;
    };
    if key == HUB {
        return Some(How::Host);
    }
    let of_address = bare.is_some() || layout == Layout::Dockercfg;
    match path {
        Some(path) if !of_address && !matches!(path, "" | "v1/" | "v2/") => {
            is_within(path, repository?.as_str()).then(|| segments_of(path))
        }
        _ if alias => Some(How::HubAlias),
        Some(_) => Some(How::Address),
        None if bare.is_some() => Some(How::Address),
        None => Some(How::Host),
    }
}

/// How a name of so many segments matches.
pub(crate) fn segments_of(namespace: &str) -> How {
    How::Namespace { segments: std::cmp::Reverse(namespace.split('/').count()) }
}

/// Whether the repository's name begins with all segments of a namespace.
fn is_within(namespace: &str, repository: &str) -> bool {
    let rest = repository.strip_prefix(namespace);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use std::cmp::Reverse;

    use super::*;

    fn how(key: &str, host: &str, repository: &str) -> Option<How> {
        let repository = repository.parse().ok();
        matches(key, Layout::Podman, &host.parse().unwrap(), repository.as_ref())
    }

    fn namespace(segments: usize) -> Option<How> {
        Some(How::Namespace { segments: Reverse(segments) })
    }

    #[test]
    fn only_the_very_host_and_port_match_in_any_case() {
        let azure = "myreg.azurecr.io";
        assert_eq!(how("myreg.azurecr.io", azure, ""), Some(How::Host));
        assert_eq!(how("MyReg.AzureCR.io", azure, ""), Some(How::Host));
        assert_eq!(how("myreg.azurecr.io:5000", "myreg.azurecr.io:5000", ""), Some(How::Host));
        for (key, host) in [
            ("myreg.azurecr.io", "myreg.azurecr.io.evil.com"),
            ("myreg.azurecr.io", "myreg.azurecr.io:444"),
            ("myreg.azurecr.io", "myreg.azurecr.io:443"),
            ("myreg.azurecr.io:443", "myreg.azurecr.io"),
            ("azurecr.io", "myreg.azurecr.io"),
            ("*.azurecr.io", "myreg.azurecr.io"),
            ("myreg.azurecr.i\u{43e}", "myreg.azurecr.io"),
            ("myreg.azurecr.io", "xn--myreg-9cd.azurecr.io"),
            ("https://user@myreg.azurecr.io/", "myreg.azurecr.io"),
            ("ftp://myreg.azurecr.io", "myreg.azurecr.io"),
            (" myreg.azurecr.io", "myreg.azurecr.io"),
            ("myreg.azurecr.io.", "myreg.azurecr.io"),
            ("", "myreg.azurecr.io"),
            ("https://index.docker.io/v1/", "myreg.azurecr.io"),
            ("docker.io", "evil.example"),
        ] {
            assert_eq!(how(key, host, "a/b"), None, "{key} for {host}");
        }
    }

    #[test]
    fn an_address_is_its_host() {
        for key in ["https://reg.example:5000/v1/", "http://reg.example:5000", "reg.example:5000/v2/"] {
            assert_eq!(how(key, "reg.example:5000", "a/b"), Some(How::Address), "{key}");
        }
        assert_eq!(how("https://[::1]:5000/v1/", "[::1]:5000", ""), Some(How::Address));
    }

    #[test]
    fn docker_hub_is_known_by_its_names() {
        for host in ["docker.io", "index.docker.io", "registry-1.docker.io"] {
            assert_eq!(how("https://index.docker.io/v1/", host, "library/debian"), Some(How::Host));
            assert_eq!(how("docker.io", host, ""), Some(How::Host));
            assert_eq!(how("index.docker.io", host, ""), Some(How::HubAlias));
            assert_eq!(how("https://registry-1.docker.io/v2/", host, ""), Some(How::HubAlias));
            assert_eq!(how("docker.io/library", host, "library/debian"), namespace(1));
        }
        assert_eq!(how("hub.docker.com", "docker.io", ""), None);
    }

    // containers-auth.json(5): the namespaces that are tried for my-registry.local/foo/bar/img are those of the
    // whole segments, the longest first.
    #[test]
    fn a_namespace_matches_by_whole_segments_and_the_longest_is_closest() {
        let reg = "my-registry.local";
        assert_eq!(how("my-registry.local/foo/bar/img", reg, "foo/bar/img"), namespace(3));
        assert_eq!(how("my-registry.local/foo/bar", reg, "foo/bar/img"), namespace(2));
        assert_eq!(how("MY-registry.local/foo", reg, "foo/bar/img"), namespace(1));
        for key in [
            "my-registry.local/fo",
            "my-registry.local/foo/ba",
            "my-registry.local/foo/",
            "my-registry.local/FOO",
            "my-registry.local/foo/bar/img/x",
            "my-registry.local/bar",
            "my-registry.local//foo",
        ] {
            assert_eq!(how(key, reg, "foo/bar/img"), None, "{key}");
        }
        assert_eq!(how("my-registry.local/foo", reg, ""), None, "nobody asks for a repository");
        assert!(namespace(3) < namespace(2) && namespace(1) < Some(How::Host));
        assert!(How::Host < How::Address && How::Address < How::HubAlias);
    }

    #[test]
    fn in_dockercfg_a_path_means_nothing() {
        let host = "reg.example".parse().unwrap();
        assert_eq!(matches("reg.example/a", Layout::Dockercfg, &host, None), Some(How::Address));
        assert_eq!(matches("reg.example/a", Layout::Docker, &host, None), None);
    }
}
