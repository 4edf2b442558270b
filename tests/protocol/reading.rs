//! Bytes, digests, lists and absences, on every registry.

use std::collections::BTreeSet;

use e2e::push;
use futures_util::StreamExt;
use oci::{Digest, TagOrDigest, Verification};
use registry::ErrorKind;

use crate::{client, endpoint, subjects};

const OCI_MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";

#[tokio::test]
async fn a_manifest_comes_back_byte_for_byte_by_tag_and_by_digest() {
    let bytes = push::odd_manifest();
    let digest = Digest::sha256(&bytes);
    for subject in subjects().await {
        push::empty_blob(&subject.address, "protocol/odd").await;
        push::manifest(&subject.address, "protocol/odd", "v1", OCI_MANIFEST, &bytes).await;
        let at = endpoint(&subject.address);
        let repository = "protocol/odd".parse().expect("a name");
        let by_tag = TagOrDigest::Tag("v1".parse().expect("a tag"));
        for target in [by_tag.clone(), TagOrDigest::Digest(digest.clone())] {
            let raw = client(None)
                .manifest(&at, &repository, &target)
                .await
                .unwrap_or_else(|error| panic!("{}, {target}: {error}", subject.name));
            assert_eq!(raw.bytes, bytes, "{}, {target}", subject.name);
            assert_eq!(raw.digest, digest, "{}", subject.name);
            assert_eq!(raw.verification, Verification::Verified, "{}", subject.name);
            let content_type = raw.content_type.map(|media_type| media_type.essence());
            assert_eq!(content_type.as_deref(), Some(OCI_MANIFEST), "{}", subject.name);
        }
        let head = client(None).head_manifest(&at, &repository, &by_tag).await;
        let head = head.unwrap_or_else(|error| panic!("{}: {error}", subject.name));
        assert_eq!(head.digest, Some(digest.clone()), "{}", subject.name);
        assert_eq!(head.size, Some(bytes.len() as u64), "{}", subject.name);
    }
}

#[tokio::test]
async fn every_tag_and_every_repository_is_listed() {
    let bytes = push::odd_manifest();
    for subject in subjects().await {
        push::empty_blob(&subject.address, "protocol/tags").await;
        let mut pushed = BTreeSet::new();
        for number in 0..120 {
            let tag = format!("v{number}");
            push::manifest(&subject.address, "protocol/tags", &tag, OCI_MANIFEST, &bytes).await;
            pushed.insert(tag);
        }
        let at = endpoint(&subject.address);
        let mut tags = client(None).tags(&at, &"protocol/tags".parse().expect("a name"));
        let (mut seen, mut complete) = (BTreeSet::new(), false);
        while let Some(page) = tags.next().await {
            let page = page.unwrap_or_else(|error| panic!("{}: {error}", subject.name));
            complete = page.complete;
            seen.extend(page.names);
        }
        assert_eq!(seen, pushed, "{}", subject.name);
        assert!(complete, "{} left the list open", subject.name);

        let mut repositories = client(None).repositories(&at);
        if subject.name.starts_with("olareg") {
            // It has no catalog, as the specification allows, and that is told apart from an empty one.
            let error = repositories.next().await.expect("an answer").expect_err("olareg has no catalog");
            assert!(matches!(error.kind, ErrorKind::Unsupported), "{error:?}");
            continue;
        }
        let mut names = BTreeSet::new();
        while let Some(page) = repositories.next().await {
            names.extend(page.unwrap_or_else(|error| panic!("{}: {error}", subject.name)).names);
        }
        assert!(names.contains("protocol/tags"), "{}: {names:?}", subject.name);
    }
}

#[tokio::test]
async fn what_is_not_there_is_told_apart() {
    let bytes = push::odd_manifest();
    for subject in subjects().await {
        push::empty_blob(&subject.address, "protocol/there").await;
        push::manifest(&subject.address, "protocol/there", "v1", OCI_MANIFEST, &bytes).await;
        let at = endpoint(&subject.address);
        let missing = TagOrDigest::Tag("no-such-tag".parse().expect("a tag"));
        let repository = "protocol/there".parse().expect("a name");
        let error =
            client(None).manifest(&at, &repository, &missing).await.expect_err("there is no such tag");
        assert!(matches!(error.kind, ErrorKind::ManifestNotFound), "{}: {error:?}", subject.name);

        if subject.name.starts_with("olareg") {
            continue; // It makes a repository out of any name that is asked for.
        }
        let mut tags = client(None).tags(&at, &"protocol/nowhere".parse().expect("a name"));
        let error = tags.next().await.expect("an answer").expect_err("there is no such repository");
        assert!(matches!(error.kind, ErrorKind::RepositoryNotFound), "{}: {error:?}", subject.name);
    }
}

#[tokio::test]
async fn each_registry_is_known_as_one() {
    for subject in subjects().await {
        let ping = client(None).ping(&endpoint(&subject.address)).await;
        let ping = ping.unwrap_or_else(|error| panic!("{}: {error}", subject.name));
        assert!(!ping.auth_needed, "{}", subject.name);
    }
}
