//! What did a tag point to when it was last looked at?
//!
//! Known only for what the user opened: a list asks nothing by itself, since each question counts against the
//! registry's limits.

use std::collections::HashMap;

use api::{Inspection, Recent};
use leptos::prelude::*;
use oci::{Digest, Kind};

use crate::home::recents::Recents;

/// How many objects are kept in mind.
const MOST: usize = 2_000;

/// What an object was.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sight {
    /// Its digest.
    pub(crate) digest: Digest,
    /// Its kind.
    pub(crate) kind: Kind,
    /// Its kind in words.
    pub(crate) words: String,
}

/// What was looked at since this page was loaded, by the reference that was asked for.
#[derive(Clone, Copy)]
pub(crate) struct Seen {
    sights: RwSignal<HashMap<String, Sight>>,
    recents: Recents,
}

impl Seen {
    /// Nothing was seen yet.
    pub(crate) fn provide() {
        provide_context(Self { sights: RwSignal::new(HashMap::new()), recents: Recents::here() });
    }

    /// What was seen on this page.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// Notes what was read.
    pub(crate) fn note(self, inspection: &Inspection) {
        let words = view::words::kind(&inspection.view);
        let (digest, kind) = (inspection.digest.clone(), inspection.view.kind.clone());
        self.recents.note(Recent {
            reference: inspection.reference.clone(),
            digest: digest.clone(),
            outline: inspection.view.outline(),
        });
        let _ = self.sights.try_update(|sights| {
            if sights.len() < MOST {
                sights.insert(inspection.reference.to_string(), Sight { digest, kind, words });
            }
        });
    }

    /// What an object was when it was looked at.
    pub(crate) fn of(self, reference: &str) -> Option<Sight> {
        self.sights.read().get(reference).cloned()
    }
}
