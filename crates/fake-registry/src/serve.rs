//! How does a request travel? Connection, body, record, fault, access, endpoint.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    body::Body,
    http::{HeaderMap, Method, Request, request::Parts},
    response::Response,
};
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{net::TcpListener, task::JoinSet};

use crate::{
    auth::{self, Auth},
    behaviour::{Behaviour, Catalog, Delete},
    blobs::{self, header},
    connection::{Breaker, Socket},
    faults::{Fault, Faults},
    lists::{self, Ask},
    manifests::{self, Pushed},
    misbehave,
    record::{Record, Recorded},
    referrers,
    reply::{Refusal, Reply},
    route::{self, Route},
    store::{Full, Store},
    uploads::{self, Sent},
};

/// Connections at once; more wait.
const CONNECTIONS: usize = 1024;
/// What is read of a body that is too large, so that its sender gets to hear the answer.
const DRAINED: u64 = 64 << 20;
/// Bytes of a request's head.
const HEAD: usize = 64 << 10;
/// How long the head of a request may take, and how long a connection may be idle.
const HEAD_TIME: Duration = Duration::from_secs(10);

/// What every connection knows.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) behaviour: Behaviour,
    pub(crate) store: Store,
    pub(crate) faults: Faults,
    pub(crate) record: Record,
}

impl Shared {
    pub(crate) fn new(behaviour: Behaviour) -> Self {
        let store = Store::new(behaviour.limits);
        Self { behaviour, store, faults: Faults::default(), record: Record::default() }
    }
}

/// Serves until it is dropped; then every connection is dropped too.
pub(crate) async fn listen(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept(), if connections.len() < CONNECTIONS => match accepted {
                Ok((stream, _)) => {
                    // Without it, small answers wait for the acknowledgement of their head.
                    let _ = stream.set_nodelay(true);
                    let breaker = Breaker::default();
                    let socket = Socket::new(stream, breaker.clone());
                    connections.spawn(converse(socket, breaker, Arc::clone(&shared)));
                }
                // Out of file descriptors: others may soon be closed.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            },
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
        }
    }
}

async fn converse(socket: Socket, breaker: Breaker, shared: Arc<Shared>) {
    let service = service_fn(|request: Request<Incoming>| {
        let (shared, breaker) = (Arc::clone(&shared), breaker.clone());
        async move { Ok::<_, Infallible>(answer(&shared, &breaker, request).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(HEAD)
        .serve_connection(TokioIo::new(socket), service);
    // A connection that breaks is the client's business, or a fault that was asked for.
    let _ = connection.await;
}

async fn answer(shared: &Shared, breaker: &Breaker, request: Request<Incoming>) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().to_owned();
    let route = Route::of(&path);
    let limit = match route {
        Route::Manifest { .. } => shared.behaviour.limits.manifest,
        _ => shared.behaviour.limits.total,
    };
    let body = read(&shared.store, limit, Body::new(body)).await;
    let bytes = body.clone().unwrap_or_default();
    let recorded = Recorded::new(&parts.method, &parts.uri, &parts.headers, &bytes);
    let asked = recorded.path.clone();
    shared.record.push(recorded);

    let query = route::query(parts.uri.query());
    let mut change = None;
    if let Some(fault) = shared.faults.take(parts.method.as_str(), &asked) {
        match misbehave::instead(fault, &route, &path, &query, breaker) {
            Ok(response) => return response,
            Err(Fault::Hold(hold)) => hold.pass().await,
            Err(fault) => change = Some(fault),
        }
    }
    let mut reply = match body {
        Ok(bytes) => true_answer(shared, &parts, &route, &query, &bytes),
        Err(refusal) => refusal.into_reply(shared.behaviour.error_type),
    };
    if path.starts_with("/v2") {
        reply.set("docker-distribution-api-version", "registry/2.0");
    }
    if parts.method == Method::HEAD {
        reply = reply.without_body();
    }
    match change {
        Some(fault) => misbehave::changed(fault, reply, &asked, breaker),
        None => reply.into_response(),
    }
}

/// Reads a body. Its bytes count as used while they arrive, so that many bodies at once stay bounded too.
async fn read(store: &Store, limit: u64, body: Body) -> Result<Bytes, Refusal> {
    let too_large = || Refusal::new(413, "SIZE_INVALID", "the body is larger than this registry takes");
    let mut reserved = Reserved { store, bytes: 0 };
    let mut bytes = BytesMut::new();
    let mut refused = None;
    let mut seen = 0;
    let mut frames = body.into_data_stream();
    while let Some(frame) = frames.next().await {
        // A sender that breaks off gets no answer anyway.
        let Ok(frame) = frame else { break };
        seen += frame.len() as u64;
        if refused.is_none() && seen > limit {
            refused = Some(too_large());
        } else if refused.is_none() && reserved.more(frame.len() as u64).is_err() {
            refused = Some(Refusal::full());
        }
        match refused {
            None => bytes.extend_from_slice(&frame),
            Some(_) if seen > limit.saturating_add(DRAINED) => break,
            Some(_) => bytes = BytesMut::new(),
        }
    }
    refused.map_or_else(|| Ok(bytes.freeze()), Err)
}

/// Room that is given back when the body was read: storing it takes room of its own.
struct Reserved<'a> {
    store: &'a Store,
    bytes: u64,
}

impl Reserved<'_> {
    fn more(&mut self, bytes: u64) -> Result<(), Full> {
        self.store.lock().reserve(bytes)?;
        self.bytes += bytes;
        Ok(())
    }
}

impl Drop for Reserved<'_> {
    fn drop(&mut self) {
        self.store.lock().release(self.bytes);
    }
}

