//! Are the logins of docker and podman used, and is it said which one, and why none?

use std::{fs, path::Path};

use e2e::app::journey_from;
use fake_registry::{Auth, Behaviour, FakeRegistry};
use serde_json::{Value, json};

use crate::{OCI_INDEX, add, empty_index};

/// A registry that lets in alice alone.
async fn closed() -> (FakeRegistry, String) {
    let auth = Auth::Basic { user: "alice".to_owned(), password: "s3cret".to_owned() };
    let registry = FakeRegistry::start(Behaviour { auth, ..Behaviour::default() }).await.expect("a port");
    registry.store().put_manifest("team/app", Some("v1"), OCI_INDEX, empty_index());
    let address = registry.address().to_string();
    (registry, address)
}

/// What docker has in its file.
fn docker(config: Value) -> impl Fn(&Path) {
    move |home| {
        let folder = home.join("docker");
        fs::create_dir_all(&folder).expect("a folder for docker");
        fs::write(folder.join("config.json"), config.to_string()).expect("a file of docker's");
    }
}

#[tokio::test]
async fn a_login_of_docker_lets_one_in() {
    let (_registry, address) = closed().await;
    // alice:s3cret
    let config = json!({ "auths": { &address: { "auth": "YWxpY2U6czNjcmV0" } } });
    journey_from(docker(config), async |app| {
        let page = &app.page;
        add(page, &address).await;
        page.find("repository-row [data-name=\"team/app\"]").await;
        page.open(&format!("/r/{address}/team/app:v1")).await;
        page.see("object-kind", "index").await;
        // No secret is anywhere in the page.
        let whole =
            page.script("return document.documentElement.outerHTML + JSON.stringify(localStorage)").await;
        assert!(!whole.to_string().contains("s3cret") && !whole.to_string().contains("YWxpY2U6"), "{whole}");
    })
    .await;
}

#[tokio::test]
async fn a_helper_that_is_gone_is_named_and_one_goes_on_without_a_login() {
    let (registry, address) = closed().await;
    let config =
        json!({ "credHelpers": { &address: "gone" }, "auths": { &address: { "auth": "YWxpY2U6czNjcmV0" } } });
    journey_from(docker(config), async |app| {
        let page = &app.page;
        registry.clear_requests();
        add(page, &address).await;
        page.find("error-state [data-code=\"login_failed\"]").await;
        page.see("error-message", "\"gone\"").await;
        page.see("error-message", "is not installed").await;
        assert_eq!(registry.requests().len(), 0, "neither another login nor none was sent");
        page.click("logins summary").await;
        page.see("logins", "docker/config.json").await;
        page.see("logins", "the helper gone").await;
        page.see("logins", "There is no such file.").await;
        page.click("without-login").await;
        page.find("error-state [data-code=\"auth_needed\"]").await;
        assert!(!registry.requests().is_empty());
        assert!(registry.requests().iter().all(|seen| seen.header("authorization").is_empty()));
        page.click("logins summary").await;
        page.see("logins-outcome", "you chose so").await;
        page.click("logins-again").await;
        page.find("error-state [data-code=\"login_failed\"]").await;
    })
    .await;
}

#[tokio::test]
async fn a_wrong_login_is_told_from_none() {
    let (_registry, address) = closed().await;
    // alice:wrong
    let config = json!({ "auths": { &address: { "auth": "YWxpY2U6d3Jvbmc=" } } });
    journey_from(docker(config), async |app| {
        let page = &app.page;
        add(page, &address).await;
        page.find("error-state [data-code=\"denied\"]").await;
        page.click("logins summary").await;
        page.see("logins-outcome", "The login of docker is the one for it").await;
        page.see("logins", "used, as alice").await;
    })
    .await;
}
