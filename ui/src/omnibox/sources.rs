//! What was seen that a text may be completed from?

use leptos::prelude::*;

use super::{complete::Store, reading::route_of};
use crate::{
    registries::Known,
    repositories::Repositories,
    routes::{Here, Route},
    settings::Settings,
    shared::seen::Seen,
};

/// At most so many names of a list are completed from.
const MOST_NAMES: usize = 20_000;

/// What the user looked at and pinned, then what lists named. Follows all of it.
pub(super) fn seen() -> Store {
    let mut store = Store::default();
    let settings = Settings::here().now.read();
    for recent in &settings.recents {
        store.add(&route_of(&recent.reference), true);
    }
    for pin in &settings.pins {
        let route = match &pin.repository {
            Some(repository) => Route::Repository(pin.registry.clone(), repository.clone()),
            None => Route::Registry(pin.registry.clone()),
        };
        store.add(&route, true);
    }
    for entry in Known::here().entries().iter() {
        store.add(&Route::Registry(entry.name.clone()), true);
    }
    for reference in Seen::here().references() {
        store.add(&route_of(&reference), false);
    }
    let Here { route, .. } = expect_context();
    if let Some(host) = route.read().host() {
        for name in Repositories::here().names(host).into_iter().take(MOST_NAMES) {
            if let Ok(repository) = name.parse() {
                store.add(&Route::Repository(host.clone(), repository), false);
            }
        }
    }
    store
}
