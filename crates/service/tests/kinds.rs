//! What does the product say about each kind of artifact?
//!
//! `kinds/*.json` are manifests by hand; what is expected of each stands in the table.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::{fs, path::PathBuf};

use api::{Backend, Inspect, Inspection};
use oci::{ArtifactTypeSource, Kind, MediaType, Shape, Verification};
use support::Lab;

/// File, content type, shape, kind, effective artifactType and its source.
type Row = (&'static str, &'static str, Shape, Kind, Option<&'static str>, ArtifactTypeSource);

use ArtifactTypeSource::{ConfigMediaType, Field, None as Nothing};
const IMAGE_CONFIG: &str = MediaType::OCI_CONFIG;
const MANIFEST: &str = MediaType::OCI_MANIFEST;
const BUNDLE: &str = "application/vnd.dev.sigstore.bundle.v0.3+json";
const COSIGN: &str = "application/vnd.dev.cosign.artifact.sig.v1+json";
const NOTATION: &str = "application/vnd.cncf.notary.signature";
const HELM: &str = "application/vnd.cncf.helm.config.v1+json";
const WASM: &str = "application/vnd.wasm.config.v0+json";
const THING: &str = "application/vnd.example.thing";

const ROWS: &[Row] = &[
    ("image", MANIFEST, Shape::Manifest, Kind::Image, Some(IMAGE_CONFIG), ConfigMediaType),
    (
        "docker_image",
        MediaType::DOCKER_MANIFEST,
        Shape::Manifest,
        Kind::Image,
        Some(MediaType::DOCKER_CONFIG),
        ConfigMediaType,
    ),
    ("index", MediaType::OCI_INDEX, Shape::Index, Kind::Index, None, Nothing),
    ("docker_list", MediaType::DOCKER_LIST, Shape::Index, Kind::Index, None, Nothing),
    (
        "index_with_field",
        MediaType::OCI_INDEX,
        Shape::Index,
        Kind::Index,
        Some("application/vnd.example.set"),
        Field,
    ),
    ("helm_chart", MANIFEST, Shape::Manifest, Kind::HelmChart, Some(HELM), ConfigMediaType),
    ("wasm", MANIFEST, Shape::Manifest, Kind::Wasm, Some(WASM), ConfigMediaType),
    (
        "cosign_signature_tag",
        MANIFEST,
        Shape::Manifest,
        Kind::CosignSignature,
        Some(IMAGE_CONFIG),
        ConfigMediaType,
    ),
    ("cosign_signature", MANIFEST, Shape::Manifest, Kind::CosignSignature, Some(COSIGN), Field),
    ("sigstore_bundle", MANIFEST, Shape::Manifest, Kind::SigstoreBundle, Some(BUNDLE), Field),
    ("notation_signature", MANIFEST, Shape::Manifest, Kind::NotationSignature, Some(NOTATION), Field),
    ("spdx", MANIFEST, Shape::Manifest, Kind::Spdx, Some("application/spdx+json"), Field),
    ("cyclonedx", MANIFEST, Shape::Manifest, Kind::CycloneDx, Some("application/vnd.cyclonedx+json"), Field),
    ("attestation", MANIFEST, Shape::Manifest, Kind::Attestation, Some(IMAGE_CONFIG), ConfigMediaType),
    ("vex", MANIFEST, Shape::Manifest, Kind::Vex, Some("application/vnd.openvex+json"), Field),
    // The field decides, whatever the config says; what it is in words may still come from its parts.
    ("field_beside_config", MANIFEST, Shape::Manifest, Kind::Artifact, Some(THING), Field),
    ("helm_config_under_a_field", MANIFEST, Shape::Manifest, Kind::HelmChart, Some(THING), Field),
    // S0-4: the empty type is never shown as if it were an artifact type.
    ("empty_config_without_field", MANIFEST, Shape::Manifest, Kind::Artifact, None, Nothing),
    ("schema1", MediaType::DOCKER_SCHEMA1, Shape::Schema1, Kind::Schema1, None, Nothing),
    (
        "artifact_manifest",
        MediaType::OCI_ARTIFACT,
        Shape::ArtifactManifest,
        Kind::Artifact,
        Some(THING),
        Field,
    ),
    // CVE-2021-41190: no guess.
    ("ambiguous", MANIFEST, Shape::Ambiguous, Kind::Unknown, None, Nothing),
    ("other_json", "application/json", Shape::Unknown, Kind::Unknown, None, Nothing),
];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/kinds")
}

async fn inspect(lab: &Lab, file: &str, content_type: &str) -> Inspection {
    let bytes = fs::read(folder().join(format!("{file}.json"))).unwrap();
    lab.push(file, content_type, &bytes);
    let reference = lab.reference(file);
    let inspection = lab.service.inspect(Inspect::new(reference.clone())).await.unwrap();
    assert_eq!(inspection.reference, reference);
    assert!(inspection.bytes.0 == bytes, "{file}: the bytes are not the bytes that were pushed");
    inspection
}

#[tokio::test]
async fn each_kind_is_named_and_its_type_has_its_source() {
    let lab = Lab::start().await;
    for &(file, content_type, shape, ref kind, artifact_type, source) in ROWS {
        let got = inspect(&lab, file, content_type).await;
        assert_eq!(got.view.shape, shape, "{file}");
        assert_eq!(got.view.kind, *kind, "{file}");
        assert_eq!(got.view.artifact_type.value.as_deref(), artifact_type, "{file}");
        assert_eq!(got.view.artifact_type.source, source, "{file}");
        assert_eq!(got.verification, Verification::Verified, "{file}");
        assert_eq!(got.served.content_type, Some(content_type.into()), "{file}");
        // The fake registry hashes with code of its own.
        assert_eq!(got.served.digest_header.as_deref(), Some(got.digest.as_str()), "{file}");
        assert_eq!(got.size, got.bytes.0.len() as u64, "{file}");
        assert_eq!(got.findings, [], "{file}");
    }
}

#[test]
fn no_file_is_left_out() {
    let mut files: Vec<_> = fs::read_dir(folder())
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap().replace(".json", ""))
        .collect();
    let mut rows: Vec<_> = ROWS.iter().map(|row| row.0.to_owned()).collect();
    files.sort();
    rows.sort();
    assert_eq!(files, rows);
}

#[tokio::test]
async fn an_index_shows_its_platforms_and_what_they_are_attested_by() {
    let lab = Lab::start().await;
    let view = inspect(&lab, "index", MediaType::OCI_INDEX).await.view;
    let platforms: Vec<_> = view
        .manifests
        .iter()
        .map(|child| child.platform.clone().unwrap())
        .map(|platform| (platform.os, platform.architecture, platform.variant.unwrap_or_default()))
        .collect();
    let expected = [("linux", "amd64", ""), ("linux", "arm64", "v8"), ("unknown", "unknown", "")];
    assert_eq!(
        platforms,
        expected.map(|(os, architecture, variant)| (os.into(), architecture.into(), variant.into()))
    );
    assert_eq!(view.manifests[2].annotations["vnd.docker.reference.type"], "attestation-manifest");
    assert_eq!(view.annotations["org.opencontainers.image.version"], "1.2.0");
    assert_eq!(view.subject, None);
}

#[tokio::test]
async fn a_referrer_shows_its_subject() {
    let lab = Lab::start().await;
    let view = inspect(&lab, "spdx", MANIFEST).await.view;
    let subject = view.subject.unwrap();
    assert_eq!(subject.digest.unwrap().as_str(), format!("sha256:{}", "5b".repeat(32)));
    assert_eq!((subject.size, subject.media_type), (Some(1234), Some(MANIFEST.into())));
}
