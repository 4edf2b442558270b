//! Does what the user changes through one host reach the other one, and the next start?
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, wherever it does")]

use std::{fs, path::Path};

use api::{
    AddRegistry, Backend, ChangeSettings, ListRegistries, Pin, ReadSettings, RemoveRegistry, SettingsChange,
    SettingsNotice, Transport,
};
use host::{Composed, Folders, Samples, Setup, compose};

fn folders(home: &Path) -> Folders {
    let folder = |name: &str| home.join(name).join("ociscope");
    Folders { config: folder("config"), state: folder("state"), cache: folder("cache") }
}

async fn start(home: &Path) -> Composed {
    let folders = Some(folders(home));
    compose(Setup {
        samples: Samples::LeftOut,
        added: Vec::new(),
        folders,
        certs: Default::default(),
        logins: None,
    })
    .await
    .unwrap()
}

fn pin() -> Pin {
    Pin { registry: "lab.local".parse().unwrap(), repository: Some("team/app".parse().unwrap()) }
}

#[tokio::test]
async fn pins_and_registries_reach_the_other_host_and_the_next_start() {
    let home = tempfile::tempdir().unwrap();
    let (window, web) = (start(home.path()).await.service, start(home.path()).await.service);
    let name: oci::Host = "lab.local".parse().unwrap();
    let added = AddRegistry { name: name.clone(), address: None, transport: Transport::Http };
    window.add_registry(added).await.unwrap();
    window.change_settings(ChangeSettings { change: SettingsChange::Pin(pin()) }).await.unwrap();
    assert_eq!(web.read_settings(ReadSettings {}).await.unwrap().pins, [pin()]);
    let next = start(home.path()).await.service;
    assert_eq!(next.read_settings(ReadSettings {}).await.unwrap().pins, [pin()]);
    let registries = next.list_registries(ListRegistries {}).await.unwrap().registries;
    assert_eq!((registries.len(), &registries[0].name, registries[0].transport), (1, &name, Transport::Http));
}

async fn names(service: &service::Service) -> Vec<String> {
    let list = service.list_registries(ListRegistries {}).await.unwrap().registries;
    list.iter().map(|entry| format!("{}={}", entry.name, entry.address)).collect()
}

fn registry(name: &str, address: &str) -> AddRegistry {
    AddRegistry {
        name: name.parse().unwrap(),
        address: Some(address.parse().unwrap()),
        transport: Transport::Http,
    }
}

#[tokio::test]
async fn what_one_host_adds_changes_and_removes_the_other_one_lists_while_it_runs() {
    let home = tempfile::tempdir().unwrap();
    let (window, web) = (start(home.path()).await.service, start(home.path()).await.service);
    window.add_registry(registry("a.local", "127.0.0.1:1")).await.unwrap();
    web.add_registry(registry("b.local", "127.0.0.1:2")).await.unwrap();
    assert_eq!(names(&web).await, ["b.local=127.0.0.1:2", "a.local=127.0.0.1:1"]);
    assert_eq!(names(&window).await, ["a.local=127.0.0.1:1", "b.local=127.0.0.1:2"]);
    web.add_registry(registry("a.local", "127.0.0.1:3")).await.unwrap();
    web.remove_registry(RemoveRegistry { name: "b.local".parse().unwrap() }).await.unwrap();
    assert_eq!(names(&web).await, ["a.local=127.0.0.1:3"]);
    assert_eq!(names(&window).await, ["a.local=127.0.0.1:3"]);
    let later = start(home.path()).await.service;
    web.remove_registry(RemoveRegistry { name: "a.local".parse().unwrap() }).await.unwrap();
    assert_eq!(names(&later).await, [""; 0], "also what went before it was first asked");
}

#[tokio::test]
async fn what_was_named_at_the_start_stays_and_a_broken_file_removes_nothing() {
    let home = tempfile::tempdir().unwrap();
    let web = start(home.path()).await.service;
    let named = vec![registry("named.local", "127.0.0.1:1")];
    let setup = Setup {
        samples: Samples::LeftOut,
        added: named,
        folders: Some(folders(home.path())),
        certs: Default::default(),
        logins: None,
    };
    let window = compose(setup).await.unwrap().service;
    web.add_registry(registry("named.local", "127.0.0.1:2")).await.unwrap();
    web.add_registry(registry("kept.local", "127.0.0.1:3")).await.unwrap();
    let both = ["named.local=127.0.0.1:1", "kept.local=127.0.0.1:3"];
    assert_eq!(names(&window).await, both);
    web.remove_registry(RemoveRegistry { name: "named.local".parse().unwrap() }).await.unwrap();
    assert_eq!(names(&window).await, both);
    fs::write(home.path().join("config/ociscope/settings.json"), "{\"version\": 1, \"reg").unwrap();
    assert_eq!(names(&window).await, both);
    assert_eq!(names(&web).await, ["kept.local=127.0.0.1:3"]);
}

/// The word about it stands until somebody has read it, and until then both hosts may be in use for long.
#[tokio::test]
async fn after_a_broken_file_the_hosts_follow_each_other_though_nobody_has_read_the_word_about_it() {
    let home = tempfile::tempdir().unwrap();
    let (window, web) = (start(home.path()).await.service, start(home.path()).await.service);
    web.add_registry(registry("lost.local", "127.0.0.1:1")).await.unwrap();
    assert_eq!(names(&window).await, ["lost.local=127.0.0.1:1"]);
    fs::write(home.path().join("config/ociscope/settings.json"), "{\"version\": 1, \"reg").unwrap();
    web.add_registry(registry("new.local", "127.0.0.1:2")).await.unwrap();
    let both = ["lost.local=127.0.0.1:1", "new.local=127.0.0.1:2"];
    assert_eq!(names(&window).await, both, "what is new is there, what was lost nobody removed");
    web.add_registry(registry("newer.local", "127.0.0.1:4")).await.unwrap();
    web.remove_registry(RemoveRegistry { name: "new.local".parse().unwrap() }).await.unwrap();
    assert_eq!(names(&window).await, ["lost.local=127.0.0.1:1", "newer.local=127.0.0.1:4"]);
    let notice = window.read_settings(ReadSettings {}).await.unwrap().notice;
    assert!(matches!(notice, Some(SettingsNotice::Broken { .. })), "{notice:?}");
    window.change_settings(ChangeSettings { change: SettingsChange::DismissNotice }).await.unwrap();
    assert_eq!(names(&window).await, ["lost.local=127.0.0.1:1", "newer.local=127.0.0.1:4"]);
    assert_eq!(names(&web).await, ["lost.local=127.0.0.1:1", "newer.local=127.0.0.1:4"]);
}

#[tokio::test]
async fn a_broken_file_is_told_by_the_service_and_kept() {
    let home = tempfile::tempdir().unwrap();
    let config = home.path().join("config/ociscope");
    fs::create_dir_all(&config).unwrap();
    fs::write(config.join("settings.json"), "{\"version\": 1, \"pins\": [{\"regis").unwrap();
    let service = start(home.path()).await.service;
    let settings = service.read_settings(ReadSettings {}).await.unwrap();
    let Some(SettingsNotice::Broken { kept_as, .. }) = settings.notice else { panic!("no word about it") };
    assert_eq!(fs::read_to_string(kept_as).unwrap(), "{\"version\": 1, \"pins\": [{\"regis");
    let change = SettingsChange::DismissNotice;
    assert_eq!(service.change_settings(ChangeSettings { change }).await.unwrap().notice, None);
}
