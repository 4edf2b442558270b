//! A pointer to content: what it is, how long, what it hashes to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Digest, MediaType, Platform, json::Json};

/// A descriptor as it was written (image specification, descriptor.md). What is missing or no valid value is
/// `None` here and a finding beside the view; the raw text of a bad digest is in `digest_text`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Descriptor {
    /// Where it stands in its document: a JSON pointer such as `/layers/0`.
    pub pointer: String,
    /// What the content is said to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<MediaType>,
    /// The digest, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// The digest's text where it is no valid digest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest_text: Option<String>,
    /// Length of the content in bytes, where it is one (0 to 2^63-1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// What kind of artifact it points to, if said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub artifact_type: Option<String>,
    /// Annotations with text values.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
    /// The platform, for entries of an index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform: Option<Platform>,
    /// Foreign places to fetch from. Shown, never fetched unasked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub urls: Vec<String>,
}

/// The largest size that a descriptor may state: JSON numbers of this field are int64 (descriptor.md).
pub(crate) const LARGEST_SIZE: u64 = i64::MAX as u64;

/// Entries of one list that are read: 4 MiB hold fewer than 30,000 real ones, and over a million of `{}`.
pub(crate) const MOST_OF_A_LIST: usize = 20_000;

impl Descriptor {
    /// Whether it is a BuildKit attestation, by its annotation or by the platform unknown/unknown that BuildKit
    /// gives to what runs nowhere (attestation-storage.md of BuildKit).
    pub fn is_attestation(&self) -> bool {
        let annotated = self.annotations.get("vnd.docker.reference.type");
        annotated.is_some_and(|kind| kind == "attestation-manifest")
            || self.platform.as_ref().is_some_and(|on| on.os == "unknown" && on.architecture == "unknown")
    }

    /// What can be read of a descriptor; `None` where it is no object at all.
    pub(crate) fn read(json: &Json, pointer: String) -> Option<Self> {
        if !matches!(json, Json::Object(_)) {
            return None;
        }
        let text = |name: &str| json.get(name).and_then(Json::as_text);
        let digest_text = text("digest");
        let digest = digest_text.and_then(|text| text.parse().ok());
        Some(Self {
            pointer,
            media_type: text("mediaType").map(MediaType::from),
            digest_text: digest_text.filter(|_| digest.is_none()).map(str::to_owned),
            digest,
            size: match json.get("size") {
                Some(Json::Number(size)) => size.as_u64().filter(|size| *size <= LARGEST_SIZE),
                _ => None,
            },
            artifact_type: text("artifactType").map(str::to_owned),
            annotations: json.get("annotations").map(texts).unwrap_or_default(),
            platform: json.get("platform").and_then(Platform::read),
            urls: json
                .get("urls")
                .map(|urls| urls.items().iter().filter_map(Json::as_text).map(str::to_owned).collect())
                .unwrap_or_default(),
        })
    }
}

/// The members whose values are texts.
pub(crate) fn texts(json: &Json) -> BTreeMap<String, String> {
    json.members()
        .iter()
        .filter_map(|(key, value)| value.as_text().map(|value| (key.clone(), value.to_owned())))
        .collect()
}
