//! How does the UI reach the service from a browser?
//!
//! Over HTTP on a loopback port, for this user's browser alone: `guard` keeps foreign pages out, the launch token
//! other programs, and the limits here whoever only wants to hold connections.

mod assets;
mod download;
mod folder;
mod guard;
mod headers;
mod open;
mod port;
mod routes;
mod token;

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    task::JoinSet,
    time::{sleep, timeout},
};

pub use assets::{Assets, AssetsError};
pub use folder::{FolderError, ui_folder};
pub use open::{OpenError, Opened, open_in_browser};
pub use port::{Ports, listen};
pub use routes::{LONGEST_BODY, router};
pub use token::{TOKEN_HEADER, Token, WRONG_TOKEN_DELAY, WRONG_TOKENS};

/// What one client may take.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Connections at a time; further ones wait to be accepted.
    pub connections: usize,
    /// How long the head of a request may take, and how long a connection may be idle.
    pub head_time: Duration,
    /// How many headers a request may have.
    pub headers: usize,
    /// How long answers may still take after the end was asked for.
    pub farewell: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 256,
            head_time: Duration::from_secs(10),
            headers: 64,
            farewell: Duration::from_secs(2),
        }
    }
}

/// Bytes of a request's head; hyper's least is 8 KiB.
const LONGEST_HEAD: usize = 64 << 10;

/// Serves until `end` is there, then lets running answers end for a short time.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, end: impl Future) {
    let free = Arc::new(Semaphore::new(limits.connections));
    let mut connections = JoinSet::new();
    let mut end = std::pin::pin!(end);
    let mut ended = false;
    let (say_end, hear_end) = tokio::sync::watch::channel(());
    while !ended {
        tokio::select! {
            _ = &mut end => ended = true,
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
            accepted = accept(&listener, &free) => match accepted {
                Ok((stream, permit)) => {
                    let (router, limits, end) = (router.clone(), limits.clone(), hear_end.clone());
                    connections.spawn(async move {
                        let _permit = permit;
                        answer(stream, router, &limits, end).await;
                    });
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    // Too many open files, most likely: they become fewer by themselves.
                    sleep(Duration::from_millis(50)).await;
                }
            },
        }
    }
    drop((listener, hear_end, say_end));
    let all = async { while connections.join_next().await.is_some() {} };
    // What is still running then is dropped with the set: a stream that has no end of its own, for example.
    let _ = timeout(limits.farewell, all).await;
}

async fn accept(
    listener: &TcpListener,
    free: &Arc<Semaphore>,
) -> io::Result<(TcpStream, OwnedSemaphorePermit)> {
    let permit = free.clone().acquire_owned().await.map_err(io::Error::other)?;
    let (stream, _peer): (_, SocketAddr) = listener.accept().await?;
    Ok((stream, permit))
}

async fn answer(
    stream: TcpStream,
    router: Router,
    limits: &Limits,
    mut end: tokio::sync::watch::Receiver<()>,
) {
    // An answer's last small packet must not wait for the next one.
    let _ = stream.set_nodelay(true);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head_time)
        .max_headers(limits.headers)
        .max_buf_size(LONGEST_HEAD)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    let mut connection = std::pin::pin!(connection);
    let result = tokio::select! {
        result = &mut connection => result,
        _ = end.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = result {
        tracing::debug!(%error, "a connection broke off");
    }
}
