//! The eight rows of who rejects what, each as bytes made by hand: mixed media types, and labels that do not fit.
//!
//! What docker-registry 2.8.2 stored and skopeo 1.9.3 then said stands beside each row.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use oci::{MediaType, Severity, read};

const CONFIG: &str = "sha256:b5b2b2c507a0944348e0303114d8d93aaaa081732b86451d9bce1f432a537bc7";
const LAYER: &str = "sha256:9834876dcfb05cb167a5c24953eba58c4ac89b1adf57f28f2f9d09af107ee8f0";

const OCI_MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
const OCI_CONFIG: &str = "application/vnd.oci.image.config.v1+json";
const OCI_LAYER: &str = "application/vnd.oci.image.layer.v1.tar+gzip";
const OCI_INDEX: &str = "application/vnd.oci.image.index.v1+json";
const DOCKER_MANIFEST: &str = "application/vnd.docker.distribution.manifest.v2+json";
const DOCKER_CONFIG: &str = "application/vnd.docker.container.image.v1+json";
const DOCKER_LAYER: &str = "application/vnd.docker.image.rootfs.diff.tar.gzip";
const DOCKER_LIST: &str = "application/vnd.docker.distribution.manifest.list.v2+json";

/// A manifest; `own` is its `mediaType` member with the comma behind it, or nothing.
fn manifest(own: &str, config: &str, layer: &str) -> String {
    format!(
        r#"{{"schemaVersion":2,{own}"config":{{"mediaType":"{config}","digest":"{CONFIG}","size":7023}},"layers":[{{"mediaType":"{OCI_LAYER}","digest":"{LAYER}","size":32654}},{{"mediaType":"{layer}","digest":"{LAYER}","size":32654}}]}}"#
    )
}

fn docker(config: &str, layer: &str) -> String {
    manifest(&own(DOCKER_MANIFEST), config, layer).replacen(OCI_LAYER, DOCKER_LAYER, 1)
}

fn own(media_type: &str) -> String {
    format!(r#""mediaType":"{media_type}","#)
}

fn index(own: &str, child: &str) -> String {
    format!(
        r#"{{"schemaVersion":2,"mediaType":"{own}","manifests":[{{"mediaType":"{child}","digest":"{CONFIG}","size":528,"platform":{{"os":"linux","architecture":"amd64"}}}}]}}"#
    )
}

/// Rule, severity and pointer of each finding.
#[track_caller]
fn expect(document: &str, served: Option<&str>, wanted: &[(&str, Severity, &str)]) {
    let view = read(document.as_bytes(), served.map(MediaType::from).as_ref());
    let found: Vec<_> =
        view.findings.iter().map(|it| (it.id.as_str(), it.severity, it.pointer.as_str())).collect();
    assert_eq!(found, wanted, "{document}");
}

#[test]
fn row_1_an_oci_manifest_with_a_docker_layer() {
    // skopeo to docker-archive: Unknown media type during manifest conversion.
    let document = manifest(&own(OCI_MANIFEST), OCI_CONFIG, DOCKER_LAYER);
    expect(&document, Some(OCI_MANIFEST), &[("MT026", Severity::Warning, "/layers/1/mediaType")]);
}

#[test]
fn row_2_the_same_with_its_own_type_absent_or_empty() {
    let mixed = ("MT026", Severity::Warning, "/layers/1/mediaType");
    let absent = manifest("", OCI_CONFIG, DOCKER_LAYER);
    expect(&absent, Some(OCI_MANIFEST), &[("MT004", Severity::Warning, "/mediaType"), mixed]);
    let empty = manifest(&own(""), OCI_CONFIG, DOCKER_LAYER);
    expect(&empty, Some(OCI_MANIFEST), &[("MT006", Severity::Error, "/mediaType"), mixed]);
}

#[test]
fn row_3_a_docker_manifest_with_an_oci_layer() {
    // skopeo inspect: unsupported docker v2s2 media type.
    let document = docker(DOCKER_CONFIG, OCI_LAYER);
    expect(&document, Some(DOCKER_MANIFEST), &[("MT009", Severity::Error, "/layers/1/mediaType")]);
}

#[test]
fn row_4_an_oci_manifest_with_a_docker_config() {
    // skopeo inspect: unsupported image-specific operation on artifact with type.
    let document = manifest(&own(OCI_MANIFEST), DOCKER_CONFIG, OCI_LAYER);
    expect(&document, Some(OCI_MANIFEST), &[("MT008", Severity::Error, "/config/mediaType")]);
}

#[test]
fn row_5_a_docker_manifest_with_an_oci_config() {
    // Nobody is known to reject it.
    let document = docker(OCI_CONFIG, DOCKER_LAYER);
    expect(&document, Some(DOCKER_MANIFEST), &[("MT009", Severity::Info, "/config/mediaType")]);
}

#[test]
fn row_6_children_of_the_other_family() {
    let oci = index(OCI_INDEX, DOCKER_MANIFEST);
    expect(&oci, Some(OCI_INDEX), &[("MT007", Severity::Info, "/manifests/0/mediaType")]);
    let docker = index(DOCKER_LIST, OCI_MANIFEST);
    expect(&docker, Some(DOCKER_LIST), &[("MT007", Severity::Warning, "/manifests/0/mediaType")]);
}

#[test]
fn row_7_a_child_that_is_mislabelled_shows_only_when_it_is_fetched() {
    // A strict registry answers containerd with 404. Of the index alone nothing is to be seen, nor of the child: what
    // differs is found by whoever has both (IX005, in service).
    expect(&index(OCI_INDEX, OCI_MANIFEST), Some(OCI_INDEX), &[]);
    expect(&docker(DOCKER_CONFIG, DOCKER_LAYER), Some(DOCKER_MANIFEST), &[]);
}

#[test]
fn row_8_body_and_content_type_disagree() {
    // docker-registry 2.8.2 does not store it: 400 MANIFEST_INVALID.
    let document = manifest(&own(OCI_MANIFEST), OCI_CONFIG, OCI_LAYER);
    expect(&document, Some(DOCKER_MANIFEST), &[("MT002", Severity::Error, "/mediaType")]);
}
