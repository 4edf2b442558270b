//! What may the UI ask?
//!
//! [`operations`] is the whole contract: each call has one reply, each watch a stream of events. Both hosts
//! answer the same list; an operation that a backend does not implement does not compile.

mod blob;
mod body;
mod browse;
mod error;
#[cfg(test)]
mod examples;
#[cfg(feature = "host")]
mod host;
mod inspect;
mod logins;
mod look;
pub mod operations;
mod registries;
mod save;
mod settings;
mod tour;
mod trace;

pub use blob::{BlobReading, HeadBlob, HeadedBlob, LONGEST_BLOB, ReadBlob};
pub use body::Body;
pub use browse::{ListRepositories, ListTags, RepositoryBatch, TagBatch};
pub use error::{Code, Error, Stage};
#[cfg(feature = "host")]
pub use host::{FrameStream, answer, watch};
pub use inspect::{Expected, Inspect, Inspection, Served};
pub use logins::{
    ChooseLogin, ExplainLogin, LoginAccount, LoginChoice, LoginLook, LoginMatch, LoginOutcome, LoginShown,
    LoginSource, LoginStep, LoginVerdict,
};
pub use look::{CreatedFrom, Head, Headed, Summarize, Summary};
#[cfg(feature = "host")]
pub use operations::Backend;
pub use operations::{Call, Frame, Operation, OperationKind, Watch};
pub use registries::{
    AddRegistry, CheckRegistry, ListRegistries, Registries, RegistryCheck, RegistryEntry, RegistryKind,
    RemoveRegistry, Transport,
};
pub use save::{Save, SaveProgress, SaveWhat};
pub use settings::{
    ActionKeys, ChangeSettings, MOST_KEYS, Pin, ReadSettings, Recent, Settings, SettingsChange,
    SettingsNotice,
};
pub use tour::{ListTour, Tour, TourStop};
pub use trace::{Connection, Exchange, Exchanges, Header, ListExchanges, Outcome};
