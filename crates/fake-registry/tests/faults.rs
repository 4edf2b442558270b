//! Does every fault do what it says, and only as often as it says?
#![allow(clippy::unwrap_used, reason = "a test may fail by panic, and so may what it calls")]

mod support;

use std::{io::ErrorKind, time::Duration};

use fake_registry::{Behaviour, Drip, Fault, Framing, Hold, REMEMBERED, Times};
use support::{OCI_INDEX, SMALL, body, get, header, http, json, open, registry, to_the_end, with_app};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const V1: &str = "/v2/demo/app/manifests/v1";

#[tokio::test]
async fn a_fault_happens_as_often_as_it_is_told_and_then_the_truth_is_back() {
    let registry = with_app(Behaviour::default()).await;
    registry.faults().on("GET", "/manifests/", Fault::status(503), Times::Exactly(2));
    for expected in [503, 503, 200] {
        assert_eq!(get(&registry, V1).await.status(), expected);
    }
    registry.faults().on("GET", "/manifests/", Fault::status(502), Times::Once);
    registry.faults().on("GET", "/manifests/", Fault::status(500), Times::Always);
    for expected in [502, 500, 500] {
        assert_eq!(get(&registry, V1).await.status(), expected);
    }
    registry.faults().clear();
    assert_eq!(get(&registry, V1).await.status(), 200);
}

