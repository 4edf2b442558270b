//! What belongs to an object beyond its own bytes: the manifest of the chosen platform, and its config?

use std::sync::Arc;

use api::{BlobReading, Inspection, LONGEST_BLOB};
use leptos::prelude::*;
use oci::{Descriptor, ImageConfig, MediaType, Reference, Role, Shape};

use super::{
    load::{self, Load, Reading, Trace, Wanted},
    spot::Spot,
};
use crate::routes::Tab;

/// The parts of one object. They are read when a side first needs them.
#[derive(Clone)]
pub(super) struct Parts {
    /// The object.
    pub(super) inspection: Arc<Inspection>,
    /// Of an index: its entry for the chosen platform.
    pub(super) chosen: Memo<Option<Descriptor>>,
    /// Of an index: the manifest of that entry.
    pub(super) child: Reading<Inspection>,
    /// The config of the manifest that is shown.
    pub(super) config: Reading<BlobReading>,
    /// The same as an image's configuration, where it is one.
    pub(super) image: Memo<Option<Arc<ImageConfig>>>,
    /// The exchanges that all of it took.
    pub(super) trace: Trace,
}

impl Parts {
    /// The parts of an object.
    pub(super) fn of(inspection: Arc<Inspection>, spot: Spot, trace: Trace) -> Self {
        let is_index = inspection.view.shape == Shape::Index;
        let looked = Memo::new(move |before: Option<&bool>| {
            before == Some(&true) || matches!(spot.side.get(), Tab::Config | Tab::Layers)
        });
        let document = Arc::clone(&inspection);
        let chosen = Memo::new(move |_| {
            is_index.then(|| document.view.child_for(spot.platform.get().as_deref()).cloned()).flatten()
        });
        let beside = inspection.reference.clone();
        let wanted = Signal::derive(move || {
            let digest = chosen.read().as_ref().filter(|_| looked.get())?.digest.clone()?;
            Some(Reference { tag: None, digest: Some(digest), ..beside.clone() })
        });
        let child = load::object(wanted, false, trace);
        let own = Arc::clone(&inspection);
        let config = Memo::new(move |_| {
            if !looked.get() {
                return None;
            }
            match child.state.get() {
                Load::Ready(child) if is_index => config_of(&child),
                _ if is_index => None,
                _ => config_of(&own),
            }
        });
        let config = load::blob(config.into(), trace);
        let shown = Arc::clone(&inspection);
        let image = Memo::new(move |_| {
            let Load::Ready(blob) = config.state.get() else { return None };
            let is_image = match child.state.get() {
                Load::Ready(child) => is_image(&child),
                _ => is_image(&shown),
            };
            is_image.then(|| Arc::new(ImageConfig::read(&blob.bytes.0)))
        });
        Self { inspection, chosen, child, config, image, trace }
    }

    /// The manifest whose config and layers are shown: the object's own, or that of the chosen platform.
    pub(super) fn manifest(&self) -> Load<Inspection> {
        if self.inspection.view.shape == Shape::Index {
            match self.child.state.get() {
                Load::Idle => Load::Reading,
                load => load,
            }
        } else {
            Load::Ready(Arc::clone(&self.inspection))
        }
    }
}

/// The config of a manifest, where it is short enough to be read and not the empty one.
fn config_of(manifest: &Inspection) -> Option<Wanted> {
    let config = manifest.view.config.as_ref()?;
    let is_empty = config.media_type.as_ref().map(MediaType::role) == Some(Role::Empty);
    if is_empty { None } else { Wanted::of(&manifest.reference, config, LONGEST_BLOB) }
}

/// Whether the config of a manifest is an image's configuration.
pub(super) fn is_image(manifest: &Inspection) -> bool {
    let config = manifest.view.config.as_ref().and_then(|config| config.media_type.as_ref());
    config.is_some_and(|kind| kind.role() == Role::Config)
}
