//! Which tags does a repository have?

mod order;
mod page;
mod selection;

use api::{ListTags, TagBatch};
use leptos::prelude::*;
use oci::{Host, RepositoryName};

use crate::{
    client::Client,
    shared::listing::{Listing, Page, Progress},
};
pub(crate) use page::TagsPage;

/// A repository of a registry.
type Whose = (Host, RepositoryName);

/// The list of one repository: the one that was opened last. A list that is complete is kept for the way back.
#[derive(Clone, Copy)]
pub(crate) struct Tags {
    listing: Listing,
    of: RwSignal<Option<Whose>>,
    client: Client,
}

impl Tags {
    /// Makes the list of this page; it asks nothing yet.
    pub(crate) fn provide() {
        let client = Client::here();
        provide_context(Self { listing: Listing::new(), of: RwSignal::new(None), client });
    }

    /// The list of this page.
    fn here() -> Self {
        expect_context()
    }

    /// Reads the list of a repository, unless it is here or on its way.
    fn want(self, whose: &Whose) {
        let same = self.of.read_untracked().as_ref() == Some(whose);
        let here = matches!(&*self.listing.progress.read_untracked(), Progress::Running | Progress::Complete);
        if !(same && here) {
            self.read(whose);
        }
    }

    /// Reads it anew.
    fn read(self, whose: &Whose) {
        self.of.set(Some(whose.clone()));
        let (registry, repository) = whose.clone();
        self.listing.start(self.client, &ListTags { registry, repository }, page_of);
    }
}

fn page_of(batch: TagBatch) -> Page {
    let TagBatch { tags, page, complete, findings } = batch;
    Page { names: tags, number: page, complete, findings }
}
