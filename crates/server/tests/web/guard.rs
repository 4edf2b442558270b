//! E01 to E04: foreign names, foreign pages, foreign frames.

use crate::raw::{Running, start};

const REFUSED: &str = "Refused: only Ociscope's own page is answered here.\n";

/// A call that would be answered, with these lines instead of `Host`.
async fn with_host(host: &Running, target: &str, hosts: &[&str]) -> (u16, String) {
    let first = format!("POST {target} HTTP/1.1");
    let token = format!("x-ociscope-token: {}", host.token);
    let mut lines = vec![first.as_str(), &token, "Content-Type: application/json"];
    lines.extend(hosts);
    let answer = host.send(&lines, b"{}").await;
    (answer.status, answer.text().to_owned())
}

/// E01.
#[tokio::test]
async fn only_our_own_host_names_are_answered() {
    let host = start().await;
    let port = host.port();
    let call = "/api/call/list_registries";
    for own in ["127.0.0.1", "[::1]", "localhost"] {
        let answer = with_host(&host, call, &[&format!("Host: {own}:{port}")]).await;
        assert_eq!(answer, (200, r#"{"registries":[]}"#.to_owned()), "{own}");
    }
    let other = if port == 1 { 2 } else { port - 1 };
    for foreign in [
        format!("Host: evil.com:{port}"),
        format!("Host: 127.0.0.1.nip.io:{port}"),
        format!("Host: localhost.:{port}"),
        format!("Host: 127.0.0.1:{other}"),
        format!("Host: 127.0.0.1:0{port}"),
        format!("Host: 127.0.0.1:{port}@evil.com"),
        format!("Host: 127.1:{port}"),
        format!("Host: 0.0.0.0:{port}"),
        "Host: 127.0.0.1".to_owned(),
        "Host: ".to_owned(),
    ] {
        assert_eq!(with_host(&host, call, &[&foreign]).await, (403, REFUSED.to_owned()), "{foreign}");
    }
    let own = format!("Host: 127.0.0.1:{port}");
    assert_eq!(with_host(&host, call, &[]).await.0, 403, "no Host");
    assert_eq!(with_host(&host, call, &[&own, &own]).await.0, 403, "two Hosts");
    assert_eq!(with_host(&host, &format!("http://evil.com{call}"), &[&own]).await.0, 403, "absolute form");
    assert_eq!(
        with_host(&host, &format!("http://127.0.0.1:{port}{call}"), &[&own]).await.0,
        403,
        "absolute form"
    );
    // Before routing: the same for what is not there.
    assert_eq!(with_host(&host, "/nowhere", &["Host: evil.com"]).await, (403, REFUSED.to_owned()));
    assert_eq!(host.stub.calls(), 3, "nothing refused reached the service");
}

/// E02, for what carries the token, so that the token is not what refuses.
#[tokio::test]
async fn only_our_own_page_may_call() {
    let host = start().await;
    let (port, call) = (host.port(), "/api/call/list_registries");
    let own = format!("Origin: http://127.0.0.1:{port}");
    for fine in [&[own.as_str()][..], &["Sec-Fetch-Site: same-origin"], &["Sec-Fetch-Site: none"], &[]] {
        assert_eq!(host.post(call, "{}", fine).await.status, 200, "{fine:?}");
    }
    for foreign in [
        "Origin: https://evil.example",
        "Origin: null",
        "Origin: ",
        &format!("Origin: https://127.0.0.1:{port}"),
        // Another program may listen on this port of another of our names.
        &format!("Origin: http://localhost:{port}"),
        &format!("Origin: http://[::1]:{port}"),
        &format!("Origin: http://127.0.0.1:{}", port ^ 1),
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
        "Sec-Fetch-Site: same-origin, cross-site",
    ] {
        let answer = host.post(call, "{}", &[foreign]).await;
        assert_eq!((answer.status, answer.text()), (403, REFUSED), "{foreign}");
    }
    assert_eq!(host.post(call, "{}", &[&own, &own]).await.status, 403, "two Origins");
    let navigate = ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"];
    assert_eq!(host.post(call, "{}", &navigate).await.status, 403, "a form of a foreign page");
    assert_eq!(host.stub.calls(), 4);
}

/// E02: what a foreign page can send without asking first has none of these types.
#[tokio::test]
async fn only_json_is_a_request() {
    let host = start().await;
    for media_type in
        ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonp", ""]
    {
        let lines = [
            "POST /api/call/list_registries HTTP/1.1",
            &format!("Host: 127.0.0.1:{}", host.port()),
            &format!("x-ociscope-token: {}", host.token),
            &format!("Content-Type: {media_type}"),
        ];
        assert_eq!(host.send(&lines, b"{}").await.status, 415, "{media_type}");
    }
    assert_eq!(host.stub.calls(), 0);
    let answer = host.post("/api/call/list_registries", "{}", &["Content-Type: text/plain"]).await;
    assert_eq!(answer.status, 415, "two types");
}

/// E02: images and scripts of a foreign page; and a link to us, which is fine.
#[tokio::test]
async fn a_foreign_page_may_link_to_a_page_and_load_nothing() {
    let host = start().await;
    let own = format!("Host: 127.0.0.1:{}", host.port());
    let get = |path: &'static str, site: &'static str, mode: &'static str, dest: &'static str| {
        let lines = [
            format!("GET {path} HTTP/1.1"),
            own.clone(),
            format!("Sec-Fetch-Site: {site}"),
            format!("Sec-Fetch-Mode: {mode}"),
            format!("Sec-Fetch-Dest: {dest}"),
        ];
        let host = &host;
        async move { host.send(&lines.each_ref().map(String::as_str), b"").await.status }
    };
    assert_eq!(get("/r/ghcr.io/a/b", "cross-site", "navigate", "document").await, 200);
    assert_eq!(get("/", "none", "navigate", "document").await, 200);
    assert_eq!(get("/app-0123456789abcdef.js", "same-origin", "no-cors", "script").await, 200);
    for (mode, dest) in
        [("no-cors", "image"), ("no-cors", "script"), ("cors", "empty"), ("navigate", "iframe")]
    {
        assert_eq!(get("/", "cross-site", mode, dest).await, 403, "{mode} {dest}");
        assert_eq!(get("/app-0123456789abcdef.js", "same-site", mode, dest).await, 403, "{mode} {dest}");
    }
}

/// E03: there is no WebSocket here, and a stream is a `POST` like any other.
#[tokio::test]
async fn a_foreign_page_opens_no_stream() {
    let host = start().await;
    let request = r#"{"registry":"a.example"}"#;
    let answer = host.post("/api/watch/list_repositories", request, &["Origin: https://evil.example"]).await;
    assert_eq!(answer.status, 403);
    let lines = [
        "GET /api/watch/list_repositories HTTP/1.1",
        &format!("Host: 127.0.0.1:{}", host.port()),
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ];
    assert_eq!(host.send(&lines, b"").await.status, 405);
    let foreign = [&lines[..], &["Origin: https://evil.example"]].concat();
    assert_eq!(host.send(&foreign, b"").await.status, 403);
    assert_eq!(host.stub.calls(), 0);
}

/// E04: on every kind of answer.
#[tokio::test]
async fn every_answer_is_closed_to_foreign_pages() {
    let host = start().await;
    let preflight = [
        "OPTIONS /api/call/list_registries HTTP/1.1",
        &format!("Host: 127.0.0.1:{}", host.port()),
        "Origin: https://evil.example",
        "Access-Control-Request-Method: POST",
        "Access-Control-Request-Headers: x-ociscope-token",
    ];
    let policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                  img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; \
                  connect-src 'self'";
    let answers = [
        (200, host.get("/").await),
        (200, host.get("/app-0123456789abcdef.js").await),
        (404, host.get("/nowhere").await),
        (200, host.post("/api/call/list_registries", "{}", &[]).await),
        (200, host.post("/api/watch/list_repositories", r#"{"registry":"a.example"}"#, &[]).await),
        (400, host.post("/api/call/no_such", "{}", &[]).await),
        (403, host.post("/api/call/list_registries", "{}", &["Origin: null"]).await),
        (403, host.send(&preflight, b"").await),
    ];
    for (status, answer) in answers {
        assert_eq!(answer.status, status, "{}", answer.head);
        assert!(!answer.head.contains("access-control-"), "{}", answer.head);
        for (name, value) in [
            ("content-security-policy", policy),
            ("x-content-type-options", "nosniff"),
            ("cross-origin-resource-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("referrer-policy", "no-referrer"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{name} of {}", answer.head);
        }
        assert!(answer.header("cache-control").is_some(), "{}", answer.head);
        assert!(!answer.head.contains("set-cookie"), "{}", answer.head);
    }
}
