//! Where do the visible sentences come from?
//!
//! From one folder a language: `messages/en`, whose format `messages/README.txt` tells. Keys are looked up at run time, so that
//! a screen needs no code of its own for a sentence; tests hold keys, placeholders and languages together.

use std::{
    collections::HashMap,
    sync::{
        OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
};

/// Every language that there is: its tag (BCP 47), and its files. The first one is spoken unless another is chosen,
/// and fills what another lacks.
type Languages = &'static [(&'static str, &'static [&'static str])];

/// What the first screen says, and what is said around every screen.
const FIRST: Languages = &[(
    "en",
    &[
        include_str!("messages/en/words.txt"),
        include_str!("messages/en/shared.txt"),
        include_str!("messages/en/lists.txt"),
        include_str!("messages/en/shell.txt"),
        include_str!("messages/en/home.txt"),
        include_str!("messages/en/find.txt"),
        include_str!("messages/en/repositories.txt"),
    ],
)];

/// What lists and objects say, in the same languages. Only [`say_all`] holds it, so that a page can load it later.
const LATER: Languages = &[(
    "en",
    &[
        include_str!("messages/en/known.txt"),
        include_str!("messages/en/findings.txt"),
        include_str!("messages/en/tags.txt"),
        include_str!("messages/en/object.txt"),
        include_str!("messages/en/logins.txt"),
    ],
)];

/// For each language its messages by key.
type Catalogues = Vec<HashMap<&'static str, &'static str>>;

static SPOKEN: AtomicUsize = AtomicUsize::new(0);
static EARLY: OnceLock<Catalogues> = OnceLock::new();
static LATE: OnceLock<Catalogues> = OnceLock::new();

/// Makes known what lists and objects say. Before it, their keys are in no catalogue.
pub fn say_all() {
    LATE.get_or_init(|| catalogues(LATER));
}

/// The message of a key, with its placeholders filled.
///
/// Where the key has the forms `key.one` and `key.other`, the argument `count` decides between them. A key that is in
/// no catalogue is shown as itself, and a placeholder without a value as written: visible, but never a failure.
pub fn text(key: &str, arguments: &[(&str, &str)]) -> String {
    let spoken = SPOKEN.load(Ordering::Relaxed);
    let found = find(spoken, key, arguments).or_else(|| find(0, key, arguments));
    fill(found.unwrap_or(key), arguments)
}

/// Whether the catalogue has this key, alone or in the forms of a number.
pub fn has_text(key: &str) -> bool {
    find(0, key, &[]).is_some()
}

/// Speaks the language of a tag such as `en-GB` from now on, where there is a file for it; says whether there is.
pub fn speak(tag: &str) -> bool {
    let primary = tag.split(['-', '_']).next().unwrap_or_default();
    let found = FIRST.iter().position(|(language, _)| language.eq_ignore_ascii_case(primary));
    if let Some(index) = found {
        SPOKEN.store(index, Ordering::Relaxed);
    }
    found.is_some()
}

fn find(language: usize, key: &str, arguments: &[(&str, &str)]) -> Option<&'static str> {
    if cfg!(test) {
        // In a test of this crate no page has loaded its later part.
        say_all();
    }
    [Some(EARLY.get_or_init(|| catalogues(FIRST))), LATE.get()].into_iter().flatten().find_map(|catalogues| {
        let catalogue = catalogues.get(language)?;
        catalogue.get(key).copied().or_else(|| {
            let one = arguments.iter().any(|(name, value)| *name == "count" && *value == "1");
            let form = if one { "one" } else { "other" };
            catalogue.get(format!("{key}.{form}").as_str()).copied()
        })
    })
}

fn catalogues(languages: Languages) -> Catalogues {
    languages.iter().map(|(_, files)| messages(files).collect()).collect()
}

/// Key and text of each line that is a message.
fn messages<'a>(files: &'a [&'a str]) -> impl Iterator<Item = (&'a str, &'a str)> {
    files
        .iter()
        .flat_map(|file| file.lines())
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('='))
        .map(|(key, text)| (key.trim(), text.trim()))
}

