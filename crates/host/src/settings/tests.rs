//! What is in the file after which change, and what stands there that is no settings?

use std::collections::BTreeMap;
use std::thread::{scope, sleep};
use std::time::Duration;

use api::{ActionKeys, Pin, Recent, Transport};
use serde_json::{Value, json};

use super::*;

struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn config(&self) -> PathBuf {
        self.0.path().canonicalize().unwrap().join("config/ociscope")
    }

    fn state(&self) -> PathBuf {
        self.0.path().join("state/ociscope")
    }

    fn path(&self) -> PathBuf {
        self.config().join("settings.json")
    }

    /// A host that starts.
    fn start(&self) -> Kept {
        Kept::in_folder(&self.config(), Some(&self.state()))
    }

    fn write(&self, text: impl AsRef<[u8]>) {
        fs::create_dir_all(self.config()).unwrap();
        fs::write(self.path(), text).unwrap();
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&fs::read(self.path()).unwrap()).unwrap()
    }

    fn broken_ones(&self) -> Vec<PathBuf> {
        let names = fs::read_dir(self.config()).unwrap().map(|it| it.unwrap().path());
        names.filter(|it| it.to_str().unwrap().contains("settings.json.broken-")).collect()
    }
}

fn pin(registry: &str) -> Pin {
    Pin { registry: registry.parse().unwrap(), repository: None }
}

fn pins(settings: &Settings) -> Vec<&str> {
    settings.pins.iter().map(|pin| pin.registry.as_str()).collect()
}

fn lab(transport: Transport) -> AddRegistry {
    let host = |text: &str| text.parse().unwrap();
    AddRegistry { name: host("lab.local"), address: Some(host("10.0.0.7:5000")), transport }
}

fn visit(nth: u32) -> SettingsChange {
    SettingsChange::Visited(Recent {
        reference: format!("a.example/app:{nth}").parse().unwrap(),
        digest: oci::Digest::sha256(&nth.to_be_bytes()),
        outline: oci::Outline::default(),
    })
}

fn keys(action: &str, keys: Option<&[&str]>) -> SettingsChange {
    let keys = keys.map(|keys| keys.iter().map(|&key| key.to_owned()).collect());
    SettingsChange::Keys(vec![ActionKeys { action: action.to_owned(), keys }])
}

