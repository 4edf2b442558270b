//! The door for scripts, over a backend whose answers are known.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, wherever it does")]

#[path = "../../host/tests/support/stub.rs"]
#[allow(dead_code, reason = "it is shared, and not all of it is needed here")]
mod stub;

use std::io::{self, Write};

use api::Code;
use server::scripting::{self, Outcome};
use stub::Stub;

async fn watch(registry: &str) -> (Outcome, String, String) {
    let (mut out, mut complaints) = (Vec::new(), Vec::new());
    let request = format!(r#"{{"registry":"{registry}"}}"#);
    let name = "list_repositories";
    let watched =
        scripting::watch(&Stub::default(), name, request.as_bytes(), &mut out, &mut complaints).await;
    (watched.unwrap(), String::from_utf8(out).unwrap(), String::from_utf8(complaints).unwrap())
}

const ONE: &str = "{\"repositories\":[\"one\"],\"page\":1,\"complete\":false}\n";
const TWO: &str = "{\"repositories\":[\"two\"],\"page\":2,\"complete\":true}\n";

#[tokio::test]
async fn a_whole_list_is_done() {
    assert_eq!(watch("a.example").await, (Outcome::Done, format!("{ONE}{TWO}"), String::new()));
}

/// A script that trusts the exit code must not take a part for the whole.
#[tokio::test]
async fn a_list_that_stopped_early_is_not_done() {
    assert_eq!(watch("early.example").await, (Outcome::StoppedEarly, ONE.to_owned(), String::new()));
    assert_eq!(Outcome::StoppedEarly.exit_code(), 9);
}

#[tokio::test]
async fn what_came_before_an_error_stays_printed() {
    let (outcome, out, complaints) = watch("failing.example").await;
    assert_eq!((outcome, out.as_str()), (Outcome::Failed(Code::Unreachable), ONE));
    assert_eq!(complaints, "{\"code\":\"unreachable\",\"message\":\"gone\"}\n");
    assert_eq!(outcome.exit_code(), 5);
}

struct Gone;

impl Write for Gone {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// `ociscope watch … | head -1` ends the work, however long it would go on.
#[tokio::test]
async fn a_reader_that_goes_away_ends_the_stream() {
    let stub = Stub::default();
    let request = br#"{"registry":"a.example","repository":"b"}"#;
    let error = scripting::watch(&stub, "list_tags", request, &mut Gone, &mut Vec::new()).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
    stub.dropped().await;
}
