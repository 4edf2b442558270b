//! Can it be used by keyboard, in any width, in light and dark?

use e2e::{app::journey, page::key, wait::until};
use fantoccini::key::Key;

#[tokio::test]
async fn a_tag_is_found_and_opened_by_keyboard_alone() {
    journey(async |app| {
        let page = &app.page;
        page.open("/r/modern.sample/demo/app").await;
        page.find("tag-row [data-name=\"1.2.0\"]").await;
        page.press("/").await;
        until("the slash leads into the filter", async || {
            page.has_focus("[data-testid=tag-filter]").await.then_some(())
        })
        .await;
        page.press("1.2.0").await;
        page.gone("tag-row [data-name=\"1.1.0\"]").await;
        // One tab stop in the list, a handful of controls before it.
        for _ in 0..8 {
            if page.has_focus("[role=grid]").await {
                break;
            }
            page.press(&key(Key::Tab)).await;
        }
        assert!(page.has_focus("[role=grid]").await, "the list is reached by Tab");
        page.press(&key(Key::Home)).await;
        page.press(&key(Key::Enter)).await;
        page.at("/r/modern.sample/demo/app:1.2.0").await;
        page.see("object-kind", "2 platforms").await;
    })
    .await;
}

#[tokio::test]
async fn control_l_leads_into_the_omnibox_from_everywhere() {
    journey(async |app| {
        let page = &app.page;
        for path in ["/r/modern.sample", "/r/modern.sample/demo/app", "/r/modern.sample/demo/chart:0.3.1"] {
            page.open(path).await;
            page.find("status-bar").await;
            until("Ctrl+L leads into the omnibox", async || {
                page.press(&format!("{}l", key(Key::Control))).await;
                page.has_focus("[data-testid=omnibox]").await.then_some(())
            })
            .await;
        }
    })
    .await;
}

#[tokio::test]
async fn nothing_scrolls_sideways_in_any_width() {
    journey(async |app| {
        let page = &app.page;
        for width in [420, 720, 960, 1440, 2560] {
            page.client.set_window_size(width, 800).await.expect("a window has a size");
            let paths = [
                ("/", "home"),
                ("/r/modern.sample/demo/app", "tag-row"),
                ("/r/modern.sample/demo/app:1.2.0", "object-kind"),
            ];
            for (path, sign) in paths {
                page.open(path).await;
                page.find(sign).await;
                let over = page
                    .script(
                        "return document.documentElement.scrollWidth - document.documentElement.clientWidth",
                    )
                    .await;
                assert_eq!(over, 0, "{path} at {width}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_theme_is_chosen_and_remembered() {
    const GROUND: &str = "return getComputedStyle(document.body).backgroundColor";
    journey(async |app| {
        let page = &app.page;
        // Whatever the system wants, the first press shows.
        let before = page.script(GROUND).await;
        page.click("theme-toggle").await;
        until("the theme has changed", async || (page.script(GROUND).await != before).then_some(())).await;
        let mut grounds = Vec::new();
        for theme in ["light", "dark"] {
            until(&format!("the theme is {theme}"), async || {
                page.click("theme-toggle").await;
                (page.script("return document.documentElement.dataset.theme").await == theme).then_some(())
            })
            .await;
            let ground = page.script(GROUND).await;
            page.client.refresh().await.expect("reload");
            page.find("home").await;
            assert_eq!(page.script(GROUND).await, ground, "{theme} is remembered");
            grounds.push(ground);
        }
        assert_ne!(grounds[0], grounds[1]);
    })
    .await;
}
