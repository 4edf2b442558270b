//! Which layers has an object, what made each, and what do they state?

use e2e::app::journey;
use serde_json::json;

use crate::{
    add,
    inspector::{LAYER, blob, image, open, registry},
};

#[tokio::test]
async fn a_history_that_does_not_fit_is_put_beside_no_layer() {
    let (registry, address) = registry().await;
    let layers = ["one", "two"].map(|text| blob(&registry, LAYER, text.as_bytes()));
    let config = json!({
        "os": "linux", "architecture": "amd64", "config": {},
        "history": [{ "created_by": "RUN one" }, { "created_by": "RUN two" }, { "created_by": "RUN three" }]
    });
    image(&registry, Some("v1"), &config, &layers);
    journey(async |app| {
        let page = &app.page;
        open(page, &address, ":v1/~layers").await;
        page.see("history-fit", "3 layers and the manifest has only 2").await;
        assert_eq!(page.count("layer").await, 2);
        let shown = page.script("return document.querySelector('.layers').innerText").await;
        assert!(!shown.as_str().unwrap_or_default().contains("RUN one"), "{shown}");
    })
    .await;
}

#[tokio::test]
async fn a_layer_that_the_older_tag_has_too_is_marked_with_it() {
    let (registry, address) = registry().await;
    let shared = blob(&registry, LAYER, b"base");
    let config = json!({ "os": "linux", "architecture": "amd64" });
    for (tag, own) in [("1.2.0", "b"), ("1.10.0", "c"), ("1.1.0", "a")] {
        let layers = [shared.clone(), blob(&registry, LAYER, own.as_bytes())];
        image(&registry, Some(tag), &config, &layers);
    }
    journey(async |app| {
        let page = &app.page;
        open(page, &address, ":1.10.0/~layers").await;
        page.click("neighbour-find").await;
        page.see("neighbour", "1.2.0").await;
        page.see("layer-shared", "also in 1.2.0").await;
        assert_eq!(page.count("layer-shared").await, 1, "the other layer is its own");
        // Nothing is older than what is no version, or no image.
        image(&registry, Some("vendor"), &config, std::slice::from_ref(&shared));
        page.open(&format!("/r/{address}/team/app:vendor/~layers")).await;
        page.find("layer").await;
        assert_eq!(page.count("neighbour").await, 0);
        page.open("/r/modern.sample/demo/app:sbom-1.2.0/~layers").await;
        page.find("layer").await;
        assert_eq!(page.count("neighbour").await, 0);
    })
    .await;
}

/// BuildKit writes beside each statement what it is about (its documentation, "Attestation storage").
#[tokio::test]
async fn the_statements_of_a_build_are_named_by_what_they_are_about() {
    journey(async |app| {
        let page = &app.page;
        page.open("/r/modern.sample/demo/app:1.2.0").await;
        page.click("object-attestation a").await;
        // Its overview says the same, whose attestation it is, and where it was found.
        page.see("object-kind", "attestation").await;
        page.see("overview-layers", "SBOM, SPDX").await;
        page.see("overview-layers", "Provenance, SLSA").await;
        page.see("object-listed", "linux/amd64").await;
        page.see("object-listed-tag", "1.2.0").await;
        page.click("object-attests").await;
        page.see("object-kind", "image").await;
        page.client.back().await.expect("back");
        page.see("object-listed", "linux/amd64").await;
        // A statement opens where it is named, and its whole digest stands over it.
        page.click("overview-layers a").await;
        page.see("blob", "spdxVersion").await;
        let whole = page.script("return document.querySelector('.layer-digest').textContent").await;
        assert_eq!(whole.as_str().map(|digest| digest.trim().len()), Some("sha256:".len() + 64), "{whole}");
        page.see("layer [data-place=\"0\"]", "SBOM, SPDX").await;
        page.see("layer [data-place=\"1\"]", "Provenance, SLSA").await;
        assert_eq!(page.count("history-fit").await, 0, "no history made them");
    })
    .await;
}

/// A press on a row means its layer; what made it stands there in full, however long it is.
#[tokio::test]
async fn a_row_opens_its_layer_with_the_whole_step_that_made_it() {
    let (registry, address) = registry().await;
    let step = format!("RUN /bin/sh -c {}", "make install && ".repeat(40) + "true # buildkit");
    let layer = blob(&registry, LAYER, b"not really a tar");
    let config = json!({
        "os": "linux", "architecture": "amd64",
        "rootfs": { "type": "layers", "diff_ids": [layer["digest"]] },
        "history": [{ "created_by": step }],
    });
    image(&registry, Some("v1"), &config, &[layer]);
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        page.open(&format!("/r/{address}/team/app")).await;
        page.click("tag-row [data-name=\"v1\"]").await;
        page.click("tab-layers").await;
        page.click("layer [data-place=\"0\"]").await;
        page.see("layer-made", "make install").await;
        page.click("layer-made button").await;
        page.see("layer-made", "&& true").await;
        // On its own screen it is still open.
        page.click("object-open").await;
        page.at(&format!("/r/{address}/team/app:v1/~layers")).await;
        page.see("layer-made", "make install").await;
    })
    .await;
}
