//! Has a blob an address of its own, and what stands there?

use e2e::{
    app::journey,
    clipboard::{self, copied},
    page::Page,
};
use fake_registry::{Behaviour, FakeRegistry, Fault, Times, sha256};
use serde_json::json;

use crate::{OCI_INDEX, OCI_MANIFEST, add, empty_index};
const SPDX: &str = "application/spdx+json";

async fn registry() -> (FakeRegistry, String) {
    let registry = FakeRegistry::start(Behaviour::default()).await.expect("a port");
    let address = registry.address().to_string();
    (registry, address)
}

/// `team/app:v1`, which lists one blob of this type: the blob's digest.
fn listed(registry: &FakeRegistry, media_type: &str, bytes: &[u8]) -> String {
    listing(registry, media_type, bytes).0
}

/// The same: the digests of the blob and of the manifest.
fn listing(registry: &FakeRegistry, media_type: &str, bytes: &[u8]) -> (String, String) {
    let digest = registry.store().put_blob("team/app", bytes);
    let empty = registry.store().put_blob("team/app", b"{}");
    let manifest = json!({
        "schemaVersion": 2, "mediaType": OCI_MANIFEST, "artifactType": "application/x-report",
        "config": { "mediaType": "application/vnd.oci.empty.v1+json", "digest": empty, "size": 2 },
        "layers": [{ "mediaType": media_type, "digest": digest, "size": bytes.len() }]
    });
    let manifest = registry.store().put_manifest("team/app", Some("v1"), OCI_MANIFEST, manifest.to_string());
    (digest, manifest)
}

/// How often bodies of blobs were asked for.
fn fetched(registry: &FakeRegistry) -> usize {
    registry.requests().iter().filter(|it| it.method == "GET" && it.path.contains("/blobs/")).count()
}

async fn no_harm(page: &Page) {
    let script = "return [window.__xss ?? null, document.querySelectorAll('img, main script').length]";
    assert_eq!(page.script(script).await, json!([null, 0]));
}

#[tokio::test]
async fn the_address_of_the_registrys_protocol_leads_to_the_blob_itself() {
    let (registry, address) = registry().await;
    let digest = listed(&registry, SPDX, br#"{"spdxVersion":"SPDX-2.3"}"#);
    let own = format!("/r/{address}/team/app@{digest}/~blob");
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        for text in [
            format!("http://{address}/v2/team/app/blobs/{digest}"),
            format!("{address}/v2/team/app/blobs/{digest}"),
            format!("ociscope:/{own}"),
        ] {
            page.fill("omnibox", &text).await;
            page.see("omnibox-reading", "as a blob").await;
            page.see("omnibox-reading", &digest).await;
        }
        page.enter("omnibox", &format!("http://{address}/v2/team/app/blobs/{digest}")).await;
        page.at(&own).await;
        page.see("object-digest", &digest).await;
        // Nobody has read a manifest yet that could tell what it is.
        page.see("blob-type", "unknown").await;
        page.see("blob-page", "application/octet-stream").await;
        page.see("blob-size", "26 B").await;
        page.see("blob", "SPDX-2.3").await;
        page.see("blob-verified", "digest verified").await;
        page.click("tab-http").await;
        page.see("http", &format!("/v2/team/app/blobs/{digest}")).await;
        assert_eq!(page.count("http-row [data-method=\"HEAD\"]").await, 1);
        assert_eq!(page.count("http-row [data-method=\"GET\"]").await, 1);
        // What the field shows leads here again, and so does a reload.
        page.find("omnibox").await.click().await.expect("the field takes the focus");
        page.press(&e2e::page::key(fantoccini::key::Key::Enter)).await;
        page.at(&own).await;
        page.client.refresh().await.expect("reload");
        page.see("blob", "SPDX-2.3").await;
        // A manifest's address stays a manifest's.
        page.enter("omnibox", &format!("{address}/v2/team/app/manifests/{digest}")).await;
        page.at(&format!("/r/{address}/team/app@{digest}")).await;
    })
    .await;
}

#[tokio::test]
async fn a_layer_opens_by_itself_and_its_address_is_passed_on() {
    let (registry, address) = registry().await;
    let (digest, manifest) = listing(&registry, SPDX, br#"{"spdxVersion":"SPDX-2.3"}"#);
    let own = format!("/r/{address}/team/app@{digest}/~blob?in={manifest}");
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        page.open(&format!("/r/{address}/team/app:v1/~layers")).await;
        page.find("layer").await;
        clipboard::watch(page).await;
        page.click("layer button[aria-label=\"Copy the link to this blob\"]").await;
        let link = copied(page).await;
        assert!(link.ends_with(&own) && !link.contains("token"), "{link}");
        page.click("blob-alone").await;
        page.at(&own).await;
        // The manifest that was just read says what it is, and is named.
        page.see("blob-type", SPDX).await;
        page.see("blob-named", "v1").await;
        page.see("blob-named", "its layer 1").await;
        page.see("blob", "SPDX-2.3").await;
        clipboard::watch(page).await;
        page.click("blob-permalink").await;
        assert_eq!(copied(page).await, link);
        page.click("blob-named-tag").await;
        page.at(&format!("/r/{address}/team/app:v1")).await;
    })
    .await;
}

