//! Does one find one's way? Pasted lines, completion, the palette, the keys, links to pass on.

use e2e::{
    app::journey,
    clipboard::{self, copied},
    page::{Page, key},
    wait::until,
};
use fantoccini::key::Key;

/// Nothing has the focus: single characters are keys.
async fn leave_fields(page: &Page) {
    page.script("document.activeElement?.blur(); return null").await;
}

#[tokio::test]
async fn pasted_lines_of_each_kind_say_how_they_were_understood() {
    // Text, as what it was understood, and the parts of it; from the documentation of docker, podman, Kubernetes,
    // the Dockerfile reference, and the registries' own sites.
    let digest = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let cases = [
        (
            "docker pull ghcr.io/oras-project/oras:v1.3.0",
            "docker pull",
            vec!["ghcr.io", "oras-project/oras", "v1.3.0"],
        ),
        ("FROM debian:12-slim AS build", "FROM", vec!["docker.io", "library/debian", "12-slim"]),
        (
            "    image: quay.io/prometheus/node-exporter:v1.8.0",
            "image",
            vec!["quay.io", "prometheus/node-exporter"],
        ),
        ("https://hub.docker.com/_/alpine", "Docker Hub", vec!["docker.io", "library/alpine"]),
        (
            "https://quay.io/repository/prometheus/node-exporter",
            "Quay",
            vec!["quay.io", "prometheus/node-exporter"],
        ),
        ("registry.k8s.io", "Registry", vec!["registry.k8s.io"]),
        ("ociscope://r/ghcr.io/acme/app:1/~manifest?ptr=/layers/3", "Link", vec!["ghcr.io", "acme/app", "1"]),
    ];
    journey(async |app| {
        let page = &app.page;
        for (text, how, parts) in &cases {
            page.fill("omnibox", text).await;
            page.see("omnibox-how", how).await;
            for part in parts {
                page.see("omnibox-reading", part).await;
            }
        }
        page.fill("omnibox", digest).await;
        page.see("omnibox-reading", "Open its repository first").await;
        page.fill("omnibox", "ghcr.io/acme/$APP:1").await;
        page.see("omnibox-reading", "Write the real value").await;
        // Where a repository is open, a bare digest is one of its own.
        page.open("/r/modern.sample/demo/app").await;
        page.find("status-bar").await;
        page.enter("omnibox", digest).await;
        page.at(&format!("/r/modern.sample/demo/app@{digest}")).await;
    })
    .await;
}

