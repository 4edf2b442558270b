//! Does dispatch by name keep its word, whatever the backend behind it does?
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use api::{
    AddRegistry, Backend, BlobReading, ChangeSettings, CheckRegistry, ChooseLogin, Code, Error, Exchanges,
    ExplainLogin, Frame, Head, HeadBlob, Headed, HeadedBlob, Inspect, Inspection, ListExchanges,
    ListRegistries, ListRepositories, ListTags, ListTour, LoginAccount, ReadBlob, ReadSettings, Registries,
    RegistryCheck, RegistryEntry, RemoveRegistry, RepositoryBatch, Save, SaveProgress, Settings, Summarize,
    Summary, TagBatch, Tour,
};
use futures_util::{FutureExt, Stream, StreamExt, stream};

/// Answers at once: `list_registries` with nothing, `remove_registry` and the watches by panicking or failing where
/// the registry's name says so.
#[derive(Default)]
struct Stub {
    /// How often a watch was asked for its next event.
    polled: Arc<AtomicU32>,
    /// How many watches have been dropped.
    dropped: Arc<AtomicU32>,
}

struct CountsItsEnd(Arc<AtomicU32>);

impl Drop for CountsItsEnd {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

fn no() -> Error {
    Error::new(Code::Unsupported, "no")
}

impl Backend for Stub {
    async fn list_registries(&self, _: ListRegistries) -> Result<Registries, Error> {
        Ok(Registries::default())
    }

    async fn add_registry(&self, _: AddRegistry) -> Result<RegistryEntry, Error> {
        Err(no())
    }

    async fn remove_registry(&self, _: RemoveRegistry) -> Result<Registries, Error> {
        panic!("a fault with a secret in its text")
    }

    async fn check_registry(&self, _: CheckRegistry) -> Result<RegistryCheck, Error> {
        Err(no())
    }

    async fn explain_login(&self, _: ExplainLogin) -> Result<LoginAccount, Error> {
        Err(no())
    }

    async fn choose_login(&self, _: ChooseLogin) -> Result<LoginAccount, Error> {
        Err(no())
    }

    async fn inspect(&self, _: Inspect) -> Result<Inspection, Error> {
        Err(no())
    }

    async fn head(&self, _: Head) -> Result<Headed, Error> {
        Err(no())
    }

    async fn summarize(&self, _: Summarize) -> Result<Summary, Error> {
        Err(no())
    }

    async fn head_blob(&self, _: HeadBlob) -> Result<HeadedBlob, Error> {
        Err(no())
    }

    async fn read_blob(&self, _: ReadBlob) -> Result<BlobReading, Error> {
        Err(no())
    }

    async fn list_exchanges(&self, _: ListExchanges) -> Result<Exchanges, Error> {
        Err(no())
    }

    async fn read_settings(&self, _: ReadSettings) -> Result<Settings, Error> {
        Err(no())
    }

    async fn change_settings(&self, _: ChangeSettings) -> Result<Settings, Error> {
        Err(no())
    }

    async fn list_tour(&self, _: ListTour) -> Result<Tour, Error> {
        Err(no())
    }

    fn list_repositories(
        &self,
        request: ListRepositories,
    ) -> impl Stream<Item = Result<RepositoryBatch, Error>> + Send + 'static {
        assert!(request.registry.as_str() != "at-once.example", "panics before there is a stream");
        stream::empty()
    }

    /// Two events and the end; the second is what the name says.
    fn list_tags(&self, request: ListTags) -> impl Stream<Item = Result<TagBatch, Error>> + Send + 'static {
        let (polled, alive) = (self.polled.clone(), CountsItsEnd(self.dropped.clone()));
        stream::iter(1..=2).map(move |page| {
            let _kept = &alive;
            polled.fetch_add(1, Ordering::SeqCst);
            match (page, request.registry.as_str()) {
                (2, "panics.example") => panic!("a fault with a secret in its text"),
                (2, "fails.example") => Err(no()),
                _ => Ok(TagBatch { tags: vec!["two\nlines".to_owned()], page, ..TagBatch::default() }),
            }
        })
    }

    fn save(&self, _: Save) -> impl Stream<Item = Result<SaveProgress, Error>> + Send + 'static {
        stream::empty()
    }
}

fn ask(name: &str, body: &str) -> Result<String, Error> {
    let reply =
        api::answer(&Stub::default(), name, body.as_bytes()).now_or_never().expect("the stub never waits");
    reply.map(|bytes| String::from_utf8(bytes).unwrap())
}

