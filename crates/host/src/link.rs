//! Which screen does a text name that came from outside: a link, or what was typed after the program's name?
//!
//! Whoever can make a user follow a link decides what is in it. So a path is made anew from what was understood, and
//! everything else is dropped: names of users, passwords, fragments. It shows a screen, and that is all; a registry
//! that the user has not added is asked about there.

use std::fmt;

use oci::{
    Digest, Host, Reference, RepositoryName, Tag,
    pasted::{self, Reason, Target},
};

use crate::percent::{decode, encode};

/// The scheme of links to this app.
const SCHEME: &str = "ociscope:";

/// The side that shows a digest as a blob.
const BLOB: &str = "blob";

/// What of a screen's query counts.
const QUERY: [&str; 4] = ["sel", "q", "platform", "ptr"];

/// The longest text that is looked at.
const LONGEST: usize = 8 << 10;

/// Why a text names no screen, as the end of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoScreen(String);

impl fmt::Display for NoScreen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NoScreen {}

/// The path of the screen, with its query, ready to be part of an address.
///
/// # Errors
/// The text names none.
pub fn screen(text: &str) -> Result<String, NoScreen> {
    let text = text.trim();
    if text.len() > LONGEST {
        return Err(NoScreen(format!("it is longer than {LONGEST} bytes")));
    }
    if let Some(rest) = after_scheme(text) {
        let path = format!("/{}", rest.trim_start_matches('/'));
        return of_path(&path).ok_or_else(|| no_link(text));
    }
    if text.starts_with("/r/") {
        return of_path(text).ok_or_else(|| no_link(text));
    }
    let pasted = pasted::read(text).map_err(|reason| NoScreen(why(&reason)))?;
    match pasted.target {
        Target::Registry(host) => Ok(Place::of(host).path()),
        Target::Reference(Reference { host, repository, tag, digest }) => {
            Ok(Place { repository: Some(repository), tag, digest, ..Place::of(host) }.path())
        }
        Target::Blob(host, repository, digest) => {
            let (digest, side) = (Some(digest), Some(BLOB.to_owned()));
            Ok(Place { repository: Some(repository), digest, side, ..Place::of(host) }.path())
        }
        Target::Digest(_) => {
            Err(NoScreen("it is a digest and names no repository: write REPOSITORY@DIGEST".to_owned()))
        }
    }
}

fn after_scheme(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_at_checked(SCHEME.len())?;
    scheme.eq_ignore_ascii_case(SCHEME).then_some(rest)
}

fn no_link(text: &str) -> NoScreen {
    let shown: String = text.chars().take(80).flat_map(char::escape_debug).collect();
    NoScreen(format!("{shown} is no link of this app: those look like ociscope://r/ghcr.io/owner/name:tag"))
}

fn why(reason: &Reason) -> String {
    let shown = |text: &str| text.chars().take(80).flat_map(char::escape_debug).collect::<String>();
    match reason {
        Reason::Empty => "there is no text".to_owned(),
        Reason::Placeholder(it) => format!("{} stands for something that it does not say", shown(it)),
        Reason::Scratch => "scratch is an empty image, and in no registry".to_owned(),
        Reason::Command(it) => format!("{} names no image", shown(it)),
        Reason::Chart(it) => format!("{} is a chart of a chart repository, and in no registry", shown(it)),
        Reason::Page(it) => format!("{} is a page that names no image", shown(it)),
        Reason::Scheme(it) => format!("{} is no address of a registry", shown(it)),
        Reason::Words => "none of its words is a reference".to_owned(),
        Reason::Reference(error) => shown(&error.to_string()),
        _ => "it names nothing in a registry".to_owned(),
    }
}

/// What a path of this app names.
struct Place {
    host: Host,
    repository: Option<RepositoryName>,
    tag: Option<Tag>,
    digest: Option<Digest>,
    side: Option<String>,
    query: String,
}

impl Place {
    fn of(host: Host) -> Self {
        Self { host, repository: None, tag: None, digest: None, side: None, query: String::new() }
    }

    fn path(&self) -> String {
        let mut path = format!("/r/{}", self.host);
        let mut add = |before: &str, part: Option<&dyn fmt::Display>| {
            if let Some(part) = part {
                path.push_str(&format!("{before}{part}"));
            }
        };
        add("/", self.repository.as_ref().map(|it| it as &dyn fmt::Display));
        add(":", self.tag.as_ref().map(|it| it as &dyn fmt::Display));
        add("@", self.digest.as_ref().map(|it| it as &dyn fmt::Display));
        add("/~", self.side.as_ref().map(|it| it as &dyn fmt::Display));
        add("?", Some(&self.query).filter(|it| !it.is_empty()).map(|it| it as &dyn fmt::Display));
        path
    }
}