#[tokio::test]
async fn the_omnibox_completes_by_keys_what_was_seen() {
    journey(async |app| {
        let page = &app.page;
        page.open("/r/modern.sample").await;
        page.find("repository-row [data-name=\"demo/app\"]").await;
        page.fill("omnibox", "demo/ch").await;
        page.find("omnibox-option [data-name=\"modern.sample/demo/chart\"]").await;
        assert_eq!(page.attribute("omnibox", "aria-expanded").await.as_deref(), Some("true"));
        page.press(&key(Key::Down)).await;
        until("the first completion is the active one", async || {
            let active = page.attribute("omnibox", "aria-activedescendant").await?;
            let script = format!("return document.getElementById('{active}')?.dataset.name");
            (page.script(&script).await == "modern.sample/demo/chart").then_some(())
        })
        .await;
        page.press(&key(Key::Enter)).await;
        page.at("/r/modern.sample/demo/chart").await;
        // Tab completes what goes on from the very letters, and leaves where nothing does.
        page.fill("omnibox", "legacy.sam").await;
        page.find("omnibox-option [data-name=\"legacy.sample\"]").await;
        page.press(&key(Key::Tab)).await;
        until("Tab completes the registry", async || {
            (page.script("return document.querySelector('[data-testid=omnibox]').value").await
                == "legacy.sample/")
                .then_some(())
        })
        .await;
        assert!(page.has_focus("[data-testid=omnibox]").await);
        page.fill("omnibox", "nothing.example/of/this:kind").await;
        page.press(&key(Key::Tab)).await;
        until("Tab leaves the field", async || {
            (!page.has_focus("[data-testid=omnibox]").await).then_some(())
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn the_palette_is_driven_by_keys_alone_and_gives_the_focus_back() {
    journey(async |app| {
        let page = &app.page;
        page.open("/r/modern.sample/demo/app").await;
        page.find("tag-row [data-name=\"1.2.0\"]").await;
        page.press("/").await;
        page.focused("[data-testid=tag-filter]").await;
        page.press_with_control("k").await;
        page.focused("[data-testid=palette-input]").await;
        page.press("repos").await;
        page.find("palette-option [data-name=go-repositories]").await;
        page.press(&key(Key::Escape)).await;
        page.gone("palette-input").await;
        page.focused("[data-testid=tag-filter]").await;
        page.press_with_control("k").await;
        page.focused("[data-testid=palette-input]").await;
        page.press("repos").await;
        page.find("palette-option [data-name=go-repositories][aria-selected=true]").await;
        page.press(&key(Key::Enter)).await;
        page.at("/r/modern.sample").await;
        // What was chosen lately stands first.
        page.find("repository-row [data-name=\"demo/app\"]").await;
        page.press_with_control("k").await;
        page.focused("[data-testid=palette-input]").await;
        page.see("palette-list", "Chosen lately").await;
        page.press("legacy.sample").await;
        page.press(&key(Key::Enter)).await;
        page.at("/r/legacy.sample").await;
    })
    .await;
}

#[tokio::test]
async fn the_keys_are_shown_and_can_be_switched_off() {
    journey(async |app| {
        let page = &app.page;
        page.open("/r/modern.sample/demo/app").await;
        page.find("tag-row [data-name=\"1.2.0\"]").await;
        leave_fields(page).await;
        page.press("?").await;
        page.see("keys-overlay", "Filter the list").await;
        page.see("keys-overlay", "In this list").await;
        page.click("single-keys").await;
        page.see("keys-overlay", "Single characters do nothing now").await;
        page.press(&key(Key::Escape)).await;
        page.gone("keys-overlay").await;
        leave_fields(page).await;
        page.press("g").await;
        page.press("r").await;
        page.press("?").await;
        assert_eq!(page.count("keys-overlay").await, 0, "a single character is no key now");
        // What has Ctrl stays, and leads back.
        page.press_with_control("/").await;
        page.see("keys-overlay", "Single characters do nothing now").await;
        page.at("/r/modern.sample/demo/app").await;
        // The choice is the host's: it survives a reload.
        page.client.refresh().await.expect("reload");
        page.find("tag-row [data-name=\"1.2.0\"]").await;
        page.press_with_control("/").await;
        page.see("keys-overlay", "Single characters do nothing now").await;
        page.click("single-keys").await;
        page.see("keys-overlay", "They are off while you type").await;
        page.press(&key(Key::Escape)).await;
        page.gone("keys-overlay").await;
        leave_fields(page).await;
        page.press("g").await;
        page.find("status-keys").await;
        page.press("r").await;
        page.at("/r/modern.sample").await;
    })
    .await;
}

#[tokio::test]
async fn single_characters_do_nothing_while_typing() {
    journey(async |app| {
        let page = &app.page;
        page.open("/r/modern.sample/demo/app").await;
        page.find("tag-row [data-name=\"1.2.0\"]").await;
        page.press_with_control("l").await;
        page.focused("[data-testid=omnibox]").await;
        page.press("gr?[cy").await;
        until("the letters are in the field", async || {
            (page.script("return document.querySelector('[data-testid=omnibox]').value").await == "gr?[cy")
                .then_some(())
        })
        .await;
        assert_eq!(page.count("keys-overlay").await, 0);
        page.at("/r/modern.sample/demo/app").await;
        page.press(&key(Key::Escape)).await;
        until("Escape leaves the field", async || {
            (!page.has_focus("[data-testid=omnibox]").await).then_some(())
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn deep_links_survive_a_reload() {
    journey(async |app| {
        let page = &app.page;
        for path in [
            "/r/modern.sample/demo/app?sel=1.2.0",
            "/r/modern.sample/demo/app:1.2.0",
            "/r/modern.sample/demo/app:1.2.0/~manifest",
            "/r/modern.sample/demo/app:1.2.0/~manifest?ptr=/manifests/1",
        ] {
            page.open(path).await;
            page.see("object-kind", "2 platforms").await;
            page.client.refresh().await.expect("reload");
            page.see("object-kind", "2 platforms").await;
            page.at(path).await;
            let url = page.client.current_url().await.expect("an address");
            let here = url.query().map_or(url.path().to_owned(), |query| format!("{}?{query}", url.path()));
            assert_eq!(here, path, "a reload changes nothing");
        }
        // A side, what says that it is there, and a filter or platform that stands in the address.
        let arm = "?platform=linux/arm64/v8";
        for (path, sign, words) in [
            (format!("/r/modern.sample/demo/app:1.2.0/~config{arm}"), "config-platform", "linux/arm64/v8"),
            (format!("/r/modern.sample/demo/app:1.2.0/~layers{arm}"), "layers-total", "5 layers"),
            ("/r/modern.sample/demo/app:1.2.0/~http".to_owned(), "http", "/v2/demo/app/manifests/1.2.0"),
            ("/r/modern.sample/demo/app?q=1.2".to_owned(), "tag-list", "1.2.0"),
            ("/r/modern.sample?q=chart".to_owned(), "repository-list", "chart"),
        ] {
            page.open(&path).await;
            page.see(sign, words).await;
            page.client.refresh().await.expect("reload");
            page.see(sign, words).await;
            page.at(&path).await;
        }
        assert_eq!(
            page.count("repository-row [data-name=\"demo/app\"]").await,
            0,
            "the filter is in the address"
        );
        page.open("/r/modern.sample/demo/app:1.2.0/~nonsense").await;
        page.see("unknown-page", "nonsense").await;
    })
    .await;
}

#[tokio::test]
async fn a_link_keeps_the_tag_and_a_permalink_gives_the_digest() {
    journey(async |app| {
        let page = &app.page;
        page.open("/r/modern.sample/demo/app:1.2.0/~manifest?ptr=/manifests/1").await;
        page.see("object-kind", "2 platforms").await;
        clipboard::watch(page).await;
        page.click("copy-link").await;
        let link = copied(page).await;
        assert!(link.ends_with("/r/modern.sample/demo/app:1.2.0/~manifest?ptr=/manifests/1"), "{link}");
        assert!(!link.contains("token"), "a link holds no key: {link}");
        leave_fields(page).await;
        page.press("y").await;
        let permalink = copied(page).await;
        let digest = page
            .script("return document.querySelector('[data-testid=object-digest]').title")
            .await
            .as_str()
            .expect("the digest is shown")
            .to_owned();
        assert!(
            permalink.contains(&format!("/r/modern.sample/demo/app@{digest}/~manifest")),
            "{permalink} holds {digest}"
        );
        assert!(!permalink.contains("1.2.0"), "a permalink does not move with the tag: {permalink}");
        // Both are read back.
        page.enter("omnibox", &permalink).await;
        page.at(&format!("/r/modern.sample/demo/app@{digest}/~manifest?ptr=/manifests/1")).await;
    })
    .await;
}
