//! How long ago was it?

use std::time::Duration;

use leptos::prelude::*;

/// How often ages are said anew.
const TICK: Duration = Duration::from_secs(20);

/// The time, in milliseconds since 1970, in steps. Copies are the same.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Now(RwSignal<f64>);

impl Now {
    /// Ticks as long as the component around it is there.
    pub(crate) fn ticking() -> Self {
        let now = RwSignal::new(js_sys::Date::now());
        let timer = set_interval_with_handle(
            move || {
                let _ = now.try_set(js_sys::Date::now());
            },
            TICK,
        );
        on_cleanup(move || {
            if let Ok(timer) = timer {
                timer.clear();
            }
        });
        Self(now)
    }

    /// The time now; tracked.
    pub(crate) fn get(self) -> i64 {
        self.0.get() as i64
    }
}
