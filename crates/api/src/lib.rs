//! What may the UI ask?
//!
//! [`operations`] is the whole contract: each call has one reply, each watch a stream of events. Both hosts
//! answer the same list; an operation that a backend does not implement does not compile.

mod body;
mod browse;
mod error;
#[cfg(test)]
mod examples;
#[cfg(feature = "host")]
mod host;
mod inspect;
pub mod operations;
mod registries;
mod trace;

pub use body::Body;
pub use browse::{ListRepositories, ListTags, RepositoryBatch, TagBatch};
pub use error::{Code, Error, Stage};
#[cfg(feature = "host")]
pub use host::{FrameStream, answer, watch};
pub use inspect::{Inspect, Inspection, Served};
#[cfg(feature = "host")]
pub use operations::Backend;
pub use operations::{Call, Frame, Operation, OperationKind, Watch};
pub use registries::{
    AddRegistry, CheckRegistry, ListRegistries, Registries, RegistryCheck, RegistryEntry, RegistryKind,
    RemoveRegistry, Transport,
};
pub use trace::{Connection, Exchange, Exchanges, Header, ListExchanges, Outcome};
