//! How is foreign text shown, so that it cannot play tricks on the reader?
//!
//! Names, annotations and messages come from a registry. Characters that are invisible, turn the reading direction
//! (CVE-2021-42574) or break a line are written out; everything else stays as it is.

use std::borrow::Cow;

/// The text with its invisible and direction-changing characters written out: `‹U+202E›`.
///
/// Control characters become their pictures (`␊` for a line feed), so that one line stays one line.
pub fn visible(text: &str) -> String {
    if text.chars().any(is_hidden) { text.chars().map(show).collect() } else { text.to_owned() }
}

fn show(c: char) -> Cow<'static, str> {
    match c {
        '\u{0}'..='\u{1f}' => {
            char::from_u32(0x2400 + u32::from(c)).map_or(Cow::Borrowed("?"), |c| c.to_string().into())
        }
        '\u{7f}' => "␡".into(),
        c if is_hidden(c) => format!("‹U+{:04X}›", u32::from(c)).into(),
        c => c.to_string().into(),
    }
}

/// Whether a character shows nothing of its own, or changes how others show.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}'
            | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' // Hangul fillers
            | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{2800}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}') // tags and variation selectors
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hides_is_written_out() {
        let cases = [
            ("v1.2.3", "v1.2.3"),
            ("a\u{202e}b", "a‹U+202E›b"),
            ("a\u{2066}b\u{2069}", "a‹U+2066›b‹U+2069›"),
            ("zero\u{200b}width", "zero‹U+200B›width"),
            ("filler\u{3164}", "filler‹U+3164›"),
            ("tag\u{e0041}", "tag‹U+E0041›"),
            ("line\nline\ttab\0", "line␊line␉tab␀"),
            ("c1\u{85}", "c1‹U+0085›"),
            ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
            ("Grüße, 日本, émoji 🦀", "Grüße, 日本, émoji 🦀"),
        ];
        for (text, shown) in cases {
            assert_eq!(visible(text), shown);
        }
    }
}
