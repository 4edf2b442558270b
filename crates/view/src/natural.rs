//! In which order do tags stand?
//!
//! Numbers by their value, so that v1.9 comes before v1.10; a pre-release below its release, so that 1.10.0-rc.1
//! comes before 1.10.0 (semver.org, 11). A suffix that names a variant, such as `-alpine`, is no pre-release. Names
//! outside any grammar have their place too: the order is total.

use std::cmp::Ordering;

/// Where a name stands: bytes that compare as the names do. Made once a name, in time linear in its length.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(Vec<u8>);

/// Which way numbers go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    /// From the lowest to the highest.
    Up,
    /// From the highest to the lowest, with names still from a to z.
    NewestFirst,
}

/// Words that say: not yet released. Beside these, `a`, `b` and `m` count where a digit follows, as in 3.14.0b2.
const BEFORE_RELEASE: [&str; 20] = [
    "alpha",
    "beta",
    "canary",
    "cr",
    "dev",
    "ea",
    "eap",
    "experimental",
    "insiders",
    "milestone",
    "next",
    "nightly",
    "pre",
    "prerelease",
    "preview",
    "rc",
    "snapshot",
    "test",
    "testing",
    "unstable",
];

/// The key of a name, for comparing from the lowest to the highest.
pub fn key(name: &str) -> Key {
    encode(name, Direction::Up)
}

/// How two names compare. Names that differ only in separators, case or leading zeros compare by their text.
pub fn compare(a: &str, b: &str) -> Ordering {
    key(a).cmp(&key(b)).then_with(|| a.cmp(b))
}

/// Sorts from the lowest to the highest.
pub fn sort<T: AsRef<str>>(names: &mut Vec<T>) {
    by_key(names, Direction::Up);
}

/// Sorts for looking: versions first, the newest on top, each release before its variants and after the next
/// release's pre-releases; then other names from a to z, the highest number first among alike.
pub fn newest_first<T: AsRef<str>>(names: &mut Vec<T>) {
    by_key(names, Direction::NewestFirst);
}

fn by_key<T: AsRef<str>>(names: &mut Vec<T>, direction: Direction) {
    let mut keyed: Vec<(Key, T)> =
        names.drain(..).map(|name| (encode(name.as_ref(), direction), name)).collect();
    keyed.sort_unstable_by(|(key, name), (other, other_name)| {
        key.cmp(other).then_with(|| name.as_ref().cmp(other_name.as_ref()))
    });
    names.extend(keyed.into_iter().map(|(_, name)| name));
}

/// Part by part: a rank, then what compares within the rank.
fn encode(name: &str, direction: Direction) -> Key {
    // Up: a pre-release < the end < a word < a number.
    let [before, end, word, mut number] = match direction {
        Direction::Up => [1, 2, 4, 5],
        Direction::NewestFirst => [5, 2, 4, 1],
    };
    let mut key = Vec::with_capacity(name.len() + 8);
    let mut after_number = false;
    for part in parts(name) {
        match part {
            Part::Number(digits) => {
                key.push(number);
                let start = key.len();
                let digits = digits.trim_start_matches('0');
                key.extend_from_slice(&u32::try_from(digits.len()).unwrap_or(u32::MAX).to_be_bytes());
                key.extend_from_slice(digits.as_bytes());
                turn(&mut key[start..], direction);
                after_number = true;
            }
            Part::Word(text, digit_follows) => {
                let text = text.to_ascii_lowercase();
                let early = after_number && is_before_release(&text, digit_follows);
                key.push(if early { before } else { word });
                let start = key.len();
                key.extend_from_slice(text.as_bytes());
                key.push(0);
                if early {
                    // Within a pre-release, numbers are below words (semver.org, 11.4.3).
                    number = number.min(word - 1);
                    turn(&mut key[start..], direction);
                }
                after_number = false;
            }
        }
    }
    key.push(end);
    Key(key)
}

/// Turns the order of what was written, where it goes the other way.
fn turn(bytes: &mut [u8], direction: Direction) {
    if direction == Direction::NewestFirst {
        for byte in bytes {
            *byte = !*byte;
        }
    }
}

fn is_before_release(word: &str, digit_follows: bool) -> bool {
    BEFORE_RELEASE.contains(&word) || (digit_follows && matches!(word, "a" | "b" | "m"))
}

