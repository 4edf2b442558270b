//! Which repositories does a registry have?

mod by_name;
mod page;

use std::sync::Arc;

use api::{ListRepositories, RepositoryBatch};
use leptos::prelude::*;
use oci::Host;

use crate::{
    client::Client,
    shared::listing::{Listing, Page, Progress},
};
pub(crate) use page::{RepositoriesPage, Waiting};

/// The list of one registry: the one that is open. The sources and the screen show the same.
#[derive(Clone, Copy)]
pub(crate) struct Repositories {
    /// The list.
    pub(crate) listing: Listing,
    /// Whose it is.
    pub(crate) of: RwSignal<Option<Host>>,
    client: Client,
}

impl Repositories {
    /// Makes the list of this page; it asks nothing yet.
    pub(crate) fn provide() {
        let client = Client::here();
        provide_context(Self { listing: Listing::new(), of: RwSignal::new(None), client });
    }

    /// The list of this page.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// Reads the list of a registry, unless it is here or on its way.
    pub(crate) fn want(self, host: &Host) {
        let same = self.of.read_untracked().as_ref() == Some(host);
        let idle = matches!(&*self.listing.progress.read_untracked(), Progress::Idle | Progress::Failed(_));
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
