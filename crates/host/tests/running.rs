//! The work that is stopped by id.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, wherever it does")]

#[path = "support/stub.rs"]
mod stub;

use std::future::pending;

use api::{Code, Frame, TagBatch};
use futures_util::StreamExt;
use host::{MOST_RUNNING, Running};
use stub::Stub;

#[tokio::test]
async fn stopping_drops_the_stream_behind_it() {
    let (stub, running) = (Stub::default(), Running::default());
    let body = br#"{"registry":"a.example","repository":"b"}"#;
    let mut frames = api::watch(&stub, "list_tags", body).unwrap();
    let first: Frame<TagBatch> = serde_json::from_slice(&frames.next().await.unwrap()).unwrap();
    assert!(matches!(first, Frame::Event(_)));
    let work = running.start("1", async move { frames.next().await }).unwrap();
    let task = tokio::spawn(work);
    running.stop("1");
    stub.dropped().await;
    assert!(task.await.unwrap().is_none());
    assert_eq!(running.count(), 0);
}

#[tokio::test]
async fn stopping_drops_the_call_behind_it() {
    let (stub, running) = (Stub::default(), Running::default());
    let asked = stub.clone();
    let call = async move { api::answer(&asked, "check_registry", br#"{"registry":"a.example"}"#).await };
    let task = tokio::spawn(running.start("1", call).unwrap());
    stub.started().await;
    running.stop("1");
    stub.dropped().await;
    assert!(task.await.unwrap().is_none());
    assert_eq!(stub.calls(), 1);
}

#[tokio::test]
async fn a_stop_that_comes_first_still_stops() {
    let running = Running::default();
    running.stop("1");
    let work = running.start("1", pending::<()>()).unwrap();
    assert_eq!(work.await, None);
    assert_eq!(running.start("1", async { 7 }).unwrap().await, Some(7), "it counted for one start only");
}

#[tokio::test]
async fn work_that_ended_frees_its_id_and_a_taken_id_is_refused() {
    let running = Running::default();
    assert_eq!(running.start("1", async { 7 }).unwrap().await, Some(7));
    let kept = running.start("1", pending::<()>()).unwrap();
    assert_eq!(running.start("1", async {}).err().unwrap().code, Code::BadRequest);
    drop(kept);
    assert_eq!(running.count(), 0);
}

/// A reloaded page counts its ids from the start again, while work of the old page may still be ending.
#[tokio::test]
async fn after_stop_all_an_old_end_does_not_forget_new_work() {
    let running = Running::default();
    let old = running.start("1", pending::<()>()).unwrap();
    running.stop("2");
    running.stop_all();
    let new = running.start("1", pending::<()>()).unwrap();
    assert_eq!(old.await, None);
    assert_eq!(running.count(), 1);
    running.stop("1");
    assert_eq!(new.await, None);
    assert_eq!(
        running.start("2", async { 7 }).unwrap().await,
        Some(7),
        "stops of the old page are forgotten"
    );
}

#[tokio::test]
async fn running_work_is_bounded() {
    let running = Running::default();
    let kept: Vec<_> =
        (0..MOST_RUNNING).map(|id| running.start(&id.to_string(), pending::<()>()).unwrap()).collect();
    assert_eq!(running.start("more", async {}).err().unwrap().code, Code::BadRequest);
    drop(kept);
    assert!(running.start("more", async {}).is_ok());
}