#[tokio::test]
async fn a_fault_meets_its_method_and_path_and_nothing_else() {
    let registry = with_app(Behaviour::default()).await;
    registry.faults().on("GET", "/v2/$", Fault::html("<h1>Log in</h1>"), Times::Always);
    registry.faults().on("HEAD", "/manifests/", Fault::status(405), Times::Always);
    let page = get(&registry, "/v2/").await;
    assert_eq!(header(&page, "content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(page.text().await.unwrap(), "<h1>Log in</h1>");
    assert_eq!(get(&registry, V1).await.status(), 200);
    let head = http().head(format!("{}{V1}", registry.origin())).send().await.unwrap();
    assert_eq!(head.status(), 405);
}

#[tokio::test]
async fn the_first_may_be_right_and_the_second_wrong() {
    let registry = with_app(Behaviour::default()).await;
    registry.faults().on("*", V1, Fault::PassThrough, Times::Once);
    registry.faults().on("*", V1, Fault::denied(), Times::Once);
    assert_eq!(get(&registry, V1).await.status(), 200);
    assert_eq!(get(&registry, V1).await.status(), 403);
}

#[tokio::test]
async fn refusals_have_the_form_of_the_specification() {
    let registry = with_app(Behaviour::default()).await;
    for (fault, status, code) in
        [(Fault::unauthorized(), 401, "UNAUTHORIZED"), (Fault::denied(), 403, "DENIED")]
    {
        registry.faults().on("GET", V1, fault, Times::Once);
        let answer = get(&registry, V1).await;
        assert_eq!(answer.status(), status);
        assert_eq!(answer.headers().contains_key("www-authenticate"), status == 401);
        let text = answer.text().await.unwrap();
        let errors: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(errors["errors"][0]["code"], code);
    }
}

#[tokio::test]
async fn retry_after_is_sent_as_given() {
    let registry = registry().await;
    for wait in ["4", "Wed, 21 Oct 2026 07:28:00 GMT", "soon"] {
        registry.faults().on("GET", "/v2/", Fault::rate_limited(wait), Times::Once);
        let answer = get(&registry, "/v2/").await;
        assert_eq!((answer.status().as_u16(), header(&answer, "retry-after")), (429, Some(wait)));
    }
    registry.faults().on("GET", "/v2/", Fault::rate_limited_silently(), Times::Once);
    assert_eq!(header(&get(&registry, "/v2/").await, "retry-after"), None);
}

#[tokio::test]
async fn a_reset_connection_is_reset_and_a_closed_one_closed() {
    let registry = with_app(Behaviour::default()).await;
    registry.faults().on("GET", V1, Fault::Reset, Times::Once);
    let (bytes, end) = to_the_end(open(registry.address(), V1).await).await;
    assert!(bytes.is_empty());
    assert_eq!(end.unwrap_err().kind(), ErrorKind::ConnectionReset);

    registry.faults().on("GET", V1, Fault::Close, Times::Once);
    let (bytes, end) = to_the_end(open(registry.address(), V1).await).await;
    assert!(bytes.is_empty());
    end.expect("FIN is a regular end");
}

#[tokio::test]
async fn a_cut_body_promises_more_than_it_sends() {
    let registry = with_app(Behaviour::default()).await;
    registry.faults().on("GET", V1, Fault::CutBody { after: 20 }, Times::Once);
    let (bytes, end) = to_the_end(open(registry.address(), V1).await).await;
    end.expect("FIN is a regular end");
    let head = String::from_utf8_lossy(&bytes).into_owned();
    assert!(head.contains(&format!("content-length: {}\r\n", SMALL.len())), "{head}");
    assert_eq!(body(&bytes), &SMALL.as_bytes()[..20]);

    registry.faults().on("GET", V1, Fault::ResetBody { after: 20 }, Times::Once);
    let (_, end) = to_the_end(open(registry.address(), V1).await).await;
    assert_eq!(end.unwrap_err().kind(), ErrorKind::ConnectionReset);
}

#[tokio::test]
async fn a_slow_body_comes_byte_by_byte_as_it_is_given() {
    let registry = with_app(Behaviour::default()).await;
    let drip = Drip::new();
    registry.faults().on("GET", V1, Fault::Slow(drip.clone()), Times::Always);
    let mut answer = get(&registry, V1).await;
    drip.give(3);
    let mut got = Vec::new();
    while got.len() < 3 {
        got.extend_from_slice(&answer.chunk().await.unwrap().unwrap());
    }
    assert_eq!(got, SMALL.as_bytes()[..3]);
    drip.sent(3).await;
    drip.give(u64::from(u32::MAX));
    while let Some(chunk) = answer.chunk().await.unwrap() {
        got.extend_from_slice(&chunk);
    }
    assert_eq!(got, SMALL.as_bytes());
}

#[tokio::test]
async fn a_slow_body_notices_that_nobody_reads_on() {
    let registry = with_app(Behaviour::default()).await;
    let drip = Drip::new();
    registry.faults().on("GET", V1, Fault::Slow(drip.clone()), Times::Always);
    let answer = get(&registry, V1).await;
    drop(answer);
    drip.abandoned(1).await;
}

#[tokio::test]
async fn a_held_answer_waits_for_its_release() {
    let registry = with_app(Behaviour::default()).await;
    let hold = Hold::new();
    registry.faults().on("GET", V1, Fault::Hold(hold.clone()), Times::Always);
    let url = format!("{}{V1}", registry.origin());
    let asking = tokio::spawn(async move { http().get(url).send().await.unwrap().text().await.unwrap() });
    hold.arrived(1).await;
    assert!(!asking.is_finished());
    hold.release();
    assert_eq!(asking.await.unwrap(), SMALL);
}

#[tokio::test]
async fn a_held_request_that_is_given_up_is_counted() {
    let registry = with_app(Behaviour::default()).await;
    let hold = Hold::new();
    registry.faults().on("GET", V1, Fault::Hold(hold.clone()), Times::Always);
    let stream = open(registry.address(), V1).await;
    hold.arrived(1).await;
    drop(stream);
    hold.abandoned(1).await;
}

#[tokio::test]
async fn wrong_bytes_differ_in_one_bit_and_the_headers_stay() {
    let registry = with_app(Behaviour::default()).await;
    let right = header(&get(&registry, V1).await, "docker-content-digest").unwrap().to_owned();
    registry.faults().on("GET", V1, Fault::WrongByte, Times::Once);
    let answer = get(&registry, V1).await;
    assert_eq!(header(&answer, "docker-content-digest"), Some(right.as_str()));
    let bytes = answer.bytes().await.unwrap();
    assert_eq!(bytes.len(), SMALL.len());
    let bits: u32 = bytes.iter().zip(SMALL.bytes()).map(|(one, other)| (one ^ other).count_ones()).sum();
    assert_eq!(bits, 1);
}

#[tokio::test]
async fn a_huge_body_is_json_of_that_length_in_chunks_or_declared() {
    let registry = registry().await;
    const BYTES: u64 = 3 << 20;
    registry.faults().on("GET", "/manifests/", Fault::huge(BYTES), Times::Once);
    let answer = get(&registry, V1).await;
    assert_eq!(answer.content_length(), None);
    let bytes = answer.bytes().await.unwrap();
    assert_eq!(bytes.len() as u64, BYTES);
    let parsed: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(parsed["schemaVersion"], 2);

    let content_type = "application/json".to_owned();
    let declared = Fault::Huge { bytes: 64 << 20, content_type, framing: Framing::Declared };
    registry.faults().on("GET", "/manifests/", declared, Times::Once);
    assert_eq!(get(&registry, V1).await.content_length(), Some(64 << 20));
}

#[tokio::test]
async fn a_redirect_names_its_target() {
    let registry = registry().await;
    let target = "http://127.0.0.1:9/blob?X-Amz-Signature=canary";
    registry.faults().on("GET", "/blobs/", Fault::redirect(307, target), Times::Once);
    let answer = get(&registry, "/v2/demo/app/blobs/x").await;
    assert_eq!((answer.status().as_u16(), header(&answer, "location")), (307, Some(target)));
}

#[tokio::test]
async fn an_endless_list_has_new_names_and_a_next_page_each_time() {
    let registry = registry().await;
    registry.faults().on("GET", "/", Fault::endless_link(), Times::Always);
    for path in ["/v2/demo/app/tags/list", "/v2/_catalog", &format!("/v2/a/referrers/{}", support::EMPTY)] {
        let mut seen = std::collections::BTreeSet::new();
        let mut next = path.to_owned();
        for page in 1..=50 {
            let answer = get(&registry, &next).await;
            let link = header(&answer, "link").unwrap().to_owned();
            next = link.trim_start_matches('<').split('>').next().unwrap().to_owned();
            let text = answer.text().await.unwrap();
            let page_of: serde_json::Value = serde_json::from_str(&text).unwrap();
            let key = ["tags", "repositories", "manifests"].into_iter().find(|key| page_of[key].is_array());
            let names = page_of[key.expect("a list")].as_array().unwrap().iter();
            seen.extend(names.map(|name| name.get("digest").unwrap_or(name).as_str().unwrap().to_owned()));
            assert_eq!(seen.len(), page * 10, "{path}");
        }
    }
}

#[tokio::test]
async fn links_to_the_same_page_and_to_another_host() {
    let registry = with_app(Behaviour::default()).await;
    let list = "/v2/demo/app/tags/list?n=7";
    registry.faults().on("GET", "/tags/", Fault::SelfLink, Times::Once);
    let answer = get(&registry, list).await;
    assert_eq!(header(&answer, "link"), Some("</v2/demo/app/tags/list?n=7>; rel=\"next\""));
    assert!(answer.text().await.unwrap().contains("v1"));

    registry.faults().on("GET", "/tags/", Fault::ForeignLink("http://127.0.0.1:9".into()), Times::Once);
    let answer = get(&registry, list).await;
    assert_eq!(header(&answer, "link"), Some("<http://127.0.0.1:9/v2/demo/app/tags/list?n=7>; rel=\"next\""));
}

#[tokio::test]
async fn lists_can_be_null_not_json_or_full_of_markup() {
    let registry = with_app(Behaviour::default()).await;
    let (tags, catalog) = ("/v2/demo/app/tags/list", "/v2/_catalog");
    registry.faults().on("GET", "/", Fault::NullList, Times::Exactly(2));
    assert!(json(&registry, tags).await["tags"].is_null());
    assert!(json(&registry, catalog).await["repositories"].is_null());

    registry.faults().on("GET", "/", Fault::not_json(), Times::Once);
    let text = get(&registry, tags).await.text().await.unwrap();
    assert!(serde_json::from_str::<serde_json::Value>(&text).is_err());

    registry.faults().on("GET", "/", Fault::names_with_markup(), Times::Once);
    let names = json(&registry, tags).await["tags"].to_string();
    assert!(names.contains("onerror") && names.contains("\u{202e}"), "{names}");
}

#[tokio::test]
async fn one_header_can_be_wrong_or_missing() {
    let registry = with_app(Behaviour::default()).await;
    registry.faults().on("GET", V1, Fault::header("content-type", "text/html"), Times::Once);
    registry.faults().on("GET", V1, Fault::without_header("content-type"), Times::Once);
    assert_eq!(header(&get(&registry, V1).await, "content-type"), Some("text/html"));
    assert_eq!(header(&get(&registry, V1).await, "content-type"), None);
    assert_eq!(header(&get(&registry, V1).await, "content-type"), Some(OCI_INDEX));
}

#[tokio::test]
async fn every_request_is_remembered_as_it_came() {
    let registry = with_app(Behaviour::default()).await;
    let url = format!("{}/v2/demo/app/blobs/uploads/?mount=x&from=a%2Fb", registry.origin());
    let request = http().post(url).header("accept", "one").header("accept", "two").body("{}");
    request.send().await.unwrap();
    registry.faults().on("GET", "/", Fault::Reset, Times::Once);
    to_the_end(open(registry.address(), V1).await).await.1.unwrap_err();

    let requests = registry.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0].method, "POST");
    assert_eq!(requests[0].path, "/v2/demo/app/blobs/uploads/?mount=x&from=a%2Fb");
    assert_eq!(requests[0].header("Accept"), ["one", "two"]);
    assert_eq!((requests[0].body_length, requests[0].body_digest.as_str()), (2, support::EMPTY));
    assert_eq!(requests[1].path, V1);
    let names: Vec<&str> = requests[1].headers.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["host", "accept"]);
    registry.clear_requests();
    assert!(registry.requests().is_empty());
}

