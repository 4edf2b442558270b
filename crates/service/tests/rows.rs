//! Does a row show what its manifest is, of the right platform, at the price that was agreed on?
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use api::{Backend, Code, CreatedFrom, Head, Outcome, Summarize, Summary};
use fake_registry::{Behaviour, DigestHeader, Fault, Hold, Times};
use oci::{Kind, MediaType, Shape};
use support::{Lab, REPOSITORY};

const AMD: &str = r#""os":"linux","architecture":"amd64""#;
const ARM: &str = r#""os":"linux","architecture":"arm64","variant":"v8""#;
const UNKNOWN: &str = r#""os":"unknown","architecture":"unknown""#;

fn descriptor(media_type: &str, digest: &str, size: usize) -> String {
    format!(r#"{{"mediaType":"{media_type}","digest":"{digest}","size":{size}}}"#)
}

/// An image whose config says so, over layers of these sizes. Its digest and its length.
fn image(lab: &Lab, config: &str, layers: &[usize]) -> (String, usize) {
    let digest = lab.fake.store().put_blob(REPOSITORY, config);
    let layer = |size: &usize| {
        let layer = "application/vnd.oci.image.layer.v1.tar";
        descriptor(layer, &format!("sha256:{size:064x}"), *size)
    };
    let layers: Vec<_> = layers.iter().map(layer).collect();
    let bytes = format!(
        r#"{{"schemaVersion":2,"mediaType":"{}","config":{},"layers":[{}]}}"#,
        MediaType::OCI_MANIFEST,
        descriptor(MediaType::OCI_CONFIG, &digest, config.len()),
        // As far indented as a pretty-printer would.
        layers.join(&format!(",\n{:50}", ""))
    );
    let digest = lab.fake.store().put_manifest(REPOSITORY, None, MediaType::OCI_MANIFEST, &bytes);
    (digest, bytes.len())
}

/// An index over entries of `(digest, size, platform)`.
fn index(lab: &Lab, entries: &[(&str, usize, &str)]) -> String {
    let entry = |(digest, size, platform): &(&str, usize, &str)| {
        let manifest = MediaType::OCI_MANIFEST;
        format!(r#"{{"mediaType":"{manifest}","digest":"{digest}","size":{size},"platform":{{{platform}}}}}"#)
    };
    let entries: Vec<_> = entries.iter().map(entry).collect();
    let index = MediaType::OCI_INDEX;
    let bytes = format!(r#"{{"schemaVersion":2,"mediaType":"{index}","manifests":[{}]}}"#, entries.join(","));
    lab.fake.store().put_manifest(REPOSITORY, None, index, bytes)
}

const AMD_CONFIG: &str = r#"{"created":"2024-05-06T07:08:09Z","os":"linux","architecture":"amd64"}"#;
const ARM_CONFIG: &str =
    r#"{"created":"2023-01-02T03:04:05.678Z","os":"linux","architecture":"arm64","variant":"v8"}"#;

/// An index of amd64 (300 bytes of layers), arm64 (70 bytes) and an attestation.
fn two_platforms(lab: &Lab) -> String {
    let (amd, amd_size) = image(lab, AMD_CONFIG, &[100, 200]);
    let (arm, arm_size) = image(lab, ARM_CONFIG, &[70]);
    let nowhere = format!("sha256:{:064x}", 9);
    index(lab, &[(&nowhere, 1, UNKNOWN), (&amd, amd_size, AMD), (&arm, arm_size, ARM)])
}

async fn row(lab: &Lab, digest: &str, platform: Option<&str>) -> Summary {
    lab.service.summarize(request(lab, digest, platform)).await.unwrap()
}

fn request(lab: &Lab, digest: &str, platform: Option<&str>) -> Summarize {
    Summarize {
        registry: lab.host(),
        repository: REPOSITORY.parse().unwrap(),
        digest: digest.parse().unwrap(),
        platform: platform.map(str::to_owned),
    }
}

fn ids(summary: &Summary) -> Vec<(&str, &str)> {
    summary.findings.iter().map(|finding| (finding.id.as_str(), finding.pointer.as_str())).collect()
}

/// Planted fault: the first platform is taken, whichever was chosen.
#[tokio::test]
async fn size_and_time_of_an_index_are_those_of_the_chosen_platform() {
    let lab = Lab::start().await;
    let index = two_platforms(&lab);
    let arm = row(&lab, &index, Some("linux/arm64/v8")).await;
    assert_eq!(arm.chosen.as_deref(), Some("linux/arm64/v8"));
    assert_eq!(arm.size, Some(ARM_CONFIG.len() as u64 + 70));
    assert_eq!(arm.created.as_deref(), Some("2023-01-02T03:04:05.678Z"));
    // By `date --utc --date=2023-01-02T03:04:05.678Z +%s%3N`.
    assert_eq!((arm.created_ms, arm.created_from), (Some(1_672_628_645_678), Some(CreatedFrom::Config)));
    assert_eq!(arm.platforms, ["linux/amd64", "linux/arm64/v8"], "attestations are no platforms");
    assert_eq!((arm.outline.kind.clone(), arm.outline.attestations), (Kind::Index, 1));
    assert_eq!((arm.missing.clone(), ids(&arm)), (None, vec![]));
    assert_eq!((lab.requests().len(), arm.exchanges.len()), (3, 3), "index, child, config");

    let short = row(&lab, &index, Some("linux/arm64")).await;
    assert_eq!((short.chosen, short.size), (arm.chosen, arm.size), "arm64 is arm64/v8 (image-index.md)");
    assert_eq!(lab.requests().len(), 3, "all of it was read before");

    let amd = row(&lab, &index, Some("linux/amd64")).await;
    assert_eq!(amd.size, Some(AMD_CONFIG.len() as u64 + 300));
    assert_eq!(amd.created.as_deref(), Some("2024-05-06T07:08:09Z"));
    assert_eq!((lab.requests().len(), amd.exchanges.len()), (5, 2), "the index was read before");

    let none = row(&lab, &index, None).await;
    assert_eq!((none.chosen.as_deref(), none.size), (Some("linux/amd64"), amd.size));
    let other = row(&lab, &index, Some("windows/amd64")).await;
    assert_eq!((other.chosen.as_deref(), other.size), (Some("linux/amd64"), amd.size));
    assert_eq!((lab.requests().len(), other.exchanges.len()), (5, 0), "all of it was read before");
}

#[tokio::test]
async fn a_single_image_costs_two_requests_and_names_its_platform() {
    let lab = Lab::start().await;
    let (digest, _) = image(&lab, ARM_CONFIG, &[70, 70, 70]);
    let summary = row(&lab, &digest, None).await;
    assert_eq!(summary.platforms, ["linux/arm64/v8"]);
    assert_eq!((summary.chosen.as_deref(), summary.outline.kind.clone()), (None, Kind::Image));
    assert_eq!(
        summary.size,
        Some(ARM_CONFIG.len() as u64 + 70),
        "a blob that is there thrice is stored once"
    );
    assert_eq!(lab.requests().len(), 2);
}

#[tokio::test]
async fn an_artifact_costs_one_request() {
    let lab = Lab::start().await;
    let bytes = format!(
        r#"{{"schemaVersion":2,"config":{},"layers":[{}],"annotations":{{"org.opencontainers.image.created":"2020-02-02T00:00:00Z"}}}}"#,
        descriptor("application/vnd.cncf.helm.config.v1+json", &format!("sha256:{:064x}", 1), 11),
        descriptor("application/vnd.cncf.helm.chart.content.v1.tar+gzip", &format!("sha256:{:064x}", 2), 31),
    );
    let digest = lab.fake.store().put_manifest(REPOSITORY, None, MediaType::OCI_MANIFEST, bytes);
    let summary = row(&lab, &digest, None).await;
    assert_eq!((summary.size, summary.outline.kind.clone()), (Some(42), Kind::HelmChart));
    assert_eq!(summary.created_from, Some(CreatedFrom::Annotation));
    assert_eq!(summary.created.as_deref(), Some("2020-02-02T00:00:00Z"));
    assert_eq!(lab.requests().len(), 1);
}

#[tokio::test]
async fn schema_1_and_what_is_no_json_have_a_row_too() {
    let lab = Lab::start().await;
    let old =
        br#"{"schemaVersion":1,"name":"a","tag":"1","architecture":"amd64","fsLayers":[],"history":[]}"#;
    let old = lab.fake.store().put_manifest(REPOSITORY, None, MediaType::DOCKER_SCHEMA1, old);
    let summary = row(&lab, &old, None).await;
    assert_eq!((summary.outline.shape, summary.size, summary.missing), (Shape::Schema1, None, None));
    let text = lab.fake.store().put_manifest(REPOSITORY, None, MediaType::OCI_MANIFEST, b"no JSON");
    let summary = row(&lab, &text, None).await;
    assert_eq!((summary.outline.shape, ids(&summary)), (Shape::NotJson, vec![("JS001", "")]));
}

/// What cannot be read is said, and the rest is there.
#[tokio::test]
async fn a_child_or_a_config_that_is_missing_is_said() {
    let lab = Lab::start().await;
    let nowhere = format!("sha256:{:064x}", 5);
    let lost = index(&lab, &[(&nowhere, 1, AMD)]);
    let summary = row(&lab, &lost, None).await;
    let missing = summary.missing.unwrap();
    assert!(
        missing.starts_with("The image for linux/amd64 cannot be read: ") && missing.contains(&nowhere),
        "{missing}"
    );
    assert_eq!((summary.size, summary.platforms), (None, vec!["linux/amd64".to_owned()]));
    assert_eq!(summary.exchanges[1].outcome, Outcome::Status(404), "the failed exchange is shown");

    let (digest, _) = image(&lab, AMD_CONFIG, &[100]);
    lab.fault("/blobs/", Fault::denied());
    let summary = row(&lab, &digest, None).await;
    let missing = summary.missing.unwrap();
    assert!(missing.starts_with("The config cannot be read: ") && missing.contains("403"), "{missing}");
    assert_eq!((summary.size, summary.created), (Some(AMD_CONFIG.len() as u64 + 100), None));
}

#[tokio::test]
async fn a_config_that_is_no_object_is_said() {
    let lab = Lab::start().await;
    for config in ["no JSON", "[1]"] {
        let (digest, _) = image(&lab, config, &[100]);
        let summary = row(&lab, &digest, None).await;
        assert_eq!(summary.missing.as_deref(), Some("The config is no JSON object."), "{config}");
        assert_eq!(summary.size, Some(config.len() as u64 + 100));
    }
}

#[tokio::test]
async fn what_differs_from_its_entry_is_a_finding() {
    let lab = Lab::start().await;
    let (child, size) = image(&lab, AMD_CONFIG, &[100]);
    let longer = index(&lab, &[(&child, size + 1, AMD)]);
    let summary = row(&lab, &longer, None).await;
    assert_eq!(ids(&summary), [("DS008", "/manifests/0/size")]);
    let finding = &summary.findings[0];
    let (actual, expected) = (format!("{size} bytes"), format!("{} bytes", size + 1));
    assert_eq!((finding.actual.as_ref(), finding.expected.as_ref()), (Some(&actual), Some(&expected)));

    // seeds.md 5.2, row 7: an OCI manifest under an entry that says Docker's type.
    let entry = format!(
        r#"{{"mediaType":"{}","digest":"{child}","size":{size},"platform":{{{AMD}}}}}"#,
        MediaType::DOCKER_MANIFEST
    );
    let index = MediaType::DOCKER_LIST;
    let bytes = format!(r#"{{"schemaVersion":2,"mediaType":"{index}","manifests":[{entry}]}}"#);
    let mislabelled = lab.fake.store().put_manifest(REPOSITORY, None, index, bytes);
    let summary = row(&lab, &mislabelled, None).await;
    assert!(ids(&summary).contains(&("IX005", "/manifests/0/mediaType")), "{:?}", ids(&summary));
}

#[tokio::test]
async fn other_bytes_of_a_child_or_a_config_are_ds009() {
    let lab = Lab::start().await;
    let list = two_platforms(&lab);
    let (amd, _) = image(&lab, AMD_CONFIG, &[100, 200]);
    lab.fault(&format!("/manifests/{amd}"), Fault::WrongByte);
    let summary = row(&lab, &list, None).await;
    assert_eq!(ids(&summary), [("DS009", "/manifests/1/digest")]);
    assert!(summary.missing.unwrap().contains("RG004"));
    lab.fault("/blobs/", Fault::WrongByte);
    let summary = row(&lab, &list, Some("linux/arm64/v8")).await;
    assert_eq!(ids(&summary), [("DS009", "/manifests/2")]);
    assert_eq!(summary.created, None, "nothing of other bytes is shown as the config's");
}

#[tokio::test]
async fn a_wrong_digest_header_is_a_finding_of_the_row() {
    let lab = Lab::of(Behaviour { digest_header: DigestHeader::Wrong, ..Behaviour::default() }).await;
    let (digest, _) = image(&lab, AMD_CONFIG, &[100]);
    assert!(ids(&row(&lab, &digest, None).await).contains(&("RG003", "")));
}

/// The worst come first, and there are never very many.
#[tokio::test]
async fn of_many_findings_the_worst_twenty_are_given() {
    let lab = Lab::start().await;
    let layers: Vec<_> = (0..50).map(|_| r#"{"mediaType":"text/plain","digest":"no","size":1}"#).collect();
    let bytes = format!(r#"{{"schemaVersion":2,"layers":[{}]}}"#, layers.join(","));
    let digest = lab.fake.store().put_manifest(REPOSITORY, None, MediaType::OCI_MANIFEST, bytes);
    let summary = row(&lab, &digest, None).await;
    assert_eq!(summary.findings.len(), 20);
    assert!(summary.findings.is_sorted_by_key(|finding| std::cmp::Reverse(finding.severity)));
}

/// A manifest of nearly 4 MiB, as long as one may be.
#[tokio::test]
async fn twenty_thousand_layers_are_summed_up() {
    let lab = Lab::start().await;
    let layers: Vec<usize> = (1..=20_000).collect();
    let (digest, length) = image(&lab, AMD_CONFIG, &layers);
    assert!((3_900_000..=4 << 20).contains(&length), "{length}");
    let summary = row(&lab, &digest, None).await;
    assert_eq!(summary.size, Some(AMD_CONFIG.len() as u64 + 20_000 * 20_001 / 2));
}

#[tokio::test]
async fn a_config_of_64_mebibytes_is_not_asked_for() {
    let lab = Lab::start().await;
    let config = descriptor(MediaType::OCI_CONFIG, &format!("sha256:{:064x}", 3), 64 << 20);
    let bytes = format!(r#"{{"schemaVersion":2,"config":{config},"layers":[]}}"#);
    let digest = lab.fake.store().put_manifest(REPOSITORY, None, MediaType::OCI_MANIFEST, bytes);
    let summary = row(&lab, &digest, None).await;
    assert!(summary.missing.unwrap().contains("67108864"));
    assert_eq!((summary.size, lab.requests().len()), (Some(64 << 20), 1));
}

/// Only under an algorithm that nobody computes can a document name its own digest.
#[tokio::test]
async fn an_index_that_lists_itself_ends() {
    let lab = Lab::start().await;
    let own = "made+up:self";
    let manifest = MediaType::OCI_INDEX;
    let bytes = format!(
        r#"{{"schemaVersion":2,"mediaType":"{manifest}","manifests":[{{"mediaType":"{manifest}","digest":"{own}","size":1,"platform":{{{AMD}}}}}]}}"#
    );
    lab.fault("/manifests/", Fault::answer(200, manifest, &bytes));
    let summary = row(&lab, own, None).await;
    assert!(summary.missing.unwrap().contains("the same index again"));
    assert_eq!((summary.size, lab.requests().len()), (None, 2));
}

#[tokio::test]
async fn an_index_in_an_index_is_said() {
    let lab = Lab::start().await;
    let inner = two_platforms(&lab);
    let length = lab.fake.store().manifest(REPOSITORY, &inner).unwrap().len();
    let manifest = MediaType::OCI_INDEX;
    let bytes = format!(
        r#"{{"schemaVersion":2,"mediaType":"{manifest}","manifests":[{}]}}"#,
        descriptor(manifest, &inner, length)
    );
    let outer = lab.fake.store().put_manifest(REPOSITORY, None, manifest, bytes);
    let summary = row(&lab, &outer, None).await;
    assert!(summary.missing.unwrap().contains("an index itself"));
    assert_eq!((summary.size, lab.requests().len()), (None, 2));
}

#[tokio::test]
async fn a_document_that_is_not_there_is_an_error() {
    let lab = Lab::start().await;
    two_platforms(&lab);
    let error = lab.service.summarize(request(&lab, &format!("sha256:{:064x}", 7), None)).await.unwrap_err();
    assert_eq!(error.code, Code::ManifestNotFound);
}

#[tokio::test]
async fn a_head_tells_digest_size_and_type_without_a_body() {
    let lab = Lab::start().await;
    let digest = two_platforms(&lab);
    lab.fake.store().put_tag(REPOSITORY, "1", &digest);
    let headed = lab.service.head(Head { reference: lab.reference("1") }).await.unwrap();
    assert_eq!(
        (headed.digest.as_str(), headed.media_type),
        (digest.as_str(), Some(MediaType::OCI_INDEX.into()))
    );
    assert_eq!(headed.size, Some(lab.fake.store().manifest(REPOSITORY, &digest).unwrap().len() as u64));
    assert_eq!(lab.requests(), [format!("HEAD /v2/{REPOSITORY}/manifests/1")]);
    assert_eq!(headed.exchanges[0].body_bytes, 0);
}

/// S3-8: a HEAD has no words, so its failure is asked for again.
#[tokio::test]
async fn a_failed_head_is_repeated_as_get_for_its_reason() {
    let lab = Lab::start().await;
    two_platforms(&lab);
    let error = lab.service.head(Head { reference: lab.reference("nope") }).await.unwrap_err();
    assert_eq!(error.code, Code::ManifestNotFound);
    assert!(error.registry_says[0].starts_with("MANIFEST_UNKNOWN"), "{:?}", error.registry_says);
    let asked = |method: &str| format!("{method} /v2/{REPOSITORY}/manifests/nope");
    assert_eq!(lab.requests(), [asked("HEAD"), asked("GET")]);

    // A registry that refuses HEAD alone: the GET is the answer, and the row needs no third request.
    lab.fake.clear_requests();
    let (digest, _) = image(&lab, AMD_CONFIG, &[1]);
    lab.fake.store().put_tag(REPOSITORY, "1", &digest);
    lab.fake.faults().on("HEAD", "/manifests/", Fault::status(405), Times::Always);
    let headed = lab.service.head(Head { reference: lab.reference("1") }).await.unwrap();
    assert_eq!(headed.digest.as_str(), digest);
    row(&lab, &digest, None).await;
    let made = lab.requests();
    assert_eq!((made.len(), made[2].contains("/blobs/")), (3, true), "{made:?}");
}

/// Ten tags of one image, and none of it was read before.
#[tokio::test]
async fn rows_of_one_digest_read_it_once() {
    let lab = Lab::start().await;
    let (digest, _) = image(&lab, AMD_CONFIG, &[1]);
    let hold = Hold::new();
    lab.fake.faults().on("GET", "/manifests/", Fault::Hold(hold.clone()), Times::Once);
    let rows = || futures_util::future::join_all((0..10).map(|_| row(&lab, &digest, None)));
    let release = async {
        hold.arrived(1).await;
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        hold.release();
    };
    let (read, ()) = tokio::join!(rows(), release);
    assert_eq!(lab.requests().len(), 2, "manifest and config: {:?}", lab.requests());
    assert!(read.iter().all(|row| row.size == read[0].size && row.missing.is_none()));

    // Who reads it for the others may be stopped: then another one does.
    let (digest, _) = image(&lab, ARM_CONFIG, &[1]);
    lab.fake.clear_requests();
    let hold = Hold::new();
    lab.fake.faults().on("GET", "/manifests/", Fault::Hold(hold.clone()), Times::Once);
    let mut first = Box::pin(row(&lab, &digest, None));
    tokio::select! {
        _ = &mut first => panic!("it was not held"),
        () = hold.arrived(1) => {}
    }
    let stopped = async {
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        drop(first);
    };
    let (second, ()) = tokio::join!(row(&lab, &digest, None), stopped);
    assert_eq!((second.size.is_some(), lab.requests().len()), (true, 3));

    // What fails does so for each, and no one waits for the failures of others.
    let nowhere = format!("sha256:{:064x}", 7);
    lab.fake.clear_requests();
    let failing = || lab.service.summarize(request(&lab, &nowhere, None));
    let failed = futures_util::future::join_all((0..4).map(|_| failing())).await;
    assert!(failed.iter().all(|row| row.as_ref().is_err_and(|why| why.exchanges.len() == 1)));
}

/// However many rows ask at once, a host sees no more than its limit (8 at the start).
#[tokio::test]
async fn a_hundred_rows_are_never_more_than_the_limit_in_flight() {
    let lab = Lab::start().await;
    let (digest, _) = image(&lab, AMD_CONFIG, &[1]);
    for nth in 0..100 {
        lab.fake.store().put_tag(REPOSITORY, &format!("t{nth}"), &digest);
    }
    let hold = Hold::new();
    lab.fake.faults().on("HEAD", "/manifests/", Fault::Hold(hold.clone()), Times::Always);
    let rows = (0..100).map(|nth| lab.service.head(Head { reference: lab.reference(&format!("t{nth}")) }));
    let all = futures_util::future::join_all(rows);
    let watch = async {
        hold.arrived(8).await;
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        let under_way = lab.requests().len();
        hold.release();
        under_way
    };
    let (rows, under_way) = tokio::join!(all, watch);
    assert_eq!(under_way, 8);
    assert!(rows.iter().all(|row| row.as_ref().unwrap().digest.as_str() == digest));
    assert_eq!(lab.requests().len(), 100);
}

/// Text of a registry is held in a row as far as a row can show it.
#[tokio::test]
async fn a_row_of_very_long_texts_is_short() {
    let lab = Lab::start().await;
    let long = "x".repeat(1 << 20);
    let bytes = format!(
        r#"{{"schemaVersion":2,"artifactType":"a/{long}","manifests":[{{"size":1,"platform":{{"os":"{long}","architecture":"<b>"}}}}],"annotations":{{"org.opencontainers.image.created":"{long}"}}}}"#
    );
    let digest = lab.fake.store().put_manifest(REPOSITORY, None, MediaType::OCI_INDEX, bytes);
    let summary = row(&lab, &digest, None).await;
    let without_trace = Summary { exchanges: Vec::new(), ..summary };
    let length = serde_json::to_vec(&without_trace).unwrap().len();
    assert!(length < 64 << 10, "{length} bytes");
}
