//! What do the bytes of a manifest or index say?
//!
//! A view over unchanged bytes. Reading never fails because of content: the shape is decided by the fields that are
//! there, whatever the labels say, and what is odd becomes a finding.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    ArtifactType, Descriptor, Finding, Kind, MediaType, Role, Severity, check,
    descriptor::{MOST_OF_A_LIST, texts},
    finding::Findings,
    json::{Json, step},
};

/// What the fields of a document make of it, whatever its label says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// `config` and `layers`.
    Manifest,
    /// `manifests`.
    Index,
    /// Docker schema 1: `fsLayers`.
    Schema1,
    /// The retired OCI artifact manifest: `blobs`.
    ArtifactManifest,
    /// Fields of both a manifest and an index: no guess is made (CVE-2021-41190).
    Ambiguous,
    /// JSON of another kind.
    #[default]
    Unknown,
    /// Not JSON.
    NotJson,
}

/// What could be read from a document's bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct View {
    /// What its fields make of it.
    pub shape: Shape,
    /// What it is, as a person would say it.
    pub kind: Kind,
    /// The document's own `mediaType`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<MediaType>,
    /// The effective artifactType.
    pub artifact_type: ArtifactType,
    /// `config` of a manifest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub config: Option<Descriptor>,
    /// `layers` of a manifest, `blobs` of an artifact manifest: of the list the first 20,000 entries.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub layers: Vec<Descriptor>,
    /// `manifests` of an index: of the list the first 20,000 entries.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub manifests: Vec<Descriptor>,
    /// What it is attached to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Descriptor>,
    /// Annotations with text values.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
    /// What is wrong with it: of each rule at most the first 100.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
}

/// Reads a document. `content_type` is the answer's header, where there was one. Never fails: what cannot be read
/// becomes a finding. Takes time and memory in proportion to the bytes, which the caller bounds.
pub fn read(bytes: &[u8], content_type: Option<&MediaType>) -> View {
    let mut findings = Findings::default();
    let json = match Json::read(bytes) {
        Ok(json) => json,
        Err(error) => {
            findings.add(not_json(bytes, &error));
            check::label(content_type, &mut findings);
            return View { shape: Shape::NotJson, findings: findings.into_list(), ..View::default() };
        }
    };
    check::bytes(bytes, &mut findings);
    let mut view = view(&json, content_type);
    check::document(&json, &view, content_type, &mut findings);
    view.findings = findings.into_list();
    view
}

/// JS001: what is wrong with bytes that are no JSON.
pub(crate) fn not_json(bytes: &[u8], error: &serde_json::Error) -> Finding {
    let actual = match std::str::from_utf8(bytes) {
        Err(error) => format!("byte {} is no UTF-8", error.valid_up_to()),
        Ok(text) if text.starts_with('\u{feff}') => "a byte order mark at the start".to_owned(),
        Ok(_) => error.to_string(),
    };
    Finding::new("JS001", Severity::Error).values(actual, "JSON in UTF-8 without a byte order mark")
}

fn view(json: &Json, content_type: Option<&MediaType>) -> View {
    let media_type = json.get("mediaType").and_then(Json::as_text).map(MediaType::from);
    let label = media_type.as_ref().filter(|own| !own.0.is_empty()).or(content_type);
    let shape = shape(json, label.map(MediaType::role));
    let read = |name: &str| json.get(name).and_then(|value| Descriptor::read(value, step("", name)));
    let list =
        |name: &str| json.get(name).map(|value| descriptors(value, &step("", name))).unwrap_or_default();
    let mut view = View {
        shape,
        media_type,
        annotations: json.get("annotations").map(texts).unwrap_or_default(),
        ..View::default()
    };
    match shape {
        Shape::Manifest => {
            view.config = read("config");
            view.layers = list("layers");
        }
        Shape::Index => view.manifests = list("manifests"),
        Shape::ArtifactManifest => view.layers = list("blobs"),
        Shape::Schema1 | Shape::Ambiguous | Shape::Unknown | Shape::NotJson => {}
    }
    if matches!(shape, Shape::Manifest | Shape::Index | Shape::ArtifactManifest) {
        view.subject = read("subject");
    }
    let field = json.get("artifactType").and_then(Json::as_text);
    view.artifact_type = ArtifactType::effective(shape, field, view.config.as_ref());
    view.kind = Kind::of(&view);
    view
}

/// The shape by the fields that are there. A field that is `null` is there: parsers disagree about it (MT001).
fn shape(json: &Json, label: Option<Role>) -> Shape {
    let image = json.has("config") || json.has("layers");
    let index = json.has("manifests");
    let schema1 = json.has("fsLayers");
    let artifact = json.has("blobs") || label == Some(Role::ArtifactManifest);
    match (image, index, schema1) {
        (true, false, false) => Shape::Manifest,
        (false, true, false) => Shape::Index,
        (false, false, true) => Shape::Schema1,
        (false, false, false) if artifact && matches!(json, Json::Object(_)) => Shape::ArtifactManifest,
        (false, false, false) => Shape::Unknown,
        _ => Shape::Ambiguous,
    }
}

/// A descriptor takes far more memory than `{},` has bytes, so what is kept of a list is bounded (JS005).
fn descriptors(list: &Json, pointer: &str) -> Vec<Descriptor> {
    let items = list.items().iter().enumerate().take(MOST_OF_A_LIST);
    items.filter_map(|(index, item)| Descriptor::read(item, format!("{pointer}/{index}"))).collect()
}
