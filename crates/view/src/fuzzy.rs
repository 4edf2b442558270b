//! Which words are meant by a few letters of them?
//!
//! For short texts that a person picks from: actions and places. Every typed word must stand in the text, its letters
//! in order, with others between them where need be. Letters at the start of words and letters in a row count more, so
//! that `gt` finds “Go to the tags” before “Light theme”. Lists of names are filtered by [`crate::search`] instead.

/// Longer texts are looked at up to here.
const MOST: usize = 160;
/// A letter that follows the one before without a gap.
const IN_A_ROW: i32 = 8;
/// A letter that begins a word.
const BEGINS: i32 = 10;
/// The first letter of the text.
const FIRST: i32 = 4;
/// Each letter that is passed over between two that match.
const GAP: i32 = 1;
/// No more than this is taken off for one gap.
const WIDEST_GAP: i32 = 6;

/// How well a text fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    /// The higher, the better; comparable between texts for the same typed words.
    pub score: i32,
    /// Places of the letters that matched, counted in characters, ascending.
    pub places: Vec<usize>,
}

/// How well typed words fit a text; `None` where one of them is not in it. Nothing typed fits everything.
pub fn fit(typed: &str, text: &str) -> Option<Fit> {
    let letters: Vec<char> = text.chars().take(MOST).collect();
    let lower: Vec<char> = letters.iter().map(|letter| lower(*letter)).collect();
    let starts: Vec<bool> = (0..letters.len()).map(|at| begins_word(&letters, at)).collect();
    let mut whole = Fit { score: 0, places: Vec::new() };
    for word in typed.split_whitespace() {
        let word: Vec<char> = word.chars().map(self::lower).collect();
        let (score, places) = fit_word(&word, &lower, &starts)?;
        whole.score += score;
        whole.places.extend(places);
    }
    // Of two that fit alike the shorter one is meant.
    whole.score -= i32::try_from(letters.len() / 16).unwrap_or(0);
    whole.places.sort_unstable();
    whole.places.dedup();
    Some(whole)
}

/// The best way to find a word's letters in a text, letter by letter: `best[at]` is the score of the word so far where
/// its last letter stands at `at`.
fn fit_word(word: &[char], text: &[char], starts: &[bool]) -> Option<(i32, Vec<usize>)> {
    if word.len() > text.len() {
        return None;
    }
    let mut rows: Vec<Vec<Option<(i32, usize)>>> = Vec::with_capacity(word.len());
    for (row, letter) in word.iter().enumerate() {
        let mut current = vec![None; text.len()];
        for at in 0..text.len() {
            if text[at] != *letter {
                continue;
            }
            let own = if at == 0 { FIRST } else { 0 } + if starts[at] { BEGINS } else { 1 };
            current[at] = if row == 0 {
                Some((own, at))
            } else {
                let before = &rows[row - 1];
                (0..at)
                    .filter_map(|from| {
                        let (score, _) = before[from]?;
                        let gap = i32::try_from(at - from - 1).unwrap_or(WIDEST_GAP);
                        let joined = if gap == 0 { IN_A_ROW } else { -(gap * GAP).min(WIDEST_GAP) };
                        Some((score + own + joined, from))
                    })
                    .max_by_key(|(score, from)| (*score, std::cmp::Reverse(*from)))
            };
        }
        rows.push(current);
    }
    let last = rows.last()?;
    let ends = last.iter().enumerate().filter_map(|(at, found)| Some((found.as_ref()?.0, at)));
    let (score, mut at) = ends.max_by_key(|(score, at)| (*score, std::cmp::Reverse(*at)))?;
    let mut places = vec![at];
    for row in rows.iter().skip(1).rev() {
        let (_, from) = row[at]?;
        at = from;
        places.push(at);
    }
    places.reverse();
    Some((score, places))
}

fn begins_word(letters: &[char], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| letters[before]) else { return true };
    let letter = letters[at];
    letter.is_alphanumeric()
        && (!before.is_alphanumeric() || (letter.is_uppercase() && before.is_lowercase()))
}

/// One letter stays one letter, so that places stay places.
fn lower(letter: char) -> char {
    let mut lower = letter.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use proptest::prelude::*;

    use super::*;

    fn best<'a>(typed: &str, texts: &[&'a str]) -> Option<&'a str> {
        let fits = texts.iter().filter_map(|text| Some((fit(typed, text)?.score, *text)));
        fits.max_by_key(|(score, _)| *score).map(|(_, text)| text)
    }

    #[test]
    fn the_starts_of_words_are_meant_first() {
        let actions =
            ["Light theme", "Go to the tags", "Go to the manifest", "Copy the digest", "Copy a permalink"];
        for (typed, wanted) in [
            ("gt", "Go to the tags"),
            ("gm", "Go to the manifest"),
            ("cd", "Copy the digest"),
            ("perma", "Copy a permalink"),
            ("lt", "Light theme"),
            ("tags go", "Go to the tags"),
        ] {
            assert_eq!(best(typed, &actions), Some(wanted), "{typed}");
        }
    }

    #[test]
    fn letters_in_a_row_beat_letters_apart() {
        assert_eq!(best("app", &["a/p/other/p", "demo/app"]), Some("demo/app"));
        assert_eq!(best("sig", &["sample/big", "signal"]), Some("signal"));
    }

    #[test]
    fn what_is_not_there_does_not_fit() {
        assert_eq!(fit("xyz", "Go to the tags"), None);
        assert_eq!(fit("tg", "gt"), None, "letters stand in their order");
        assert_eq!(fit("go nowhere", "Go to the tags"), None, "each word must be there");
        assert_eq!(fit("", "anything").unwrap().places, Vec::<usize>::new());
    }

    #[test]
    fn places_are_those_of_the_letters() {
        assert_eq!(fit("gt", "Go to").unwrap().places, [0, 3]);
        assert_eq!(fit("é", "Café").unwrap().places, [3]);
    }

    proptest! {
        #[test]
        fn every_place_holds_a_typed_letter(typed in "[a-c ]{0,6}", text in "[a-dA-D /]{0,200}") {
            if let Some(fit) = fit(&typed, &text) {
                let letters: Vec<char> = text.chars().collect();
                let typed: Vec<char> = typed.chars().filter(|letter| !letter.is_whitespace()).collect();
                prop_assert!(fit.places.len() <= typed.len());
                for place in fit.places {
                    prop_assert!(typed.contains(&letters[place].to_ascii_lowercase()));
                }
            }
        }
    }
}
