//! Which endpoint does a path name?
//!
//! Distribution specification, "Endpoints". Names may hold slashes, so the path is read from its end.

/// An endpoint with what its path names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Route {
    /// `/v2/`.
    Base,
    /// `/v2/_catalog`.
    Catalog,
    /// `/token`, where the token server is here.
    Token,
    /// `/v2/<name>/tags/list`.
    Tags { name: String },
    /// `/v2/<name>/manifests/<tag or digest>`.
    Manifest { name: String, target: String },
    /// `/v2/<name>/blobs/<digest>`.
    Blob { name: String, digest: String },
    /// `/v2/<name>/blobs/uploads/`.
    Uploads { name: String },
    /// `/v2/<name>/blobs/uploads/<id>`.
    Upload { name: String, id: String },
    /// `/v2/<name>/referrers/<digest>`.
    Referrers { name: String, digest: String },
    /// Nothing that is known.
    Unknown,
}

impl Route {
    /// Reads a path without its query.
    pub(crate) fn of(path: &str) -> Self {
        match path {
            "/v2" | "/v2/" => return Self::Base,
            "/v2/_catalog" => return Self::Catalog,
            "/token" => return Self::Token,
            _ => {}
        }
        let Some(rest) = path.strip_prefix("/v2/") else { return Self::Unknown };
        Self::of_repository(rest).filter(|route| route.name().is_some_and(is_name)).unwrap_or(Self::Unknown)
    }

    fn of_repository(rest: &str) -> Option<Self> {
        let parts: Vec<&str> = rest.split('/').collect();
        let name = |length: usize| parts[..parts.len() - length].join("/");
        let owned = |text: &str| percent_decoded(text);
        match parts.as_slice() {
            [_, .., "tags", "list"] => Some(Self::Tags { name: name(2) }),
            [_, .., "blobs", "uploads", ""] => Some(Self::Uploads { name: name(3) }),
            [_, .., "blobs", "uploads"] => Some(Self::Uploads { name: name(2) }),
            [_, .., "blobs", "uploads", id] => Some(Self::Upload { name: name(3), id: owned(id) }),
            [_, .., "manifests", target] => Some(Self::Manifest { name: name(2), target: owned(target) }),
            [_, .., "blobs", digest] => Some(Self::Blob { name: name(2), digest: owned(digest) }),
            [_, .., "referrers", digest] => Some(Self::Referrers { name: name(2), digest: owned(digest) }),
            _ => None,
        }
    }

    /// The repository, where there is one.
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            Self::Tags { name }
            | Self::Manifest { name, .. }
            | Self::Blob { name, .. }
            | Self::Uploads { name }
            | Self::Upload { name, .. }
            | Self::Referrers { name, .. } => Some(name),
            Self::Base | Self::Catalog | Self::Token | Self::Unknown => None,
        }
    }
}

/// The grammar of a repository's name.
pub(crate) fn is_name(name: &str) -> bool {
    name.len() <= 255 && name.split('/').all(is_component)
}

fn is_component(part: &str) -> bool {
    let alphanumeric = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let mut rest = part.as_bytes();
    loop {
        let word = rest.iter().take_while(|byte| alphanumeric(byte)).count();
        if word == 0 {
            return false;
        }
        rest = &rest[word..];
        let separator = rest.iter().take_while(|byte| !alphanumeric(byte)).count();
        match &rest[..separator] {
            [] => return rest.is_empty(),
            b"." | b"_" | b"__" => {}
            dashes if dashes.iter().all(|&byte| byte == b'-') => {}
            _ => return false,
        }
        rest = &rest[separator..];
    }
}

/// The grammar of a tag.
pub(crate) fn is_tag(tag: &str) -> bool {
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let mut bytes = tag.bytes();
    tag.len() <= 128
        && bytes.next().is_some_and(word)
        && bytes.all(|byte| word(byte) || byte == b'.' || byte == b'-')
}

/// The pairs of a query, decoded, in their order.
pub(crate) fn query(text: Option<&str>) -> Vec<(String, String)> {
    let pairs = text.unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (percent_decoded(&key.replace('+', " ")), percent_decoded(&value.replace('+', " ")))
        })
        .collect()
}

/// The first value of a key.
pub(crate) fn first<'a>(query: &'a [(String, String)], key: &str) -> Option<&'a str> {
    query.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
}

fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match escaped.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// Escapes what may not stand in a query as it is.
pub(crate) fn percent_encoded(text: &str) -> String {
    let keep = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b':');
    let escape = |byte: u8| if keep(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_hold_the_words_of_the_endpoints() {
        let route = Route::of("/v2/tags/list/manifests/v1");
        assert_eq!(route, Route::Manifest { name: "tags/list".into(), target: "v1".into() });
        assert_eq!(Route::of("/v2/a/blobs/uploads/"), Route::Uploads { name: "a".into() });
        assert_eq!(Route::of("/v2/manifests/v1"), Route::Unknown);
        assert_eq!(
            Route::of("/v2/a/manifests/sha256%3Aab"),
            Route::Manifest { name: "a".into(), target: "sha256:ab".into() }
        );
    }

    #[test]
    fn names_and_tags_follow_the_grammar() {
        for name in ["a", "a/b", "a__b", "a--b/c.d", "0/1"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "A", "a//b", "/a", "a/", "a..b", "a_", "-a", "a___b", "a.-b"] {
            assert!(!is_name(name), "{name}");
        }
        for tag in ["v1", "_", "1.0-rc.1"] {
            assert!(is_tag(tag), "{tag}");
        }
        for tag in ["", ".a", "-a", "a:b", "a/b", &"x".repeat(129)] {
            assert!(!is_tag(tag), "{tag}");
        }
    }

    #[test]
    fn a_plus_in_a_query_is_a_space_and_percent_2b_a_plus() {
        let pairs = query(Some("artifactType=application%2Fspdx%2Bjson&x=a+b&y"));
        assert_eq!(first(&pairs, "artifactType"), Some("application/spdx+json"));
        assert_eq!(first(&pairs, "x"), Some("a b"));
        assert_eq!(first(&pairs, "y"), Some(""));
    }
}
