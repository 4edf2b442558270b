//! Does a credential stay at home when a redirect leads elsewhere?

use registry::{ErrorKind, Outcome};

use crate::support::{Known, Reply, Seen, Server, answer, client, client_of, head, repository, tag};

fn redirect(status: u16, location: &str) -> Reply {
    answer(status, &[("location", location)], "")
}

/// Wants Basic, then redirects to where it is told.
async fn guarded(location: String) -> Server {
    Server::start(move |seen: &Seen, _| match seen.header("authorization") {
        None => answer(401, &[("www-authenticate", "Basic realm=\"r\"")], ""),
        Some(_) => redirect(307, &location),
    })
    .await
}

#[tokio::test]
async fn a_login_does_not_follow_to_another_port_and_is_not_given_to_its_challenge() {
    let other = Server::start(|_, _| {
        answer(401, &[("www-authenticate", "Basic realm=\"other\""), ("set-cookie", "a=b")], "")
    })
    .await;
    let server = guarded(other.url("/elsewhere?X-Amz-Signature=c0ffee")).await;
    let (client, _) = client_of(Known::basic());
    let error = client.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap_err();
    assert_eq!(
        other.lines(),
        ["GET /elsewhere?X-Amz-Signature=c0ffee"],
        "asked once, and its challenge left alone"
    );
    for request in other.requests() {
        assert_eq!(request.header("authorization"), None);
        assert_eq!(request.header("cookie"), None);
        assert_eq!(request.header("referer"), None);
    }
    assert_eq!(error.kind, ErrorKind::Denied);
    assert_eq!(error.status, Some(401));
    // Everything that people see: sentence, words, trace.
    let shown = format!("{error:?} {error} {:?}", client.trace().exchanges());
    assert!(!shown.contains("c0ffee"), "{shown}");
    assert!(!shown.contains("s3cret-canary") && !shown.contains("YWxpY2U6"), "{shown}");
    assert!(shown.contains("X-Amz-Signature=…"), "{shown}");
}

#[tokio::test]
async fn a_login_does_not_return_after_it_has_left() {
    // Home again by way of another origin: whoever sits between could choose what the login is used for.
    let home = std::sync::Arc::new(std::sync::OnceLock::<String>::new());
    let back = std::sync::Arc::clone(&home);
    let other = Server::start(move |_, _| redirect(302, &format!("{}/back", back.get().unwrap()))).await;
    let away = other.url("/");
    let server =
        Server::start(move |seen: &Seen, _| match (seen.target.as_str(), seen.header("authorization")) {
            ("/back", _) => answer(200, &[], "{}"),
            (_, None) => answer(401, &[("www-authenticate", "Basic realm=\"r\"")], ""),
            _ => redirect(307, &away),
        })
        .await;
    home.set(server.url("")).unwrap();
    let (client, _) = client_of(Known::basic());
    client.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap();
    let back = server.requests().into_iter().find(|seen| seen.target == "/back").unwrap();
    assert_eq!(back.header("authorization"), None);
}

#[tokio::test]
async fn a_login_is_kept_on_the_same_origin() {
    let server = Server::start(|seen: &Seen, _| match (seen.target.as_str(), seen.header("authorization")) {
        (_, None) => answer(401, &[("www-authenticate", "Basic realm=\"r\"")], ""),
        ("/moved", Some(_)) => answer(200, &[], "{}"),
        _ => redirect(308, "/moved"),
    })
    .await;
    let (client, _) = client_of(Known::basic());
    let manifest = client.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap();
    assert_eq!(manifest.bytes, "{}");
    assert_eq!(server.lines().last().unwrap(), "GET /moved");
    let because: Vec<_> = manifest.exchanges.iter().map(|exchange| exchange.because.as_deref()).collect();
    assert_eq!(because, [None, Some("login"), Some("redirect")]);
}

#[tokio::test]
async fn five_redirects_are_followed_and_a_sixth_is_not() {
    let script = |last: usize| {
        move |_: &Seen, nth: usize| {
            if nth < last { redirect(302, &format!("/hop{nth}")) } else { answer(200, &[], "{}") }
        }
    };
    let (client, _) = client();
    let five = Server::start(script(5)).await;
    client.manifest(&five.endpoint(), &repository(), &tag("1")).await.unwrap();
    assert_eq!(five.requests().len(), 6);
    let six = Server::start(script(6)).await;
    let error = client.manifest(&six.endpoint(), &repository(), &tag("1")).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::BadAnswer);
    assert!(error.message.contains("RG015"));
    assert_eq!(six.requests().len(), 6);
}

#[tokio::test]
async fn a_redirect_to_no_http_or_to_nowhere_is_an_error() {
    let (client, _) = client();
    for location in ["ftp://127.0.0.1/x", "file:///etc/passwd", "javascript:alert(1)", "http://"] {
        let server = Server::start(move |_, _| redirect(302, location)).await;
        let error = client.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::BadAnswer, "{location}");
        assert_eq!(server.requests().len(), 1);
    }
    let server = Server::start(|_, _| Reply::Bytes(head(302, &[("content-length", "0")]))).await;
    let error = client.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap_err();
    assert_eq!((error.kind, error.status), (ErrorKind::BadAnswer, Some(302)));
}

#[tokio::test]
async fn a_login_page_is_no_registry_wherever_it_is() {
    let (client, _) = client();
    let page = |status| {
        move |_: &Seen, _: usize| answer(status, &[("content-type", "text/html; charset=utf-8")], "<html>")
    };
    let here = Server::start(page(200)).await;
    let error = client.manifest(&here.endpoint(), &repository(), &tag("1")).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotARegistry);
    // A page of another host, even one that says 429 (as seen behind a redirect to a web site).
    let there = Server::start(page(429)).await;
    let url = there.url("/login");
    let server = Server::start(move |_, _| redirect(303, &url)).await;
    let error = client.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotARegistry);
    assert!(error.message.contains(&there.address.to_string()), "{}", error.message);
    assert_eq!(error.exchanges[0].outcome, Outcome::Status(303));
}
