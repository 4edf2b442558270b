//! What stands in the settings file, and how is it changed without losing what this version does not know?
//!
//! ```text
//! {"version": 1, "registries": […], "pins": […], "recents": […], "platform": "linux/arm64", "single_keys": false,
//!  "keys": {"pin-row": ["q"]}}
//! ```
//!
//! A version that adds something keeps the number; one that changes what is there takes the next. So members that
//! are not known are left as they are, in the file and in each entry of its lists, and a file with a higher number
//! is read as far as it can be and never written.

use std::collections::BTreeMap;

use api::{AddRegistry, Pin, Recent, Settings, SettingsNotice};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use service::{MOST_KEYED, MOST_PINS, MOST_RECENTS, MOST_REGISTRIES, is_keyed};

/// The version that this program writes.
const VERSION: u64 = 1;

/// Where the file says that an earlier one was put aside, until the user has read it.
const NOTICE: &str = "set_aside";

/// The settings as they stand in the file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Document(Map<String, Value>);

/// What the bytes of a file are.
#[derive(Debug)]
pub(super) enum Reading {
    /// Settings.
    Good(Document),
    /// Settings of a later version; what can be read of them.
    Newer(Document, u64),
    /// No settings; what can be read of them, and what is wrong.
    Broken(Document, String),
}

impl Default for Document {
    fn default() -> Self {
        Self(Map::from_iter([("version".to_owned(), VERSION.into())]))
    }
}

impl Document {
    /// Reads the bytes of a file.
    pub(super) fn read(bytes: &[u8]) -> Reading {
        let map: Map<String, Value> = match serde_json::from_slice(bytes) {
            Ok(map) => map,
            Err(error) => return Reading::Broken(Self::default(), error.to_string()),
        };
        let version = map.get("version").and_then(Value::as_u64);
        let mut document = Self(map);
        let wrong = document.without_what_cannot_be_read();
        match (version, wrong) {
            (Some(newer), _) if newer > VERSION => Reading::Newer(document, newer),
            (Some(VERSION), None) => Reading::Good(document),
            (Some(VERSION), Some(wrong)) => Reading::Broken(document, wrong),
            (Some(_) | None, _) => {
                document.0.insert("version".to_owned(), VERSION.into());
                Reading::Broken(document, "it does not say which version of settings it is".to_owned())
            }
        }
    }

