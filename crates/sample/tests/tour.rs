//! Is every stop of the tour where it says that it is, and is what is missing missing on purpose?
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use sample::{ALIASES, Sample, Where};
use serde_json::Value;

async fn samples() -> [Sample; 2] {
    [sample::start_modern().await.unwrap(), sample::start_legacy().await.unwrap()]
}

#[tokio::test]
async fn every_stop_exists_where_it_says() {
    let [modern, legacy] = samples().await;
    for item in sample::tour() {
        assert!(item.look_at.ends_with('.') && !item.look_at.contains("  "), "{item:?}");
        let there = |sample: &Sample| {
            let store = sample.store();
            let found = match (item.tag, item.digest) {
                (Some(tag), None) => store.tag(item.repository, tag),
                (None, Some(digest)) => Some(digest.to_owned()),
                (None, None) => {
                    return item.repository == "demo/empty" || !store.tags(item.repository).is_empty();
                }
                (Some(_), Some(_)) => panic!("{item:?} has a tag and a digest"),
            };
            found.is_some_and(|digest| store.manifest(item.repository, &digest).is_some())
        };
        let (in_modern, in_legacy) = (there(&modern), there(&legacy));
        match item.at {
            Where::Both => assert!(in_modern && in_legacy, "{item:?}"),
            Where::Modern => assert!(in_modern, "{item:?}"),
            Where::Legacy => assert!(in_legacy, "{item:?}"),
        }
        assert_eq!(item.registry(), ALIASES[usize::from(item.at == Where::Legacy)]);
    }
}

#[test]
fn a_topic_stands_in_one_place_and_no_stop_twice() {
    let mut topics: Vec<&str> = sample::tour().iter().map(|item| item.topic).collect();
    topics.dedup();
    assert_eq!(topics.iter().collect::<BTreeSet<_>>().len(), topics.len(), "{topics:?}");
    let stops: BTreeSet<_> = sample::tour()
        .iter()
        .map(|item| (item.at == Where::Legacy, item.repository, item.tag, item.digest))
        .collect();
    assert_eq!(stops.len(), sample::tour().len());
}

/// The list, by what is at each place: nothing of it may get lost.
#[test]
fn the_tour_has_a_stop_for_everything_that_the_field_has() {
    let repositories: BTreeSet<_> = sample::tour().iter().map(|item| item.repository).collect();
    let expected = [
        "demo/app",
        "demo/chart",
        "demo/docker-image",
        "demo/empty",
        "demo/many",
        "demo/nested",
        "demo/schema1",
        "demo/signed",
        "demo/signed-by-tag",
        "demo/wasm",
        "trouble/bytes",
        "trouble/labels",
        "trouble/missing",
        "trouble/mixed",
        "trouble/tags",
        "trouble/text",
    ];
    assert_eq!(repositories, BTreeSet::from(expected));
    let (modern, tags) = (sample::tour(), |repository: &str| {
        sample::tour().iter().filter(|item| item.repository == repository).filter_map(|item| item.tag).count()
    });
    assert!(!modern.is_empty());
    // seeds.md 5.2: six mixes and the child with a wrong label; the second mix in two forms.
    assert_eq!(tags("trouble/mixed"), 9);
}

/// What no registry holds, though a descriptor names it: exactly these.
#[tokio::test]
async fn everything_that_is_named_is_there_but_what_is_missing_on_purpose() {
    // printf 'a child' | sha256sum, and so on.
    let missing = [
        ("a child", "manifests"),
        ("a config", "config"),
        ("a layer", "layers"),
        ("a subject", "subject"),
        ("a referrer", "manifests"),
    ];
    for sample in &samples().await {
        let store = sample.store();
        let mut found = BTreeSet::new();
        let repositories: BTreeSet<_> = sample::tour().iter().map(|item| item.repository).collect();
        for repository in repositories {
            let mut open: Vec<String> =
                store.tags(repository).iter().filter_map(|tag| store.tag(repository, tag)).collect();
            open.extend(
                sample::tour()
                    .iter()
                    .filter(|item| item.repository == repository)
                    .filter_map(|item| item.digest.map(str::to_owned)),
            );
            let mut seen = BTreeSet::new();
            while let Some(digest) = open.pop() {
                if !seen.insert(digest.clone()) {
                    continue;
                }
                let bytes = store.manifest(repository, &digest).unwrap();
                let manifest: Value = serde_json::from_slice(&bytes).unwrap();
                for (field, child) in named(&manifest) {
                    let is_manifest = matches!(field, "manifests" | "subject");
                    let there = match is_manifest {
                        true => store.manifest(repository, &child).is_some(),
                        false => store.blob(repository, &child).is_some(),
                    };
                    match there {
                        true if is_manifest => open.push(child),
                        true => {}
                        false => drop(found.insert((repository, field, child))),
                    }
                }
            }
        }
        let expected: BTreeSet<_> = missing
            .iter()
            .filter(|(what, _)| sample.alias == "legacy.sample" || *what != "a referrer")
            .map(|(what, field)| ("trouble/missing", *field, fake_digest(what)))
            .collect();
        assert_eq!(found, expected, "{}", sample.alias);
    }
}

fn fake_digest(what: &str) -> String {
    use sha2::{Digest, Sha256};
    let hex: String = Sha256::digest(what).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}

/// Every digest of a descriptor in a manifest, with the field that it stands in.
fn named(manifest: &Value) -> Vec<(&'static str, String)> {
    let mut named = Vec::new();
    for field in ["config", "subject"] {
        named.extend(manifest[field]["digest"].as_str().map(|digest| (field, digest.to_owned())));
    }
    for field in ["layers", "manifests", "blobs"] {
        for entry in manifest[field].as_array().into_iter().flatten() {
            named.push((field, entry["digest"].as_str().unwrap().to_owned()));
        }
    }
    for layer in manifest["fsLayers"].as_array().into_iter().flatten() {
        named.push(("fsLayers", layer["blobSum"].as_str().unwrap().to_owned()));
    }
    named
}
