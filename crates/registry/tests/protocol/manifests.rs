//! Are the bytes exactly those of the registry, and is every digest compared?

use oci::{Digest, Severity, Verification};
use registry::ErrorKind;

use crate::support::{Reply, Server, answer, client, digest, head, ids, repository, tag};

/// Made by hand; its SHA-256 is from `printf '{ "schemaVersion" : 2 }\n' | sha256sum`.
const BYTES: &str = "{ \"schemaVersion\" : 2 }\n";
const SHA256: &str = "sha256:dd37c9a229024214678b8bdce20a0556ea989fb13b49e487d92a8f6194295309";
const OCI: &str = "application/vnd.oci.image.manifest.v1+json";
const ACCEPT: &str = "application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json, \
    application/vnd.docker.distribution.manifest.v2+json, application/vnd.docker.distribution.manifest.list.v2+json, \
    application/vnd.oci.artifact.manifest.v1+json, application/vnd.docker.distribution.manifest.v1+prettyjws, \
    application/vnd.docker.distribution.manifest.v1+json, */*;q=0.1";

async fn serving(headers: &'static [(&'static str, &'static str)], body: &'static [u8]) -> Server {
    Server::start(move |_, _| answer(200, headers, body)).await
}

#[tokio::test]
async fn accept_is_one_line_with_all_types_on_get_and_head() {
    let server = Server::start(|seen, _| {
        let headers = [("content-type", OCI), ("docker-content-digest", SHA256)];
        let body = if seen.method == "HEAD" { "" } else { BYTES };
        answer(200, &headers, body)
    })
    .await;
    let (client, _) = client();
    client.manifest(&server.endpoint(), &repository(), &tag("1.0.0")).await.unwrap();
    client.head_manifest(&server.endpoint(), &repository(), &tag("1.0.0")).await.unwrap();
    let requests = server.requests();
    assert_eq!(server.lines(), ["GET /v2/demo/app/manifests/1.0.0", "HEAD /v2/demo/app/manifests/1.0.0"]);
    for request in &requests {
        let accepts: Vec<_> =
            request.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("accept")).collect();
        assert_eq!(accepts.len(), 1, "one line");
        assert_eq!(accepts[0].1, ACCEPT);
        assert_eq!(request.header("accept-encoding"), Some("identity"));
        assert!(request.header("user-agent").unwrap().starts_with("ociscope/"));
        assert_eq!(request.header("authorization"), None);
    }
}

#[tokio::test]
async fn bytes_are_kept_and_verified_by_the_header_of_a_tag() {
    let server = serving(&[("content-type", OCI), ("docker-content-digest", SHA256)], BYTES.as_bytes()).await;
    let (client, _) = client();
    let manifest = client.manifest(&server.endpoint(), &repository(), &tag("1.0.0")).await.unwrap();
    assert_eq!(manifest.bytes, BYTES.as_bytes());
    assert_eq!(manifest.digest.as_str(), SHA256);
    assert_eq!(manifest.verification, Verification::Verified);
    assert_eq!(manifest.content_type.unwrap().0, OCI);
    assert!(manifest.findings.is_empty(), "{:?}", manifest.findings);
    assert_eq!(manifest.exchanges.len(), 1);
}

#[tokio::test]
async fn a_lying_header_of_a_tag_is_a_finding_and_the_computed_digest_the_identity() {
    let lie = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let server = Server::start(move |_, _| answer(200, &[("docker-content-digest", lie)], BYTES)).await;
    let (client, _) = client();
    let manifest = client.manifest(&server.endpoint(), &repository(), &tag("1.0.0")).await.unwrap();
    assert_eq!(manifest.digest.as_str(), SHA256);
    assert_eq!(manifest.verification, Verification::Mismatch(SHA256.parse().unwrap()));
    assert_eq!(ids(&manifest.findings), ["RG003"]);
    assert_eq!(manifest.findings[0].actual.as_deref(), Some(lie));
}

#[tokio::test]
async fn the_header_is_compared_under_its_own_algorithm() {
    // `printf '' | sha512sum`
    let empty = "sha512:cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e";
    let server = Server::start(move |_, _| answer(200, &[("docker-content-digest", empty)], "")).await;
    let (client, _) = client();
    let manifest = client.manifest(&server.endpoint(), &repository(), &tag("empty")).await.unwrap();
    assert_eq!(manifest.verification, Verification::Verified);
    assert!(manifest.findings.is_empty());
    assert_eq!(
        manifest.digest.as_str(),
        "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
}

#[tokio::test]
async fn a_missing_header_and_an_unknown_algorithm_cannot_be_verified() {
    let (client, _) = client();
    let server = serving(&[], BYTES.as_bytes()).await;
    let manifest = client.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap();
    assert_eq!(manifest.verification, Verification::CannotVerify);
    assert_eq!(ids(&manifest.findings), ["RG002"]);

    let server = serving(&[("docker-content-digest", "foo+bar:zz=")], BYTES.as_bytes()).await;
    let manifest = client.manifest(&server.endpoint(), &repository(), &digest("foo+bar:zz=")).await.unwrap();
    assert_eq!(manifest.verification, Verification::CannotVerify);
    assert_eq!(manifest.digest.as_str(), "foo+bar:zz=");
    assert_eq!(server.lines(), ["GET /v2/demo/app/manifests/foo%2Bbar:zz%3D"]);
}

#[tokio::test]
async fn other_bytes_than_asked_for_by_digest_are_an_error_whatever_the_header_says() {
    let asked = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let server = Server::start(move |_, _| answer(200, &[("docker-content-digest", asked)], BYTES)).await;
    let (client, _) = client();
    let error = client.manifest(&server.endpoint(), &repository(), &digest(asked)).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::BadAnswer);
    assert!(error.message.contains("RG004"), "{}", error.message);
    assert!(error.message.contains(SHA256), "{}", error.message);
    assert_eq!(error.exchanges.len(), 1);
    let finding = error.finding.unwrap();
    assert_eq!((finding.id.as_str(), finding.severity), ("RG004", Severity::Error));
    assert_eq!((finding.actual.as_deref(), finding.expected.as_deref()), (Some(SHA256), Some(asked)));

    let blob = asked.parse::<Digest>().unwrap();
    assert_eq!(error.other_bytes, Some(Box::new(SHA256.parse().unwrap())));

    // Of a blob the bytes are given, with what they hash to: whoever looks is to see what came.
    let got = client.blob(&server.endpoint(), &repository(), &blob, 1_000).await.unwrap();
    assert_eq!(got.verification, Verification::Mismatch(SHA256.parse().unwrap()));
    assert_eq!(got.bytes, BYTES);
}

