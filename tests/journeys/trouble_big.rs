//! Does it stay upright, and small, under more than anybody should send?

use std::{fs, io::Write as _, sync::LazyLock};

use e2e::app::{App, journey};
use fake_registry::{Behaviour, FakeRegistry, Fault, Times};
use serde_json::json;

use crate::{OCI_INDEX, OCI_MANIFEST, add};
const OCI_CONFIG: &str = "application/vnd.oci.image.config.v1+json";
/// What the web host may take at its peak, whatever a registry sends.
const MOST_MIB: u64 = 300;

/// The web host's peak, printed, and held against the bound. The desktop's host is the window's own program.
fn peak(app: &App, during: &str) {
    let Some(host) = &app.host else { return };
    let status = fs::read_to_string(format!("/proc/{}/status", host.id())).expect("the host runs");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("Linux tells the peak");
    let kib: u64 = line.trim().trim_end_matches("kB").trim().parse().expect("it is a number");
    // Not `eprintln!`, which the test runner keeps to itself while a test passes.
    let _ = writeln!(std::io::stderr(), "peak of the host, {during}: {} MiB", kib / 1024);
    assert!(kib / 1024 < MOST_MIB, "{during}: the host took {} MiB", kib / 1024);
}

async fn registry() -> (FakeRegistry, String) {
    let registry = FakeRegistry::start(Behaviour::default()).await.expect("a port");
    let address = registry.address().to_string();
    (registry, address)
}

/// Names outside the grammar of tags: markup, the other direction, nothing but a dot, very long.
static ODD: LazyLock<Vec<String>> = LazyLock::new(|| {
    let short =
        ["<b>bold</b>", "\u{202e}gnp.exe", ".", "-", "with space", "тег", "a/b", "a:b", "\u{0}", "%00"];
    short.into_iter().map(str::to_owned).chain([format!("z{}", "0".repeat(10_000))]).collect()
});

#[tokio::test]
async fn a_hundred_thousand_tags_with_odd_names_among_them_are_all_there() {
    let (registry, address) = registry().await;
    let digest = registry.store().put_manifest("big/tags", Some("v1"), OCI_INDEX, crate::empty_index());
    for name in ODD.iter() {
        registry.store().put_tag("big/tags", name, &digest);
    }
    for number in 0..100_000 - 1 - ODD.len() {
        registry.store().put_tag("big/tags", &format!("build-{number}"), &digest);
    }
    journey(async |app| {
        add(&app.page, &address).await;
        let page = &app.page;
        page.open(&format!("/r/{address}/big/tags")).await;
        page.see("tag-count", "100,000").await;
        page.fill("tag-filter", "build-98765").await;
        page.find("tag-row [data-name=\"build-98765\"]").await;
        page.gone("tag-row [data-name=\"build-1\"]").await;
        // A name that is no tag is shown with what it hides, and leads nowhere.
        page.fill("tag-filter", "gnp").await;
        page.see("tag-row", "gnp.exe").await;
        let links =
            page.script("return document.querySelectorAll('[data-testid=tag-row] a[href]').length").await;
        assert_eq!(links, 0);
        let bold = page.script("return document.querySelectorAll('[data-testid=tag-row] b b').length").await;
        assert_eq!(bold, 0, "markup became elements");
        assert!((1..=80).contains(&page.count("tag-row").await));
        peak(app, "with 100,000 tags");
    })
    .await;
}

/// As many layers as fit into what a registry must take (distribution specification, "Pushing Manifests": 4 MiB).
#[tokio::test]
async fn a_manifest_of_twenty_thousand_layers_opens_on_every_side() {
    let (registry, address) = registry().await;
    let config = registry.store().put_blob("big/layers", "{}");
    let layer = |number: usize| {
        json!({ "mediaType": "application/vnd.oci.image.layer.v1.tar", "size": number,
            "digest": format!("sha256:{number:064x}") })
    };
    let layers: Vec<_> = (0..20_000).map(layer).collect();
    let manifest = json!({ "schemaVersion": 2, "mediaType": OCI_MANIFEST,
        "config": { "mediaType": OCI_CONFIG, "size": 2, "digest": config }, "layers": layers });
    let mut bytes = manifest.to_string().into_bytes();
    assert!(bytes.len() < 4 << 20, "{} bytes are too many for a registry", bytes.len());
    bytes.resize(4 << 20, b' ');
    registry.store().put_manifest("big/layers", Some("v1"), OCI_MANIFEST, &bytes);
    journey(async |app| {
        add(&app.page, &address).await;
        let page = &app.page;
        page.open(&format!("/r/{address}/big/layers:v1")).await;
        page.find("object-kind").await;
        page.open(&format!("/r/{address}/big/layers:v1/~manifest")).await;
        page.find("manifest-line").await;
        let drawn = page.count("manifest-line").await;
        assert!((1..=300).contains(&drawn), "{drawn} lines are drawn");
        page.open(&format!("/r/{address}/big/layers:v1/~layers")).await;
        page.see("layers-total", "20,000").await;
        page.find("layer [data-place=\"0\"]").await;
        page.click("tab-overview").await;
        page.find("object-digest").await;
        let elements = page.script("return document.querySelectorAll('*').length").await;
        assert!(elements.as_u64().is_some_and(|count| count < 20_000), "{elements} elements are in the page");
        peak(app, "with 20,000 layers");
    })
    .await;
}

