//! Which layers does the next older tag have too?

use std::{collections::HashSet, sync::Arc};

use api::{Inspection, ListTags, TagBatch};
use leptos::prelude::*;
use oci::{Descriptor, Reference, Shape, Tag};

use crate::{
    client::Client,
    object::{
        load::{self, Load, Trace},
        parts::Parts,
        spot::Spot,
    },
    shared::listing::{Listing, Page, Progress},
};

/// How many tags are read to find the neighbour.
const MOST: usize = 200_000;

/// The tag before this one, and its layers. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Neighbour {
    /// The tags of the repository, once they are wanted.
    listing: Listing,
    /// Where they are; `None` where the object's tag is no version, so that none is older.
    of: StoredValue<Option<Reference>>,
    /// The next older tag.
    tag: Memo<Option<Tag>>,
    /// How far its manifest is.
    manifest: Signal<Load<Inspection>>,
    /// The digests of its layers.
    digests: Memo<Option<Arc<HashSet<String>>>>,
    client: Client,
}

impl Neighbour {
    /// The neighbour of an object that was asked for by its tag; nothing is asked until the user wants it.
    pub(super) fn of(parts: &Parts, trace: Trace) -> Self {
        let spot = Spot::here();
        let reference = &parts.inspection.reference;
        let tagged =
            reference.tag.clone().filter(|tag| reference.digest.is_none() && is_version(tag.as_str()));
        let of = StoredValue::new(tagged.is_some().then(|| reference.clone()));
        let listing = Listing::new();
        on_cleanup(move || listing.clear());
        let tag = Memo::new(move |_| {
            let tag = tagged.as_ref()?;
            if *listing.progress.read() != Progress::Complete {
                return None;
            }
            older(tag.as_str(), &listing.names.read())
        });
        let wanted = {
            let reference = reference.clone();
            Signal::derive(move || {
                let tag = tag.get()?;
                Some(Reference { tag: Some(tag), digest: None, ..reference.clone() })
            })
        };
        let top = load::object(wanted, false, trace);
        let beside = reference.clone();
        let below = Signal::derive(move || match top.state.get() {
            Load::Ready(top) if top.view.shape == Shape::Index => {
                load::named(&beside, top.view.child_for(spot.platform.get().as_deref())?)
            }
            _ => None,
        });
        let child = load::child(below, trace);
        let manifest = Signal::derive(move || match (top.state.get(), child.state.get()) {
            (Load::Ready(top), _) if top.view.shape != Shape::Index => Load::Ready(top),
            (Load::Ready(_), child) => child,
            (top, _) => top,
        });
        let digests = Memo::new(move |_| match manifest.get() {
            Load::Ready(other) => Some(Arc::new(digests(&other.view.layers))),
            _ => None,
        });
        Self { listing, of, tag, manifest, digests, client: Client::here() }
    }

    /// The tag that has this layer too.
    pub(super) fn has(self, digest: &str) -> Option<String> {
        let there = self.digests.read().as_ref().is_some_and(|digests| digests.contains(digest));
        there.then(|| self.tag.get().map(|tag| tag.to_string())).flatten()
    }

    fn find(self) {
        let Some(Reference { host, repository, .. }) = self.of.get_value() else { return };
        let request = ListTags { registry: host, repository };
        self.listing.start(self.client, &request, |batch: TagBatch| Page {
            names: batch.tags,
            number: batch.page,
            complete: batch.complete,
            findings: batch.findings,
        });
    }
}

/// Whether a tag is named by a version: `1.2.0`, `v1`. `latest` is not, nor what tools name after a digest.
fn is_version(tag: &str) -> bool {
    tag.strip_prefix('v').unwrap_or(tag).starts_with(|c: char| c.is_ascii_digit())
}

/// The version that stands before another one in natural order: of the older ones the newest.
fn older(tag: &str, names: &[Arc<str>]) -> Option<Tag> {
    let mut best: Option<&str> = None;
    for name in names.iter().take(MOST) {
        let name: &str = name;
        let before = view::natural::compare(name, tag).is_lt();
        if before && is_version(name) && best.is_none_or(|best| view::natural::compare(best, name).is_lt()) {
            best = Some(name);
        }
    }
    best.and_then(|name| name.parse().ok())
}

fn digests(layers: &[Descriptor]) -> HashSet<String> {
    layers.iter().filter_map(|layer| layer.digest.as_ref()).map(ToString::to_string).collect()
}

/// The button that finds the neighbour; then which tag it is, and how much of it is shared.
#[component]
pub(super) fn NeighbourBar(neighbour: Neighbour) -> impl IntoView {
    neighbour.of.get_value()?;
    let Neighbour { listing, tag, manifest, digests, .. } = neighbour;
    let said = move || {
        match &*listing.progress.read() {
        Progress::Idle => view! {
            <button type="button" class="btn small" data-testid="neighbour-find" on:click=move |_| neighbour.find()>
                {view::text("ui.object.neighbour_find", &[])}
            </button>
        }
        .into_any(),
        Progress::Running => view::text("ui.object.neighbour_tags", &[]).into_any(),
        Progress::Failed(error) => {
            let why = view::visible(&error.message);
            view! { <span class="bad">{view::text("ui.object.neighbour_failed", &[("why", &why)])}</span> }.into_any()
        }
        Progress::Stopped | Progress::Partial => view::text("ui.object.neighbour_partial", &[]).into_any(),
        Progress::Complete => match (tag.get(), manifest.get()) {
            (None, _) => view::text("ui.object.neighbour_none", &[]).into_any(),
            (Some(tag), Load::Ready(_)) => {
                let count = digests.read().as_ref().map_or(0, |digests| digests.len());
                let count = view::words::count(count as u64);
                view::text("ui.object.neighbour", &[("tag", tag.as_str()), ("count", &count)]).into_any()
            }
            (Some(tag), Load::Failed(error)) => {
                let why = view::visible(&error.message);
                let text = view::text("ui.object.neighbour_unread", &[("tag", tag.as_str()), ("why", &why)]);
                view! { <span class="bad">{text}</span> }.into_any()
            }
            (Some(tag), Load::Idle) => {
                let why = view::text("ui.object.neighbour_no_digest", &[]);
                let text = view::text("ui.object.neighbour_unread", &[("tag", tag.as_str()), ("why", &why)]);
                view! { <span class="bad">{text}</span> }.into_any()
            }
            (Some(tag), _) => view::text("ui.object.neighbour_reading", &[("tag", tag.as_str())]).into_any(),
        },
    }
    };
    Some(view! { <div class="neighbour" role="status" data-testid="neighbour">{said}</div> })
}
