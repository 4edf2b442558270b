//! Which tags does a repository have?

mod cells;
mod chosen;
mod columns;
mod copy;
mod fill;
mod order;
mod page;
mod peek;
mod rest;
mod row;
mod selection;
mod shown;
mod sorted;

use std::sync::Arc;

use api::{ListTags, TagBatch};
use leptos::prelude::*;

use crate::{
    client::Client,
    shared::{
        listing::{Listing, Page, Progress},
        seen::{Seen, Whose},
    },
};
use order::Order;
pub(crate) use page::TagsPage;
use sorted::Sorted;

/// The list of one repository: the one that was opened last. A list that is complete is kept for the way back, with
/// its order, its current tag and how far it was scrolled.
#[derive(Clone, Copy)]
pub(crate) struct Tags {
    listing: Listing,
    sorted: Sorted,
    order: RwSignal<Order>,
    /// Whether tags of one digest stand together.
    grouped: RwSignal<bool>,
    scrolled: StoredValue<f64>,
    /// Which tag was the current one, and of whose.
    current: StoredValue<Option<(Whose, Arc<str>)>>,
    of: RwSignal<Option<Whose>>,
    client: Client,
    seen: Seen,
}

impl Tags {
    /// Makes the list of this page; it asks nothing yet.
    pub(crate) fn provide() {
        let listing = Listing::new();
        provide_context(Self {
            listing,
            sorted: Sorted::of(listing),
            order: RwSignal::new(Order::remembered()),
            grouped: RwSignal::new(false),
            scrolled: StoredValue::new(0.0),
            current: StoredValue::new(None),
            of: RwSignal::new(None),
            client: Client::here(),
            seen: Seen::here(),
        });
    }

    /// The list of this page.
    fn here() -> Self {
        expect_context()
    }

    /// Reads the list of a repository, unless it is here or on its way.
    fn want(self, whose: &Whose) {
        let same = self.of.read_untracked().as_ref() == Some(whose);
        let here = matches!(&*self.listing.progress.read_untracked(), Progress::Running | Progress::Complete);
        if !same {
            self.scrolled.set_value(0.0);
            self.order.set(Order::remembered());
            self.grouped.set(false);
        }
        if !(same && here) {
            self.read(whose);
        }
    }

    /// Reads it anew; what its tags point to is asked anew, too.
    fn read(self, whose: &Whose) {
        self.of.set(Some(whose.clone()));
        self.seen.forget(whose);
        let (registry, repository) = whose.clone();
        self.listing.start(self.client, &ListTags { registry, repository }, page_of);
    }
}

fn page_of(batch: TagBatch) -> Page {
    let TagBatch { tags, page, complete, findings } = batch;
    Page { names: tags, number: page, complete, findings }
}
