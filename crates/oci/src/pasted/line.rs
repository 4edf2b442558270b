//! Which image does a line of a Dockerfile, of YAML or of JSON name?

use std::collections::BTreeMap;

use super::{How, Pasted, word};

/// Members whose value is an image, in the files of compose, Kubernetes, GitHub, GitLab and others.
const MEMBERS: [&str; 9] =
    ["image", "uses", "container", "baseImage", "containerImage", "imageName", "digest", "Digest", "newName"];

/// A text without the quotes around it, and without what Markdown puts around code.
pub(super) fn unquote(text: &str) -> &str {
    const QUOTES: [char; 7] = ['"', '\'', '`', '\u{201c}', '\u{201d}', '\u{2018}', '\u{2019}'];
    let text = text.trim();
    let text = text.strip_prefix("$ ").or_else(|| text.strip_prefix("> ")).unwrap_or(text).trim();
    let quoted = text.starts_with(QUOTES) && text.chars().count() > 1;
    let inner = if quoted { text.trim_matches(QUOTES) } else { text };
    // `"image": "x",` has quotes of its own.
    let inner = if inner.contains(['"', '\'']) && quoted { text } else { inner };
    let inner = inner.trim_end_matches([',', ';']).trim();
    inner
        .strip_prefix('<')
        .and_then(|inner| inner.strip_suffix('>'))
        .filter(|it| it.contains("://"))
        .unwrap_or(inner)
}

/// The image that a line names, and how.
pub(super) fn named(line: &str) -> Option<(How, &str)> {
    instruction(line).or_else(|| member(line))
}

/// `FROM [--platform=…] image [AS stage]`, `COPY --from=image …`.
fn instruction(line: &str) -> Option<(How, &str)> {
    let mut words = line.split_whitespace();
    let first = words.next()?;
    if first.eq_ignore_ascii_case("from") {
        let image = words.find(|word| !word.starts_with("--"))?;
        let end = words.next();
        // `from here to there` is a sentence.
        let fits = end.is_none_or(|word| word.eq_ignore_ascii_case("as") || word.starts_with('#'));
        return fits.then(|| (How::Instruction("FROM"), unquote(image)));
    }
    let copies = ["COPY", "ADD"].into_iter().find(|word| first.eq_ignore_ascii_case(word))?;
    let image = words.find_map(|word| word.strip_prefix("--from="))?;
    // A number, or a word alone, is a stage.
    image.contains(['/', ':', '@']).then(|| (How::Instruction(copies), unquote(image)))
}

/// `image: name`, `- image: "name" # why`, `"image": "name",`.
fn member(line: &str) -> Option<(How, &str)> {
    let (name, value) = key_and_value(line)?;
    if !MEMBERS.contains(&name) || value.is_empty() {
        return None;
    }
    // `uses: actions/checkout@v4` and a container's name are no images.
    let image = match name {
        "uses" => value.starts_with("docker://"),
        "digest" | "Digest" => value.contains(':'),
        "container" => value.contains(['/', ':']),
        _ => true,
    };
    image.then(|| (How::Member(name.to_owned()), value))
}

fn key_and_value(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start_matches("- ").trim_start_matches(['{', ' ']);
    let (name, value) = match line.strip_prefix('"') {
        Some(rest) => {
            let (name, rest) = rest.split_once('"')?;
            (name, rest.trim_start().strip_prefix(':')?)
        }
        None => {
            let (name, value) = line.split_once(':')?;
            // `image:latest` is a reference.
            (value.is_empty() || value.starts_with([' ', '\t', '"', '\''])).then_some((name.trim(), value))?
        }
    };
    let value = value.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let value = match quote {
        Some(quote) => value[1..].split(quote).next().unwrap_or_default(),
        None => closed(value.split(" #").next().unwrap_or_default().trim()),
    };
    let word = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b));
    word.then(|| (name, value.trim()))
}

/// A value without the comma and the brackets that close what stands around it, as in `{image: nginx}`.
fn closed(value: &str) -> &str {
    let mut value = value;
    loop {
        let count = |c: char| value.matches(c).count();
        let shorter = match value.chars().next_back() {
            Some('}') if count('}') > count('{') => value.strip_suffix('}'),
            Some(']') if count(']') > count('[') => value.strip_suffix(']'),
            Some(',') => value.strip_suffix(','),
            _ => None,
        };
        match shorter {
            Some(shorter) => value = shorter.trim_end(),
            None => return value,
        }
    }
}

