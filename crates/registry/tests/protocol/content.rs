//! Is everything that a registry holds read as it is, also where the registry takes `Accept` at its word?

use fake_registry::{Behaviour, FakeRegistry};
use futures_util::TryStreamExt as _;
use oci::Verification;
use registry::Endpoint;

use crate::support::{client, digest, ids, tag};

fn at(registry: &FakeRegistry) -> Endpoint {
    Endpoint::http(registry.address().to_string().parse().unwrap())
}

#[tokio::test]
async fn each_kind_of_manifest_comes_as_it_was_pushed_by_tag_and_by_digest() {
    for behaviour in [Behaviour::default(), Behaviour::legacy()] {
        let registry = FakeRegistry::start(behaviour).await.unwrap();
        let (client, _) = client();
        for (name, media_type) in [
            ("oci", "application/vnd.oci.image.manifest.v1+json"),
            ("oci-index", "application/vnd.oci.image.index.v1+json"),
            ("docker", "application/vnd.docker.distribution.manifest.v2+json"),
            ("docker-list", "application/vnd.docker.distribution.manifest.list.v2+json"),
        ] {
            // Odd white space: whoever parses and writes it again changes its digest.
            let bytes = format!("{{\n   \"schemaVersion\": 2,\n   \"mediaType\":\"{media_type}\" }}\n");
            let stored = registry.store().put_manifest("demo/app", Some(name), media_type, &bytes);
            for target in [tag(name), digest(&stored)] {
                let found =
                    client.manifest(&at(&registry), &"demo/app".parse().unwrap(), &target).await.unwrap();
                assert_eq!(found.bytes, bytes, "{name}");
                assert_eq!(found.digest.as_str(), stored);
                assert_eq!(found.verification, Verification::Verified);
                assert_eq!(found.content_type.unwrap().0, media_type);
                assert!(found.findings.is_empty(), "{:?}", found.findings);
                let head = client
                    .head_manifest(&at(&registry), &"demo/app".parse().unwrap(), &target)
                    .await
                    .unwrap();
                assert_eq!(head.digest.unwrap().as_str(), stored);
                assert_eq!(head.size, Some(bytes.len() as u64));
            }
        }
    }
}

#[tokio::test]
async fn five_thousand_tags_come_in_as_few_pages_as_the_registry_has() {
    for behaviour in [Behaviour::default(), Behaviour::legacy()] {
        let registry = FakeRegistry::start(behaviour).await.unwrap();
        let media_type = "application/vnd.oci.image.manifest.v1+json";
        let stored = registry.store().put_manifest("demo/many", None, media_type, "{}");
        let all: Vec<String> = (1..=5_000).map(|nth| format!("build-{nth:04}")).collect();
        for name in &all {
            registry.store().put_tag("demo/many", name, &stored);
        }
        let (client, _) = client();
        let pages: Vec<_> =
            client.tags(&at(&registry), &"demo/many".parse().unwrap()).try_collect().await.unwrap();
        assert_eq!(pages.iter().flat_map(|page| page.names.clone()).collect::<Vec<_>>(), all);
        assert_eq!(pages.len(), registry.requests().len(), "one request for each page");
        assert!(pages.last().unwrap().complete);
        assert!(pages.iter().all(|page| page.findings.is_empty()));
        assert_eq!(registry.requests()[0].path, "/v2/demo/many/tags/list", "asked without n");
    }
}

#[tokio::test]
async fn an_empty_repository_is_empty_and_not_an_error() {
    for (behaviour, rules) in [(Behaviour::default(), vec![]), (Behaviour::legacy(), vec!["RG018"])] {
        let registry = FakeRegistry::start(behaviour).await.unwrap();
        registry.store().put_repository("demo/empty");
        let pages: Vec<_> =
            client().0.tags(&at(&registry), &"demo/empty".parse().unwrap()).try_collect().await.unwrap();
        assert_eq!(pages.len(), 1);
        assert!(pages[0].names.is_empty() && pages[0].complete);
        assert_eq!(ids(&pages[0].findings), rules);
    }
}
