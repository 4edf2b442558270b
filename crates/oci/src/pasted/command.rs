//! Which image is a command about?

use super::{
    How, Note, Pasted, Reason, Target,
    options::{Dialect, Words, divide},
    page, word,
};

/// Programs of which a command may name an image, and how their options are read.
const PROGRAMS: [(&str, Dialect); 24] = [
    ("apptainer", Dialect::Registry),
    ("buildah", Dialect::Docker),
    ("cosign", Dialect::Registry),
    ("crane", Dialect::Registry),
    ("crictl", Dialect::Docker),
    ("ctr", Dialect::Docker),
    ("dive", Dialect::Registry),
    ("docker", Dialect::Docker),
    ("flux", Dialect::Registry),
    ("gcrane", Dialect::Registry),
    ("grype", Dialect::Registry),
    (HELM, Dialect::Registry),
    (KUBECTL, Dialect::Docker),
    ("nerdctl", Dialect::Docker),
    ("notation", Dialect::Registry),
    ("oc", Dialect::Docker),
    ("oras", Dialect::Registry),
    ("podman", Dialect::Docker),
    ("regctl", Dialect::Docker),
    ("singularity", Dialect::Registry),
    ("skopeo", Dialect::Registry),
    ("syft", Dialect::Registry),
    ("trivy", Dialect::Registry),
    ("wasm-to-oci", Dialect::Registry),
];

const HELM: &str = "helm";
const KUBECTL: &str = "kubectl";

/// Words that a verb follows; some of them are verbs themselves, as in `crane manifest`.
const GROUPS: [&str; 22] = [
    "artifact",
    "artifacts",
    "auth",
    "blob",
    "buildx",
    "config",
    "container",
    "content",
    "download",
    "i",
    "image",
    "images",
    "imagetools",
    "index",
    "layer",
    "manifest",
    "registry",
    "repo",
    "repository",
    "scout",
    "tag",
    "trust",
];

/// Words behind which the image stands.
const VERBS: [&str; 70] = [
    "attach",
    "attest",
    "attestation",
    "backup",
    "build",
    "catalog",
    "check-base",
    "compose",
    "convert",
    "copy",
    "cp",
    "create",
    "cves",
    "delete",
    "diff",
    "digest",
    "discover",
    "exec",
    "export",
    "extract",
    "fetch",
    "fetch-config",
    "flatten",
    "from",
    "get",
    "get-file",
    "head",
    "history",
    "info",
    "inspect",
    "inspecti",
    "list",
    "list-tags",
    "login",
    "logout",
    "logs",
    "ls",
    "mod",
    "mount",
    "mutate",
    "packages",
    "ps",
    "pull",
    "push",
    "put",
    "quickview",
    "ratelimit",
    "rebase",
    "recommendations",
    "referrers",
    "resolve",
    "rm",
    "rmi",
    "run",
    "save",
    "sbom",
    "scan",
    "search",
    "shell",
    "sign",
    "signature",
    "start",
    "stop",
    "tags",
    "tree",
    "triangulate",
    "validate",
    "verify",
    "verify-attestation",
    "volume",
];

/// Verbs of docker and its like that are about a container, a file or a group of these.
const WITHOUT: [&str; 11] =
    ["build", "compose", "cp", "exec", "logs", "ps", "search", "start", "stop", "tags", "volume"];

/// Reads a command; `None` where the text is none.
pub(super) fn read(line: &str) -> Option<Result<Pasted, Reason>> {
    let line = ["# ", "$ ", "> "].iter().find_map(|prompt| line.strip_prefix(prompt)).unwrap_or(line);
    let words = split(line);
    let start = words.iter().position(|word| !before_program(word))?;
    let program = words[start].rsplit('/').next().unwrap_or_default();
    let (name, dialect) = PROGRAMS.iter().find(|(name, _)| *name == program)?;
    let rest = &words[start + 1..];
    let rest = &rest[..rest.iter().position(|word| ends_command(word)).unwrap_or(rest.len())];
    if *name == HELM {
        return Some(chart(rest));
    }
    let all_plain = *name == KUBECTL || rest.iter().any(|word| has_transport(word));
    let words = divide(rest, name, *dialect, is_verb, all_plain);
    Some(image(name, *dialect, &words))
}

