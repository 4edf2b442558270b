//! Is each way in which a registry can fail a state of its own, with the registry's words and nothing made up?
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use api::{AddRegistry, Backend, CheckRegistry, Code, Error, Inspect, RegistryCheck, Stage, Transport};
use fake_registry::{Behaviour, Catalog, Fault};
use oci::{Host, MediaType};
use support::{Lab, REPOSITORY, service};

const EMPTY_INDEX: &[u8] = br#"{"schemaVersion":2,"manifests":[]}"#;

/// A lab with one index under the tag `1`.
async fn lab() -> Lab {
    let lab = Lab::start().await;
    lab.push("1", MediaType::OCI_INDEX, EMPTY_INDEX);
    lab
}

/// What comes of it where each manifest is answered so.
async fn inspect_with(fault: Fault) -> Error {
    let lab = lab().await;
    lab.fault("/manifests/", fault);
    lab.inspect("1").await.unwrap_err()
}

async fn check(lab: &Lab) -> Result<RegistryCheck, Error> {
    lab.service.check_registry(CheckRegistry { registry: lab.host() }).await
}

async fn check_with(fault: Fault) -> Result<RegistryCheck, Error> {
    let lab = lab().await;
    lab.fault("/v2/", fault);
    check(&lab).await
}

/// The one error of a list that has nothing else.
async fn tags_with(fault: Fault) -> Error {
    let lab = lab().await;
    lab.fault("/tags/list", fault);
    only_error(lab.tags().await)
}

fn only_error<T: std::fmt::Debug>(mut events: Vec<Result<T, Error>>) -> Error {
    assert_eq!(events.len(), 1, "{events:?}");
    events.remove(0).unwrap_err()
}

#[track_caller]
fn is(error: &Error, code: Code, status: u16, says: &str) {
    assert_eq!((error.code, error.status), (code, Some(status)), "{error:?}");
    assert_eq!(error.registry_says.first().map_or("", String::as_str), says);
    assert!(!error.exchanges.is_empty(), "the exchanges that led here belong to the error");
    assert!(error.message.ends_with('.'), "{:?} is a sentence", error.message);
}

#[tokio::test]
async fn a_registry_that_wants_a_login() {
    let error = inspect_with(Fault::unauthorized()).await;
    is(&error, Code::AuthNeeded, 401, "UNAUTHORIZED: authentication required");
    is(
        &tags_with(Fault::unauthorized()).await,
        Code::AuthNeeded,
        401,
        "UNAUTHORIZED: authentication required",
    );
    let check = check_with(Fault::unauthorized()).await.expect("a 401 is a registry's answer too");
    assert!(check.auth_needed);
}

const DENIED: &str = "DENIED: requested access to the resource is denied";

#[tokio::test]
async fn a_registry_that_refuses() {
    is(&inspect_with(Fault::denied()).await, Code::Denied, 403, DENIED);
}

/// Planted fault: 403 shown as empty.
#[tokio::test]
async fn a_list_that_is_refused_is_an_error_and_never_an_empty_list() {
    is(&tags_with(Fault::denied()).await, Code::Denied, 403, DENIED);
}

#[tokio::test]
async fn an_object_that_is_not_there() {
    let lab = lab().await;
    let error = lab.inspect("2").await.unwrap_err();
    assert_eq!((error.code, error.status), (Code::ManifestNotFound, Some(404)));
    assert!(error.registry_says[0].starts_with("MANIFEST_UNKNOWN"), "{:?}", error.registry_says);
    let error = inspect_with(Fault::error(404, "NAME_UNKNOWN", "repository name not known")).await;
    is(&error, Code::RepositoryNotFound, 404, "NAME_UNKNOWN: repository name not known");
}

#[tokio::test]
async fn a_repository_that_is_not_there_has_no_list_of_tags() {
    let error = only_error(Lab::start().await.tags().await);
    assert_eq!((error.code, error.status), (Code::RepositoryNotFound, Some(404)));
}

#[tokio::test]
async fn what_a_registry_does_not_offer() {
    let error = tags_with(Fault::answer(404, "text/plain", "404 page not found\n")).await;
    is(&error, Code::Unsupported, 404, "404 page not found");
    is(&tags_with(Fault::status(405)).await, Code::Unsupported, 405, "");
    let unsupported = Fault::error(400, "UNSUPPORTED", "not here");
    is(&tags_with(unsupported).await, Code::Unsupported, 400, "UNSUPPORTED: not here");
}

/// RG020: a barred list of repositories says nothing about the repositories.
#[tokio::test]
async fn a_barred_list_of_repositories_says_what_to_do_instead() {
    let off = Lab::of(Behaviour { catalog: Catalog::Off, ..Behaviour::default() }).await;
    let error = only_error(off.repositories().await);
    assert_eq!((error.code, error.status), (Code::Unsupported, Some(404)));
    assert!(error.message.ends_with("open one by its name instead."), "{}", error.message);
    for (fault, code) in [(Fault::denied(), Code::Denied), (Fault::unauthorized(), Code::AuthNeeded)] {
        let lab = lab().await;
        lab.fault("/_catalog", fault);
        let error = only_error(lab.repositories().await);
        assert_eq!(error.code, code);
        assert!(error.message.ends_with("open one by its name instead."), "{}", error.message);
        lab.inspect("1").await.expect("the repository itself is served");
    }
    // No such advice where the registry is ill: it would not help.
    let lab = lab().await;
    lab.fault("/_catalog", Fault::status(500));
    let error = only_error(lab.repositories().await);
    assert_eq!(error.code, Code::RegistryFailed);
    assert!(!error.message.contains("by its name"), "{}", error.message);
}

