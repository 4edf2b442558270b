//! How does a request by name reach the backend? For the hosts: bytes in, bytes out.
//!
//! This is also the one place where a panic of an operation is caught: it is a fault of this program, and must
//! neither take the host down nor leave the asker waiting.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
};

use futures_core::Stream;
use futures_util::{FutureExt, StreamExt, stream};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    Backend, Code, Error, Frame, OperationKind,
    operations::{ALL, dispatch_call, dispatch_watch},
};

/// The frames of a watch, each one JSON without a line break. Dropping it stops the work behind it.
pub type FrameStream = Pin<Box<dyn Stream<Item = Vec<u8>> + Send>>;

/// Answers a call by name. `body` is the request as JSON, the result the reply as JSON.
///
/// # Errors
/// An unknown name, a body that is no such request, what the operation itself answers, or [`Code::Internal`] where
/// it panicked.
pub async fn answer<B: Backend>(backend: &B, name: &str, body: &[u8]) -> Result<Vec<u8>, Error> {
    // Unwind safety: what a backend shares between operations is behind locks, and the rest dies with this call.
    AssertUnwindSafe(dispatch_call(backend, name, body))
        .catch_unwind()
        .await
        .unwrap_or_else(|_| Err(broke_off(name)))
}

/// Starts a watch by name. Every stream ends with one `end` or `failed` frame.
///
/// # Errors
/// An unknown name, or a body that is no such request. Later errors, and panics, are frames.
pub fn watch<B: Backend>(backend: &B, name: &str, body: &[u8]) -> Result<FrameStream, Error> {
    catch_unwind(AssertUnwindSafe(|| dispatch_watch(backend, name, body)))
        .unwrap_or_else(|_| Err(broke_off(name)))
}

pub(crate) fn decode<T: DeserializeOwned>(name: &str, body: &[u8]) -> Result<T, Error> {
    serde_json::from_slice(body)
        .map_err(|error| Error::new(Code::BadRequest, format!("{name} cannot read its request: {error}")))
}

pub(crate) fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>, Error> {
    serde_json::to_vec(value).map_err(|error| Error::new(Code::Internal, error.to_string()))
}

pub(crate) fn unknown(name: &str, asked: OperationKind) -> Error {
    let known: Vec<_> = ALL.iter().filter(|op| op.kind == asked).map(|op| op.name).collect();
    let what = match asked {
        OperationKind::Call => "call",
        OperationKind::Watch => "watch",
    };
    let name: String = name.chars().take(64).collect();
    Error::new(Code::BadRequest, format!("there is no {what} named {name:?}; there are {}", known.join(", ")))
}

/// Events as frames. The events are dropped as soon as the last frame is known, so that work ends with its failure.
pub(crate) fn frames<E: Serialize + Send + 'static>(
    name: &'static str,
    events: impl Stream<Item = Result<E, Error>> + Send + 'static,
) -> FrameStream {
    let events = Box::pin(AssertUnwindSafe(events).catch_unwind());
    Box::pin(stream::unfold(Some(events), move |events| async move {
        let mut events = events?;
        let event = match events.next().await {
            None => return Some((frame::<E>(&Frame::End), None)),
            Some(event) => event.unwrap_or_else(|_| Err(broke_off(name))).map(Frame::Event),
        };
        match event.and_then(|event| encode(&event)) {
            Ok(bytes) => Some((bytes, Some(events))),
            Err(error) => Some((frame::<E>(&Frame::Failed(error)), None)),
        }
    }))
}

fn frame<E: Serialize>(last: &Frame<E>) -> Vec<u8> {
    serde_json::to_vec(last).expect("texts, numbers and lists always serialise")
}

fn broke_off(name: &str) -> Error {
    let message = format!("{name} broke off: a fault of this program, its reason is in the host's log.");
    Error::new(Code::Internal, message)
}
