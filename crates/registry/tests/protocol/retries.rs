//! What is tried again, after which pause, and when is it enough?

use std::time::Duration;

use registry::{ErrorKind, Limits, Stage};

use crate::support::{Reply, Server, TestClock, answer, client, head, repository, tag};

const MILLISECOND: Duration = Duration::from_millis(1);

/// Fails so often, then answers.
async fn failing(times: usize, failure: Reply) -> Server {
    Server::start(move |_, nth| if nth < times { failure.clone() } else { answer(200, &[], "{}") }).await
}

#[tokio::test]
async fn what_may_pass_is_tried_again_with_doubling_pauses() {
    for status in [408, 429, 500, 502, 503, 504] {
        let server = failing(3, answer(status, &[], "")).await;
        let (client, clock) = client();
        let manifest = client.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap();
        assert_eq!(server.requests().len(), 4, "{status}");
        assert_eq!(clock.slept(), [200 * MILLISECOND, 400 * MILLISECOND, 800 * MILLISECOND]);
        let because: Vec<_> =
            manifest.exchanges.iter().map(|one| one.because.clone().unwrap_or_default()).collect();
        assert_eq!(because, ["", "retry 1 of 4", "retry 2 of 4", "retry 3 of 4"]);
    }
}

#[tokio::test]
async fn four_retries_are_enough() {
    for (status, kind) in
        [(429, ErrorKind::RateLimited { retry_after: None }), (503, ErrorKind::RegistryFailed)]
    {
        let server = failing(usize::MAX, answer(status, &[], "")).await;
        let error = client().0.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap_err();
        assert_eq!((error.kind, error.status), (kind, Some(status)));
        assert_eq!(server.requests().len(), 5);
        assert_eq!(error.exchanges.len(), 5);
    }
}

#[tokio::test]
async fn what_will_not_pass_is_not_tried_again() {
    for status in [400, 401, 403, 404, 405, 410, 501, 505] {
        let server = failing(usize::MAX, answer(status, &[], "")).await;
        let (client, clock) = client();
        client.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap_err();
        assert_eq!(server.requests().len(), 1, "{status}");
        assert!(clock.slept().is_empty());
    }
}

#[tokio::test]
async fn the_pause_that_a_registry_asks_for_is_kept() {
    // Seven seconds after the clock's start.
    for (value, least, most) in
        [("4", 4_000, 4_600), ("Sun, 06 Nov 1994 08:49:37 GMT", 7_000, 7_600), ("soon", 150, 250)]
    {
        let server = failing(1, answer(429, &[("retry-after", value)], "")).await;
        let (client, clock) = client();
        client.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap();
        let slept = clock.slept();
        assert_eq!(slept.len(), 1);
        assert!((least..=most).contains(&slept[0].as_millis()), "{value}: {slept:?}");
    }
}

#[tokio::test]
async fn a_longer_pause_than_a_minute_is_handed_to_the_user() {
    let server = failing(usize::MAX, answer(429, &[("retry-after", "61")], "")).await;
    let (client, clock) = client();
    let error = client.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::RateLimited { retry_after: Some(Duration::from_secs(61)) });
    assert_eq!(server.requests().len(), 1);
    assert!(clock.slept().is_empty());
}

#[tokio::test]
async fn a_reset_and_a_closed_connection_are_tried_again() {
    for fault in [Reply::Reset, Reply::Close(Vec::new()), Reply::Close(b"HTTP/1.1 200 OK\r\n".to_vec())] {
        let server = failing(1, fault).await;
        client().0.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap();
        assert_eq!(server.requests().len(), 2);
    }
    let server = failing(usize::MAX, Reply::Reset).await;
    let error = client().0.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap_err();
    assert_eq!((error.kind, error.stage), (ErrorKind::Unreachable, Some(Stage::Request)));
    assert_eq!(server.requests().len(), 5);
}

#[tokio::test]
async fn a_cut_body_is_fetched_again_and_never_shown_in_part() {
    let cut = |length: usize| {
        let mut bytes = head(200, &[("content-length", "100")]);
        bytes.resize(bytes.len() + length, b'x');
        Reply::Close(bytes)
    };
    let server = failing(1, cut(50)).await;
    let manifest = client().0.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap();
    assert_eq!(manifest.bytes, "{}");
    assert_eq!(manifest.exchanges.len(), 2);

    let server = failing(usize::MAX, cut(50)).await;
    let error = client().0.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap_err();
    assert_eq!((error.kind, error.stage), (ErrorKind::BadAnswer, Some(Stage::Body)));
    assert!(error.message.contains("cut off after 50 bytes"), "{}", error.message);

    // Chunks without their end.
    let mut chunked = head(200, &[("transfer-encoding", "chunked")]);
    chunked.extend_from_slice(b"5\r\nhello\r\n");
    let server = failing(1, Reply::Close(chunked)).await;
    client().0.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap();
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_body_that_stalls_is_given_up_and_tried_once_more() {
    let half = || {
        let mut bytes = head(200, &[("content-length", "100")]);
        bytes.extend_from_slice(b"half");
        Reply::Hang(bytes)
    };
    let stall = Limits::default().stall;
    let server = failing(usize::MAX, half()).await;
    let (client, clock) = client();
    clock.expire(Some(stall));
    let error = client.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap_err();
    assert_eq!((error.kind, error.stage), (ErrorKind::Unreachable, Some(Stage::Body)));
    assert_eq!(server.requests().len(), 2);
    assert!(2 * stall <= Duration::from_secs(15));
}

#[tokio::test]
async fn a_stalled_body_that_comes_the_second_time_is_fine() {
    let clock = std::sync::Arc::new(TestClock::default());
    let calm = std::sync::Arc::clone(&clock);
    let server = Server::start(move |_, nth| match nth {
        0 => Reply::Hang(head(200, &[("content-length", "100")])),
        _ => {
            calm.expire(None);
            answer(200, &[], "{}")
        }
    })
    .await;
    clock.expire(Some(Limits::default().stall));
    let options = registry::Options { clock, ..registry::Options::default() };
    let client = registry::Client::new(options).unwrap();
    client.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap();
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn an_answer_that_never_begins_is_given_up() {
    let server = failing(usize::MAX, Reply::Hang(Vec::new())).await;
    let (client, clock) = client();
    let waiting = tokio::spawn({
        let at = server.endpoint();
        async move { client.manifest(&at, &repository(), &tag("1")).await }
    });
    server.came(1).await;
    clock.expire(Some(Limits::default().head));
    let error = waiting.await.unwrap().unwrap_err();
    assert_eq!((error.kind, error.stage), (ErrorKind::Unreachable, Some(Stage::Request)));
    assert!(error.message.contains("did not answer within 30 seconds"), "{}", error.message);
}
