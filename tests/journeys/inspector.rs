//! Is every side of an object readable: config, layers, what is in a blob, exact bytes, requests?

use e2e::{app::journey, wait::until};
use fake_registry::{Behaviour, FakeRegistry, Fault, Times};
use serde_json::{Value, json};

use crate::{OCI_INDEX, OCI_MANIFEST, add};
const CONFIG: &str = "application/vnd.oci.image.config.v1+json";
pub(crate) const LAYER: &str = "application/vnd.oci.image.layer.v1.tar";

/// A registry without anything, and its address.
pub(crate) async fn registry() -> (FakeRegistry, String) {
    let registry = FakeRegistry::start(Behaviour::default()).await.expect("a port");
    let address = registry.address().to_string();
    (registry, address)
}

pub(crate) fn blob(registry: &FakeRegistry, media_type: &str, bytes: &[u8]) -> Value {
    let digest = registry.store().put_blob("team/app", bytes);
    json!({ "mediaType": media_type, "digest": digest, "size": bytes.len() })
}

/// Stores a manifest with this config and these layers; gives its descriptor.
pub(crate) fn image(registry: &FakeRegistry, tag: Option<&str>, config: &Value, layers: &[Value]) -> Value {
    let config = blob(registry, CONFIG, config.to_string().as_bytes());
    let manifest =
        json!({ "schemaVersion": 2, "mediaType": OCI_MANIFEST, "config": config, "layers": layers });
    let bytes = manifest.to_string();
    let digest = registry.store().put_manifest("team/app", tag, OCI_MANIFEST, &bytes);
    json!({ "mediaType": OCI_MANIFEST, "digest": digest, "size": bytes.len() })
}

/// An index `team/app:v1` of two platforms whose images differ in everything.
fn two_platforms(registry: &FakeRegistry) -> [Value; 2] {
    ["amd64", "arm64"].map(|architecture| {
        let layer = blob(registry, LAYER, format!("layer of {architecture}").as_bytes());
        let config = json!({
            "os": "linux", "architecture": architecture,
            "config": { "Entrypoint": [format!("/bin/on-{architecture}"), "two words"] },
            "rootfs": { "type": "layers", "diff_ids": [layer["digest"]] },
            "history": [{ "created_by": format!("COPY {architecture} / # buildkit") }]
        });
        let mut child = image(registry, None, &config, std::slice::from_ref(&layer));
        child["platform"] = json!({ "os": "linux", "architecture": architecture });
        child
    })
}

pub(crate) async fn open(page: &e2e::page::Page, address: &str, tail: &str) {
    add(page, address).await;
    page.open(&format!("/r/{address}/team/app{tail}")).await;
    page.find("object-kind").await;
}

#[tokio::test]
async fn config_and_layers_of_an_index_are_those_of_the_chosen_platform() {
    let (registry, address) = registry().await;
    let children = two_platforms(&registry);
    let index = json!({ "schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": children });
    registry.store().put_manifest("team/app", Some("v1"), OCI_INDEX, index.to_string());
    journey(async |app| {
        let page = &app.page;
        open(page, &address, ":v1/~config").await;
        // Without a choice it is linux/amd64.
        page.see("config-command", "/bin/on-amd64 'two words'").await;
        let picker = page.find("platform-picker").await;
        picker.select_by_value("linux/arm64").await.expect("the platform is offered");
        page.see("config-command", "/bin/on-arm64").await;
        page.see("config-platform", "linux/arm64").await;
        page.click("tab-layers").await;
        page.see("layer", "COPY arm64 /").await;
        page.see("layer", "uncompressed, equal").await;
        page.client.refresh().await.expect("reload");
        page.see("layer", "COPY arm64 /").await;
        page.at(&format!("/r/{address}/team/app:v1/~layers?platform=linux/arm64")).await;
    })
    .await;
}