#[tokio::test]
async fn of_very_many_requests_the_last_are_remembered() {
    let registry = registry().await;
    // All on one connection, written at once: the answers are read while they come.
    let address = registry.address();
    let stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let (mut reading, mut writing) = stream.into_split();
    let wanted = REMEMBERED + 5;
    let sending = tokio::spawn(async move {
        for number in 0..wanted {
            let end = if number + 1 == wanted { "connection: close\r\n" } else { "" };
            let request = format!("GET /v2/?{number} HTTP/1.1\r\nhost: {address}\r\n{end}\r\n");
            writing.write_all(request.as_bytes()).await.unwrap();
        }
        writing
    });
    let mut answers = Vec::new();
    reading.read_to_end(&mut answers).await.unwrap();
    drop(sending.await.unwrap());
    let requests = registry.requests();
    assert_eq!((requests.len(), requests[0].path.as_str()), (REMEMBERED, "/v2/?5"));
}

#[tokio::test(start_paused = true)]
async fn a_head_that_does_not_come_to_its_end_is_given_up() {
    let registry = registry().await;
    let mut stream = tokio::net::TcpStream::connect(registry.address()).await.unwrap();
    stream.write_all(b"GET /v2/ HTTP/1.1\r\nhost: x\r\n").await.unwrap();
    // The paused clock jumps to whatever is due next: first the server's 10 s, if it has them.
    let closed = tokio::time::timeout(Duration::from_secs(15), to_the_end(stream)).await;
    assert!(closed.is_ok(), "the connection is still open after 15 s");
    assert!(registry.requests().is_empty());
}

#[tokio::test]
async fn after_shutdown_nothing_listens_and_open_connections_end() {
    let registry = with_app(Behaviour::default()).await;
    let address = registry.address();
    registry.faults().on("GET", V1, Fault::Hold(Hold::new()), Times::Always);
    let held = open(address, V1).await;
    registry.shutdown().await;
    let (bytes, _) = to_the_end(held).await;
    assert!(bytes.is_empty());
    let refused = tokio::net::TcpStream::connect(address).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
}
