//! The one list of operations.
//!
//! To add one: write its request and reply beside their need (`browse`, `inspect`, …), add a line here, and
//! implement it in `service`; the compiler names every place that still lacks it.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    AddRegistry, BlobReading, ChangeSettings, CheckRegistry, ChooseLogin, Error, Exchanges, ExplainLogin,
    Head, HeadBlob, Headed, HeadedBlob, Inspect, Inspection, ListExchanges, ListRegistries, ListRepositories,
    ListTags, ListTour, LoginAccount, ReadBlob, ReadSettings, Registries, RegistryCheck, RegistryEntry,
    RemoveRegistry, RepositoryBatch, Save, SaveProgress, Settings, Summarize, Summary, TagBatch, Tour,
};

/// A request with one reply.
pub trait Call: Serialize + DeserializeOwned + Send + 'static {
    /// The operation's name on the wire.
    const NAME: &'static str;
    /// What comes back.
    type Reply: Serialize + DeserializeOwned + Send + 'static;
}

/// A request whose answer grows, event by event, until it ends or nobody looks any more.
pub trait Watch: Serialize + DeserializeOwned + Send + 'static {
    /// The operation's name on the wire.
    const NAME: &'static str;
    /// One piece of the answer.
    type Event: Serialize + DeserializeOwned + Send + 'static;
}

/// One line of a watch on the wire. A stream that stops without `End` or `Failed` was cut.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frame<E> {
    /// The next event.
    Event(E),
    /// It failed; what came before stays valid. Nothing follows.
    Failed(Error),
    /// It is complete. Nothing follows.
    End,
}

/// Whether an operation has one reply or many events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OperationKind {
    /// One reply.
    Call,
    /// A stream of events.
    Watch,
}

/// One line of the list, as data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operation {
    /// Its name on the wire.
    pub name: &'static str,
    /// Call or watch.
    pub kind: OperationKind,
    /// What it answers: the first line of its documentation.
    pub about: &'static str,
    /// An example as JSON: `{"request": …, "reply": …}` for a call, `{"request": …, "events": […]}` for a watch.
    pub example: &'static str,
}

macro_rules! operations {
    (
        calls { $( #[doc = $call_doc:literal] $call:ident($Request:ident) -> $Reply:ident; )* }
        watches { $( #[doc = $watch_doc:literal] $watch:ident($Asked:ident) -> $Event:ident; )* }
    ) => {
        $( impl Call for $Request { const NAME: &'static str = stringify!($call); type Reply = $Reply; } )*
        $( impl Watch for $Asked { const NAME: &'static str = stringify!($watch); type Event = $Event; } )*

        /// Every operation, in the order of the list.
        pub const ALL: &[Operation] = &[
            $( Operation {
                name: stringify!($call), kind: OperationKind::Call, about: $call_doc.trim_ascii(),
                example: include_str!(concat!("../examples/", stringify!($call), ".json")),
            }, )*
            $( Operation {
                name: stringify!($watch), kind: OperationKind::Watch, about: $watch_doc.trim_ascii(),
                example: include_str!(concat!("../examples/", stringify!($watch), ".json")),
            }, )*
        ];

        /// For each operation, whether an example is one of it.
        #[cfg(test)]
        pub(crate) const CHECKS: &[(&str, crate::examples::Check)] = &[
            $( (stringify!($call), crate::examples::check_call::<$Request>), )*
            $( (stringify!($watch), crate::examples::check_watch::<$Asked>), )*
        ];

        /// What answers the operations: `service` implements it, both hosts are generic over it.
        #[cfg(feature = "host")]
        pub trait Backend: Send + Sync + 'static {
            $(
                #[doc = $call_doc]
                fn $call(&self, request: $Request) -> impl Future<Output = Result<$Reply, Error>> + Send;
            )*
            $(
                #[doc = $watch_doc]
                fn $watch(&self, request: $Asked)
                -> impl futures_core::Stream<Item = Result<$Event, Error>> + Send + 'static;
            )*
        }

        #[cfg(feature = "host")]
        pub(crate) async fn dispatch_call<B: Backend>(
            backend: &B, name: &str, body: &[u8],
        ) -> Result<Vec<u8>, Error> {
            match name {
                $( stringify!($call) => {
                    crate::host::encode(&backend.$call(crate::host::decode(name, body)?).await?)
                } )*
                _ => Err(crate::host::unknown(name, OperationKind::Call)),
            }
        }

        #[cfg(feature = "host")]
        pub(crate) fn dispatch_watch<B: Backend>(
            backend: &B, name: &str, body: &[u8],
        ) -> Result<crate::FrameStream, Error> {
            match name {
                $( stringify!($watch) => {
                    let asked = crate::host::decode(name, body)?;
                    Ok(crate::host::frames(stringify!($watch), backend.$watch(asked)))
                } )*
                _ => Err(crate::host::unknown(name, OperationKind::Watch)),
            }
        }
    };
}

operations! {
    calls {
        /// Lists the registries that the user has added, and the samples that this host serves.
        list_registries(ListRegistries) -> Registries;
        /// Adds a registry by name; from then on this host may contact it.
        add_registry(AddRegistry) -> RegistryEntry;
        /// Forgets a registry; this host contacts it no more.
        remove_registry(RemoveRegistry) -> Registries;
        /// Asks a registry whether it speaks the distribution protocol.
        check_registry(CheckRegistry) -> RegistryCheck;
        /// Tells which login is used for a registry or repository, and why: every source, and none of the secrets.
        explain_login(ExplainLogin) -> LoginAccount;
        /// Says which login is wanted for a registry until this host ends, or none; then tells what that gives.
        choose_login(ChooseLogin) -> LoginAccount;
        /// Reads one manifest or index: its exact bytes, what they mean, and whether they are what was asked for.
        inspect(Inspect) -> Inspection;
        /// Asks for a manifest's digest and type, without its bytes.
        head(Head) -> Headed;
        /// Summarises a manifest for a row of a list: what it is, its platforms, its size, when it was made.
        summarize(Summarize) -> Summary;
        /// Asks whether a repository has a blob, and for its length, without its bytes.
        head_blob(HeadBlob) -> HeadedBlob;
        /// Reads a small blob whole, such as a config: its exact bytes, and whether they are what was asked for.
        read_blob(ReadBlob) -> BlobReading;
        /// Lists the latest exchanges with registries, newest last, with secrets left out.
        list_exchanges(ListExchanges) -> Exchanges;
        /// Reads what this user wants to be remembered: pins, recents, choices.
        read_settings(ReadSettings) -> Settings;
        /// Changes what is remembered.
        change_settings(ChangeSettings) -> Settings;
        /// Lists what there is to see in the sample registries.
        list_tour(ListTour) -> Tour;
    }
    watches {
        /// Lists the repositories of a registry, page by page, in the registry's own order.
        list_repositories(ListRepositories) -> RepositoryBatch;
        /// Lists the tags of a repository, page by page, in the registry's own order.
        list_tags(ListTags) -> TagBatch;
        /// Fetches a manifest or a blob for saving, verified; the last event has the ticket for the file.
        save(Save) -> SaveProgress;
    }
}
