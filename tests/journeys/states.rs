//! Each bad answer is a state of its own, and the rest stays usable.

use e2e::{app::journey, process::free_port, wait::until};
use fake_registry::{Behaviour, DigestHeader, FakeRegistry, Fault, Times};

use crate::{OCI_INDEX, add, empty_index};

async fn registry(behaviour: Behaviour) -> FakeRegistry {
    FakeRegistry::start(behaviour).await.expect("a port")
}

#[tokio::test]
async fn each_failure_of_a_manifest_is_told_apart() {
    let registry = registry(Behaviour::default()).await;
    let cases = [
        ("login", Fault::unauthorized(), "auth_needed"),
        ("denied", Fault::denied(), "denied"),
        ("limited", Fault::rate_limited("3600"), "rate_limited"),
        ("html", Fault::html("<h1>Sign in</h1>"), "not_a_registry"),
        ("huge", Fault::huge(64 << 20), "too_large"),
        ("broken", Fault::error(500, "UNKNOWN", "it broke"), "registry_failed"),
    ];
    for (repository, fault, _) in &cases {
        registry.store().put_manifest(repository, Some("v1"), OCI_INDEX, empty_index());
        let path = format!("/v2/{repository}/manifests/");
        registry.faults().on("*", &path, fault.clone(), Times::Always);
    }
    let address = registry.address().to_string();
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        for (repository, _, code) in &cases {
            page.open(&format!("/r/{address}/{repository}:v1")).await;
            page.find(&format!("error-state [data-code=\"{code}\"]")).await;
        }
        page.open("/r/modern.sample/demo/chart:0.3.1").await;
        page.see("object-kind", "Helm chart").await;
    })
    .await;
}

#[tokio::test]
async fn a_registry_that_is_not_there_says_so() {
    let address = format!("127.0.0.1:{}", free_port());
    journey(async |app| {
        let page = &app.page;
        page.fill("add-registry-name", &address).await;
        page.click("add-registry-submit").await;
        page.find("error-state [data-code=\"unreachable\"]").await;
        page.find("error-retry").await;
    })
    .await;
}

#[tokio::test]
async fn documents_of_all_sorts_open_without_harm() {
    let registry = registry(Behaviour::default()).await;
    let layer = format!(
        "{{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar+gzip\",\"digest\":\"sha256:{}\",\"size\":1}}",
        "a".repeat(64)
    );
    let many = format!(
        "{{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":{layer},\
         \"layers\":[{}]}}",
        vec![layer.as_str(); 1_000].join(",")
    );
    let ambiguous = format!("{{\"schemaVersion\":2,\"layers\":[],\"manifests\":[],\"config\":{layer}}}");
    let documents = [
        ("layers", many.as_str(), "layers"),
        ("text", "this is no JSON", "JS001"),
        ("list", "[1,2,3]", "JS002"),
        ("both", ambiguous.as_str(), "MT001"),
        ("strange", "{\"schemaVersion\":2,\"mediaType\":\"application/x-odd\"}", "MT011"),
    ];
    for (repository, text, _) in documents {
        registry.store().put_manifest(repository, Some("v1"), OCI_INDEX, text);
    }
    let address = registry.address().to_string();
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        for (repository, _, sign) in documents {
            page.open(&format!("/r/{address}/{repository}:v1")).await;
            page.find("object-kind").await;
            if sign == "layers" {
                until("a thousand layers are counted", async || {
                    let text = page.script("return document.body.innerText").await;
                    text.as_str().is_some_and(|text| text.contains("1,000")).then_some(())
                })
                .await;
            } else {
                page.find(&format!("object-finding [data-id=\"{sign}\"]")).await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_lying_digest_header_is_flagged_and_the_bytes_decide() {
    let registry = registry(Behaviour { digest_header: DigestHeader::Wrong, ..Behaviour::default() }).await;
    let digest = registry.store().put_manifest("lies", Some("v1"), OCI_INDEX, empty_index());
    let address = registry.address().to_string();
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        page.open(&format!("/r/{address}/lies:v1")).await;
        page.find("object-finding [data-id=\"RG003\"]").await;
        page.see("object-digest", &digest).await;
    })
    .await;
}
