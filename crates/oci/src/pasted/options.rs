//! Which words of a command are options, and which are what it is about?

use super::switches::{is_switch, letters};

/// How a program's short options are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// docker, podman, nerdctl and those that follow them: `-v` takes a value.
    Docker,
    /// Programs of registries, where `-v` is a switch.
    Registry,
}

/// What a reference may begin with where a program has transports; no value of an option does.
const TRANSPORTS: [&str; 3] = ["docker://", "oci://", "oras://"];

/// The further ones of skopeo. To docker `dir:/w` is a volume.
const FURTHER: [&str; 7] =
    ["containers-storage:", "dir:", "docker-archive:", "docker-daemon:", "oci-archive:", "oci:", "ostree:"];

/// What a command is about.
#[derive(Debug, Default)]
pub(super) struct Words<'a> {
    /// The words that are no options, in order.
    pub(super) plain: Vec<&'a str>,
    /// The value of `--image`.
    pub(super) image: Option<&'a str>,
    /// The value of `--version`.
    pub(super) version: Option<&'a str>,
}

/// Divides the words behind a program's name. Behind the image stands what is run in a container, and its options are
/// not the program's: the first plain word that is no verb (`is_verb`: of the ones before and itself) ends it.
pub(super) fn divide<'a>(
    words: &'a [String],
    program: &str,
    dialect: Dialect,
    is_verb: impl Fn(&[&str], &str) -> bool,
    all_plain: bool,
) -> Words<'a> {
    let mut found = Words::default();
    let mut rest = words.iter().map(String::as_str).peekable();
    let mut only_plain = false;
    while let Some(word) = rest.next() {
        let option = word.strip_prefix('-').filter(|option| !option.is_empty() && !only_plain);
        let Some(option) = option else {
            let verb = is_verb(&found.plain, word);
            found.plain.push(word);
            if !verb && !all_plain {
                break;
            }
            continue;
        };
        match option.strip_prefix('-') {
            Some("") => only_plain = true,
            Some(long) => {
                let (name, value) = match long.split_once('=') {
                    Some((name, value)) => (name, Some(value)),
                    None if is_switch(program, long) => (long, None),
                    None if long == "image" => (long, rest.next()),
                    None => (long, rest.next_if(|word| is_value(program, word))),
                };
                match name {
                    "image" => found.image = value,
                    "version" => found.version = value,
                    _ => {}
                }
            }
            // As Go's own flags are written: `-key file`.
            None if dialect == Dialect::Registry && option.len() > 2 && !option.contains('=') => {
                let row = option.chars().all(|letter| letters(program, "").contains(letter));
                rest.next_if(|word| !row && is_value(program, word));
            }
            None => {
                let verb = found.plain.last().copied().unwrap_or_default();
                if takes_next(option, letters(program, verb)) {
                    rest.next_if(|word| is_value(program, word));
                }
            }
        }
    }
    found
}

/// Whether a word may be the value of an option: what has a transport before it is an image, also behind an option
/// that is not known here.
fn is_value(program: &str, word: &str) -> bool {
    let further: &[&str] = if program == "skopeo" { &FURTHER } else { &[] };
    !TRANSPORTS.iter().chain(further).any(|transport| word.starts_with(transport))
}

/// Whether a row of short options ends with one whose value is the next word. `-it` has none, `-itp` the next word,
/// `-p80:80` its own.
fn takes_next(row: &str, switches: &str) -> bool {
    match row.char_indices().find(|(_, letter)| !switches.contains(*letter)) {
        Some((place, letter)) => place + letter.len_utf8() == row.len(),
        None => false,
    }
}
