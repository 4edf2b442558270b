//! Which tag is the current one, which one is shown beside the list, and how does the address follow?
//!
//! Arrows move from row to row. A tag is shown beside the list where it stands in the address (`?sel=`); once one is,
//! the address follows the arrows when they rest, since browsers allow only so many changes of it at a time.

use std::{sync::Arc, time::Duration};

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use crate::{
    query::Query,
    routes::{Here, Route},
    shared::seen::Whose,
};

/// How long the keys must rest.
const REST: Duration = Duration::from_millis(140);
/// WebKit refuses more than 100 changes of the address in 30 s: long before that, the keys must rest longer.
const SPAN_MS: f64 = 30_000.0;
const MANY: usize = 50;
const LONG_REST: Duration = Duration::from_secs(1);

/// The current tag. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Selection {
    /// Its name, ahead of the address while keys are pressed.
    wanted: RwSignal<Option<Arc<str>>>,
    /// The tag in the address, and with it the one beside the list.
    shown: Memo<Option<String>>,
    /// Puts a tag into the address, or none.
    follow: Callback<Option<Arc<str>>>,
    /// Runs while the keys rest.
    timer: StoredValue<Option<TimeoutHandle>>,
    followed: StoredValue<Vec<f64>>,
}

impl Selection {
    /// The selection of this screen. `kept` outlives it, for the way back.
    pub(super) fn new(kept: StoredValue<Option<(Whose, Arc<str>)>>, whose: Memo<Option<Whose>>) -> Self {
        let here: Here = expect_context();
        let Here { route, selected: shown, .. } = here;
        let of_before = move || {
            let (of, name) = kept.get_value()?;
            (Some(of) == whose.get_untracked()).then_some(name)
        };
        let wanted = RwSignal::new(shown.get_untracked().map(Arc::from).or_else(of_before));
        let timer = StoredValue::new(None::<TimeoutHandle>);
        let navigate = use_navigate();
        let followed = StoredValue::new(Vec::<f64>::new());
        let follow = Callback::new(move |name: Option<Arc<str>>| {
            timer.set_value(None);
            followed.update_value(|moments| moments.push(js_sys::Date::now()));
            let query = Query { selected: name.map(|name| name.to_string()), ..untrack(|| here.query()) };
            let options = NavigateOptions { replace: true, scroll: false, ..Default::default() };
            navigate(&route.read_untracked().address(&query), options);
        });
        // Back, forward and links change the address alone. Where it names none any more, the row stays the current one.
        Effect::new(move |_| {
            let Some(address) = shown.get().filter(|_| timer.with_value(Option::is_none)) else { return };
            let listed = matches!(*route.read_untracked(), Route::Repository(..));
            if listed && wanted.read_untracked().as_deref() != Some(&*address) {
                wanted.set(Some(Arc::from(address)));
            }
        });
        Effect::new(move |before: Option<Option<Whose>>| {
            let now = whose.get();
            if before.is_some_and(|before| before != now) {
                wanted.set(shown.get_untracked().map(Arc::from));
            }
            now
        });
        Effect::new(move |_| kept.set_value(whose.get_untracked().zip(wanted.get())));
        on_cleanup(move || {
            if let Some(Some(timer)) = timer.try_get_value() {
                timer.clear();
            }
        });
        Self { wanted, shown, follow, timer, followed }
    }

    /// Makes a tag the current one; the pane beside the list follows where it is open.
    pub(super) fn reach(self, name: Arc<str>) {
        if self.shown.read_untracked().is_some() {
            return self.show(name);
        }
        if self.wanted.read_untracked().as_ref() != Some(&name) {
            self.wanted.set(Some(name));
        }
    }

    /// Makes a tag the current one, and shows it beside the list.
    pub(super) fn show(self, name: Arc<str>) {
        let Self { wanted, shown, follow, timer, followed } = self;
        if wanted.read_untracked().as_ref() != Some(&name) {
            wanted.set(Some(name.clone()));
        } else if shown.read_untracked().as_deref() == Some(&*name) && timer.with_value(Option::is_none) {
            return;
        }
        let resting = timer.try_update_value(Option::take).flatten();
        let since = js_sys::Date::now() - SPAN_MS;
        followed.update_value(|moments| moments.retain(|moment| *moment > since));
        let many = followed.with_value(Vec::len) > MANY;
        if resting.is_none() && !many {
            // The first press is followed at once; those soon after it wait.
            follow.run(Some(name));
            timer.set_value(set_timeout_with_handle(move || timer.set_value(None), REST).ok());
            return;
        }
        if let Some(before) = resting {
            before.clear();
        }
        let rest = if many { LONG_REST } else { REST };
        timer.set_value(set_timeout_with_handle(move || follow.run(Some(name)), rest).ok());
    }

    /// Shows none beside the list any more; the current row stays.
    pub(super) fn close(self) {
        if let Some(resting) = self.timer.try_update_value(Option::take).flatten() {
            resting.clear();
        }
        self.follow.run(None);
    }

    /// Where it stands among these names.
    pub(super) fn place(self, names: &[Arc<str>]) -> Option<usize> {
        let wanted = self.wanted.read();
        let wanted = wanted.as_ref()?;
        names.iter().position(|name| name == wanted)
    }
}
