//! What does `WWW-Authenticate` ask for? (RFC 9110, 11.6.1, read tolerantly.)

use reqwest::header::{HeaderMap, WWW_AUTHENTICATE};

/// Headers longer than this are read no further.
const LONGEST: usize = 8 * 1024;
const MOST_CHALLENGES: usize = 16;

/// One challenge.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Challenge {
    /// In lower case.
    pub(crate) scheme: String,
    params: Vec<(String, String)>,
}

impl Challenge {
    /// The first parameter of this name, which is in lower case.
    pub(crate) fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// All challenges, in their order, of all `WWW-Authenticate` headers.
pub(crate) fn challenges(headers: &HeaderMap) -> Vec<Challenge> {
    let mut found = Vec::new();
    for value in headers.get_all(WWW_AUTHENTICATE) {
        let text = String::from_utf8_lossy(value.as_bytes());
        let end = (0..=LONGEST.min(text.len())).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
        read(&text[..end], &mut found);
    }
    found.truncate(MOST_CHALLENGES);
    found
}

fn read(text: &str, found: &mut Vec<Challenge>) {
    let first = found.len();
    let mut rest = text;
    // Actions such as `pull,push` in an unquoted scope look like schemes.
    let mut unquoted_scope = false;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        if rest.is_empty() {
            return;
        }
        let length = rest.find([' ', '\t', ',', '=']).unwrap_or(rest.len());
        let (word, after) = rest.split_at(length);
        let value = after.trim_start().strip_prefix('=');
        match value {
            Some(value) if found.len() > first && !word.is_empty() => {
                let name = word.to_ascii_lowercase();
                let (value, quoted, after) = read_value(value.trim_start());
                unquoted_scope = name == "scope" && !quoted;
                rest = after;
                if let Some(challenge) = found.last_mut() {
                    challenge.params.push((name, value));
                }
            }
            // `=` without a name or without a challenge: skip it.
            Some(value) => rest = value,
            None => {
                rest = after;
                let action = matches!(word, "pull" | "push" | "delete" | "*");
                match found.last_mut().and_then(|challenge| challenge.params.last_mut()) {
                    Some((_, scope)) if unquoted_scope && action => {
                        scope.push(',');
                        scope.push_str(word);
                    }
                    _ => found.push(Challenge { scheme: word.to_ascii_lowercase(), params: Vec::new() }),
                }
            }
        }
    }
}

/// A quoted string or a bare value; whether it was quoted; what follows.
fn read_value(text: &str) -> (String, bool, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([',', ' ', '\t']).unwrap_or(text.len());
        return (text[..end].to_owned(), false, &text[end..]);
    };
    let mut value = String::new();
    let mut chars = quoted.char_indices();
    while let Some((at, char)) = chars.next() {
        match char {
            '"' => return (value, true, &quoted[at + 1..]),
            '\\' => value.extend(chars.next().map(|(_, escaped)| escaped)),
            other => value.push(other),
        }
    }
    (value, true, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(values: &[&str]) -> Vec<(String, Vec<(String, String)>)> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(WWW_AUTHENTICATE, value.parse().unwrap());
        }
        challenges(&headers).into_iter().map(|challenge| (challenge.scheme, challenge.params)).collect()
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn the_header_of_the_token_specification() {
        // Distribution documentation, "Token Authentication Specification".
        let header = r#"Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:samalba/my-app:pull,push""#;
        assert_eq!(
            parse(&[header]),
            [(
                "bearer".to_owned(),
                pairs(&[
                    ("realm", "https://auth.docker.io/token"),
                    ("service", "registry.docker.io"),
                    ("scope", "repository:samalba/my-app:pull,push"),
                ])
            )]
        );
    }

    #[test]
    fn several_challenges_in_one_header_and_in_several() {
        // RFC 9110, 11.6.1, the first header.
        let one = r#"Basic realm="simple", Newauth realm="apps", type=1, title="Login to \"apps\"""#;
        assert_eq!(
            parse(&[one, "Bearer realm=\"https://t/\""]),
            [
                ("basic".to_owned(), pairs(&[("realm", "simple")])),
                (
                    "newauth".to_owned(),
                    pairs(&[("realm", "apps"), ("type", "1"), ("title", "Login to \"apps\"")])
                ),
                ("bearer".to_owned(), pairs(&[("realm", "https://t/")])),
            ]
        );
    }

    #[test]
    fn odd_writing_is_understood() {
        let bearer = |params: &[(&str, &str)]| [("bearer".to_owned(), pairs(params))];
        assert_eq!(
            parse(&["bEaReR realm=https://t/a?b,service=reg"]),
            bearer(&[("realm", "https://t/a?b"), ("service", "reg")])
        );
        assert_eq!(
            parse(&["Bearer  Realm = \"https://t/\" ,, Service = \"a, b\""]),
            bearer(&[("realm", "https://t/"), ("service", "a, b")])
        );
        assert_eq!(
            parse(&["Bearer realm=\"https://t/\",scope=repository:a:pull,push"]),
            bearer(&[("realm", "https://t/"), ("scope", "repository:a:pull,push")])
        );
        assert_eq!(parse(&["Bearer realm=\"https://t/"]), bearer(&[("realm", "https://t/")]));
        assert_eq!(parse(&["Basic"]), [("basic".to_owned(), Vec::new())]);
    }

    #[test]
    fn nonsense_gives_no_challenge_and_no_panic() {
        for text in ["", ",,,", "=", "=\"x\"", " = , = ", "\"", "\\"] {
            let _ = parse(&[text]);
        }
        assert!(parse(&[]).is_empty());
        assert!(parse(&["a, ".repeat(5_000).as_str()]).len() <= 16);
        assert_eq!(parse(&["é\u{fc}x"]).len(), 1);
    }
}