#[tokio::test]
async fn the_address_of_a_blob_says_elsewhere_too_what_it_is() {
    let (registry, address) = registry().await;
    let (digest, manifest) = listing(&registry, SPDX, br#"{"spdxVersion":"SPDX-2.3"}"#);
    let own = format!("/r/{address}/team/app@{digest}/~blob");
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        // A page that has read nothing yet reads the manifest that the address names, by its digest.
        page.open(&format!("{own}?in={manifest}")).await;
        page.see("blob-type", SPDX).await;
        page.see("blob-named", "its layer 1").await;
        page.see("blob", "SPDX-2.3").await;
        page.click("tab-http").await;
        page.see("http", &format!("/v2/team/app/manifests/{manifest}")).await;
        page.see("http", &format!("/v2/team/app/blobs/{digest}")).await;
        // One that is gone, that is none, or that does not name it, leaves the blob as it is.
        let gone = sha256(b"nothing");
        let other = registry.store().put_manifest("team/app", None, OCI_INDEX, empty_index());
        for wrong in [gone.as_str(), "sha256:12", "x&in=y", other.as_str()] {
            page.open(&format!("{own}?in={wrong}")).await;
            page.see("blob", "SPDX-2.3").await;
            page.see("blob-type", "unknown").await;
        }
    })
    .await;
}

#[tokio::test]
async fn markup_in_a_blob_stays_text() {
    let (registry, address) = registry().await;
    let attack = b"<html><img src=x onerror=\"window.__xss=1\"><script>window.__xss=2</script>";
    let digest = registry.store().put_blob("team/app", attack);
    // The registry calls it a page, and the manifest's words are no better.
    let html = Fault::Header { name: "content-type".to_owned(), value: Some("image/svg+xml".to_owned()) };
    registry.faults().on("HEAD", "/blobs/", html.clone(), Times::Always);
    registry.faults().on("GET", "/blobs/", html, Times::Always);
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        page.open(&format!("/r/{address}/team/app@{digest}/~blob")).await;
        page.see("blob", "onerror=\"window.__xss=1\"").await;
        assert_eq!(page.attribute("blob", "data-shape").await.as_deref(), Some("text"));
        page.see("blob-page", "image/svg+xml").await;
        no_harm(page).await;
        let digest = listed(&registry, "text/html<img src=x onerror=window.__xss=3>", attack);
        page.open(&format!("/r/{address}/team/app:v1/~layers")).await;
        page.click("blob-alone").await;
        page.at(&format!("/r/{address}/team/app@{digest}/~blob")).await;
        page.see("blob-type", "onerror").await;
        no_harm(page).await;
    })
    .await;
}

#[tokio::test]
async fn a_large_blob_says_its_size_and_is_not_fetched() {
    let (registry, address) = registry().await;
    let digest = registry.store().put_blob("team/app", vec![b'x'; (1 << 20) + 1]);
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        page.open(&format!("/r/{address}/team/app@{digest}/~blob")).await;
        page.see("blob-large", "1 MB (1,048,577 bytes)").await;
        page.see("blob-size", "1 MB (1,048,577 bytes)").await;
        page.see("save", "Save 1 MB").await;
        assert_eq!(fetched(&registry), 0, "a HEAD tells all of it");
        // At the limit it is read.
        let digest = registry.store().put_blob("team/app", vec![b'y'; 1 << 20]);
        page.open(&format!("/r/{address}/team/app@{digest}/~blob")).await;
        page.see("blob-verified", "digest verified").await;
        assert_eq!(fetched(&registry), 1);
    })
    .await;
}

#[tokio::test]
async fn a_missing_blob_says_what_the_digest_is_instead() {
    let (registry, address) = registry().await;
    let index = registry.store().put_manifest("team/app", Some("v1"), OCI_INDEX, empty_index());
    let blob = registry.store().put_blob("team/app", b"some words");
    let nothing = sha256(b"nowhere");
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        page.open(&format!("/r/{address}/team/app@{index}/~blob")).await;
        page.see("blob-is-manifest", "not a blob").await;
        page.click("blob-as-manifest").await;
        page.at(&format!("/r/{address}/team/app@{index}")).await;
        page.see("object-media-type", OCI_INDEX).await;
        // And the other way round.
        page.open(&format!("/r/{address}/team/app@{blob}")).await;
        page.see("error-says", "MANIFEST_UNKNOWN").await;
        page.click("look-for-blob").await;
        page.at(&format!("/r/{address}/team/app@{blob}/~blob")).await;
        page.see("blob", "some words").await;
        page.open(&format!("/r/{address}/team/app@{nothing}/~blob")).await;
        page.see("blob-missing", "neither a blob nor a manifest").await;
        page.see("error-says", "BLOB_UNKNOWN").await;
        // A tag is no blob, and the reason is said.
        page.open(&format!("/r/{address}/team/app:v1/~blob")).await;
        page.see("unknown-page", "A blob has no tag").await;
    })
    .await;
}

#[tokio::test]
async fn other_bytes_than_the_digest_names_are_said_to_be_that_at_the_blobs_own_address() {
    let (registry, address) = registry().await;
    let digest = registry.store().put_blob("team/app", b"the right words");
    registry.faults().on("GET", "/blobs/", Fault::WrongByte, Times::Always);
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        page.open(&format!("/r/{address}/team/app@{digest}/~blob")).await;
        page.see("blob-verified", "hash differs").await;
        page.find("object-finding [data-id=\"DS009\"]").await;
    })
    .await;
}
