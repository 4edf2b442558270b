//! Repositories and tags: filling, order, filter, groups, several at once, by keys, there and back again.

use e2e::{
    app::{Window, journey, window},
    clipboard::{self, copied},
    page::{Page, key},
    wait::until,
};
use fake_registry::{Behaviour, Catalog, FakeRegistry, Fault, Hold, PageSize, Recorded, Times};
use fantoccini::key::Key;

use crate::{OCI_INDEX, OCI_MANIFEST, add};
/// The empty JSON object (image specification, "Guidance for an Empty Descriptor").
const EMPTY: &str = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

/// An artifact of a size that its layer claims, made at a moment that an annotation claims.
fn artifact(number: usize, size: u64, created: &str) -> Vec<u8> {
    // A digest of its own: a blob that stands twice counts once.
    let layer = format!("sha256:{number:064x}");
    format!(
        r#"{{"schemaVersion":2,"mediaType":"{OCI_MANIFEST}","artifactType":"application/vnd.example.n{number}","config":{{"mediaType":"application/vnd.oci.empty.v1+json","digest":"{EMPTY}","size":2}},"layers":[{{"mediaType":"application/octet-stream","digest":"{layer}","size":{size}}}],"annotations":{{"org.opencontainers.image.created":"{created}"}}}}"#
    )
    .into_bytes()
}

/// `team/tool` with the tags `v1` to `v<count>`, each its own artifact; `v1` is the largest and the latest.
async fn registry_of(count: usize, behaviour: Behaviour) -> (FakeRegistry, String) {
    let registry = FakeRegistry::start(behaviour).await.expect("a port");
    for number in 1..=count {
        let created = format!("20{:02}-01-01T00:00:00Z", 99 - number.min(90));
        let bytes = artifact(number, 1_000_000 - number as u64, &created);
        registry.store().put_manifest("team/tool", Some(&format!("v{number}")), OCI_MANIFEST, bytes);
    }
    registry.store().put_blob("team/tool", b"{}");
    let address = registry.address().to_string();
    (registry, address)
}

/// The names of the rows from top to bottom.
async fn rows(page: &Page) -> Vec<String> {
    let script = "return [...document.querySelectorAll('[data-testid=tag-row]')].sort((a, b) => \
                  a.getAttribute('aria-rowindex') - b.getAttribute('aria-rowindex')).map(row => row.dataset.name)";
    serde_json::from_value(page.script(script).await).expect("names are texts")
}

async fn rows_are(page: &Page, wanted: &[&str]) {
    let mut last = Vec::new();
    for _ in 0..400 {
        last = rows(page).await;
        if last == wanted {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    panic!("the rows never were {wanted:?}; they last were {last:?}");
}

/// Clicks a row with a modifier: `ctrlKey` or `shiftKey`.
async fn click_with(page: &Page, name: &str, modifier: &str) {
    page.find(&format!("tag-row [data-name=\"{name}\"]")).await;
    page.script(&format!(
        "document.querySelector('[data-testid=tag-row][data-name=\"{name}\"]').dispatchEvent(new MouseEvent('click', \
         {{ bubbles: true, cancelable: true, {modifier}: true }}))"
    ))
    .await;
}

fn heads(registry: &FakeRegistry) -> usize {
    registry.requests().iter().filter(|request| request.method == "HEAD").count()
}

#[tokio::test]
async fn a_folder_counts_on_while_the_list_grows() {
    let sizes = PageSize { catalog: 20, ..PageSize::default() };
    let behaviour = Behaviour { page_size: sizes, ..Behaviour::default() };
    let registry = FakeRegistry::start(behaviour).await.expect("a free port");
    for number in 100..160 {
        registry.store().put_repository(&format!("team/tool-{number}"));
    }
    let address = registry.address().to_string();
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        page.see("namespace-row [data-name=\"team\"] .tree-count", "60").await;
    })
    .await;
}

