//! Is each failure a state of its own, with the registry's own words?

use futures_util::StreamExt as _;
use registry::{Endpoint, Error, ErrorKind, Stage};

use crate::support::{Reply, Seen, Server, answer, client, head, repository, tag};

async fn manifest(
    status: u16,
    headers: &'static [(&'static str, &'static str)],
    body: &'static str,
) -> Error {
    let server = Server::start(move |_, _| answer(status, headers, body)).await;
    client().0.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap_err()
}

async fn tags(status: u16, body: &'static str) -> Error {
    let server = Server::start(move |_, _| answer(status, &[], body)).await;
    client().0.tags(&server.endpoint(), &repository()).next().await.unwrap().unwrap_err()
}

#[tokio::test]
async fn refusals_are_never_an_empty_list() {
    let error =
        tags(403, r#"{"errors":[{"code":"DENIED","message":"requested access to the resource is denied"}]}"#)
            .await;
    assert_eq!(error.kind, ErrorKind::Denied);
    assert_eq!(error.status, Some(403));
    assert_eq!(error.registry_says, ["DENIED: requested access to the resource is denied"]);
    let error = tags(
        401,
        r#"{"errors":[{"code":"UNAUTHORIZED","message":"authentication required","detail":[{"x":1}]}]}"#,
    )
    .await;
    assert_eq!(error.kind, ErrorKind::AuthNeeded);
    assert_eq!(error.registry_says, ["UNAUTHORIZED: authentication required"]);
}

#[tokio::test]
async fn not_found_tells_repository_from_manifest() {
    let error = manifest(
        404,
        &[],
        r#"{"errors":[{"code":"NAME_UNKNOWN","message":"repository name not known to registry"}]}"#,
    )
    .await;
    assert_eq!(error.kind, ErrorKind::RepositoryNotFound);
    let error =
        manifest(404, &[], r#"{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}"#).await;
    assert_eq!(error.kind, ErrorKind::ManifestNotFound);
    assert_eq!(error.registry_says, ["MANIFEST_UNKNOWN: manifest unknown"]);
    let error = tags(404, r#"{"errors":[{"code":"NAME_UNKNOWN","message":"x"}]}"#).await;
    assert_eq!(error.kind, ErrorKind::RepositoryNotFound);
}

#[tokio::test]
async fn a_manifest_that_hides_behind_accept_is_told_apart_in_the_sentence() {
    for text in [
        "OCI manifest found, but accept header does not support OCI manifests",
        "OCI index found, but Accept header does not support OCI indexes",
    ] {
        let body = format!(r#"{{"errors":[{{"code":"MANIFEST_UNKNOWN","message":"{text}"}}]}}"#);
        let server = Server::start(move |_, _| answer(404, &[], &body)).await;
        let error = client().0.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::ManifestNotFound);
        assert_eq!(error.registry_says, [format!("MANIFEST_UNKNOWN: {text}")]);
        assert!(error.message.contains("has demo/app:1, but"), "{}", error.message);
    }
}

#[tokio::test]
async fn what_a_registry_does_not_offer_is_unsupported() {
    let plain = "404 page not found\n";
    let error = tags(404, plain).await;
    assert_eq!(error.kind, ErrorKind::Unsupported);
    assert_eq!(error.registry_says, ["404 page not found"]);
    for (status, body) in
        [(405, ""), (501, ""), (400, r#"{"errors":[{"code":"UNSUPPORTED","message":"no"}]}"#)]
    {
        assert_eq!(tags(status, body).await.kind, ErrorKind::Unsupported, "{status}");
    }
    let server = Server::start(move |_, _| answer(404, &[("content-type", "text/plain")], plain)).await;
    let error = client().0.repositories(&server.endpoint()).next().await.unwrap().unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unsupported);
}

#[tokio::test]
async fn all_words_of_the_registry_come_along_harmless_and_bounded() {
    let error = manifest(
        400,
        &[],
        "{\"errors\":[{\"code\":\"NAME_INVALID\",\"message\":\"bad\\u001b[31m name\\r\\nInjected: yes\"},{\"code\":\"odd\",\"detail\":{\"a\":[1]}},\"text alone\",{\"message\":\"<img src=x>\"},{}]}",
    )
    .await;
    assert_eq!(error.kind, ErrorKind::BadRequest);
    assert_eq!(
        error.registry_says,
        ["NAME_INVALID: bad[31m name  Injected: yes", "odd", "text alone", "<img src=x>"]
    );
    for (body, says) in [
        (r#"{"message":"Not Found"}"#, vec!["Not Found"]),
        (r#"{"error":"no such thing"}"#, vec!["no such thing"]),
        (r#"{"details":"incorrect username or password"}"#, vec!["incorrect username or password"]),
        (r#"{"errors":null}"#, vec![]),
        ("", vec![]),
    ] {
        assert_eq!(manifest(400, &[], body).await.registry_says, says, "{body}");
    }
    let html = manifest(403, &[("content-type", "text/html")], "<html>forbidden</html>").await;
    assert_eq!((html.kind, html.registry_says.len()), (ErrorKind::Denied, 0));
}

#[tokio::test]
async fn an_error_body_is_read_to_64_kib_only() {
    let server = Server::start(|_, _| {
        let mut bytes = head(404, &[("content-length", "10000000")]);
        bytes.resize(bytes.len() + 100_000, b'x');
        Reply::Hang(bytes)
    })
    .await;
    let error = client().0.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap_err();
    assert_eq!(error.exchanges[0].body_bytes, 65_537);
    assert_eq!(error.registry_says.len(), 1);
    assert!(error.registry_says[0].len() <= 2_048);
}

#[tokio::test]
async fn a_head_that_fails_is_asked_as_get_for_its_reason() {
    let server = Server::start(|seen, _| match seen.method.as_str() {
        "HEAD" => Reply::Bytes(head(404, &[("content-length", "80")])),
        _ => {
            answer(404, &[], r#"{"errors":[{"code":"NAME_UNKNOWN","message":"repository name not known"}]}"#)
        }
    })
    .await;
    let error = client().0.head_manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::RepositoryNotFound);
    assert_eq!(error.registry_says, ["NAME_UNKNOWN: repository name not known"]);
    assert_eq!(server.lines(), ["HEAD /v2/demo/app/manifests/1", "GET /v2/demo/app/manifests/1"]);
    let [head, get] = &server.requests()[..] else { panic!("two requests") };
    assert_eq!(head.header("accept"), get.header("accept"));
}

/// S3-8 for a registry that fails. The `HEAD` was sent five times then, and the `GET` is sent once.
#[tokio::test]
async fn a_head_that_fails_on_the_registrys_side_is_asked_as_get_once() {
    const WHY: &str = r#"{"errors":[{"code":"UNAVAILABLE","message":"storage is read-only"}]}"#;
    let failing = |status: u16, head: &'static [(&str, &str)], get: fn() -> Reply| async move {
        let server = Server::start(move |seen: &Seen, _| match seen.method.as_str() {
            "HEAD" => answer(status, head, ""),
            _ => get(),
        })
        .await;
        let found = client().0.head_manifest(&server.endpoint(), &repository(), &tag("1")).await;
        let methods: String = server.requests().iter().map(|seen| &seen.method[..1]).collect();
        (found, methods)
    };
    for status in [500, 502, 503, 504, 408] {
        let (found, methods) = failing(status, &[], || answer(503, &[], WHY)).await;
        let error = found.unwrap_err();
        assert_eq!(error.registry_says, ["UNAVAILABLE: storage is read-only"], "{status}");
        assert_eq!((error.kind, methods.as_str()), (ErrorKind::RegistryFailed, "HHHHHG"), "{status}");
        assert_eq!(error.exchanges.len(), 6, "{status}");
    }
    let (found, methods) = failing(505, &[], || answer(500, &[], WHY)).await;
    assert_eq!((found.unwrap_err().registry_says.len(), methods.as_str()), (1, "HG"));
    let (found, methods) = failing(500, &[], || answer(200, &[], "{}")).await;
    assert_eq!((found.unwrap().size, methods.as_str()), (Some(2), "HHHHHG"), "only HEAD fails there");
    // Nothing of the second answer is in the way of the first.
    let (found, methods) = failing(500, &[], || Reply::Close(Vec::new())).await;
    assert_eq!((found.unwrap_err().status, methods.as_str()), (Some(500), "HHHHHG"));
    // Who asks for fewer requests gets no further one.
    let (found, methods) = failing(429, &[], || answer(500, &[], WHY)).await;
    assert_eq!((found.unwrap_err().status, methods.as_str()), (Some(429), "HHHHH"));
    let (found, methods) = failing(503, &[("retry-after", "1")], || answer(500, &[], WHY)).await;
    assert_eq!((found.unwrap_err().status, methods.as_str()), (Some(503), "HHHHH"));
}

#[tokio::test]
async fn nobody_there_is_unreachable_with_its_stage() {
    // A port that was free a moment ago.
    let address = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let (client, clock) = client();
    let at = Endpoint::http(address.to_string().parse().unwrap());
    let error = client.manifest(&at, &repository(), &tag("1")).await.unwrap_err();
    assert_eq!((error.kind, error.stage), (ErrorKind::Unreachable, Some(Stage::Connect)));
    assert_eq!(
        error.message,
        format!("{address} cannot be reached: nothing listens there (connection refused).")
    );
    assert_eq!(error.exchanges.len(), 3, "tried again twice");
    assert_eq!(clock.slept().len(), 2);

    // RFC 6761: a name below .invalid never has an address.
    let at = Endpoint::http("registry.invalid".parse().unwrap());
    let error = client.manifest(&at, &repository(), &tag("1")).await.unwrap_err();
    assert_eq!((error.kind, error.stage), (ErrorKind::Unreachable, Some(Stage::Dns)));
    assert!(error.message.starts_with("registry.invalid cannot be found:"), "{}", error.message);
    assert!(error.exchanges[0].dns_ms.is_some());
}

#[tokio::test]
async fn plain_http_in_the_place_of_tls_is_a_tls_error_and_nonsense_is_no_registry() {
    let server = Server::start(|_, _| answer(200, &[], "{}")).await;
    let at = Endpoint::https(server.address.to_string().parse().unwrap());
    let error = client().0.ping(&at).await.unwrap_err();
    assert_eq!((error.kind, error.stage), (ErrorKind::Tls, Some(Stage::Connect)));

    let server = Server::start(|_, _| Reply::Close(b"SSH-2.0-OpenSSH_9.2\r\n\r\n".to_vec())).await;
    let error = client().0.ping(&server.endpoint()).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotARegistry, "{}", error.message);
}

#[tokio::test]
async fn the_version_check_tells_registries_from_others() {
    let ping = |status: u16, headers: &'static [(&'static str, &'static str)], body: &'static str| async move {
        let server = Server::start(move |_, _| answer(status, headers, body)).await;
        client().0.ping(&server.endpoint()).await
    };
    let found = ping(200, &[("docker-distribution-api-version", "registry/2.0")], "{}").await.unwrap();
    assert_eq!((found.auth_needed, found.api_version.as_deref()), (false, Some("registry/2.0")));
    assert!(!ping(200, &[], "").await.unwrap().auth_needed);
    assert!(
        ping(401, &[("www-authenticate", "Bearer realm=\"https://auth.example/t\"")], "")
            .await
            .unwrap()
            .auth_needed
    );
    for (status, headers, body) in [
        (404, &[][..], "404 page not found"),
        (200, &[("content-type", "text/html")][..], "<html>"),
        (200, &[("content-type", "text/plain")][..], "It works!"),
    ] {
        assert_eq!(
            ping(status, headers, body).await.unwrap_err().kind,
            ErrorKind::NotARegistry,
            "{status} {body}"
        );
    }
}
