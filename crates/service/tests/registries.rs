//! Which registries are known, and who may change that?
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::mpsc;

use api::{
    AddRegistry, Backend, CheckRegistry, Code, Error, Inspect, ListExchanges, ListRegistries,
    ListRepositories, ListTags, RegistryEntry, RegistryKind, RemoveRegistry, Transport,
};
use futures_util::StreamExt;
use oci::Host;
use registry::Client;
use service::{Change, MOST_REGISTRIES, Options, SampleRegistry, Service};

fn host(text: &str) -> Host {
    text.parse().unwrap()
}

fn plain(name: &str) -> AddRegistry {
    AddRegistry { name: host(name), address: None, transport: Transport::Auto }
}

fn alias(name: &str, address: &str) -> AddRegistry {
    AddRegistry { address: Some(host(address)), ..plain(name) }
}

/// A service with one sample.
fn service(added: Vec<AddRegistry>) -> Result<Service, Error> {
    let sample = SampleRegistry {
        name: host("old.sample"),
        address: host("127.0.0.1:41002"),
        about: "As it was.".to_owned(),
    };
    let client = Client::new(registry::Options::default()).unwrap();
    Service::new(Options { samples: vec![sample], added, ..Options::new(client) })
}

async fn known(service: &Service) -> Vec<RegistryEntry> {
    service.list_registries(ListRegistries {}).await.unwrap().registries
}

async fn names(service: &Service) -> Vec<String> {
    known(service).await.into_iter().map(|entry| entry.name.to_string()).collect()
}

#[track_caller]
fn refused<T: std::fmt::Debug>(outcome: Result<T, Error>, part: &str) {
    let error = outcome.unwrap_err();
    assert_eq!(error.code, Code::BadRequest);
    assert!(error.message.contains(part), "{}", error.message);
}

#[tokio::test]
async fn samples_come_first_and_say_what_they_are() {
    let service = service(vec![plain("ghcr.io"), plain("127.0.0.1:5000")]).unwrap();
    assert_eq!(names(&service).await, ["old.sample", "ghcr.io", "127.0.0.1:5000"]);
    let sample = known(&service).await.remove(0);
    assert_eq!((sample.kind, sample.transport), (RegistryKind::Sample, Transport::Http));
    assert_eq!((sample.address.as_str(), sample.about.as_str()), ("127.0.0.1:41002", "As it was."));
}

#[tokio::test]
async fn adding_answers_with_the_entry_and_the_same_name_again_replaces_it_in_its_place() {
    let service = service(vec![plain("a.example"), plain("b.example")]).unwrap();
    let request = AddRegistry { transport: Transport::Http, ..alias("a.example", "10.0.0.7:5000") };
    let entry = service.add_registry(request).await.unwrap();
    assert_eq!(entry.address, host("10.0.0.7:5000"));
    assert_eq!((entry.transport, entry.kind), (Transport::Http, RegistryKind::Added));
    assert_eq!(names(&service).await, ["old.sample", "a.example", "b.example"]);
    assert_eq!(known(&service).await[1], entry);
}

#[tokio::test]
async fn a_sample_can_neither_be_shadowed_nor_removed() {
    let service = service(Vec::new()).unwrap();
    refused(
        service.add_registry(alias("old.sample", "evil.example")).await,
        "old.sample is a sample registry",
    );
    refused(service.remove_registry(RemoveRegistry { name: host("old.sample") }).await, "it stays");
    assert_eq!(known(&service).await[0].address, host("127.0.0.1:41002"));
}

#[test]
fn a_start_with_a_name_that_cannot_be_added_fails() {
    refused(service(vec![alias("old.sample", "evil.example")]).map(|_| ()), "old.sample");
}

/// `intranet/app` is a repository of Docker Hub, so nothing of a registry named `intranet` could be opened.
#[tokio::test]
async fn a_name_that_no_reference_can_begin_with_is_refused() {
    let service = service(Vec::new()).unwrap();
    refused(service.add_registry(plain("intranet")).await, "a dot or a port");
    refused(service.add_registry(alias("intranet", "10.0.0.7:5000")).await, "a dot or a port");
    for name in ["localhost", "intranet:443", "[::1]", "intranet.local"] {
        service.add_registry(plain(name)).await.unwrap();
        let reference: oci::Reference = format!("{name}/app").parse().unwrap();
        assert_eq!(reference.host, host(name));
    }
}

