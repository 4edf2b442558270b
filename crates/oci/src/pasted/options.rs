//! Which words of a command are options, and which are what it is about?

/// How a program's short options are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// docker, podman, nerdctl and those that follow them: `-v` takes a value.
    Docker,
    /// Programs of registries, where `-v` is a switch.
    Registry,
}

/// Long options without a value, of all programs together. An option that is not here takes the next word.
const SWITCHES: [&str; 76] = [
    "all-platforms",
    "all-tags",
    "allow-http-registry",
    "allow-insecure-registry",
    "allow-nondistributable-artifacts",
    "allow-path-traversal",
    "allow-referrers-api",
    "atomic",
    "attach",
    "check-claims",
    "create-namespace",
    "debug",
    "descriptor",
    "detach",
    "devel",
    "digest-tags",
    "disable-content-trust",
    "dry-run",
    "env-host",
    "expose",
    "fast",
    "force",
    "force-recursive",
    "full-ref",
    "help",
    "human",
    "ignore-unfixed",
    "include-external",
    "include-subject",
    "init",
    "insecure",
    "insecure-ignore-sct",
    "insecure-ignore-tlog",
    "insecure-registry",
    "insecure-skip-tls-verify",
    "install",
    "interactive",
    "list",
    "local-image",
    "no-clobber",
    "no-healthcheck",
    "no-hosts",
    "no-progress",
    "no-prune",
    "no-trunc",
    "no-tty",
    "oci-layout",
    "offline",
    "omit-digest-tags",
    "oom-kill-disable",
    "plain-http",
    "pretty",
    "privileged",
    "prov",
    "publish-all",
    "quiet",
    "raw",
    "raw-body",
    "read-only",
    "recursive",
    "referrers",
    "replace",
    "require-digest",
    "require-list",
    "rm",
    "rmi",
    "sig-proxy",
    "size",
    "src-plain-http",
    "stdin",
    "tls-verify",
    "tty",
    "untar",
    "verbose",
    "wait",
    "yes",
];

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
    dialect: Dialect,
    is_verb: impl Fn(&[&str], &str) -> bool,
    all_plain: bool,
) -> Words<'a> {
    let mut found = Words::default();
    let mut rest = words.iter().map(String::as_str);
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
                    None if SWITCHES.contains(&long) => (long, None),
                    None => (long, rest.next()),
                };
                match name {
                    "image" => found.image = value,
                    "version" => found.version = value,
                    _ => {}
                }
            }
            // As Go's own flags are written: `-key file`.
            None if dialect == Dialect::Registry && option.len() > 2 && !option.contains('=') => {
                rest.next();
            }
            None => {
                let verb = found.plain.last().copied().unwrap_or_default();
                if takes_next(option, dialect, verb) {
                    rest.next();
                }
            }
        }
    }
    found
}

/// Whether a row of short options ends with one whose value is the next word. `-it` has none, `-itp` the next word,
/// `-p80:80` its own.
fn takes_next(letters: &str, dialect: Dialect, verb: &str) -> bool {
    let switches = match (dialect, verb) {
        (Dialect::Docker, "pull") => "aq",
        (Dialect::Docker, "rmi" | "rm") => "f",
        (Dialect::Docker, _) => "ditPqs",
        (Dialect::Registry, _) => "dfhkqrv",
    };
    match letters.char_indices().find(|(_, letter)| !switches.contains(*letter)) {
        Some((place, letter)) => place + letter.len_utf8() == letters.len(),
        None => false,
    }
}