/// Reads a path of this app and writes it anew.
fn of_path(path: &str) -> Option<String> {
    let path = path.split('#').next()?;
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let path = decode(path)?;
    let rest = path.strip_prefix("/r/")?;
    let (host, rest) = rest.split_once('/').unwrap_or((rest, ""));
    let mut place = Place::of(host.parse().ok()?);
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    if !rest.is_empty() {
        let (name, side) = match rest.split_once("/~") {
            Some((name, side)) => (name, Some(side)),
            None => (rest, None),
        };
        place.side = side.map(str::to_owned);
        if side.is_some_and(|it| it.is_empty() || !it.bytes().all(|byte| byte.is_ascii_lowercase())) {
            return None;
        }
        let (name, digest) = name.split_once('@').map_or((name, None), |(name, it)| (name, Some(it)));
        let (name, tag) = name.split_once(':').map_or((name, None), |(name, it)| (name, Some(it)));
        place.repository = Some(name.parse().ok()?);
        place.tag = tag.map(str::parse).transpose().ok()?;
        place.digest = digest.map(str::parse).transpose().ok()?;
    }
    let known = query.split('&').filter_map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let counts = QUERY.contains(&name) && !value.is_empty() && !value.chars().any(char::is_control);
        // A browser encodes what a person writes into its address; so does this.
        counts.then(|| format!("{name}={}", encode(value, is_of_a_query)))
    });
    place.query = known.collect::<Vec<_>>().join("&");
    Some(place.path())
}

/// RFC 3986, `query`, without the characters that separate its parts.
fn is_of_a_query(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~%!$'()*+,;:@/?".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIGEST: &str = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[test]
    fn links_references_and_commands_name_screens() {
        let by_digest = format!("/r/ghcr.io/acme/app@{DIGEST}");
        let blob = format!("/r/ghcr.io/acme/app@{DIGEST}/~blob");
        for (text, path) in [
            ("ociscope://r/ghcr.io/acme/app:1.0", "/r/ghcr.io/acme/app:1.0"),
            ("OCIscope:/r/ghcr.io/acme/app:1.0/", "/r/ghcr.io/acme/app:1.0"),
            ("ociscope://r/localhost:5000", "/r/localhost:5000"),
            ("ociscope://r/ghcr.io/", "/r/ghcr.io"),
            (
                "ociscope://r/ghcr.io/acme/app%3A1.0/~manifest?ptr=/layers/3",
                "/r/ghcr.io/acme/app:1.0/~manifest?ptr=/layers/3",
            ),
            ("/r/ghcr.io/acme/app?q=rc%201&token=1&sel=v1", "/r/ghcr.io/acme/app?q=rc%201&sel=v1"),
            // As the web reads it: the filter is an expression, a `+` is a space, and of a code nothing is encoded again.
            (
                "ociscope://r/ghcr.io/acme/app?q=/^v[0-9]{1,2}/",
                "/r/ghcr.io/acme/app?q=/%5Ev%5B0-9%5D%7B1,2%7D/",
            ),
            ("ociscope://r/ghcr.io/a?q=/^v[0-9]+/", "/r/ghcr.io/a?q=/%5Ev%5B0-9%5D+/"),
            ("ociscope://r/ghcr.io/a?q=%5Ev\u{fc} x|y", "/r/ghcr.io/a?q=%5Ev%C3%BC%20x%7Cy"),
            ("/r/ghcr.io/acme/app:1#token=abc", "/r/ghcr.io/acme/app:1"),
            (&format!("/r/ghcr.io/acme/app@{DIGEST}"), &by_digest),
            (&format!("ghcr.io/acme/app@{DIGEST}"), &by_digest),
            (&format!("ociscope://r/ghcr.io/acme/app@{DIGEST}/~blob"), &blob),
            (&format!("https://ghcr.io/v2/acme/app/blobs/{DIGEST}"), &blob),
            (&format!("ghcr.io/v2/acme/app/blobs/{DIGEST}"), &blob),
            (&format!("https://user:secret@ghcr.io/v2/acme/app/blobs/{DIGEST}#x"), &blob),
            ("ghcr.io/acme/app:1.0", "/r/ghcr.io/acme/app:1.0"),
            (" ghcr.io/acme/app ", "/r/ghcr.io/acme/app"),
            ("debian:12", "/r/docker.io/library/debian:12"),
            ("docker pull ghcr.io/acme/app:1.0", "/r/ghcr.io/acme/app:1.0"),
        ] {
            assert_eq!(screen(text).as_deref(), Ok(path), "{text}");
        }
    }

    /// Whatever it says, a path names a screen of the app and carries nothing.
    #[test]
    fn a_link_carries_no_user_no_script_and_no_way_out() {
        for text in [
            "ociscope://user:secret@r/ghcr.io/acme/app:1",
            "ociscope://r/user:secret@ghcr.io/acme/app:1",
            "ociscope://settings",
            "ociscope:",
            "ociscope://r/",
            "ociscope://r/ghcr.io/../../etc:1",
            "ociscope://r/ghcr.io/acme/app:1/~../../x",
            "ociscope://r/ghcr.io/acme/app:1/~manifest'onload=",
            "ociscope://r/ghcr.io/a\"+alert(1)+\"",
            "ociscope://r/%00/a:1",
            "ociscope://r/ghcr.io/%zz",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "/etc/passwd/../x y",
            "",
            "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ] {
            let error = screen(text).expect_err(text);
            assert!(!error.to_string().is_empty());
        }
        assert!(screen(&format!("ociscope://r/ghcr.io/a?q={}", "x".repeat(10_000))).is_err());
        // What an address cannot hold is in it as a code, and control characters are in it in no way.
        assert_eq!(
            screen("/r/ghcr.io/a?q=a\"b&ptr=/x\u{202e}&platform=a\u{7}b&sel=ok").as_deref(),
            Ok("/r/ghcr.io/a?q=a%22b&ptr=/x%E2%80%AE&sel=ok")
        );
    }
}
