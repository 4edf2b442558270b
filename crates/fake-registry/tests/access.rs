//! Who gets in? Basic, and Bearer with its token server.
#![allow(clippy::unwrap_used, reason = "a test may fail by panic, and so may what it calls")]

mod support;

use fake_registry::{Auth, Behaviour, FakeRegistry, Grant, TokenField, TokenServer};
use reqwest::Response;
use support::{get, header, http, with_app};

const V1: &str = "/v2/demo/app/manifests/v1";
const SCOPE: &str = "repository:demo/app:pull";

async fn token(registry: &FakeRegistry, login: Option<(&str, &str)>, scope: &str) -> Response {
    let mut request = http().get(format!("{}/token?service=fake-registry&scope={scope}", registry.origin()));
    if let Some((user, password)) = login {
        request = request.basic_auth(user, Some(password));
    }
    request.send().await.unwrap()
}

async fn token_text(registry: &FakeRegistry, login: Option<(&str, &str)>, scope: &str) -> String {
    let text = token(registry, login, scope).await.text().await.unwrap();
    let answer: serde_json::Value = serde_json::from_str(&text).unwrap();
    answer["token"].as_str().unwrap().to_owned()
}

async fn get_with(registry: &FakeRegistry, path: &str, token: &str) -> Response {
    http().get(format!("{}{path}", registry.origin())).bearer_auth(token).send().await.unwrap()
}

fn challenge(answer: &Response) -> &str {
    header(answer, "www-authenticate").unwrap()
}

#[tokio::test]
async fn basic_takes_one_login() {
    let auth = Auth::Basic { user: "alice".into(), password: "secret".into() };
    let registry = with_app(Behaviour { auth, ..Behaviour::default() }).await;
    let answer = get(&registry, V1).await;
    assert_eq!((answer.status().as_u16(), challenge(&answer)), (401, "Basic realm=\"fake-registry\""));
    for (password, expected) in [("wrong", 401), ("secret", 200)] {
        let ask = http().get(format!("{}{V1}", registry.origin())).basic_auth("alice", Some(password));
        assert_eq!(ask.send().await.unwrap().status(), expected);
    }
}

#[tokio::test]
async fn bearer_sends_to_the_token_server_and_takes_its_token() {
    let server = TokenServer::new("alice", "secret");
    let registry = with_app(Behaviour { auth: Auth::Bearer(server), ..Behaviour::default() }).await;
    let answer = get(&registry, V1).await;
    assert_eq!(answer.status(), 401);
    let realm = format!("{}/token", registry.origin());
    assert_eq!(
        challenge(&answer),
        format!("Bearer realm=\"{realm}\",service=\"fake-registry\",scope=\"{SCOPE}\"")
    );
    let base = get(&registry, "/v2/").await;
    assert_eq!(challenge(&base), format!("Bearer realm=\"{realm}\",service=\"fake-registry\""));
    let catalog = get(&registry, "/v2/_catalog").await;
    assert!(challenge(&catalog).ends_with("scope=\"registry:catalog:*\""), "{}", challenge(&catalog));

    assert_eq!(token(&registry, Some(("alice", "wrong")), SCOPE).await.status(), 401);
    let good = token_text(&registry, Some(("alice", "secret")), SCOPE).await;
    assert_eq!(get_with(&registry, V1, &good).await.status(), 200);
    assert_eq!(get_with(&registry, "/v2/", &good).await.status(), 200);
}

#[tokio::test]
async fn a_token_is_good_for_its_scope_and_until_it_expires() {
    let server = TokenServer::new("alice", "secret");
    let tokens = server.tokens.clone();
    let registry = with_app(Behaviour { auth: Auth::Bearer(server), ..Behaviour::default() }).await;
    let alice = Some(("alice", "secret"));
    let other = token_text(&registry, alice, "repository:demo/other:pull").await;
    let answer = get_with(&registry, V1, &other).await;
    assert_eq!(answer.status(), 401);
    assert!(challenge(&answer).ends_with("error=\"insufficient_scope\""), "{}", challenge(&answer));

    let good = token_text(&registry, alice, SCOPE).await;
    assert_eq!(get_with(&registry, V1, &good).await.status(), 200);
    tokens.expire();
    let answer = get_with(&registry, V1, &good).await;
    assert!(challenge(&answer).ends_with("error=\"invalid_token\""), "{}", challenge(&answer));
    let again = token_text(&registry, alice, SCOPE).await;
    assert_ne!(again, good);
    assert_eq!(get_with(&registry, V1, &again).await.status(), 200);
}

