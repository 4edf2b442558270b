//! What does the application do? It answers the operations of [`api`], for both hosts.
//!
//! One file answers one question; this one only says who answers which operation. Time is never asked for here: it
//! comes with each exchange from the client's clock.

mod blob;
mod browse;
mod check;
mod compare;
mod created;
mod error;
mod exchanges;
mod flights;
mod follow;
mod head;
mod inspect;
mod keys;
mod limit;
mod logins;
mod lru;
mod memory;
mod read;
mod registries;
mod save;
mod settings;
mod summarize;
mod text;
mod trusts;

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use api::{
    AddRegistry, Backend, BlobReading, ChangeSettings, CheckRegistry, ChooseLogin, Error, Exchanges,
    ExplainLogin, Head, HeadBlob, Headed, HeadedBlob, Inspect, Inspection, ListExchanges, ListRegistries,
    ListRepositories, ListTags, ListTour, LoginAccount, ReadBlob, ReadSettings, Registries, RegistryCheck,
    RegistryEntry, RemoveRegistry, RepositoryBatch, Save, SaveProgress, Settings, Summarize, Summary,
    TagBatch, Tour, TourStop,
};
use futures_util::Stream;
use oci::Host;
use registry::Client;

pub use keys::{MOST_KEYED, is_keyed};
pub use limit::MOST_AT_ONCE;
pub use logins::{Logins, NoLogins};
pub use registries::{MOST_REGISTRIES, SampleRegistry};
pub use save::SavedFile;
pub use settings::{InMemory, Keep, KeptRegistries, MOST_PINS, MOST_RECENTS, apply};
pub use trusts::{OfTheSystem, Trusts};

/// What a service starts with.
pub struct Options {
    /// Asks the registries.
    pub client: Client,
    /// The sample registries that the host serves.
    pub samples: Vec<SampleRegistry>,
    /// What there is to see in them, in the order of a walk.
    pub tour: Vec<TourStop>,
    /// The registries that were named at this start: they count for as long as it lasts, whatever the keeper of the
    /// settings says of them.
    pub added: Vec<AddRegistry>,
    /// Keeps the settings of this user.
    pub settings: Arc<dyn Keep>,
    /// What connections to registries rest on, beyond what the system trusts.
    pub trusts: Arc<dyn Trusts>,
    /// Where logins come from: what `client` was given, as far as it can be told.
    pub logins: Arc<dyn Logins>,
    /// The folder that saves go through; without one nothing can be saved.
    pub saves: Option<PathBuf>,
}

impl Options {
    /// Options for this client, with no registry yet, settings that last until the host ends, and no saving.
    pub fn new(client: Client) -> Self {
        let settings = Arc::new(InMemory::default());
        Self {
            client,
            samples: Vec::new(),
            tour: Vec::new(),
            added: Vec::new(),
            settings,
            trusts: Arc::new(OfTheSystem),
            logins: Arc::new(NoLogins),
            saves: None,
        }
    }
}

/// Answers the operations. Cheap to clone; clones are the same.
#[derive(Clone)]
pub struct Service(Arc<Shared>);

/// What all operations share.
pub(crate) struct Shared {
    pub(crate) client: Client,
    pub(crate) known: registries::Known,
    pub(crate) logins: Arc<dyn Logins>,
    pub(crate) limit: limit::Limit,
    pub(crate) saving: limit::Limit,
    pub(crate) memory: memory::Memory,
    pub(crate) flights: flights::Flights<memory::ContentKey>,
    pub(crate) saves: Option<PathBuf>,
    pub(crate) tickets: save::Tickets,
    settings: Arc<dyn Keep>,
    followed: follow::Followed,
    tour: Tour,
    tell: OnceLock<Tell>,
}

/// Who is told about a change of the list of registries.
type Tell = Box<dyn Fn(Change) + Send + Sync>;

/// One change that the user made to the list of registries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// This one was added, or replaced.
    Added(AddRegistry),
    /// The one of this name was removed.
    Removed(Host),
}

impl Service {
    /// A service over a client. Nothing is sent yet.
    ///
    /// # Errors
    /// [`api::Code::BadRequest`] where a registry of the options cannot be added: see `add_registry`.
    pub fn new(options: Options) -> Result<Self, Error> {
        let known = registries::Known::new(&options.samples, options.trusts)?;
        let named = options.added.iter().map(|registry| registry.name.clone()).collect();
        for request in options.added {
            known.add(request)?;
        }
        if let Some(folder) = &options.saves {
            save::clear_old(folder, options.client.clock().now());
        }
        Ok(Self(Arc::new(Shared {
            client: options.client,
            known,
            logins: options.logins,
            limit: limit::Limit::of(MOST_AT_ONCE),
            saving: limit::Limit::of(limit::MOST_SAVES),
            memory: memory::Memory::default(),
            flights: flights::Flights::default(),
            saves: options.saves,
            tickets: save::Tickets::default(),
            settings: options.settings,
            followed: follow::Followed::without(named),
            tour: Tour { stops: options.tour },
            tell: OnceLock::new(),
        })))
    }

