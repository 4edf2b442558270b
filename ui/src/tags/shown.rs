//! Which tags stand in the list, and in which order?
//!
//! From the whole list to what is shown: order, then folding, then the filter, then groups. Each step is made anew
//! only when what it needs has changed.

use std::{cmp::Ordering, collections::HashMap, sync::Arc};

use leptos::prelude::*;
use oci::Digest;
use view::digest_tags::is_digest_tag;

use super::{
    Tags,
    order::{By, Order},
};
use crate::shared::{
    filter::{ListFilter, Names},
    memory,
    seen::{Answer, Seen, Whose},
};

const KEY: &str = "ociscope.tags.unfolded";

/// What the list shows. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    /// The names from top to bottom.
    pub(super) names: Memo<Names>,
    /// How many tags look like digests.
    pub(super) digest_like: Memo<usize>,
    /// Whether those are hidden.
    pub(super) folded: RwSignal<bool>,
}

impl Shown {
    /// Follows the list of tags. `settled` grows when answers that came meanwhile may change the order: rows that
    /// are being looked at do not jump.
    pub(super) fn new(
        tags: Tags,
        whose: Memo<Option<Whose>>,
        filter: ListFilter,
        settled: RwSignal<u32>,
    ) -> Self {
        let Tags { listing, sorted, order, grouped, seen, .. } = tags;
        let folded = RwSignal::new(memory::text(KEY).is_none());
        let in_order = Memo::new(move |_| {
            let Order { by, turned } = order.get();
            let names = match by {
                By::Registry => return Arc::new(listing.names.get()),
                By::Name => sorted.names.get(),
                By::Created | By::Size => {
                    settled.track();
                    let Some(whose) = whose.get() else { return Names::default() };
                    return by_value(&sorted.names.read(), Order { by, turned }, |name| {
                        value(seen, &whose, name, by)
                    });
                }
            };
            if turned { Arc::new(names.iter().rev().cloned().collect()) } else { names }
        });
        let digest_like =
            Memo::new(move |_| in_order.read().iter().filter(|name| is_digest_tag(name)).count());
        let unfolded = Memo::new(move |_| {
            let names = in_order.read();
            if !folded.get() || digest_like.get() == 0 {
                return Arc::clone(&names);
            }
            Arc::new(names.iter().filter(|name| !is_digest_tag(name)).cloned().collect())
        });
        let filtered = Memo::new(move |_| filter.used.read().of(&unfolded.read()));
        let names = Memo::new(move |_| {
            let names = filtered.read();
            let (true, Some(whose)) = (grouped.get(), whose.get()) else { return Arc::clone(&names) };
            settled.track();
            together(&names, |name| seen.digest_now(&whose, name))
        });
        Self { names, digest_like, folded }
    }

    /// Shows what is hidden, or hides it; remembered.
    pub(super) fn fold(self, folded: bool) {
        if folded {
            memory::forget(KEY);
        } else {
            memory::keep_text(KEY, "true");
        }
        self.folded.set(folded);
    }
}

/// What a tag is sorted by, where it is known.
fn value(seen: Seen, whose: &Whose, name: &str, by: By) -> Option<i64> {
    let digest = seen.digest_now(whose, name)?;
    let Some(Answer::Here(summary)) = seen.summary_now(whose, &digest) else { return None };
    match by {
        By::Created => summary.created_ms,
        _ => summary.size.map(|size| i64::try_from(size).unwrap_or(i64::MAX)),
    }
}

/// The largest value first; what has none stays at the end, whichever way round.
fn by_value(names: &[Arc<str>], order: Order, value: impl Fn(&str) -> Option<i64>) -> Names {
    let mut valued: Vec<(Option<i64>, &Arc<str>)> = names.iter().map(|name| (value(name), name)).collect();
    valued.sort_by(|(a, _), (b, _)| match (a, b) {
        (Some(a), Some(b)) if order.turned => a.cmp(b),
        (Some(a), Some(b)) => b.cmp(a),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    });
    Arc::new(valued.into_iter().map(|(_, name)| Arc::clone(name)).collect())
}

/// Tags of one digest stand together, where the first of them stood. A tag whose digest is not known stays alone.
fn together(names: &[Arc<str>], digest: impl Fn(&str) -> Option<Digest>) -> Names {
    let mut groups: Vec<Vec<&Arc<str>>> = Vec::new();
    let mut places = HashMap::<Digest, usize>::new();
    for name in names {
        match digest(name) {
            Some(digest) => {
                let place = *places.entry(digest).or_insert_with(|| {
                    groups.push(Vec::new());
                    groups.len() - 1
                });
                groups[place].push(name);
            }
            None => groups.push(vec![name]),
        }
    }
    Arc::new(groups.into_iter().flatten().cloned().collect())
}
