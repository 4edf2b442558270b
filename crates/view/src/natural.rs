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

/// The key of a name, for comparing from the lowest to the highest.
pub fn key(name: &str) -> Key {
    let mut key = Vec::with_capacity(name.len() + 12);
    encode(name, Direction::Up, &mut key);
    Key(key)
}

/// The key of a name, for comparing as [`newest_first`] sorts: for lists that grow, each name's key is made once.
pub fn newest_first_key(name: &str) -> Key {
    let mut key = Vec::with_capacity(name.len() + 8);
    encode(name, Direction::NewestFirst, &mut key);
    Key(key)
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
    let order = order(&names.iter().map(AsRef::as_ref).collect::<Vec<_>>(), direction);
    let mut taken: Vec<Option<T>> = names.drain(..).map(Some).collect();
    names.extend(order.into_iter().filter_map(|place| taken[place].take()));
}

/// The places of the names in their order. Not generic, so that it is built here, and as fast in a debug build of the
/// UI as in any other.
fn order(names: &[&str], direction: Direction) -> Vec<usize> {
    // One text for all keys, and of each the beginning as a number: most comparisons end there.
    let mut keys = Vec::with_capacity(names.iter().map(|name| name.len() + 12).sum());
    let mut entries: Vec<(u128, usize, usize, usize)> = Vec::with_capacity(names.len());
    for (place, name) in names.iter().enumerate() {
        let start = keys.len();
        encode(name, direction, &mut keys);
        let mut beginning = [0; 16];
        let length = (keys.len() - start).min(16);
        beginning[..length].copy_from_slice(&keys[start..start + length]);
        entries.push((u128::from_be_bytes(beginning), start, keys.len(), place));
    }
    entries.sort_unstable_by(
        |(beginning, start, end, place), (other, other_start, other_end, other_place)| {
            beginning
                .cmp(other)
                .then_with(|| keys[*start..*end].cmp(&keys[*other_start..*other_end]))
                .then_with(|| names[*place].cmp(names[*other_place]))
                .then_with(|| place.cmp(other_place))
        },
    );
    entries.into_iter().map(|(.., place)| place).collect()
}

/// Part by part: a rank, then what compares within the rank. Numbers and words are parts; what divides them is left
/// out, and so is the v before a version. Byte by byte, because a list may have 100,000 names.
fn encode(name: &str, direction: Direction, key: &mut Vec<u8>) {
    // Up: a pre-release < the end < a word < a number.
    let [before, end, word, mut number] = match direction {
        Direction::Up => [1, 2, 4, 5],
        Direction::NewestFirst => [5, 2, 4, 1],
    };
    let bytes = name.as_bytes();
    let class = |at: usize| bytes.get(at).map(|byte| CLASSES[usize::from(*byte)]);
    let mut at = usize::from(matches!(bytes.first(), Some(b'v' | b'V')) && class(1) == Some(Class::Digit));
    let mut after_number = false;
    while let Some(first) = class(at) {
        let mut start = at;
        while class(at) == Some(first) {
            at += 1;
        }
        match first {
            Class::Divides => {}
            Class::Digit => {
                while start < at && bytes[start] == b'0' {
                    start += 1;
                }
                key.push(number);
                let written = key.len();
                key.extend_from_slice(&u32::try_from(at - start).unwrap_or(u32::MAX).to_be_bytes());
                key.extend_from_slice(&bytes[start..at]);
                turn(&mut key[written..], direction);
                after_number = true;
            }
            Class::Letter => {
                let rank = key.len();
                key.push(word);
                key.extend_from_slice(&bytes[start..at]);
                key[rank + 1..].make_ascii_lowercase();
                let digit_follows = class(at) == Some(Class::Digit);
                let early = after_number && is_before_release(&key[rank + 1..], digit_follows);
                key.push(0);
                if early {
                    key[rank] = before;
                    // Within a pre-release, numbers are below words (semver.org, 11.4.3).
                    number = number.min(word - 1);
                    turn(&mut key[rank + 1..], direction);
                }
                after_number = false;
            }
        }
    }
    key.push(end);
}

/// Turns the order of what was written, where it goes the other way.
fn turn(bytes: &mut [u8], direction: Direction) {
    if direction == Direction::NewestFirst {
        for byte in bytes {
            *byte = !*byte;
        }
    }
}

/// Whether a word in lower case says: not yet released. `a`, `b` and `m` do where a digit follows, as in 3.14.0b2.
fn is_before_release(word: &[u8], digit_follows: bool) -> bool {
    match word {
        b"a" | b"b" | b"m" => digit_follows,
        b"alpha" | b"beta" | b"canary" | b"cr" | b"dev" | b"ea" | b"eap" | b"experimental" | b"insiders"
        | b"milestone" | b"next" | b"nightly" | b"pre" | b"prerelease" | b"preview" | b"rc" | b"snapshot"
        | b"test" | b"testing" | b"unstable" => true,
        _ => false,
    }
}

/// What a byte of a name is. Bytes beyond ASCII are parts of letters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Divides,
    Digit,
    Letter,
}

static CLASSES: [Class; 256] = {
    let mut classes = [Class::Letter; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        if byte.is_ascii_digit() {
            classes[byte as usize] = Class::Digit;
        } else if !byte.is_ascii_alphabetic() {
            classes[byte as usize] = Class::Divides;
        }
        byte += 1;
    }
    classes
};

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
    fn a_growing_list_has_the_order_of_a_whole_one() {
        let names = ["1.10.0-rc.1", "latest", "1.2.0", "main", "1.2.0-slim", "build-9", "build-10"];
        let mut keyed: Vec<_> = names.iter().map(|name| (newest_first_key(name), *name)).collect();
        keyed.sort();
        let one_by_one: Vec<_> = keyed.into_iter().map(|(_, name)| name).collect();
        assert_eq!(
            one_by_one,
            ["1.10.0-rc.1", "1.2.0", "1.2.0-slim", "build-10", "build-9", "latest", "main"]
        );
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