#[tokio::test]
async fn rows_are_filled_within_forty_requests_and_three_for_each_digest() {
    let (registry, address) = registry_of(100, Behaviour::default()).await;
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        registry.clear_requests();
        page.open(&format!("/r/{address}/team/tool")).await;
        page.find("tag-row [data-name=\"v100\"] .cell-digest .hex").await;
        page.see("tag-row [data-name=\"v100\"] .cell-size", "1 MB").await;
        let all = registry.requests();
        let read = ["/manifests/", "/blobs/"];
        let is_get = |it: &&Recorded| it.method == "GET" && read.iter().any(|part| it.path.contains(part));
        let digests = page.count("tag-row").await;
        // What the rows show first is there before anything is read for more; some may still be on their way.
        let first: Vec<_> = all.iter().take_while(|it| !is_get(it)).collect();
        assert!(first.len() <= 40, "{} requests before the rows rest", first.len());
        let asked = first.iter().filter(|it| it.method == "HEAD").count();
        assert!(
            asked + 8 >= digests.min(36),
            "manifests were read after {asked} of {digests} rows: {first:?}"
        );
        let gets = |part: &str| all.iter().filter(is_get).filter(|it| it.path.contains(part)).count();
        assert!(gets("/manifests/") + gets("/blobs/") <= 3 * digests, "{all:?}");
        assert!(heads(&registry) <= digests + 1, "rows that nobody saw were asked for");
    })
    .await;
}

#[tokio::test]
async fn a_row_never_shows_the_answer_of_another() {
    let (registry, address) = registry_of(12, Behaviour::default()).await;
    // One answer comes after all others.
    let hold = Hold::new();
    registry.faults().on("HEAD", "/manifests/v9$", Fault::Hold(hold.clone()), Times::Always);
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        page.open(&format!("/r/{address}/team/tool")).await;
        let all = [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1];
        for number in all.into_iter().filter(|number| *number != 9) {
            page.find(&format!("tag-row [data-name=\"v{number}\"] .cell-digest .hex")).await;
        }
        assert_eq!(page.count("tag-row [data-name=\"v9\"] .cell-digest .hex").await, 0);
        // Its row is the first meanwhile, and the fourth is another one's.
        page.fill("tag-filter", "/^v[1-9]$/").await;
        rows_are(page, &["v9", "v8", "v7", "v6", "v5", "v4", "v3", "v2", "v1"]).await;
        hold.release();
        page.find("tag-row [data-name=\"v9\"] .cell-digest .hex").await;
        page.press(&key(Key::Escape)).await;
        for number in all {
            let shown = page.find(&format!("tag-row [data-name=\"v{number}\"] .cell-digest .hex")).await;
            let shown = shown.attr("title").await.expect("a title").unwrap_or_default();
            let wanted = registry.store().tag("team/tool", &format!("v{number}"));
            assert_eq!(Some(shown), wanted, "v{number}");
        }
    })
    .await;
}

/// An index whose one child is for linux/amd64.
fn index_of(child: &[u8]) -> Vec<u8> {
    format!(
        r#"{{"schemaVersion":2,"mediaType":"{OCI_INDEX}","manifests":[{{"mediaType":"{OCI_MANIFEST}","digest":"{}","size":{},"platform":{{"os":"linux","architecture":"amd64"}}}}]}}"#,
        fake_registry::sha256(child),
        child.len()
    )
    .into_bytes()
}

#[tokio::test]
async fn what_is_wrong_in_one_repository_is_not_said_of_another() {
    let (registry, address) = registry_of(1, Behaviour::default()).await;
    let child = artifact(77, 5_000_000, "2021-01-01T00:00:00Z");
    for repository in ["team/broken", "team/whole"] {
        registry.store().put_manifest(repository, Some("v1"), OCI_INDEX, index_of(&child));
    }
    registry.store().put_manifest("team/whole", None, OCI_MANIFEST, &child);
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        page.click("repository-row [data-name=\"team/broken\"]").await;
        page.find("tag-row [data-name=\"v1\"] .cell-problems .problem").await;
        assert!(!page.text("tag-row [data-name=\"v1\"]").await.contains("5 MB"));
        page.client.back().await.expect("back, inside the app");
        page.click("repository-row [data-name=\"team/whole\"]").await;
        page.see("tag-row [data-name=\"v1\"] .cell-size", "5 MB").await;
    })
    .await;
}

#[tokio::test]
async fn what_failed_is_asked_anew_by_refresh() {
    let (registry, address) = registry_of(2, Behaviour::default()).await;
    registry.faults().on("GET", "/manifests/", Fault::denied(), Times::Always);
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        page.open(&format!("/r/{address}/team/tool")).await;
        page.find("tag-row [data-name=\"v2\"] .cell-problems .problem").await;
        registry.faults().clear();
        page.press("r").await;
        page.see("tag-row [data-name=\"v2\"] .cell-size", "1 MB").await;
    })
    .await;
}

