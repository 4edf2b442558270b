//! Which keys does an action have here: the user's own, or those that it comes with?

use leptos::prelude::*;

use super::{
    acts::Act,
    caps,
    refused::{is_fixed, refusal},
};
use crate::settings::Settings;

/// The keys of an action, in their order. What the file of settings may hold and nobody could press stays out.
pub(super) fn keys(settings: &api::Settings, act: Act) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    let Some(own) = settings.keys.get(act.id()) else {
        return act.own_keys().iter().map(|&key| key.to_owned()).collect();
    };
    keys.extend(act.own_keys().iter().filter(|key| is_fixed(key)).map(|&key| key.to_owned()));
    for key in own {
        if refusal(act, key).is_none() && !keys.contains(key) {
            keys.push(key.clone());
        }
    }
    keys
}

/// Whether the user has other keys for it than it comes with.
pub(super) fn is_changed(settings: &api::Settings, act: Act) -> bool {
    settings.keys.contains_key(act.id()) && keys(settings, act) != act.own_keys()
}

/// Whether a key, or two, do this.
pub(super) fn is_for(settings: &api::Settings, act: Act, pressed: &str) -> bool {
    has(settings, act, |key| key == pressed)
}

/// Whether a key is the first of two that do this.
pub(super) fn is_begun_by(settings: &api::Settings, act: Act, pressed: &str) -> bool {
    has(settings, act, |key| key.split_once(' ').is_some_and(|(first, _)| first == pressed))
}

/// Whether one of an action's keys is such a one. Asked of every action at every key: what it comes with is not copied.
fn has(settings: &api::Settings, act: Act, such: impl Fn(&str) -> bool) -> bool {
    match settings.keys.contains_key(act.id()) {
        false => act.own_keys().iter().any(|key| such(key)),
        true => keys(settings, act).iter().any(|key| such(key)),
    }
}

/// Whether these are off where single characters are no keys (WCAG 2.1.4): one character, or two of them.
pub(super) fn is_of_characters(keys: &str) -> bool {
    keys.split(' ').all(|key| key.chars().count() == 1)
}

/// The key that is shown beside an action: its first one that is not switched off. Reactive.
pub(super) fn shown(act: Act) -> Option<String> {
    let settings = Settings::here();
    let now = settings.now.read();
    keys(&now, act).into_iter().find(|key| now.single_keys || !is_of_characters(key))
}

/// The words of an action with its key, as a tooltip says them: `Command palette (Ctrl+K)`. Reactive.
pub(crate) fn titled(act: Act) -> String {
    let words = act.words();
    match shown(act) {
        Some(keys) => view::text("ui.keys.titled", &[("words", &words), ("keys", &caps::spelled(&keys))]),
        None => words,
    }
}
