//! Can a person give every action another key, on every screen, and have it back?

use std::fs;

use e2e::{
    app::{Window, journey, window},
    axe,
    page::{Page, key},
    wait::until,
};
use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::ease::{THEMES, settle};

/// Opens the keys of one action among those of all screens.
async fn edit(page: &Page, action: &str) {
    page.script("document.activeElement?.blur(); return null").await;
    page.press_with_control("/").await;
    page.click("keys-all").await;
    page.click(&format!("key-line [data-name=\"{action}\"] .keys-edit")).await;
    page.find("key-editor").await;
}

async fn close(page: &Page) {
    page.click("keys-close").await;
    page.gone("keys-overlay").await;
}

/// Waits until the recorder has the focus, then presses keys one after the other.
async fn record(page: &Page, button: &str, keys: &[&str]) {
    page.click(button).await;
    page.focused("[data-testid=key-recorder]").await;
    for key in keys {
        page.press(key).await;
    }
}

/// The caps of an action, as the overlay shows them.
async fn caps(page: &Page, action: &str) -> Value {
    page.script(&format!(
        "return [...document.querySelectorAll('[data-testid=key-line][data-name={action}] > .keys-now kbd')] \
         .map(cap => cap.textContent)"
    ))
    .await
}

async fn caps_are(page: &Page, action: &str, wanted: &[&str]) {
    until(&format!("{action} has {wanted:?}"), async || {
        (caps(page, action).await == json!(wanted)).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_row_is_pinned_by_another_key_that_was_given_elsewhere() {
    journey(async |app| {
        let page = &app.page;
        // On the first screen there is no row.
        edit(page, "pin-row").await;
        caps_are(page, "pin-row", &["Shift", "B"]).await;
        record(page, "key-instead", &["q"]).await;
        page.see("key-said", "And the second key").await;
        page.press(&key(Key::Enter)).await;
        page.see("key-said", "Q does this now").await;
        caps_are(page, "pin-row", &["Q"]).await;
        close(page).await;
        let file = app.home().join("ociscope/settings.json");
        let kept =
            || serde_json::from_slice::<Value>(&fs::read(&file).expect("settings are kept")).expect("JSON");
        assert_eq!(kept()["keys"], json!({ "pin-row": ["q"] }));
        // The file says it, not the page.
        page.open("/r/modern.sample?q=demo/app").await;
        page.find("repository-row [data-name=\"demo/app\"]").await;
        page.script("document.querySelector('[data-testid=repository-list]').focus()").await;
        page.press(&key(Key::Home)).await;
        page.press("b").await;
        until("the registry is pinned by the key that is as it was", async || {
            (kept()["pins"] == json!([{ "registry": "modern.sample" }])).then_some(())
        })
        .await;
        page.press("q").await;
        until("the row is pinned by its new key", async || {
            (kept()["pins"][1]["repository"] == "demo/app").then_some(())
        })
        .await;
        edit(page, "pin-row").await;
        page.see("key-restore", "Put back Shift+B").await;
        page.click("key-restore").await;
        caps_are(page, "pin-row", &["Shift", "B"]).await;
        assert_eq!(kept()["keys"], Value::Null);
    })
    .await;
}

#[tokio::test]
async fn a_pair_is_taken_over_from_the_action_that_had_it() {
    journey(async |app| {
        let page = &app.page;
        page.open("/r/modern.sample/demo/app").await;
        page.find("tag-row [data-name=\"1.2.0\"]").await;
        edit(page, "filter").await;
        record(page, "key-add", &["g", "r"]).await;
        page.see("key-clash", "G, then R is taken here: “Go to the repositories”").await;
        caps_are(page, "filter", &["/"]).await;
        // Escape leaves the question, and only that.
        page.press(&key(Key::Escape)).await;
        page.gone("key-clash").await;
        caps_are(page, "filter", &["/"]).await;
        record(page, "key-add", &["g", "r"]).await;
        page.click("key-take-over").await;
        caps_are(page, "filter", &["/", "G", "R"]).await;
        caps_are(page, "go-repositories", &[]).await;
        // One key that begins the keys of another is in its way.
        record(page, "key-add", &["g", &key(Key::Enter)]).await;
        page.see("key-clash", "Go to the tags").await;
        page.see("key-clash", "Show the manifest").await;
        page.press(&key(Key::Escape)).await;
        close(page).await;
        page.script("document.activeElement?.blur(); return null").await;
        page.press("g").await;
        page.find("status-keys").await;
        page.press("r").await;
        page.focused("[data-testid=tag-filter]").await;
        page.at("/r/modern.sample/demo/app").await;
        // All as it came, after a second word.
        page.press_with_control("/").await;
        page.see("keys-overlay", "2 actions have other keys").await;
        page.click("keys-restore").await;
        page.focused("[data-testid=keys-restore-sure]").await;
        page.click("keys-restore-not").await;
        page.focused("[data-testid=keys-restore]").await;
        caps_are(page, "filter", &["/", "G", "R"]).await;
        page.click("keys-restore").await;
        page.click("keys-restore-sure").await;
        page.focused(".keys-head h2").await;
        caps_are(page, "filter", &["/"]).await;
        caps_are(page, "go-repositories", &["G", "R"]).await;
        page.gone("keys-restore").await;
    })
    .await;
}

#[tokio::test]
async fn what_is_the_browser_s_or_moves_the_focus_is_refused_and_escape_leaves() {
    journey(async |app| {
        let page = &app.page;
        edit(page, "home").await;
        caps_are(page, "home", &[]).await;
        record(page, "key-add", &[&key(Key::Tab)]).await;
        page.see("key-said", "Tab moves through lists and fields").await;
        page.press(&key(Key::Enter)).await;
        page.see("key-said", "Enter moves through lists and fields").await;
        page.press(&key(Key::F6)).await;
        page.see("key-said", "F6 stays what it is").await;
        page.press(&key(Key::Delete)).await;
        page.see("key-said", "edits text").await;
        page.press_with_control("w").await;
        page.see("key-said", "Ctrl+W belongs to the browser").await;
        page.press(&key(Key::Escape)).await;
        page.gone("key-recorder").await;
        assert_eq!(page.count("key-editor").await, 1, "Escape has left the recorder alone");
        caps_are(page, "home", &[]).await;
        // Of two keys of one action, one cannot begin the other.
        record(page, "key-add", &["q", "z"]).await;
        caps_are(page, "home", &["Q", "Z"]).await;
        record(page, "key-add", &["q", &key(Key::Enter)]).await;
        page.see("key-said", "Gave way").await;
        caps_are(page, "home", &["Q"]).await;
        page.click("key-away").await;
        page.see("key-said", "Q does nothing here now").await;
        caps_are(page, "home", &[]).await;
        // What can be a key is one, with Ctrl at once.
        record(page, "key-add", &[]).await;
        page.press_with_control("e").await;
        caps_are(page, "home", &["Ctrl", "E"]).await;
        close(page).await;
        page.open("/r/modern.sample").await;
        page.find("repository-row").await;
        page.press_with_control("e").await;
        page.at("/").await;
        page.find("home").await;
    })
    .await;
}

/// The list that has the focus leaves the second key of a pair to the pair, though it is one of its own.
#[tokio::test]
async fn a_pair_that_ends_with_a_key_of_the_rows_is_heard_in_the_list() {
    journey(async |app| {
        let page = &app.page;
        edit(page, "home").await;
        record(page, "key-add", &["q", "j"]).await;
        caps_are(page, "home", &["Q", "J"]).await;
        close(page).await;
        page.open("/r/modern.sample/demo/app").await;
        page.find("tag-row [data-name=\"1.2.0\"]").await;
        page.script("document.querySelector('[data-testid=tag-list]').focus()").await;
        page.press(&key(Key::Home)).await;
        page.press("q").await;
        page.find("status-keys").await;
        page.press("j").await;
        page.at("/").await;
    })
    .await;
}

#[tokio::test]
async fn the_bound_key_stands_wherever_keys_stand() {
    journey(async |app| {
        let page = &app.page;
        page.open("/r/modern.sample/demo/app").await;
        page.find("tag-row").await;
        edit(page, "keys").await;
        page.click("key-chip [data-name=\"?\"] [data-testid=key-away]").await;
        caps_are(page, "keys", &["Ctrl", "/"]).await;
        close(page).await;
        page.see("status-help", "Ctrl").await;
        assert_eq!(page.attribute("status-help", "title").await.as_deref(), Some("Show the keys (Ctrl+/)"));
        page.click("help").await;
        page.see("help-keys", "Ctrl").await;
        page.press(&key(Key::Escape)).await;
        page.press_with_control("k").await;
        page.find("palette-input").await;
        page.press(">show the keys").await;
        page.see("palette-option [data-name=keys]", "Ctrl").await;
    })
    .await;
}

#[tokio::test]
async fn the_overlay_has_no_serious_problem_while_a_key_is_recorded() {
    if window() == Window::Desktop {
        return;
    }
    let Some(axe) = axe::source() else { return };
    journey(async |app| {
        let page = &app.page;
        page.open("/r/modern.sample/demo/app").await;
        page.find("tag-row").await;
        edit(page, "filter").await;
        let judge = async |stage: &str| {
            for theme in THEMES {
                settle(page, theme).await;
                assert_eq!(axe::problems(page, &axe).await, Vec::<String>::new(), "{stage}, {theme}");
            }
        };
        judge("the keys of an action").await;
        record(page, "key-add", &[&key(Key::Tab)]).await;
        judge("recording, with a refusal").await;
        page.press("c").await;
        page.press(&key(Key::Enter)).await;
        page.find("key-clash").await;
        judge("a clash").await;
        page.click("key-take-over").await;
        page.find("keys-restore").await;
        page.click("keys-restore").await;
        judge("before all is put back").await;
    })
    .await;
}