/// Groups may stand in a row, and end with one verb.
fn is_verb(before: &[&str], word: &str) -> bool {
    let open = before.iter().all(|before| GROUPS.contains(before));
    open && (GROUPS.contains(&word) || VERBS.contains(&word))
}

fn image(program: &str, dialect: Dialect, words: &Words<'_>) -> Result<Pasted, Reason> {
    let plain = &words.plain;
    let count = (0..plain.len()).take_while(|place| is_verb(&plain[..*place], plain[*place])).count();
    // A group is also a good name of an image: `crane manifest registry`.
    let named = count > 1 && count == plain.len() && GROUPS.contains(&plain[count - 1]);
    let (verbs, rest) = plain.split_at(if named { count - 1 } else { count });
    let spoken = [program].iter().chain(verbs).copied().collect::<Vec<_>>().join(" ");
    let without = dialect == Dialect::Docker && verbs.iter().any(|verb| WITHOUT.contains(verb));
    let found = match (words.image, rest.iter().find(|word| has_transport(word)), rest) {
        (Some(image), ..) => Some(image),
        (None, Some(word), _) => Some(*word),
        // `kubectl set image deployment/web web=nginx:1.2`
        (None, None, rest) if program == KUBECTL => {
            rest.iter().find_map(|word| word.split_once('=').map(|(_, image)| image))
        }
        (None, None, [image, ..]) if !without => Some(*image),
        _ => None,
    };
    let Some(found) = found else { return Err(Reason::Command(spoken)) };
    let how = How::Command(spoken);
    match page::address(found) {
        Some(address) => page::read(&address).map(|pasted| Pasted { how, ..pasted }),
        None => word(found.strip_prefix("registry:").unwrap_or(found), how),
    }
}

/// A chart of a registry is written `oci://…`; its tag is its version, with `_` for `+`.
fn chart(words: &[String]) -> Result<Pasted, Reason> {
    let words = divide(words, HELM, Dialect::Registry, is_verb, true);
    let spoken = || [HELM].iter().chain(words.plain.iter().take(1)).copied().collect::<Vec<_>>().join(" ");
    let Some(found) = words.plain.iter().find(|word| word.starts_with("oci://")) else {
        let named = words.plain.iter().skip(1).find(|word| word.contains('/'));
        return Err(match named {
            Some(chart) => Reason::Chart((*chart).to_owned()),
            None => Reason::Command(spoken()),
        });
    };
    let mut pasted = word(found, How::Command(spoken()))?;
    if let (Target::Reference(reference), Some(version)) = (&mut pasted.target, words.version)
        && reference.tag.is_none()
        && reference.digest.is_none()
    {
        // A range such as `^1.2` is no tag.
        reference.tag = version.replace('+', "_").parse().ok();
        if version.contains('+') && reference.tag.is_some() {
            pasted.notes.push(Note::Underscore);
        }
    }
    Ok(pasted)
}

fn has_transport(word: &str) -> bool {
    word.starts_with("docker://") || word.starts_with("oci://") || word.starts_with("oras://")
}

/// What stands before a program: `sudo`, `time`, and variables.
fn before_program(word: &str) -> bool {
    let variable = word.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    });
    variable || matches!(word, "sudo" | "time" | "exec" | "-E" | "&&" | "command")
}

fn ends_command(word: &str) -> bool {
    matches!(word, "|" | "||" | "&&" | ";" | ">" | ">>" | "2>" | "&")
}

/// The words of a line as a shell has them: quotes hold together, a backslash hides one character.
fn split(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut characters = line.chars();
    while let Some(c) = characters.next() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some('\''), _) => word.get_or_insert_default().push(c),
            (_, '\\') => word.get_or_insert_default().extend(characters.next()),
            (Some(_), _) => word.get_or_insert_default().push(c),
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, ';') => {
                words.extend(word.take());
                words.push(";".to_owned());
            }
            (None, _) if c.is_whitespace() => words.extend(word.take()),
            (None, _) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}
