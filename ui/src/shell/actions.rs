//! What can be done here? Screens offer actions while they are shown; keys, the palette and the overlay find them.

use leptos::prelude::*;

/// Something that can be done.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Action {
    /// Its name, once in the app: `copy-digest`.
    pub(crate) id: &'static str,
    /// The key of its words in the catalogue.
    pub(crate) words: &'static str,
    /// The key or keys that do it: `c`, `C` with Shift, `g t` for one after the other, `Escape`, `Mod+k` with Ctrl or
    /// Cmd. Empty for none.
    pub(crate) keys: &'static str,
    /// Does it.
    pub(crate) run: Callback<()>,
}

/// Which part of the window offers an action: the one whose context says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// The window itself.
    Everywhere,
    /// A list.
    List,
    /// An object, on its own screen or beside a list.
    Object,
}

#[derive(Debug, Clone, Copy)]
struct Offered {
    number: u64,
    place: Place,
    action: Action,
}

/// All that can be done now. Copies are the same.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Actions {
    offered: RwSignal<Vec<Offered>>,
    next: StoredValue<u64>,
}

impl Actions {
    /// Nothing is offered yet.
    pub(crate) fn provide() {
        provide_context(Self { offered: RwSignal::new(Vec::new()), next: StoredValue::new(0) });
    }

    /// The actions of this page.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// Offers an action until the component around it goes.
    pub(crate) fn offer(self, action: Action) {
        let number = self.next.try_update_value(|next| {
            *next += 1;
            *next
        });
        let Some(number) = number else { return };
        let place = use_context().unwrap_or(Place::Everywhere);
        self.offered.update(|offered| offered.push(Offered { number, place, action }));
        on_cleanup(move || {
            let _ = self.offered.try_update(|offered| offered.retain(|other| other.number != number));
        });
    }

    /// What is offered, in the order of offering. Of two with the same keys the later one counts.
    pub(crate) fn all(self) -> Vec<Action> {
        self.offered.read().iter().map(|offered| offered.action).collect()
    }

    /// The same, with the part of the window that offers it.
    pub(crate) fn placed(self) -> Vec<(Place, Action)> {
        self.offered.read().iter().map(|offered| (offered.place, offered.action)).collect()
    }
}
