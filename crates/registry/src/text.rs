//! How do texts of others become harmless? No control characters, no endless length, no secret in a URL.

use reqwest::header::{HeaderMap, HeaderName};
use url::Url;

use crate::Header;

/// The longest text of a registry that is passed on, in bytes.
pub(crate) const TEXT_LIMIT: usize = 2 * 1024;

/// Query keys that the protocol itself uses; any other value may be a signature or a token.
const PLAIN_KEYS: [&str; 11] =
    ["n", "last", "artifactType", "digest", "service", "scope", "account", "ns", "mount", "from", "tag"];

/// One line of at most 2 KiB without control or direction characters.
pub(crate) fn sanitise(text: &str) -> String {
    let mut clean = String::with_capacity(text.len().min(TEXT_LIMIT));
    for char in text.trim().chars() {
        let char = if matches!(char, '\n' | '\r' | '\t') { ' ' } else { char };
        if char.is_control() || turns_direction(char) {
            continue;
        }
        if clean.len() + char.len_utf8() > TEXT_LIMIT - '…'.len_utf8() {
            clean.push('…');
            break;
        }
        clean.push(char);
    }
    clean
}

/// Bidi controls: they can make a text read as another one.
fn turns_direction(char: char) -> bool {
    matches!(char, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A URL for people: no user info, no fragment, and `…` for query values that may be secret.
pub(crate) fn redact_url(url: &Url) -> String {
    let mut shown = format!("{}://{}{}", url.scheme(), authority(url), url.path());
    if let Some(query) = url.query() {
        let pairs: Vec<String> = query
            .split('&')
            .map(|pair| match pair.split_once('=') {
                Some((key, value)) if !PLAIN_KEYS.contains(&key) && !value.is_empty() => format!("{key}=…"),
                None if pair.len() > 32 => "…".to_owned(),
                _ => pair.to_owned(),
            })
            .collect();
        shown.push('?');
        shown.push_str(&pairs.join("&"));
    }
    sanitise(&shown)
}

/// `host` or `host:port`, for a sentence.
pub(crate) fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

/// Headers for the trace, secrets replaced by `…`.
pub(crate) fn redact_headers(headers: &HeaderMap) -> Vec<Header> {
    headers
        .iter()
        .map(|(name, value)| {
            let text = value.as_bytes().escape_ascii().to_string().replace("\\\"", "\"");
            let value = if is_secret(name) {
                "…".to_owned()
            } else if name == "location" {
                Url::parse(&text).map_or_else(|_| sanitise(&text), |url| redact_url(&url))
            } else {
                sanitise(&text)
            };
            Header { name: name.as_str().to_owned(), value }
        })
        .collect()
}

fn is_secret(name: &HeaderName) -> bool {
    let name = name.as_str();
    name == "authorization"
        || name == "proxy-authorization"
        || ["cookie", "token", "secret", "signature", "api-key"].iter().any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_presigned_url_loses_its_signature_and_its_user() {
        let url = "https://u:p@store.example:9000/b?X-Amz-Signature=c0ffee&n=5&X-Amz-Credential=AKIA&sig=s#f";
        assert_eq!(
            redact_url(&Url::parse(url).unwrap()),
            "https://store.example:9000/b?X-Amz-Signature=…&n=5&X-Amz-Credential=…&sig=…"
        );
    }

    #[test]
    fn text_loses_escapes_line_ends_and_direction_marks_and_is_cut_at_2_kib() {
        assert_eq!(sanitise("a\x1b[31mb\r\nc\u{202e}d\0"), "a[31mb  cd");
        let long = sanitise(&"é".repeat(4_000));
        assert!(long.len() <= 2_048 && long.ends_with('…'), "{}", long.len());
    }

    #[test]
    fn secret_headers_are_replaced_and_others_kept() {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("authorization", "Basic dTpw"),
            ("set-cookie", "s=1"),
            ("www-authenticate", "Bearer realm=\"https://a/t\""),
            ("location", "https://s/x?X-Amz-Signature=c0ffee"),
        ] {
            headers.insert(name, value.parse().unwrap());
        }
        let shown: Vec<_> = redact_headers(&headers).into_iter().map(|h| (h.name, h.value)).collect();
        assert!(shown.contains(&("authorization".into(), "…".into())));
        assert!(shown.contains(&("set-cookie".into(), "…".into())));
        assert!(shown.contains(&("www-authenticate".into(), "Bearer realm=\"https://a/t\"".into())));
        assert!(shown.contains(&("location".into(), "https://s/x?X-Amz-Signature=…".into())));
    }
}
