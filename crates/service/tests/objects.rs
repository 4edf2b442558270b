//! Is an object shown as it is, whatever the registry says about it and however odd it is?
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use api::{AddRegistry, Backend, Inspect, ListExchanges, Outcome, Transport};
use fake_registry::{Behaviour, ContentType, DigestHeader, Fault};
use oci::{MediaType, Shape, Verification};
use support::{Lab, REPOSITORY, service};

const EMPTY_INDEX: &[u8] = br#"{"schemaVersion":2,"manifests":[]}"#;
/// By `sha256sum`.
const EMPTY_INDEX_DIGEST: &str = "sha256:bc5857ac9458293d5111ab85c952172cd7f56bceb4e3014ddc4cafac8927b313";

async fn lab_of(behaviour: Behaviour) -> Lab {
    let lab = Lab::of(behaviour).await;
    lab.push("1", MediaType::OCI_INDEX, EMPTY_INDEX);
    lab
}

fn ids(findings: &[oci::Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.id.as_str()).collect()
}

#[tokio::test]
async fn one_request_gives_bytes_digest_and_labels() {
    let lab = lab_of(Behaviour::default()).await;
    let got = lab.inspect("1").await.unwrap();
    assert_eq!(got.bytes.0, EMPTY_INDEX);
    assert_eq!((got.digest.as_str(), got.size), (EMPTY_INDEX_DIGEST, EMPTY_INDEX.len() as u64));
    assert_eq!(got.verification, Verification::Verified);
    assert_eq!(got.served.digest_header.as_deref(), Some(EMPTY_INDEX_DIGEST));
    assert_eq!(lab.requests(), [format!("GET /v2/{REPOSITORY}/manifests/1")]);
    assert_eq!(got.exchanges.len(), 1);
    let exchange = &got.exchanges[0];
    assert_eq!((exchange.method.as_str(), &exchange.outcome), ("GET", &Outcome::Status(200)));
    assert_eq!(exchange.url, format!("{}/v2/{REPOSITORY}/manifests/1", lab.fake.origin()));
    assert_eq!(exchange.body_bytes, EMPTY_INDEX.len() as u64);
}

