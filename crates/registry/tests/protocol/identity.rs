//! How does an identity token become a registry token, and what becomes of a login that cannot be had?
//!
//! Expected values: distribution's documentation, "Docker Registry v2 authentication using OAuth2".

use fake_registry::{Auth, Behaviour, FakeRegistry, TokenServer};
use registry::{Endpoint, ErrorKind, Login, LookupError, Secret, Stage};

use crate::support::{Known, Server, answer, client_of, json, repository, tag};

fn identity() -> Known {
    Known { login: Ok(Some(Login::Identity(Secret::new("id+canary/=")))), consents: Vec::new() }
}

/// A registry with its token server on the same origin, which answers so.
async fn registry(status: u16, body: &'static str) -> Server {
    Server::start(move |seen, _| match (seen.target.as_str(), seen.header("authorization")) {
        (target, _) if target.starts_with("/token") => {
            answer(status, &[("content-type", "application/json")], body)
        }
        (_, Some("Bearer access")) => json("{}"),
        _ => {
            let host = seen.header("host").unwrap();
            let header = format!(r#"Bearer realm="http://{host}/token",service="registry.example""#);
            answer(401, &[("www-authenticate", &header)], "")
        }
    })
    .await
}

#[tokio::test]
async fn an_identity_token_goes_by_a_form_to_the_token_server_alone() {
    let server = registry(200, r#"{"access_token":"access","expires_in":300,"scope":"x"}"#).await;
    let (client, _) = client_of(identity());
    for name in ["1", "2"] {
        client.manifest(&server.endpoint(), &repository(), &tag(name)).await.unwrap();
    }
    let lines = [
        "GET /v2/demo/app/manifests/1",
        "POST /token",
        "GET /v2/demo/app/manifests/1",
        "GET /v2/demo/app/manifests/2",
    ];
    assert_eq!(server.lines(), lines);
    let requests = server.requests();
    assert_eq!(requests[1].header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(requests[1].header("authorization"), None);
    assert_eq!(
        requests[1].body,
        "grant_type=refresh_token&service=registry.example&client_id=ociscope\
         &scope=repository%3Ademo%2Fapp%3Apull&refresh_token=id%2Bcanary%2F%3D"
    );
    assert!([0, 2, 3].iter().all(|nth| requests[*nth].body.is_empty()));
    for exchange in client.trace().exchanges() {
        assert!(!format!("{exchange:?}").contains("canary"), "no trace holds the token");
    }
}

#[tokio::test]
async fn a_token_server_that_refuses_an_identity_token_refuses_a_login() {
    let server = registry(401, r#"{"errors":[]}"#).await;
    let error =
        client_of(identity()).0.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap_err();
    assert_eq!((error.kind, error.stage), (ErrorKind::Denied, Some(Stage::Token)));
    assert!(!format!("{error:?}").contains("canary"));
}

#[tokio::test]
async fn a_token_server_of_another_site_does_not_see_an_identity_token() {
    let realm = Server::start(|_, _| json(r#"{"token":"access"}"#)).await;
    let header = format!(r#"Bearer realm="{}",service="s""#, realm.url("/token"));
    let server = Server::start(move |seen, _| match seen.header("authorization") {
        Some("Bearer access") => json("{}"),
        _ => answer(401, &[("www-authenticate", &header)], ""),
    })
    .await;
    client_of(identity()).0.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap();
    assert_eq!(realm.lines(), ["GET /token?service=s&scope=repository%3Ademo%2Fapp%3Apull"]);
}

#[tokio::test]
async fn a_registry_that_wants_basic_does_not_see_an_identity_token() {
    let server = Server::start(|_, _| answer(401, &[("www-authenticate", "Basic realm=\"r\"")], "")).await;
    let result = client_of(identity()).0.manifest(&server.endpoint(), &repository(), &tag("1")).await;
    assert!(result.is_err());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_registry_whose_login_cannot_be_had_is_not_asked() {
    let server = Server::start(|_, _| json("{}")).await;
    let login = Err(LookupError { message: "The helper is gone.".to_owned() });
    let (client, _) = client_of(Known { login, consents: Vec::new() });
    let error = client.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap_err();
    assert_eq!((error.kind, error.message.as_str()), (ErrorKind::LoginFailed, "The helper is gone."));
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn a_token_server_with_the_grant_gives_what_its_user_may_see() {
    let token_server =
        TokenServer { identity: Some("id+canary/=".to_owned()), ..TokenServer::new("alice", "x") };
    let behaviour = Behaviour { auth: Auth::Bearer(token_server), ..Behaviour::default() };
    let fake = FakeRegistry::start(behaviour).await.unwrap();
    fake.store().put_manifest("demo/app", Some("1"), "application/vnd.oci.image.manifest.v1+json", "{}");
    let at = Endpoint::http(fake.address().to_string().parse().unwrap());
    let manifest = client_of(identity()).0.manifest(&at, &repository(), &tag("1")).await.unwrap();
    assert_eq!(manifest.bytes, "{}");
    let other = Known { login: Ok(Some(Login::Identity(Secret::new("other")))), consents: Vec::new() };
    let error = client_of(other).0.manifest(&at, &repository(), &tag("1")).await.unwrap_err();
    assert_eq!((error.kind, error.stage), (ErrorKind::Denied, Some(Stage::Token)));
}

/// Credentials that the user changes while a client runs.
#[derive(Default)]
struct Changing(std::sync::Mutex<Option<Login>>);

impl Changing {
    fn to(&self, login: Login) {
        *self.0.lock().unwrap() = Some(login);
    }
}

impl registry::Credentials for Changing {
    fn lookup(
        &self,
        _: &oci::Host,
        _: Option<&oci::RepositoryName>,
    ) -> futures_util::future::BoxFuture<'_, Result<Option<Login>, LookupError>> {
        Box::pin(std::future::ready(Ok(self.0.lock().unwrap().clone())))
    }
}

/// Of one name and of none: another secret is another login, and gets no token that was given to the one before.
#[tokio::test]
async fn a_token_is_used_for_no_other_login() {
    let login = |password: &str| Login::Basic { user: "alice".to_owned(), password: Secret::new(password) };
    let identity = |token: &str| Login::Identity(Secret::new(token));
    for [first, second] in [[login("one"), login("two")], [identity("one"), identity("two")]] {
        let server = registry(200, r#"{"token":"access","access_token":"access","expires_in":300}"#).await;
        let credentials = std::sync::Arc::new(Changing::default());
        let options = registry::Options {
            credentials: std::sync::Arc::clone(&credentials) as std::sync::Arc<dyn registry::Credentials>,
            ..registry::Options::default()
        };
        let client = registry::Client::new(options).unwrap();
        let asked = || server.lines().iter().filter(|line| line.contains("/token")).count();
        for (login, tokens) in [(&first, 1), (&first, 1), (&second, 2), (&second, 2), (&first, 2)] {
            credentials.to(login.clone());
            client.manifest(&server.endpoint(), &repository(), &tag("1")).await.unwrap();
            assert_eq!(asked(), tokens, "{:?}", server.lines());
        }
    }
}
