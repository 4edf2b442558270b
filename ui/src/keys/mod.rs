//! Which keys do what, here and now?
//!
//! Every key is one of an [`Action`] that is offered, or moves the focus. Which key that is says the user. Keys that are
//! a character are off while typing, and everywhere where the user says so (WCAG 2.1.4); what they do stays in the
//! palette. No key holds the focus: Escape leaves, Tab goes on.

mod acts;
mod bound;
mod caps;
mod chord;
mod clash;
mod edit;
pub(crate) mod focus;
mod overlay;
mod record;
mod refused;

use std::time::Duration;

use leptos::{ev, prelude::*};
use web_sys::KeyboardEvent;

use crate::{
    settings::Settings,
    shell::actions::{Action, Actions},
};

pub(crate) use acts::{Act, Place};
pub(crate) use bound::titled;
pub(crate) use caps::{ActCaps, Caps};
pub(crate) use overlay::{Content, KeysOverlay};

/// The keys of lists that stay as they are.
const OF_LISTS: [&str; 6] = ["ArrowDown", "ArrowUp", "PageDown", "PageUp", "Home", "End"];
/// How long the second key of a sequence is waited for.
const SECOND: Duration = Duration::from_millis(1_500);

/// The keys of this page. Copies are the same.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Keys {
    /// The first key of a sequence, while the second is waited for.
    pub(crate) first: RwSignal<Option<String>>,
    /// Whether the overlay is shown.
    pub(crate) overlay: RwSignal<bool>,
    /// Whether a change of keys is under way: the next one is made of what comes back.
    changing: RwSignal<bool>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl Keys {
    /// Listens from now on.
    pub(crate) fn provide() {
        let keys = Self {
            first: RwSignal::new(None),
            overlay: RwSignal::new(false),
            changing: RwSignal::new(false),
            timer: StoredValue::new(None),
        };
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
        // A component has taken it: no second key is to come any more.
        if event.default_prevented() {
            return self.forget_first();
        }
        // Otherwise it may be part of a character.
        let Some(chord) = chord::name(event) else { return };
        let typing = chord::is_typing(event);
        if typing && chord::writes(&chord) && chord != "Escape" {
            return;
        }
        let settings = settings.now.get_untracked();
        let character = bound::is_of_characters(&chord);
        let find = |pressed: &str| find(actions, &settings, pressed);
        if focus::in_dialog() {
            // The dialog has the keys; only what opens one closes it again.
            let opens = find(&chord).filter(|it| matches!(it.act, Act::Palette | Act::Keys));
            if let Some(action) = opens.filter(|_| !chord::writes(&chord)) {
                taken(event, || action.run.run(()));
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
        if character && !settings.single_keys {
            return;
        }
        if let Some(first) = self.first.get_untracked().filter(|_| !event.repeat()) {
            self.forget_first();
            if character {
                // A pair that means nothing does nothing: its second key is not one of its own.
                return taken(event, || {
                    if let Some(action) = find(&format!("{first} {chord}")) {
                        action.run.run(());
                    }
                });
            }
        }
        if character && begins(actions, &settings, &chord) {
            return taken(event, || self.wait_for_second(chord));
        }
        // A list that was opened by the pointer has its keys before it has the focus.
        if focus::nowhere()
            && (OF_LISTS.contains(&chord.as_str()) || of_rows_by(&settings, &chord).is_some())
            && focus::hand_to_rows(&event.key(), event.shift_key())
        {
            return event.prevent_default();
        }
        // The keys of rows are those of buttons and links, too.
        let action =
            find(&chord).filter(|action| action.act.place() != Place::Rows || focus::in_rows_or_nowhere());
        if let Some(action) = action {
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
        if self.first.read_untracked().is_none() {
            return;
        }
        self.first.set(None);
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }
}

/// The page has taken a key: the browser does nothing with it, nor does the page again while it is held down.
fn taken(event: &KeyboardEvent, act: impl FnOnce()) {
    event.prevent_default();
    if !event.repeat() {
        act();
    }
}

/// The action of a key; of several the one that was offered last. What goes on behind everything gives way.
fn find(actions: Actions, settings: &api::Settings, pressed: &str) -> Option<Action> {
    let offered = untrack(|| actions.all());
    let mut fitting = offered.into_iter().filter(|action| bound::is_for(settings, action.act, pressed));
    let mut found = fitting.next()?;
    for action in fitting {
        if action.act != Act::StopSaving || found.act == Act::StopSaving {
            found = action;
        }
    }
    Some(found)
}

/// Whether a key is the first of two.
fn begins(actions: Actions, settings: &api::Settings, key: &str) -> bool {
    untrack(|| actions.all()).iter().any(|action| bound::is_begun_by(settings, action.act, key))
}

/// What a key does to the rows of the list that has the focus, held down or not. The second key of a pair does nothing
/// to them.
pub(crate) fn of_rows(keys: Keys, settings: Settings, event: &KeyboardEvent) -> Option<Act> {
    let chord = chord::name(event)?;
    let settings = settings.now.read_untracked();
    let is_second = keys.first.read_untracked().is_some();
    if bound::is_of_characters(&chord) && (is_second || !settings.single_keys) {
        return None;
    }
    of_rows_by(&settings, &chord)
}

fn of_rows_by(settings: &api::Settings, chord: &str) -> Option<Act> {
    [Act::RowDown, Act::RowUp, Act::OpenRow].into_iter().find(|act| bound::is_for(settings, *act, chord))
}
