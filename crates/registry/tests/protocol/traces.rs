//! Does the trace tell what happened, and nothing else?

use std::time::Duration;

use fake_registry::{Behaviour, FakeRegistry, Fault, Hold, Times};
use registry::{Connection, Endpoint, ErrorKind, Outcome, TRACE_LENGTH};

use crate::support::{Reply, Server, answer, client, head, repository, tag};

#[tokio::test]
async fn an_exchange_tells_what_was_sent_and_received() {
    let server =
        Server::start(|_, _| answer(200, &[("content-type", "application/json"), ("x-odd", "a\tb")], "{}"))
            .await;
    let (client, _) = client();
    let manifest = client.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap();
    let [exchange] = &manifest.exchanges[..] else { panic!("one exchange") };
    assert_eq!(exchange.registry.as_str(), server.address.to_string());
    assert_eq!(exchange.method, "GET");
    assert_eq!(exchange.url, server.url("/v2/demo/app/manifests/1"));
    assert_eq!(exchange.outcome, Outcome::Status(200));
    assert_eq!(exchange.started_ms, 784_111_770_000);
    assert_eq!(exchange.body_bytes, 2);
    assert_eq!(exchange.because, None);
    assert_eq!(exchange.dns_ms, None, "an address needs no look-up");
    assert!(exchange.first_byte_ms.is_some() && exchange.body_ms.is_some());
    // The headers of the trace are those of the wire.
    let wire = &server.requests()[0];
    for header in &exchange.request_headers {
        assert_eq!(wire.header(&header.name), Some(header.value.as_str()));
    }
    assert_eq!(exchange.request_headers.len() + 1, wire.headers.len(), "all but Host, which is in the URL");
    assert!(
        exchange
            .response_headers
            .iter()
            .any(|header| header.name == "content-type" && header.value == "application/json")
    );
    assert_eq!(client.trace().exchanges(), manifest.exchanges);
}

#[tokio::test]
async fn a_connection_is_new_once_and_then_used_again() {
    let server = Server::start(|_, nth| match nth {
        2 => Reply::Close(head(404, &[("content-length", "0"), ("connection", "close")])),
        _ => answer(200, &[], "{}"),
    })
    .await;
    let (client, _) = client();
    for _ in 0..4 {
        let _ = client.manifest(&server.endpoint(), &repository(), &tag("1")).await;
    }
    let how: Vec<_> =
        client.trace().exchanges().iter().map(|one| matches!(one.connection, Connection::New(_))).collect();
    assert_eq!(how, [true, false, false, true]);
    assert_eq!(client.trace().exchanges()[1].connection, Connection::Reused);
    assert_eq!(server.connections(), 2, "the trace tells what the server saw");
}

#[tokio::test]
async fn many_at_once_tell_as_many_new_connections_as_the_server_saw() {
    let server = Server::start(|_, _| answer(200, &[], "{}")).await;
    let (client, _) = client();
    let at = server.endpoint();
    for _ in 0..5 {
        let all = (0..8).map(|_| client.ping(&at));
        for result in futures_util::future::join_all(all).await {
            result.unwrap();
        }
    }
    let new =
        client.trace().exchanges().iter().filter(|one| matches!(one.connection, Connection::New(_))).count();
    // The pool may make one more than it uses.
    assert!((1..=server.connections()).contains(&new), "{new} of {}", server.connections());
    assert_eq!(client.trace().exchanges().len(), 40);
}

#[tokio::test]
async fn a_name_is_looked_up_and_the_time_noted() {
    let server = Server::start(|_, _| answer(200, &[], "{}")).await;
    let (client, _) = client();
    let at = Endpoint::http(format!("localhost:{}", server.address.port()).parse().unwrap());
    client.ping(&at).await.unwrap();
    client.ping(&at).await.unwrap();
    let exchanges = client.trace().exchanges();
    assert!(exchanges[0].dns_ms.is_some());
    assert_eq!(exchanges[1].dns_ms, None, "the connection was used again");
}

#[tokio::test]
async fn the_trace_keeps_the_latest_thousand() {
    let server = Server::start(|_, _| answer(200, &[], "{}")).await;
    let (client, _) = client();
    for _ in 0..TRACE_LENGTH + 5 {
        client.ping(&server.endpoint()).await.unwrap();
    }
    let exchanges = client.trace().exchanges();
    assert_eq!(exchanges.len(), 1_000);
    assert_eq!((exchanges[0].id, exchanges[999].id), (5, 1_004));
    assert_eq!(client.trace().in_flight(), 0);
}

#[tokio::test]
async fn loopback_is_tried_with_tls_first_and_what_works_is_remembered() {
    let server = Server::start(|_, _| answer(200, &[], "{}")).await;
    let (client, _) = client();
    let at = Endpoint::auto(server.address.to_string().parse().unwrap());
    assert_eq!(at.origins.len(), 2);
    let ping = client.ping(&at).await.unwrap();
    assert_eq!(ping.origin.as_str(), server.url("/"));
    let schemes: Vec<_> =
        ping.exchanges.iter().map(|one| one.url.split(':').next().unwrap().to_owned()).collect();
    assert_eq!(schemes, ["https", "http"]);
    assert!(matches!(ping.exchanges[0].outcome, Outcome::Failed(_)));
    let ping = client.ping(&at).await.unwrap();
    assert_eq!(ping.exchanges.len(), 1, "http at once");
}

#[tokio::test]
async fn plain_http_is_never_tried_where_it_was_not_given() {
    let server = Server::start(|_, _| answer(200, &[], "{}")).await;
    let at = Endpoint::https(server.address.to_string().parse().unwrap());
    let error = client().0.ping(&at).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Tls);
    assert!(server.requests().is_empty());
    assert_eq!(Endpoint::auto("registry.example".parse().unwrap()).origins.len(), 1, "no loopback, no http");
}

#[tokio::test]
async fn docker_hub_is_asked_where_it_serves() {
    assert_eq!(
        Endpoint::https("docker.io".parse().unwrap()).origins[0].as_str(),
        "https://registry-1.docker.io/"
    );
    assert_eq!(Endpoint::auto("[::1]:5000".parse().unwrap()).origins[1].as_str(), "http://[::1]:5000/");
}

#[tokio::test]
async fn the_time_in_the_queue_is_told_and_the_ninth_waits_for_one_of_eight() {
    let registry = FakeRegistry::start(Behaviour::default()).await.unwrap();
    let hold = Hold::new();
    registry.faults().on("GET", "/v2/", Fault::Hold(hold.clone()), Times::Exactly(8));
    let (client, clock) = client();
    let at = Endpoint::http(registry.address().to_string().parse().unwrap());
    let nine: Vec<_> = (0..9)
        .map(|_| {
            let (client, at) = (client.clone(), at.clone());
            tokio::spawn(async move { client.ping(&at).await.unwrap().exchanges.remove(0).queued_ms })
        })
        .collect();
    hold.arrived(8).await;
    clock.pass(Duration::from_secs(5));
    assert_eq!(registry.requests().len(), 8);
    hold.release();
    let queued =
        futures_util::future::join_all(nine).await.into_iter().map(Result::unwrap).collect::<Vec<_>>();
    assert_eq!(queued, [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 5_000.0]);
}
