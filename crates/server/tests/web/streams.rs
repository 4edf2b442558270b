//! Watches over HTTP: line by line, and no longer than somebody looks.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::raw::{Running, start};

async fn ask(host: &Running, path: &str, body: &str) -> TcpStream {
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nx-ociscope-token: {}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        host.port(),
        host.token,
        body.len()
    );
    let mut stream = TcpStream::connect(host.address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    stream
}

async fn read_until(stream: &mut TcpStream, text: &str) -> String {
    let mut seen = Vec::new();
    while !String::from_utf8_lossy(&seen).contains(text) {
        let mut buffer = [0; 1024];
        let count = stream.read(&mut buffer).await.unwrap();
        assert_ne!(count, 0, "{text} never came: {}", String::from_utf8_lossy(&seen));
        seen.extend_from_slice(&buffer[..count]);
    }
    String::from_utf8(seen).unwrap()
}

#[tokio::test]
async fn events_are_lines_and_the_last_line_says_how_it_ended() {
    let host = start().await;
    let mut stream = ask(&host, "/api/watch/list_repositories", r#"{"registry":"a.example"}"#).await;
    let text = read_until(&mut stream, "\"end\"\n").await;
    assert!(text.contains("content-type: application/x-ndjson"), "{text}");
    assert!(
        text.contains("{\"event\":{\"repositories\":[\"one\"],\"page\":1,\"complete\":false}}\n"),
        "{text}"
    );
    assert!(
        text.contains("{\"event\":{\"repositories\":[\"two\"],\"page\":2,\"complete\":true}}\n"),
        "{text}"
    );

    let mut failing = ask(&host, "/api/watch/list_repositories", r#"{"registry":"failing.example"}"#).await;
    let text = read_until(&mut failing, "\"failed\"").await;
    assert!(text.contains("200 OK"), "what came before stays valid: {text}");
}

/// The first event is there while the second has not happened: nothing waits for the end.
#[tokio::test]
async fn dropping_the_request_drops_the_stream() {
    let host = start().await;
    let request = r#"{"registry":"a.example","repository":"b"}"#;
    let mut stream = ask(&host, "/api/watch/list_tags", request).await;
    read_until(&mut stream, r#"{"event":{"tags":["1.0"]"#).await;
    drop(stream);
    host.stub.dropped().await;
}

#[tokio::test]
async fn dropping_the_request_drops_the_call() {
    let host = start().await;
    let stream = ask(&host, "/api/call/check_registry", r#"{"registry":"a.example"}"#).await;
    host.stub.started().await;
    drop(stream);
    host.stub.dropped().await;
}

#[tokio::test]
async fn errors_of_operations_have_a_status_and_their_own_body() {
    let host = start().await;
    for (operation, request, status, code) in [
        ("inspect", r#"{"reference":"a.example/b:c"}"#, 403, "not_added"),
        ("list_exchanges", "{}", 502, "auth_needed"),
        ("remove_registry", r#"{"name":"a.example"}"#, 500, "internal"),
        ("inspect", "{}", 400, "bad_request"),
        ("no_such", "{}", 400, "bad_request"),
    ] {
        let answer = host.post(&format!("/api/call/{operation}"), request, &[]).await;
        assert_eq!(answer.status, status, "{operation}");
        assert_eq!(answer.header("content-type"), Some("application/json"));
        assert!(answer.text().starts_with(&format!("{{\"code\":\"{code}\"")), "{}", answer.text());
    }
    let answer = host.post("/api/watch/no_such", "{}", &[]).await;
    assert_eq!(answer.status, 400);
}

/// The end does not wait for a stream that has none.
#[tokio::test]
async fn at_the_end_running_streams_are_cut() {
    let host = start().await;
    let request = r#"{"registry":"a.example","repository":"b"}"#;
    let mut stream = ask(&host, "/api/watch/list_tags", request).await;
    read_until(&mut stream, "\"event\"").await;
    host.end.send(()).unwrap();
    host.stub.dropped().await;
    host.served.await.unwrap();
    assert!(TcpStream::connect(host.address).await.is_err());
}