#[tokio::test]
async fn rights_that_are_not_there_are_left_out_of_the_token_without_a_word() {
    let server = TokenServer {
        user_may: vec![Grant::new("demo/app", "pull")],
        anyone_may: vec![Grant::new("public/*", "pull")],
        ..TokenServer::new("alice", "secret")
    };
    let registry = with_app(Behaviour { auth: Auth::Bearer(server), ..Behaviour::default() }).await;
    let nothing = token(&registry, None, SCOPE).await;
    assert_eq!(nothing.status(), 200);
    let anonymous = token_text(&registry, None, SCOPE).await;
    assert_eq!(get_with(&registry, V1, &anonymous).await.status(), 401);
    let public = token_text(&registry, None, "repository:public/app:pull").await;
    assert_eq!(get_with(&registry, "/v2/public/app/tags/list", &public).await.status(), 404);

    let pull = token_text(&registry, Some(("alice", "secret")), "repository:demo/app:pull,push").await;
    assert_eq!(get_with(&registry, V1, &pull).await.status(), 200);
    let push = http().put(format!("{}{V1}", registry.origin())).bearer_auth(&pull).body("{}");
    assert_eq!(push.send().await.unwrap().status(), 401);
}

#[tokio::test]
async fn the_token_server_can_be_elsewhere_and_answer_in_its_own_way() {
    let server = TokenServer::new("alice", "secret");
    let elsewhere = TokenServer { field: TokenField::AccessToken, expires_in: None, ..server.clone() };
    let tokens = with_app(Behaviour { auth: Auth::Bearer(elsewhere), ..Behaviour::default() }).await;
    let realm = format!("{}/token", tokens.origin());
    let server = TokenServer { realm: Some(realm.clone()), ..server };
    let registry = with_app(Behaviour { auth: Auth::Bearer(server), ..Behaviour::default() }).await;
    assert!(challenge(&get(&registry, V1).await).contains(&realm));
    let text = token(&tokens, Some(("alice", "secret")), SCOPE).await.text().await.unwrap();
    let answer: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!((answer.get("token"), answer.get("expires_in")), (None, None));
    let good = answer["access_token"].as_str().unwrap();
    assert_eq!(get_with(&registry, V1, good).await.status(), 200);
}

// Distribution documentation, "Docker Registry v2 authentication using OAuth2".
#[tokio::test]
async fn an_identity_token_is_exchanged_by_a_form() {
    let server = TokenServer { identity: Some("id".to_owned()), ..TokenServer::new("alice", "secret") };
    let registry = with_app(Behaviour { auth: Auth::Bearer(server), ..Behaviour::default() }).await;
    let post = |form: &str| http().post(format!("{}/token", registry.origin())).body(form.to_owned()).send();
    let form = |token: &str| {
        format!("grant_type=refresh_token&service=s&client_id=c&scope={SCOPE}&refresh_token={token}")
    };
    let answer = post(&form("id")).await.unwrap().text().await.unwrap();
    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    let token = answer["access_token"].as_str().unwrap();
    assert_eq!(get_with(&registry, V1, token).await.status(), 200);
    for (form, expected) in [
        (form("other"), 401),
        (form(""), 401),
        (form("id").replace("client_id=c&", ""), 400),
        (form("id").replace("service=s&", ""), 400),
        (form("id").replace("refresh_token&", "password&"), 400),
        (String::new(), 400),
    ] {
        assert_eq!(post(&form).await.unwrap().status(), expected, "{form}");
    }
}
