//! Is everything there that its kind must have? (EM005, EM008, IX001)

use super::Document;
use crate::{Finding, Role, Severity, Shape, finding::Findings, json::Json};

/// EM008: a manifest has a config. EM005: it has a list of layers. IX001: an index has a list of manifests.
pub(super) fn check(document: &Document<'_>, findings: &mut Findings) {
    let claims = |role| document.view.shape == Shape::Unknown && document.claimed_role() == Some(role);
    if document.view.shape == Shape::Manifest || claims(Role::Manifest) {
        let config = document.json.get("config").filter(|config| **config != Json::Null);
        if config.is_none() {
            findings.add(missing("EM008", document, "config", "a descriptor"));
        }
        list("EM005", document, "layers", findings);
    }
    if document.view.shape == Shape::Index || claims(Role::Index) {
        list("IX001", document, "manifests", findings);
    }
}

fn list(id: &str, document: &Document<'_>, field: &str, findings: &mut Findings) {
    if !matches!(document.json.get(field), Some(Json::List(_))) {
        findings.add(missing(id, document, field, "an array of descriptors"));
    }
}

fn missing(id: &str, document: &Document<'_>, field: &str, expected: &str) -> Finding {
    let actual = document.json.get(field).map_or("nothing", Json::kind);
    Finding::new(id, Severity::Error).at(format!("/{field}")).values(actual, expected)
}
