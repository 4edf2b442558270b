//! What do the samples hold?

mod app;
mod attestations;
mod chart;
mod docker_image;
mod many;
mod referrers;
mod spdx;

use fake_registry::Store;

use crate::build::Descriptor;

/// The newest version of demo/app, and what refers to it.
pub(crate) struct Referred {
    subject: Descriptor,
    referring: [Descriptor; 2],
}

/// Fills a registry.
pub(crate) fn fill(store: &Store) -> Referred {
    let subject = app::fill(store);
    let referring = referrers::fill(store, &subject);
    docker_image::fill(store);
    chart::fill(store);
    many::fill(store);
    store.put_repository("demo/empty");
    Referred { subject, referring }
}

/// Adds what clients keep in a registry without the referrers API: the list under the fallback tag.
pub(crate) fn fill_fallback(store: &Store, referred: &Referred) {
    referrers::fill_fallback(store, &referred.subject, &referred.referring);
}
