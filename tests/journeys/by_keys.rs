//! Is there a list or a dialog that needs a pointer? Each is driven by keys alone here; those of repositories and tags
//! are in `lists`, the palette and the overlay in `finding`.

use e2e::{
    app::journey,
    page::{Page, key},
    wait::until,
};
use fake_registry::{Behaviour, FakeRegistry};
use fantoccini::key::Key;

use crate::{OCI_INDEX, empty_index, registry_with_a_tool};

/// Presses Tab until the focus is there: whoever has no pointer reaches everything so.
async fn tab_to(page: &Page, selector: &str) {
    for _ in 0..90 {
        if page.has_focus(selector).await {
            return;
        }
        page.press(&key(Key::Tab)).await;
    }
    panic!("Tab never comes to {selector}");
}

#[tokio::test]
async fn a_registry_is_added_and_opened() {
    let (_registry, address) = registry_with_a_tool().await;
    journey(async |app| {
        let page = &app.page;
        tab_to(page, "[data-testid=add-registry-name]").await;
        page.press(&address).await;
        page.press(&key(Key::Enter)).await;
        page.at(&format!("/r/{address}")).await;
        page.find("repository-row [data-name=\"team/tool\"]").await;
        tab_to(page, "[data-testid=repository-list]").await;
        // The namespace stands first, then what is in it.
        page.press(&key(Key::Home)).await;
        page.press(&key(Key::Down)).await;
        page.press(&key(Key::Enter)).await;
        page.at(&format!("/r/{address}/team/tool")).await;
    })
    .await;
}

#[tokio::test]
async fn a_link_to_an_unknown_host_is_allowed() {
    let (registry, address) = registry_with_a_tool().await;
    journey(async |app| {
        let page = &app.page;
        page.open(&format!("/r/{address}/team/tool")).await;
        page.find("consent").await;
        assert_eq!(registry.requests().len(), 0, "nobody has allowed it yet");
        tab_to(page, "[data-testid=consent-allow]").await;
        page.press(&key(Key::Enter)).await;
        page.find("tag-row [data-name=\"v1\"]").await;
    })
    .await;
}

#[tokio::test]
async fn the_lines_of_a_manifest_are_walked_folded_and_searched() {
    journey(async |app| {
        let page = &app.page;
        page.open("/r/modern.sample/demo/app:1.2.0").await;
        page.find("object-digest").await;
        page.press("2").await;
        page.at("/r/modern.sample/demo/app:1.2.0/~manifest").await;
        page.find("manifest-line").await;
        tab_to(page, "[data-testid=manifest-text]").await;
        // The whole document is the first line; its fields follow.
        page.press(&key(Key::Home)).await;
        page.press(&key(Key::Down)).await;
        page.see("code-pointer", "/schemaVersion").await;
        let all = page.count("manifest-line").await;
        page.press(&key(Key::Home)).await;
        page.press(&key(Key::Left)).await;
        until("the document is folded into one line", async || {
            (page.count("manifest-line").await < all).then_some(())
        })
        .await;
        page.press(&key(Key::Right)).await;
        until("and unfolded", async || (page.count("manifest-line").await == all).then_some(())).await;
    })
    .await;
}

#[tokio::test]
async fn a_layer_is_opened_and_closed() {
    journey(async |app| {
        let page = &app.page;
        page.open("/r/modern.sample/demo/chart:0.3.1").await;
        page.find("object-digest").await;
        // One tab stop; arrows move within.
        tab_to(page, "[role=tab]").await;
        for _ in 0..3 {
            if page.has_focus("[data-testid=tab-layers]").await {
                break;
            }
            page.press(&key(Key::Right)).await;
        }
        page.press(&key(Key::Enter)).await;
        page.find("layer").await;
        tab_to(page, "[data-testid=layer-open]").await;
        page.press(&key(Key::Enter)).await;
        page.find("blob-close").await;
        tab_to(page, "[data-testid=blob-close]").await;
        page.press(&key(Key::Enter)).await;
        page.gone("blob-close").await;
    })
    .await;
}

#[tokio::test]
async fn a_page_outside_is_asked_for_and_let_be() {
    journey(async |app| {
        let page = &app.page;
        page.open("/r/modern.sample/demo/app:1.2.0").await;
        page.find("object-annotation a").await;
        tab_to(page, "[data-testid=object-annotation] a[target]").await;
        page.press(&key(Key::Enter)).await;
        until("the question stands", async || {
            (page.script("return document.querySelector('dialog.outside').open").await == true).then_some(())
        })
        .await;
        assert!(page.has_focus("dialog.outside").await, "the question has the focus");
        page.press(&key(Key::Escape)).await;
        until("the question is gone", async || {
            (page.script("return document.querySelector('dialog.outside').open").await == false).then_some(())
        })
        .await;
        assert!(
            page.has_focus("[data-testid=object-annotation] a[target]").await,
            "the focus is back where it was"
        );
    })
    .await;
}

#[tokio::test]
async fn escape_stops_a_list_that_grows() {
    let registry = FakeRegistry::start(Behaviour {
        page_size: fake_registry::PageSize { tags: 10, ..Default::default() },
        ..Behaviour::default()
    })
    .await
    .expect("a port");
    let digest = registry.store().put_manifest("team/tool", Some("a0"), OCI_INDEX, empty_index());
    for number in 1..30 {
        registry.store().put_tag("team/tool", &format!("b{number:02}"), &digest);
    }
    // The third page never comes.
    let hold = fake_registry::Hold::new();
    registry.faults().on(
        "GET",
        "last=b19",
        fake_registry::Fault::Hold(hold.clone()),
        fake_registry::Times::Always,
    );
    let address = registry.address().to_string();
    journey(async |app| {
        let page = &app.page;
        crate::add(page, &address).await;
        page.open(&format!("/r/{address}/team/tool")).await;
        page.see("tag-count", "20").await;
        page.find("stop").await;
        page.press(&key(Key::Escape)).await;
        page.gone("stop").await;
        hold.abandoned(1).await;
        page.see("tag-count", "20").await;
    })
    .await;
}
