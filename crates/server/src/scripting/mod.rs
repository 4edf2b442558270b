//! How does a script ask?
//!
//! `ociscope call` and `ociscope watch` answer in this process, without a port. JSON goes out on standard output, an
//! error as JSON on standard error, and the exit code says how it ended.

mod list;
mod named;
mod outcome;

use std::io::{self, Write};

use api::{Backend, Code, Error, Frame, FrameStream};
use futures_util::StreamExt;
use serde_json::value::RawValue;

pub use list::operations;
pub(crate) use named::{added, named, wants_samples};
pub use outcome::Outcome;

/// Calls an operation and prints its reply, or its error.
///
/// # Errors
/// Nobody reads what is printed.
pub async fn call<B: Backend>(
    backend: &B,
    name: &str,
    request: &[u8],
    out: &mut impl Write,
    complaints: &mut impl Write,
) -> io::Result<Outcome> {
    match api::answer(backend, name, request).await {
        Ok(reply) => {
            line(out, &reply)?;
            Ok(Outcome::Done)
        }
        Err(error) => failed(&error, complaints),
    }
}

/// Watches an operation and prints each event when it comes, then how it ended.
///
/// # Errors
/// Nobody reads what is printed.
pub async fn watch<B: Backend>(
    backend: &B,
    name: &str,
    request: &[u8],
    out: &mut impl Write,
    complaints: &mut impl Write,
) -> io::Result<Outcome> {
    match api::watch(backend, name, request) {
        Ok(frames) => print(frames, out, complaints).await,
        Err(error) => failed(&error, complaints),
    }
}

async fn print(
    mut frames: FrameStream,
    out: &mut impl Write,
    complaints: &mut impl Write,
) -> io::Result<Outcome> {
    let mut complete = true;
    while let Some(frame) = frames.next().await {
        match serde_json::from_slice::<Frame<Box<RawValue>>>(&frame) {
            Ok(Frame::Event(event)) => {
                complete = is_complete(&event);
                line(out, event.get().as_bytes())?;
            }
            Ok(Frame::Failed(error)) => return failed(&error, complaints),
            Ok(Frame::End) if complete => return Ok(Outcome::Done),
            Ok(Frame::End) => return Ok(Outcome::StoppedEarly),
            Err(error) => return failed(&Error::new(Code::Internal, error.to_string()), complaints),
        }
    }
    failed(&Error::new(Code::Internal, "the events broke off"), complaints)
}

/// Lists say with their last event whether they are complete; what says nothing is complete by its end.
fn is_complete(event: &RawValue) -> bool {
    let event: Option<serde_json::Value> = serde_json::from_str(event.get()).ok();
    event.and_then(|event| event.get("complete")?.as_bool()).unwrap_or(true)
}

/// Prints an error; the outcome is that it failed.
pub(crate) fn failed(error: &Error, complaints: &mut impl Write) -> io::Result<Outcome> {
    line(complaints, &serde_json::to_vec(error)?)?;
    Ok(Outcome::Failed(error.code))
}

fn line(to: &mut impl Write, json: &[u8]) -> io::Result<()> {
    to.write_all(json)?;
    to.write_all(b"\n")?;
    to.flush()
}
