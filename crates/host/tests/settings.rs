//! Does what the user changes through one host reach the other one, and the next start?
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, wherever it does")]

use std::{fs, path::Path};

use api::{
    AddRegistry, Backend, ChangeSettings, ListRegistries, Pin, ReadSettings, SettingsChange, SettingsNotice,
    Transport,
};
use host::{Composed, Folders, Samples, Setup, compose};

async fn start(home: &Path) -> Composed {
    let folder = |name: &str| home.join(name).join("ociscope");
    let folders = Folders { config: folder("config"), state: folder("state"), cache: folder("cache") };
    compose(Setup { samples: Samples::LeftOut, added: Vec::new(), folders: Some(folders) }).await.unwrap()
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
