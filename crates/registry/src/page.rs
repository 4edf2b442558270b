//! Where is the next page? `Link` with `rel=next`, followed as given (RFC 8288; distribution specification, "Listing
//! Tags").

use reqwest::header::{HeaderMap, LINK};
use url::Url;

use crate::redirect::same_origin;
use crate::text::redact_url;

/// Headers longer than this are read no further.
const LONGEST: usize = 16 * 1024;

/// What the `Link` headers say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Next {
    /// This was the last page.
    None,
    /// Go on there.
    Page(Url),
    /// There is more, but it cannot be followed: what was found instead.
    Stop(String),
}

/// The next page after the one at `page`. The query is kept as it was written.
pub(crate) fn next(headers: &HeaderMap, page: &Url) -> Next {
    let mut unread = None;
    for value in headers.get_all(LINK) {
        let Ok(text) = value.to_str() else {
            unread = Some("a Link header that is no text".to_owned());
            continue;
        };
        match next_target(&text[..text.len().min(LONGEST)]) {
            Ok(Some(target)) => return follow(target, page),
            Ok(None) => {}
            Err(()) => unread = Some(format!("Link: {text}")),
        }
    }
    unread.map_or(Next::None, Next::Stop)
}

fn follow(target: &str, page: &Url) -> Next {
    let Ok(mut url) = page.join(target) else { return Next::Stop(format!("Link: <{target}>")) };
    url.set_fragment(None);
    if !same_origin(&url, page) {
        return Next::Stop(format!("a link to another origin: {}", redact_url(&url)));
    }
    // User info would turn into an Authorization header.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    Next::Page(url)
}

/// The target of the first link with the relation `next`.
fn next_target(header: &str) -> Result<Option<&str>, ()> {
    let mut rest = header;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        if rest.is_empty() {
            return Ok(None);
        }
        let (target, after) = rest.strip_prefix('<').and_then(|rest| rest.split_once('>')).ok_or(())?;
        let (is_next, after) = has_next(after);
        if is_next {
            return Ok(Some(target.trim()));
        }
        rest = after;
    }
}

/// Whether the parameters up to the next comma hold `rel=next`, quoted or not; and what follows.
fn has_next(text: &str) -> (bool, &str) {
    let mut rest = text;
    let mut is_next = false;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ';']);
        if rest.is_empty() || rest.starts_with(',') {
            return (is_next, rest);
        }
        let end = rest.find(['=', ';', ',']).unwrap_or(rest.len());
        let name = rest[..end].trim();
        rest = &rest[end..];
        let Some(value) = rest.strip_prefix('=') else { continue };
        let value = value.trim_start();
        let (value, after) = match value.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => value.split_at(value.find([';', ',']).unwrap_or(value.len())),
        };
        rest = after;
        is_next |= name.eq_ignore_ascii_case("rel")
            && value.split_ascii_whitespace().any(|relation| relation.eq_ignore_ascii_case("next"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "https://r.example/v2/a/tags/list?n=2";

    fn after(values: &[&str]) -> Next {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(LINK, value.parse().unwrap());
        }
        next(&headers, &Url::parse(PAGE).unwrap())
    }

    fn page(url: &str) -> Next {
        Next::Page(Url::parse(url).unwrap())
    }

    #[test]
    fn relative_absolute_and_query_only_links_are_followed_as_given() {
        let there = page("https://r.example/v2/a/tags/list?last=b&n=2");
        assert_eq!(after(&["</v2/a/tags/list?last=b&n=2>; rel=\"next\""]), there);
        assert_eq!(after(&["<https://r.example/v2/a/tags/list?last=b&n=2>;rel=next"]), there);
        assert_eq!(after(&["<?last=b&n=2> ; Rel = \"next\""]), there);
        assert_eq!(after(&["<https://r.example:443/v2/a/tags/list?last=b&n=2>; rel=next"]), there);
        // quay.io's own cursor, kept byte for byte.
        let cursor = "/v2/a/tags/list?next_page=gAAAA%2Bb%3D%3D&x=a%20b+c;d";
        let Next::Page(url) = after(&[&format!("<{cursor}>; rel=\"next\"")]) else { panic!("no page") };
        assert_eq!(url.query(), Some("next_page=gAAAA%2Bb%3D%3D&x=a%20b+c;d"));
    }

    #[test]
    fn the_next_link_is_found_among_several() {
        let there = page("https://r.example/c?x=1,2;3");
        assert_eq!(
            after(&["</a>; rel=\"prev\"; title=\"a, <b>; rel=next\", </c?x=1,2;3>; rel=\"last next\""]),
            there
        );
        assert_eq!(after(&["</a>; rel=first", "</c?x=1,2;3>; rel=next"]), there);
        assert_eq!(after(&["</a>; rel=nextish, </b>; rev=next"]), Next::None);
        assert_eq!(after(&[]), Next::None);
        assert_eq!(after(&[""]), Next::None);
    }

    #[test]
    fn another_origin_or_nonsense_stops() {
        for link in [
            "<https://evil.example/v2/a/tags/list>; rel=next",
            "<http://r.example/v2/a/tags/list>; rel=next",
            "<https://r.example:444/>; rel=next",
            "<//evil.example/>; rel=next",
            "<file:///etc/passwd>; rel=next",
            "/v2/a/tags/list; rel=next",
            "<https://r.example:99999/>; rel=next",
            "</unclosed; rel=next",
        ] {
            assert!(matches!(after(&[link]), Next::Stop(_)), "{link}");
        }
    }

    #[test]
    fn user_info_in_a_link_is_dropped() {
        assert_eq!(after(&["<https://u:p@r.example/x>; rel=next"]), page("https://r.example/x"));
    }
}