enum Part<'a> {
    Number(&'a str),
    /// A word, and whether a digit follows it at once.
    Word(&'a str, bool),
}

/// Numbers and words; what divides them is left out, and so is the v before a version.
fn parts(name: &str) -> impl Iterator<Item = Part<'_>> {
    let digit = |b: &u8| b.is_ascii_digit();
    let mut rest = match name.strip_prefix(['v', 'V']) {
        Some(version) if version.as_bytes().first().is_some_and(digit) => version,
        _ => name,
    };
    let divides = |b: u8| b.is_ascii() && !b.is_ascii_alphanumeric();
    std::iter::from_fn(move || {
        let skip = rest.bytes().take_while(|b| divides(*b)).count();
        rest = &rest[skip..];
        let first = *rest.as_bytes().first()?;
        let number = first.is_ascii_digit();
        let length = rest.bytes().take_while(|b| !divides(*b) && b.is_ascii_digit() == number).count();
        let (part, after) = rest.split_at(length);
        rest = after;
        let digit_follows = after.as_bytes().first().is_some_and(digit);
        Some(if number { Part::Number(part) } else { Part::Word(part, digit_follows) })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_stands_before_the_next() {
        let chains: [&[&str]; 9] = [
            &["v1.9", "v1.10", "v2", "v10"],
            &["1.2", "1.2-alpine", "1.2-alpine3.9", "1.2-alpine3.20", "1.2.0", "1.2.1", "1.10"],
            // semver.org, 11.4: the order of its own example.
            &[
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-alpha.beta",
                "1.0.0-beta",
                "1.0.0-beta.2",
                "1.0.0-beta.11",
                "1.0.0-rc.1",
                "1.0.0",
            ],
            &[
                "1.10.0-rc.1",
                "1.10.0-rc.2",
                "1.10.0-rc.10",
                "1.10.0",
                "1.10.0-alpine",
                "1.10.1-rc.1",
                "1.10.1",
            ],
            &["3.14.0a1", "3.14.0a7", "3.14.0b1", "3.14.0rc3", "3.14.0", "3.14.0-slim"],
            // A letter behind a number is a later patch where no number follows it.
            &["1.1.1", "1.1.1a", "1.1.1b", "1.1.2"],
            &["99999999999999999998", "99999999999999999999", "100000000000000000000"],
            &["build-9", "build-10", "build-0100", "build-5000"],
            &["dev", "latest", "main", "2", "10"],
        ];
        for chain in chains {
            for pair in chain.windows(2) {
                assert_eq!(compare(pair[0], pair[1]), Ordering::Less, "{pair:?}");
                assert_eq!(compare(pair[1], pair[0]), Ordering::Greater, "{pair:?}");
            }
        }
    }

    #[test]
    fn the_newest_stands_on_top_and_names_go_from_a_to_z() {
        let mut names = vec![
            "latest",
            "1.0.0",
            "main",
            "1.2.0",
            "1.10.0-rc.1",
            "v1.1.0",
            "1.2.0-slim",
            "1.2.0-alpine",
            "build-9",
            "build-10",
            "1.2.0-beta",
            "1.2.0-rc.1",
        ];
        newest_first(&mut names);
        let wanted = [
            "1.10.0-rc.1",
            "1.2.0",
            "1.2.0-alpine",
            "1.2.0-slim",
            "1.2.0-rc.1",
            "1.2.0-beta",
            "v1.1.0",
            "1.0.0",
            "build-10",
            "build-9",
            "latest",
            "main",
        ];
        assert_eq!(names, wanted);
    }

    #[test]
    fn what_compares_alike_is_still_ordered() {
        assert_eq!(compare("1.2", "v1.2"), Ordering::Less);
        assert_eq!(compare("1.02", "1.2"), Ordering::Less);
        assert_eq!(compare("A", "a"), Ordering::Less);
        assert_eq!(compare("1.2", "1.2"), Ordering::Equal);
    }

    #[test]
    fn names_outside_the_grammar_have_their_place() {
        for name in ["", "-", "\0", "ä1ö", "v", "…", "1..2", "\u{202e}x"] {
            assert_eq!(compare(name, name), Ordering::Equal);
        }
    }

    proptest! {
        #[test]
        fn the_order_is_total(a in ".{0,12}", b in ".{0,12}", c in "[v0-9a-c.\\-]{0,8}") {
            for (x, y) in [(&a, &b), (&b, &c), (&a, &c)] {
                prop_assert_eq!(compare(x, y), compare(y, x).reverse());
                prop_assert_eq!(compare(x, y) == Ordering::Equal, x == y);
            }
            let mut sorted = vec![a, b, c];
            sort(&mut sorted);
            prop_assert!(sorted.windows(2).all(|pair| compare(&pair[0], &pair[1]) != Ordering::Greater));
        }

        #[test]
        fn numbers_stand_by_their_value(a in any::<u64>(), b in any::<u64>(), zeros in "0{0,3}") {
            let order = compare(&format!("v{zeros}{a}.x"), &format!("v{b}.x"));
            if a != b {
                prop_assert_eq!(order, a.cmp(&b));
            }
        }

        #[test]
        fn sorting_keeps_every_name(names in proptest::collection::vec("[a-c0-2.\\-]{0,5}", 0..40)) {
            let mut sorted = names.clone();
            newest_first(&mut sorted);
            let mut back = sorted;
            back.sort();
            let mut all = names;
            all.sort();
            prop_assert_eq!(back, all);
        }
    }
}
