//! What does it cost to look at something again, and is it still the truth?
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use api::{AddRegistry, Backend, Code, Head, Inspect, ReadBlob, RemoveRegistry, Transport};
use fake_registry::{Behaviour, ContentType, DigestHeader, FakeRegistry, Fault, Times};
use oci::{MediaType, Verification};
use support::{Lab, REPOSITORY};

const CONFIG: &str = r#"{"os":"linux","architecture":"amd64"}"#;

/// An image tagged `1`, and the digests of its manifest and its config.
fn image(fake: &FakeRegistry) -> (String, String) {
    let config = fake.store().put_blob(REPOSITORY, CONFIG);
    let bytes = format!(
        r#"{{"schemaVersion":2,"config":{{"mediaType":"{}","digest":"{config}","size":{}}},"layers":[]}}"#,
        MediaType::OCI_CONFIG,
        CONFIG.len()
    );
    (fake.store().put_manifest(REPOSITORY, Some("1"), MediaType::OCI_MANIFEST, bytes), config)
}

fn blob(lab: &Lab, digest: &str) -> ReadBlob {
    ReadBlob {
        registry: lab.host(),
        repository: REPOSITORY.parse().unwrap(),
        digest: digest.parse().unwrap(),
        size: Some(CONFIG.len() as u64),
        limit: 1 << 20,
    }
}

fn by_digest(lab: &Lab, digest: &str) -> Inspect {
    Inspect::new(format!("{}/{REPOSITORY}@{digest}", lab.host()).parse().unwrap())
}

/// P9: an image page costs its manifest and its config on one connection; a revisit moves no body.
#[tokio::test]
async fn the_first_visit_is_two_requests_on_one_connection_and_the_next_moves_no_body() {
    let lab = Lab::start().await;
    let (digest, config) = image(&lab.fake);
    let first = lab.inspect("1").await.unwrap();
    let read = lab.service.read_blob(blob(&lab, &config)).await.unwrap();
    assert_eq!(lab.requests().len(), 2);
    assert!(matches!(first.exchanges[0].connection, api::Connection::New(_)));
    assert_eq!(read.exchanges[0].connection, api::Connection::Reused);

    lab.fake.clear_requests();
    let again = lab.inspect("1").await.unwrap();
    assert_eq!(lab.requests(), [format!("HEAD /v2/{REPOSITORY}/manifests/1")]);
    assert_eq!((again.exchanges.len(), again.exchanges[0].method.as_str()), (1, "HEAD"));
    assert_eq!(again.exchanges[0].body_bytes, 0);
    assert_eq!((&again.bytes, &again.digest, &again.view), (&first.bytes, &first.digest, &first.view));
    assert_eq!((&again.served, &again.findings), (&first.served, &first.findings));
    assert_eq!(again.verification, Verification::Verified);
    let read = lab.service.read_blob(blob(&lab, &config)).await.unwrap();
    assert_eq!((read.bytes.0.as_slice(), read.exchanges.len()), (CONFIG.as_bytes(), 0));
    let by_digest = lab.service.inspect(by_digest(&lab, &digest)).await.unwrap();
    assert_eq!((&by_digest.bytes, by_digest.exchanges.len()), (&first.bytes, 0));
    assert_eq!(lab.requests().len(), 1);
}

