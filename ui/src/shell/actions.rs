//! What can be done here? Screens offer actions while they are shown; keys, the palette and the overlay find them.

use leptos::prelude::*;

use crate::keys::Act;

/// Something that can be done now.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Action {
    /// Which one.
    pub(crate) act: Act,
    /// Does it.
    pub(crate) run: Callback<()>,
}

#[derive(Debug, Clone, Copy)]
struct Offered {
    number: u64,
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
    pub(crate) fn offer(self, act: Act, run: Callback<()>) {
        let number = self.next.try_update_value(|next| {
            *next += 1;
            *next
        });
        let Some(number) = number else { return };
        self.offered.update(|offered| offered.push(Offered { number, action: Action { act, run } }));
        on_cleanup(move || {
            let _ = self.offered.try_update(|offered| offered.retain(|other| other.number != number));
        });
    }

    /// What is offered, in the order of offering. Of two with the same key the later one counts.
    pub(crate) fn all(self) -> Vec<Action> {
        self.offered.read().iter().map(|offered| offered.action).collect()
    }
}
