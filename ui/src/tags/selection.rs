//! Which tag is the current one, and how does the address follow?
//!
//! The selection moves at once; the address (`?sel=`) and with it the inspector follow when the keys rest, since
//! browsers allow only so many changes of the address at a time.

use std::{sync::Arc, time::Duration};

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use crate::{query::Query, routes::Here};

/// How long the keys must rest.
const REST: Duration = Duration::from_millis(140);
/// WebKit refuses more than 100 changes of the address in 30 s: long before that, the keys must rest longer.
const SPAN_MS: f64 = 30_000.0;
const MANY: usize = 50;
const LONG_REST: Duration = Duration::from_secs(1);

/// The current tag.
#[derive(Clone, Copy)]
pub(super) struct Selection {
    /// Its name, ahead of the address while keys are pressed.
    pub(super) wanted: RwSignal<Option<Arc<str>>>,
    /// Selects a tag.
    pub(super) select: Callback<Arc<str>>,
}

impl Selection {
    /// The selection of this screen.
    pub(super) fn new() -> Self {
        let here: Here = expect_context();
        let Here { route, selected, .. } = here;
        let wanted = RwSignal::new(selected.get_untracked().map(Arc::from));
        let timer = StoredValue::new(None::<TimeoutHandle>);
        let navigate = use_navigate();
        let followed = StoredValue::new(Vec::<f64>::new());
        let follow = Callback::new(move |name: Arc<str>| {
            timer.set_value(None);
            followed.update_value(|moments| moments.push(js_sys::Date::now()));
            let query = Query { selected: Some(name.to_string()), ..untrack(|| here.query()) };
            let options = NavigateOptions { replace: true, scroll: false, ..Default::default() };
            navigate(&route.read_untracked().address(&query), options);
        });
        let select = Callback::new(move |name: Arc<str>| {
            if wanted.read_untracked().as_ref() == Some(&name) && timer.with_value(Option::is_none) {
                return;
            }
            wanted.set(Some(name.clone()));
            let resting = timer.try_update_value(Option::take).flatten();
            let since = js_sys::Date::now() - SPAN_MS;
            followed.update_value(|moments| moments.retain(|moment| *moment > since));
            let many = followed.with_value(Vec::len) > MANY;
            if resting.is_none() && !many {
                // The first press is followed at once; those soon after it wait.
                follow.run(name);
                timer.set_value(set_timeout_with_handle(move || timer.set_value(None), REST).ok());
                return;
            }
            if let Some(before) = resting {
                before.clear();
            }
            let rest = if many { LONG_REST } else { REST };
            timer.set_value(set_timeout_with_handle(move || follow.run(name), rest).ok());
        });
        // Back, forward and links change the address alone.
        Effect::new(move |_| {
            let address = selected.get();
            if timer.with_value(Option::is_none) && wanted.read_untracked().as_deref() != address.as_deref() {
                wanted.set(address.map(Arc::from));
            }
        });
        on_cleanup(move || {
            if let Some(Some(timer)) = timer.try_get_value() {
                timer.clear();
            }
        });
        Self { wanted, select }
    }

    /// Where it stands among these names.
    pub(super) fn place(self, names: &[Arc<str>]) -> Option<usize> {
        let wanted = self.wanted.read();
        let wanted = wanted.as_ref()?;
        names.iter().position(|name| name == wanted)
    }
}
