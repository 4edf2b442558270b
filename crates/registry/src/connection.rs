//! How did this exchange get its connection: made for it, or used again?
//!
//! A layer around the HTTP library's connector and a resolver hook note what they did for the exchange that polls
//! them. Whether the connection made is the one that carried the answer is told by its two socket addresses.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::future::BoxFuture;
use hyper::http::Extensions;
use hyper_util::client::legacy::connect::{Connection as Connected, HttpInfo};
use tower_layer::Layer;
use tower_service::Service;

use crate::{Clock, Connection};

tokio::task_local! {
    /// The notes of the exchange that is being polled.
    pub(crate) static NOTES: Arc<Notes>;
}

/// What connecting did for one exchange.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    state: Mutex<State>,
    /// Whether link-local addresses of this host name are refused: for token servers and redirects.
    pub(crate) guarded: Option<String>,
}

#[derive(Debug, Default, Clone)]
struct State {
    began: bool,
    dns: Option<Duration>,
    made: Option<(Option<Sockets>, Duration)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sockets {
    local: SocketAddr,
    remote: SocketAddr,
}

impl Notes {
    pub(crate) fn guarding(host: &str) -> Self {
        Self { state: Mutex::default(), guarded: Some(host.to_owned()) }
    }

    pub(crate) fn resolved(&self, took: Duration) {
        self.change(|state| state.dns = Some(took));
    }

    /// Time to find the address, where it was looked up.
    pub(crate) fn dns(&self) -> Option<Duration> {
        self.change(|state| state.dns)
    }

    /// How the connection of an answer came about.
    pub(crate) fn of_answer(&self, answer: &Extensions) -> Connection {
        let used = answer.get::<HttpInfo>().map(sockets);
        self.change(|state| match state.made {
            Some((made, took)) if used.is_none() || made == used => Connection::New(connecting(state, took)),
            _ => Connection::Reused,
        })
    }

    /// The same where the exchange failed before an answer.
    pub(crate) fn of_failure(&self) -> Connection {
        self.change(|state| match (state.made, state.began) {
            (Some((_, took)), _) => Connection::New(connecting(state, took)),
            (None, true) => Connection::None,
            (None, false) => Connection::Reused,
        })
    }

    /// The same where it was given up before an answer: a connection that was not made here cannot be known.
    pub(crate) fn of_cancellation(&self) -> Connection {
        self.change(|state| match state.made {
            Some((_, took)) => Connection::New(connecting(state, took)),
            None => Connection::None,
        })
    }

    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// TCP and TLS together: what connecting took without the look-up.
fn connecting(state: &State, took: Duration) -> f64 {
    took.saturating_sub(state.dns.unwrap_or_default()).as_secs_f64() * 1e3
}

fn sockets(info: &HttpInfo) -> Sockets {
    Sockets { local: info.local_addr(), remote: info.remote_addr() }
}

/// Wraps a connector so that it takes notes.
#[derive(Clone)]
pub(crate) struct Timing {
    pub(crate) clock: Arc<dyn Clock>,
}

impl<S> Layer<S> for Timing {
    type Service = Timed<S>;

    fn layer(&self, inner: S) -> Timed<S> {
        Timed { inner, clock: Arc::clone(&self.clock) }
    }
}

/// A connector that takes notes.
#[derive(Clone)]
pub(crate) struct Timed<S> {
    inner: S,
    clock: Arc<dyn Clock>,
}

impl<S, R> Service<R> for Timed<S>
where
    S: Service<R>,
    S::Response: Connected + Send + 'static,
    S::Error: Send + 'static,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<S::Response, S::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, target: R) -> Self::Future {
        let connecting = self.inner.call(target);
        // The pool may finish a connection in the background after its exchange took another one: the notes stay
        // with the exchange that asked for it.
        let Ok(notes) = NOTES.try_with(Arc::clone) else { return Box::pin(connecting) };
        let clock = Arc::clone(&self.clock);
        notes.change(|state| state.began = true);
        Box::pin(async move {
            let started = clock.elapsed();
            let made = NOTES.scope(Arc::clone(&notes), connecting).await?;
            let took = clock.elapsed().saturating_sub(started);
            let mut extensions = Extensions::new();
            made.connected().get_extras(&mut extensions);
            let addresses = extensions.get::<HttpInfo>().map(sockets);
            notes.change(|state| state.made = Some((addresses, took)));
            Ok(made)
        })
    }
}
