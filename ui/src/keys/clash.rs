//! Whose are these keys already, and what is changed when they become another's?

use api::{ActionKeys, SettingsChange};

use super::{acts::Act, bound, refused::is_fixed};

/// Keys that an action is to have from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wish {
    /// Whose.
    pub(super) act: Act,
    /// Those that are new to it.
    pub(super) new: Vec<String>,
    /// All of them.
    pub(super) all: Vec<String>,
    /// Its own that give way, since one would begin the other.
    pub(super) gone: Vec<String>,
}

impl Wish {
    /// One more key, or another one instead of one that it has.
    pub(super) fn key(settings: &api::Settings, act: Act, key: String, instead: Option<&str>) -> Self {
        let mut all = bound::keys(settings, act);
        all.retain(|own| *own != key);
        let gone = all
            .extract_if(.., |own| Some(own.as_str()) != instead && (begins(own, &key) || begins(&key, own)));
        let gone = gone.collect();
        match all.iter_mut().find(|own| Some(own.as_str()) == instead) {
            Some(own) => own.clone_from(&key),
            None => all.push(key.clone()),
        }
        Self { act, new: vec![key], all, gone }
    }

    /// One key less.
    pub(super) fn without(settings: &api::Settings, act: Act, key: &str) -> Self {
        let mut all = bound::keys(settings, act);
        all.retain(|own| own != key);
        Self { act, new: Vec::new(), all, gone: Vec::new() }
    }

    /// The keys that it comes with.
    pub(super) fn restored(settings: &api::Settings, act: Act) -> Self {
        let all: Vec<String> = act.own_keys().iter().map(|&key| key.to_owned()).collect();
        let now = bound::keys(settings, act);
        let new = all.iter().filter(|key| !now.contains(key)).cloned().collect();
        Self { act, new, all, gone: Vec::new() }
    }

    /// The other actions of the same place that have one of the new keys, or one that begins with it.
    pub(super) fn others(&self, settings: &api::Settings) -> Vec<Act> {
        let has = |other: Act| bound::keys(settings, other).iter().any(|key| self.takes(other, key));
        Act::ALL
            .iter()
            .copied()
            .filter(|other| *other != self.act && other.meets(self.act) && has(*other))
            .collect()
    }

    /// Whether another's key cannot stay. Two that come with the same key have it in turns.
    fn takes(&self, other: Act, key: &str) -> bool {
        let own = |act: Act| act.own_keys().contains(&key);
        let both = own(self.act) && own(other);
        !both && self.new.iter().any(|new| new == key || begins(new, key) || begins(key, new))
    }

    /// The change that fulfils it, with what the others lose.
    pub(super) fn change(&self, settings: &api::Settings) -> SettingsChange {
        let mut changes = vec![of(self.act, self.all.clone())];
        for other in self.others(settings) {
            let left = bound::keys(settings, other).into_iter().filter(|key| !self.takes(other, key));
            changes.push(of(other, left.collect()));
        }
        SettingsChange::Keys(changes)
    }
}

/// Every action as it comes; what is not known here stays.
pub(super) fn all_restored(settings: &api::Settings) -> SettingsChange {
    let changed = Act::ALL.iter().filter(|act| settings.keys.contains_key(act.id()));
    SettingsChange::Keys(changed.map(|act| ActionKeys { action: act.id().to_owned(), keys: None }).collect())
}

/// What an action is to have. As it comes, it needs no word in the settings; what is fixed does neither.
fn of(act: Act, keys: Vec<String>) -> ActionKeys {
    let action = act.id().to_owned();
    if keys == act.own_keys() {
        return ActionKeys { action, keys: None };
    }
    ActionKeys { action, keys: Some(keys.into_iter().filter(|key| !is_fixed(key)).collect()) }
}

fn begins(first: &str, keys: &str) -> bool {
    keys.split_once(' ').is_some_and(|(begun, _)| begun == first)
}
