//! What is each stretch of a JSON text?

use oci::{Algorithm, Digest, MediaType};

/// What a stretch is. Strings include their quotes, so that their content is all but the first and last byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The name of a member.
    Key,
    /// A string.
    Text,
    /// A string, or a member's name, that is a digest by the grammar.
    Digest,
    /// A string that is a media type.
    MediaType,
    /// A string that is an `http` or `https` address.
    Url,
    /// A number.
    Number,
    /// `true`, `false` or `null`.
    Literal,
    /// `{`, `}`, `[`, `]`, `,` or `:`.
    Mark(u8),
    /// What is none of them, as in a text that is not quite JSON.
    Other,
}

/// One stretch; white space between stretches is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Its first byte.
    pub start: u32,
    /// The byte behind its last.
    pub end: u32,
}

impl Token {
    /// Its bytes in the text.
    pub fn range(&self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// The stretches of a text, in order: every byte that is no white space belongs to one. Ends at the first byte
/// beyond 4 GiB.
pub fn tokens(text: &str) -> impl Iterator<Item = Token> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        at += blank(&bytes[at..]);
        let first = *bytes.get(at)?;
        let start = at;
        let kind = match first {
            b'"' => {
                at = string_end(bytes, start);
                let next = at + blank(&bytes[at..]);
                string_kind(&text[start..at], bytes.get(next) == Some(&b':'))
            }
            b'{' | b'}' | b'[' | b']' | b',' | b':' => {
                at += 1;
                Kind::Mark(first)
            }
            _ => {
                let ends = |byte: &u8| b" \t\r\n\"{}[],:".contains(byte);
                at += bytes[at..].iter().position(ends).unwrap_or(bytes.len() - at);
                word_kind(&text[start..at])
            }
        };
        Some(Token { kind, start: u32::try_from(start).ok()?, end: u32::try_from(at).ok()? })
    })
}

fn string_kind(quoted: &str, is_key: bool) -> Kind {
    let plain = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let Some(inner) = plain.filter(|inner| !inner.contains('\\')) else {
        return if is_key { Kind::Key } else { Kind::Text };
    };
    if is_digest(inner) {
        Kind::Digest
    } else if is_key {
        Kind::Key
    } else if is_url(inner) {
        Kind::Url
    } else if is_media_type(inner) {
        Kind::MediaType
    } else {
        Kind::Text
    }
}

/// By the grammar `alpine:latest` is a digest too, of an unknown algorithm. What is meant as one is long.
fn is_digest(text: &str) -> bool {
    const SHORTEST_UNKNOWN: usize = 32;
    text.parse::<Digest>().is_ok_and(|digest| {
        !matches!(digest.algorithm(), Algorithm::Other(_)) || digest.encoded().len() >= SHORTEST_UNKNOWN
    })
}

fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(|c: char| c.is_whitespace() || c.is_control()))
}

fn is_media_type(text: &str) -> bool {
    /// The top-level types of IANA that content of registries has.
    const TOP: [&str; 8] = ["application", "audio", "font", "image", "message", "model", "text", "video"];
    MediaType::from(text).is_well_formed()
        && text
            .split_once('/')
            .is_some_and(|(top, _)| TOP.iter().any(|known| top.eq_ignore_ascii_case(known)))
}

fn word_kind(word: &str) -> Kind {
    match word {
        "true" | "false" | "null" => Kind::Literal,
        _ if is_number(word) => Kind::Number,
        _ => Kind::Other,
    }
}

