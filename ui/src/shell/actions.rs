//! What can be done here? Screens offer actions while they are shown; keys, the palette and the overlay find them.

use leptos::prelude::*;

/// Something that can be done.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Action {
    /// Its name, once in the app: `copy-digest`.
    pub(crate) id: &'static str,
    /// The key of its words in the catalogue.
    pub(crate) words: &'static str,
    /// The key or keys that do it, as `KeyboardEvent.key` writes them: `c`, or `g t` for one after the other. Empty
    /// for none.
    pub(crate) keys: &'static str,
    /// Does it.
    pub(crate) run: Callback<()>,
}

/// All that can be done now. Copies are the same.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Actions {
    offered: RwSignal<Vec<(u64, Action)>>,
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
        self.offered.update(|offered| offered.push((number, action)));
        on_cleanup(move || {
            let _ = self.offered.try_update(|offered| offered.retain(|(other, _)| *other != number));
        });
    }

    /// What is offered, in the order of offering. Of two with the same keys the later one counts.
    pub(crate) fn all(self) -> Vec<Action> {
        self.offered.read().iter().map(|(_, action)| *action).collect()
    }
}
