//! What do other clients say about the same objects? Oracles, not mirrors.
//!
//! skopeo, oras and crane push; our list is compared with `crane ls`, our digests with `crane digest`, our bytes
//! with `skopeo inspect --raw`.

mod retyped;

use std::{collections::BTreeSet, process::Command};

use e2e::{
    images::{self, Tools, tools},
    peers::{self, Registry, run},
};
use futures_util::StreamExt;
use oci::{Digest, RepositoryName, TagOrDigest};
use registry::{Client, Endpoint, Options};

/// What [`images::push`] fills.
const REPOSITORIES: [&str; 4] = ["demo/app", "demo/docker-image", "demo/chart", "demo/report"];

fn endpoint(address: &str) -> Endpoint {
    let origin = format!("http://{address}").parse().expect("an address makes a URL");
    let name: oci::Host = address.parse().expect("an address is a host");
    Endpoint { login: Some(name.clone()), name, origins: vec![origin], trust: None }
}

async fn tags(address: &str, repository: &RepositoryName) -> BTreeSet<String> {
    let client = Client::new(Options::default()).expect("a client builds");
    let mut pages = client.tags(&endpoint(address), repository);
    let mut tags = BTreeSet::new();
    while let Some(page) = pages.next().await {
        tags.extend(page.expect("the tags are listed").names);
    }
    tags
}

// The clients run to their end on this thread while the sample answers on another.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tags_digests_and_bytes_are_those_that_crane_and_skopeo_see() {
    let Some(tools) = tools() else { return };
    let source = sample::start_modern().await.expect("the sample starts");
    let source = source.address.to_string();
    for registry in Registry::ALL {
        let Some(peer) = peers::start(registry).await else { continue };
        images::push(&tools, &source, &peer.address);
        for repository in REPOSITORIES {
            agree(&tools, &peer.name, &peer.address, repository).await;
        }
    }
}

/// The samples take what skopeo, crane and oras push, over what they hold already.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_samples_take_pushes_as_any_registry_does() {
    let Some(tools) = tools() else { return };
    let source = sample::start_modern().await.expect("the sample starts");
    for target in [sample::start_modern().await, sample::start_legacy().await] {
        let target = target.expect("a sample starts");
        let address = target.address.to_string();
        images::push(&tools, &source.address.to_string(), &address);
        agree(&tools, target.alias, &address, "demo/report").await;
        let tags = tags(&address, &"demo/report".parse().expect("a name")).await;
        // Without a referrers API oras keeps the list of what it attached under the fallback tag.
        let fallback = tags.iter().any(|tag| tag.starts_with("sha256-"));
        assert_eq!(fallback, target.alias == "legacy.sample", "{}: {tags:?}", target.alias);
    }
}

async fn agree(tools: &Tools, of: &str, address: &str, repository: &str) {
    let name: RepositoryName = repository.parse().expect("a name");
    let whole = format!("{}/{repository}", address);
    let listed = run(Command::new(&tools.crane).args(["ls", "--insecure", &whole]));
    let listed: BTreeSet<_> = String::from_utf8_lossy(&listed).lines().map(str::to_owned).collect();
    assert!(!listed.is_empty(), "{} has tags in {repository}", of);
    assert_eq!(tags(address, &name).await, listed, "{}: {repository}", of);

    let client = Client::new(Options::default()).expect("a client builds");
    for tag in listed {
        let reference = format!("{whole}:{tag}");
        let target = TagOrDigest::Tag(tag.parse().expect("a tag"));
        let raw = client.manifest(&endpoint(address), &name, &target).await;
        let raw = raw.unwrap_or_else(|error| panic!("{reference}: {error}"));

        let digest = run(Command::new(&tools.crane).args(["digest", "--insecure", &reference]));
        let digest: Digest = String::from_utf8_lossy(&digest).trim().parse().expect("crane prints a digest");
        assert_eq!(raw.digest, digest, "{}: {reference}", of);

        let docker = format!("docker://{reference}");
        let bytes = run(Command::new(&tools.skopeo).args([
            "inspect",
            "--raw",
            "--tls-verify=false",
            docker.as_str(),
        ]));
        assert_eq!(raw.bytes, bytes, "{}: {reference}", of);
    }
}
