//! Does each stop of the tour show what it promises? Asked of the samples, as the app asks.
//!
//! The ids are those of the rules by their text (part B), not of what is found here today.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use api::{Backend, Code, Expected, Inspect, Inspection, ReadBlob};
use oci::{Descriptor, Kind, Reference};
use registry::Client;
use sample::{Item, Sample};
use service::{Options, SampleRegistry, Service};

/// The stops where something is wrong with the document or its answer, and the rules that say so.
const FINDINGS: &[(&str, &str, &[&str])] = &[
    ("demo/chart", "0.3.1", &["MT004"]),
    ("demo/schema1", "1", &["MT010"]),
    ("trouble/mixed", "docker-layer", &["MT026"]),
    ("trouble/mixed", "docker-layer-without-type", &["MT004", "MT026"]),
    ("trouble/mixed", "docker-layer-empty-type", &["MT006", "MT026"]),
    ("trouble/mixed", "oci-layer", &["MT009"]),
    ("trouble/mixed", "docker-config", &["MT008"]),
    ("trouble/mixed", "oci-config", &["MT009"]),
    ("trouble/mixed", "index-of-docker", &["MT007"]),
    ("trouble/mixed", "list-of-oci", &["MT007"]),
    ("trouble/labels", "ambiguous", &["MT001"]),
    ("trouble/labels", "name-twice", &["JS003"]),
    ("trouble/labels", "index-without-type", &["MT004"]),
    ("trouble/labels", "annotation-number", &["AN001"]),
    ("trouble/labels", "no-artifact-type", &["AT001"]),
    ("trouble/labels", "artifact-type-with-parameter", &["AT002"]),
    ("trouble/labels", "retired-artifact-manifest", &["MT012"]),
    ("trouble/labels", "content-type-differs", &["MT002"]),
    ("trouble/labels", "content-type-text", &["MT002", "MT013"]),
    ("trouble/labels", "content-type-with-charset", &["MT014"]),
    ("trouble/labels", "digest-of-something-else", &["RG003"]),
    ("trouble/labels", "no-digest-header", &["RG002"]),
];

struct Tour {
    service: Service,
    _samples: [Sample; 2],
}

impl Tour {
    async fn start() -> Self {
        let samples = [sample::start_modern().await.unwrap(), sample::start_legacy().await.unwrap()];
        let named = |sample: &Sample| SampleRegistry {
            name: sample.alias.parse().unwrap(),
            address: sample.address.to_string().parse().unwrap(),
            about: sample.about.to_owned(),
        };
        let client = Client::new(registry::Options::default()).unwrap();
        let options = Options { samples: samples.iter().map(named).collect(), ..Options::new(client) };
        Self { service: Service::new(options).unwrap(), _samples: samples }
    }

    async fn open(&self, reference: &Reference) -> Result<Inspection, api::Error> {
        self.service.inspect(Inspect::new(reference.clone())).await
    }

    /// What the modern sample has under a tag of `trouble/…` or `demo/…`.
    async fn modern(&self, name: &str) -> Inspection {
        self.open(&format!("modern.sample/{name}").parse().unwrap()).await.unwrap()
    }

    /// Follows a descriptor as a click on it does. Gives the ids of what is found on the way.
    async fn follow(&self, name: &str, descriptor: &Descriptor) -> Result<Vec<&'static str>, api::Error> {
        let digest = descriptor.digest.as_ref().unwrap();
        let reference = format!("modern.sample/{name}@{digest}").parse().unwrap();
        let expected = Expected { size: descriptor.size, media_type: descriptor.media_type.clone() };
        let found = self.service.inspect(Inspect { reference, expected: Some(expected) }).await?;
        Ok(ids(&found))
    }

    async fn blob(&self, name: &str, descriptor: &Descriptor) -> Result<Vec<&'static str>, api::Error> {
        let request = ReadBlob {
            registry: "modern.sample".parse().unwrap(),
            repository: name.parse().unwrap(),
            digest: descriptor.digest.clone().unwrap(),
            size: descriptor.size,
            limit: api::LONGEST_BLOB,
        };
        let read = self.service.read_blob(request).await?;
        Ok(read.findings.iter().map(|finding| known(&finding.id)).collect())
    }
}

fn reference(item: &Item) -> Option<Reference> {
    let (registry, repository) = (item.registry(), item.repository);
    match (item.tag, item.digest) {
        (Some(tag), _) => Some(format!("{registry}/{repository}:{tag}").parse().unwrap()),
        (None, Some(digest)) => Some(format!("{registry}/{repository}@{digest}").parse().unwrap()),
        (None, None) => None,
    }
}

/// Each id once, in the order of the alphabet.
fn ids(inspection: &Inspection) -> Vec<&'static str> {
    let all = inspection.view.findings.iter().chain(&inspection.findings);
    let mut ids: Vec<_> = all.map(|finding| known(&finding.id)).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn known(id: &str) -> &'static str {
    let rules = FINDINGS.iter().flat_map(|(.., ids)| *ids).chain(&["DS008", "DS009", "IX005"]);
    let mut rules = rules.copied();
    rules.find(|rule| *rule == id).unwrap_or_else(|| panic!("nobody expects {id} on the tour"))
}

