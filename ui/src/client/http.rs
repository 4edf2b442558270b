//! How is the web host asked? `fetch`, with the launch token as a header.

use std::collections::VecDeque;

use api::{Code, Error};
use futures_util::{StreamExt, stream};
use js_sys::{Reflect, Uint8Array};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, ReadableStreamDefaultReader, RequestInit, Response};

use super::{
    frames::{Frames, Lines},
    gone, token,
};

/// The status of an answer to a missing or old token.
pub(super) const STALE_TOKEN: u16 = 401;

/// The status of such an answer after many like it. Both are the host's own words and never an operation's.
const STALE_TOKEN_AGAIN: u16 = 429;

/// Aborts its request when dropped.
struct OnDrop(AbortController);

impl Drop for OnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Sends one request, gives its whole answer.
pub(super) async fn call(name: &str, body: &[u8]) -> Result<Vec<u8>, Error> {
    let (response, _abort) = send(&format!("/api/call/{name}"), body).await?;
    whole(&response).await
}

/// Sends one request, gives its answer line by line.
pub(super) fn watch(name: &'static str, body: Vec<u8>) -> Frames {
    stream::once(async move {
        let (response, abort) = send(&format!("/api/watch/{name}"), &body).await?;
        let body = response.body().ok_or_else(|| gone(&view::text("ui.client.no_body", &[])))?;
        let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
        let reading = Reading { reader, lines: Lines::default(), ready: VecDeque::new(), _abort: abort };
        Ok(stream::try_unfold(reading, |mut reading| async move {
            loop {
                if let Some(line) = reading.ready.pop_front() {
                    return Ok(Some((line, reading)));
                }
                match reading.chunk().await? {
                    Some(bytes) => reading.ready.extend(reading.lines.push(&bytes)?),
                    None => return Ok(None),
                }
            }
        }))
    })
    .flat_map(|opened| match opened {
        Ok(lines) => lines.boxed_local(),
        Err(error) => stream::once(std::future::ready(Err(error))).boxed_local(),
    })
    .boxed_local()
}

struct Reading {
    reader: ReadableStreamDefaultReader,
    lines: Lines,
    ready: VecDeque<Vec<u8>>,
    _abort: OnDrop,
}

impl Reading {
    async fn chunk(&self) -> Result<Option<Vec<u8>>, Error> {
        let read = JsFuture::from(self.reader.read()).await.map_err(|error| gone(&words(&error)))?;
        let done = Reflect::get(&read, &JsValue::from_str("done")).is_ok_and(|done| done.is_truthy());
        if done {
            return Ok(None);
        }
        let value = Reflect::get(&read, &JsValue::from_str("value")).unwrap_or(JsValue::UNDEFINED);
        Ok(Some(Uint8Array::new(&value).to_vec()))
    }
}

/// Sends with the token that the host knows. One that it refuses was judged before the operation began, so that
/// nothing is done twice.
async fn send(path: &str, body: &[u8]) -> Result<(Response, OnDrop), Error> {
    for token in token::candidates() {
        let (response, abort) = send_with(&token, path, body).await?;
        let status = response.status();
        if matches!(status, STALE_TOKEN | STALE_TOKEN_AGAIN) {
            token::refused(&token);
            continue;
        }
        if response.ok() {
            token::accepted(&token);
            return Ok((response, abort));
        }
        let body = whole(&response).await.unwrap_or_default();
        return Err(serde_json::from_slice::<Error>(&body)
            .unwrap_or_else(|_| gone(&view::text("ui.client.status", &[("status", &status.to_string())]))));
    }
    Err(stale())
}

async fn send_with(token: &str, path: &str, body: &[u8]) -> Result<(Response, OnDrop), Error> {
    let unable = |error: JsValue| Error::new(Code::Internal, words(&error));
    let headers = Headers::new().map_err(unable)?;
    headers.set("content-type", "application/json").map_err(unable)?;
    headers.set("x-ociscope-token", token).map_err(unable)?;
    let abort = OnDrop(AbortController::new().map_err(unable)?);
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&Uint8Array::from(body));
    init.set_signal(Some(&abort.0.signal()));
    let answer = JsFuture::from(window().fetch_with_str_and_init(path, &init)).await;
    Ok((answer.map_err(|error| gone(&words(&error)))?.unchecked_into(), abort))
}

fn stale() -> Error {
    Error { status: Some(STALE_TOKEN), ..Error::new(Code::HostGone, view::text("ui.client.stale", &[])) }
}

async fn whole(response: &Response) -> Result<Vec<u8>, Error> {
    let promise = response.array_buffer().map_err(|error| gone(&words(&error)))?;
    let buffer = JsFuture::from(promise).await.map_err(|error| gone(&words(&error)))?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// What a thrown value says.
pub(super) fn words(thrown: &JsValue) -> String {
    match thrown.dyn_ref::<js_sys::Error>() {
        Some(error) => String::from(error.message()),
        None => thrown.as_string().unwrap_or_else(|| format!("{thrown:?}")),
    }
}

/// Follows a link to a file, which the browser keeps under a name.
pub(super) fn download(path: &str, name: &str) {
    let Ok(link) = document().create_element("a") else { return };
    let attributes = [("href", path), ("download", name), ("hidden", "")];
    let set = attributes.into_iter().all(|(attribute, value)| link.set_attribute(attribute, value).is_ok());
    if let Some(link) = link.dyn_ref::<web_sys::HtmlElement>().filter(|_| set)
        && let Some(body) = document().body()
    {
        let _ = body.append_child(link);
        link.click();
        link.remove();
    }
}
