//! Is the host there?

use std::time::Duration;

use api::Error;
use leptos::prelude::*;

use super::http::STALE_TOKEN;

/// How long to wait before the first, second, … try to reach a host that is gone. The last is repeated.
const WAITS: &[u64] = &[500, 1_000, 2_000, 4_000, 8_000];

/// What is known about the host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum LinkState {
    /// It answers.
    Up,
    /// It does not answer; this many tries were made since.
    Gone {
        /// How many tries failed.
        tries: usize,
    },
    /// It answers, but does not know this page's token: it was started anew.
    StaleToken,
}

/// Whether the host answers. Copies are the same.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Link {
    /// The state.
    pub(crate) state: RwSignal<LinkState>,
    /// Grows each time a host that was gone is back: whoever failed meanwhile asks again.
    generation: RwSignal<u32>,
}

impl Link {
    pub(super) fn new() -> Self {
        Self { state: RwSignal::new(LinkState::Up), generation: RwSignal::new(0) }
    }

    /// Tracks the returns of a host that was gone.
    pub(crate) fn generation(self) -> u32 {
        self.generation.get()
    }

    pub(super) fn lost(self, error: &Error) {
        let state = self.state.get_untracked();
        let next = match (error.status, &state) {
            (Some(STALE_TOKEN), _) => LinkState::StaleToken,
            (_, LinkState::Gone { .. }) => return,
            _ => LinkState::Gone { tries: 0 },
        };
        if next != state {
            self.state.set(next);
        }
    }

    pub(super) fn alive(self) {
        if self.state.get_untracked() != LinkState::Up {
            self.state.set(LinkState::Up);
            self.generation.update(|generation| *generation += 1);
        }
    }

    /// One more try failed.
    pub(crate) fn tried(self) {
        self.state.update(|state| {
            if let LinkState::Gone { tries } = state {
                *tries += 1;
            }
        });
    }

    /// How long to wait before the next try.
    pub(crate) fn wait(tries: usize) -> Duration {
        let last = WAITS.len() - 1;
        Duration::from_millis(WAITS[tries.min(last)])
    }
}
