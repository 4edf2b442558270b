//! E06: the launch token.

use server::web::{Assets, Token, WRONG_TOKENS, router};
use tokio::time::Instant;
use tower::ServiceExt;

use crate::{
    raw::{small_ui, start},
    stub::Stub,
};

#[tokio::test]
async fn operations_want_the_token_in_a_header_and_pages_do_not() {
    let host = start().await;
    let own = format!("Host: 127.0.0.1:{}", host.port());
    let token = format!("x-ociscope-token: {}", host.token);
    let cookie = format!("Cookie: x-ociscope-token={}", host.token);
    let json = "Content-Type: application/json";
    let body = br#"{"registry":"a.example"}"#;
    for target in ["/api/call/list_registries", "/api/watch/list_repositories", "/api/call/no_such"] {
        let first = format!("POST {target} HTTP/1.1");
        let with_query = format!("POST {target}?x-ociscope-token={} HTTP/1.1", host.token);
        let wrong = format!("x-ociscope-token: {}", "0".repeat(64));
        for lines in [
            vec![first.as_str(), &own, json],
            vec![&first, &own, json, &wrong],
            vec![&first, &own, json, &cookie],
            vec![&with_query, &own, json],
            vec![&first, &own, json, &token, &token],
        ] {
            let answer = host.send(&lines, body).await;
            assert_eq!(answer.status, 401, "{lines:?}");
            assert!(answer.text().starts_with(r#"{"code":"host_gone""#), "{}", answer.text());
            // A right one in between: otherwise the later ones would have to wait.
            assert_eq!(host.post("/api/call/list_registries", "{}", &[]).await.status, 200);
        }
    }
    let page = host.get("/").await;
    assert_eq!(page.status, 200);
    assert!(
        !page.head.contains(&host.token) && !page.text().contains(&host.token),
        "the page holds no secret"
    );
}

#[tokio::test]
async fn the_token_of_an_earlier_start_is_stale() {
    let (before, now) = (start().await, start().await);
    let first = "POST /api/call/list_registries HTTP/1.1";
    let own = format!("Host: 127.0.0.1:{}", now.port());
    let stale = format!("x-ociscope-token: {}", before.token);
    let answer = now.send(&[first, &own, &stale, "Content-Type: application/json"], b"{}").await;
    assert_eq!(answer.status, 401);
}

/// Time is the test's own here: it passes only when everything waits.
#[tokio::test(start_paused = true)]
async fn after_ten_wrong_tokens_each_further_one_waits_and_the_right_one_does_not() {
    let ui = tempfile::tempdir().unwrap();
    small_ui(ui.path());
    let token = Token::new().unwrap();
    let right = token.reveal().to_owned();
    let router = router(Stub::default(), Assets::read(ui.path()).unwrap(), token, 7);
    let ask = |token: &str| {
        let request = axum::http::Request::post("/api/call/list_registries")
            .header("host", "127.0.0.1:7")
            .header("content-type", "application/json")
            .header("x-ociscope-token", token)
            .body(axum::body::Body::from("{}"))
            .unwrap();
        let router = router.clone();
        async move {
            let asked = Instant::now();
            let response = router.oneshot(request).await.unwrap();
            let wait = response.headers().get("retry-after").map(|value| value.to_str().unwrap().to_owned());
            (response.status().as_u16(), asked.elapsed().as_millis(), wait)
        }
    };
    for _ in 0..WRONG_TOKENS {
        assert_eq!(ask("wrong").await, (401, 0, None));
    }
    for _ in 0..3 {
        assert_eq!(ask("wrong").await, (429, 1_000, Some("1".to_owned())));
    }
    assert_eq!(ask(&right).await, (200, 0, None));
    assert_eq!(ask("wrong").await, (401, 0, None), "the right one starts the count anew");
}
