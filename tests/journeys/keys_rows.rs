//! Is a row looked at beside its list by Space, and chosen by keys of its own?

use e2e::{
    app::{Window, journey, window},
    cdp,
    page::{Page, key},
    wait::until,
};
use fantoccini::key::Key;

use crate::{OCI_INDEX, add, empty_index, registry_with_a_tool};

async fn list_has_the_focus(page: &Page) {
    assert!(page.has_focus("[data-testid=tag-list]").await, "the list has the focus");
}

/// The address with its query, once it is this one.
async fn is_at(page: &Page, path: &str) {
    until(&format!("the address is exactly {path}"), async || {
        (page.script("return location.pathname + location.search").await == path).then_some(())
    })
    .await;
}

#[tokio::test]
async fn space_shows_the_row_beside_the_list_and_follows_the_keys() {
    let (registry, address) = registry_with_a_tool().await;
    for tag in ["v2", "v3"] {
        registry.store().put_manifest("team/tool", Some(tag), OCI_INDEX, empty_index());
    }
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        page.find("repository-row [data-name=\"team/tool\"]").await;
        // A person's click: WebKit's way back leaves out screens on which nobody did anything.
        page.click("repository-row [data-name=\"team/tool\"]").await;
        let list = format!("/r/{address}/team/tool");
        page.find("tag-row [data-name=\"v3\"]").await;
        page.script("document.querySelector('[data-testid=tag-list]').focus()").await;
        page.press(&key(Key::Home)).await;
        page.press("j").await;
        page.find("tag-row [data-name=\"v2\"].is-selected").await;
        is_at(page, &list).await;
        assert_eq!(page.count("inspector").await, 0, "moving shows nothing yet");
        page.press(" ").await;
        is_at(page, &format!("{list}?sel=v2")).await;
        page.find("inspector").await;
        page.find("object-kind").await;
        list_has_the_focus(page).await;
        page.press("j").await;
        is_at(page, &format!("{list}?sel=v1")).await;
        page.press("k").await;
        page.press("k").await;
        is_at(page, &format!("{list}?sel=v3")).await;
        list_has_the_focus(page).await;
        page.press(" ").await;
        page.gone("inspector").await;
        is_at(page, &list).await;
        list_has_the_focus(page).await;
        // The row stays the current one, and Escape closes as well.
        page.press("j").await;
        page.find("tag-row [data-name=\"v2\"].is-selected").await;
        page.press(" ").await;
        page.find("object-kind").await;
        page.press(&key(Key::Escape)).await;
        page.gone("inspector").await;
        page.find("tag-row [data-name=\"v2\"].is-selected").await;
        // All of that was one step: the way back leads out of the list, the way forward to the row.
        page.press(&key(Key::Enter)).await;
        page.find("object-kind").await;
        page.at(&format!("{list}:v2")).await;
        page.client.back().await.expect("back, inside the app");
        is_at(page, &list).await;
        page.find("tag-row [data-name=\"v2\"].is-selected").await;
        page.client.back().await.expect("back, inside the app");
        is_at(page, &format!("/r/{address}")).await;
    })
    .await;
}

/// Where there is no room beside the list, what is looked at stands in its place.
#[tokio::test]
async fn space_looks_and_comes_back_on_a_narrow_screen() {
    if window() == Window::Desktop {
        return; // Its window is never that narrow.
    }
    journey(async |app| {
        let page = &app.page;
        cdp::viewport(&page.client, 420, 860, 1.0).await;
        page.open("/r/modern.sample/demo/app").await;
        page.find("tag-row [data-name=\"1.2.0\"]").await;
        page.script("document.querySelector('[data-testid=tag-list]').focus()").await;
        page.press(&key(Key::Home)).await;
        page.press(" ").await;
        page.find("object-kind").await;
        page.press(" ").await;
        page.gone("inspector").await;
        page.find("tag-row [aria-selected=true]").await;
        is_at(page, "/r/modern.sample/demo/app").await;
        until("the list has the focus again", async || {
            page.has_focus("[data-testid=tag-list]").await.then_some(())
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn rows_are_chosen_by_keys_of_their_own() {
    journey(async |app| {
        let page = &app.page;
        page.open("/r/modern.sample/demo/app").await;
        page.find("tag-row [data-name=\"1.2.0\"]").await;
        page.script("document.querySelector('[data-testid=tag-list]').focus()").await;
        page.press(&key(Key::Home)).await;
        page.press("m").await;
        page.see("chosen", "1 tag selected").await;
        page.press(&key(Key::Escape)).await;
        page.gone("chosen").await;
        page.press("?").await;
        page.see("key-line [data-name=choose-row]", "Select the row").await;
        page.see("key-line [data-name=peek-row]", "Peek at the row").await;
    })
    .await;
}

/// A button that has the focus is pressed by Space, whatever the list does with it.
#[tokio::test]
async fn space_on_a_button_presses_it() {
    journey(async |app| {
        let page = &app.page;
        page.open("/r/modern.sample/demo/app").await;
        page.find("tag-row [data-name=\"1.2.0\"]").await;
        page.script("document.querySelector('[data-testid=group]').focus()").await;
        page.press(" ").await;
        page.find("group [aria-pressed=true]").await;
        assert_eq!(page.count("inspector").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_list_has_its_keys_from_the_pointer_on_and_from_its_filter() {
    journey(async |app| {
        let page = &app.page;
        page.open("/r/modern.sample/demo/many").await;
        page.find("tag-row [data-name=\"build-5000\"]").await;
        // Nothing has the focus.
        page.script("document.activeElement?.blur()").await;
        page.press(&key(Key::Down)).await;
        list_has_the_focus(page).await;
        page.find("tag-row [data-name=\"build-5000\"].is-selected").await;
        page.click("tag-row [data-name=\"build-4998\"]").await;
        page.find("tag-row [data-name=\"build-4998\"].is-selected").await;
        list_has_the_focus(page).await;
        page.press(&key(Key::Down)).await;
        page.find("tag-row [data-name=\"build-4997\"].is-selected").await;
        page.fill("tag-filter", "build-0077").await;
        page.gone("tag-row [data-name=\"build-4997\"]").await;
        page.press(&key(Key::Enter)).await;
        list_has_the_focus(page).await;
        page.find("tag-row [data-name=\"build-0077\"].is-selected").await;
    })
    .await;
}
