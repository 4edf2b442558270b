//! The first seed bug on real registries: what the manifest says stands, whatever a registry makes of it.

use std::process::Command;

use e2e::peers::{self, Registry, run};
use oci::{ArtifactTypeSource, RepositoryName, TagOrDigest};
use registry::{Client, Options};

use crate::{endpoint, tags};

/// go-containerregistry's registry lists an attached file with its config's type. The type shown for it comes
/// from the manifest itself, which oras wrote.
#[tokio::test]
async fn the_type_of_an_attached_file_is_what_oras_wrote() {
    let Some(oras) = peers::program("oras-v1.3.3", "oras") else { return };
    for registry in Registry::ALL {
        let Some(peer) = peers::start(registry).await else { continue };
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join("sbom.json"), "{}\n").expect("a temporary folder takes files");
        let reference = format!("{}/demo/attached:sbom", peer.address);
        run(Command::new(&oras)
            .args(["push", "--plain-http", "--artifact-type", "application/vnd.example.sbom.v1"])
            .args(["--annotation", "org.example.format=json", &reference, "sbom.json"])
            .current_dir(folder.path()));

        let client = Client::new(Options::default()).expect("a client builds");
        let repository: RepositoryName = "demo/attached".parse().expect("a name");
        let target = TagOrDigest::Tag("sbom".parse().expect("a tag"));
        let raw = client.manifest(&endpoint(&peer.address), &repository, &target).await;
        let raw = raw.unwrap_or_else(|error| panic!("{}: {error}", peer.name));
        let view = oci::read(&raw.bytes, raw.content_type.as_ref());
        assert_eq!(
            view.artifact_type.value.as_deref(),
            Some("application/vnd.example.sbom.v1"),
            "{}",
            peer.name
        );
        assert_eq!(view.artifact_type.source, ArtifactTypeSource::Field, "{}", peer.name);
        assert_eq!(
            view.annotations.get("org.example.format").map(String::as_str),
            Some("json"),
            "{}",
            peer.name
        );
        assert!(tags(&peer.address, &repository).await.contains("sbom"), "{}", peer.name);
    }
}
