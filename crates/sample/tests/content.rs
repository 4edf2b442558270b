//! Does everything in the samples fit together? Every descriptor is followed, and every layer unpacked.
#![allow(clippy::unwrap_used, reason = "a test may fail by panic, and so may what it calls")]

use std::{
    collections::BTreeSet,
    io::Write,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use sample::Sample;
use serde_json::Value;
use sha2::{Digest, Sha256};

fn digest(bytes: &[u8]) -> String {
    let hex: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}

/// The output of a program that reads its input.
fn through(program: &str, arguments: &[&str], input: &[u8]) -> Vec<u8> {
    let mut command = Command::new(program);
    let mut child = command
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().unwrap();
    // Written beside the reading: a program whose output nobody takes stops to take its input.
    let output = std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(input).unwrap());
        child.wait_with_output().unwrap()
    });
    assert!(output.status.success(), "{program} {arguments:?}");
    output.stdout
}

/// Follows a descriptor to what it points at, and checks it.
struct Walk<'a> {
    sample: &'a Sample,
    repository: &'a str,
    seen: BTreeSet<String>,
}

impl Walk<'_> {
    fn manifest(&mut self, digest_text: &str) -> Value {
        let store = self.sample.store();
        let bytes = store.manifest(self.repository, digest_text);
        let bytes = bytes.unwrap_or_else(|| panic!("{} has no manifest {digest_text}", self.repository));
        assert_eq!(digest(&bytes), digest_text);
        let manifest: Value = serde_json::from_slice(&bytes).expect("a manifest is JSON");
        if !self.seen.insert(digest_text.to_owned()) {
            return manifest;
        }
        let list = |key: &str| manifest[key].as_array().cloned().unwrap_or_default();
        for child in list("manifests") {
            let digest = child["digest"].as_str().unwrap();
            let bytes = store.manifest(self.repository, digest).expect("a child is there");
            assert_eq!(child["size"], bytes.len());
            let found = self.manifest(digest);
            assert_eq!(child["mediaType"], found["mediaType"], "{} {digest}", self.repository);
        }
        if let Some(subject) = manifest.get("subject") {
            let bytes = store.manifest(self.repository, subject["digest"].as_str().unwrap()).unwrap();
            assert_eq!(subject["size"], bytes.len());
        }
        let layers: Vec<Vec<u8>> = list("layers").iter().map(|layer| self.blob(layer)).collect();
        if let Some(config) = manifest.get("config") {
            let config: Value = serde_json::from_slice(&self.blob(config)).expect("a config is JSON");
            check_diff_ids(&config, &layers);
        }
        manifest
    }

    fn blob(&self, descriptor: &Value) -> Vec<u8> {
        let wanted = descriptor["digest"].as_str().unwrap();
        let bytes = self.sample.store().blob(self.repository, wanted);
        let bytes = bytes.unwrap_or_else(|| panic!("{} has no blob {wanted}", self.repository));
        assert_eq!(digest(&bytes), wanted);
        assert_eq!(descriptor["size"], bytes.len());
        bytes.to_vec()
    }
}

/// The `diff_ids` of a config are the digests of its layers, unpacked by another program.
fn check_diff_ids(config: &Value, layers: &[Vec<u8>]) {
    let Some(diff_ids) = config["rootfs"]["diff_ids"].as_array() else { return };
    let unpacked = |layer: &Vec<u8>| {
        if layer.starts_with(&[0x1f, 0x8b]) { through("gzip", &["-dc"], layer) } else { layer.clone() }
    };
    let real: Vec<Value> = layers.iter().map(|layer| Value::from(digest(&unpacked(layer)))).collect();
    assert_eq!(diff_ids, &real);
    let history = config["history"].as_array().cloned().unwrap_or_default();
    if !history.is_empty() {
        let filled = history.iter().filter(|entry| entry["empty_layer"] != true).count();
        assert_eq!(filled, layers.len(), "one entry of the history a layer");
    }
}

async fn samples() -> [Sample; 2] {
    [sample::start_modern().await.unwrap(), sample::start_legacy().await.unwrap()]
}

#[tokio::test]
async fn every_descriptor_of_every_tag_fits_what_it_points_at() {
    for sample in &samples().await {
        for repository in [
            "demo/app",
            "demo/docker-image",
            "demo/chart",
            "demo/signed",
            "demo/signed-by-tag",
            "demo/wasm",
            "demo/nested",
            "demo/many",
        ] {
            let mut walk = Walk { sample, repository, seen: BTreeSet::new() };
            for tag in sample.store().tags(repository) {
                let digest = sample.store().tag(repository, &tag).unwrap();
                walk.manifest(&digest);
            }
            assert!(!walk.seen.is_empty(), "{repository}");
        }
    }
}

#[tokio::test]
async fn the_tags_are_those_that_are_promised() {
    for sample in &samples().await {
        let store = sample.store();
        let mut app = store.tags("demo/app");
        app.retain(|tag| !tag.starts_with("sha256-"));
        assert_eq!(app, ["1.0.0", "1.1.0", "1.10.0-rc.1", "1.2.0", "latest", "sbom-1.2.0", "sig-1.2.0"]);
        assert_eq!(store.tag("demo/app", "latest"), store.tag("demo/app", "1.2.0"));
        assert_eq!(store.tags("demo/docker-image"), ["2.4", "list"]);
        for (repository, tag) in [("demo/chart", "0.3.1"), ("demo/wasm", "0.1.0"), ("demo/schema1", "1")] {
            assert_eq!(store.tags(repository), [tag]);
        }
        let many = store.tags("demo/many");
        assert_eq!((many.len(), many[0].as_str(), many[4_999].as_str()), (5_000, "build-0001", "build-5000"));
        assert!(store.tags("demo/empty").is_empty());
    }
}