#[tokio::test]
async fn with_a_tag_and_a_digest_the_digest_decides() {
    let lab = lab_of(Behaviour::default()).await;
    lab.push("1", MediaType::OCI_INDEX, br#"{"schemaVersion":2,"manifests":[ ]}"#);
    let reference = format!("{}/{REPOSITORY}:1@{EMPTY_INDEX_DIGEST}", lab.host()).parse().unwrap();
    let got = lab.service.inspect(Inspect::new(reference)).await.unwrap();
    assert_eq!((got.digest.as_str(), got.verification), (EMPTY_INDEX_DIGEST, Verification::Verified));
    assert_eq!(got.bytes.0, EMPTY_INDEX);
}

/// The identity is what the bytes hash to; the header is shown, and contradicted.
#[tokio::test]
async fn a_header_with_a_wrong_digest() {
    let lab = lab_of(Behaviour { digest_header: DigestHeader::Wrong, ..Behaviour::default() }).await;
    let got = lab.inspect("1").await.unwrap();
    assert_eq!(got.digest.as_str(), EMPTY_INDEX_DIGEST);
    assert_eq!(got.verification, Verification::Mismatch(EMPTY_INDEX_DIGEST.parse().unwrap()));
    assert_ne!(got.served.digest_header.as_deref(), Some(EMPTY_INDEX_DIGEST));
    assert_eq!(ids(&got.findings), ["RG003"]);
}

#[tokio::test]
async fn no_header_with_a_digest() {
    let lab = lab_of(Behaviour { digest_header: DigestHeader::Absent, ..Behaviour::default() }).await;
    let got = lab.inspect("1").await.unwrap();
    assert_eq!((got.digest.as_str(), got.served.digest_header), (EMPTY_INDEX_DIGEST, None));
    assert_eq!(ids(&got.findings), ["RG002"]);
}

#[tokio::test]
async fn what_is_no_json_is_shown_as_it_is() {
    let lab = lab_of(Behaviour::default()).await;
    lab.push("text", MediaType::OCI_MANIFEST, b"this is not JSON");
    lab.push("binary", MediaType::OCI_MANIFEST, &[0xff, 0xfe, 0x00]);
    for (tag, bytes) in [("text", b"this is not JSON".as_slice()), ("binary", &[0xff, 0xfe, 0x00])] {
        let got = lab.inspect(tag).await.unwrap();
        assert_eq!(got.bytes.0, bytes);
        assert_eq!(got.view.shape, Shape::NotJson);
        assert_eq!(ids(&got.view.findings), ["JS001"]);
        assert_eq!(got.verification, Verification::Verified, "they are the bytes that were pushed");
    }
}

#[tokio::test]
async fn a_label_that_does_not_fit_changes_nothing_about_the_bytes() {
    for content_type in [ContentType::Wrong, ContentType::Parameters, ContentType::Missing] {
        let lab = lab_of(Behaviour { content_type, ..Behaviour::default() }).await;
        let got = lab.inspect("1").await.unwrap();
        assert_eq!((got.view.shape, got.bytes.0.as_slice()), (Shape::Index, EMPTY_INDEX), "{content_type:?}");
        assert_eq!(got.served.content_type.is_none(), content_type == ContentType::Missing);
    }
}

#[tokio::test]
async fn an_unknown_media_type() {
    let lab = lab_of(Behaviour::default()).await;
    lab.push(
        "odd",
        "application/vnd.example.odd+json",
        br#"{"mediaType":"application/vnd.example.odd+json"}"#,
    );
    let got = lab.inspect("odd").await.unwrap();
    assert_eq!(got.view.shape, Shape::Unknown);
    assert_eq!(got.view.media_type, Some("application/vnd.example.odd+json".into()));
}

#[tokio::test]
async fn a_thousand_layers() {
    let layer = |n: usize| {
        format!(
            r#"{{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"sha256:{n:064x}","size":{n}}}"#
        )
    };
    let layers: Vec<_> = (0..1_000).map(layer).collect();
    let config =
        format!(r#"{{"mediaType":"{}","digest":"sha256:{:064x}","size":2}}"#, MediaType::OCI_CONFIG, 1);
    let bytes = format!(r#"{{"schemaVersion":2,"config":{config},"layers":[{}]}}"#, layers.join(","));
    let lab = lab_of(Behaviour::default()).await;
    lab.push("many", MediaType::OCI_MANIFEST, bytes.as_bytes());
    let view = lab.inspect("many").await.unwrap().view;
    assert_eq!(view.layers.len(), 1_000);
    assert_eq!((view.layers[999].pointer.as_str(), view.layers[999].size), ("/layers/999", Some(999)));
}

#[tokio::test]
async fn annotations_with_markup_arrive_as_text() {
    let bytes = br#"{"schemaVersion":2,"manifests":[],"annotations":{"a":"<img src=x onerror=alert(1)>"}}"#;
    let lab = lab_of(Behaviour::default()).await;
    lab.push("markup", MediaType::OCI_INDEX, bytes);
    let got = lab.inspect("markup").await.unwrap();
    assert_eq!(got.view.annotations["a"], "<img src=x onerror=alert(1)>");
}

#[tokio::test]
async fn a_warning_of_the_registry_is_passed_on() {
    let lab = lab_of(Behaviour::default()).await;
    lab.fault("/manifests/", Fault::header("warning", r#"299 - "this repository moves""#));
    assert_eq!(lab.inspect("1").await.unwrap().served.warnings, ["this repository moves"]);
}

/// An alias is the name in links, in replies and in the trace; its address is only where requests go.
#[tokio::test]
async fn an_alias_stays_the_name() {
    let lab = lab_of(Behaviour::default()).await;
    let name: oci::Host = "lab.example".parse().unwrap();
    let alias = AddRegistry { name: name.clone(), address: Some(lab.host()), transport: Transport::Http };
    let service = service(vec![alias]);
    let reference: oci::Reference = format!("lab.example/{REPOSITORY}:1").parse().unwrap();
    let got = service.inspect(Inspect::new(reference.clone())).await.unwrap();
    assert_eq!(got.reference, reference);
    assert_eq!(got.exchanges[0].registry, name);
    assert!(got.exchanges[0].url.starts_with(&lab.fake.origin()), "{}", got.exchanges[0].url);
    let of = |registry: &str| ListExchanges { registry: Some(registry.parse().unwrap()) };
    assert_eq!(service.list_exchanges(of("lab.example")).await.unwrap().exchanges, got.exchanges);
    assert_eq!(service.list_exchanges(of("other.example")).await.unwrap().exchanges, []);
}

/// A registry that is there, and was not added: not one request.
#[tokio::test]
async fn what_was_not_added_gets_no_request() {
    let lab = lab_of(Behaviour::default()).await;
    let stranger = service(Vec::new());
    let error = stranger.inspect(Inspect::new(lab.reference("1"))).await.unwrap_err();
    assert_eq!(error.code, api::Code::NotAdded);
    assert_eq!(lab.requests(), Vec::<String>::new());
}
