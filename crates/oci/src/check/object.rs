//! Is it one JSON object that every parser reads alike? (JS002 to JS005, JS008, JS009, MT001)

use std::collections::HashSet;

use super::Document;
use crate::{
    Finding, Role, Severity, Shape,
    finding::Findings,
    json::{Json, step},
};

/// JS002: the top level is an object.
pub(super) fn not_an_object(json: &Json, findings: &mut Findings) {
    findings.add(Finding::new("JS002", Severity::Error).values(json.kind(), "an object"));
}

/// JS003: no two members of one object have the same name.
pub(super) fn duplicates(json: &Json, findings: &mut Findings) {
    look(json, &mut Vec::new(), findings);
}

/// The recursion is bounded as the document is. The way down is kept as names, so that a pointer is only written
/// where there is something to say.
fn look<'a>(json: &'a Json, way: &mut Vec<Step<'a>>, findings: &mut Findings) {
    match json {
        Json::Object(members) => {
            let mut seen = HashSet::with_capacity(members.len());
            for (name, value) in members {
                way.push(Step::Name(name));
                if !seen.insert(name.as_str()) {
                    let finding = Finding::new("JS003", Severity::Error).at(pointer(way));
                    findings.add(finding.values(format!("{name:?} stands here twice"), "each name once"));
                }
                look(value, way, findings);
                way.pop();
            }
        }
        Json::List(items) => {
            for (index, item) in items.iter().enumerate() {
                way.push(Step::Index(index));
                look(item, way, findings);
                way.pop();
            }
        }
        _ => {}
    }
}

enum Step<'a> {
    Name(&'a str),
    Index(usize),
}

fn pointer(way: &[Step<'_>]) -> String {
    way.iter().fold(String::new(), |pointer, next| match next {
        Step::Name(name) => step(&pointer, name),
        Step::Index(index) => format!("{pointer}/{index}"),
    })
}

/// JS004: Go reads `Layers` as `layers`, others do not. Structural names decide what the document is at all.
pub(super) fn letter_case(json: &Json, findings: &mut Findings) {
    const STRUCTURAL: [&str; 9] = [
        "schemaVersion",
        "mediaType",
        "manifests",
        "layers",
        "config",
        "fsLayers",
        "history",
        "subject",
        "artifactType",
    ];
    const OTHERS: [&str; 7] = ["annotations", "blobs", "digest", "size", "platform", "urls", "data"];
    for (name, _) in json.members() {
        let like = |known: &&str| *known != name.as_str() && known.eq_ignore_ascii_case(name);
        let structural = STRUCTURAL.into_iter().find(|known| like(known));
        let Some(known) = structural.or_else(|| OTHERS.into_iter().find(|known| like(known))) else {
            continue;
        };
        let severity = if structural.is_some() { Severity::Error } else { Severity::Warning };
        findings.add(Finding::new("JS004", severity).at(step("", name)).values(name.as_str(), known));
    }
}

/// JS005: other clients and registries stop at 4 MiB. JS009: white space behind the document is part of its digest.
pub(super) fn bytes(bytes: &[u8], findings: &mut Findings) {
    const LIMIT: usize = 4 << 20;
    const NEAR_LIMIT: usize = 7 << 19;
    if bytes.len() > NEAR_LIMIT {
        let severity = if bytes.len() > LIMIT { Severity::Error } else { Severity::Warning };
        let actual = format!("{} bytes", bytes.len());
        findings.add(Finding::new("JS005", severity).values(actual, format!("at most {LIMIT} bytes")));
    }
    let behind = bytes.iter().rev().take_while(|byte| byte.is_ascii_whitespace()).count();
    if behind > 0 {
        let actual = format!("{behind} bytes of white space at the end");
        findings.add(Finding::new("JS009", Severity::Info).values(actual, "nothing behind the document"));
    }
}

/// MT001: fields of a manifest or of an index, not of both. `null` counts: parsers disagree about it.
pub(super) fn ambiguous(document: &Document<'_>, findings: &mut Findings) {
    if document.view.shape == Shape::Ambiguous {
        let fields = ["manifests", "config", "layers", "fsLayers"];
        let there: Vec<_> = fields.into_iter().filter(|field| document.json.has(field)).collect();
        findings.add(
            Finding::new("MT001", Severity::Error)
                .values(there.join(", "), "config and layers, or manifests, or fsLayers"),
        );
    }
}

/// JS008: `schemaVersion` is the integer 2, where the document is or claims to be of a kind that has it.
pub(super) fn schema_version(document: &Document<'_>, findings: &mut Findings) {
    let wanted = match document.view.shape {
        Shape::Manifest | Shape::Index | Shape::Ambiguous => true,
        Shape::Unknown => matches!(document.claimed_role(), Some(Role::Manifest | Role::Index)),
        Shape::Schema1 | Shape::ArtifactManifest | Shape::NotJson => false,
    };
    let version = document.json.get("schemaVersion");
    let two = matches!(version, Some(Json::Number(number)) if number.as_u64() == Some(2));
    if wanted && !two {
        let actual = version.map_or_else(|| "nothing".to_owned(), Json::to_string);
        findings.add(Finding::new("JS008", Severity::Error).at("/schemaVersion").values(actual, "2"));
    }
}
