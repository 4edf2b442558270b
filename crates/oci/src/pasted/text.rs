//! Which line of a text counts?

use std::collections::BTreeMap;

use super::{How, Note, Pasted, Reason, command, line, page, word};
use crate::Reference;

/// A text of one line is read as that line. Of more lines, the first one that names an image counts.
pub(super) fn read(text: &str) -> Result<Pasted, Reason> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}');
    // A command goes on behind a backslash at the end of its line.
    let joined = text.replace("\\\r\n", " ").replace("\\\n", " ");
    let lines: Vec<&str> = joined.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    match lines.as_slice() {
        [] => Err(Reason::Empty),
        [line] => one(line, &BTreeMap::new()),
        lines => many(lines),
    }
}

fn many(lines: &[&str]) -> Result<Pasted, Reason> {
    let arguments = line::arguments(lines);
    let mut stages = Vec::new();
    let mut found: Vec<Pasted> = Vec::new();
    let mut reason = None;
    for line in lines {
        let (name, stage) = line::stage(line);
        stages.extend(stage);
        // A stage by its name is no image of a registry.
        let own = name.is_some_and(|name| stages.iter().any(|stage| stage.eq_ignore_ascii_case(name)));
        if own || (line.starts_with('#') && !line.starts_with("# docker")) {
            continue;
        }
        match formed(line, &arguments) {
            Some(Ok(pasted)) if found.iter().all(|other| other.target != pasted.target) => found.push(pasted),
            Some(Err(error)) => reason = reason.or(Some(error)),
            Some(Ok(_)) | None => {}
        }
    }
    if let Some(pasted) = line::chart_values(lines, &arguments) {
        found.insert(0, pasted);
    }
    let others = found.len().saturating_sub(1);
    match found.into_iter().next() {
        Some(mut first) => {
            if others > 0 {
                first.notes.push(Note::Others(others));
            }
            Ok(first)
        }
        None => match reason {
            Some(reason) => Err(reason),
            None => lines.iter().find_map(|line| among_words(line)).ok_or(Reason::Words),
        },
    }
}

fn one(line: &str, arguments: &BTreeMap<&str, &str>) -> Result<Pasted, Reason> {
    if let Some(formed) = formed(line, arguments) {
        return formed;
    }
    let bare = line::unquote(line);
    if bare.contains(char::is_whitespace) {
        return among_words(bare).ok_or(Reason::Words);
    }
    word(&substituted(bare, arguments, &mut Vec::new()), How::Itself)
}

/// A line of a form that is known: a command, a line of a Dockerfile or of YAML, an address.
fn formed(line: &str, arguments: &BTreeMap<&str, &str>) -> Option<Result<Pasted, Reason>> {
    let bare = line::unquote(line);
    if let Some((how, value)) = line::named(bare) {
        let mut notes = Vec::new();
        let value = substituted(value, arguments, &mut notes);
        if matches!(how, How::Instruction(_)) && value == "scratch" {
            return Some(Err(Reason::Scratch));
        }
        let pasted = match address(&value) {
            Some(read) => read.map(|pasted| Pasted { how, ..pasted }),
            None => word(&value, how),
        };
        return Some(pasted.map(|mut pasted| {
            pasted.notes.extend(notes);
            pasted
        }));
    }
    address(bare).or_else(|| command::read(bare))
}

/// `https://…`, and the address of a page as browsers show it, without its scheme.
fn address(text: &str) -> Option<Result<Pasted, Reason>> {
    if text.contains(char::is_whitespace) {
        return None;
    }
    if let Some(address) = page::address(text) {
        return Some(page::read(&address));
    }
    let (scheme, _) = text.split_once("://")?;
    let known = scheme.is_empty() || matches!(scheme, "docker" | "oci");
    (!known).then(|| Err(Reason::Scheme(scheme.to_owned())))
}

/// `${TAG:-latest}` as the text itself says; other variables stay.
fn substituted(text: &str, arguments: &BTreeMap<&str, &str>, notes: &mut Vec<Note>) -> String {
    line::substitute(text, arguments, |name, value| {
        notes.push(Note::Default { name: name.to_owned(), value: value.to_owned() });
    })
}

/// The first word that is beyond doubt a reference: with a registry, and a tag or digest.
fn among_words(line: &str) -> Option<Pasted> {
    let edges =
        |c: char| matches!(c, '"' | '\'' | '`' | ',' | ';' | ':' | '.' | '(' | ')' | '[' | ']' | '<' | '>');
    line.split_whitespace().find_map(|candidate| {
        let candidate = candidate.trim_matches(edges);
        if let Some(Ok(pasted)) = page::address(candidate).map(|address| page::read(&address)) {
            return (pasted.how != How::Address).then_some(pasted);
        }
        let reference: Reference = candidate.parse().ok()?;
        let host =
            candidate.trim_start_matches("docker://").trim_start_matches("oci://").split('/').next()?;
        let named = host.contains(['.', ':']) && (reference.tag.is_some() || reference.digest.is_some());
        named.then(|| word(candidate, How::Word).ok())?
    })
}
