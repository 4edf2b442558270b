//! Does each descriptor point to content? (JS005, DS001 to DS005, DS007, MT006 and AN001 of descriptors)

use super::{Document, annotations, label::A_MEDIA_TYPE};
use crate::{
    Algorithm, Digest, DigestError, Finding, MediaType, Severity, Shape,
    descriptor::{LARGEST_SIZE, MOST_OF_A_LIST},
    finding::Findings,
    json::{Json, step},
};

/// Every descriptor of the document, by the fields of its shape.
pub(super) fn check(document: &Document<'_>, findings: &mut Findings) {
    let (one, many): (&[&str], &[&str]) = match document.view.shape {
        Shape::Manifest => (&["config", "subject"], &["layers"]),
        Shape::Index => (&["subject"], &["manifests"]),
        Shape::ArtifactManifest => (&["subject"], &["blobs"]),
        Shape::Schema1 | Shape::Ambiguous | Shape::Unknown | Shape::NotJson => (&[], &[]),
    };
    for field in one {
        if let Some(json) = document.json.get(field).filter(|json| **json != Json::Null) {
            descriptor(json, &step("", field), findings);
        }
    }
    for field in many {
        let items = document.json.get(field).map(Json::items).unwrap_or_default();
        too_many(items.len(), &step("", field), findings);
        for (index, json) in items.iter().take(MOST_OF_A_LIST).enumerate() {
            descriptor(json, &format!("/{field}/{index}"), findings);
        }
    }
}

/// JS005: what is beyond the bound is neither shown nor checked.
pub(crate) fn too_many(entries: usize, pointer: &str, findings: &mut Findings) {
    if entries > MOST_OF_A_LIST {
        let finding = Finding::new("JS005", Severity::Warning).at(pointer);
        findings.add(finding.values(entries.to_string(), MOST_OF_A_LIST.to_string()));
    }
}

fn descriptor(json: &Json, pointer: &str, findings: &mut Findings) {
    if !matches!(json, Json::Object(_)) {
        wrong_type(json, pointer, "an object", findings);
        return;
    }
    for (field, expected) in
        [("mediaType", "a media type"), ("digest", "a digest"), ("size", "a length in bytes")]
    {
        let at = step(pointer, field);
        match json.get(field) {
            None | Some(Json::Null) => {
                let actual = json.get(field).map_or("nothing", Json::kind);
                findings.add(Finding::new("DS001", Severity::Error).at(at).values(actual, expected));
            }
            Some(value) if field == "mediaType" => media_type(value, at, findings),
            Some(value) if field == "digest" => digest(value, at, findings),
            Some(value) => size(value, at, findings),
        }
    }
    for (field, fits, expected) in OPTIONAL {
        if let Some(value) = json.get(field).filter(|value| !fits(value)) {
            wrong_type(value, &step(pointer, field), expected, findings);
        }
    }
    annotations::check(json, pointer, findings);
}

type Fits = fn(&Json) -> bool;

const OPTIONAL: [(&str, Fits, &str); 4] = [
    ("artifactType", |value| matches!(value, Json::Text(_) | Json::Null), "a string"),
    ("data", |value| matches!(value, Json::Text(_) | Json::Null), "a string"),
    ("platform", |value| matches!(value, Json::Object(_) | Json::Null), "an object"),
    (
        "urls",
        |value| match value {
            Json::List(items) => items.iter().all(|item| matches!(item, Json::Text(_))),
            other => *other == Json::Null,
        },
        "an array of strings",
    ),
];

fn wrong_type(json: &Json, pointer: &str, expected: &str, findings: &mut Findings) {
    let finding = Finding::new("DS002", Severity::Error).at(pointer);
    findings.add(finding.values(json.to_string(), expected));
}

/// MT006: of a descriptor as of the document itself.
fn media_type(value: &Json, pointer: String, findings: &mut Findings) {
    let well_formed = value.as_text().is_some_and(|text| MediaType::from(text).is_well_formed());
    if !well_formed {
        findings
            .add(Finding::new("MT006", Severity::Error).at(pointer).values(value.to_string(), A_MEDIA_TYPE));
    }
}

/// DS003: the grammar. DS004: a registered algorithm has its length in lower-case hex. DS005: an algorithm that is
/// not registered is valid, and nobody can verify it.
fn digest(value: &Json, pointer: String, findings: &mut Findings) {
    let Some(text) = value.as_text() else {
        wrong_type(value, &pointer, "a string", findings);
        return;
    };
    let finding = |id, severity| Finding::new(id, severity).at(pointer);
    match text.parse::<Digest>() {
        Ok(digest) => match digest.algorithm() {
            Algorithm::Other(name) if name != "blake3" => {
                findings.add(finding("DS005", Severity::Warning).values(text, "sha256 or sha512"));
            }
            _ => {}
        },
        Err(DigestError::Hex { algorithm, expected, .. }) => {
            let expected = format!("{expected} lower-case hex digits after {algorithm}:");
            findings.add(finding("DS004", Severity::Error).values(text, expected));
        }
        Err(_) => findings.add(finding("DS003", Severity::Error).values(text, "algorithm:encoded")),
    }
}

/// DS007: from 0 to 2^63-1. DS002: a whole number, written as one.
fn size(value: &Json, pointer: String, findings: &mut Findings) {
    /// 2^63, which a float holds exactly.
    const TOO_LARGE: f64 = 9_223_372_036_854_775_808.0;
    let Json::Number(number) = value else {
        wrong_type(value, &pointer, "an integer", findings);
        return;
    };
    let out_of_range = match (number.as_u64(), number.as_i64(), number.as_f64()) {
        (Some(size), _, _) => size > LARGEST_SIZE,
        (None, Some(_), _) => true, // Negative.
        (None, None, Some(float)) if float.abs() >= TOO_LARGE => true,
        _ => {
            wrong_type(value, &pointer, "an integer", findings);
            return;
        }
    };
    if out_of_range {
        let finding = Finding::new("DS007", Severity::Error).at(pointer);
        findings.add(finding.values(number.to_string(), "0 to 9223372036854775807"));
    }
}
