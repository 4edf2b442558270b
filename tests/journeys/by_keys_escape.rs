//! Does Escape stop what hangs, and does it go on later?

use e2e::{
    app::{Window, journey, window},
    page::key,
    wait::until,
};
use fake_registry::{Behaviour, Drip, FakeRegistry, Fault, Hold, Times};
use fantoccini::key::Key;
use serde_json::json;

use crate::{OCI_INDEX, OCI_MANIFEST, add, registry_with_a_tool};

#[tokio::test]
async fn escape_stops_an_object_that_hangs_and_it_is_loaded_again() {
    let (registry, address) = registry_with_a_tool().await;
    let other = format!(
        "{{\"schemaVersion\":2,\"mediaType\":\"{OCI_INDEX}\",\"manifests\":[],\"annotations\":{{}}}}"
    );
    registry.store().put_manifest("team/tool", Some("v2"), OCI_INDEX, other);
    let hold = Hold::new();
    registry.faults().on("GET", "/manifests/", Fault::Hold(hold.clone()), Times::Always);
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        page.open(&format!("/r/{address}/team/tool:v1")).await;
        page.see("object-stop", "Stop").await;
        page.press(&key(Key::Escape)).await;
        hold.abandoned(1).await;
        page.see("object-again", "Load again").await;
        page.gone("object-stop").await;
        registry.faults().clear();
        page.click("object-again").await;
        page.find("object-kind").await;
        // Beside the list Escape stops it first, and closes the pane then.
        registry.faults().on("GET", "/manifests/", Fault::Hold(hold.clone()), Times::Always);
        page.open(&format!("/r/{address}/team/tool?sel=v2")).await;
        page.find("object-stop").await;
        page.press(&key(Key::Escape)).await;
        page.find("object-again").await;
        page.press(&key(Key::Escape)).await;
        page.gone("inspector").await;
        registry.faults().clear();
    })
    .await;
}

/// `team/app:v1`, whose two layers come as the handle gives them.
async fn slow_layers() -> (FakeRegistry, String, Drip) {
    let registry = FakeRegistry::start(Behaviour::default()).await.expect("a port");
    let layer = |turn: u32| -> Vec<u8> { (0..3_000_000_u32).map(|n| (n * turn % 251) as u8).collect() };
    let put = |bytes: &[u8]| registry.store().put_blob("team/app", bytes);
    let descriptor =
        |digest: String| json!({ "mediaType": "application/x-report", "digest": digest, "size": 3_000_000 });
    let manifest = json!({
        "schemaVersion": 2, "mediaType": OCI_MANIFEST, "artifactType": "application/x-report",
        "config": { "mediaType": "application/vnd.oci.empty.v1+json", "digest": put(b"{}"), "size": 2 },
        "layers": [descriptor(put(&layer(7))), descriptor(put(&layer(11)))]
    });
    registry.store().put_manifest("team/app", Some("v1"), OCI_MANIFEST, manifest.to_string());
    let drip = Drip::new();
    registry.faults().on("GET", "/blobs/", Fault::Slow(drip.clone()), Times::Always);
    let address = registry.address().to_string();
    (registry, address, drip)
}

/// What came so far stays, and saving goes on from there (RFC 9110, 14.2).
#[tokio::test]
async fn escape_stops_what_is_being_saved_and_it_goes_on_later() {
    if window() == Window::Desktop {
        return; // There a dialog of the system asks for the place.
    }
    let (registry, address, drip) = slow_layers().await;
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        page.open(&format!("/r/{address}/team/app:v1/~layers")).await;
        page.click("save").await;
        drip.give(2_000_000);
        page.see("save-line", "2 MB of 3 MB").await;
        page.script("document.activeElement?.blur(); return null").await;
        page.press(&key(Key::Escape)).await;
        page.find("save-row [data-state=\"cancelled\"]").await;
        drip.abandoned(1).await;
        registry.faults().clear();
        page.click("save-again").await;
        page.find("save-row [data-state=\"done\"]").await;
        let ranges: Vec<String> = registry
            .requests()
            .iter()
            .filter(|request| request.path.contains("/blobs/"))
            .filter_map(|request| {
                request.headers.iter().find(|(name, _)| name == "range").map(|(_, range)| range.clone())
            })
            .collect();
        assert!(ranges.iter().any(|range| range.starts_with("bytes=") && range != "bytes=0-"), "{ranges:?}");
    })
    .await;
}

/// The save that has the focus is the one that Escape stops.
#[tokio::test]
async fn escape_stops_the_save_that_has_the_focus() {
    if window() == Window::Desktop {
        return; // As above.
    }
    let (_registry, address, _drip) = slow_layers().await;
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        page.open(&format!("/r/{address}/team/app:v1/~layers")).await;
        page.find("save").await;
        page.script("document.querySelectorAll('[data-testid=save]').forEach(button => button.click())")
            .await;
        until("two are being saved", async || (page.count("save-cancel").await == 2).then_some(())).await;
        page.script("document.querySelector('[data-testid=save-cancel]').focus()").await;
        page.press(&key(Key::Escape)).await;
        let states =
            "return [...document.querySelectorAll('[data-testid=save-row]')].map(row => row.dataset.state)";
        let states = until("the first one is stopped", async || {
            Some(page.script(states).await).filter(|states| states[0] == "cancelled")
        })
        .await;
        assert_ne!(states[1], "cancelled");
    })
    .await;
}
