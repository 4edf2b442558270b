//! Who gets a login or a token, for what, and how often is it asked for?

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use futures_util::StreamExt as _;
use registry::{ErrorKind, Login, Secret, Stage};

use crate::support::{Known, Reply, Seen, Server, answer, client, client_of, json, repository, tag};

/// `printf 'alice:s3cret-canary' | base64`
const BASIC: &str = "Basic YWxpY2U6czNjcmV0LWNhbmFyeQ==";

/// A token server that gives `t0`, `t1`, …, each for so many seconds.
async fn tokens(seconds: u64) -> Server {
    Server::start(move |_, nth| json(&format!(r#"{{"token":"t{nth}","expires_in":{seconds}}}"#))).await
}

fn challenge(realm: &str, scope: &str) -> Reply {
    let header = format!(r#"Bearer realm="{realm}",service="registry.example",scope="{scope}""#);
    let body = r#"{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}"#;
    answer(401, &[("www-authenticate", &header)], body)
}

/// A registry that takes any token.
async fn registry_of(realm: String) -> Server {
    Server::start(move |seen, _| match seen.header("authorization") {
        Some(token) if token.starts_with("Bearer ") => answer(200, &[], "{}"),
        _ => challenge(&realm, "repository:user/image:pull"),
    })
    .await
}

fn authorizations(server: &Server) -> Vec<Option<String>> {
    server.requests().iter().map(|seen| seen.header("authorization").map(str::to_owned)).collect()
}

#[tokio::test]
async fn an_anonymous_token_is_asked_for_once_with_the_scope_of_the_operation() {
    let realm = tokens(300).await;
    let server = registry_of(realm.url("/token?keep=this")).await;
    let (client, _) = client();
    for name in ["1", "2"] {
        client.manifest(&server.endpoint(), &repository(), &tag(name)).await.unwrap();
    }
    assert_eq!(
        realm.lines(),
        ["GET /token?keep=this&service=registry.example&scope=repository%3Ademo%2Fapp%3Apull"],
        "not the placeholder of the challenge, and once for two manifests"
    );
    assert_eq!(authorizations(&realm), [None]);
    assert_eq!(authorizations(&server), [None, Some("Bearer t0".into()), Some("Bearer t0".into())]);
}

#[tokio::test]
async fn a_token_is_for_one_repository_and_one_purpose() {
    let realm = tokens(300).await;
    let server = registry_of(realm.url("/token")).await;
    let (client, _) = client();
    client.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap();
    client.manifest(&server.endpoint(), &"demo/other".parse().unwrap(), &tag("1")).await.unwrap();
    let _ = client.repositories(&server.endpoint()).next().await;
    let scopes: Vec<_> =
        realm.lines().iter().map(|line| line.split("scope=").nth(1).unwrap().to_owned()).collect();
    assert_eq!(
        scopes,
        ["repository%3Ademo%2Fapp%3Apull", "repository%3Ademo%2Fother%3Apull", "registry%3Acatalog%3A*"]
    );
    assert_eq!(authorizations(&server)[3].as_deref(), Some("Bearer t1"));
}

#[tokio::test]
async fn many_at_once_ask_for_one_token() {
    let realm = tokens(300).await;
    let server = registry_of(realm.url("/token")).await;
    let (client, _) = client();
    let at = server.endpoint();
    let all = (0..8).map(|nth| {
        let (client, at) = (client.clone(), at.clone());
        async move { client.manifest(&at, &repository(), &tag(&nth.to_string())).await }
    });
    for result in futures_util::future::join_all(all).await {
        result.unwrap();
    }
    assert_eq!(realm.requests().len(), 1);
}

#[tokio::test]
async fn a_token_is_renewed_early_and_without_a_refusal() {
    let realm = tokens(300).await;
    let server = registry_of(realm.url("/token")).await;
    let (client, clock) = client();
    client.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap();
    clock.pass(Duration::from_secs(269));
    client.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap();
    assert_eq!(realm.requests().len(), 1, "300 s less 30 s are not over yet");
    clock.pass(Duration::from_secs(2));
    client.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap();
    assert_eq!(realm.requests().len(), 2);
    assert_eq!(authorizations(&server)[3].as_deref(), Some("Bearer t1"));
    assert_eq!(server.requests().len(), 4, "no further 401");
}

#[tokio::test]
async fn a_token_that_dies_is_renewed_once() {
    let realm = tokens(300).await;
    let url = realm.url("/token");
    let server = Server::start(move |seen, _| match (seen.header("authorization"), seen.target.as_str()) {
        (Some("Bearer t0"), "/v2/demo/app/manifests/1") | (Some("Bearer t1"), _) => answer(200, &[], "{}"),
        _ => challenge(&url, "repository:demo/app:pull"),
    })
    .await;
    let (client, _) = client();
    client.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap();
    client.manifest(&server.endpoint(), &repository(), &tag("2")).await.unwrap();
    assert_eq!(realm.requests().len(), 2);
    assert_eq!(
        authorizations(&server)[2..],
        [Some("Bearer t0".into()), Some("Bearer t1".into())],
        "the dead one, then the new one"
    );
}

#[tokio::test]
async fn a_token_of_too_little_scope_is_no_loop() {
    for (known, kind) in [(Known::default(), ErrorKind::AuthNeeded), (Known::basic(), ErrorKind::Denied)] {
        let realm = Arc::new(OnceLock::<String>::new());
        let own = Arc::clone(&realm);
        let server = Server::start(move |seen, _| match seen.target.starts_with("/token") {
            true => json(r#"{"token":"little"}"#),
            false => challenge(own.get().unwrap(), "repository:demo/app:pull"),
        })
        .await;
        realm.set(server.url("/token")).unwrap();
        let (client, _) = client_of(known);
        let error = client.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap_err();
        assert_eq!((error.kind, error.status), (kind, Some(401)));
        assert_eq!(error.registry_says, ["UNAUTHORIZED: authentication required"]);
        assert_eq!(server.requests().len(), 3, "asked, got a token, asked again: {:?}", server.lines());
    }
}

#[tokio::test]
async fn a_second_refusal_that_names_other_scopes_is_answered_split_and_for_reading_only() {
    let realm = Arc::new(OnceLock::<String>::new());
    let own = Arc::clone(&realm);
    let server = Server::start(move |seen, _| {
        if seen.target.starts_with("/token") {
            let full = seen.target.contains("scope=repository%3Alibrary%2Fapp%3Apull");
            return json(if full { r#"{"token":"full"}"# } else { r#"{"token":"little"}"# });
        }
        match seen.header("authorization") {
            Some("Bearer full") => answer(200, &[], "{}"),
            _ => challenge(own.get().unwrap(), "repository:demo/app:pull repository:library/app:pull,push"),
        }
    })
    .await;
    realm.set(server.url("/token")).unwrap();
    let (client, _) = client();
    client.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap();
    let asked: Vec<_> = server.lines().into_iter().filter(|line| line.contains("/token")).collect();
    assert_eq!(
        asked,
        [
            "GET /token?service=registry.example&scope=repository%3Ademo%2Fapp%3Apull",
            "GET /token?service=registry.example&scope=repository%3Ademo%2Fapp%3Apull&scope=repository%3Alibrary%2Fapp%3Apull",
        ]
    );
}

#[tokio::test]
async fn a_login_goes_to_the_registry_s_own_realm() {
    let realm = Arc::new(OnceLock::<String>::new());
    let own = Arc::clone(&realm);
    let server = Server::start(move |seen, _| {
        match (seen.target.starts_with("/token"), seen.header("authorization")) {
            (true, Some(BASIC)) => json(r#"{"access_token":"good"}"#),
            (true, _) => answer(401, &[], ""),
            (false, Some("Bearer good")) => answer(200, &[], "{}"),
            _ => challenge(own.get().unwrap(), ""),
        }
    })
    .await;
    realm.set(server.url("/token")).unwrap();
    let (client, _) = client_of(Known::basic());
    client.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap();
    assert_eq!(authorizations(&server), [None, Some(BASIC.into()), Some("Bearer good".into())]);
}

#[tokio::test]
async fn a_login_goes_to_no_realm_of_another_origin_unless_the_user_has_agreed() {
    let realm = Server::start(|seen, _| match seen.header("authorization") {
        Some(_) => json(r#"{"token":"alice"}"#),
        None => json(r#"{"token":"anyone"}"#),
    })
    .await;
    let url = realm.url("/token");
    let server = Server::start(move |seen, _| match seen.header("authorization") {
        Some("Bearer alice") => answer(200, &[], "{}"),
        _ => challenge(&url, ""),
    })
    .await;
    let (client, _) = client_of(Known::basic());
    let error = client.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap_err();
    assert_eq!(authorizations(&realm), [None], "asked anonymously");
    assert_eq!(error.kind, ErrorKind::AuthNeeded);
    assert!(error.message.contains(&realm.address.to_string()), "{}", error.message);
    for request in server.requests() {
        assert!(
            !request.headers.iter().any(|(_, value)| value.contains("YWxpY2U6")),
            "nor to the registry unasked"
        );
    }

    let agreed = Known { consents: vec![realm.address.to_string()], ..Known::basic() };
    let (client, _) = client_of(agreed);
    client.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap();
    assert_eq!(authorizations(&realm)[1].as_deref(), Some(BASIC));
}

#[tokio::test]
async fn a_login_is_answered_to_basic_and_a_wrong_one_is_denied_once() {
    let server = Server::start(|seen: &Seen, _| match seen.header("authorization") {
        Some(BASIC) if seen.target.ends_with("/1") => answer(200, &[], "{}"),
        _ => answer(401, &[("www-authenticate", "Basic realm=\"r\"")], ""),
    })
    .await;
    let (client, _) = client_of(Known::basic());
    client.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap();
    assert_eq!(authorizations(&server), [None, Some(BASIC.into())]);
    let error = client.manifest(&server.endpoint(), &repository(), &tag("2")).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Denied);
    assert_eq!(server.requests().len(), 3, "the known login at once, and not again");

    let (anonymous, _) = crate::support::client();
    let error = anonymous.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::AuthNeeded);
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn a_token_of_the_user_s_own_is_sent_as_it_is() {
    let server = registry_of("https://auth.example/token".to_owned()).await;
    let (client, _) =
        client_of(Known { login: Ok(Some(Login::Bearer(Secret::new("own")))), consents: Vec::new() });
    client.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap();
    assert_eq!(authorizations(&server), [None, Some("Bearer own".into())]);
}

#[tokio::test]
async fn bearer_is_preferred_where_both_are_offered() {
    let realm = tokens(300).await;
    let header = format!(r#"Basic realm="r", Bearer realm={},service=s"#, realm.url("/token"));
    let server = Server::start(move |seen, _| match seen.header("authorization") {
        Some("Bearer t0") => answer(200, &[], "{}"),
        _ => answer(401, &[("www-authenticate", &header)], ""),
    })
    .await;
    let (client, _) = client();
    client.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap();
    assert_eq!(realm.requests().len(), 1);
}

#[tokio::test]
async fn a_token_server_that_redirects_is_not_followed() {
    let prey = Server::start(|_, _| json(r#"{"token":"t"}"#)).await;
    let to = prey.url("/latest/meta-data?secret=abc");
    let realm = Server::start(move |_, _| answer(302, &[("location", &to)], "")).await;
    let server = registry_of(realm.url("/token")).await;
    let error = client().0.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap_err();
    assert_eq!(
        (error.kind, error.stage, error.status),
        (ErrorKind::BadAnswer, Some(Stage::Token), Some(302))
    );
    assert!(
        error.message.contains(&prey.address.to_string()) && !error.message.contains("abc"),
        "{}",
        error.message
    );
    assert!(prey.requests().is_empty());
}

#[tokio::test]
async fn a_realm_that_must_not_be_asked_is_not_asked() {
    for realm in
        ["http://169.254.169.254/token", "file:///etc/passwd", "http://user:pw@127.0.0.1/", "/token", ""]
    {
        let server = Server::start(move |_, _| challenge(realm, "")).await;
        let error = client().0.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap_err();
        assert_eq!((error.kind, error.stage), (ErrorKind::BadAnswer, Some(Stage::Token)), "{realm}");
        assert_eq!(error.registry_says, ["UNAUTHORIZED: authentication required"]);
        assert_eq!(error.exchanges.len(), 1);
    }
}

#[tokio::test]
async fn a_token_server_s_nonsense_and_refusals_are_told_apart() {
    for (reply, kind) in [
        (json(r#"{"token":"a\r\nX-Injected: 1"}"#), ErrorKind::BadAnswer),
        (json("{}"), ErrorKind::BadAnswer),
        (answer(200, &[("content-type", "text/html")], "<html>"), ErrorKind::BadAnswer),
        (answer(200, &[], vec![b' '; (1 << 20) + 1]), ErrorKind::BadAnswer),
        (answer(401, &[], ""), ErrorKind::AuthNeeded),
        (
            answer(403, &[], r#"{"errors":[{"code":"DENIED","message":"requested access is denied"}]}"#),
            ErrorKind::AuthNeeded,
        ),
        (answer(503, &[], ""), ErrorKind::RegistryFailed),
    ] {
        let realm = Server::start(move |_, _| reply.clone()).await;
        let server = registry_of(realm.url("/token")).await;
        let error = client().0.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap_err();
        assert_eq!((error.kind, error.stage), (kind, Some(Stage::Token)), "{}", error.message);
        assert_eq!(error.registry_says.last().unwrap(), "UNAUTHORIZED: authentication required");
    }
}

#[tokio::test]
async fn no_secret_is_to_be_seen_anywhere() {
    let realm = Arc::new(OnceLock::<String>::new());
    let own = Arc::clone(&realm);
    let server = Server::start(move |seen, _| {
        match (seen.target.starts_with("/token"), seen.header("authorization")) {
            (true, _) => json(r#"{"token":"token-canary"}"#),
            (false, Some(_)) => answer(403, &[("set-cookie", "cookie-canary=1")], ""),
            _ => challenge(own.get().unwrap(), ""),
        }
    })
    .await;
    realm.set(server.url("/token?key=query-canary")).unwrap();
    let known = Known::basic();
    let debug = format!("{:?}", known.login);
    let (client, _) = client_of(known);
    let error = client.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap_err();
    let shown = format!("{debug} {error} {error:?} {:?}", client.trace().exchanges());
    assert!(shown.contains("alice"), "the login's name may be seen");
    for secret in ["s3cret-canary", "YWxpY2U6", "token-canary", "cookie-canary"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
    let token =
        client.trace().exchanges().into_iter().find(|one| one.because.as_deref() == Some("token")).unwrap();
    assert!(
        token.url.contains("key=…&service=registry.example&scope=repository%3Ademo%2Fapp%3Apull"),
        "{}",
        token.url
    );
    assert!(token.request_headers.iter().any(|header| header.name == "authorization" && header.value == "…"));
}