/// Sorts by size: by the head of its column, and in the desktop's window, which is too narrow for that, by the menu.
async fn by_size(page: &Page, order: &str) {
    if window() == Window::Chromium {
        return page.click("sort-size").await;
    }
    page.find("tag-order").await;
    page.script(&format!(
        "const menu = document.querySelector('[data-testid=tag-order]'); menu.value = '{order}'; \
         menu.dispatchEvent(new Event('change', {{ bubbles: true }})); return null"
    ))
    .await;
}

#[tokio::test]
async fn tags_are_sorted_by_size_and_by_age_and_back() {
    let (_registry, address) = registry_of(4, Behaviour::default()).await;
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        page.open(&format!("/r/{address}/team/tool")).await;
        rows_are(page, &["v4", "v3", "v2", "v1"]).await;
        by_size(page, "size").await;
        rows_are(page, &["v1", "v2", "v3", "v4"]).await;
        assert_eq!(page.attribute("sort-size-head", "aria-sort").await.as_deref(), Some("descending"));
        by_size(page, "size-turned").await;
        rows_are(page, &["v4", "v3", "v2", "v1"]).await;
        assert_eq!(page.attribute("sort-size-head", "aria-sort").await.as_deref(), Some("ascending"));
        page.click("sort-created").await;
        rows_are(page, &["v1", "v2", "v3", "v4"]).await;
        page.click("sort-name").await;
        rows_are(page, &["v4", "v3", "v2", "v1"]).await;
    })
    .await;
}

#[tokio::test]
async fn the_filter_finds_what_stands_on_the_last_page_plainly_and_by_a_pattern() {
    let page_size = PageSize { tags: 10, ..PageSize::default() };
    let (_registry, address) = registry_of(95, Behaviour { page_size, ..Behaviour::default() }).await;
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        page.open(&format!("/r/{address}/team/tool")).await;
        page.see("tag-count", "95 tags").await;
        // The registry lists by name: v95 stands on the tenth page.
        page.fill("tag-filter", "v95").await;
        rows_are(page, &["v95"]).await;
        page.at(&format!("/r/{address}/team/tool?q=v95")).await;
        page.fill("tag-filter", "/^v9[45]$/").await;
        rows_are(page, &["v95", "v94"]).await;
        page.fill("tag-filter", "/(/").await;
        page.find("filter-problem").await;
        // The list stays as it was before: with the field empty, whole.
        page.find("tag-row [data-name=\"v94\"]").await;
        assert_eq!(page.count("empty-state").await, 0);
        page.open(&format!("/r/{address}/team/tool?q=/5$/")).await;
        page.find("tag-row [data-name=\"v5\"]").await;
        page.gone("tag-row [data-name=\"v94\"]").await;
    })
    .await;
}

#[tokio::test]
async fn tags_of_one_digest_stand_together_and_tags_of_tools_are_folded() {
    let (registry, address) = registry_of(3, Behaviour::default()).await;
    let store = registry.store();
    let first = store.tag("team/tool", "v1").expect("v1 is there");
    store.put_tag("team/tool", "latest", &first);
    let of_tools = format!("{}.sig", first.replace(':', "-"));
    store.put_tag("team/tool", &of_tools, &first);
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        page.open(&format!("/r/{address}/team/tool")).await;
        rows_are(page, &["v3", "v2", "v1", "latest"]).await;
        page.see("fold", "1 digest tag hidden").await;
        for name in ["v3", "v2", "v1", "latest"] {
            page.find(&format!("tag-row [data-name=\"{name}\"] .cell-digest .hex")).await;
        }
        page.script("document.querySelector('[data-testid=tag-row][data-name=latest]').click()").await;
        until("the tag with the digest of the current one is marked", async || {
            (page.count("tag-row [data-name=\"v1\"].is-peer").await == 1).then_some(())
        })
        .await;
        page.click("fold").await;
        page.find(&format!("tag-row [data-name=\"{of_tools}\"]")).await;
        page.click("tag-row [data-name=\"v3\"]").await;
        page.click("group").await;
        until("v1, latest and the tool's tag stand together", async || {
            let rows = rows(page).await;
            (rows.windows(3).any(|three| three == ["v1", "latest", of_tools.as_str()])).then_some(())
        })
        .await;
        // Remembered.
        page.client.refresh().await.expect("reload");
        page.find(&format!("tag-row [data-name=\"{of_tools}\"]")).await;
    })
    .await;
}