fn not_kept(settings: &Settings) -> &str {
    match &settings.notice {
        Some(SettingsNotice::NotKept { why }) => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_one_host_changes_the_other_reads_and_a_later_start_too() {
    let home = Home::new();
    let (window, web) = (home.start(), home.start());
    assert_eq!(window.read(), Settings::default());
    window.change(SettingsChange::Pin(pin("b.example"))).unwrap();
    web.change(SettingsChange::Pin(pin("a.example"))).unwrap();
    window.change(visit(1)).unwrap();
    web.change(SettingsChange::Platform(Some("linux/arm64".to_owned()))).unwrap();
    window.change(SettingsChange::SingleKeys(false)).unwrap();
    window.change_registries(Change::Added(lab(Transport::Auto)));
    web.change_registries(Change::Added(lab(Transport::Http)));
    let read = home.start().read();
    assert_eq!(read, web.read());
    assert_eq!(pins(&read), ["b.example", "a.example"]);
    assert_eq!(
        (read.recents.len(), read.platform.as_deref(), read.single_keys),
        (1, Some("linux/arm64"), false)
    );
    assert_eq!(read.notice, None);
    assert_eq!(home.start().registries(), [lab(Transport::Http)]);
    assert_eq!(home.json()["version"], 1);
    web.change_registries(Change::Removed("lab.local".parse().unwrap()));
    assert!(window.registries().is_empty());
}

#[test]
fn hosts_that_write_at_once_lose_nothing() {
    let home = Home::new();
    let host = |name: &'static str| {
        let kept = home.start();
        move || {
            for nth in 0..50 {
                kept.change(SettingsChange::Pin(pin(&format!("{name}{nth}.example")))).unwrap();
                let registry = format!("{name}{nth}.example").parse().unwrap();
                kept.change_registries(Change::Added(AddRegistry {
                    name: registry,
                    address: None,
                    transport: Transport::Auto,
                }));
            }
        }
    };
    let (one, two, three) = (host("a"), host("b"), host("c"));
    scope(|scope| {
        scope.spawn(one);
        scope.spawn(two);
        scope.spawn(three);
    });
    let kept = home.start();
    let settings = kept.read();
    assert_eq!(settings.notice, None);
    for nth in 0..50 {
        for name in ["a", "b", "c"] {
            let host = format!("{name}{nth}.example");
            assert!(pins(&settings).contains(&host.as_str()), "{host} is not pinned");
            assert!(kept.registries().iter().any(|it| it.name.as_str() == host), "{host} is not added");
        }
    }
    assert_eq!((settings.pins.len(), kept.registries().len()), (150, 150));
}

#[test]
fn a_broken_file_is_put_aside_and_said_so_until_that_is_read() {
    let whole = r#"{"version":1,"pins":[{"registry":"a.example"}]}"#;
    for broken in
        ["", "{", "[]", "null", "{}", &whole[..whole.len() - 9], "\u{0}\u{0}\u{0}", r#"{"version":"1"}"#]
    {
        let home = Home::new();
        home.write(broken);
        let settings = home.start().read();
        assert_eq!(settings.pins, []);
        let Some(SettingsNotice::Broken { kept_as, why }) = settings.notice else {
            panic!("{broken}: no word")
        };
        assert!(!why.is_empty());
        assert_eq!(
            fs::read_to_string(&kept_as).unwrap(),
            broken,
            "what the user wrote is where the notice says"
        );
        assert_eq!(home.broken_ones(), [PathBuf::from(kept_as)]);
        // The other host, and a later start, say it too, and work.
        let other = home.start();
        let changed = other.change(SettingsChange::Pin(pin("b.example"))).unwrap();
        assert!(matches!(changed.notice, Some(SettingsNotice::Broken { .. })));
        other.change(SettingsChange::DismissNotice).unwrap();
        assert_eq!(home.start().read(), Settings { pins: vec![pin("b.example")], ..Settings::default() });
        assert_eq!(home.broken_ones().len(), 1);
    }
}

#[test]
fn what_can_be_read_of_a_broken_file_goes_on() {
    let home = Home::new();
    home.write(
        r#"{"version":1,"single_keys":"no","pins":[{"registry":"a.example"},{"registry":"not a host"}],
            "registries":[{"name":"lab.local","transport":"http"}]}"#,
    );
    let kept = home.start();
    let settings = kept.read();
    assert_eq!(pins(&settings), ["a.example"]);
    assert_eq!(kept.registries()[0].name.as_str(), "lab.local");
    let Some(SettingsNotice::Broken { why, .. }) = settings.notice else { panic!("no word") };
    assert!(why.starts_with("pins, entry 2: "), "{why}");
}

#[test]
fn a_huge_file_is_put_aside_and_not_read() {
    let home = Home::new();
    home.write(format!(r#"{{"version":1,"pins":[],"x":"{}"}}"#, "x".repeat(5 << 20)));
    let Some(SettingsNotice::Broken { kept_as, why }) = home.start().read().notice else { panic!("no word") };
    assert_eq!(why, "it is longer than 4 MiB");
    assert!(fs::metadata(kept_as).unwrap().len() > 5 << 20);
    assert!(fs::metadata(home.path()).unwrap().len() < 1000);
}

/// A list by hand or by an attacker may be long; the app's are not.
#[test]
fn no_list_is_longer_than_the_app_allows() {
    let home = Home::new();
    let many: Vec<_> = (0..5_000).map(|nth| json!({"registry": format!("r{nth}.example")})).collect();
    let named: Vec<_> = (0..5_000).map(|nth| json!({"name": format!("r{nth}.example")})).collect();
    home.write(json!({"version": 1, "pins": many, "registries": named}).to_string());
    let kept = home.start();
    assert_eq!(kept.read().pins.len(), 200);
    assert_eq!(kept.registries().len(), 1_000);
}

#[test]
fn a_file_of_a_later_version_is_read_and_left_as_it_is() {
    let home = Home::new();
    let text = r#"{"version":2,"pins":[{"registry":"a.example"},{"group":"new"}],"theme":"dark"}"#;
    home.write(text);
    let kept = home.start();
    let settings = kept.read();
    assert_eq!(pins(&settings), ["a.example"]);
    assert!(not_kept(&settings).contains("later"), "{settings:?}");
    let changed = kept.change(SettingsChange::Pin(pin("b.example"))).unwrap();
    assert_eq!(pins(&changed), ["a.example", "b.example"]);
    assert_eq!(pins(&kept.read()), ["a.example", "b.example"], "until this host ends");
    assert_eq!(fs::read_to_string(home.path()).unwrap(), text);
    assert!(home.broken_ones().is_empty());
}

#[test]
fn what_this_version_does_not_know_stays() {
    let home = Home::new();
    home.write(
        r#"{"version":1,"theme":{"name":"dark"},"pins":[{"registry":"a.example","colour":"red"},{"registry":"b.example"}],
            "registries":[{"name":"lab.local","note":"the one under the desk"}]}"#,
    );
    let kept = home.start();
    kept.change(SettingsChange::Unpin(pin("b.example"))).unwrap();
    kept.change(SettingsChange::Pin(pin("c.example"))).unwrap();
    kept.change_registries(Change::Added(lab(Transport::Http)));
    let file = home.json();
    assert_eq!(file["theme"], json!({"name": "dark"}));
    assert_eq!(file["pins"][0], json!({"registry": "a.example", "colour": "red"}));
    assert_eq!(file["pins"][1]["registry"], "c.example");
    assert_eq!(kept.read().notice, None);
    // One that is replaced is what it was replaced by.
    assert_eq!(
        file["registries"],
        json!([{"name": "lab.local", "address": "10.0.0.7:5000", "transport": "http"}])
    );
}

/// A kind that a later version knows is no reason for alarm.
#[test]
fn a_recent_that_cannot_be_read_is_left_out_without_a_word() {
    let home = Home::new();
    home.write(
        r#"{"version":1,"pins":[{"registry":"a.example"}],"recents":[{"reference":"a.example/b:1"}]}"#,
    );
    let settings = home.start().read();
    assert_eq!((pins(&settings), settings.recents.len(), &settings.notice), (vec!["a.example"], 0, &None));
}

/// The folder cannot be made, because a file stands in its way: as it is with a read-only one, also for root.
#[test]
fn without_a_folder_changes_last_until_the_host_ends_and_are_written_when_there_is_one() {
    let home = Home::new();
    let in_the_way = home.config().parent().unwrap().to_owned();
    fs::write(&in_the_way, "a file").unwrap();
    let kept = home.start();
    let settings = kept.change(SettingsChange::Pin(pin("a.example"))).unwrap();
    assert_eq!(pins(&settings), ["a.example"]);
    assert!(not_kept(&settings).contains("settings.json"), "{settings:?}");
    kept.change_registries(Change::Added(lab(Transport::Http)));
    assert_eq!(kept.registries(), [lab(Transport::Http)]);
    let read = kept.change(SettingsChange::DismissNotice).unwrap();
    assert_eq!((pins(&read), &read.notice), (vec!["a.example"], &None));
    assert_eq!(kept.change(visit(1)).unwrap().notice, None, "the same trouble is said once");
    fs::remove_file(in_the_way).unwrap();
    assert_eq!(kept.read().notice, None);
    let later = home.start();
    assert_eq!(pins(&later.read()), ["a.example"]);
    assert_eq!((later.read().recents.len(), later.registries()), (1, vec![lab(Transport::Http)]));
}

#[test]
fn what_is_no_file_is_left_where_it_is() {
    let home = Home::new();
    fs::create_dir_all(home.path()).unwrap();
    let kept = home.start();
    let settings = kept.change(SettingsChange::Pin(pin("a.example"))).unwrap();
    assert!(not_kept(&settings).ends_with("it is not a file."), "{settings:?}");
    assert_eq!(pins(&kept.read()), ["a.example"]);
    assert!(home.path().is_dir());
}

/// A stopped program that holds the lock must not stop this one.
#[test]
fn a_lock_that_is_never_given_back_is_not_waited_for_without_end() {
    let home = Home::new();
    home.write(r#"{"version":1,"pins":[{"registry":"a.example"}]}"#);
    let held = file::lock(&home.path()).unwrap();
    let kept = home.start();
    assert_eq!(kept.read().notice, None, "reading needs no lock");
    let settings = kept.change(SettingsChange::Pin(pin("b.example"))).unwrap();
    assert_eq!(pins(&settings), ["a.example", "b.example"]);
    assert!(not_kept(&settings).contains("another program"), "{settings:?}");
    drop(held);
    assert_eq!(kept.read().notice, None);
    assert_eq!(pins(&home.start().read()), ["a.example", "b.example"]);
}

#[test]
fn registries_of_the_earlier_file_are_taken_over_once() {
    let home = Home::new();
    fs::create_dir_all(home.state()).unwrap();
    let earlier = home.state().join("registries.json");
    fs::write(&earlier, r#"[{"name":"lab.local","address":"10.0.0.7:5000","transport":"http"}]"#).unwrap();
    assert_eq!(home.start().registries(), [lab(Transport::Http)]);
    home.start().change(SettingsChange::Pin(pin("a.example"))).unwrap();
    assert!(!earlier.exists());
    assert_eq!(home.start().registries(), [lab(Transport::Http)]);
    home.start().change_registries(Change::Removed("lab.local".parse().unwrap()));
    assert!(home.start().registries().is_empty());
}

#[test]
fn what_changes_nothing_writes_nothing() {
    let home = Home::new();
    let kept = home.start();
    kept.change(visit(1)).unwrap();
    let written = fs::metadata(home.path()).unwrap().modified().unwrap();
    sleep(Duration::from_millis(20));
    kept.change(visit(1)).unwrap();
    kept.change(SettingsChange::SingleKeys(true)).unwrap();
    assert_eq!(fs::metadata(home.path()).unwrap().modified().unwrap(), written);
}

#[test]
fn the_two_hundred_and_first_pin_is_refused_and_what_is_there_stays() {
    let home = Home::new();
    let many: Vec<_> = (0..200).map(|nth| json!({"registry": format!("r{nth}.example")})).collect();
    home.write(json!({"version": 1, "pins": many}).to_string());
    let kept = home.start();
    assert!(kept.change(SettingsChange::Pin(pin("more.example"))).is_err());
    assert_eq!(kept.read().pins.len(), 200);
}

#[test]
fn keys_are_kept_for_both_hosts_until_they_are_put_back() {
    let home = Home::new();
    let (window, web) = (home.start(), home.start());
    window.change(keys("pin-row", Some(&["q", "g p"]))).unwrap();
    web.change(keys("filter", Some(&[]))).unwrap();
    assert_eq!(home.json()["keys"], json!({"filter": [], "pin-row": ["q", "g p"]}));
    let read = home.start().read();
    assert_eq!(
        (read.keys["pin-row"].as_slice(), read.keys["filter"].len()),
        (["q", "g p"].map(str::to_owned).as_slice(), 0)
    );
    assert!(web.change(keys("Pin row", Some(&["q"]))).is_err());
    window.change(keys("pin-row", None)).unwrap();
    window.change(keys("filter", None)).unwrap();
    assert_eq!(home.json(), json!({"version": 1, "pins": [], "recents": [], "registries": []}));
}

/// A later version may bind other actions, and more to an action than keys.
#[test]
fn keys_of_another_version_stay() {
    let home = Home::new();
    let others = json!({"fly": ["f"], "Turn Left": ["l"], "dive": {"in": "water"}, "land": ["1", 2]});
    let mut all = others.clone();
    all["filter"] = json!(["s"]);
    home.write(json!({"version": 1, "keys": all}).to_string());
    let kept = home.start();
    let read = kept.read();
    assert_eq!(read.notice, None);
    assert_eq!(read.keys.keys().collect::<Vec<_>>(), ["filter", "fly"]);
    kept.change(keys("filter", None)).unwrap();
    kept.change(SettingsChange::SingleKeys(false)).unwrap();
    assert_eq!(home.json()["keys"], others);
    home.write(r#"{"version":1,"keys":["q"]}"#);
    let Some(SettingsNotice::Broken { why, .. }) = kept.read().notice else { panic!("no word") };
    assert!(why.starts_with("keys: "), "{why}");
}

/// Of a longer list than the app allows, a change drops only what it says.
#[test]
fn keys_beyond_those_that_are_read_stay() {
    let home = Home::new();
    let mut all: BTreeMap<_, _> = (0..201).map(|nth| (format!("act-{nth:03}"), json!(["q"]))).collect();
    home.write(json!({"version": 1, "keys": all}).to_string());
    let kept = home.start();
    assert_eq!(kept.read().keys.len(), 200);
    kept.change(SettingsChange::SingleKeys(false)).unwrap();
    assert_eq!(home.json()["keys"], json!(all));
    kept.change(keys("act-000", None)).unwrap();
    all.remove("act-000");
    assert_eq!(home.json()["keys"], json!(all));
}

/// A change of one action is not made up for by one of another.
#[test]
fn keys_that_wait_for_a_file_are_all_written() {
    let home = Home::new();
    let in_the_way = home.config().parent().unwrap().to_owned();
    fs::write(&in_the_way, "a file").unwrap();
    let kept = home.start();
    kept.change(keys("filter", Some(&["s"]))).unwrap();
    kept.change(keys("pin", Some(&["x"]))).unwrap();
    kept.change(keys("pin", Some(&["w"]))).unwrap();
    fs::remove_file(in_the_way).unwrap();
    assert_eq!(kept.read().notice, None);
    assert_eq!(home.json()["keys"], json!({"filter": ["s"], "pin": ["w"]}));
}
