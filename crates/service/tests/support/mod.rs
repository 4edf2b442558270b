//! One fake registry, and a service that has added it.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, SystemTime},
};

use api::{
    AddRegistry, Backend, Error, Inspect, Inspection, ListRepositories, ListTags, RepositoryBatch, TagBatch,
    Transport,
};
use fake_registry::{Behaviour, FakeRegistry, Fault, Times};
use futures_util::{StreamExt, future::BoxFuture};
use oci::{Host, Reference};
use registry::{Client, Clock, SystemClock};
use service::{Options, Service};

/// The repository that most tests use.
pub(crate) const REPOSITORY: &str = "demo/app";

/// The real time, but pauses before a retry take none.
struct Hurried(SystemClock);

impl Clock for Hurried {
    fn now(&self) -> SystemTime {
        self.0.now()
    }

    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::ready(()))
    }

    fn limit(&self, limit: Duration) -> BoxFuture<'static, ()> {
        self.0.limit(limit)
    }

    fn chance(&self) -> f64 {
        0.5
    }
}

pub(crate) struct Lab {
    pub(crate) fake: FakeRegistry,
    pub(crate) service: Service,
}

impl Lab {
    pub(crate) async fn start() -> Self {
        Self::of(Behaviour::default()).await
    }

    pub(crate) async fn of(behaviour: Behaviour) -> Self {
        let fake = FakeRegistry::start(behaviour).await.unwrap();
        let name: Host = fake.address().to_string().parse().unwrap();
        let service = service(vec![AddRegistry { name, address: None, transport: Transport::Http }]);
        Self { fake, service }
    }

    /// One whose saves go through this folder.
    pub(crate) async fn saving(folder: &Path) -> Self {
        let fake = FakeRegistry::start(Behaviour::default()).await.unwrap();
        let name: Host = fake.address().to_string().parse().unwrap();
        let added = vec![AddRegistry { name, address: None, transport: Transport::Http }];
        let options = Options { added, saves: Some(folder.to_owned()), ..Options::new(hurried()) };
        Self { fake, service: Service::new(options).unwrap() }
    }

    pub(crate) fn host(&self) -> Host {
        self.fake.address().to_string().parse().unwrap()
    }

    pub(crate) fn reference(&self, tag: &str) -> Reference {
        format!("{}/{REPOSITORY}:{tag}", self.fake.address()).parse().unwrap()
    }

    pub(crate) fn push(&self, tag: &str, content_type: &str, bytes: &[u8]) {
        self.fake.store().put_manifest(REPOSITORY, Some(tag), content_type, bytes);
    }

    /// From now on every GET whose path has this text is answered so.
    pub(crate) fn fault(&self, path: &str, fault: Fault) {
        self.fake.faults().on("GET", path, fault, Times::Always);
    }

    pub(crate) async fn inspect(&self, tag: &str) -> Result<Inspection, Error> {
        self.service.inspect(Inspect::new(self.reference(tag))).await
    }

    pub(crate) fn list_tags(&self) -> ListTags {
        ListTags { registry: self.host(), repository: REPOSITORY.parse().unwrap() }
    }

    /// Every event of the list of tags.
    pub(crate) async fn tags(&self) -> Vec<Result<TagBatch, Error>> {
        self.service.list_tags(self.list_tags()).collect().await
    }

    /// Every event of the list of repositories.
    pub(crate) async fn repositories(&self) -> Vec<Result<RepositoryBatch, Error>> {
        self.service.list_repositories(ListRepositories { registry: self.host() }).collect().await
    }

    /// Method and path of each request so far, with its query.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.fake.requests().iter().map(|request| format!("{} {}", request.method, request.path)).collect()
    }
}

pub(crate) fn service(added: Vec<AddRegistry>) -> Service {
    Service::new(Options { added, ..Options::new(hurried()) }).unwrap()
}

fn hurried() -> Client {
    let clock = Arc::new(Hurried(SystemClock::default()));
    Client::new(registry::Options { clock, ..registry::Options::default() }).unwrap()
}