fn fill(template: &str, arguments: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some(start) = rest.find('{') {
        let (before, after) = rest.split_at(start);
        filled.push_str(before);
        let value = after.find('}').and_then(|end| {
            let name = &after[1..end];
            arguments.iter().find(|(known, _)| *known == name).map(|(_, value)| (end, *value))
        });
        match value {
            Some((end, value)) => {
                filled.push_str(value);
                rest = &after[end + 1..];
            }
            None => {
                filled.push('{');
                rest = &after[1..];
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// Every language with all of its files.
    fn languages() -> Vec<(&'static str, Vec<&'static str>)> {
        assert_eq!(FIRST.len(), LATER.len());
        let mut languages = Vec::new();
        for ((tag, first), (later_tag, later)) in FIRST.iter().zip(LATER) {
            assert_eq!(tag, later_tag, "both lists have the same languages in the same order");
            languages.push((*tag, [*first, *later].concat()));
        }
        languages
    }

    fn placeholders(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
    }

    #[test]
    fn values_take_the_place_of_their_names() {
        assert_eq!(fill("{a} and {b}, {a}", &[("a", "x"), ("b", "y")]), "x and y, x");
        assert_eq!(fill("no {such} name, } and {", &[("a", "x")]), "no {such} name, } and {");
        // A value is never read as a template again: it may come from a registry.
        assert_eq!(fill("{a}{b}", &[("a", "{b}"), ("b", "{a}")]), "{b}{a}");
    }

    #[test]
    fn an_unknown_key_shows_as_itself() {
        assert_eq!(text("no.such.key", &[("count", "1")]), "no.such.key");
        assert!(!has_text("no.such.key"));
    }

    #[test]
    fn a_language_without_a_file_is_not_spoken() {
        assert!(speak("en-GB"));
        assert!(!speak("tlh"));
    }

    #[test]
    fn each_line_is_a_comment_or_one_message_and_each_key_stands_once() {
        for (language, files) in languages() {
            let mut seen = BTreeMap::new();
            let lines = files.iter().flat_map(|file| file.lines().enumerate());
            for (number, line) in lines.map(|(index, line)| (index + 1, line)) {
                if line.trim().is_empty() || line.starts_with('#') {
                    continue;
                }
                let (key, text) = line
                    .split_once(" = ")
                    .unwrap_or_else(|| panic!("{language}.txt:{number} is no `key = text`"));
                let well_formed = !key.is_empty()
                    && key.split('.').all(|word| !word.is_empty())
                    && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"._".contains(&b));
                assert!(well_formed, "{language}.txt:{number}: {key:?} is no key");
                assert!(!text.trim().is_empty(), "{language}.txt:{number}: {key} says nothing");
                assert_eq!(
                    seen.insert(key, number),
                    None,
                    "{language}.txt:{number}: {key} stands here twice"
                );
                for name in placeholders(text) {
                    let well_formed =
                        !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
                    assert!(well_formed, "{language}.txt:{number}: {{{name}}} is no placeholder");
                }
            }
        }
    }

    #[test]
    fn the_forms_of_a_number_come_in_pairs() {
        for (language, files) in languages() {
            let known: BTreeMap<_, _> = messages(&files).collect();
            for key in known.keys() {
                let Some((stem, form @ ("one" | "other"))) = key.rsplit_once('.') else { continue };
                let twin = if form == "one" { "other" } else { "one" };
                assert!(
                    known.contains_key(format!("{stem}.{twin}").as_str()),
                    "{language}: {stem} lacks .{twin}"
                );
                assert!(!known.contains_key(stem), "{language}: {stem} hides its own forms");
            }
        }
    }

    #[test]
    fn each_language_has_the_same_keys_and_placeholders() {
        let languages = languages();
        let first: BTreeMap<_, _> = messages(&languages[0].1).collect();
        for (language, files) in &languages[1..] {
            let other: BTreeMap<_, _> = messages(files).collect();
            assert_eq!(first.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>(), "{language}");
            for (key, text) in &first {
                assert_eq!(placeholders(text), placeholders(other[key]), "{language}: {key}");
            }
        }
    }
}