/// The values of a Helm chart write an image in parts: `registry`, `repository` and `tag` or `digest` below `image`.
pub(super) fn chart_values(lines: &[&str], arguments: &BTreeMap<&str, &str>) -> Option<Pasted> {
    let mut parts: BTreeMap<&str, &str> = BTreeMap::new();
    for line in lines {
        if let Some((name, value)) = key_and_value(line).filter(|(_, value)| !value.is_empty())
            && matches!(name, "registry" | "repository" | "tag" | "digest" | "newName" | "newTag")
        {
            parts.entry(name).or_insert(value);
        }
    }
    let repository = parts.get("repository").or_else(|| parts.get("newName"))?;
    let registry = parts.get("registry").map(|registry| format!("{registry}/")).unwrap_or_default();
    let tag =
        parts.get("tag").or_else(|| parts.get("newTag")).map(|tag| format!(":{tag}")).unwrap_or_default();
    let digest = parts.get("digest").map(|digest| format!("@{digest}")).unwrap_or_default();
    let text = format!("{registry}{repository}{tag}{digest}");
    word(&substitute(&text, arguments, |_, _| {}), How::Member("repository".to_owned())).ok()
}

/// The name behind `FROM`, and the stage that it begins.
pub(super) fn stage(line: &str) -> (Option<&str>, Option<&str>) {
    let mut words = line.split_whitespace();
    if !words.next().is_some_and(|word| word.eq_ignore_ascii_case("from")) {
        return (None, None);
    }
    let name = words.find(|word| !word.starts_with("--"));
    let named = words.next().is_some_and(|word| word.eq_ignore_ascii_case("as"));
    (name, if named { words.next() } else { None })
}

/// `ARG NAME=value` of a Dockerfile.
pub(super) fn arguments<'a>(lines: &[&'a str]) -> BTreeMap<&'a str, &'a str> {
    let argument = |line: &&'a str| {
        let rest = line.strip_prefix("ARG ").or_else(|| line.strip_prefix("arg "))?;
        rest.split_once('=').map(|(name, value)| (name.trim(), unquote(value)))
    };
    lines.iter().filter_map(argument).collect()
}

/// Puts values for `$NAME`, `${NAME}` and `${NAME:-default}`, where they are known; says which.
pub(super) fn substitute(
    text: &str,
    arguments: &BTreeMap<&str, &str>,
    mut used: impl FnMut(&str, &str),
) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('$') {
        written.push_str(&rest[..start]);
        rest = &rest[start..];
        let Some((name, default, length)) = variable(rest) else {
            written.push('$');
            rest = &rest[1..];
            continue;
        };
        match arguments.get(name).copied().or(default) {
            Some(value) => {
                used(name, value);
                written.push_str(value);
            }
            None => written.push_str(&rest[..length]),
        }
        rest = &rest[length..];
    }
    written + rest
}

/// Name, default and length of the variable at the start of a text.
fn variable(text: &str) -> Option<(&str, Option<&str>, usize)> {
    let name_length =
        |text: &str| text.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
    if let Some(inner) = text.strip_prefix("${") {
        let end = inner.find('}')?;
        let inner = &inner[..end];
        let (name, rest) = inner.split_at(name_length(inner));
        let default = rest.strip_prefix(":-").or_else(|| rest.strip_prefix('-'));
        return (!name.is_empty()).then_some((name, default, end + 3));
    }
    let length = name_length(&text[1..]);
    (length > 0).then(|| (&text[1..=length], None, length + 1))
}

/// A part that stands for something else.
pub(super) fn placeholder(text: &str) -> Option<&str> {
    let between = |open: &str, close: &str| {
        let start = text.find(open)?;
        let end = text[start..].find(close)? + start + close.len();
        text.get(start..end)
    };
    if let Some(start) = text.find('$') {
        let length = variable(&text[start..]).map_or(text.len() - start, |(_, _, length)| length);
        return text.get(start..start + length);
    }
    between("{{", "}}").or_else(|| between("<", ">")).or_else(|| between("{", "}"))
}
