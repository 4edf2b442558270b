//! E09: what a client may take.

use std::time::Duration;

use server::web::{LONGEST_BODY, Limits};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use crate::raw::{parse, start, start_with};

#[tokio::test]
async fn a_body_has_an_end() {
    let host = start().await;
    let fits = format!("{{}}{}", " ".repeat(LONGEST_BODY - 2));
    assert_eq!(host.post("/api/call/list_registries", &fits, &[]).await.status, 200);
    let long = format!("{fits} ");
    let answer = host.post("/api/call/list_registries", &long, &[]).await;
    assert_eq!(answer.status, 413);
    assert!(answer.text().contains(r#""code":"too_large""#), "{}", answer.text());
    assert_eq!(host.stub.calls(), 1);
}

#[tokio::test]
async fn headers_have_a_number_and_a_length() {
    let host = start().await;
    let own = format!("Host: 127.0.0.1:{}", host.port());
    let many: Vec<_> = (0..10_000).map(|n| format!("X-{n}: 1")).collect();
    let mut lines = vec!["GET / HTTP/1.1", &own];
    lines.extend(many.iter().map(String::as_str));
    assert_eq!(host.send(&lines, b"").await.status, 431);
    let long = format!("X: {}", "x".repeat(1 << 20));
    assert_eq!(host.send(&["GET / HTTP/1.1", &own, &long], b"").await.status, 431);
}

/// Whoever sends nothing, or only half a head, is let go; meanwhile and after that others are answered.
#[tokio::test]
async fn slow_heads_and_idle_sockets_are_let_go() {
    let limits = Limits { connections: 500, head_time: Duration::from_millis(200), ..Limits::default() };
    let host = start_with(limits).await;
    let mut idle = Vec::new();
    for n in 0..500 {
        let mut stream = TcpStream::connect(host.address).await.unwrap();
        if n % 2 == 0 {
            stream.write_all(b"GET / HTTP/1.1\r\nHost: 127").await.unwrap();
        }
        idle.push(stream);
    }
    // All places are taken: this is answered when the first of them are let go.
    assert_eq!(host.get("/").await.status, 200);
    for mut stream in idle {
        let mut rest = Vec::new();
        // Ends because the host closes it; what it says before that is its own affair.
        let end = timeout(Duration::from_secs(30), stream.read_to_end(&mut rest)).await;
        assert!(end.is_ok(), "an idle socket is still open");
    }
    assert_eq!(host.get("/").await.status, 200);
}

/// HTTP/2, with its floods of frames, is not spoken at all.
#[tokio::test]
async fn http2_is_not_spoken() {
    let host = start().await;
    let mut stream = TcpStream::connect(host.address).await.unwrap();
    stream.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").await.unwrap();
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes).await;
    assert!(bytes.is_empty() || parse(&bytes).status >= 400, "{:?}", String::from_utf8_lossy(&bytes));
}
