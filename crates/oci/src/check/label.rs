//! Do the labels say what the document is? (MT002, MT003, MT004, MT005, MT006, MT011, MT013, MT014)

use super::Document;
use crate::{Family, Finding, MediaType, Role, Severity, Shape, finding::Findings, json::Json};

/// What RFC 6838 allows, in words.
pub(super) const A_MEDIA_TYPE: &str = "a media type: two names with a slash between";

/// The types of servers that do not know what they serve.
const GENERIC: [&str; 6] =
    ["", "application/octet-stream", "text/plain", "text/html", "application/json", "text/json"];

/// MT013, MT014: the `Content-Type` of the answer.
pub(super) fn served(content_type: &MediaType, findings: &mut Findings) {
    if GENERIC.contains(&content_type.essence().as_str()) {
        let finding = Finding::new("MT013", Severity::Warning);
        findings.add(finding.values(&*content_type.0, "the type of a manifest or an index"));
    }
    if content_type.has_parameters() {
        let finding = Finding::new("MT014", Severity::Warning);
        findings.add(finding.values(&*content_type.0, content_type.essence()));
    }
}

/// MT002, MT004, MT005, MT006, MT011: the document's own `mediaType`.
pub(super) fn own(document: &Document<'_>, findings: &mut Findings) {
    let at = |id, severity| Finding::new(id, severity).at("/mediaType");
    let Some(json) = document.json.get("mediaType") else {
        missing(document, findings);
        return;
    };
    let own = match json {
        Json::Text(text) if MediaType::from(text.as_str()).is_well_formed() => MediaType::from(text.as_str()),
        other => {
            findings.add(at("MT006", Severity::Error).values(other.to_string(), A_MEDIA_TYPE));
            match other {
                Json::Text(text) if !text.is_empty() => MediaType::from(text.as_str()),
                _ => return,
            }
        }
    };
    if let Some(served) = document.content_type.filter(|served| served.essence() != own.essence()) {
        findings.add(at("MT002", Severity::Error).values(&*served.0, &*own.0));
    }
    if !own.is_manifest() {
        findings.add(at("MT011", Severity::Warning).values(&*own.0, "the type of a manifest or an index"));
    }
}

fn missing(document: &Document<'_>, findings: &mut Findings) {
    let (oci, docker) = match document.view.shape {
        Shape::Manifest => (MediaType::OCI_MANIFEST, MediaType::DOCKER_MANIFEST),
        Shape::Index => (MediaType::OCI_INDEX, MediaType::DOCKER_LIST),
        _ => return,
    };
    let finding = match document.family() {
        Family::Docker => Finding::new("MT005", Severity::Error).values("nothing", docker),
        _ => Finding::new("MT004", Severity::Warning).values("nothing", oci),
    };
    findings.add(finding.at("/mediaType"));
}

/// MT003: the claimed type fits the fields that are there.
pub(super) fn shape(document: &Document<'_>, findings: &mut Findings) {
    let Some(claimed) = document.claimed() else { return };
    let (expected, fields) = match claimed.role() {
        Role::Manifest => (Shape::Manifest, "config and layers"),
        Role::Index => (Shape::Index, "manifests"),
        Role::Schema1 => (Shape::Schema1, "fsLayers"),
        Role::ArtifactManifest => {
            (Shape::ArtifactManifest, "blobs, and neither config nor layers nor manifests")
        }
        _ => return,
    };
    let actual = match document.view.shape {
        shape if shape == expected => return,
        // Said by MT001: with fields of both kinds nothing fits.
        Shape::Ambiguous => return,
        Shape::Manifest => "the fields of a manifest",
        Shape::Index => "the fields of an index",
        Shape::Schema1 => "the fields of a schema 1 manifest",
        Shape::ArtifactManifest => "the fields of an artifact manifest",
        Shape::Unknown | Shape::NotJson => "none of the fields of a manifest or an index",
    };
    let pointer = if document.view.media_type.is_some() { "/mediaType" } else { "" };
    let expected = format!("{fields}, as {} has", claimed.0);
    findings.add(Finding::new("MT003", Severity::Error).at(pointer).values(actual, expected));
}
