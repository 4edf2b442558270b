//! Which names match what is being typed?
//!
//! Every word that is typed stands somewhere in the name, whatever its case. Nothing is allocated for a name in
//! ASCII, so that 100,000 names are filtered between two key strokes.

/// What kind of filter was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind<'a> {
    /// Words, each of which stands somewhere in the name.
    Words(&'a str),
    /// `/…/`: a regular expression, without its slashes.
    Pattern(&'a str),
}

/// Whether words or a regular expression were typed. An expression stands between two slashes; one slash alone is
/// part of a name, such as `/app`.
pub fn kind(typed: &str) -> Kind<'_> {
    let trimmed = typed.trim();
    let inner = trimmed.strip_prefix('/').and_then(|rest| rest.strip_suffix('/'));
    match inner.filter(|inner| !inner.is_empty()) {
        Some(pattern) => Kind::Pattern(pattern),
        None => Kind::Words(typed),
    }
}

/// What was typed, prepared for looking through many names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    words: Vec<String>,
}

impl Filter {
    /// A filter of the words of a text. Without a word, everything matches.
    pub fn new(typed: &str) -> Self {
        Self { words: typed.split_whitespace().map(str::to_lowercase).collect() }
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether every word stands in the name.
    pub fn matches(&self, name: &str) -> bool {
        self.words.iter().all(|word| contains(name, word))
    }
}

/// Whether a lower-case word stands in a name, whatever the case there.
fn contains(name: &str, word: &str) -> bool {
    if !name.is_ascii() {
        return name.to_lowercase().contains(word);
    }
    let (name, word) = (name.as_bytes(), word.as_bytes());
    let Some((first, rest)) = word.split_first() else { return true };
    let Some(last) = name.len().checked_sub(word.len()) else { return false };
    (0..=last).any(|start| {
        name[start].eq_ignore_ascii_case(first)
            && name[start + 1..start + word.len()].eq_ignore_ascii_case(rest)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_word_stands_in_the_name() {
        let cases = [
            ("demo/app", "", true),
            ("demo/app", "  ", true),
            ("demo/app", "APP", true),
            ("Demo/App", "demo app", true),
            ("demo/app", "app demo", true),
            ("demo/app", "apps", false),
            ("demo/app", "demo x", false),
            ("app", "demo/app", false),
            ("", "a", false),
            ("", "", true),
            ("aab", "ab", true),
            ("straße", "STRASSE", false),
            ("STRAẞE-Ä", "ä", true),
            ("v1.2.0", "1.2", true),
            ("v1.2.0", "1*2", false),
        ];
        for (name, typed, matches) in cases {
            assert_eq!(Filter::new(typed).matches(name), matches, "{typed:?} in {name:?}");
        }
    }

    #[test]
    fn an_expression_stands_between_two_slashes() {
        let cases = [
            ("/^v1\\./", Kind::Pattern("^v1\\.")),
            (" /a|b/ ", Kind::Pattern("a|b")),
            ("///", Kind::Pattern("/")),
            ("/a/b/", Kind::Pattern("a/b")),
            ("//", Kind::Words("//")),
            ("/", Kind::Words("/")),
            ("/app", Kind::Words("/app")),
            ("demo/", Kind::Words("demo/")),
            ("", Kind::Words("")),
        ];
        for (typed, wanted) in cases {
            assert_eq!(kind(typed), wanted, "{typed:?}");
        }
    }

    proptest! {
        #[test]
        fn ascii_matches_as_lower_case_text_does(name in "[a-cA-C/]{0,10}", word in "[a-cA-C/]{1,4}") {
            let wanted = name.to_lowercase().contains(&word.to_lowercase());
            prop_assert_eq!(Filter::new(&word).matches(&name), wanted);
        }
    }
}
