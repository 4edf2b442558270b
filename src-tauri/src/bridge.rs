//! How does the UI reach the service from the window?
//!
//! Three commands; those of `saving` are beside them. The body is the operation's request as JSON bytes, what else there is to say is in headers:
//! `x-call` names the operation, `x-watch` is an id of the page's choice by which the work can be cancelled, and
//! `x-channel` is where the frames of a watch go. An error is [`api::Error`] as JSON text.

#![allow(clippy::needless_pass_by_value, reason = "the shell hands its arguments over by value")]

use std::str::FromStr;

use api::{Code, Error, FrameStream};
use futures_util::StreamExt;
use host::{Composed, Returned, Running};
use tauri::{
    State, Webview,
    async_runtime::spawn,
    ipc::{Channel, InvokeBody, InvokeResponseBody, JavaScriptChannelId, Request, Response},
};

use crate::saving::Places;

const NAME: &str = "x-call";
const ID: &str = "x-watch";
const CHANNEL: &str = "x-channel";

/// What the commands answer from.
pub(crate) struct Bridge {
    pub(crate) composed: Composed,
    pub(crate) running: Running,
    /// Saved files that did not get to their place yet.
    pub(crate) returned: Returned,
    pub(crate) places: Places,
}

impl Bridge {
    pub(crate) fn new(composed: Composed) -> Self {
        Self {
            composed,
            running: Running::default(),
            returned: Returned::default(),
            places: Places::default(),
        }
    }
}

/// Calls an operation. With an `x-watch` header it can be cancelled.
#[tauri::command]
pub(crate) async fn call(request: Request<'_>, bridge: State<'_, Bridge>) -> Result<Response, String> {
    let work = api::answer(&bridge.composed.service, header(&request, NAME)?, body(&request)?);
    let reply = match request.headers().contains_key(ID) {
        true => {
            let work = bridge.running.start(header(&request, ID)?, work).map_err(text)?;
            work.await.unwrap_or_else(|| Err(Error::new(Code::HostGone, "the page cancelled this request")))
        }
        false => work.await,
    };
    reply.map(Response::new).map_err(text)
}

/// Starts a watch. Its frames go to the channel, each as JSON bytes.
///
/// Not `async`: such commands run one after the other, so a `cancel` cannot come in between.
#[tauri::command]
pub(crate) fn watch(request: Request<'_>, bridge: State<'_, Bridge>, webview: Webview) -> Result<(), String> {
    let channel = JavaScriptChannelId::from_str(header(&request, CHANNEL)?)
        .map_err(|error| text(Error::new(Code::BadRequest, format!("{CHANNEL}: {error}"))))?
        .channel_on(webview);
    let frames =
        api::watch(&bridge.composed.service, header(&request, NAME)?, body(&request)?).map_err(text)?;
    let work = bridge.running.start(header(&request, ID)?, send(frames, channel)).map_err(text)?;
    spawn(work);
    Ok(())
}

/// Stops the call or the watch whose id is the body.
#[tauri::command]
pub(crate) fn cancel(request: Request<'_>, bridge: State<'_, Bridge>) -> Result<(), String> {
    let id = std::str::from_utf8(body(&request)?)
        .map_err(|_| text(Error::new(Code::BadRequest, "an id is text")))?;
    bridge.running.stop(id);
    Ok(())
}

async fn send(mut frames: FrameStream, channel: Channel) {
    while let Some(frame) = frames.next().await {
        // Bytes, not JSON text: text would be run as a script, and a script reads `__proto__` differently.
        if channel.send(InvokeResponseBody::Raw(frame)).is_err() {
            // The window is gone.
            return;
        }
    }
}

pub(crate) fn header<'a>(request: &'a Request<'_>, name: &str) -> Result<&'a str, String> {
    let value = request.headers().get(name).and_then(|value| value.to_str().ok());
    value.ok_or_else(|| text(Error::new(Code::BadRequest, format!("the header {name} is missing"))))
}

fn body<'a>(request: &'a Request<'_>) -> Result<&'a [u8], String> {
    match request.body() {
        InvokeBody::Raw(bytes) => Ok(bytes),
        InvokeBody::Json(_) => Err(text(Error::new(Code::BadRequest, "the body must be bytes"))),
    }
}

pub(crate) fn text(error: Error) -> String {
    // An error is text and numbers: it always has a JSON form.
    serde_json::to_string(&error).unwrap_or(error.message)
}
