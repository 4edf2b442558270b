//! What is wrong with what a document names, as far as that was read?

use std::collections::BTreeMap;

use leptos::prelude::*;
use oci::{Descriptor, Finding};

/// The findings of each descriptor's content, by the place of the descriptor. Copies are the same.
#[derive(Debug, Clone, Copy)]
pub(super) struct Below(RwSignal<BTreeMap<String, Vec<Finding>>>);

impl Below {
    /// Nothing was read yet.
    pub(super) fn new() -> Self {
        Self(RwSignal::new(BTreeMap::new()))
    }

    /// Notes what is wrong with the content of a descriptor; the findings speak of the content as a whole.
    pub(super) fn note(self, descriptor: &Descriptor, findings: &[Finding]) {
        let found = from_above(&descriptor.pointer, findings);
        let _ = self.0.try_maybe_update(|all| {
            let before = all.get(&descriptor.pointer).map(Vec::as_slice).unwrap_or_default();
            let is_new = before != found;
            if is_new {
                all.insert(descriptor.pointer.clone(), found);
            }
            (is_new, ())
        });
    }

    /// All that is known.
    pub(super) fn all(self) -> Vec<Finding> {
        self.0.read().values().flatten().cloned().collect()
    }
}

/// Findings of a content, where they stand in the document that names it.
pub(super) fn from_above(pointer: &str, findings: &[Finding]) -> Vec<Finding> {
    let place = |finding: &Finding| match finding.id.as_str() {
        "DS008" => format!("{pointer}/size"),
        "DS009" | "RG004" => format!("{pointer}/digest"),
        "IX005" => format!("{pointer}/mediaType"),
        _ => pointer.to_owned(),
    };
    findings.iter().map(|finding| finding.clone().at(place(finding))).collect()
}
