//! A backend without a network: some answers, one that never ends, one that panics.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use api::{
    AddRegistry, Backend, BlobReading, ChangeSettings, CheckRegistry, ChooseLogin, Code, Error, Exchanges,
    ExplainLogin, Head, HeadBlob, Headed, HeadedBlob, Inspect, Inspection, ListExchanges, ListRegistries,
    ListRepositories, ListTags, ListTour, LoginAccount, ReadBlob, ReadSettings, Registries, RegistryCheck,
    RegistryEntry, RegistryKind, RemoveRegistry, RepositoryBatch, Save, SaveProgress, Settings, Summarize,
    Summary, TagBatch, Tour,
};
use futures_util::{Stream, StreamExt, stream};
use host::{Saved, Saves};
use tokio::sync::Semaphore;

/// Answers as each method says, and counts what it did.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stub(Arc<Seen>);

/// What the stub saw.
#[derive(Debug)]
pub(crate) struct Seen {
    calls: AtomicUsize,
    /// The files that it hands out, by ticket.
    saved: Mutex<HashMap<String, Saved>>,
    /// One permit for each endless piece of work that was started.
    started: Semaphore,
    /// One permit for each endless piece of work that was dropped.
    dropped: Semaphore,
}

impl Default for Seen {
    fn default() -> Self {
        Self {
            calls: AtomicUsize::new(0),
            saved: Mutex::default(),
            started: Semaphore::new(0),
            dropped: Semaphore::new(0),
        }
    }
}

impl Stub {
    /// How many calls and watches reached it.
    pub(crate) fn calls(&self) -> usize {
        self.0.calls.load(Ordering::SeqCst)
    }

    /// Waits until one more piece of endless work was dropped.
    pub(crate) async fn dropped(&self) {
        soon(&self.0.dropped).await;
    }

    /// Waits until one more piece of endless work was started.
    pub(crate) async fn started(&self) {
        soon(&self.0.started).await;
    }

    /// Hands out this file for this ticket.
    #[allow(dead_code, reason = "not every test program saves")]
    pub(crate) fn keep_saved(&self, ticket: &str, saved: Saved) {
        self.0.saved.lock().unwrap().insert(ticket.to_owned(), saved);
    }

    fn count(&self) {
        self.0.calls.fetch_add(1, Ordering::SeqCst);
    }

    fn endless(&self) -> Endless {
        self.0.started.add_permits(1);
        Endless(self.0.clone())
    }
}

/// Takes a permit when there is one. Half a minute without one means that there never will be.
async fn soon(permits: &Semaphore) {
    let permit = tokio::time::timeout(Duration::from_secs(30), permits.acquire()).await;
    permit.expect("it did not happen").expect("never closed").forget();
}

struct Endless(Arc<Seen>);

impl Drop for Endless {
    fn drop(&mut self) {
        self.0.dropped.add_permits(1);
    }
}

impl Backend for Stub {
    /// Answers: none.
    async fn list_registries(&self, _: ListRegistries) -> Result<Registries, Error> {
        self.count();
        Ok(Registries::default())
    }

    /// Fails.
    async fn explain_login(&self, _: ExplainLogin) -> Result<LoginAccount, Error> {
        self.count();
        Err(Error::new(Code::Internal, "the stub has no logins"))
    }

    /// Fails.
    async fn choose_login(&self, _: ChooseLogin) -> Result<LoginAccount, Error> {
        self.count();
        Err(Error::new(Code::Internal, "the stub has no logins"))
    }

    /// Answers what was asked.
    async fn add_registry(&self, request: AddRegistry) -> Result<RegistryEntry, Error> {
        self.count();
        Ok(RegistryEntry {
            address: request.address.unwrap_or_else(|| request.name.clone()),
            name: request.name,
            transport: request.transport,
            kind: RegistryKind::Added,
            about: String::new(),
        })
    }

    /// Panics.
    async fn remove_registry(&self, _: RemoveRegistry) -> Result<Registries, Error> {
        self.count();
        panic!("the stub was asked to panic")
    }

