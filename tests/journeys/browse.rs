//! From home to a registry, its repositories and its tags.

use e2e::app::journey;

use crate::{add, registry_with_a_tool};

#[tokio::test]
async fn a_sample_opens_with_one_click_and_lists_its_repositories() {
    journey(async |app| {
        let page = &app.page;
        page.click("sample-modern").await;
        page.at("/r/modern.sample").await;
        for name in ["demo/app", "demo/chart", "demo/docker-image", "demo/empty", "demo/many"] {
            page.find(&format!("repository-row [data-name=\"{name}\"]")).await;
        }
    })
    .await;
}

#[tokio::test]
async fn tags_stand_in_natural_order_with_the_newest_version_first() {
    journey(async |app| {
        let page = &app.page;
        page.open("/r/modern.sample/demo/app").await;
        page.find("tag-row [data-name=\"1.2.0\"]").await;
        let mut versions = Vec::new();
        for row in page.all("tag-row").await {
            let name = row.attr("data-name").await.expect("rows have attributes").unwrap_or_default();
            if name.starts_with('1') {
                versions.push(name);
            }
        }
        // Semantic Versioning 11: numbers by value (1.10 after 1.2), a pre-release below its release.
        assert_eq!(versions, ["1.10.0-rc.1", "1.2.0", "1.1.0", "1.0.0"]);
    })
    .await;
}

#[tokio::test]
async fn five_thousand_tags_are_counted_and_only_those_on_screen_are_drawn() {
    journey(async |app| {
        let page = &app.page;
        // The legacy sample pages by 100: fifty pages are followed.
        page.open("/r/legacy.sample/demo/many").await;
        page.see("tag-count", "5,000").await;
        let drawn = page.count("tag-row").await;
        assert!((10..=80).contains(&drawn), "{drawn} rows are drawn");
        page.fill("tag-filter", "build-4711").await;
        page.find("tag-row [data-name=\"build-4711\"]").await;
        page.gone("tag-row [data-name=\"build-4712\"]").await;
    })
    .await;
}

#[tokio::test]
async fn an_empty_repository_says_that_it_is_empty() {
    journey(async |app| {
        let page = &app.page;
        for registry in ["modern.sample", "legacy.sample"] {
            page.open(&format!("/r/{registry}/demo/empty")).await;
            let which = page.attribute("empty-state", "data-empty").await;
            assert_eq!(which.as_deref(), Some("none"), "{registry}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_registry_is_added_by_its_address() {
    let (_registry, address) = registry_with_a_tool().await;
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        page.click("repository-row [data-name=\"team/tool\"]").await;
        page.find("tag-row [data-name=\"v1\"]").await;
    })
    .await;
}