#[tokio::test]
async fn small_text_opens_inline_and_what_is_large_says_its_size() {
    let (registry, address) = registry().await;
    let attack = br#"{"spdxVersion":"SPDX-2.3","name":"<img src=x onerror=window.__xss=1>"}"#;
    let mut layers = vec![
        blob(&registry, "application/spdx+json", attack),
        blob(&registry, "text/plain", "x".repeat((1 << 20) + 1).as_bytes()),
    ];
    layers[0]["annotations"] = json!({ "org.opencontainers.image.title": "sbom.spdx.json" });
    image(&registry, Some("v1"), &json!({}), &layers);
    journey(async |app| {
        let page = &app.page;
        open(page, &address, ":v1/~layers").await;
        page.click("layer-open").await;
        assert_eq!(page.attribute("blob", "data-shape").await.as_deref(), Some("json"));
        page.see("blob", "onerror=window.__xss=1").await;
        page.see("blob-verified", "digest verified").await;
        let harm = page.script("return [window.__xss ?? null, document.images.length]").await;
        assert_eq!(harm, json!([null, 0]));
        page.click("blob-close").await;
        page.gone("blob").await;
        registry.clear_requests();
        page.click("layer [data-place=\"1\"] a").await;
        page.see("blob-large", "1 MB (1,048,577 bytes)").await;
        let one = layers[1]["digest"].as_str().expect("a digest");
        assert_eq!(
            page.count(&format!("save [data-digest=\"{one}\"]")).await,
            1,
            "one button saves what is open"
        );
        assert_eq!(page.count("save").await, 2, "and the other row keeps its own");
        let asked = registry.requests().iter().filter(|request| request.path.contains("/blobs/")).count();
        assert_eq!(asked, 0, "what is too large is not fetched");
    })
    .await;
}

#[tokio::test]
async fn other_bytes_than_the_descriptor_names_are_said_to_be_that() {
    let (registry, address) = registry().await;
    let layers = [blob(&registry, "text/plain", b"the right words")];
    image(&registry, Some("v1"), &json!({}), &layers);
    journey(async |app| {
        let page = &app.page;
        open(page, &address, ":v1").await;
        registry.faults().on("GET", "/blobs/", Fault::WrongByte, Times::Always);
        page.click("tab-layers").await;
        page.click("layer-open").await;
        page.see("blob-verified", "hash differs").await;
        page.find("object-finding [data-id=\"DS009\"]").await;
    })
    .await;
}

#[tokio::test]
async fn the_manifest_is_searched_folded_and_pointed_into() {
    let (registry, address) = registry().await;
    let layers: Vec<Value> = (0..50).map(|n| blob(&registry, LAYER, format!("{n}").as_bytes())).collect();
    image(&registry, Some("v1"), &json!({}), &layers);
    let wanted = layers[49]["digest"].as_str().expect("a digest").to_owned();
    journey(async |app| {
        let page = &app.page;
        open(page, &address, ":v1/~manifest?ptr=/layers/49/digest").await;
        page.see("code-pointer", "/layers/49/digest").await;
        page.see("manifest-text", &wanted).await;
        page.fill("code-find", "ARTIFACT").await;
        page.see("code-hits", "not found").await;
        page.fill("code-find", &wanted.to_uppercase()).await;
        page.see("code-hits", "1 of 1").await;
        page.fill("code-find", "layer.v1.tar").await;
        page.see("code-hits", "1 of 50").await;
        page.click("code-fold-all").await;
        page.see("manifest-text", "\"layers\": [").await;
        until("the list is folded", async || (page.count("manifest-line").await < 12).then_some(())).await;
        page.open(&format!("/r/{address}/team/app:v1/~manifest")).await;
        page.find("manifest-text").await;
        page.script("document.querySelector('[data-testid=manifest-text]').focus()").await;
        // Down three rows by the keys: the document, schemaVersion or what stands there, and so on.
        page.press("\u{E015}").await;
        page.see("code-pointer", "the whole document").await;
        page.press("\u{E015}").await;
        page.see("code-pointer", "/").await;
    })
    .await;
}

