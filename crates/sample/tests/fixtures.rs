//! Are the fixtures what the tools made, and do they verify? The digests are what the tools printed.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{fs, path::Path, process::Command};

use sample::Sample;
use serde_json::Value;

const SIGNED: &str = "sha256:69e604ae9ac1a2fb4b3ce5248f5efdd9663e090a93fa350b1bd7eb0da948751a";

fn manifest(sample: &Sample, repository: &str, digest: &str) -> Value {
    let bytes = sample.store().manifest(repository, digest);
    serde_json::from_slice(&bytes.unwrap_or_else(|| panic!("{repository} has no {digest}"))).unwrap()
}

#[tokio::test]
async fn what_the_tools_printed_is_there() {
    for sample in [sample::start_modern().await.unwrap(), sample::start_legacy().await.unwrap()] {
        let store = sample.store();
        // cosign and notation: "Pushing signature to …", "Successfully signed 127.0.0.1:5871/demo/signed@sha256:…".
        for repository in ["demo/signed", "demo/signed-by-tag"] {
            assert_eq!(store.tag(repository, "1.0.0").as_deref(), Some(SIGNED), "{repository}");
            for ending in ["sig", "att", "sbom"] {
                let tag = format!("{}.{ending}", SIGNED.replace(':', "-"));
                assert!(store.tag(repository, &tag).is_some(), "{repository}:{tag}");
            }
        }
        // helm push: "Digest: sha256:…".
        let chart = "sha256:0aea78ab4bec1895605724cfc093c525addd505af192e6c9a0c9aaed9cbdf898";
        assert_eq!(store.tag("demo/chart", "0.3.1").as_deref(), Some(chart));
        // oras attach, and oras manifest push of the index of reports: "Digest: sha256:…".
        for attached in [
            "sha256:35436e1ab789359f601186675e10491e6a4dfae3a789e87542c98cf624b876e7",
            "sha256:321744c6d3c82b62301375edc4933fc8cfc0801fff1a36daa5db1248c9752cc9",
            "sha256:46f9a61f44ddfc0a48f3097027fa82693672480f9df6fdc06bb36478392b1664",
            "sha256:8cef66ae5e21b24c479618c94ba102f22e01e46080b4236e143e025d00b8bac6",
        ] {
            assert_eq!(manifest(&sample, "demo/signed", attached)["subject"]["digest"], SIGNED);
            assert_eq!(store.manifest("demo/signed-by-tag", attached), None);
        }
        // The list that the tools kept on a registry without the referrers API.
        let list = store.tag("demo/signed", &SIGNED.replace(':', "-"));
        assert_eq!(list.is_some(), sample.alias == "legacy.sample");
        if let Some(list) = list {
            assert_eq!(manifest(&sample, "demo/signed", &list)["manifests"].as_array().unwrap().len(), 7);
        }
    }
}

/// cosign's SIGNATURE_SPEC: the signature in the annotation is one of the payload's bytes.
#[tokio::test]
async fn openssl_verifies_cosigns_signature_with_the_public_key() {
    let sample = sample::start_modern().await.unwrap();
    let tag = format!("{}.sig", SIGNED.replace(':', "-"));
    let signature = sample.store().tag("demo/signed", &tag).unwrap();
    let layer = manifest(&sample, "demo/signed", &signature)["layers"][0].clone();
    let payload = sample.store().blob("demo/signed", layer["digest"].as_str().unwrap()).unwrap();
    let signed: Value = serde_json::from_slice(&payload).unwrap();
    assert_eq!(signed["critical"]["image"]["docker-manifest-digest"], SIGNED);

    let folder = tempfile::tempdir().unwrap();
    let openssl = |arguments: &[&str]| {
        Command::new("openssl").current_dir(folder.path()).args(arguments).output().expect("openssl starts")
    };
    let encoded = layer["annotations"]["dev.cosignproject.cosign/signature"].as_str().unwrap();
    fs::write(folder.path().join("signature.base64"), encoded).unwrap();
    let decoded = openssl(&["base64", "-d", "-A", "-in", "signature.base64", "-out", "signature"]);
    assert!(decoded.status.success(), "{decoded:?}");
    let key = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/keys/cosign.pub");
    let mut damaged = payload.to_vec();
    damaged[0] ^= 1;
    for (bytes, verifies) in [(payload.to_vec(), true), (damaged, false)] {
        fs::write(folder.path().join("payload"), bytes).unwrap();
        let verified = openssl(&[
            "dgst",
            "-sha256",
            "-verify",
            key.to_str().unwrap(),
            "-signature",
            "signature",
            "payload",
        ]);
        assert_eq!(verified.status.success(), verifies, "{verified:?}");
    }
}

/// TAG Runtime's layout: the config names the digests of the modules, and the layer is a WebAssembly module.
#[tokio::test]
async fn the_module_is_the_one_that_its_config_names() {
    let sample = sample::start_modern().await.unwrap();
    let wasm = manifest(&sample, "demo/wasm", &sample.store().tag("demo/wasm", "0.1.0").unwrap());
    let blob = |descriptor: &Value| {
        sample.store().blob("demo/wasm", descriptor["digest"].as_str().unwrap()).expect("the blob is there")
    };
    let config: Value = serde_json::from_slice(&blob(&wasm["config"])).unwrap();
    assert_eq!((&config["os"], &config["architecture"]), (&"wasip1".into(), &"wasm".into()));
    assert_eq!(config["layerDigests"], serde_json::json!([wasm["layers"][0]["digest"]]));
    let module = blob(&wasm["layers"][0]);
    // Magic and version 1.
    assert!(module.starts_with(b"\0asm\x01\0\0\0"));
    assert_eq!(&module[module.len() - 21..], b"hello from demo/wasm\n");
}
