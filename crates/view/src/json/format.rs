//! How does JSON read with one value a line?
//!
//! Every token stays as it was written: order of members, numbers, escapes. Only the white space is ours.

use super::{
    LONGEST,
    token::{Kind, tokens},
};

/// No formatted text is longer, in bytes: a hostile document must not fill the memory.
const LONGEST_FORMATTED: usize = 16 << 20;
/// Deeper values are not indented further.
const DEEPEST: usize = 32;

/// The text with one value a line, indented by two. Without its white space it is the text without its white space.
/// `None` where the text, or what would come of it, is too long to be read anyway.
pub fn format(text: &str) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    let mut formatted = String::with_capacity(text.len() + text.len() / 2);
    let mut depth = 0_usize;
    let mut before = None;
    for token in tokens(text) {
        let opened = matches!(before, Some(Kind::Mark(b'{' | b'[')));
        let closes = matches!(token.kind, Kind::Mark(b'}' | b']'));
        if closes {
            depth = depth.saturating_sub(1);
        }
        match (before, token.kind) {
            (None, _) | (_, Kind::Mark(b',' | b':')) => {}
            // Nothing stands between the brackets of an empty value.
            _ if opened && closes => {}
            (Some(Kind::Mark(b':')), _) => formatted.push(' '),
            (Some(Kind::Mark(b',')), _) => line(&mut formatted, depth),
            _ if opened || closes => line(&mut formatted, depth),
            // Two values without anything between them are no JSON; they stay apart.
            _ => formatted.push(' '),
        }
        formatted.push_str(&text[token.range()]);
        // A string that its line has cut short must not swallow what comes next.
        if is_open_string(&text[token.range()]) {
            formatted.push('\n');
        }
        if matches!(token.kind, Kind::Mark(b'{' | b'[')) {
            depth += 1;
        }
        if formatted.len() > LONGEST_FORMATTED {
            return None;
        }
        before = Some(token.kind);
    }
    Some(formatted)
}

fn line(formatted: &mut String, depth: usize) {
    formatted.push('\n');
    formatted.extend(std::iter::repeat_n("  ", depth.min(DEEPEST)));
}

fn is_open_string(token: &str) -> bool {
    let Some(rest) = token.strip_prefix('"') else { return false };
    let mut bytes = rest.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => return false,
            b'\\' => _ = bytes.next(),
            _ => {}
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_value_a_line() {
        let text = r#"{"b":[1,2.50,{}],"a" : {"x":"y  z","e":[ ]},"c":1e3}"#;
        let wanted = r#"{
  "b": [
    1,
    2.50,
    {}
  ],
  "a": {
    "x": "y  z",
    "e": []
  },
  "c": 1e3
}"#;
        assert_eq!(format(text).as_deref(), Some(wanted));
        // What is formatted stays as it is.
        assert_eq!(format(wanted).as_deref(), Some(wanted));
    }

    #[test]
    fn what_is_no_json_is_formatted_without_loss() {
        assert_eq!(format("true false").as_deref(), Some("true false"));
        assert_eq!(format("]]}1").as_deref(), Some("]\n]\n} 1"));
        assert_eq!(format("").as_deref(), Some(""));
    }

    #[test]
    fn what_would_fill_the_memory_is_not_formatted() {
        assert_eq!(format(&"[".repeat(LONGEST)), None);
        assert_eq!(format(&" ".repeat(LONGEST + 1)), None);
    }

    /// The text without white space outside strings.
    fn essence(text: &str) -> Vec<&str> {
        tokens(text).map(|token| &text[token.range()]).collect()
    }

    proptest! {
        #[test]
        fn only_white_space_changes(text in "[\\[\\]{}:,\"\\\\a1 \\t\\r\\n]{0,60}") {
            let formatted = format(&text).unwrap();
            prop_assert_eq!(essence(&formatted), essence(&text), "{}", formatted);
        }
    }
}
