//! Which names fit a regular expression?
//!
//! A link may bring the expression along, so looking through 100,000 names must end soon whatever it says: the engine
//! takes time in proportion to expression and name, and the expression's size is bounded.

use regex_lite::{Regex, RegexBuilder};

use crate::search::{Kind, kind};

/// What an expression may take when it is made ready, in bytes: some hundred steps, far more than anybody types.
const MOST: usize = 16 * 1024;
/// How deep groups may stand in each other.
const DEEPEST: u32 = 30;
/// It looks at so many bytes of a name; no tag of the grammar is longer, and few repositories.
const LONGEST: usize = 512;

/// A regular expression as it is typed: `/^v1/`, or `/alpine/i` whatever the case.
#[derive(Debug, Clone)]
pub struct Pattern(Regex);

impl Pattern {
    /// Reads what was typed; `None` where it is no expression but words. After the last slash `i`, `m` and `s` mean
    /// what they do in JavaScript; `u` says nothing new.
    ///
    /// # Errors
    /// Why it is none, in English.
    pub fn read(typed: &str) -> Option<Result<Self, String>> {
        let (text, flags) = parts(typed)?;
        let mut builder = RegexBuilder::new(text);
        builder
            .case_insensitive(flags.contains('i'))
            .multi_line(flags.contains('m'))
            .dot_matches_new_line(flags.contains('s'))
            .size_limit(MOST)
            .nest_limit(DEEPEST);
        Some(builder.build().map(Self).map_err(|error| error.to_string()))
    }

    /// Whether it fits somewhere in a name.
    pub fn matches(&self, name: &str) -> bool {
        self.0.is_match(&name[..name.floor_char_boundary(LONGEST)])
    }
}

/// What stands between the slashes, and the flags behind them; `None` where words were typed.
fn parts(typed: &str) -> Option<(&str, &str)> {
    let typed = typed.trim();
    let (closed, flags) = typed.split_at(typed.rfind('/')? + 1);
    let Kind::Pattern(text) = kind(closed) else { return None };
    flags.chars().all(|flag| "imsu".contains(flag)).then_some((text, flags))
}

/// Whether this is the beginning of an expression whose end is still to come.
pub fn is_begun(typed: &str) -> bool {
    typed.trim_start().starts_with('/') && parts(typed).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(typed: &str, name: &str) -> bool {
        Pattern::read(typed).expect("an expression").expect("a good one").matches(name)
    }

    #[test]
    fn names_fit_as_the_expression_says() {
        for (typed, name, wanted) in [
            ("/^v1\\./", "v1.2.0", true),
            ("/^v1\\./", "av1.2.0", false),
            ("/^\\d+\\.\\d+$/", "1.10", true),
            ("/^\\d+\\.\\d+$/", "1.10-rc", false),
            ("/ALPINE/", "3-alpine", false),
            ("/ALPINE/i", "3-alpine", true),
            ("/alpine|slim/", "12-slim", true),
            ("/^[^-]+$/u", "1.2", true),
            ("/^.$/", "\u{e4}", true),
            ("/a/b/", "x/a/b/y", true),
        ] {
            assert_eq!(fits(typed, name), wanted, "{typed} {name}");
        }
    }

    #[test]
    fn words_are_no_expression() {
        for typed in ["", "v1", "/", "//", "/v1", "v1/", "/v1/x", "demo/app"] {
            assert!(Pattern::read(typed).is_none(), "{typed}");
        }
        for (typed, begun) in [("/", true), ("/v1", true), ("/v1/", false), ("v1", false), ("/a/i", false)] {
            assert_eq!(is_begun(typed), begun, "{typed}");
        }
    }

    #[test]
    fn what_is_none_says_why() {
        let deep = format!("/{}a{}/", "(".repeat(100), ")".repeat(100));
        for typed in ["/(/", "/[z-a]/", "/a**?)/", "/(?=a)/", "/((a{900}){900}){900}/", &deep] {
            let error = Pattern::read(typed).expect("an expression").expect_err(typed);
            assert!(!error.is_empty() && error.len() < 300, "{typed}: {error}");
        }
    }

    /// `(a+)+$` takes a backtracking engine 2^n steps for n letters `a` and a `b`; forty would take years.
    #[test]
    fn no_expression_takes_for_ever() {
        let name = format!("{}b", "a".repeat(500));
        for typed in ["/(a+)+$/", "/(a|aa)+$/", "/^(([a-z])+.)+[A-Z]([a-z])+$/"] {
            assert!(!fits(typed, &name), "{typed}");
        }
    }

    #[test]
    fn a_long_name_is_cut_between_characters() {
        let name = "\u{e4}".repeat(400);
        assert!(fits("/^\u{e4}+$/", &name));
    }
}
