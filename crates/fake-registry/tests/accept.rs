//! What does `Accept` get? The table that was measured on docker-registry 2.8.2, and olareg's answers.
#![allow(clippy::unwrap_used, reason = "a test may fail by panic, and so may what it calls")]

mod support;

use fake_registry::{Accept, Behaviour, FakeRegistry, sha256};
use reqwest::Method;
use support::{DOCKER_LIST, DOCKER_MANIFEST, OCI_INDEX, OCI_MANIFEST, header, http};

const SCHEMA_1: &str = "application/vnd.docker.distribution.manifest.v1+prettyjws";

/// A registry with one thing of each kind under the tags `om`, `oi`, `dm` and `dl`.
async fn full(accept: Accept) -> FakeRegistry {
    let registry = FakeRegistry::start(Behaviour { accept, ..Behaviour::default() }).await.unwrap();
    let store = registry.store();
    let config = store.put_blob("a", r#"{"architecture":"amd64","os":"linux"}"#);
    let layer = store.put_blob("a", "layer");
    let image = |kind: &str| {
        format!(
            r#"{{"schemaVersion":2,"mediaType":"{kind}","config":{{"digest":"{config}"}},"layers":[{{"digest":"{layer}"}}]}}"#
        )
    };
    let list = |kind: &str, child: &str, digest: &str| {
        format!(
            r#"{{"schemaVersion":2,"mediaType":"{kind}","manifests":[{{"mediaType":"{child}","digest":"{digest}","platform":{{"os":"linux","architecture":"amd64"}}}}]}}"#
        )
    };
    let om = store.put_manifest("a", Some("om"), OCI_MANIFEST, image(OCI_MANIFEST));
    let dm = store.put_manifest("a", Some("dm"), DOCKER_MANIFEST, image(DOCKER_MANIFEST));
    store.put_manifest("a", Some("oi"), OCI_INDEX, list(OCI_INDEX, OCI_MANIFEST, &om));
    store.put_manifest("a", Some("dl"), DOCKER_LIST, list(DOCKER_LIST, DOCKER_MANIFEST, &dm));
    registry
}

/// What comes: the short name of the type, with `!` where it is not what is stored; or the status.
async fn ask(registry: &FakeRegistry, method: Method, target: &str, accept: &[&str]) -> String {
    let mut request = http().request(method, format!("{}/v2/a/manifests/{target}", registry.origin()));
    for line in accept {
        request = request.header("accept", *line);
    }
    let answer = request.send().await.unwrap();
    if answer.status() != 200 {
        return answer.status().as_u16().to_string();
    }
    let short = match header(&answer, "content-type").unwrap() {
        OCI_MANIFEST => "OM",
        OCI_INDEX => "OI",
        DOCKER_MANIFEST => "DM",
        DOCKER_LIST => "DL",
        SCHEMA_1 => "S1",
        other => panic!("{other}"),
    };
    let stored = registry.store().tag("a", target).unwrap_or(target.to_owned());
    let same = header(&answer, "docker-content-digest") == Some(stored.as_str());
    format!("{short}{}", if same { "" } else { "!" })
}

#[tokio::test]
async fn accept_by_tag_is_answered_as_docker_registry_2_8_2_does() {
    let registry = full(Accept::Distribution28).await;
    let child_fetch = format!("{DOCKER_MANIFEST}, */*");
    let containerd = format!("{DOCKER_MANIFEST}, {DOCKER_LIST}, {OCI_MANIFEST}, {OCI_INDEX}, */*");
    let wud_old = format!("{DOCKER_LIST}, {OCI_INDEX}");
    let profiles: [(&[&str], [&str; 4]); 9] = [
        (&[], ["404", "404", "S1!", "S1!"]),
        (&["*/*"], ["404", "404", "S1!", "S1!"]),
        (&["application/json"], ["404", "404", "S1!", "S1!"]),
        (&[SCHEMA_1, "application/json", DOCKER_MANIFEST, DOCKER_LIST], ["404", "404", "DM", "DL"]),
        (&[DOCKER_LIST, OCI_INDEX, DOCKER_MANIFEST], ["404", "OI", "DM", "DL"]),
        (&[&containerd], ["OM", "OI", "DM", "DL"]),
        (&[&child_fetch], ["404", "404", "DM", "DM!"]),
        (&[DOCKER_LIST], ["404", "404", "S1!", "DL"]),
        (&[&wud_old], ["404", "OI", "S1!", "DL"]),
    ];
    for (accept, expected) in profiles {
        for method in [Method::GET, Method::HEAD] {
            let mut found = Vec::new();
            for tag in ["om", "oi", "dm", "dl"] {
                found.push(ask(&registry, method.clone(), tag, accept).await);
            }
            assert_eq!(found, expected, "{method} {accept:?}");
        }
    }
}

#[tokio::test]
async fn by_digest_docker_types_come_whatever_accept_says_and_oci_types_do_not() {
    let registry = full(Accept::Distribution28).await;
    for (tag, expected) in [("om", "404"), ("oi", "404"), ("dm", "DM"), ("dl", "DL")] {
        let digest = registry.store().tag("a", tag).unwrap();
        assert_eq!(ask(&registry, Method::GET, &digest, &["*/*"]).await, expected, "{tag}");
    }
}

#[tokio::test]
async fn the_refusal_of_oci_types_has_the_words_of_distribution() {
    let registry = full(Accept::Distribution28).await;
    for (tag, words) in [
        ("om", "OCI manifest found, but accept header does not support OCI manifests"),
        ("oi", "OCI index found, but accept header does not support OCI indexes"),
    ] {
        let body = support::json(&registry, &format!("/v2/a/manifests/{tag}")).await;
        assert_eq!(body["errors"][0]["code"], "MANIFEST_UNKNOWN");
        assert_eq!(body["errors"][0]["message"], words);
    }
}

#[tokio::test]
async fn a_registry_may_read_the_first_line_only() {
    let registry = full(Accept::FirstLineOnly).await;
    assert_eq!(ask(&registry, Method::GET, "om", &[DOCKER_MANIFEST, OCI_MANIFEST]).await, "404");
    let one_line = format!("{DOCKER_MANIFEST}, {OCI_MANIFEST}");
    assert_eq!(ask(&registry, Method::GET, "om", &[&one_line]).await, "OM");
}

#[tokio::test]
async fn olareg_sends_what_is_listed_or_the_child_that_is() {
    let registry = full(Accept::Listed).await;
    let cases: [(&str, &[&str], &str); 8] = [
        ("om", &["*/*"], "404"),
        ("om", &[OCI_MANIFEST], "OM"),
        ("oi", &[OCI_MANIFEST], "OM!"),
        ("oi", &[DOCKER_MANIFEST], "404"),
        ("oi", &[OCI_INDEX], "OI"),
        ("dl", &[DOCKER_MANIFEST], "DM!"),
        ("dm", &[], "404"),
        ("dl", &[DOCKER_LIST], "DL"),
    ];
    for (tag, accept, expected) in cases {
        assert_eq!(ask(&registry, Method::GET, tag, accept).await, expected, "{tag} {accept:?}");
    }
    let list = registry.store().tag("a", "dl").unwrap();
    assert_eq!(ask(&registry, Method::GET, &list, &[DOCKER_MANIFEST]).await, "404");
}

#[tokio::test]
async fn a_correct_registry_sends_what_it_has() {
    let registry = full(Accept::Ignored).await;
    for (tag, expected) in [("om", "OM"), ("oi", "OI"), ("dm", "DM"), ("dl", "DL")] {
        assert_eq!(ask(&registry, Method::GET, tag, &[]).await, expected);
    }
}

#[tokio::test]
async fn schema_1_has_the_form_that_old_clients_parsed() {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
    let registry = full(Accept::Distribution28).await;
    let answer = support::get(&registry, "/v2/a/manifests/dm").await;
    let digest = header(&answer, "docker-content-digest").unwrap().to_owned();
    let text = answer.text().await.unwrap();
    let parsed: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (&parsed["schemaVersion"], &parsed["name"], &parsed["tag"]),
        (&1.into(), &"a".into(), &"dm".into())
    );
    assert_eq!(parsed["fsLayers"][0]["blobSum"], sha256(b"layer"));
    // JWS in its "pretty" form: the payload is the document up to formatLength, and formatTail.
    let protected = parsed["signatures"][0]["protected"].as_str().unwrap();
    let protected: serde_json::Value = serde_json::from_slice(&BASE64.decode(protected).unwrap()).unwrap();
    let length = usize::try_from(protected["formatLength"].as_u64().unwrap()).unwrap();
    let tail = BASE64.decode(protected["formatTail"].as_str().unwrap()).unwrap();
    let payload = [&text.as_bytes()[..length], &tail].concat();
    assert_eq!(sha256(&payload), digest);
}