#[tokio::test]
async fn several_tags_are_copied_as_lines() {
    let (registry, address) = registry_of(4, Behaviour::default()).await;
    let digest = |tag: &str| registry.store().tag("team/tool", tag).expect("it is there");
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        page.open(&format!("/r/{address}/team/tool")).await;
        page.click("tag-row [data-name=\"v4\"]").await;
        clipboard::watch(page).await;
        click_with(page, "v2", "ctrlKey").await;
        page.see("chosen", "2 tags selected").await;
        page.click("copy-references").await;
        assert_eq!(copied(page).await, format!("{address}/team/tool:v4\n{address}/team/tool:v2"));
        page.click("copy-digests").await;
        assert_eq!(copied(page).await, format!("{}\n{}", digest("v4"), digest("v2")));
        page.click("copy-permalinks").await;
        let link = |tag: &str| format!("{}/r/{address}/team/tool@{}", page.origin, digest(tag));
        let said = copied(page).await;
        if page.origin.starts_with("http") {
            assert_eq!(said, format!("{}\n{}", link("v4"), link("v2")));
        } else {
            assert!(said.contains(&digest("v4")) && said.contains(&digest("v2")), "{said}");
        }
        click_with(page, "v4", "shiftKey").await;
        page.see("chosen", "3 tags selected").await;
        page.script("document.querySelector('[data-testid=tag-list]').focus()").await;
        page.press(&key(Key::Escape)).await;
        page.gone("chosen").await;
        page.press(&format!("{}{}", key(Key::Shift), key(Key::Down))).await;
        page.see("chosen", "2 tags selected").await;
    })
    .await;
}

#[tokio::test]
async fn keys_copy_the_current_tag() {
    let (registry, address) = registry_of(2, Behaviour::default()).await;
    let digest = registry.store().tag("team/tool", "v2").expect("it is there");
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        page.open(&format!("/r/{address}/team/tool")).await;
        page.find("tag-row [data-name=\"v2\"] .cell-digest .hex").await;
        clipboard::watch(page).await;
        page.script("document.querySelector('[data-testid=tag-list]').focus()").await;
        page.press(&key(Key::Home)).await;
        page.press("c").await;
        assert_eq!(copied(page).await, digest);
        // Chromium's driver holds Shift for a capital letter; the desktop's takes it for one of Caps Lock.
        let capital = match window() {
            Window::Chromium => "C".to_owned(),
            Window::Desktop => format!("{}C", key(Key::Shift)),
        };
        page.press(&capital).await;
        assert_eq!(copied(page).await, format!("{address}/team/tool:v2"));
        page.press("y").await;
        assert!(copied(page).await.ends_with(&format!("/r/{address}/team/tool@{digest}")));
    })
    .await;
}

#[tokio::test]
async fn scroll_order_and_selection_survive_back_and_forward() {
    journey(async |app| {
        let page = &app.page;
        page.open("/r/modern.sample/demo/many").await;
        page.see("tag-count", "5,000 tags").await;
        page.fill("tag-filter", "build-4").await;
        page.at("/r/modern.sample/demo/many?q=build-4").await;
        page.see("tag-list", "build-4999").await;
        page.script("document.querySelector('[data-testid=tag-list]').scrollTop = 14000").await;
        let row = "tag-row [data-name=\"build-4490\"]";
        page.click(row).await;
        page.at("/r/modern.sample/demo/many?sel=build-4490&q=build-4").await;
        let top = page.script("return document.querySelector('[data-testid=tag-list]').scrollTop").await;
        page.script("document.querySelector('[data-testid=tag-list]').focus()").await;
        page.press(&key(Key::Enter)).await;
        page.at("/r/modern.sample/demo/many:build-4490").await;
        page.find("object-kind").await;
        page.client.back().await.expect("back, inside the app");
        page.find(&format!("{row}.is-selected")).await;
        until("the list is where it was", async || {
            let now = page.script("return document.querySelector('[data-testid=tag-list]').scrollTop").await;
            (now == top).then_some(())
        })
        .await;
        let filter = page.script("return document.querySelector('[data-testid=tag-filter]').value").await;
        assert_eq!(filter, "build-4");
    })
    .await;
}

#[tokio::test]
async fn too_many_requests_pause_the_filling_and_say_so() {
    let (registry, address) = registry_of(3, Behaviour::default()).await;
    registry.faults().on("HEAD", "/manifests/", Fault::rate_limited("3600"), Times::Always);
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        page.open(&format!("/r/{address}/team/tool")).await;
        page.see("paused", "too many requests").await;
        registry.faults().clear();
        page.click("paused-go").await;
        page.find("tag-row [data-name=\"v2\"] .cell-digest .hex").await;
        page.gone("paused").await;
    })
    .await;
}

