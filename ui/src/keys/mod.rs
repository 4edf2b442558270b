//! Which keys do what, here and now?
//!
//! Every key is one of an [`Action`](crate::shell::actions::Action) that is offered, or moves the focus. Keys that are
//! a character are off while typing, and everywhere where the user says so (WCAG 2.1.4); what they do stays in the
//! palette. No key holds the focus: Escape leaves, Tab goes on.

pub(crate) mod caps;
mod chord;
pub(crate) mod focus;
mod overlay;

use std::time::Duration;

use leptos::{ev, prelude::*};
use web_sys::KeyboardEvent;

use crate::{
    settings::Settings,
    shell::actions::{Action, Actions},
};

pub(crate) use overlay::{Content, KeysOverlay};

/// How long the second key of a sequence is waited for.
const SECOND: Duration = Duration::from_millis(1_500);

/// The keys of this page. Copies are the same.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Keys {
    /// The first key of a sequence, while the second is waited for.
    pub(crate) first: RwSignal<Option<String>>,
    /// Whether the overlay is shown.
    pub(crate) overlay: RwSignal<bool>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl Keys {
    /// Listens from now on.
    pub(crate) fn provide() {
        let keys =
            Self { first: RwSignal::new(None), overlay: RwSignal::new(false), timer: StoredValue::new(None) };
        provide_context(keys);
        let (actions, settings) = (Actions::here(), Settings::here());
        let listener =
            window_event_listener(ev::keydown, move |event| keys.pressed(&event, actions, settings));
        on_cleanup(move || listener.remove());
    }

    /// The keys of this page.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    fn pressed(self, event: &KeyboardEvent, actions: Actions, settings: Settings) {
        // A component has taken it, or it is held down, or it is part of a character.
        if event.default_prevented() || event.repeat() {
            return;
        }
        let Some(chord) = chord::name(event) else { return };
        let typing = chord::is_typing(event);
        if focus::in_dialog() {
            // The dialog has the keys; only what opened it closes it again.
            if chord.starts_with("Mod+") {
                self.run(event, &chord, actions);
            }
            return;
        }
        match chord.as_str() {
            "F6" => return taken(event, || focus::cycle(false)),
            "Shift+F6" => return taken(event, || focus::cycle(true)),
            "Escape" if self.first.read_untracked().is_some() => return taken(event, || self.forget_first()),
            "Escape" if typing => return taken(event, focus::leave_field),
            _ => {}
        }
        let character = chord.chars().count() == 1;
        if character && (typing || !settings.now.read_untracked().single_keys) {
            return;
        }
        if let Some(first) = self.first.get_untracked() {
            self.forget_first();
            if character {
                // A pair that means nothing does nothing: its second key is not one of its own.
                return taken(event, || {
                    if let Some(action) = find(actions, &format!("{first} {chord}")) {
                        action.run.run(());
                    }
                });
            }
        }
        if character && begins(actions, &chord) {
            return taken(event, || self.wait_for_second(chord));
        }
        self.run(event, &chord, actions);
    }

    fn run(self, event: &KeyboardEvent, chord: &str, actions: Actions) {
        if let Some(action) = find(actions, chord) {
            taken(event, || action.run.run(()));
        }
    }

    fn wait_for_second(self, first: String) {
        self.first.set(Some(first));
        let gone = move || {
            let _ = self.first.try_set(None);
        };
        self.timer.set_value(set_timeout_with_handle(gone, SECOND).ok());
    }

    fn forget_first(self) {
        self.first.set(None);
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }
}

/// The page has taken a key: the browser does nothing with it.
fn taken(event: &KeyboardEvent, act: impl FnOnce()) {
    event.prevent_default();
    act();
}

/// The action of a key; of several the one that was offered last.
fn find(actions: Actions, keys: &str) -> Option<Action> {
    untrack(|| actions.all()).into_iter().rev().find(|action| action.keys == keys)
}

/// Whether a key is the first of two.
fn begins(actions: Actions, key: &str) -> bool {
    untrack(|| actions.all())
        .iter()
        .any(|action| action.keys.split_once(' ').is_some_and(|(first, _)| first == key))
}
