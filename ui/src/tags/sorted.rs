//! How do 100,000 tags come into their natural order without a stutter?
//!
//! Each name's key is made once, when it comes. Names are sorted in slices of a few milliseconds, each merged into
//! those before it, and the screen is drawn between two slices.

use std::{sync::Arc, time::Duration};

use leptos::prelude::*;
use view::natural::Key;

use crate::shared::{filter::Names, listing::Listing};

/// So many names are a slice.
const SLICE: usize = 2_000;
/// A slice takes at most so many milliseconds of names; the next one waits for a frame.
const LONGEST_MS: f64 = 8.0;
/// While slices follow each other, the list is shown at most this often, in milliseconds.
const SHOWN_MS: f64 = 400.0;

/// The names of a list in their natural order, the newest version first. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Sorted {
    /// The names, as far as they are sorted.
    pub(super) names: RwSignal<Names>,
    listing: Listing,
    state: StoredValue<State>,
}

#[derive(Default)]
struct State {
    /// How many names of the listing are in it.
    taken: usize,
    keyed: Vec<(Key, Arc<str>)>,
    due: Option<TimeoutHandle>,
    shown_at: f64,
}

impl Sorted {
    /// Follows a listing as long as the page is there.
    pub(super) fn of(listing: Listing) -> Self {
        let state = StoredValue::new(State::default());
        let sorted = Self { names: RwSignal::new(Names::default()), listing, state };
        Effect::new(move |_| {
            listing.names.track();
            sorted.step();
        });
        sorted
    }

    /// One slice, and another one later where names are left.
    fn step(self) {
        let names = self.listing.names.read_untracked();
        let now = moment();
        let (left, fresh, show) = self
            .state
            .try_update_value(|state| {
                if let Some(due) = state.due.take() {
                    due.clear();
                }
                let fresh = state.taken > names.len();
                if fresh {
                    *state = State::default();
                }
                let before = state.taken;
                while state.taken < names.len() && moment() - now < LONGEST_MS {
                    state.take(&names);
                }
                let left = names.len() - state.taken;
                let show = left == 0 || now - state.shown_at > SHOWN_MS;
                if show {
                    state.shown_at = now;
                }
                (left, fresh, show && (fresh || state.taken != before || left == 0))
            })
            .unwrap_or_default();
        drop(names);
        if left > 0 {
            let due = set_timeout_with_handle(move || self.step(), Duration::ZERO).ok();
            self.state.update_value(|state| state.due = due);
        }
        if fresh || show {
            let names = self.state.with_value(State::names);
            if fresh || names.len() != self.names.read_untracked().len() {
                self.names.set(names);
            }
        }
    }
}

impl State {
    fn take(&mut self, names: &[Arc<str>]) {
        let end = (self.taken + SLICE).min(names.len());
        let mut new: Vec<_> = names[self.taken..end]
            .iter()
            .map(|name| (view::natural::newest_first_key(name), Arc::clone(name)))
            .collect();
        new.sort_unstable();
        self.taken = end;
        self.keyed = merged(std::mem::take(&mut self.keyed), new);
    }

    fn names(&self) -> Names {
        Arc::new(self.keyed.iter().map(|(_, name)| Arc::clone(name)).collect())
    }
}

/// Two sorted lists as one.
fn merged<T: Ord>(old: Vec<T>, new: Vec<T>) -> Vec<T> {
    if old.last().is_none_or(|last| new.first().is_none_or(|first| last <= first)) {
        let mut all = old;
        all.extend(new);
        return all;
    }
    let mut all = Vec::with_capacity(old.len() + new.len());
    let mut new = new.into_iter().peekable();
    for item in old {
        while let Some(before) = new.next_if(|other| *other < item) {
            all.push(before);
        }
        all.push(item);
    }
    all.extend(new);
    all
}

/// Now, in milliseconds.
pub(super) fn moment() -> f64 {
    window().performance().map_or_else(js_sys::Date::now, |clock| clock.now())
}