#[tokio::test]
async fn a_side_that_does_not_apply_is_absent_and_a_link_to_it_says_so() {
    let (registry, address) = registry().await;
    registry.store().put_manifest("team/app", Some("v1"), OCI_INDEX, crate::empty_index());
    journey(async |app| {
        let page = &app.page;
        open(page, &address, ":v1/~layers").await;
        page.see("object-absent", "Layers").await;
        page.find("object-media-type").await;
        assert_eq!((page.count("tab-layers").await, page.count("tab-config").await), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn the_requests_of_an_object_stand_on_its_side() {
    let (registry, address) = registry().await;
    image(&registry, Some("v1"), &json!({ "os": "linux", "architecture": "amd64" }), &[]);
    journey(async |app| {
        let page = &app.page;
        open(page, &address, ":v1/~config").await;
        page.see("config-platform", "linux/amd64").await;
        page.click("tab-http").await;
        page.see("http", "/v2/team/app/manifests/v1").await;
        page.see("http", "/v2/team/app/blobs/sha256:").await;
        // The first of all is the attempt in https, which this registry does not speak.
        page.see("http", "200").await;
    })
    .await;
}

#[tokio::test]
async fn a_label_of_a_megabyte_is_cut_and_opens_in_parts() {
    let (registry, address) = registry().await;
    let long = format!("<script>window.__xss=1</script>\u{202e}\u{0}{}", "x".repeat(1 << 20));
    let config =
        json!({ "os": "linux", "architecture": "amd64", "config": { "Labels": { "hostile": long } } });
    image(&registry, Some("v1"), &config, &[]);
    journey(async |app| {
        let page = &app.page;
        open(page, &address, ":v1/~config").await;
        page.see("config-labels", "‹U+202E›␀").await;
        page.see("show-all", "Show all 1 MB").await;
        page.click("show-all").await;
        let shown = page
            .script("return document.querySelector('[data-testid=config-labels]').innerText.length")
            .await;
        assert!(shown.as_u64().is_some_and(|length| (60_000..80_000).contains(&length)), "{shown}");
        assert_eq!(page.script("return window.__xss ?? null").await, Value::Null);
    })
    .await;
}

#[tokio::test]
async fn commands_are_pinned_on_demand() {
    let (registry, address) = registry().await;
    let child = image(&registry, Some("v1"), &json!({}), &[blob(&registry, LAYER, b"x")]);
    let digest = child["digest"].as_str().expect("a digest").to_owned();
    journey(async |app| {
        let page = &app.page;
        open(page, &address, ":v1").await;
        page.see("command-line", &format!("docker pull {address}/team/app:v1")).await;
        page.click("command-pin").await;
        page.see("command-line", &format!("docker pull {address}/team/app@{digest}")).await;
    })
    .await;
}

#[tokio::test]
async fn an_entry_without_a_valid_digest_says_so_on_config_and_layers() {
    let (registry, address) = registry().await;
    let mut child = image(&registry, None, &json!({}), &[]);
    child["digest"] = json!("sha256:of nothing");
    child["platform"] = json!({ "os": "linux", "architecture": "amd64" });
    let index = json!({ "schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": [child] });
    registry.store().put_manifest("team/app", Some("v1"), OCI_INDEX, index.to_string());
    journey(async |app| {
        let page = &app.page;
        open(page, &address, ":v1/~config").await;
        page.see("child-no-digest", "linux/amd64 has no valid digest").await;
        page.click("tab-layers").await;
        page.see("child-no-digest", "linux/amd64 has no valid digest").await;
    })
    .await;
}

/// Wrong type and length in the entry: containerd asks for the type of the entry, and a strict registry has none such.
#[tokio::test]
async fn what_is_wrong_with_a_child_stands_on_the_index_too() {
    let (registry, address) = registry().await;
    let [mut amd, arm] = two_platforms(&registry);
    amd["mediaType"] = json!(OCI_INDEX);
    amd["size"] = json!(7);
    let index = json!({ "schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": [amd, arm] });
    registry.store().put_manifest("team/app", Some("v1"), OCI_INDEX, index.to_string());
    journey(async |app| {
        let page = &app.page;
        open(page, &address, ":v1").await;
        for (id, place) in [("IX005", "/manifests/0/mediaType"), ("DS008", "/manifests/0/size")] {
            page.see(&format!("object-finding [data-id=\"{id}\"]"), place).await;
        }
        // The layers are those of the child: what is wrong with it is said there as well.
        page.open(&format!("/r/{address}/team/app:v1/~layers")).await;
        page.see("object-finding [data-id=\"IX005\"]", OCI_MANIFEST).await;
        page.click("tab-manifest").await;
        page.click("code-findings button:last-child").await;
        page.see("code-wrong", "IX005").await;
    })
    .await;
}

#[tokio::test]
async fn a_child_that_was_refused_is_a_finding_of_the_index() {
    let (registry, address) = registry().await;
    let children = two_platforms(&registry);
    let index = json!({ "schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": children });
    registry.store().put_manifest("team/app", Some("v1"), OCI_INDEX, index.to_string());
    let refused = children[1]["digest"].as_str().expect("a digest");
    registry.faults().on("GET", refused, Fault::WrongByte, Times::Always);
    journey(async |app| {
        let page = &app.page;
        open(page, &address, ":v1").await;
        page.see("object-finding [data-id=\"RG004\"]", "/manifests/1/digest").await;
        page.see("size-platform [data-name=\"linux/amd64\"]", " B").await;
    })
    .await;
}

#[tokio::test]
async fn a_config_of_other_bytes_says_nothing_of_the_image() {
    let (registry, address) = registry().await;
    let layer = blob(&registry, LAYER, b"layer");
    let config = json!({
        "os": "linux", "architecture": "amd64", "rootfs": { "type": "layers", "diff_ids": [layer["digest"]] },
        "history": [{ "created_by": "RUN something" }]
    });
    image(&registry, Some("v1"), &config, &[layer]);
    journey(async |app| {
        let page = &app.page;
        registry.faults().on("GET", "/blobs/", Fault::WrongByte, Times::Always);
        open(page, &address, ":v1/~config").await;
        page.see("config-other", "Nothing is read from the config").await;
        page.see("blob-verified", "hash differs").await;
        page.find("object-finding [data-id=\"DS009\"]").await;
        assert_eq!(page.count("config").await, 0, "nothing of it is told in words");
        page.click("tab-layers").await;
        page.see("layers-no-config", "Nothing is read from the config").await;
        page.see("object-finding [data-id=\"DS009\"]", "/config/digest").await;
        let shown = page.script("return document.querySelector('.layers').innerText").await;
        assert!(!shown.as_str().unwrap_or_default().contains("RUN something"), "{shown}");
    })
    .await;
}

#[tokio::test]
async fn a_child_that_is_an_index_leads_there() {
    let (registry, address) = registry().await;
    let children = two_platforms(&registry);
    let inner = json!({ "schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": children }).to_string();
    let digest = registry.store().put_manifest("team/app", None, OCI_INDEX, &inner);
    let entry = json!({ "mediaType": OCI_INDEX, "digest": digest, "size": inner.len() });
    let index = json!({ "schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": [entry] });
    registry.store().put_manifest("team/app", Some("v1"), OCI_INDEX, index.to_string());
    journey(async |app| {
        let page = &app.page;
        open(page, &address, ":v1/~layers").await;
        page.see("child-index", "is an index itself").await;
        page.click("child-open").await;
        page.see("layer", "COPY amd64 /").await;
        page.at(&format!("/r/{address}/team/app@{digest}/~layers")).await;
    })
    .await;
}

#[tokio::test]
async fn an_older_tag_whose_entry_names_no_digest_is_not_taken_for_latest() {
    let (registry, address) = registry().await;
    let children = two_platforms(&registry);
    let whole = json!({ "schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": children });
    registry.store().put_manifest("team/app", Some("1.1.0"), OCI_INDEX, whole.to_string());
    let mut broken = whole.clone();
    broken["manifests"][0]["digest"] = json!("none");
    registry.store().put_manifest("team/app", Some("1.0.0"), OCI_INDEX, broken.to_string());
    journey(async |app| {
        let page = &app.page;
        open(page, &address, ":1.1.0/~layers").await;
        page.click("neighbour-find").await;
        page.see("neighbour", "1.0.0 cannot be read").await;
        let asked =
            registry.requests().into_iter().filter(|request| request.path.ends_with("/latest")).count();
        assert_eq!(asked, 0);
    })
    .await;
}

#[tokio::test]
async fn a_key_of_a_megabyte_is_cut() {
    let (registry, address) = registry().await;
    let config = blob(&registry, CONFIG, b"{}");
    let key = "k".repeat(1 << 20);
    let manifest = json!({
        "schemaVersion": 2, "mediaType": OCI_MANIFEST, "config": config, "layers": [], "annotations": { key: "value" }
    });
    registry.store().put_manifest("team/app", Some("v1"), OCI_MANIFEST, manifest.to_string());
    journey(async |app| {
        let page = &app.page;
        open(page, &address, ":v1").await;
        page.see("object-annotation", "Show all 1 MB").await;
        let drawn = page.script("return document.querySelector('.overview').outerHTML.length").await;
        assert!(drawn.as_u64().is_some_and(|length| length < 100_000), "{drawn}");
    })
    .await;
}

#[tokio::test]
async fn a_platform_that_is_not_there_is_said_to_be_so_and_one_without_a_name_is_not_offered() {
    let (registry, address) = registry().await;
    let [mut nameless, arm] = two_platforms(&registry);
    nameless["platform"] = json!({});
    let index = json!({ "schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": [nameless, arm] });
    registry.store().put_manifest("team/app", Some("v1"), OCI_INDEX, index.to_string());
    journey(async |app| {
        let page = &app.page;
        open(page, &address, ":v1/~layers?platform=linux/s390x").await;
        page.see("platform-unmet", "There is no linux/s390x here, so linux/arm64 is shown").await;
        page.see("layer", "COPY arm64 /").await;
        let offered = page
            .script("return [...document.querySelectorAll('[data-testid=platform-picker] option')].map(o => o.value)")
            .await;
        assert_eq!(offered, json!(["linux/arm64"]));
        page.open(&format!("/r/{address}/team/app:v1/~layers?platform=linux/arm64")).await;
        page.see("layer", "COPY arm64 /").await;
        page.gone("platform-unmet").await;
    })
    .await;
}

#[tokio::test]
async fn a_media_type_leads_to_the_page_that_says_what_it_is() {
    let (registry, address) = registry().await;
    image(&registry, Some("v1"), &json!({}), &[]);
    journey(async |app| {
        let page = &app.page;
        open(page, &address, ":v1/~manifest?ptr=/mediaType").await;
        page.see("code-about", "image-spec, manifest.md").await;
        let leads = page.attribute("type-page", "href").await.unwrap_or_default();
        assert!(leads.ends_with("/image-spec/blob/v1.1.1/manifest.md"), "{leads}");
        assert_eq!(page.attribute("type-page", "rel").await.as_deref(), Some("noopener noreferrer"));
    })
    .await;
}

#[tokio::test]
async fn tags_of_one_digest_say_among_how_many_they_were_found() {
    let (registry, address) = registry().await;
    for tag in ["v1", "stable"] {
        image(&registry, Some(tag), &json!({}), &[]);
    }
    image(&registry, Some("v0"), &json!({ "os": "linux" }), &[]);
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        page.open(&format!("/r/{address}/team/app")).await;
        page.click("tag-row [data-name=\"v1\"]").await;
        page.see("object-alias", "stable").await;
        page.see("object-aliases-note", "Among the 3 tags").await;
        // One that is read once more is still one.
        page.click("object-open").await;
        page.at(&format!("/r/{address}/team/app:v1")).await;
        page.see("object-kind", "image").await;
        page.see("object-aliases-note", "Among the 3 tags").await;
    })
    .await;
}

#[tokio::test]
async fn the_sizes_of_many_platforms_are_read_when_they_are_asked_for() {
    let (registry, address) = registry().await;
    let children: Vec<Value> = (0..9)
        .map(|nth| {
            let mut child = image(&registry, None, &json!({ "os": "linux", "nth": nth }), &[]);
            child["platform"] = json!({ "os": "linux", "architecture": format!("arch{nth}") });
            child
        })
        .collect();
    let index = json!({ "schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": children });
    registry.store().put_manifest("team/app", Some("v1"), OCI_INDEX, index.to_string());
    let read = |child: &Value| {
        let path = format!("/manifests/{}", child["digest"].as_str().expect("a digest"));
        registry.requests().iter().any(|request| request.path.ends_with(&path))
    };
    journey(async |app| {
        let page = &app.page;
        open(page, &address, ":v1").await;
        page.see("sizes-why", "These are 9 platforms").await;
        page.see("size-platform [data-name=\"linux/arch8\"]", "not asked yet").await;
        assert!(!children.iter().any(&read), "{:?}", registry.requests());
        page.click("sizes-read").await;
        page.see("size-platform [data-name=\"linux/arch8\"]", " B").await;
        page.gone("sizes-why").await;
        page.gone("sizes-read").await;
        until("all are read", async || children.iter().all(&read).then_some(())).await;
    })
    .await;
}

/// Distribution specification, "Referrers Tag Schema": clients keep the list where the registry does not.
#[tokio::test]
async fn a_list_of_referrers_under_a_tag_is_no_image() {
    let (registry, address) = registry().await;
    let subject = image(&registry, Some("v1"), &json!({ "os": "linux" }), &[]);
    let digest = subject["digest"].as_str().expect("a digest").to_owned();
    let entry = json!({
        "mediaType": OCI_MANIFEST, "digest": digest, "size": 2, "artifactType": "application/spdx+json",
    });
    let list = json!({ "schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": [entry] });
    let tag = digest.replace(':', "-");
    registry.store().put_manifest("team/app", Some(&tag), OCI_INDEX, list.to_string());
    journey(async |app| {
        let page = &app.page;
        add(page, &address).await;
        page.open(&format!("/r/{address}/team/app:{tag}")).await;
        page.see("object-kind", "list of referrers, 1 entry").await;
        page.see("object-platform", "application/spdx+json").await;
        // By a script: the desktop's driver gives no text of what a closed list would show.
        let tools = "return document.querySelector('[data-testid=command-tool]').textContent";
        let tools = page.script(tools).await.as_str().unwrap_or_default().to_owned();
        assert!(tools.contains("crane") && !tools.contains("docker"), "{tools}");
        page.click("referrers-subject").await;
        page.at(&format!("/r/{address}/team/app@{digest}")).await;
    })
    .await;
}
