//! Which addresses does a name have? The system's resolver, timed.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use futures_util::future::BoxFuture;
use oci::is_link_local;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::Clock;
use crate::connection::NOTES;

/// Looks a name up, and notes the time in the exchange that asked.
pub(crate) struct Resolver {
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) lookup: Lookup,
}

/// Who is asked for the addresses of a name.
pub(crate) type Lookup = fn(String) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>>;

/// The system's resolver.
pub(crate) fn system(name: String) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>> {
    Box::pin(async move { Ok(tokio::net::lookup_host((name, 0)).await?.collect()) })
}

/// Why a name gave no address to connect to.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DnsError {
    #[error("the name has no address")]
    Empty,
    #[error("the look-up failed: {0}")]
    Failed(io::Error),
    #[error(
        "the name leads to the link-local address {0}, where nothing that a registry sends to has any business"
    )]
    LinkLocal(IpAddr),
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let clock = Arc::clone(&self.clock);
        let looking = (self.lookup)(name.as_str().to_owned());
        let notes = NOTES.try_with(Arc::clone).ok();
        Box::pin(async move {
            let started = clock.elapsed();
            let found = looking.await.map_err(DnsError::Failed);
            if let Some(notes) = &notes {
                notes.resolved(clock.elapsed().saturating_sub(started));
            }
            let found = found?;
            let guarded = notes.is_some_and(|notes| notes.guarded.as_deref() == Some(name.as_str()));
            match found.iter().find(|address| is_link_local(address.ip())) {
                Some(address) if guarded => Err(DnsError::LinkLocal(address.ip()).into()),
                _ if found.is_empty() => Err(DnsError::Empty.into()),
                _ => Ok(Box::new(found.into_iter()) as Addrs),
            }
        })
    }
}
