//! What does the web host answer at which path?
//!
//! `POST /api/call/<name>` and `POST /api/watch/<name>` for the operations, `GET /saved/<ticket>` for what was saved,
//! `GET` for the UI's files and pages, and nothing else. See `guard` for what a request must show before it comes here.

use std::{convert::Infallible, sync::Arc, time::Duration};

use api::{Backend, Code, Error};
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{any, post},
};
use bytes::Bytes;
use futures_util::StreamExt;
use host::{Returned, Saves};
use tokio::time::{sleep, timeout};

use super::{
    assets::Assets,
    download::download,
    guard::{admit, single},
    headers,
    token::{Judgement, Lock, TOKEN_HEADER, Token, WRONG_TOKEN_DELAY},
};

/// The longest request body: 1 MiB. Requests name things, they do not carry content.
pub const LONGEST_BODY: usize = 1 << 20;

/// How long a request body may take to arrive.
const BODY_TIME: Duration = Duration::from_secs(10);

pub(super) struct Web<B> {
    pub(super) backend: B,
    pub(super) returned: Returned,
    assets: Assets,
    lock: Lock,
    secure: HeaderMap,
    port: u16,
}

/// Everything that the web host answers on this port.
pub fn router<B: Backend + Saves>(backend: B, assets: Assets, token: Token, port: u16) -> Router {
    let web = Arc::new(Web {
        backend,
        returned: Returned::default(),
        assets,
        lock: Lock::new(token),
        secure: headers::secure(),
        port,
    });
    Router::new()
        .route("/api/call/{name}", post(call::<B>))
        .route("/api/watch/{name}", post(watch::<B>))
        .route("/saved/{ticket}", any(download::<B>))
        .fallback(page::<B>)
        .layer(middleware::from_fn_with_state(web.clone(), guarded::<B>))
        .with_state(web)
}

async fn guarded<B: Backend>(State(web): State<Arc<Web<B>>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let mut response = match admit(&parts, web.port) {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(refused) => {
            tracing::warn!(?refused, "a request was refused");
            (StatusCode::FORBIDDEN, "Refused: only Ociscope's own page is answered here.\n").into_response()
        }
    };
    headers::add(&web.secure, &mut response);
    response
}

async fn call<B: Backend>(
    State(web): State<Arc<Web<B>>>,
    Path(name): Path<String>,
    request: Request,
) -> Response {
    let body = match body(&web.lock, request).await {
        Ok(body) => body,
        Err(refusal) => return refusal,
    };
    // The client that goes away drops this future, and with it the work.
    match api::answer(&web.backend, &name, &body).await {
        Ok(reply) => json(StatusCode::OK, reply),
        Err(error) => failed(status(error.code), &error),
    }
}

async fn watch<B: Backend>(
    State(web): State<Arc<Web<B>>>,
    Path(name): Path<String>,
    request: Request,
) -> Response {
    let body = match body(&web.lock, request).await {
        Ok(body) => body,
        Err(refusal) => return refusal,
    };
    let frames = match api::watch(&web.backend, &name, &body) {
        Ok(frames) => frames,
        Err(error) => return failed(status(error.code), &error),
    };
    let lines = frames.map(|mut frame| {
        frame.push(b'\n');
        Ok::<_, Infallible>(Bytes::from(frame))
    });
    let ndjson = [(header::CONTENT_TYPE, HeaderValue::from_static("application/x-ndjson"))];
    (ndjson, Body::from_stream(lines)).into_response()
}

async fn page<B: Backend>(State(web): State<Arc<Web<B>>>, request: Request) -> Response {
    let path = request.uri().path();
    let encodings = single(request.headers(), &header::ACCEPT_ENCODING).unwrap_or_default();
    let Some(found) = web.assets.answer(path, encodings) else {
        return (StatusCode::NOT_FOUND, "There is nothing here.\n").into_response();
    };
    if request.method() == Method::GET || request.method() == Method::HEAD {
        return found;
    }
    let allow = [(header::ALLOW, HeaderValue::from_static("GET, HEAD"))];
    (StatusCode::METHOD_NOT_ALLOWED, allow, "This can only be read.\n").into_response()
}

/// The body of an operation's request, once it has shown the token.
async fn body(lock: &Lock, request: Request) -> Result<Bytes, Response> {
    let token = single(request.headers(), &HeaderName::from_static(TOKEN_HEADER));
    match lock.judge(token.map(str::as_bytes)) {
        Judgement::Right => {}
        Judgement::Wrong => return Err(failed(StatusCode::UNAUTHORIZED, &stale())),
        Judgement::WrongAgain => {
            sleep(WRONG_TOKEN_DELAY).await;
            let mut refusal = failed(StatusCode::TOO_MANY_REQUESTS, &stale());
            let seconds = HeaderValue::from(WRONG_TOKEN_DELAY.as_secs());
            refusal.headers_mut().insert(header::RETRY_AFTER, seconds);
            return Err(refusal);
        }
    }
    // No form and no plain text: those a foreign page can send without asking first.
    let media_type = single(request.headers(), &header::CONTENT_TYPE).unwrap_or_default();
    let media_type = media_type.split(';').next().unwrap_or_default().trim();
    if !media_type.eq_ignore_ascii_case("application/json") {
        let error = Error::new(Code::BadRequest, "a request to an operation is application/json");
        return Err(failed(StatusCode::UNSUPPORTED_MEDIA_TYPE, &error));
    }
    match timeout(BODY_TIME, to_bytes(request.into_body(), LONGEST_BODY)).await {
        Ok(Ok(body)) => Ok(body),
        Ok(Err(_)) => {
            let text = format!("the request is cut, or longer than {LONGEST_BODY} bytes");
            Err(failed(StatusCode::PAYLOAD_TOO_LARGE, &Error::new(Code::TooLarge, text)))
        }
        Err(_) => {
            let text = format!("the request took longer than {} s to arrive", BODY_TIME.as_secs());
            Err(failed(StatusCode::REQUEST_TIMEOUT, &Error::new(Code::BadRequest, text)))
        }
    }
}

fn stale() -> Error {
    let text =
        "this page does not know the launch token of the running host: open the address that it printed";
    Error::new(Code::HostGone, text)
}

/// 401, 413 and 429 are the host's own words about a request and never an operation's.
fn status(code: Code) -> StatusCode {
    match code {
        Code::BadRequest => StatusCode::BAD_REQUEST,
        Code::NotAdded => StatusCode::FORBIDDEN,
        Code::RepositoryNotFound | Code::ManifestNotFound => StatusCode::NOT_FOUND,
        Code::RateLimited => StatusCode::SERVICE_UNAVAILABLE,
        Code::Unreachable => StatusCode::GATEWAY_TIMEOUT,
        Code::Disk => StatusCode::INSUFFICIENT_STORAGE,
        Code::HostGone | Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        Code::AuthNeeded
        | Code::Denied
        | Code::LoginFailed
        | Code::Unsupported
        | Code::Tls
        | Code::NotARegistry
        | Code::BadAnswer
        | Code::TooLarge
        | Code::RegistryFailed => StatusCode::BAD_GATEWAY,
    }
}

fn failed(status: StatusCode, error: &Error) -> Response {
    // An error is text and numbers: it always has a JSON form.
    json(status, serde_json::to_vec(error).unwrap_or_default())
}

fn json(status: StatusCode, body: Vec<u8>) -> Response {
    let media_type = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    (status, media_type, body).into_response()
}
