//! Does what is in a registry become a file: the right bytes, or none?

use std::{fs, path::Path};

use e2e::{
    app::{Window, journey, window},
    wait::until,
};
use fake_registry::{Behaviour, FakeRegistry, Fault, Times};
use serde_json::json;

use crate::{OCI_MANIFEST, add};

/// `team/app:v1` with one blob of this type and title; gives the address and the manifest's bytes.
async fn artifact(bytes: &[u8]) -> (FakeRegistry, String, String) {
    let registry = FakeRegistry::start(Behaviour::default()).await.expect("a port");
    let digest = registry.store().put_blob("team/app", bytes);
    let empty = registry.store().put_blob("team/app", b"{}");
    let manifest = json!({
        "schemaVersion": 2, "mediaType": OCI_MANIFEST, "artifactType": "application/x-report",
        "config": { "mediaType": "application/vnd.oci.empty.v1+json", "digest": empty, "size": 2 },
        "layers": [{
            "mediaType": "application/x-report", "digest": digest, "size": bytes.len(),
            "annotations": { "org.opencontainers.image.title": "../report.bin" }
        }]
    })
    .to_string();
    registry.store().put_manifest("team/app", Some("v1"), OCI_MANIFEST, &manifest);
    let address = registry.address().to_string();
    (registry, address, manifest)
}

/// The whole files of a folder by name, without what is still being written.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let name = |entry: &fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
    entries
        .map(|entry| (name(&entry), entry.path()))
        .filter(|(name, _)| !name.ends_with(".crdownload") && !name.starts_with(".com."))
        .filter_map(|(name, path)| Some((name, fs::read(path).ok()?)))
        .collect()
}

#[tokio::test]
async fn a_blob_and_a_manifest_are_saved_byte_for_byte() {
    if window() == Window::Desktop {
        return; // There a dialog of the system asks for the place.
    }
    let bytes: Vec<u8> = (0..3_000_000_u32).map(|n| (n * 7 % 251) as u8).collect();
    let (_registry, address, manifest) = artifact(&bytes).await;
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        page.open(&format!("/r/{address}/team/app:v1/~layers")).await;
        page.see("save", "Save 3 MB").await;
        page.click("save").await;
        page.find("save-row [data-state=\"done\"]").await;
        let folder = app.downloads();
        // A title with a path in it leads nowhere.
        let found = until("the blob is downloaded", async || {
            files(&folder)
                .into_iter()
                .find(|(name, content)| name == "report.bin" && content.len() == bytes.len())
        })
        .await;
        assert!(found.1 == bytes, "the bytes of the blob");
        page.click("tab-manifest").await;
        page.click("save").await;
        let found = until("the manifest is downloaded", async || {
            files(&folder).into_iter().find(|(name, content)| name == "app-v1.json" && !content.is_empty())
        })
        .await;
        assert_eq!(found.1, manifest.as_bytes());
    })
    .await;
}

#[tokio::test]
async fn other_bytes_than_the_digest_names_become_no_file() {
    if window() == Window::Desktop {
        return; // There a dialog of the system asks for the place.
    }
    let (registry, address, _) = artifact(&[7; 100_000]).await;
    registry.faults().on("GET", "/blobs/", Fault::WrongByte, Times::Always);
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        page.open(&format!("/r/{address}/team/app:v1/~layers")).await;
        page.click("save").await;
        page.find("save-row [data-state=\"failed\"]").await;
        page.see("save-row", "sha256:").await;
        assert_eq!(files(&app.downloads()).len(), 0, "no file of it is left");
    })
    .await;
}