fn true_answer(
    shared: &Shared,
    parts: &Parts,
    route: &Route,
    query: &[(String, String)],
    bytes: &Bytes,
) -> Reply {
    let behaviour = &shared.behaviour;
    let host = header(&parts.headers, "host").unwrap_or("localhost");
    if let Some(reply) = auth::check(behaviour, &parts.method, &parts.headers, host, route) {
        return reply;
    }
    let reply = match route {
        Route::Token => match &behaviour.auth {
            Auth::Bearer(server) if parts.method == Method::GET => {
                Ok(auth::token(server, &parts.headers, query))
            }
            Auth::Bearer(server) if parts.method == Method::POST => {
                let form = std::str::from_utf8(bytes).ok();
                Ok(auth::exchange(server, &route::query(form)))
            }
            _ => Ok(Reply::no_such_path()),
        },
        Route::Unknown => Ok(Reply::no_such_path()),
        Route::Base => Ok(Reply::new(200).body("application/json", "{}")),
        Route::Catalog | Route::Tags { .. } | Route::Referrers { .. } => {
            let ask = Ask { behaviour, host, path: parts.uri.path(), query };
            listed(&ask, &shared.store, &parts.method, route)
        }
        Route::Manifest { name, target } => {
            let content_type = header(&parts.headers, "content-type");
            let pushed = Pushed { name, target, query, content_type, host, bytes };
            manifest(behaviour, &shared.store, &parts.method, &parts.headers, &pushed)
        }
        Route::Blob { name, digest } => {
            let mut content = shared.store.lock();
            match parts.method {
                Method::GET | Method::HEAD => blobs::get(behaviour, &content, &parts.headers, name, digest),
                Method::DELETE if behaviour.delete == Delete::Off => Err(Refusal::unsupported()),
                Method::DELETE => blobs::delete(&mut content, name, digest),
                _ => Ok(Reply::not_allowed("DELETE, GET, HEAD")),
            }
        }
        Route::Uploads { name } | Route::Upload { name, .. } => {
            let content_range = header(&parts.headers, "content-range");
            let sent = Sent { behaviour, host, name, query, content_range, bytes };
            upload(&sent, &shared.store, &parts.method, route)
        }
    };
    reply.unwrap_or_else(|refusal| refusal.into_reply(behaviour.error_type))
}

fn listed(ask: &Ask<'_>, store: &Store, method: &Method, route: &Route) -> Result<Reply, Refusal> {
    if !matches!(*method, Method::GET | Method::HEAD) {
        return Ok(Reply::not_allowed("GET"));
    }
    let content = store.lock();
    match route {
        Route::Catalog if ask.behaviour.catalog == Catalog::Off => Ok(Reply::no_such_path()),
        Route::Catalog => lists::catalog(ask, &content),
        Route::Tags { name } => lists::tags(ask, &content, name),
        Route::Referrers { name, digest } => referrers::list(ask, &content, name, digest),
        _ => Ok(Reply::no_such_path()),
    }
}

fn manifest(
    behaviour: &Behaviour,
    store: &Store,
    method: &Method,
    headers: &HeaderMap,
    pushed: &Pushed<'_>,
) -> Result<Reply, Refusal> {
    let mut content = store.lock();
    match *method {
        Method::GET | Method::HEAD => {
            manifests::get(behaviour, &content, headers, pushed.name, pushed.target)
        }
        Method::PUT => manifests::put(behaviour, &mut content, pushed),
        Method::DELETE => manifests::delete(behaviour, &mut content, pushed.name, pushed.target),
        _ => Ok(Reply::not_allowed("DELETE, GET, HEAD, PUT")),
    }
}

fn upload(sent: &Sent<'_>, store: &Store, method: &Method, route: &Route) -> Result<Reply, Refusal> {
    let mut content = store.lock();
    let Route::Upload { id, .. } = route else {
        return match *method {
            Method::POST => uploads::begin(sent, &mut content),
            _ => Ok(Reply::not_allowed("POST")),
        };
    };
    match *method {
        Method::GET => uploads::status(sent, &content, id),
        Method::PATCH => uploads::append(sent, &mut content, id),
        Method::PUT => uploads::end(sent, &mut content, id),
        Method::DELETE => uploads::cancel(sent, &mut content, id),
        _ => Ok(Reply::not_allowed("DELETE, GET, PATCH, PUT")),
    }
}