    /// Tells of every change that the user makes to the list of registries, once it is made: a host keeps them
    /// beyond its own end. Only the first that is given here is told.
    pub fn tell_changes(&self, tell: impl Fn(Change) + Send + Sync + 'static) {
        let _ = self.0.tell.set(Box::new(tell));
    }

    /// The file that a ticket of the last event of `save` stands for: once. Whoever takes it moves or deletes it.
    pub fn take_saved(&self, ticket: &str) -> Option<SavedFile> {
        self.0.tickets.take(ticket)
    }

    fn tell(&self, change: Change) {
        if let Some(tell) = self.0.tell.get() {
            tell(change);
        }
    }
}

impl Backend for Service {
    async fn list_registries(&self, _: ListRegistries) -> Result<Registries, Error> {
        let shared = Arc::clone(&self.0);
        let looked = move |keeper: &dyn Keep| {
            shared.followed.look(keeper, &shared.known, &shared.memory);
            Ok(shared.known.all())
        };
        settings::asked(&self.0.settings, looked).await
    }

    async fn add_registry(&self, request: AddRegistry) -> Result<RegistryEntry, Error> {
        let _changing = self.0.followed.changing();
        let entry = self.0.known.add(request.clone())?;
        // The name may have meant another registry before.
        self.0.memory.forget(&entry.name);
        self.tell(Change::Added(request));
        Ok(entry)
    }

    async fn remove_registry(&self, request: RemoveRegistry) -> Result<Registries, Error> {
        let _changing = self.0.followed.changing();
        let left = self.0.known.remove(&request.name)?;
        self.0.memory.forget(&request.name);
        self.tell(Change::Removed(request.name));
        Ok(left)
    }

    async fn check_registry(&self, request: CheckRegistry) -> Result<RegistryCheck, Error> {
        check::check(&self.0, request).await
    }

    async fn explain_login(&self, request: ExplainLogin) -> Result<LoginAccount, Error> {
        logins::explain(&self.0, request).await
    }

    async fn choose_login(&self, request: ChooseLogin) -> Result<LoginAccount, Error> {
        logins::choose(&self.0, request).await
    }

    async fn inspect(&self, request: Inspect) -> Result<Inspection, Error> {
        inspect::inspect(&self.0, request).await
    }

    async fn head(&self, request: Head) -> Result<Headed, Error> {
        head::head(&self.0, request).await
    }

    async fn summarize(&self, request: Summarize) -> Result<Summary, Error> {
        summarize::summarize(&self.0, request).await
    }

    async fn head_blob(&self, request: HeadBlob) -> Result<HeadedBlob, Error> {
        blob::head(&self.0, request).await
    }

    async fn read_blob(&self, request: ReadBlob) -> Result<BlobReading, Error> {
        blob::read(&self.0, request).await
    }

    async fn read_settings(&self, _: ReadSettings) -> Result<Settings, Error> {
        settings::asked(&self.0.settings, |keeper| Ok(keeper.read())).await
    }

    async fn change_settings(&self, request: ChangeSettings) -> Result<Settings, Error> {
        settings::asked(&self.0.settings, |keeper| keeper.change(request.change)).await
    }

    async fn list_tour(&self, _: ListTour) -> Result<Tour, Error> {
        Ok(self.0.tour.clone())
    }

    async fn list_exchanges(&self, request: ListExchanges) -> Result<Exchanges, Error> {
        Ok(exchanges::latest(self.0.client.trace(), &request))
    }

    fn list_repositories(
        &self,
        request: ListRepositories,
    ) -> impl Stream<Item = Result<RepositoryBatch, Error>> + Send + 'static {
        browse::repositories(self.0.clone(), request)
    }

    fn list_tags(&self, request: ListTags) -> impl Stream<Item = Result<TagBatch, Error>> + Send + 'static {
        browse::tags(self.0.clone(), request)
    }

    fn save(&self, request: Save) -> impl Stream<Item = Result<SaveProgress, Error>> + Send + 'static {
        save::save(self.0.clone(), request)
    }
}
