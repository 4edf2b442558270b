//! Which of the manifests that were read name a blob or another manifest, and what do they say of it?
//!
//! A registry keeps bytes and no types: what a blob is, only the manifests say that list it; and to which index a
//! platform's manifest or an attestation belongs, only the index says.

use std::{
    cell::RefCell,
    collections::{HashMap, VecDeque},
};

use api::Inspection;
use oci::{Descriptor, Digest, Reference, Tag};

/// Of how many blobs it is kept in mind; then the oldest is forgotten.
const MOST: usize = 20_000;
/// How many manifests are kept in mind of one blob.
const MOST_OF_ONE: usize = 50;

/// Where BuildKit writes, beside an attestation in an index, which entry it speaks of.
pub(super) const ATTESTS: &str = "vnd.docker.reference.digest";

thread_local! {
    static NAMED: RefCell<Named> = RefCell::default();
}

/// A manifest that names a blob, or an index that names a manifest.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Naming {
    /// The manifest.
    pub(super) manifest: Digest,
    /// The tag by which it was read, where it was read by one.
    pub(super) tag: Option<Tag>,
    /// Its words about it: type, size, title, platform, and whose attestation it is.
    pub(super) descriptor: Descriptor,
}

/// By host, repository and digest.
#[derive(Default)]
struct Named {
    of: HashMap<String, Vec<Naming>>,
    /// What was named first stands first.
    order: VecDeque<String>,
}

impl Named {
    fn note(&mut self, place: String, naming: Naming) {
        if let Some(known) = self.of.get_mut(&place) {
            known.retain(|known| known.manifest != naming.manifest);
            known.insert(0, naming);
            known.truncate(MOST_OF_ONE);
            return;
        }
        self.of.insert(place.clone(), vec![naming]);
        self.order.push_back(place);
        if self.order.len() > MOST
            && let Some(oldest) = self.order.pop_front()
        {
            self.of.remove(&oldest);
        }
    }
}

/// The manifests that name a blob or a manifest, the last read first.
pub(super) fn of(beside: &Reference, blob: &Digest) -> Vec<Naming> {
    NAMED.with_borrow(|named| named.of.get(&place(beside, blob)).cloned().unwrap_or_default())
}

/// Keeps in mind what a manifest or an index names.
pub(super) fn note(inspection: &Inspection) {
    let reference = &inspection.reference;
    let tag = reference.tag.as_ref().filter(|_| reference.digest.is_none());
    NAMED.with_borrow_mut(|named| {
        // Of what is listed twice the first words count.
        let document = &inspection.view;
        let named_here = document.config.iter().chain(&document.layers).chain(&document.manifests);
        for descriptor in named_here.rev() {
            let Some(digest) = &descriptor.digest else { continue };
            let naming = Naming {
                manifest: inspection.digest.clone(),
                tag: tag.cloned(),
                descriptor: words(descriptor),
            };
            named.note(place(reference, digest), naming);
        }
    });
}

/// What is said of it, without what may be long and is not asked for.
fn words(descriptor: &Descriptor) -> Descriptor {
    const KEPT: [&str; 2] = ["org.opencontainers.image.title", ATTESTS];
    let kept = KEPT.iter().filter_map(|key| descriptor.annotations.get_key_value(*key));
    Descriptor {
        media_type: descriptor.media_type.clone(),
        digest: descriptor.digest.clone(),
        size: descriptor.size,
        pointer: descriptor.pointer.clone(),
        annotations: kept.map(|(key, value)| (key.clone(), value.clone())).collect(),
        platform: descriptor.platform.clone(),
        ..Descriptor::default()
    }
}

fn place(beside: &Reference, blob: &Digest) -> String {
    format!("{}/{}@{blob}", beside.host, beside.repository)
}