#[tokio::test]
async fn the_tree_of_repositories_is_driven_by_keys_alone() {
    let (registry, address) = registry_of(1, Behaviour::default()).await;
    for name in ["team/other", "plain"] {
        registry.store().put_manifest(name, Some("v1"), OCI_MANIFEST, artifact(1, 5, "2020-01-01T00:00:00Z"));
    }
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        page.find("namespace-row [data-name=\"team\"]").await;
        assert_eq!(page.count("repository-row").await, 3);
        page.script("document.querySelector('[data-testid=repository-list]').focus()").await;
        page.press(&key(Key::Home)).await;
        page.press(&key(Key::Left)).await;
        page.gone("repository-row [data-name=\"team/tool\"]").await;
        page.press(&key(Key::Right)).await;
        page.find("repository-row [data-name=\"team/tool\"]").await;
        page.press(&key(Key::Right)).await;
        page.find("repository-row [data-name=\"team/other\"].is-selected").await;
        page.press(&key(Key::Left)).await;
        page.find("namespace-row [data-name=\"team\"].is-selected").await;
        page.press(&key(Key::Down)).await;
        page.press(&key(Key::Down)).await;
        page.press(&key(Key::Enter)).await;
        page.at(&format!("/r/{address}/team/tool")).await;
        // While one looks for something, the list is flat.
        page.open(&format!("/r/{address}?q=tool")).await;
        page.find("repository-row [data-name=\"team/tool\"]").await;
        page.gone("namespace-row").await;
    })
    .await;
}

#[tokio::test]
async fn a_registry_without_a_list_offers_names_and_a_pin_stays() {
    let (_registry, address) =
        registry_of(1, Behaviour { catalog: Catalog::Off, ..Behaviour::default() }).await;
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        page.find("barred").await;
        // The screen says it at length: the pane says it where the screen is another.
        assert_eq!(page.count("list-note").await, 0);
        page.open(&format!("/r/{address}/team/tool")).await;
        page.click("source-all").await;
        page.find("list-note").await;
        page.open(&format!("/r/{address}")).await;
        page.find("barred").await;
        page.fill("repository-by-name", "team/tool").await;
        page.click("pin-by-name").await;
        page.find("pinned-link [data-name=\"team/tool\"]").await;
        page.client.refresh().await.expect("reload");
        page.click("pinned-link [data-name=\"team/tool\"]").await;
        page.at(&format!("/r/{address}/team/tool")).await;
        page.find("tag-row [data-name=\"v1\"]").await;
        until("the page knows that it is pinned", async || {
            (page.attribute("pin", "aria-pressed").await.as_deref() == Some("true")).then_some(())
        })
        .await;
        page.click("pin").await;
        page.gone("pinned").await;
    })
    .await;
}

#[tokio::test]
async fn a_hundred_thousand_odd_names_are_sorted_filtered_and_drawn_in_few_rows() {
    let registry = FakeRegistry::start(Behaviour::default()).await.expect("a port");
    let manifest = registry.store().put_manifest(
        "team/huge",
        None,
        OCI_MANIFEST,
        artifact(1, 5, "2020-01-01T00:00:00Z"),
    );
    for number in 0..100_000_u32 {
        // Versions, dates, branches, upper case, runs of dots and dashes, long names: all within the grammar of tags.
        let name = match number % 5 {
            0 => format!("v{}.{}.{}", number / 1000, number / 10 % 100, number % 10),
            1 => format!("2026-{:02}-{:02}_{number}", number % 12 + 1, number % 28 + 1),
            2 => format!("Feature--{number}..X"),
            3 => format!("_{}{number}", "a".repeat(60)),
            _ => format!("{number}-alpine3.{}", number % 20),
        };
        registry.store().put_tag("team/huge", &name, &manifest);
    }
    registry.store().put_tag("team/huge", "zzz-the-very-last", &manifest);
    let address = registry.address().to_string();
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        page.open(&format!("/r/{address}/team/huge")).await;
        let names = registry.store().tags("team/huge").len().to_string();
        let counted = format!("{},{}", &names[..names.len() - 3], &names[names.len() - 3..]);
        page.see("tag-count", &format!("{counted} tags")).await;
        page.fill("tag-filter", "very-last").await;
        rows_are(page, &["zzz-the-very-last"]).await;
        page.fill("tag-filter", "/^v99\\.\\d+\\.5$/").await;
        page.find("tag-row [data-name^=\"v99.\"]").await;
        let drawn = page.count("tag-row").await;
        assert!((10..=80).contains(&drawn), "{drawn} rows are drawn");
    })
    .await;
}
