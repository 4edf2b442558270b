//! How many requests are running?

use leptos::prelude::*;

/// One running request; counted until it is dropped.
pub(super) struct Flight(RwSignal<u32>);

impl Flight {
    /// Counts one more.
    pub(super) fn start(count: RwSignal<u32>) -> Self {
        count.update(|count| *count += 1);
        Self(count)
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        // The count is gone before the last request when the page closes.
        let _ = self.0.try_update(|count| *count = count.saturating_sub(1));
    }
}
