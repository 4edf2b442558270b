//! Does a long blob come piece by piece under the same rules as everything else?

use std::time::Duration;

use oci::Digest;
use registry::{Client, Download, Endpoint, Error, ErrorKind, Limits, Outcome, Stage};

use crate::support::{Known, Reply, Seen, Server, answer, client, client_of, head, repository};

const DIGEST: &str = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

async fn begin(client: &Client, at: &Endpoint, from: u64) -> Result<Download, Error> {
    client.download(at, &repository(), &DIGEST.parse::<Digest>().unwrap(), from).await
}

async fn rest(mut download: Download) -> (Vec<u8>, Download) {
    let mut bytes = Vec::new();
    while let Some(piece) = download.next().await.unwrap() {
        bytes.extend_from_slice(&piece);
    }
    (bytes, download)
}

fn ranges(server: &Server) -> Vec<Option<String>> {
    server.requests().iter().map(|seen| seen.header("range").map(str::to_owned)).collect()
}

#[tokio::test]
async fn all_of_it_is_asked_for_without_a_range() {
    let server = Server::start(|_, _| answer(200, &[], "0123456789")).await;
    let (client, _) = client();
    let download = begin(&client, &server.endpoint(), 0).await.unwrap();
    assert_eq!((download.from, download.total), (0, Some(10)));
    assert_eq!(client.trace().in_flight(), 1, "it is under way until its last byte");
    let (bytes, download) = rest(download).await;
    assert_eq!(bytes, b"0123456789");
    assert_eq!(ranges(&server), [None]);
    assert_eq!(server.lines(), [format!("GET /v2/demo/app/blobs/{DIGEST}")]);
    assert_eq!((download.exchanges.len(), download.exchanges[0].body_bytes), (1, 10));
    assert_eq!(download.exchanges[0].outcome, Outcome::Status(200));
    assert_eq!((client.trace().in_flight(), client.trace().exchanges().len()), (0, 1));
}

/// RFC 9110, 14.4: the answer says which part it is.
#[tokio::test]
async fn a_part_is_taken_where_it_is_the_one_that_was_asked_for() {
    let server = Server::start(|_, _| answer(206, &[("content-range", "bytes 4-9/10")], "456789")).await;
    let (client, _) = client();
    let download = begin(&client, &server.endpoint(), 4).await.unwrap();
    assert_eq!((download.from, download.total), (4, Some(10)));
    assert_eq!(rest(download).await.0, b"456789");
    assert_eq!(ranges(&server), [Some("bytes=4-".to_owned())]);
}

#[tokio::test]
async fn another_part_or_none_is_begun_anew() {
    for odd in [Some("bytes 3-9/10"), Some("4-9/10"), Some("bytes */10"), None] {
        let server = Server::start(move |seen: &Seen, _| match (seen.header("range"), odd) {
            (None, _) => answer(200, &[], "0123456789"),
            (_, Some(odd)) => answer(206, &[("content-range", odd)], "456789"),
            (_, None) => answer(416, &[("content-range", "bytes */10")], ""),
        })
        .await;
        let (client, _) = client();
        let download = begin(&client, &server.endpoint(), 4).await.unwrap();
        assert_eq!((download.from, download.total), (0, Some(10)), "{odd:?}");
        assert_eq!(rest(download).await.0, b"0123456789");
        assert_eq!(ranges(&server), [Some("bytes=4-".to_owned()), None]);
    }
}

#[tokio::test]
async fn a_login_is_answered_and_a_redirect_gets_the_range_and_no_login() {
    let store = Server::start(|_, _| answer(206, &[("content-range", "bytes 4-9/10")], "456789")).await;
    let there = store.url("/bucket/object");
    let server = Server::start(move |seen: &Seen, _| match seen.header("authorization") {
        None => answer(401, &[("www-authenticate", "Basic realm=\"r\"")], ""),
        Some(_) => answer(307, &[("location", &there)], ""),
    })
    .await;
    let (client, _) = client_of(Known::basic());
    let download = begin(&client, &server.endpoint(), 4).await.unwrap();
    let (bytes, download) = rest(download).await;
    assert_eq!((bytes.as_slice(), download.exchanges.len()), (b"456789".as_slice(), 3));
    assert_eq!(ranges(&store), [Some("bytes=4-".to_owned())]);
    assert_eq!(store.requests()[0].header("authorization"), None);
}

#[tokio::test]
async fn a_refusal_and_a_web_page_are_errors_with_their_words() {
    let server = Server::start(|_, nth| match nth {
        0 => answer(404, &[], r#"{"errors":[{"code":"BLOB_UNKNOWN","message":"not here"}]}"#),
        _ => answer(200, &[("content-type", "text/html")], "<p>log in</p>"),
    })
    .await;
    let (client, _) = client();
    let error = begin(&client, &server.endpoint(), 0).await.err().unwrap();
    assert_eq!((error.kind, error.exchanges.len()), (ErrorKind::ManifestNotFound, 1));
    assert_eq!(error.registry_says, ["BLOB_UNKNOWN: not here"]);
    let error = begin(&client, &server.endpoint(), 0).await.err().unwrap();
    assert_eq!(error.kind, ErrorKind::NotARegistry);
}

#[tokio::test]
async fn a_body_that_ends_early_or_stalls_says_so_and_its_exchange_is_shown() {
    let server = Server::start(|_, nth| {
        let mut bytes = head(200, &[("content-length", "10")]);
        bytes.extend_from_slice(b"0123");
        if nth == 0 { Reply::Close(bytes) } else { Reply::Hang(bytes) }
    })
    .await;
    let (client, clock) = client();
    let mut download = begin(&client, &server.endpoint(), 0).await.unwrap();
    assert_eq!(download.next().await.unwrap().unwrap(), "0123");
    let error = download.next().await.unwrap_err();
    assert_eq!((error.kind, error.stage), (ErrorKind::BadAnswer, Some(Stage::Body)), "{error}");
    assert!(matches!(error.exchanges[0].outcome, Outcome::Failed(_)));
    assert_eq!(download.next().await.unwrap(), None, "nothing follows");

    let mut download = begin(&client, &server.endpoint(), 0).await.unwrap();
    assert_eq!(download.next().await.unwrap().unwrap(), "0123");
    clock.expire(Some(Limits::default().stall));
    let error = download.next().await.unwrap_err();
    assert_eq!((error.kind, error.stage), (ErrorKind::Unreachable, Some(Stage::Body)), "{error}");
}

/// Planted fault: the permit is given back with the head of the answer.
#[tokio::test]
async fn it_counts_as_under_way_at_its_host_until_it_ends() {
    let server = Server::start(|_, _| Reply::Hang(head(200, &[("content-length", "10")]))).await;
    let (client, _) = client();
    let downloads: Vec<_> = (0..40)
        .map(|_| {
            let (client, at) = (client.clone(), server.endpoint());
            tokio::spawn(async move { begin(&client, &at, 0).await })
        })
        .collect();
    // Eight go at once, and none of them has ended.
    server.came(8).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!((server.requests().len(), client.trace().in_flight()), (8, 8));
    downloads.iter().for_each(tokio::task::JoinHandle::abort);
    drop(downloads);
}