#[tokio::test]
async fn a_config_of_64_mib_leaves_the_rest_usable() {
    let (registry, address) = registry().await;
    let mut bytes = b"{\"architecture\":\"amd64\",\"os\":\"linux\"".to_vec();
    bytes.resize((64 << 20) - 1, b' ');
    bytes.push(b'}');
    let config = registry.store().put_blob("big/config", &bytes);
    let manifest = json!({ "schemaVersion": 2, "mediaType": OCI_MANIFEST, "layers": [],
        "config": { "mediaType": OCI_CONFIG, "size": bytes.len(), "digest": config } });
    registry.store().put_manifest("big/config", Some("v1"), OCI_MANIFEST, manifest.to_string());
    journey(async |app| {
        add(&app.page, &address).await;
        let page = &app.page;
        page.open(&format!("/r/{address}/big/config:v1")).await;
        page.find("object-kind").await;
        page.open(&format!("/r/{address}/big/config:v1/~config")).await;
        // The binary units of IEC 80000-13, or the decimal ones.
        let seen = page.script(
            "return new Promise(done => { const look = () => /6[0-9]([.,][0-9]+)? ?(Mi?B)/i.test(document.body.innerText) \
             ? done(true) : setTimeout(look, 100); look(); setTimeout(() => done(false), 20000) })",
        );
        assert_eq!(seen.await, true, "its size is said");
        page.click("tab-manifest").await;
        page.see("manifest-text", &config[7..20]).await;
        peak(app, "with a config of 64 MiB");
    })
    .await;
}

/// No document can hold its own digest, but a registry can answer as if one did.
#[tokio::test]
async fn an_index_that_lists_itself_is_an_error_at_its_child_and_no_circle() {
    let (registry, address) = registry().await;
    let child = format!("sha256:{}", "ab".repeat(32));
    let index = json!({ "schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": [
        { "mediaType": OCI_INDEX, "size": 300, "digest": child } ] })
    .to_string();
    registry.store().put_manifest("big/circle", Some("v1"), OCI_INDEX, &index);
    let path = format!("/v2/big/circle/manifests/{child}");
    registry.faults().on("GET", &path, Fault::answer(200, OCI_INDEX, &index), Times::Always);
    journey(async |app| {
        add(&app.page, &address).await;
        let page = &app.page;
        page.open(&format!("/r/{address}/big/circle:v1")).await;
        page.find("object-kind").await;
        page.open(&format!("/r/{address}/big/circle@{child}")).await;
        let code = page.attribute("error-state", "data-code").await;
        assert_eq!(code.as_deref(), Some("bad_answer"));
        page.see("error-message", "RG004").await;
        // The rule with its sentence and who stumbles over it, as beside an object.
        page.find("error-finding [data-id=\"RG004\"]").await;
        let asked = registry.requests().iter().filter(|it| it.path.contains("/manifests/")).count();
        assert!(asked <= 12, "{asked} manifests were asked for");
        peak(app, "with an index that lists itself");
    })
    .await;
}

#[tokio::test]
async fn a_registry_that_goes_in_the_middle_of_a_list_leaves_what_came() {
    let (registry, address) = registry().await;
    let digest = registry.store().put_manifest("big/gone", None, OCI_INDEX, crate::empty_index());
    for number in 0..5000 {
        registry.store().put_tag("big/gone", &format!("build-{number:04}"), &digest);
    }
    registry.faults().on("GET", "/tags/list?last=", Fault::CutBody { after: 100 }, Times::Always);
    journey(async |app| {
        add(&app.page, &address).await;
        let page = &app.page;
        page.open(&format!("/r/{address}/big/gone")).await;
        page.find("list-failed").await;
        page.find("tag-row [data-name=\"build-0999\"]").await;
        // The next word is the user's, and then the list is whole.
        registry.faults().clear();
        page.click("list-failed button").await;
        page.see("tag-count", "5,000").await;
        page.gone("list-failed").await;
    })
    .await;
}