fn all_frames(stub: &Stub, name: &str, registry: &str) -> Vec<String> {
    let body = format!(r#"{{"registry": "{registry}", "repository": "a"}}"#);
    let frames = api::watch(stub, name, body.as_bytes()).unwrap();
    let frames: Vec<_> = frames.collect().now_or_never().expect("the stub never waits");
    frames.into_iter().map(|frame| String::from_utf8(frame).unwrap()).collect()
}

#[test]
fn a_call_is_answered_in_json() {
    assert_eq!(ask("list_registries", "{}").unwrap(), r#"{"registries":[]}"#);
}

#[test]
fn what_cannot_be_read_is_a_bad_request_that_says_why() {
    for (name, body) in [
        ("check_registry", ""),
        ("check_registry", "{}"),
        ("check_registry", r#"{"registry": "../etc"}"#),
        ("add_registry", r#"{"name": "a.example", "transport": "carrier pigeon"}"#),
        ("inspect", r#"{"reference": "a.example/UPPER"}"#),
        ("inspect", "[[[["),
    ] {
        let error = ask(name, body).unwrap_err();
        assert_eq!(error.code, Code::BadRequest, "{name} {body}");
        assert!(error.message.starts_with(&format!("{name} cannot read its request: ")), "{}", error.message);
    }
}

/// Whatever JSON comes, to whatever operation: a typed error, and the backend hears nothing of it.
#[test]
fn odd_requests_are_typed_errors() {
    let long = format!(r#"{{"registry":"{}"}}"#, "a".repeat(10 << 20));
    let bodies = [
        "",
        "null",
        "[]",
        "0",
        "\"../../etc/passwd\"",
        "{",
        r#"{"registry":{}}"#,
        r#"{"registry":"../.."}"#,
        &long,
    ];
    let stub = Stub::default();
    for body in bodies {
        // The stub's own answer to each of these is another code, or a panic.
        for operation in ["check_registry", "inspect", "add_registry", "remove_registry", "no_such", ""] {
            assert_eq!(ask(operation, body).unwrap_err().code, Code::BadRequest, "{operation}");
        }
        for operation in ["list_tags", "list_repositories", "no_such"] {
            let error = api::watch(&stub, operation, body.as_bytes()).err().unwrap();
            assert_eq!(error.code, Code::BadRequest, "{operation}");
        }
    }
    assert_eq!(stub.polled.load(Ordering::SeqCst), 0);
}

#[test]
fn an_unknown_name_names_the_known_ones_of_its_kind() {
    let error = ask("list_tags", "{}").unwrap_err();
    assert_eq!(error.code, Code::BadRequest);
    let text = "there is no call named \"list_tags\"; there are list_registries, add_registry, remove_registry, \
                check_registry, explain_login, choose_login, inspect, head, summarize, head_blob, read_blob, list_exchanges, read_settings, \
                change_settings, list_tour";
    assert_eq!(error.message, text);
    let error = api::watch(&Stub::default(), "inspect", b"{}").err().unwrap();
    let text = "there is no watch named \"inspect\"; there are list_repositories, list_tags, save";
    assert_eq!(error.message, text);
    let long = ask(&"x".repeat(1 << 20), "{}").unwrap_err();
    assert!(long.message.len() < 500, "the name is shortened");
}

#[test]
fn a_panic_is_an_answer_without_its_text() {
    let error = ask("remove_registry", r#"{"name": "a.example"}"#).unwrap_err();
    assert_eq!(error.code, Code::Internal);
    assert!(error.message.starts_with("remove_registry broke off"), "{}", error.message);
    assert!(!error.message.contains("secret"));
    let at_once = br#"{"registry": "at-once.example"}"#;
    let error = api::watch(&Stub::default(), "list_repositories", at_once).err().unwrap();
    assert_eq!(error.code, Code::Internal);
}

#[test]
fn a_watch_ends_with_end() {
    let frames = all_frames(&Stub::default(), "list_tags", "good.example");
    assert_eq!(
        frames,
        [
            r#"{"event":{"tags":["two\nlines"],"page":1,"complete":false}}"#,
            r#"{"event":{"tags":["two\nlines"],"page":2,"complete":false}}"#,
            r#""end""#
        ]
    );
    assert_eq!(all_frames(&Stub::default(), "list_repositories", "good.example"), [r#""end""#]);
}

#[test]
fn a_failure_or_a_panic_is_the_last_frame_and_ends_the_work() {
    for (registry, code) in [("fails.example", Code::Unsupported), ("panics.example", Code::Internal)] {
        let stub = Stub::default();
        let body = format!(r#"{{"registry": "{registry}", "repository": "a"}}"#);
        let mut frames = api::watch(&stub, "list_tags", body.as_bytes()).unwrap();
        let mut next = || frames.next().now_or_never().expect("the stub never waits");
        assert!(next().unwrap().starts_with(b"{\"event\""), "{registry}");
        let Frame::<TagBatch>::Failed(error) = serde_json::from_slice(&next().unwrap()).unwrap() else {
            panic!("{registry}: no failed frame")
        };
        assert_eq!(error.code, code);
        assert_eq!(stub.dropped.load(Ordering::SeqCst), 1, "{registry}: the work ends with its failure");
        assert_eq!(next(), None, "{registry}");
    }
}

#[test]
fn a_frame_is_made_when_it_is_asked_for_and_dropping_ends_the_work() {
    let stub = Stub::default();
    let mut frames =
        api::watch(&stub, "list_tags", br#"{"registry": "a.example", "repository": "a"}"#).unwrap();
    assert_eq!(stub.polled.load(Ordering::SeqCst), 0);
    let _first = frames.next().now_or_never().expect("the stub never waits");
    assert_eq!(stub.polled.load(Ordering::SeqCst), 1);
    drop(frames);
    assert_eq!((stub.polled.load(Ordering::SeqCst), stub.dropped.load(Ordering::SeqCst)), (1, 1));
}
