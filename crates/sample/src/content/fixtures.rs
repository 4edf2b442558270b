//! What was made by the tools of the field? Signatures, attestations, a chart, schema 1: kept as OCI layouts.
//!
//! `fixtures/README.md` says how they came about, and how to verify them.

use fake_registry::{Store, sha256};
use serde_json::Value;

include!(concat!(env!("OUT_DIR"), "/layouts.rs"));

/// An OCI image layout: what `index.json` lists are manifests, the rest are blobs.
struct Layout {
    index: &'static [u8],
    blobs: &'static [&'static [u8]],
}

/// A tag and what it points at: the lists of referrers that clients keep where the registry has none.
pub(super) struct Fallback {
    repository: &'static str,
    tag: String,
    media_type: String,
    bytes: &'static [u8],
}

impl Fallback {
    pub(super) fn store(&self, store: &Store) {
        store.put_manifest(self.repository, Some(&self.tag), &self.media_type, self.bytes);
    }
}

/// Fills the repositories. Gives what only a registry without the referrers API has.
pub(super) fn fill(store: &Store) -> Vec<Fallback> {
    load(store, "demo/signed-by-tag", &SIGNED, |manifest| {
        // What cosign 2 knows. Where it finds bundles it asks for a trusted root first, and that is not here.
        manifest.get("subject").is_none() && manifest.get("artifactType").is_none()
    });
    let mut fallbacks = load(store, "demo/signed", &SIGNED, |_| true);
    fallbacks.extend(load(store, "demo/chart", &CHART, |_| true));
    fallbacks.extend(load(store, "demo/schema1", &SCHEMA1, |_| true));
    fallbacks
}

fn load(
    store: &Store,
    repository: &'static str,
    layout: &Layout,
    wanted: impl Fn(&Value) -> bool,
) -> Vec<Fallback> {
    // The fixtures are part of the program, and its tests read them all.
    let index: Value = serde_json::from_slice(layout.index).unwrap_or_default();
    let mut blobs: Vec<(String, &[u8])> = layout.blobs.iter().map(|blob| (sha256(blob), *blob)).collect();
    let mut fallbacks = Vec::new();
    for entry in index["manifests"].as_array().into_iter().flatten() {
        let (digest, media_type) = (entry["digest"].as_str(), entry["mediaType"].as_str());
        let Some(at) = blobs.iter().position(|(found, _)| Some(found.as_str()) == digest) else { continue };
        let (digest, bytes) = blobs.remove(at);
        if !wanted(&serde_json::from_slice(bytes).unwrap_or_default()) {
            continue;
        }
        let media_type = media_type.unwrap_or_default().to_owned();
        let tag = entry["annotations"]["org.opencontainers.image.ref.name"].as_str();
        match tag {
            Some(tag) if is_fallback(tag) => {
                fallbacks.push(Fallback { repository, tag: tag.to_owned(), media_type, bytes });
            }
            _ => {
                store.put_manifest(repository, None, &media_type, bytes);
                if let Some(tag) = tag {
                    store.put_tag(repository, tag, &digest);
                }
            }
        }
    }
    for (_, blob) in blobs {
        store.put_blob(repository, blob);
    }
    fallbacks
}

/// `sha256-…` without an ending such as `.sig`.
fn is_fallback(tag: &str) -> bool {
    tag.strip_prefix("sha256-").is_some_and(|hex| hex.len() == 64)
}
