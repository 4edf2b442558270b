//! What did the descriptors that were read say of a manifest?

use std::{
    cell::RefCell,
    collections::{HashMap, VecDeque},
};

use api::{Expected, Inspection};
use oci::{Descriptor, Digest, Reference};

/// Of how many manifests it is kept in mind; then the oldest is forgotten.
const MOST: usize = 50_000;

thread_local! {
    static SAID: RefCell<Said> = RefCell::default();
}

/// By host, repository and digest.
#[derive(Default)]
struct Said {
    of: HashMap<String, Expected>,
    /// What was said first stands first.
    order: VecDeque<String>,
}

impl Said {
    fn note(&mut self, place: String, expected: Expected) {
        if self.of.insert(place.clone(), expected).is_some() {
            return;
        }
        self.order.push_back(place);
        if self.order.len() > MOST
            && let Some(oldest) = self.order.pop_front()
        {
            self.of.remove(&oldest);
        }
    }
}

/// What a descriptor says of its content.
pub(super) fn by(descriptor: &Descriptor) -> Expected {
    Expected { size: descriptor.size, media_type: descriptor.media_type.clone() }
}

/// What a document that was read says of this object.
pub(super) fn of(reference: &Reference) -> Option<Expected> {
    let digest = reference.digest.as_ref()?;
    SAID.with_borrow(|said| said.of.get(&place(reference, digest)).cloned())
}

/// Keeps in mind what a document says of the manifests that it names.
pub(super) fn note(inspection: &Inspection) {
    SAID.with_borrow_mut(|said| {
        for descriptor in inspection.view.manifests.iter().chain(&inspection.view.subject) {
            if let Some(digest) = &descriptor.digest {
                said.note(place(&inspection.reference, digest), by(descriptor));
            }
        }
    });
}

fn place(beside: &Reference, digest: &Digest) -> String {
    format!("{}/{}@{digest}", beside.host, beside.repository)
}
