//! Is a blob's length asked for without its bytes, and is it said why there is none?

use oci::Digest;
use registry::{BlobHead, Client, Error, ErrorKind, Outcome};

use crate::support::{Reply, Server, answer, client, head as bare_head, repository};

const DIGEST: &str = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

async fn head(client: &Client, server: &Server) -> Result<BlobHead, Error> {
    client.head_blob(&server.endpoint(), &repository(), &DIGEST.parse::<Digest>().unwrap()).await
}

/// The head of an answer about this many bytes, which do not come.
fn told(length: &str) -> Reply {
    Reply::Bytes(bare_head(200, &[("content-type", "application/octet-stream"), ("content-length", length)]))
}

fn line(method: &str) -> String {
    format!("{method} /v2/demo/app/blobs/{DIGEST}")
}

#[tokio::test]
async fn one_head_tells_the_length() {
    let server = Server::start(|_, _| told("123456789")).await;
    let (client, _) = client();
    let found = head(&client, &server).await.unwrap();
    assert_eq!(found.size, Some(123_456_789));
    assert_eq!(found.content_type.unwrap().0, "application/octet-stream");
    assert_eq!(server.lines(), [line("HEAD")]);
    assert_eq!((found.exchanges.len(), found.exchanges[0].body_bytes), (1, 0));
}

/// The answer to a `HEAD` has no body: why there is no such blob is said to a `GET` (S3-8).
#[tokio::test]
async fn why_there_is_none_is_asked_for() {
    const WHY: &str = r#"{"errors":[{"code":"BLOB_UNKNOWN","message":"blob unknown to registry"}]}"#;
    let server = Server::start(|seen, _| match seen.method.as_str() {
        "HEAD" => answer(404, &[], ""),
        _ => answer(404, &[("content-type", "application/json")], WHY),
    })
    .await;
    let (client, _) = client();
    let error = head(&client, &server).await.unwrap_err();
    assert_eq!((error.kind, error.status), (ErrorKind::ManifestNotFound, Some(404)));
    assert_eq!(error.registry_says, ["BLOB_UNKNOWN: blob unknown to registry"]);
    assert_eq!(server.lines(), [line("HEAD"), line("GET")]);
    assert_eq!(error.exchanges.len(), 2);
}

/// Addresses of a storage that are signed for `GET` answer no `HEAD`. Of that `GET` no body is read.
#[tokio::test]
async fn a_get_tells_where_a_head_is_refused_and_its_body_is_left() {
    let server = Server::start(|seen, _| match seen.method.as_str() {
        "HEAD" => answer(403, &[], ""),
        _ => Reply::Hang(bare_head(200, &[("content-length", "5000000000")])),
    })
    .await;
    let (client, _) = client();
    let found = head(&client, &server).await.unwrap();
    assert_eq!((found.size, found.content_type), (Some(5_000_000_000), None));
    assert_eq!(server.lines(), [line("HEAD"), line("GET")]);
    let last = found.exchanges.last().unwrap();
    assert_eq!((last.body_bytes, &last.outcome), (0, &Outcome::Status(200)));
    assert_eq!(client.trace().in_flight(), 0);
    server.gone(1).await;
}

#[tokio::test]
async fn a_registry_that_wants_fewer_requests_is_not_asked_again() {
    let server = Server::start(|_, _| answer(429, &[], "")).await;
    let (client, _) = client();
    let error = head(&client, &server).await.unwrap_err();
    assert!(matches!(error.kind, ErrorKind::RateLimited { .. }));
    assert!(server.requests().iter().all(|seen| seen.method == "HEAD"), "{:?}", server.lines());
}
