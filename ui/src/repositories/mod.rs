//! Which repositories does a registry have?

mod by_name;
mod page;
mod row;
pub(crate) mod tree;

use std::{collections::BTreeMap, sync::Arc};

use api::{ListRepositories, RepositoryBatch};
use leptos::prelude::*;
use oci::Host;

use crate::{
    client::Client,
    shared::{
        listing::{Listing, Page, Progress},
        seen::Seen,
    },
};
pub(crate) use page::{RepositoriesPage, Waiting};

/// The list of one registry: the one that is open. The sources and the screen show the same.
#[derive(Clone, Copy)]
pub(crate) struct Repositories {
    /// The list.
    pub(crate) listing: Listing,
    /// Whose it is.
    pub(crate) of: RwSignal<Option<Host>>,
    /// Folders that were opened or closed by hand.
    folds: RwSignal<BTreeMap<Arc<str>, bool>>,
    /// How far the screen is scrolled.
    scrolled: StoredValue<f64>,
    client: Client,
}

impl Repositories {
    /// Makes the list of this page; it asks nothing yet.
    pub(crate) fn provide() {
        let client = Client::here();
        let list = Self {
            listing: Listing::new(),
            of: RwSignal::new(None),
            folds: RwSignal::new(BTreeMap::new()),
            scrolled: StoredValue::new(0.0),
            client,
        };
        provide_context(list);
        // What was listed may be completed.
        let seen = Seen::here();
        Effect::new(move |_| {
            let ended = list.listing.read_at.get().is_some();
            if let (true, Some(host)) = (ended, list.of.get_untracked()) {
                seen.repositories_are(&host, list.listing.names.get_untracked());
            }
        });
    }

    /// The list of this page.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// Reads the list of a registry, unless it is here or on its way.
    pub(crate) fn want(self, host: &Host) {
        let same = self.of.read_untracked().as_ref() == Some(host);
        let idle = matches!(&*self.listing.progress.read_untracked(), Progress::Idle | Progress::Failed(_));
        if !same {
            self.folds.set(BTreeMap::new());
            self.scrolled.set_value(0.0);
        }
        if !same || idle {
            self.read(host);
        }
    }

    /// Reads it anew.
    pub(crate) fn read(self, host: &Host) {
        self.of.set(Some(host.clone()));
        self.listing.start(self.client, &ListRepositories { registry: host.clone() }, page_of);
    }

    /// Ends the reading of any other registry's list: nobody looks at it any more.
    pub(crate) fn leave_others(self, host: Option<&Host>) {
        if self.of.read_untracked().as_ref() != host {
            self.of.set(None);
            self.listing.clear();
        }
    }

    /// The names of a registry's repositories, as far as they came.
    pub(crate) fn names(self, host: &Host) -> Vec<Arc<str>> {
        if self.of.read().as_ref() == Some(host) { self.listing.names.get() } else { Vec::new() }
    }
}

fn page_of(batch: RepositoryBatch) -> Page {
    let RepositoryBatch { repositories, page, complete, findings } = batch;
    Page { names: repositories, number: page, complete, findings }
}
