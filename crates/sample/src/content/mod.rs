//! What do the samples hold?

mod app;
mod app_steps;
mod attestations;
mod docker_image;
mod fixtures;
mod many;
mod nested;
mod referrers;
mod spdx;
mod trouble;
mod wasm;

use fake_registry::{FakeRegistry, Store};

use fixtures::Fallback;
use referrers::Listed;

/// What only a registry without the referrers API holds: lists that clients keep.
pub(crate) struct Kept {
    listed: Vec<Listed>,
    fallbacks: Vec<Fallback>,
}

/// Fills a registry. Gives what is added to it where it has no referrers API.
pub(crate) fn fill(registry: &FakeRegistry) -> Kept {
    let store = registry.store();
    let subject = app::fill(store);
    let mut listed = vec![referrers::fill(store, subject)];
    docker_image::fill(store);
    let fallbacks = fixtures::fill(store);
    wasm::fill(store);
    nested::fill(store);
    many::fill(store);
    store.put_repository("demo/empty");
    listed.extend(trouble::fill(registry));
    Kept { listed, fallbacks }
}

/// Adds the lists under their fallback tags.
pub(crate) fn fill_fallback(store: &Store, kept: &Kept) {
    for listed in &kept.listed {
        referrers::fill_fallback(store, listed);
    }
    for fallback in &kept.fallbacks {
        fallback.store(store);
    }
}
