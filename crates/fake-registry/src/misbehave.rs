//! How is a fault carried out? Answers of its own, and changes to the true one.

use axum::{body::Body, response::Response};
use bytes::Bytes;
use futures_util::stream;
use serde_json::{Value, json};

use crate::{
    connection::Breaker,
    faults::{Drip, Fault, Framing},
    reply::Reply,
    route::{Route, first},
};

/// Names on a page of an endless list.
const ENDLESS: u64 = 10;
/// Bytes of a huge body that are made at once.
const CHUNK: u64 = 64 << 10;

/// The answer of a fault that needs no true one, or the fault itself.
pub(crate) fn instead(
    fault: Fault,
    route: &Route,
    path: &str,
    query: &[(String, String)],
    breaker: &Breaker,
) -> Result<Response, Fault> {
    let reply = match fault {
        Fault::Status { code, headers, body } => {
            let mut reply = Reply::new(code);
            for (name, value) in &headers {
                reply.add(name, value);
            }
            reply.body = body;
            reply
        }
        Fault::Reset => {
            breaker.reset();
            Reply::new(500)
        }
        Fault::Close => {
            breaker.close();
            Reply::new(500)
        }
        Fault::Huge { bytes, content_type, framing } => {
            let reply = Reply::new(200).with("content-type", &content_type);
            let length = (framing == Framing::Declared).then_some(bytes);
            return Ok(reply.into_response_with(length, |_| huge(bytes)));
        }
        Fault::EndlessLink => endless(route, path, query),
        Fault::NullList => list(route, &Value::Null),
        Fault::Names(names) => list(route, &json!(names)),
        other => return Err(other),
    };
    Ok(reply.into_response())
}

/// The true answer, changed by a fault.
pub(crate) fn changed(fault: Fault, mut reply: Reply, asked: &str, breaker: &Breaker) -> Response {
    match fault {
        Fault::CutBody { after } => {
            let breaker = breaker.clone();
            return cut(reply, after, move || breaker.close());
        }
        Fault::ResetBody { after } => {
            let breaker = breaker.clone();
            return cut(reply, after, move || breaker.reset());
        }
        Fault::Slow(drip) => {
            let length = reply.content_length();
            return reply.into_response_with(Some(length), |body| slow(body, drip));
        }
        Fault::WrongByte => {
            let mut body = reply.body.to_vec();
            if let Some(last) = body.last_mut() {
                // The last bit of the last byte: where the document allows it, it is still JSON.
                *last ^= 1;
            }
            reply.body = Bytes::from(body);
        }
        Fault::Header { name, value: Some(value) } => reply.set(&name, &value),
        Fault::Header { name, value: None } => {
            reply.headers.remove(name.as_str());
        }
        Fault::SelfLink => reply.set("link", &format!("<{asked}>; rel=\"next\"")),
        Fault::ForeignLink(origin) => reply.set("link", &format!("<{origin}{asked}>; rel=\"next\"")),
        _ => {}
    }
    reply.into_response()
}

/// A list in the form of its endpoint.
fn list(route: &Route, names: &Value) -> Reply {
    match route {
        Route::Catalog => Reply::json(200, &json!({ "repositories": names })),
        _ => Reply::json(200, &json!({ "name": route.name().unwrap_or_default(), "tags": names })),
    }
}

fn endless(route: &Route, path: &str, query: &[(String, String)]) -> Reply {
    let last = first(query, "last").and_then(|last| last.strip_prefix("endless-")?.parse().ok());
    let start: u64 = last.unwrap_or(0);
    let name = |number: u64| format!("endless-{number:08}");
    let names: Vec<String> = (start + 1..=start + ENDLESS).map(name).collect();
    let reply = match route {
        Route::Referrers { .. } => {
            let digest = |name: &String| crate::digest::sha256(name.as_bytes());
            let descriptor = |name| {
                json!({ "mediaType": "application/vnd.oci.image.manifest.v1+json",
                        "digest": digest(name), "size": 2, "artifactType": "application/vnd.example.endless" })
            };
            let index = "application/vnd.oci.image.index.v1+json";
            let manifests: Vec<Value> = names.iter().map(descriptor).collect();
            let body = json!({ "schemaVersion": 2, "mediaType": index, "manifests": manifests });
            Reply::new(200).body(index, body.to_string())
        }
        _ => list(route, &json!(names)),
    };
    reply.with("link", &format!("<{path}?last={}>; rel=\"next\"", name(start + ENDLESS)))
}

fn broken() -> std::io::Error {
    std::io::ErrorKind::ConnectionAborted.into()
}

/// The first bytes of a body; then the connection breaks.
fn cut(reply: Reply, after: usize, end: impl FnOnce() + Send + 'static) -> Response {
    let length = reply.content_length();
    reply.into_response_with(Some(length), |body| {
        let sent = body.slice(..after.min(body.len()));
        let parts = stream::unfold((Some(sent), Some(end)), |(sent, mut end)| async move {
            if let Some(sent) = sent {
                return Some((Ok(sent), (None, end)));
            }
            // What was sent has to leave before the connection breaks, or nobody would see it.
            tokio::task::yield_now().await;
            end.take()?();
            Some((Err(broken()), (None, None)))
        });
        Body::from_stream(parts)
    })
}

/// Reports a slow body that was not sent to its end.
struct Unfinished {
    drip: Drip,
    left: Bytes,
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.left.is_empty() {
            self.drip.give_up();
        }
    }
}

fn slow(body: Bytes, drip: Drip) -> Body {
    let bytes = stream::unfold(Unfinished { drip, left: body }, |mut state| async move {
        if state.left.is_empty() {
            return None;
        }
        state.drip.byte().await;
        let byte = state.left.split_to(1);
        Some((Ok::<_, std::io::Error>(byte), state))
    });
    Body::from_stream(bytes)
}

/// A JSON object with one long text.
fn huge(bytes: u64) -> Body {
    const HEAD: &str = "{\"schemaVersion\":2,\"long\":\"";
    const TAIL: &str = "\"}";
    let filling = bytes.saturating_sub((HEAD.len() + TAIL.len()) as u64);
    let filler = Bytes::from(vec![b'x'; CHUNK as usize]);
    let parts = stream::unfold((0_u8, filling), move |(step, left)| {
        let filler = filler.clone();
        async move {
            match step {
                0 => Some((Bytes::from_static(HEAD.as_bytes()), (1, left))),
                1 if left > 0 => {
                    let part = left.min(CHUNK);
                    Some((filler.slice(..part as usize), (1, left - part)))
                }
                1 => Some((Bytes::from_static(TAIL.as_bytes()), (2, 0))),
                _ => None,
            }
        }
    });
    Body::from_stream(futures_util::StreamExt::map(parts, Ok::<_, std::io::Error>))
}
