//! A registry that can be told to misbehave, and remembers every request.
//!
//! It keeps everything in memory, listens on a loopback port of its own, and shares no code with the rest of
//! Ociscope, so that a misreading of the specification cannot confirm itself. Tests use it for faults and
//! records; the sample registries are it, with content.

mod accept;
mod auth;
mod behaviour;
mod blobs;
mod connection;
mod digest;
mod faults;
mod lists;
mod manifests;
mod misbehave;
mod record;
mod referrers;
mod reply;
mod route;
mod schema1;
mod serve;
mod store;
mod uploads;

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::{net::TcpListener, task::JoinHandle};

pub use auth::{Auth, Grant, TokenField, TokenServer, Tokens};
pub use behaviour::{
    Accept, Behaviour, Catalog, ContentType, Delete, DigestHeader, EmptyTags, ErrorType, Etag, LastPage,
    Limits, LinkStyle, Locations, MultiTag, PageSize, Referrers, SinglePost, SubjectHeader,
};
pub use digest::{sha256, sha512};
pub use faults::{Drip, Fault, Faults, Framing, Hold, Times};
pub use record::{REMEMBERED, REMEMBERED_BYTES, Recorded};
pub use store::Store;

use serve::Shared;

/// A registry that runs until it is dropped.
#[derive(Debug)]
pub struct FakeRegistry {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

impl FakeRegistry {
    /// Starts an empty registry on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// If there is no port to listen on.
    pub async fn start(behaviour: Behaviour) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::new(behaviour));
        let task = tokio::spawn(serve::listen(listener, Arc::clone(&shared)));
        Ok(Self { address, shared, task })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// `http://127.0.0.1:PORT`.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What it holds.
    pub fn store(&self) -> &Store {
        &self.shared.store
    }

    /// What goes wrong.
    pub fn faults(&self) -> &Faults {
        &self.shared.faults
    }

    /// Every request so far, the oldest first; of very many, the last [`REMEMBERED`] or
    /// [`REMEMBERED_BYTES`].
    pub fn requests(&self) -> Vec<Recorded> {
        self.shared.record.all()
    }

    /// Forgets the requests so far.
    pub fn clear_requests(&self) {
        self.shared.record.clear();
    }

    /// Ends it. Afterwards its port is closed and every connection broken off.
    pub async fn shutdown(mut self) {
        self.task.abort();
        // It was aborted, so its only outcome is that.
        let _ = (&mut self.task).await;
    }
}

impl Drop for FakeRegistry {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Locks what cannot be left half changed: every change under a lock here is a single step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
