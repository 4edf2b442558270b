//! What is shown when a registry refuses, lies, attacks or is gone?

use e2e::{
    app::{Window, journey, web_host, window},
    wait::LIMIT,
};
use fake_registry::{Behaviour, FakeRegistry, Fault, Hold, Times};

use crate::{OCI_INDEX, add};

#[tokio::test]
async fn a_refused_list_is_an_error_and_never_an_empty_list() {
    let registry = FakeRegistry::start(Behaviour::default()).await.expect("a port");
    registry.faults().on("GET", "/tags/list", Fault::denied(), Times::Always);
    let address = registry.address().to_string();
    journey(async |app| {
        add(&app.page, &address).await;
        app.page.open(&format!("/r/{address}/team/secret")).await;
        assert_eq!(app.page.attribute("error-state", "data-code").await.as_deref(), Some("denied"));
        app.page.see("error-says", "DENIED").await;
        assert_eq!(app.page.count("empty-state").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_missing_tag_says_so_in_the_words_of_the_registry() {
    journey(async |app| {
        let page = &app.page;
        page.open("/r/modern.sample/demo/app:9.9.9").await;
        assert_eq!(page.attribute("error-state", "data-code").await.as_deref(), Some("manifest_not_found"));
        page.see("error-says", "MANIFEST_UNKNOWN").await;
        page.open("/r/modern.sample/demo/nothing-here").await;
        assert_eq!(page.attribute("error-state", "data-code").await.as_deref(), Some("repository_not_found"));
    })
    .await;
}

#[tokio::test]
async fn markup_from_a_registry_stays_text() {
    let attack = "<img src=x onerror=\"window.__xss=1\"><script>window.__xss=2</script>";
    let manifest = serde_json::json!({
        "schemaVersion": 2,
        "mediaType": OCI_INDEX,
        "artifactType": attack,
        "manifests": [],
        "annotations": { "org.opencontainers.image.title": attack, attack: "x" }
    });
    let registry = FakeRegistry::start(Behaviour::default()).await.expect("a port");
    registry.store().put_manifest("evil", Some("v1"), OCI_INDEX, manifest.to_string().as_bytes());
    let address = registry.address().to_string();
    journey(async |app| {
        let page = &app.page;
        add(&app.page, &address).await;
        page.open(&format!("/r/{address}/evil:v1")).await;
        page.see("object-annotation [data-key=\"org.opencontainers.image.title\"]", attack).await;
        page.see("object-artifact-type", attack).await;
        page.click("tab-manifest").await;
        page.see("manifest-text", "onerror").await;
        let harm = page
            .script("return [window.__xss ?? null, document.querySelectorAll('img, main script').length]")
            .await;
        assert_eq!(harm, serde_json::json!([null, 0]));
    })
    .await;
}

#[tokio::test]
async fn a_page_instead_of_a_registry_is_named_as_that() {
    let registry = FakeRegistry::start(Behaviour::default()).await.expect("a port");
    registry.faults().on("GET", "/v2/", Fault::html("<h1>Please log in</h1>"), Times::Always);
    let address = registry.address().to_string();
    journey(async |app| {
        add(&app.page, &address).await;
        assert_eq!(app.page.attribute("error-state", "data-code").await.as_deref(), Some("not_a_registry"));
        // The rest stays usable.
        app.page.open("/r/modern.sample/demo/chart:0.3.1").await;
        app.page.see("object-kind", "Helm chart").await;
    })
    .await;
}

#[tokio::test]
async fn stop_and_leaving_end_the_request_on_the_wire() {
    let registry = FakeRegistry::start(Behaviour::default()).await.expect("a port");
    let hold = Hold::new();
    registry.faults().on("GET", "/tags/list", Fault::Hold(hold.clone()), Times::Always);
    registry.store().put_repository("team/slow");
    let address = registry.address().to_string();
    journey(async |app| {
        let page = &app.page;
        add(&app.page, &address).await;
        page.click("repository-row [data-name=\"team/slow\"]").await;
        hold.arrived(1).await;
        page.click("stop").await;
        // Nothing but Stop has happened: no other page was opened.
        soon(hold.abandoned(1)).await;

        page.click("empty-state button").await;
        hold.arrived(2).await;
        page.client.back().await.expect("back, inside the app");
        soon(hold.abandoned(2)).await;
    })
    .await;
}

/// What a registry notices, within the limit of all waiting.
async fn soon(noticed: impl Future<Output = ()>) {
    tokio::time::timeout(LIMIT, noticed).await.expect("the registry sees the request given up");
}

#[tokio::test]
async fn a_host_that_is_gone_is_named_and_found_again() {
    if window() == Window::Desktop {
        return; // The desktop's host is the window's own program.
    }
    journey(async |app| {
        let page = app.page.clone();
        page.click("sample-modern").await;
        page.find("repository-row [data-name=\"demo/app\"]").await;
        app.host.take().expect("the web host runs").stop();
        page.click("repository-row [data-name=\"demo/app\"]").await;
        page.find("host-gone").await;
        // Started again on the same port, with a new token: its new URL leads back in.
        let port = page.origin.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
        let home = tempfile::tempdir().expect("a temporary folder");
        let (host, url) = web_host(home.path(), port);
        app.host = Some(host);
        page.client.goto(&url).await.expect("the new host answers");
        page.client.refresh().await.expect("reload");
        page.gone("host-gone").await;
        page.find("home").await;
    })
    .await;
}

#[tokio::test]
async fn a_token_in_a_foreign_link_shuts_nobody_out() {
    if window() == Window::Desktop {
        return; // The desktop's window needs no token.
    }
    journey(async |app| {
        let page = &app.page;
        let shown = "return location.hash";
        for token in ["x".to_owned(), "0".repeat(64)] {
            page.open(&format!("/r/modern.sample#token={token}")).await;
            page.find("repository-row [data-name=\"demo/app\"]").await;
            assert_eq!(page.script(shown).await, "", "the token stays in the address");
            page.client.refresh().await.expect("reload");
            page.find("repository-row [data-name=\"demo/app\"]").await;
        }
    })
    .await;
}

/// After ten wrong tokens the host answers 429 instead of 401; for the reader it is the same.
#[tokio::test]
async fn an_old_page_that_keeps_asking_is_told_the_way_back_in() {
    if window() == Window::Desktop {
        return; // The desktop's window needs no token.
    }
    journey(async |app| {
        let page = &app.page;
        let token = page.script("return localStorage.getItem('ociscope.token')").await;
        let token = token.as_str().expect("the page remembers its token");
        let many = "localStorage.setItem('ociscope.token', 'f'.repeat(64)); return (async () => { let last = 0; \
                    for (let i = 0; i < 11; i++) { \
                    last = (await fetch('/api/call/list_registries', { method: 'POST' })).status; } return last })()";
        assert_eq!(page.script(many).await, 429);
        page.client.refresh().await.expect("reload");
        page.find("stale-token").await;
        assert_eq!(page.count("host-gone").await, 0);
        page.open(&format!("/#token={token}")).await;
        page.find("home").await;
        page.gone("stale-token").await;
    })
    .await;
}