#[tokio::test]
async fn a_registry_that_has_enough_of_it() {
    let error = inspect_with(Fault::rate_limited("7")).await;
    is(&error, Code::RateLimited, 429, "TOOMANYREQUESTS: too many requests");
    assert_eq!(error.retry_after_ms, Some(7_000));
    assert!(error.exchanges.len() > 1, "it was tried again before it was given up");
    let silent = inspect_with(Fault::rate_limited_silently()).await;
    assert_eq!((silent.code, silent.retry_after_ms), (Code::RateLimited, None));
}

#[tokio::test]
async fn a_registry_that_fails() {
    is(&inspect_with(Fault::status(500)).await, Code::RegistryFailed, 500, "");
}

#[tokio::test]
async fn a_registry_that_is_gone() {
    let Lab { fake, service } = lab().await;
    let registry: Host = fake.address().to_string().parse().unwrap();
    fake.shutdown().await;
    let error = service.check_registry(CheckRegistry { registry }).await.unwrap_err();
    assert_eq!((error.code, error.stage, error.status), (Code::Unreachable, Some(Stage::Connect), None));
}

#[tokio::test]
async fn a_name_without_an_address() {
    let name: Host = "ociscope.invalid:5000".parse().unwrap();
    let service =
        service(vec![AddRegistry { name: name.clone(), address: None, transport: Transport::Auto }]);
    let error = service.check_registry(CheckRegistry { registry: name }).await.unwrap_err();
    assert_eq!((error.code, error.stage), (Code::Unreachable, Some(Stage::Dns)), "{error:?}");
}

#[tokio::test]
async fn a_connection_that_is_reset() {
    let error = inspect_with(Fault::Reset).await;
    assert_eq!((error.code, error.status), (Code::Unreachable, None));
}

/// https by the user's word, and a server that speaks plain http: never http in secret.
#[tokio::test]
async fn no_http_where_https_was_wanted() {
    let lab = lab().await;
    let registry = lab.host();
    let https = AddRegistry { name: registry.clone(), address: None, transport: Transport::Https };
    lab.service.add_registry(https).await.unwrap();
    let error = lab.service.check_registry(CheckRegistry { registry }).await.unwrap_err();
    assert_eq!(error.code, Code::Tls, "{error:?}");
    assert_eq!(lab.requests(), Vec::<String>::new());
}

#[tokio::test]
async fn http_unasked_on_loopback_only_after_https() {
    let lab = lab().await;
    let registry = lab.host();
    let auto = AddRegistry { name: registry.clone(), address: None, transport: Transport::Auto };
    lab.service.add_registry(auto).await.unwrap();
    let check = lab.service.check_registry(CheckRegistry { registry: registry.clone() }).await.unwrap();
    assert_eq!(check.origin, format!("http://{registry}"));
    assert!(check.exchanges[0].url.starts_with("https://"), "{}", check.exchanges[0].url);
}

#[tokio::test]
async fn something_else_answers() {
    for fault in [
        Fault::html("<h1>Please log in</h1>"),
        Fault::answer(404, "text/html", "<h1>Not Found</h1>"),
        Fault::answer(200, "text/plain", "hello"),
    ] {
        let error = check_with(fault.clone()).await.unwrap_err();
        assert_eq!(error.code, Code::NotARegistry, "{fault:?}");
    }
}

#[tokio::test]
async fn a_web_page_in_the_place_of_data() {
    let page = || Fault::html("<script>alert(1)</script>");
    for error in [inspect_with(page()).await, tags_with(page()).await] {
        assert_eq!(error.code, Code::NotARegistry, "{error:?}");
        assert!(error.registry_says.is_empty(), "a page is not passed on as the registry's words");
        assert!(!error.message.contains('<'), "{}", error.message);
    }
}

#[tokio::test]
async fn a_list_that_is_no_json() {
    let error = tags_with(Fault::not_json()).await;
    assert_eq!((error.code, error.stage), (Code::BadAnswer, Some(Stage::Read)));
}

#[tokio::test]
async fn an_answer_that_is_cut() {
    for fault in [Fault::CutBody { after: 5 }, Fault::ResetBody { after: 5 }] {
        let error = inspect_with(fault).await;
        assert_eq!((error.code, error.stage), (Code::BadAnswer, Some(Stage::Body)), "{error:?}");
    }
}

/// Planted fault: digest check off.
#[tokio::test]
async fn other_bytes_than_were_asked_for() {
    let lab = lab().await;
    let digest = lab.fake.store().tag(REPOSITORY, "1").unwrap();
    lab.fault("/manifests/", Fault::WrongByte);
    let reference = format!("{}/{REPOSITORY}@{digest}", lab.host()).parse().unwrap();
    let error = lab.service.inspect(Inspect::new(reference)).await.unwrap_err();
    assert_eq!((error.code, error.stage), (Code::BadAnswer, Some(Stage::Read)));
    assert!(error.message.contains(&digest), "{}", error.message);
    let [finding] = &error.findings[..] else { panic!("{:?}", error.findings) };
    assert_eq!((finding.id.as_str(), finding.expected.as_deref()), ("RG004", Some(&*digest)));
}

#[tokio::test]
async fn more_than_is_read() {
    let error = inspect_with(Fault::huge(64 << 20)).await;
    assert_eq!(error.code, Code::TooLarge);
    let read: u64 = error.exchanges.iter().map(|exchange| exchange.body_bytes).sum();
    assert!(read <= (4 << 20) + (64 << 10), "{read} bytes were read of what may have 4 MiB");
}
