//! Journeys: what a person does from the first screen on, in Chromium and in the desktop window alike.

mod blobs;
mod browse;
mod by_keys;
mod by_keys_escape;
mod ease;
mod engine;
mod finding;
mod hub;
mod inspector;
mod keys;
mod keys_own;
mod keys_rows;
mod later;
mod layers;
mod links;
mod lists;
mod logins;
mod read;
mod real;
mod saving;
mod settings;
mod states;
mod tour;
mod trouble;
mod trouble_big;

use e2e::page::Page;
use fake_registry::{Behaviour, FakeRegistry};

const OCI_MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
const OCI_INDEX: &str = "application/vnd.oci.image.index.v1+json";

/// An index without entries, as bytes.
fn empty_index() -> Vec<u8> {
    format!("{{\"schemaVersion\":2,\"mediaType\":\"{OCI_INDEX}\",\"manifests\":[]}}").into_bytes()
}

/// A registry that holds `team/tool:v1`, and its address.
async fn registry_with_a_tool() -> (FakeRegistry, String) {
    let registry = FakeRegistry::start(Behaviour::default()).await.expect("a port");
    registry.store().put_manifest("team/tool", Some("v1"), OCI_INDEX, empty_index());
    let address = registry.address().to_string();
    (registry, address)
}

/// Adds a registry on the first screen, as a person does; its repositories open.
async fn add(page: &Page, address: &str) {
    page.fill("add-registry-name", address).await;
    page.click("add-registry-submit").await;
    page.at(&format!("/r/{address}")).await;
}