#[tokio::test]
async fn an_address_that_makes_no_url_is_refused() {
    let service = service(Vec::new()).unwrap();
    refused(service.add_registry(plain("1.2.3.400")).await, "1.2.3.400 is no address");
    refused(service.add_registry(alias("a.example", "1.2.3.400")).await, "1.2.3.400 is no address");
}

#[tokio::test]
async fn an_alias_is_for_an_address_and_not_for_another_alias() {
    let service = service(vec![alias("lab.example", "10.0.0.7:5000")]).unwrap();
    refused(service.add_registry(alias("b.example", "lab.example")).await, "give that address instead");
    refused(service.add_registry(alias("b.example", "old.sample")).await, "127.0.0.1:41002");
    service.add_registry(alias("lab.example", "10.0.0.8:5000")).await.expect("it may point elsewhere");
}

#[tokio::test]
async fn what_was_removed_is_gone_and_what_is_not_there_cannot_be_removed() {
    let service = service(vec![plain("a.example"), plain("b.example")]).unwrap();
    let left = service.remove_registry(RemoveRegistry { name: host("a.example") }).await.unwrap();
    assert_eq!(left.registries, known(&service).await);
    assert_eq!(names(&service).await, ["old.sample", "b.example"]);
    let again = service.remove_registry(RemoveRegistry { name: host("a.example") }).await;
    assert_eq!(again.unwrap_err().code, Code::NotAdded);
    let gone = service.check_registry(CheckRegistry { registry: host("a.example") }).await;
    assert_eq!(gone.unwrap_err().code, Code::NotAdded);
}

#[tokio::test]
async fn changes_are_told_and_refusals_are_not() {
    let service = service(vec![plain("a.example")]).unwrap();
    let (tell, told) = mpsc::channel();
    service.tell_changes(move |change| tell.send(change).unwrap());
    service.clone().add_registry(plain("b.example")).await.unwrap();
    service.add_registry(plain("intranet")).await.unwrap_err();
    service.remove_registry(RemoveRegistry { name: host("a.example") }).await.unwrap();
    service.remove_registry(RemoveRegistry { name: host("a.example") }).await.unwrap_err();
    service.remove_registry(RemoveRegistry { name: host("old.sample") }).await.unwrap_err();
    let told: Vec<_> = told.try_iter().collect();
    assert_eq!(told, [Change::Added(plain("b.example")), Change::Removed(host("a.example"))]);
}

#[tokio::test]
async fn the_list_is_bounded() {
    let added = (2..=MOST_REGISTRIES).map(|n| plain(&format!("r{n}.example"))).collect();
    let service = service(added).unwrap();
    assert_eq!(known(&service).await.len(), MOST_REGISTRIES);
    refused(service.add_registry(plain("more.example")).await, "remove one of them first");
    service.add_registry(plain("r2.example")).await.expect("replacing needs no room");
}

/// Neither a name that was never added, nor the address behind an alias, nor a sample's address.
#[tokio::test]
async fn what_was_not_added_is_not_contacted() {
    let service = service(vec![alias("lab.example", "127.0.0.1:9")]).unwrap();
    for name in ["ghcr.io", "127.0.0.1:9", "127.0.0.1:41002", "docker.io"] {
        let registry = host(name);
        let repository: oci::RepositoryName = "a/b".parse().unwrap();
        let mut errors = Vec::new();
        errors.push(service.check_registry(CheckRegistry { registry: registry.clone() }).await.unwrap_err());
        let reference = format!("{name}/a/b:1").parse().unwrap();
        errors.push(service.inspect(Inspect::new(reference)).await.unwrap_err());
        let list: Vec<_> =
            service.list_repositories(ListRepositories { registry: registry.clone() }).collect().await;
        errors.extend(list.into_iter().map(|event| event.unwrap_err()));
        let list: Vec<_> = service.list_tags(ListTags { registry, repository }).collect().await;
        errors.extend(list.into_iter().map(|event| event.unwrap_err()));
        assert_eq!(errors.len(), 4);
        for error in errors {
            assert_eq!(error.code, Code::NotAdded);
            assert!(
                error.message.starts_with(&format!("{name} is not among the registries")),
                "{}",
                error.message
            );
            assert!(error.message.ends_with("add it first."), "{}", error.message);
        }
    }
    let sent = service.list_exchanges(ListExchanges { registry: None }).await.unwrap();
    assert_eq!((sent.exchanges.len(), sent.in_flight), (0, 0));
}
