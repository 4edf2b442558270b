//! Is the reader's allowance spared where each read counts?
//!
//! The registry stands in for Docker Hub: the app contacts `registry-1.docker.io` over plain http, as its settings say,
//! and a proxy answers, which is the registry itself.

use std::{fs, path::Path};

use e2e::{app::journey_behind, wait::until};
use fake_registry::{Behaviour, FakeRegistry};
use serde_json::json;

use crate::{OCI_INDEX, OCI_MANIFEST};

/// `team/app` with three tags, each an index of one image for one platform.
async fn hub() -> FakeRegistry {
    let registry = FakeRegistry::start(Behaviour::default()).await.expect("a port");
    let store = registry.store();
    for tag in ["v1", "v2", "v3"] {
        let config =
            json!({ "os": "linux", "architecture": "amd64", "config": { "Labels": { "tag": tag } } });
        let config = config.to_string();
        let digest = store.put_blob("team/app", &config);
        let image = json!({
            "schemaVersion": 2, "mediaType": OCI_MANIFEST, "layers": [],
            "config": {
                "mediaType": "application/vnd.oci.image.config.v1+json", "digest": digest, "size": config.len()
            }
        })
        .to_string();
        let digest = store.put_manifest("team/app", None, OCI_MANIFEST, &image);
        let index = json!({
            "schemaVersion": 2, "mediaType": OCI_INDEX,
            "manifests": [{
                "mediaType": OCI_MANIFEST, "digest": digest, "size": image.len(),
                "platform": { "os": "linux", "architecture": "amd64" }
            }]
        });
        store.put_manifest("team/app", Some(tag), OCI_INDEX, index.to_string());
    }
    registry
}

/// Settings in which this registry is spoken to over plain http.
fn added(home: &Path, name: &str) {
    let settings = json!({ "version": 1, "registries": [{ "name": name, "transport": "http" }] });
    fs::create_dir_all(home.join("ociscope")).expect("the folder of the settings");
    fs::write(home.join("ociscope/settings.json"), settings.to_string()).expect("the settings");
}

/// How often the manifest of a tag was read: that counts, and a `HEAD` does not.
fn reads(registry: &FakeRegistry, tag: &str) -> usize {
    let digest = registry.store().tag("team/app", tag).expect("it is there");
    let path = format!("/manifests/{digest}");
    registry.requests().iter().filter(|it| it.method == "GET" && it.path.ends_with(&path)).count()
}

#[tokio::test]
async fn on_docker_hub_a_row_is_read_when_it_is_selected_or_asked_for() {
    let registry = hub().await;
    let origin = registry.origin();
    journey_behind(
        Some(&origin),
        |home| added(home, "docker.io"),
        async |app| {
            let page = &app.page;
            // Wide enough for the column of platforms.
            page.client.set_window_size(1600, 1000).await.expect("a window has a size");
            page.open("/r/docker.io/team/app").await;
            until("each row has its digest", async || (page.count("tag-row .dig").await == 3).then_some(()))
                .await;
            registry.clear_requests();
            page.click("tag-row [data-name=\"v2\"]").await;
            // It is read when the rows have rested: all that is read of rows at all is asked for in the same moment.
            page.see("tag-row [data-name=\"v2\"]", "amd64").await;
            assert_eq!((reads(&registry, "v1"), reads(&registry, "v3")), (0, 0), "{:?}", registry.requests());
            assert!(registry.requests().iter().all(|it| it.header("host") == ["registry-1.docker.io"]));
            // Nor are the sizes of the platforms.
            page.see("size-platform", "not asked yet").await;
            page.see("sizes-why", "counts each read as a pull").await;
            page.click("load-sizes").await;
            page.see("tag-row [data-name=\"v1\"]", "amd64").await;
            page.see("tag-row [data-name=\"v3\"]", "amd64").await;
            assert_eq!((reads(&registry, "v1"), reads(&registry, "v3")), (1, 1));
        },
    )
    .await;
}

/// The same registry, the same rows, another name.
#[tokio::test]
async fn elsewhere_rows_are_read_as_soon_as_they_rest() {
    let registry = hub().await;
    let origin = registry.origin();
    journey_behind(
        Some(&origin),
        |home| added(home, "registry.example"),
        async |app| {
            let page = &app.page;
            // Wide enough for the column of platforms.
            page.client.set_window_size(1600, 1000).await.expect("a window has a size");
            page.open("/r/registry.example/team/app").await;
            page.see("tag-row [data-name=\"v1\"]", "amd64").await;
            page.see("tag-row [data-name=\"v3\"]", "amd64").await;
            assert_eq!(page.count("load-sizes").await, 0);
        },
    )
    .await;
}