#[tokio::test]
async fn each_stop_opens_with_exactly_the_findings_that_it_promises() {
    let tour = Tour::start().await;
    let mut expected: BTreeMap<_, _> =
        FINDINGS.iter().map(|(repository, tag, ids)| ((*repository, *tag), *ids)).collect();
    for item in sample::tour() {
        let Some(reference) = reference(item) else { continue };
        let found = tour.open(&reference).await.unwrap_or_else(|error| panic!("{reference}: {error}"));
        let ids_here = item.tag.and_then(|tag| expected.remove(&(item.repository, tag))).unwrap_or_default();
        assert_eq!(ids(&found), ids_here, "{reference}");
        // The sentence names the rule, where there is one.
        assert!(
            ids_here.iter().all(|id| item.look_at.contains(id)),
            "{reference} does not speak of {ids_here:?}"
        );
    }
    assert!(expected.is_empty(), "no stop shows {expected:?}");
}

#[tokio::test]
async fn each_thing_is_of_the_kind_that_its_stop_says() {
    let tour = Tour::start().await;
    let says = [
        ("A Helm chart", Kind::HelmChart),
        ("A WebAssembly module", Kind::Wasm),
        ("Docker's retired schema 1", Kind::Schema1),
        ("The signature by cosign 2", Kind::CosignSignature),
        ("Attestations by cosign 2", Kind::Attestation),
        ("An SBOM as `cosign attach sbom`", Kind::Spdx),
        ("The signature by cosign 3", Kind::SigstoreBundle),
        ("SLSA provenance by cosign 3", Kind::SigstoreBundle),
        ("The signature by notation", Kind::NotationSignature),
        ("An SPDX SBOM as oras", Kind::Spdx),
        ("A referrer of a referrer", Kind::SigstoreBundle),
        ("A CycloneDX SBOM", Kind::CycloneDx),
        ("An OpenVEX document", Kind::Vex),
        ("An index as a referrer", Kind::Index),
        ("An index of indexes", Kind::Index),
        ("A manifest list", Kind::Index),
    ];
    for (beginning, kind) in says {
        let item = sample::tour().iter().find(|item| item.look_at.starts_with(beginning));
        let reference = reference(item.unwrap_or_else(|| panic!("no stop begins {beginning:?}"))).unwrap();
        assert_eq!(tour.open(&reference).await.unwrap().view.kind, kind, "{reference}");
    }
}

#[tokio::test]
async fn what_an_index_says_wrongly_of_a_child_is_found_on_the_way_to_it() {
    let tour = Tour::start().await;
    for (name, tag, id) in
        [("trouble/mixed", "mislabelled-child", "IX005"), ("trouble/bytes", "child-size", "DS008")]
    {
        let index = tour.modern(&format!("{name}:{tag}")).await;
        let found = tour.follow(name, &index.view.manifests[0]).await.unwrap();
        assert_eq!(found, [id], "{name}:{tag}");
    }
}

#[tokio::test]
async fn what_is_missing_is_said_to_be_missing_and_the_rest_is_there() {
    let tour = Tour::start().await;
    let name = "trouble/missing";
    let index = tour.modern(&format!("{name}:child")).await;
    let [there, gone] = &index.view.manifests[..] else { panic!("two children") };
    assert!(tour.follow(name, there).await.unwrap().is_empty());
    assert_eq!(tour.follow(name, gone).await.unwrap_err().code, Code::ManifestNotFound);

    let orphan = tour.modern(&format!("{name}:subject")).await;
    let subject = orphan.view.subject.as_ref().unwrap();
    assert_eq!(tour.follow(name, subject).await.unwrap_err().code, Code::ManifestNotFound);

    for (tag, config_there) in [("config", false), ("layer", true)] {
        let image = tour.modern(&format!("{name}:{tag}")).await;
        let config = tour.blob(name, image.view.config.as_ref().unwrap()).await;
        let layer = tour.blob(name, &image.view.layers[0]).await;
        assert_eq!((config.is_ok(), layer.is_ok()), (config_there, !config_there), "{tag}");
    }
}

#[tokio::test]
async fn damaged_bytes_are_never_taken_for_good_ones() {
    let tour = Tour::start().await;
    let name = "trouble/bytes";
    let image = tour.modern(&format!("{name}:layer-damaged")).await;
    assert_eq!(tour.blob(name, &image.view.layers[0]).await.unwrap(), ["DS009"]);
    assert!(tour.blob(name, image.view.config.as_ref().unwrap()).await.unwrap().is_empty());

    let image = tour.modern(&format!("{name}:config-damaged")).await;
    assert_eq!(tour.blob(name, image.view.config.as_ref().unwrap()).await.unwrap(), ["DS009"]);

    let index = tour.modern(&format!("{name}:child-damaged")).await;
    let refused = tour.follow(name, &index.view.manifests[0]).await.unwrap_err();
    assert_eq!(refused.code, Code::BadAnswer);
    assert!(refused.to_string().contains("RG004"), "{refused}");
}
