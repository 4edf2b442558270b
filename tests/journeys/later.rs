//! What can be done while the later part of the UI is on its way, or does not come?
//!
//! Only Chromium can be told to hold a file back; the window has it beside the first.

use e2e::{
    app::{Window, journey, window},
    cdp,
    page::{Page, key},
};
use fantoccini::key::Key;
use serde_json::json;

/// Lets the file of the later part fail, or come.
async fn hold_back(page: &Page, held: bool) {
    let urls = if held { json!(["*/later-*.wasm"]) } else { json!([]) };
    cdp::call(&page.client, "Network.enable", json!({})).await;
    cdp::call(&page.client, "Network.setCacheDisabled", json!({ "cacheDisabled": true })).await;
    cdp::call(&page.client, "Network.setBlockedURLs", json!({ "urls": urls })).await;
}

#[tokio::test]
async fn a_text_that_nothing_understands_yet_is_followed_once_it_can_be() {
    if window() == Window::Desktop {
        return;
    }
    journey(async |app| {
        let page = &app.page;
        hold_back(page, true).await;
        page.open("/").await;
        page.find("home").await;
        // The first part has all the sentences that it says.
        let keys = "const said = [...document.querySelectorAll('[aria-label], [title], [placeholder]')]
            .flatMap(it => [it.ariaLabel, it.title, it.placeholder]).concat(document.body.innerText.split(/\\s/));
            return said.filter(it => /^[a-z]+\\.[a-z_]+\\.[a-z_.]+$/.test(it ?? '') && !it.endsWith('.sample'))";
        assert_eq!(page.script(keys).await, json!([]));
        page.fill("omnibox", "modern.sample/demo/chart:0.3.1").await;
        page.see("omnibox-unread", "did not come").await;
        page.press(&key(Key::Enter)).await;
        page.find("omnibox-retry").await;
        hold_back(page, false).await;
        page.click("omnibox-retry").await;
        page.at("/r/modern.sample/demo/chart:0.3.1").await;
        page.see("object-kind", "Helm chart").await;
    })
    .await;
}

#[tokio::test]
async fn what_is_typed_into_a_palette_that_is_still_empty_counts() {
    if window() == Window::Desktop {
        return;
    }
    journey(async |app| {
        let page = &app.page;
        hold_back(page, false).await;
        let slow =
            json!({ "offline": false, "latency": 1_000, "downloadThroughput": -1, "uploadThroughput": -1 });
        cdp::call(&page.client, "Network.emulateNetworkConditions", slow).await;
        page.open("/").await;
        page.find("home").await;
        page.press_with_control("k").await;
        page.find("palette").await;
        page.press(&format!("> tour{}", key(Key::Enter))).await;
        page.at("/tour").await;
    })
    .await;
}
