//! Does dropping a future or a stream abort its request?

use futures_util::StreamExt as _;
use registry::{Connection, Outcome};

use crate::support::{Reply, Server, client, head, repository, tag};

#[tokio::test]
async fn a_dropped_stream_aborts_its_request_and_the_trace_says_cancelled() {
    let server = Server::start(|_, _| Reply::Hang(head(200, &[("content-length", "100")]))).await;
    let (client, _) = client();
    let mut tags = client.tags(&server.endpoint(), &repository());
    tokio::select! {
        page = tags.next() => panic!("the server never finishes, and yet there is {page:?}"),
        () = server.came(1) => {}
    }
    assert_eq!(client.trace().in_flight(), 1);
    drop(tags);
    // Ends only if the client closes the connection.
    server.gone(1).await;
    assert_eq!(client.trace().in_flight(), 0);
    let exchanges = client.trace().exchanges();
    assert_eq!(exchanges.len(), 1);
    assert_eq!(exchanges[0].outcome, Outcome::Cancelled);
    assert!(matches!(exchanges[0].connection, Connection::New(_)));
}

#[tokio::test]
async fn a_dropped_call_aborts_its_request_and_lets_the_next_one_go() {
    let server = Server::start(|_, _| Reply::Hang(Vec::new())).await;
    let (client, _) = client();
    // More than may be under way at once: those that wait must be given up as well.
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let (client, at) = (client.clone(), server.endpoint());
            tokio::spawn(async move { client.manifest(&at, &repository(), &tag("1")).await })
        })
        .collect();
    server.came(8).await;
    assert_eq!(client.trace().in_flight(), 8, "eight go at once");
    for call in &calls {
        call.abort();
    }
    for call in calls {
        assert!(call.await.unwrap_err().is_cancelled());
    }
    server.gone(8).await;
    assert_eq!(client.trace().in_flight(), 0);
    assert!(client.trace().exchanges().iter().all(|exchange| exchange.outcome == Outcome::Cancelled));
    // All places in the queue are free again.
    let another = tokio::spawn({
        let (client, at) = (client.clone(), server.endpoint());
        async move { client.manifest(&at, &repository(), &tag("1")).await }
    });
    let before = server.requests().len();
    server.came(before + 1).await;
    another.abort();
}
