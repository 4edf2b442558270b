//! What is this object? Its kind, its true artifactType, its exact bytes.

use e2e::app::{App, journey};
use fake_registry::{Behaviour, FakeRegistry};

use crate::{OCI_INDEX, add};

/// Opens a path and waits for its object.
async fn open(app: &App, path: &str) {
    app.page.open(path).await;
    app.page.find("object-kind").await;
}

#[tokio::test]
async fn a_tag_leads_to_its_overview_and_its_manifest() {
    journey(async |app| {
        open(app, "/r/modern.sample/demo/app:1.2.0").await;
        let page = &app.page;
        page.see("object-kind", "2 platforms").await;
        page.see("object-media-type", "application/vnd.oci.image.index.v1+json").await;
        page.see("object-verified", "hash matches").await;
        page.click("tab-manifest").await;
        page.at("/r/modern.sample/demo/app:1.2.0/~manifest").await;
        page.see("manifest-text", "\"schemaVersion\"").await;
    })
    .await;
}

#[tokio::test]
async fn every_digest_of_an_index_is_a_link_to_its_manifest() {
    journey(async |app| {
        open(app, "/r/modern.sample/demo/app:1.2.0/~manifest").await;
        let page = &app.page;
        page.find("manifest-link").await;
        // Two platforms and their two attestation entries; the entries name their image in an annotation too.
        let links = page.count("manifest-link").await;
        assert!(links >= 4, "{links} digests are links");
        let digest = page.attribute("manifest-link", "data-digest").await.expect("a link names its digest");
        page.click("manifest-link").await;
        page.see("object-digest", &digest).await;
    })
    .await;
}

#[tokio::test]
async fn the_artifact_type_is_the_field_where_it_is_set_and_its_source_is_named() {
    journey(async |app| {
        // The SBOM's config is the empty type; its own field says what it is (S0-1).
        open(app, "/r/modern.sample/demo/app:sbom-1.2.0").await;
        app.page.see("object-artifact-type", "application/spdx+json").await;
        assert_eq!(
            app.page.attribute("object-artifact-type-source", "data-source").await.as_deref(),
            Some("field")
        );
        // The chart has no field; the config's type stands for it (S0-3).
        open(app, "/r/modern.sample/demo/chart:0.3.1").await;
        app.page.see("object-kind", "Helm chart").await;
        app.page.see("object-artifact-type", "application/vnd.cncf.helm.config.v1+json").await;
        assert_eq!(
            app.page.attribute("object-artifact-type-source", "data-source").await.as_deref(),
            Some("config_media_type")
        );
        // An index without the field has none.
        open(app, "/r/modern.sample/demo/app:1.2.0").await;
        assert_eq!(
            app.page.attribute("object-artifact-type-source", "data-source").await.as_deref(),
            Some("none")
        );
    })
    .await;
}

#[tokio::test]
async fn the_subject_of_a_referrer_is_a_link() {
    journey(async |app| {
        open(app, "/r/legacy.sample/demo/app:sbom-1.2.0").await;
        let page = &app.page;
        page.click("object-subject a").await;
        page.see("object-kind", "2 platforms").await;
    })
    .await;
}

#[tokio::test]
async fn the_manifest_is_shown_byte_for_byte() {
    // Odd spacing, key order, an unknown field and a final newline: nothing of it may change.
    let bytes = "{ \"mediaType\":\"application/vnd.oci.image.index.v1+json\",\n\t\"manifests\" : [ ],\n  \
                 \"schemaVersion\":2, \"x\":\"é\\u00e9\"}\n";
    let registry = FakeRegistry::start(Behaviour::default()).await.expect("a port");
    registry.store().put_manifest("odd", Some("v1"), OCI_INDEX, bytes);
    let address = registry.address().to_string();
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        page.find("repository-row [data-name=\"odd\"]").await;
        page.open(&format!("/r/{address}/odd:v1/~manifest")).await;
        page.find("manifest-text [data-as=\"sent\"]").await;
        let lines = page
            .script(
                "return [...document.querySelectorAll('[data-testid=\"manifest-line\"]')]\
                 .map(line => line.textContent)",
            )
            .await;
        let lines: Vec<_> =
            lines.as_array().expect("lines").iter().filter_map(|line| line.as_str()).collect();
        assert_eq!(lines.join("\n"), bytes.trim_end_matches('\n'));
    })
    .await;
}
