//! Do links live? Back, forward, reload, a second tab, a link to an unknown host.

use e2e::app::{Window, journey, window};

use crate::registry_with_a_tool;

#[tokio::test]
async fn back_forward_and_reload_show_the_same_thing_again() {
    journey(async |app| {
        let page = &app.page;
        page.click("sample-modern").await;
        page.click("repository-row [data-name=\"demo/app\"]").await;
        page.at("/r/modern.sample/demo/app").await;
        page.find("tag-row [data-name=\"1.2.0\"]").await;
        page.client.back().await.expect("back");
        page.at("/r/modern.sample").await;
        page.find("repository-row [data-name=\"demo/app\"]").await;
        page.client.forward().await.expect("forward");
        page.find("tag-row [data-name=\"1.2.0\"]").await;
        page.client.refresh().await.expect("reload");
        page.find("tag-row [data-name=\"1.2.0\"]").await;
        page.at("/r/modern.sample/demo/app").await;
    })
    .await;
}

#[tokio::test]
async fn a_second_tab_opens_a_pasted_link() {
    if window() == Window::Desktop {
        return; // The desktop has one window.
    }
    journey(async |app| {
        let page = &app.page;
        page.find("home").await;
        let tab = page.client.new_window(true).await.expect("a second tab");
        page.client.switch_to_window(tab.handle).await.expect("the second tab");
        page.open("/r/legacy.sample/demo/chart:0.3.1").await;
        page.see("object-kind", "Helm chart").await;
    })
    .await;
}

#[tokio::test]
async fn a_link_to_an_unknown_host_asks_before_it_contacts_it() {
    let (registry, address) = registry_with_a_tool().await;
    journey(async |app| {
        let page = &app.page;
        page.open(&format!("/r/{address}/team/tool:v1")).await;
        page.see("consent", &address).await;
        assert_eq!(registry.requests().len(), 0, "nothing is sent before the user agrees");
        page.click("consent-allow").await;
        page.see("object-media-type", "application/vnd.oci.image.index.v1+json").await;
        assert!(!registry.requests().is_empty());
    })
    .await;
}

#[tokio::test]
async fn no_click_on_a_link_leads_to_a_metadata_service() {
    journey(async |app| {
        let page = &app.page;
        for host in ["169.254.169.254", "metadata.google.internal", "2852039166:8080"] {
            page.open(&format!("/r/{host}/team/tool:v1")).await;
            page.see("consent", host).await;
            page.see("consent", "Add a registry").await;
            assert_eq!(page.count("consent-allow").await, 0, "{host}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_omnibox_says_how_it_understood_and_goes_there() {
    journey(async |app| {
        let page = &app.page;
        page.open("/r/modern.sample").await;
        page.fill("omnibox", "modern.sample/demo/app:1.2.0").await;
        page.see("omnibox-reading", "1.2.0").await;
        page.enter("omnibox", "modern.sample/demo/chart:0.3.1").await;
        page.see("object-kind", "Helm chart").await;
        page.fill("omnibox", "modern.sample/Not-A-Name").await;
        page.see("omnibox-reading", "no repository name").await;
    })
    .await;
}