    /// The bytes of the file.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(&self.0).expect("a map by text always has a JSON form");
        bytes.push(b'\n');
        bytes
    }

    /// The settings in it.
    pub(super) fn settings(&self) -> Settings {
        Settings {
            pins: self.list("pins", MOST_PINS),
            recents: self.list("recents", MOST_RECENTS),
            platform: self.member("platform"),
            single_keys: self.member("single_keys").unwrap_or(Settings::default().single_keys),
            keys: self.keys(),
            notice: self.member(NOTICE),
        }
    }

    /// The registries in it.
    pub(super) fn registries(&self) -> Vec<AddRegistry> {
        self.list("registries", MOST_REGISTRIES)
    }

    /// Takes these settings.
    pub(super) fn put(&mut self, settings: &Settings) {
        self.put_list("pins", &settings.pins);
        self.put_list("recents", &settings.recents);
        self.put_member("platform", settings.platform.as_ref());
        if settings.single_keys == Settings::default().single_keys {
            self.put_member("single_keys", None::<&bool>);
        } else {
            self.put_member("single_keys", Some(&settings.single_keys));
        }
        self.put_keys(&settings.keys);
        let notice = settings.notice.as_ref().filter(|it| matches!(it, SettingsNotice::Broken { .. }));
        self.put_member(NOTICE, notice);
    }

    /// Notes that an earlier file was put aside.
    pub(super) fn put_notice(&mut self, notice: &SettingsNotice) {
        self.put_member(NOTICE, Some(notice));
    }

    /// Takes these registries.
    pub(super) fn put_registries(&mut self, registries: &[AddRegistry]) {
        self.put_list("registries", registries);
    }

    fn member<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        self.0.get(name).and_then(|value| T::deserialize(value).ok())
    }

    fn list<T: DeserializeOwned>(&self, name: &str, most: usize) -> Vec<T> {
        let items = self.0.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        items.iter().filter_map(|item| T::deserialize(item).ok()).take(most).collect()
    }

    /// Those of actions that this version does not offer too; what another one writes otherwise is passed over.
    fn keys(&self) -> BTreeMap<String, Vec<String>> {
        let all = self.0.get("keys").and_then(Value::as_object).into_iter().flatten();
        all.filter_map(|(action, value)| keyed(action, value)).take(MOST_KEYED).collect()
    }

    /// What cannot be read, or is beyond what is read, stays as it stands.
    fn put_keys(&mut self, keys: &BTreeMap<String, Vec<String>>) {
        let read = self.keys();
        let mut map = match self.0.remove("keys") {
            Some(Value::Object(map)) => map,
            _ => Map::new(),
        };
        map.retain(|action, _| !read.contains_key(action) || keys.contains_key(action));
        map.extend(keys.iter().map(|(action, keys)| (action.clone(), json(keys))));
        if !map.is_empty() {
            self.0.insert("keys".to_owned(), Value::Object(map));
        }
    }

    fn put_member(&mut self, name: &str, value: Option<&impl Serialize>) {
        match value {
            Some(value) => self.0.insert(name.to_owned(), json(value)),
            None => self.0.remove(name),
        };
    }

    /// Entries that stay are left as they stand in the file.
    fn put_list<T: Serialize + DeserializeOwned + PartialEq>(&mut self, name: &str, items: &[T]) {
        let mut old: Vec<(T, Value)> = match self.0.remove(name) {
            Some(Value::Array(old)) => {
                old.into_iter().filter_map(|value| Some((T::deserialize(&value).ok()?, value))).collect()
            }
            _ => Vec::new(),
        };
        let items = items.iter().map(|item| match old.iter().position(|(known, _)| known == item) {
            Some(at) => old.swap_remove(at).1,
            None => json(item),
        });
        let items = items.collect();
        self.0.insert(name.to_owned(), Value::Array(items));
    }

    /// Takes out what cannot be read, and says what the first of it is. Recents pass by themselves: one of a later
    /// version, with a kind that is not known here, is no reason for a word.
    fn without_what_cannot_be_read(&mut self) -> Option<String> {
        let mut wrong = Vec::new();
        self.check_list::<AddRegistry>("registries", &mut wrong);
        self.check_list::<Pin>("pins", &mut wrong);
        self.check_list::<Recent>("recents", &mut Vec::new());
        self.check_member::<String>("platform", &mut wrong);
        self.check_member::<bool>("single_keys", &mut wrong);
        self.check_member::<Map<String, Value>>("keys", &mut wrong);
        self.check_member::<SettingsNotice>(NOTICE, &mut Vec::new());
        wrong.into_iter().next()
    }

    fn check_member<T: DeserializeOwned>(&mut self, name: &str, wrong: &mut Vec<String>) {
        if self.0.get(name) == Some(&Value::Null) {
            self.0.remove(name);
        }
        if let Some(Err(error)) = self.0.get(name).map(|value| T::deserialize(value)) {
            wrong.push(format!("{name}: {error}"));
            self.0.remove(name);
        }
    }

    fn check_list<T: DeserializeOwned>(&mut self, name: &str, wrong: &mut Vec<String>) {
        match self.0.get_mut(name) {
            None => {}
            Some(Value::Array(items)) => {
                let mut at = 0;
                items.retain(|item| {
                    at += 1;
                    T::deserialize(item)
                        .map_err(|error| wrong.push(format!("{name}, entry {at}: {error}")))
                        .is_ok()
                });
            }
            Some(_) => {
                wrong.push(format!("{name}: it is not a list"));
                self.0.remove(name);
            }
        }
    }
}

/// An action with its keys, where they can be that.
fn keyed(action: &str, value: &Value) -> Option<(String, Vec<String>)> {
    let keys = Vec::<String>::deserialize(value).ok()?;
    is_keyed(action, &keys).then(|| (action.to_owned(), keys))
}

fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).expect("settings are texts, numbers and lists")
}
