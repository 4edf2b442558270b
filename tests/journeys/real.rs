//! The same app on registries of the field, with images that skopeo, crane and oras pushed.

use e2e::{
    app::journey,
    images::{self, tools},
    page::Page,
    peers::{self, Registry},
};

use crate::add;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_registry_of_ones_own_is_listed_opened_read_and_followed() {
    let Some(tools) = tools() else { return };
    let sample = sample::start_modern().await.expect("the sample starts");
    let mut peers = Vec::new();
    for registry in [Registry::Distribution, Registry::Olareg, Registry::DockerRegistry] {
        let Some(peer) = peers::start(registry).await else { continue };
        images::push(&tools, &sample.address.to_string(), &peer.address);
        peers.push(peer);
    }
    journey(async |app| {
        for peer in &peers {
            app.page.open("/").await;
            walk(&app.page, &peer.address, peer.name.starts_with("olareg")).await;
        }
    })
    .await;
}

/// From the address to a child of an index, as a person goes. olareg has no list of repositories.
async fn walk(page: &Page, address: &str, without_catalog: bool) {
    add(page, address).await;
    if without_catalog {
        page.enter("repository-by-name", "demo/app").await;
    } else {
        page.click("repository-row [data-name=\"demo/app\"]").await;
    }
    page.at(&format!("/r/{address}/demo/app")).await;
    page.click("tag-row [data-name=\"1.2.0\"]").await;
    page.see("object-kind", "2 platforms + 2 attestations").await;
    page.see("object-verified", "hash matches").await;

    page.open(&format!("/r/{address}/demo/app:1.2.0/~manifest")).await;
    page.find("manifest-link").await;
    let digest = page.attribute("manifest-link", "data-digest").await.expect("a link names its digest");
    page.click("manifest-link").await;
    page.at(&format!("/r/{address}/demo/app@{digest}")).await;
    page.see("object-digest", &digest).await;

    // oras wrote the type into the manifest; the config is the empty one.
    page.open(&format!("/r/{address}/demo/report:v1")).await;
    page.see("object-artifact-type", "application/vnd.example.report.v1").await;
    page.open(&format!("/r/{address}/demo/chart:0.3.1")).await;
    page.see("object-kind", "Helm chart").await;
    page.open(&format!("/r/{address}/demo/docker-image:2.4")).await;
    page.see("object-media-type", "application/vnd.docker.distribution.manifest.v2+json").await;
}
