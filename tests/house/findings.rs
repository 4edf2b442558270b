//! Is every finding one of the catalogue of rules, as severe as it may be, and has it its sentence?

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use oci::Severity;

use super::root;

/// The id of a rule is two letters and three digits.
fn is_id(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 5
        && bytes[..2].iter().all(u8::is_ascii_uppercase)
        && bytes[2..].iter().all(u8::is_ascii_digit)
}

/// Sources of the product, without their tests: (path, text).
fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("tests.rs") {
                found.push(path);
            }
        }
    }
    let mut paths = Vec::new();
    let crates = fs::read_dir(root().join("crates")).expect("the crates are there");
    let folders =
        crates.flatten().map(|entry| entry.path()).chain([root().join("ui"), root().join("src-tauri")]);
    for folder in folders {
        walk(&folder.join("src"), &mut paths);
    }
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).ok()?;
        let product = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default().to_owned();
        Some((path, product))
    };
    paths.into_iter().filter_map(read).collect()
}

/// The ids that a text has in quotes, and the severity where one stands right behind. `ES256` is none; but whatever a
/// finding is made of is one.
fn ids(text: &str) -> Vec<(&str, Option<Severity>)> {
    let quoted = text.match_indices('"').filter_map(|(start, _)| {
        let id = text.get(start + 1..start + 6).filter(|id| is_id(id))?;
        let rest = text[start + 6..].strip_prefix('"')?;
        let made = text[..start].trim_end().ends_with("Finding::new(");
        if !made && !oci::rules().any(|(rule, _)| rule[..2] == id[..2]) {
            return None;
        }
        let behind = rest.trim_start_matches([',', ' ', '\n']).strip_prefix("Severity::");
        let word: String = behind.unwrap_or_default().chars().take_while(char::is_ascii_alphabetic).collect();
        let severity = match word.as_str() {
            "Error" => Some(Severity::Error),
            "Warning" => Some(Severity::Warning),
            "Info" => Some(Severity::Info),
            _ => None,
        };
        Some((id, severity))
    });
    quoted.collect()
}

fn catalogue() -> BTreeMap<&'static str, Vec<Severity>> {
    oci::rules().collect()
}

#[test]
fn every_finding_is_a_rule_of_the_catalogue_and_as_severe_as_it_may_be() {
    let catalogue = catalogue();
    let mut seen = BTreeSet::new();
    for (path, text) in sources() {
        for (id, severity) in ids(&text) {
            let allowed = catalogue.get(id);
            assert!(allowed.is_some(), "{} names {id}, which is no rule", path.display());
            let fits =
                severity.is_none_or(|severity| allowed.is_some_and(|allowed| allowed.contains(&severity)));
            assert!(fits, "{}: {id} is never {severity:?}", path.display());
            seen.insert(id.to_owned());
        }
    }
    // What is looked for is found at all: these are in three crates.
    for known in ["JS003", "MT009", "RG003", "IX005"] {
        assert!(seen.contains(known), "{known} is nowhere: is the search right?");
    }
}

#[test]
fn every_finding_has_its_sentence_and_every_sentence_its_rule() {
    let catalogue = catalogue();
    let path = root().join("crates/view/src/messages/en/findings.txt");
    let text = fs::read_to_string(path).expect("the sentences are there");
    let keys = text.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key);
    let keys: BTreeSet<&str> = keys.filter_map(|key| key.strip_prefix("finding.")).collect();
    for key in keys.iter().filter(|key| **key != "unnamed") {
        let id = key.split('.').next().unwrap_or_default();
        assert!(catalogue.contains_key(id), "there is a sentence for {key}, and no such rule");
        for part in ["", ".breaks", ".spec"] {
            let part = format!("{id}{part}");
            assert!(keys.contains(part.as_str()), "{part} is not written");
        }
    }
    for (path, text) in sources() {
        for (id, severity) in ids(&text).into_iter().filter(|(_, severity)| severity.is_some()) {
            assert!(keys.contains(id), "{}: {id} ({severity:?}) has no sentence", path.display());
        }
    }
}
