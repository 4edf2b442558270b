//! How does a real registry come to have 50,000 tags in seconds?
//!
//! One image is pushed as clients push; its tags are then written into distribution's file store as distribution writes
//! them (`_manifests/tags/<tag>/current/link`), which it reads at each request.

use std::{fs, path::Path};

use e2e::{
    peers::{self, Peer, Registry},
    push,
};
use serde_json::json;

/// The repository.
pub(crate) const REPOSITORY: &str = "bench/many";
/// How many tags it has.
pub(crate) const TAGS: usize = 50_000;
/// What every tag begins with, and nothing else in any client's output.
pub(crate) const BEGINNING: &str = "build-";

const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";

/// The name of a tag.
pub(crate) fn tag(number: usize) -> String {
    format!("{BEGINNING}{number:06}")
}

/// distribution v3 with the repository, or why not.
pub(crate) async fn filled() -> Result<Peer, String> {
    let peer = peers::start(Registry::Distribution).await;
    let peer = peer.ok_or("distribution v3.1.2 is not there; cargo xtask peers makes it")?;
    let (config, layers, manifest) = image(1);
    for blob in std::iter::once(&config).chain(&layers) {
        push::blob(&peer.address, REPOSITORY, &fake_registry::sha256(blob), blob).await;
    }
    push::manifest(&peer.address, REPOSITORY, &tag(0), MANIFEST, &manifest).await;
    let folder = peer.folder().ok_or("distribution was not started here")?;
    let repository = folder.join("store/docker/registry/v2/repositories").join(REPOSITORY);
    link_tags(&repository).map_err(|error| format!("the tags cannot be written: {error}"))?;
    Ok(peer)
}

fn link_tags(repository: &Path) -> std::io::Result<()> {
    let tags = repository.join("_manifests/tags");
    let link = tags.join(tag(0)).join("current/link");
    for number in 1..TAGS {
        let current = tags.join(tag(number)).join("current");
        fs::create_dir_all(&current)?;
        fs::hard_link(&link, current.join("link"))?;
    }
    Ok(())
}

/// A small image for one platform: config, layers, manifest. Images of other numbers have other digests.
pub(crate) fn image(number: usize) -> (Vec<u8>, Vec<Vec<u8>>, Vec<u8>) {
    let layers: Vec<Vec<u8>> =
        (0..3).map(|layer| format!("layer {layer} of {number}").into_bytes()).collect();
    let digests: Vec<String> = layers.iter().map(|layer| fake_registry::sha256(layer)).collect();
    let config = json!({
        "created": "2026-01-02T03:04:05Z", "architecture": "amd64", "os": "linux",
        "config": { "Env": ["PATH=/usr/bin"], "Entrypoint": ["/app"], "Labels": { "number": number.to_string() } },
        "rootfs": { "type": "layers", "diff_ids": digests },
        "history": digests.iter().map(|_| json!({ "created_by": "COPY app /app" })).collect::<Vec<_>>(),
    })
    .to_string()
    .into_bytes();
    let layer = |bytes: &Vec<u8>| {
        json!({ "mediaType": "application/vnd.oci.image.layer.v1.tar", "size": bytes.len(),
            "digest": fake_registry::sha256(bytes) })
    };
    let manifest = json!({
        "schemaVersion": 2, "mediaType": MANIFEST,
        "config": { "mediaType": "application/vnd.oci.image.config.v1+json", "size": config.len(),
            "digest": fake_registry::sha256(&config) },
        "layers": layers.iter().map(layer).collect::<Vec<_>>(),
    });
    (config, layers, manifest.to_string().into_bytes())
}

/// Puts such an image into a registry in memory.
pub(crate) fn put(store: &fake_registry::Store, repository: &str, tag: &str, number: usize) {
    let (config, layers, manifest) = image(number);
    for blob in std::iter::once(&config).chain(&layers) {
        store.put_blob(repository, blob);
    }
    store.put_manifest(repository, Some(tag), MANIFEST, manifest);
}
