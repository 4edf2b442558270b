//! What does the registry want people to read? Texts of `Warning: 299` (distribution specification, "Warnings").

use reqwest::header::{HeaderMap, WARNING};

use crate::text::sanitise;

/// All warnings of an answer together (bytes).
const MOST: usize = 4_096;

/// The texts, each once. What is not `299 - "text"` is none.
pub(crate) fn warnings(headers: &HeaderMap) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    let mut bytes = 0;
    for value in headers.get_all(WARNING) {
        bytes += value.len();
        if bytes > MOST {
            break;
        }
        if let Some(text) = text_of(&String::from_utf8_lossy(value.as_bytes()))
            && !texts.contains(&text)
        {
            texts.push(text);
        }
    }
    texts
}

fn text_of(header: &str) -> Option<String> {
    let quoted = header.trim().strip_prefix("299 - \"")?;
    let mut text = String::new();
    let mut chars = quoted.chars();
    loop {
        match chars.next()? {
            '"' => break,
            '\\' => text.push(chars.next()?),
            char => text.push(char),
        }
    }
    let text = sanitise(&text);
    (chars.as_str().trim().is_empty() && !text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_warning_is_its_quoted_text_once_and_without_escapes() {
        let mut headers = HeaderMap::new();
        for value in [
            &b"299 - \"Your auth token will expire in 30 seconds.\""[..],
            b"299 - \"Your auth token will expire in 30 seconds.\"",
            b"299 - \"say \\\"hi\\\" \xe2\x80\xae<img onerror=x>\"",
            b"199 - \"other code\"",
            b"299 host \"an agent\"",
            b"299 - \"a date\" \"Sun, 06 Nov 1994 08:49:37 GMT\"",
            b"299 - \"unclosed",
        ] {
            headers.append(WARNING, reqwest::header::HeaderValue::from_bytes(value).unwrap());
        }
        assert_eq!(
            warnings(&headers),
            ["Your auth token will expire in 30 seconds.", "say \"hi\" <img onerror=x>"]
        );
    }
}