#[tokio::test]
async fn the_attestations_name_the_image_that_they_stand_beside() {
    let [sample, _] = samples().await;
    let mut walk = Walk { sample: &sample, repository: "demo/app", seen: BTreeSet::new() };
    let index = walk.manifest(&sample.store().tag("demo/app", "1.2.0").unwrap());
    let entries = index["manifests"].as_array().unwrap();
    let images: Vec<&Value> = entries
        .iter()
        .filter(|entry| entry["platform"]["os"] == "linux")
        .map(|entry| &entry["digest"])
        .collect();
    let attested: Vec<&Value> = entries.iter().filter(|entry| entry["platform"]["os"] == "unknown").collect();
    assert_eq!((images.len(), attested.len()), (2, 2));
    for (entry, image) in attested.iter().zip(images) {
        assert_eq!(entry["annotations"]["vnd.docker.reference.type"], "attestation-manifest");
        assert_eq!(&entry["annotations"]["vnd.docker.reference.digest"], image);
        let manifest = walk.manifest(entry["digest"].as_str().unwrap());
        let mut predicates = Vec::new();
        for layer in manifest["layers"].as_array().unwrap() {
            let statement: Value = serde_json::from_slice(&walk.blob(layer)).expect("a statement is JSON");
            let subject = statement["subject"][0]["digest"]["sha256"].as_str().unwrap();
            assert_eq!(format!("sha256:{subject}"), *image);
            assert_eq!(statement["predicateType"], layer["annotations"]["in-toto.io/predicate-type"]);
            predicates.push(statement["predicateType"].as_str().unwrap().to_owned());
        }
        assert_eq!(predicates, ["https://spdx.dev/Document", "https://slsa.dev/provenance/v0.2"]);
    }
}

#[tokio::test]
async fn the_referrers_name_the_newest_version_and_legacy_lists_them_under_its_digest() {
    let [modern, legacy] = samples().await;
    let newest = modern.store().tag("demo/app", "1.2.0").unwrap();
    let fallback = newest.replace(':', "-");
    assert_eq!(modern.store().tag("demo/app", &fallback), None);
    let list = legacy.store().tag("demo/app", &fallback).expect("the fallback tag");
    let mut walk = Walk { sample: &legacy, repository: "demo/app", seen: BTreeSet::new() };
    let list = walk.manifest(&list);
    let listed = list["manifests"].as_array().unwrap().clone();
    for (entry, tag) in listed.iter().zip(["sbom-1.2.0", "sig-1.2.0"]) {
        assert_eq!(entry["digest"], *legacy.store().tag("demo/app", tag).unwrap());
        let manifest = walk.manifest(entry["digest"].as_str().unwrap());
        assert_eq!(manifest["subject"]["digest"], *newest);
        // "Pushing Manifests with Subject": the list has the type and all annotations of the manifest.
        assert_eq!(entry["artifactType"], manifest["artifactType"]);
        assert_eq!(entry["annotations"], manifest["annotations"]);
    }
    assert_eq!(listed.len(), 2);
}

#[tokio::test]
async fn the_chart_is_laid_out_as_helm_reads_it() {
    let [sample, _] = samples().await;
    let mut walk = Walk { sample: &sample, repository: "demo/chart", seen: BTreeSet::new() };
    let manifest = walk.manifest(&sample.store().tag("demo/chart", "0.3.1").unwrap());
    let content = walk.blob(&manifest["layers"][0]);
    let names = String::from_utf8(through("tar", &["-tzf", "-"], &content)).unwrap();
    for name in ["chart/Chart.yaml", "chart/values.yaml", "chart/templates/deployment.yaml"] {
        assert!(names.lines().any(|line| line == name), "{names}");
    }
    let chart = String::from_utf8(through("tar", &["-xzOf", "-", "chart/Chart.yaml"], &content)).unwrap();
    let config: Value = serde_json::from_slice(&walk.blob(&manifest["config"])).unwrap();
    for key in ["name", "version", "apiVersion", "appVersion", "description", "type"] {
        let line = format!("{key}: {}", config[key].as_str().unwrap());
        assert!(chart.lines().any(|found| found == line), "{line}");
    }
}

#[tokio::test]
async fn the_content_is_the_same_bytes_every_time_and_quickly_there() {
    let start = Instant::now();
    let first = sample::start_modern().await.unwrap();
    let took = start.elapsed();
    // 5,000 tags are names, not copies. The bound is generous for a busy machine.
    assert!(took < Duration::from_secs(2), "{took:?}");
    assert!(first.store().used() < 4 << 20, "{} bytes", first.store().used());
    let second = sample::start_modern().await.unwrap();
    for tag in first.store().tags("demo/app") {
        assert_eq!(first.store().tag("demo/app", &tag), second.store().tag("demo/app", &tag));
    }
}