/// RFC 8259, section 6.
fn is_number(word: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let word = word.strip_prefix('-').unwrap_or(word);
    let (word, exponent) = match word.split_once(['e', 'E']) {
        Some((word, exponent)) => (word, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (word, None),
    };
    let (whole, fraction) = match word.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (word, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(digits)
}

/// How many bytes of white space come first.
fn blank(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| b" \t\r\n".contains(byte)).count()
}

/// The place behind the closing quote, or the end of the line or the text where there is none.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\n' => return at,
            // What is escaped may be the first byte of a character: the others of it end no string.
            b'\\' if bytes.get(at + 1).is_some_and(|next| *next != b'\n') => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marked(text: &str) -> Vec<(Kind, &str)> {
        tokens(text).map(|token| (token.kind, &text[token.range()])).collect()
    }

    #[test]
    fn each_stretch_is_what_it_is() {
        let empty = "\"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\"";
        let text = format!(
            "{{\"mediaType\" : \"application/vnd.oci.empty.v1+json\",\n \"digest\":{empty},\"size\":-2.5e3,\
             {empty}:[true,null],\"urls\":[\"https://example.com/a?b=c\"]}}"
        );
        let mark = |byte: u8| Kind::Mark(byte);
        let wanted = [
            (mark(b'{'), "{"),
            (Kind::Key, "\"mediaType\""),
            (mark(b':'), ":"),
            (Kind::MediaType, "\"application/vnd.oci.empty.v1+json\""),
            (mark(b','), ","),
            (Kind::Key, "\"digest\""),
            (mark(b':'), ":"),
            (Kind::Digest, empty),
            (mark(b','), ","),
            (Kind::Key, "\"size\""),
            (mark(b':'), ":"),
            (Kind::Number, "-2.5e3"),
            (mark(b','), ","),
            (Kind::Digest, empty),
            (mark(b':'), ":"),
            (mark(b'['), "["),
            (Kind::Literal, "true"),
            (mark(b','), ","),
            (Kind::Literal, "null"),
            (mark(b']'), "]"),
            (mark(b','), ","),
            (Kind::Key, "\"urls\""),
            (mark(b':'), ":"),
            (mark(b'['), "["),
            (Kind::Url, "\"https://example.com/a?b=c\""),
            (mark(b']'), "]"),
            (mark(b'}'), "}"),
        ];
        assert_eq!(marked(&text), wanted);
    }

    #[test]
    fn one_value_is_one_stretch() {
        let cases = [
            ("\"a \\\" b\"", Kind::Text),
            ("\"a\\\\\"", Kind::Text),
            ("\"\"", Kind::Text),
            ("\"open", Kind::Text),
            ("\"alpine:latest\"", Kind::Text),
            ("\"localhost:5000\"", Kind::Text),
            ("\"md5:d41d8cd98f00b204e9800998ecf8427e\"", Kind::Digest),
            ("\"sha256:44136fa3\"", Kind::Text),
            ("\"library/debian\"", Kind::Text),
            ("\"text/plain\"", Kind::MediaType),
            ("\"javascript:alert(1)\"", Kind::Text),
            ("\"http://a b\"", Kind::Text),
            ("\"https://\"", Kind::Text),
            ("0", Kind::Number),
            ("1E+9", Kind::Number),
            ("01", Kind::Other),
            ("1.", Kind::Other),
            (".5", Kind::Other),
            ("NaN", Kind::Other),
            ("<html>", Kind::Other),
        ];
        for (text, kind) in cases {
            assert_eq!(marked(text), [(kind, text)], "{text}");
        }
    }

    #[test]
    fn an_open_string_ends_with_its_line() {
        assert_eq!(marked("\"a\\\n1"), [(Kind::Text, "\"a\\"), (Kind::Number, "1")]);
    }

    proptest! {
        #[test]
        fn every_byte_but_white_space_belongs_to_one_stretch(text in "[\\[\\]{}:,\"\\\\a1ä \t\r\n]{0,60}") {
            let mut at = 0;
            let blank = |gap: &str| gap.bytes().all(|b| b" \t\r\n".contains(&b));
            for token in tokens(&text) {
                prop_assert!(token.start < token.end);
                prop_assert!(blank(&text[at..token.start as usize]));
                at = token.end as usize;
            }
            prop_assert!(blank(&text[at..]));
        }
    }
}