#[tokio::test]
async fn a_manifest_of_four_mebibytes_is_read_and_one_byte_more_is_not() {
    let limit = 4 << 20;
    let server = Server::start(move |seen, _| {
        let length = if seen.target.ends_with("fits") { limit } else { 64 << 20 };
        let mut bytes = head(200, &[("content-length", &length.to_string())]);
        bytes.resize(bytes.len() + length.min(limit + 100_000), b' ');
        if length > limit { Reply::Hang(bytes) } else { Reply::Bytes(bytes) }
    })
    .await;
    let (client, _) = client();
    let manifest = client.manifest(&server.endpoint(), &repository(), &tag("fits")).await.unwrap();
    assert_eq!(manifest.bytes.len(), limit);
    // The server never sends the rest: whoever waits for it waits for ever.
    let error = client.manifest(&server.endpoint(), &repository(), &tag("huge")).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::TooLarge);
    assert_eq!(error.exchanges[0].body_bytes, 4_194_305);
}

#[tokio::test]
async fn a_blob_is_read_to_its_limit_and_one_byte_more_is_too_large() {
    let server = serving(&[], BYTES.as_bytes()).await;
    let (client, _) = client();
    let wanted = SHA256.parse::<Digest>().unwrap();
    let length = BYTES.len() as u64;
    let got = client.blob(&server.endpoint(), &repository(), &wanted, length).await.unwrap();
    assert_eq!((got.bytes.as_ref(), got.verification), (BYTES.as_bytes(), Verification::Verified));
    let error = client.blob(&server.endpoint(), &repository(), &wanted, length - 1).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::TooLarge);
    assert_eq!(server.lines()[0], format!("GET /v2/demo/app/blobs/{SHA256}"));
}

#[tokio::test]
async fn an_encoding_in_spite_of_identity_is_undone_and_flagged() {
    // `printf '{ "schemaVersion" : 2 }\n' | gzip -n`, by another implementation than ours.
    let gzip: &[u8] = &[
        0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xab, 0x56, 0x50, 0x2a, 0x4e, 0xce, 0x48,
        0xcd, 0x4d, 0x0c, 0x4b, 0x2d, 0x2a, 0xce, 0xcc, 0xcf, 0x53, 0x52, 0xb0, 0x52, 0x30, 0x52, 0xa8, 0xe5,
        0x02, 0x00, 0x44, 0xd9, 0xd9, 0xd4, 0x18, 0x00, 0x00, 0x00,
    ];
    let server = Server::start(move |_, _| {
        answer(200, &[("content-encoding", "gzip"), ("docker-content-digest", SHA256)], gzip)
    })
    .await;
    let (client, _) = client();
    let manifest = client.manifest(&server.endpoint(), &repository(), &digest(SHA256)).await.unwrap();
    assert_eq!(manifest.bytes, BYTES.as_bytes());
    assert_eq!(ids(&manifest.findings), ["RG007"]);
}

#[tokio::test]
async fn warnings_of_the_registry_come_with_the_manifest() {
    let server = serving(
        &[("docker-content-digest", SHA256), ("warning", "299 - \"This tag \\\"1\\\" goes away.\"")],
        BYTES.as_bytes(),
    )
    .await;
    let (client, _) = client();
    let manifest = client.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap();
    assert_eq!(manifest.warnings, ["This tag \"1\" goes away."]);
}

#[tokio::test]
async fn a_head_tells_digest_size_and_type() {
    let server = Server::start(|_, _| {
        Reply::Bytes(head(
            200,
            &[("content-length", "24"), ("content-type", OCI), ("docker-content-digest", SHA256)],
        ))
    })
    .await;
    let (client, _) = client();
    let found = client.head_manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap();
    assert_eq!(found.digest.unwrap().as_str(), SHA256);
    assert_eq!(found.size, Some(24));
    assert_eq!(found.content_type.unwrap().0, OCI);
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_head_that_tells_nothing_is_asked_again_as_get() {
    let server = Server::start(|seen, _| match seen.method.as_str() {
        "HEAD" if seen.target.ends_with("plain") => Reply::Bytes(head(200, &[("content-length", "24")])),
        "HEAD" => Reply::Bytes(head(405, &[("content-length", "0")])),
        _ => answer(200, &[], BYTES),
    })
    .await;
    let (client, _) = client();
    for name in ["plain", "unsupported"] {
        let found = client.head_manifest(&server.endpoint(), &repository(), &tag(name)).await.unwrap();
        assert_eq!(found.digest.unwrap().as_str(), SHA256, "{name}");
        assert_eq!(found.size, Some(24));
        assert_eq!(found.exchanges.len(), 2);
    }
}