#[tokio::test]
async fn a_tag_that_moved_is_read_anew() {
    let lab = Lab::start().await;
    image(&lab.fake);
    lab.inspect("1").await.unwrap();
    lab.push("1", MediaType::OCI_INDEX, br#"{"schemaVersion":2,"manifests":[]}"#);
    let moved = lab.inspect("1").await.unwrap();
    assert_eq!(moved.bytes.0, br#"{"schemaVersion":2,"manifests":[]}"#);
    let methods: Vec<_> = moved.exchanges.iter().map(|exchange| exchange.method.as_str()).collect();
    assert_eq!(methods, ["HEAD", "GET"]);
}

#[tokio::test]
async fn a_tag_that_is_gone_is_not_answered_from_memory() {
    let lab = Lab::start().await;
    image(&lab.fake);
    lab.inspect("1").await.unwrap();
    lab.fake.store().remove_tag(REPOSITORY, "1");
    let error = lab.inspect("1").await.unwrap_err();
    assert_eq!((error.code, error.exchanges.len()), (Code::ManifestNotFound, 2));
}

/// A tag whose row was filled by `HEAD` is opened with what its summary has read.
#[tokio::test]
async fn a_row_that_was_filled_opens_with_one_head() {
    let lab = Lab::start().await;
    let (digest, _) = image(&lab.fake);
    lab.service.head(Head { reference: lab.reference("1") }).await.unwrap();
    lab.service.inspect(by_digest(&lab, &digest)).await.unwrap();
    lab.fake.clear_requests();
    lab.inspect("1").await.unwrap();
    assert_eq!(lab.requests(), [format!("HEAD /v2/{REPOSITORY}/manifests/1")]);
}

/// What the registry says about the bytes is part of what is shown.
#[tokio::test]
async fn the_same_bytes_under_another_label_are_read_anew() {
    let lab = Lab::start().await;
    image(&lab.fake);
    lab.inspect("1").await.unwrap();
    lab.fake.faults().on("*", "/manifests/", Fault::header("content-type", "text/plain"), Times::Always);
    let got = lab.inspect("1").await.unwrap();
    assert_eq!(got.served.content_type, Some("text/plain".into()));
}

/// Without the header, or with a wrong one, each visit shows the same findings.
#[tokio::test]
async fn findings_about_the_answer_stay() {
    for (digest_header, id) in [(DigestHeader::Absent, "RG002"), (DigestHeader::Wrong, "RG003")] {
        let lab = Lab::of(Behaviour { digest_header, ..Behaviour::default() }).await;
        let (digest, _) = image(&lab.fake);
        for _ in 0..2 {
            let got = lab.inspect("1").await.unwrap();
            assert_eq!(got.findings[0].id, id);
            let got = lab.service.inspect(by_digest(&lab, &digest)).await.unwrap();
            assert_eq!(got.findings[0].id, id);
        }
    }
}

/// One repository's content is no other's: whoever may not read there learns nothing from memory.
#[tokio::test]
async fn memory_is_of_one_repository() {
    let lab = Lab::start().await;
    let (digest, _) = image(&lab.fake);
    lab.inspect("1").await.unwrap();
    let other = format!("{}/demo/other@{digest}", lab.host()).parse().unwrap();
    assert_eq!(lab.service.inspect(Inspect::new(other)).await.unwrap_err().code, Code::ManifestNotFound);
}

#[tokio::test]
async fn a_registry_that_was_removed_is_forgotten() {
    let lab = Lab::start().await;
    let (digest, config) = image(&lab.fake);
    lab.inspect("1").await.unwrap();
    lab.service.read_blob(blob(&lab, &config)).await.unwrap();
    lab.service.remove_registry(RemoveRegistry { name: lab.host() }).await.unwrap();
    let error = lab.service.inspect(by_digest(&lab, &digest)).await.unwrap_err();
    assert_eq!(error.code, Code::NotAdded);
    // Added again it is asked again.
    lab.fake.clear_requests();
    let again = AddRegistry { name: lab.host(), address: None, transport: Transport::Http };
    lab.service.add_registry(again).await.unwrap();
    lab.service.inspect(by_digest(&lab, &digest)).await.unwrap();
    assert_eq!(lab.requests(), [format!("GET /v2/{REPOSITORY}/manifests/{digest}")]);
}

/// The same name, and somebody else behind it.
#[tokio::test]
async fn a_registry_with_another_address_is_another_registry() {
    let lab = Lab::start().await;
    let (digest, config) = image(&lab.fake);
    lab.inspect("1").await.unwrap();
    lab.service.read_blob(blob(&lab, &config)).await.unwrap();
    let other = FakeRegistry::start(Behaviour::default()).await.unwrap();
    let address = Some(other.address().to_string().parse().unwrap());
    let replaced = AddRegistry { name: lab.host(), address, transport: Transport::Http };
    lab.service.add_registry(replaced).await.unwrap();
    let error = lab.service.inspect(by_digest(&lab, &digest)).await.unwrap_err();
    assert_eq!(error.code, Code::ManifestNotFound);
    assert_eq!(lab.service.read_blob(blob(&lab, &config)).await.unwrap_err().code, Code::ManifestNotFound);
    assert_eq!(other.requests().len(), 2);
}

#[tokio::test]
async fn bytes_that_nobody_could_verify_are_not_kept() {
    let lab = Lab::start().await;
    lab.fault("/manifests/", Fault::answer(200, MediaType::OCI_INDEX, r#"{"manifests":[]}"#));
    for _ in 0..2 {
        let got = lab.service.inspect(by_digest(&lab, "made+up:digest")).await.unwrap();
        assert_eq!((got.verification, got.exchanges.len()), (Verification::CannotVerify, 1));
    }
}

/// What a descriptor led to is held against it.
#[tokio::test]
async fn what_differs_from_its_descriptor_is_a_finding() {
    let lab = Lab::of(Behaviour { content_type: ContentType::Right, ..Behaviour::default() }).await;
    let (digest, _) = image(&lab.fake);
    let expected = api::Expected { size: Some(1), media_type: Some(MediaType::OCI_INDEX.into()) };
    let asked = Inspect { expected: Some(expected), ..by_digest(&lab, &digest) };
    let got = lab.service.inspect(asked).await.unwrap();
    let ids: Vec<_> = got.findings.iter().map(|finding| finding.id.as_str()).collect();
    assert_eq!(ids, ["DS008", "IX005"]);
}

#[tokio::test]
async fn a_blob_is_read_to_its_limit_and_no_longer_one_is_asked_for() {
    let lab = Lab::start().await;
    let (_, config) = image(&lab.fake);
    let length = CONFIG.len() as u64;
    let short = ReadBlob { limit: length - 1, ..blob(&lab, &config) };
    let error = lab.service.read_blob(short.clone()).await.unwrap_err();
    assert_eq!((error.code, lab.requests().len()), (Code::TooLarge, 0));
    assert!(error.message.contains(&format!("{length} bytes")), "{error}");
    // Without a stated size it is found out by reading.
    let unknown = ReadBlob { size: None, ..short };
    assert_eq!(lab.service.read_blob(unknown).await.unwrap_err().code, Code::TooLarge);
    let huge = ReadBlob { size: Some(64 << 20), limit: u64::MAX, ..blob(&lab, &config) };
    assert_eq!(lab.service.read_blob(huge).await.unwrap_err().code, Code::TooLarge);
    assert_eq!(lab.requests().len(), 1);
    let fits = ReadBlob { limit: length, ..blob(&lab, &config) };
    assert_eq!(lab.service.read_blob(fits).await.unwrap().findings, []);
}

#[tokio::test]
async fn a_blob_of_other_bytes_is_shown_and_contradicted() {
    let lab = Lab::start().await;
    let (_, config) = image(&lab.fake);
    lab.fake.faults().on("GET", "/blobs/", Fault::WrongByte, Times::Once);
    let wrong = ReadBlob { size: Some(1), ..blob(&lab, &config) };
    let got = lab.service.read_blob(wrong).await.unwrap();
    let ids: Vec<_> = got.findings.iter().map(|finding| finding.id.as_str()).collect();
    assert_eq!((ids, got.bytes.0.len()), (vec!["DS008", "DS009"], CONFIG.len()));
    assert!(matches!(got.verification, Verification::Mismatch(_)));
    let got = lab.service.read_blob(blob(&lab, &config)).await.unwrap();
    assert_eq!(
        (got.bytes.0.as_slice(), got.exchanges.len()),
        (CONFIG.as_bytes(), 1),
        "wrong bytes are not kept"
    );
}