    /// Never answers; says when it is dropped.
    async fn check_registry(&self, _: CheckRegistry) -> Result<RegistryCheck, Error> {
        self.count();
        let _endless = self.endless();
        std::future::pending().await
    }

    /// Fails: the host was not added.
    async fn inspect(&self, _: Inspect) -> Result<Inspection, Error> {
        self.count();
        Err(Error::new(Code::NotAdded, "not added"))
    }

    /// Fails: there is no such manifest.
    async fn head(&self, _: Head) -> Result<Headed, Error> {
        self.count();
        Err(Error::new(Code::ManifestNotFound, "no such manifest"))
    }

    /// Fails: there is no such manifest.
    async fn summarize(&self, _: Summarize) -> Result<Summary, Error> {
        self.count();
        Err(Error::new(Code::ManifestNotFound, "no such manifest"))
    }

    /// Fails: there is no such blob.
    async fn head_blob(&self, _: HeadBlob) -> Result<HeadedBlob, Error> {
        self.count();
        Err(Error::new(Code::ManifestNotFound, "no such blob"))
    }

    /// Fails: it is too large.
    async fn read_blob(&self, _: ReadBlob) -> Result<BlobReading, Error> {
        self.count();
        Err(Error::new(Code::TooLarge, "too large"))
    }

    /// Answers: nothing was ever changed.
    async fn read_settings(&self, _: ReadSettings) -> Result<Settings, Error> {
        self.count();
        Ok(Settings::default())
    }

    /// Answers: nothing was changed.
    async fn change_settings(&self, _: ChangeSettings) -> Result<Settings, Error> {
        self.count();
        Ok(Settings::default())
    }

    /// Answers: there is nothing to see.
    async fn list_tour(&self, _: ListTour) -> Result<Tour, Error> {
        self.count();
        Ok(Tour::default())
    }

    /// Fails: needs a login.
    async fn list_exchanges(&self, _: ListExchanges) -> Result<Exchanges, Error> {
        self.count();
        Err(Error::new(Code::AuthNeeded, "log in"))
    }

    /// Two pages, the second is the last. `early.example` stops after the first.
    /// `panic.example` panics after the first; `failing.example` fails after it.
    fn list_repositories(
        &self,
        request: ListRepositories,
    ) -> impl Stream<Item = Result<RepositoryBatch, Error>> + Send + 'static {
        self.count();
        let page = |page, name: &str, complete| RepositoryBatch {
            repositories: vec![name.to_owned()],
            page,
            complete,
            findings: Vec::new(),
        };
        let registry = request.registry.as_str().to_owned();
        let last = page(2, "two", true);
        stream::iter([Ok(page(1, "one", false))]).chain(
            stream::iter((registry != "early.example").then_some(())).map(move |()| {
                match registry.as_str() {
                    "panic.example" => panic!("the stub was asked to panic"),
                    "failing.example" => Err(Error::new(Code::Unreachable, "gone")),
                    _ => Ok(last.clone()),
                }
            }),
        )
    }

    /// One page, and then nothing, for ever; says when it is dropped.
    fn list_tags(&self, _: ListTags) -> impl Stream<Item = Result<TagBatch, Error>> + Send + 'static {
        self.count();
        let endless = self.endless();
        let first = TagBatch { tags: vec!["1.0".to_owned()], page: 1, complete: false, findings: Vec::new() };
        stream::iter([Ok(first)]).chain(stream::pending()).map(move |page| {
            let _kept = &endless;
            page
        })
    }

    /// Fails at once.
    fn save(&self, _: Save) -> impl Stream<Item = Result<SaveProgress, Error>> + Send + 'static {
        self.count();
        stream::iter([Err(Error::new(Code::Unreachable, "gone"))])
    }
}

impl Saves for Stub {
    fn take_saved(&self, ticket: &str) -> Option<Saved> {
        self.0.saved.lock().unwrap().remove(ticket)
    }
}
