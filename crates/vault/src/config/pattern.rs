//! Does a key of a Kubernetes pull secret speak of a registry and repository?
//!
//! Kubernetes reads keys in its own way (Kubernetes documentation, "Images", "Interpretation of config.json"): each
//! label of the host may be a pattern, and a path is the beginning of the repository's name, of whatever length.

use oci::{Host, RepositoryName};

use super::key::{How, segments_of};

pub(crate) fn matches(key: &str, registry: &Host, repository: Option<&RepositoryName>) -> Option<How> {
    let bare = ["https://", "http://"].iter().find_map(|scheme| key.strip_prefix(scheme));
    let (host, path) = bare.unwrap_or(key).split_once('/').unwrap_or((bare.unwrap_or(key), ""));
    let path = ["v1/", "v2/"].iter().find_map(|version| path.strip_prefix(version)).unwrap_or(path);
    let host = host.to_ascii_lowercase();
    // A cluster names Docker Hub docker.io and knows its login as index.docker.io.
    let is_hub = registry.as_str() == Host::DOCKER_HUB && host == "index.docker.io";
    if !is_hub && !host_matches(&host, registry.as_str()) {
        return None;
    }
    if !path.is_empty() {
        return repository?.as_str().starts_with(path).then(|| segments_of(path.trim_end_matches('/')));
    }
    Some(match () {
        () if !is_hub && host != registry.as_str() => How::Pattern,
        () if bare.is_some() && !is_hub => How::Address,
        () => How::Host,
    })
}

/// As many labels, each of which matches, and the same port.
fn host_matches(pattern: &str, host: &str) -> bool {
    if pattern == host {
        return true;
    }
    let split = |text: &str| match text.rsplit_once(':') {
        Some((name, port)) => (name.to_owned(), port.to_owned()),
        None => (text.to_owned(), String::new()),
    };
    let ((pattern, port), (host, of_host)) = (split(pattern), split(host));
    let (labels, of_host_labels) = (pattern.split('.'), host.split('.'));
    port == of_host
        && labels.clone().count() == of_host_labels.clone().count()
        && labels.zip(of_host_labels).all(|(pattern, label)| glob(pattern.as_bytes(), label.as_bytes()))
}

/// `*`, `?`, `[a-z]` and `[^a-z]`, as Go's `path.Match` reads them. A pattern that is none matches nothing.
fn glob(pattern: &[u8], text: &[u8]) -> bool {
    match (pattern.split_first(), text.split_first()) {
        (None, rest) => rest.is_none(),
        (Some((b'*', after)), rest) => glob(after, text) || rest.is_some_and(|(_, rest)| glob(pattern, rest)),
        (Some(_), None) => false,
        (Some((b'?', after)), Some((_, rest))) => glob(after, rest),
        (Some((b'[', class)), Some((byte, rest))) => {
            let Some(end) = class.iter().skip(1).position(|byte| *byte == b']') else { return false };
            let (class, after) = (&class[..=end], &class[end + 2..]);
            let (class, wanted) = class.strip_prefix(b"^").map_or((class, true), |class| (class, false));
            in_class(class, *byte) == wanted && glob(after, rest)
        }
        (Some((one, after)), Some((other, rest))) => one == other && glob(after, rest),
    }
}

fn in_class(class: &[u8], byte: u8) -> bool {
    match class {
        [] => false,
        [from, b'-', to, rest @ ..] => (*from..=*to).contains(&byte) || in_class(rest, byte),
        [one, rest @ ..] => *one == byte || in_class(rest, byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn how(key: &str, host: &str, repository: &str) -> Option<How> {
        matches(key, &host.parse().unwrap(), repository.parse().ok().as_ref())
    }

    // Kubernetes documentation, "Images", "Interpretation of config.json": its examples.
    #[test]
    fn the_examples_of_the_documentation() {
        for key in ["my-registry.example/images", "*.my-registry.example/images"] {
            for (host, repository) in [
                ("my-registry.example", "images/my-app"),
                ("my-registry.example", "images/subpath/my-app"),
                ("my-registry.example", "another-image/my-app"),
                ("sub.my-registry.example", "images/my-app"),
                ("a.sub.my-registry.example", "images/my-app"),
                ("a.sub.my-registry.example", "images/subpath/my-app"),
            ] {
                let expected = repository.starts_with("images/")
                    && host == key.trim_end_matches("/images").replace('*', "sub");
                assert_eq!(how(key, host, repository).is_some(), expected, "{key}, {host}/{repository}");
            }
        }
    }

    #[test]
    fn labels_match_by_patterns_and_ports_do_not() {
        for (key, host, expected) in [
            ("*.kubernetes.io", "abc.kubernetes.io", Some(How::Pattern)),
            ("k8s.*.io", "k8s.app.io", Some(How::Pattern)),
            ("app-?.example", "app-1.example", Some(How::Pattern)),
            ("app-[0-9].example", "app-1.example", Some(How::Pattern)),
            ("app-[^0-9].example", "app-1.example", None),
            ("app-[0.example", "app-0.example", None),
            ("*.kubernetes.io", "kubernetes.io", None),
            ("*.io", "abc.kubernetes.io", None),
            ("*.example:5000", "a.example:5000", Some(How::Pattern)),
            ("*.example", "a.example:5000", None),
            ("a.example", "a.example", Some(How::Host)),
            ("A.example", "a.example", Some(How::Host)),
            ("https://a.example/v2/", "a.example", Some(How::Address)),
            ("https://index.docker.io/v1/", "docker.io", Some(How::Host)),
            ("index.docker.io", "docker.io", Some(How::Host)),
            ("registry-1.docker.io", "docker.io", None),
        ] {
            assert_eq!(how(key, host, "a/b"), expected, "{key} for {host}");
        }
    }
}
