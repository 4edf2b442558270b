//! What belongs to an object beyond its own bytes: the manifest of the chosen platform, and its config?

use std::sync::Arc;

use api::{BlobReading, Inspection, LONGEST_BLOB};
use leptos::prelude::*;
use oci::{Descriptor, Finding, ImageConfig, Match, MediaType, Role, Shape, Verification};

use super::{
    below::Below,
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
    /// What was asked for, where the index has nothing for just that.
    pub(super) unmet: Memo<Option<String>>,
    /// Of an index: the manifest of that entry.
    pub(super) child: Reading<Inspection>,
    /// The config of the manifest that is shown.
    pub(super) config: Reading<BlobReading>,
    /// The same as an image's configuration, where it is one.
    pub(super) image: Memo<Option<Arc<ImageConfig>>>,
    /// What is wrong with what the object names, as far as that was read.
    pub(super) below: Below,
    /// All that is wrong: with the object, with its answer, and with what it names.
    pub(super) findings: Memo<Arc<Vec<Finding>>>,
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
        let choice = Memo::new(move |_| {
            let wanted = spot.platform.get();
            let (entry, how) = document.view.choose(wanted.as_deref()).filter(|_| is_index)?;
            let unmet = wanted.filter(|_| matches!(how, Match::Near | Match::Other));
            Some((entry.clone(), unmet))
        });
        let chosen = Memo::new(move |_| Some(choice.get()?.0));
        let unmet = Memo::new(move |_| choice.get()?.1);
        let beside = inspection.reference.clone();
        let wanted =
            Signal::derive(move || load::named(&beside, chosen.read().as_ref().filter(|_| looked.get())?));
        let child = load::child(wanted, trace);
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
            // Other bytes than the manifest names say nothing of it.
            (is_image && !is_other(&blob)).then(|| Arc::new(ImageConfig::read(&blob.bytes.0)))
        });
        let below = Below::new();
        let own = inspection.view.config.clone().filter(|_| !is_index);
        Effect::new(move |_| {
            match (chosen.get(), child.state.get()) {
                (Some(entry), Load::Ready(child)) => below.note(&entry, &child.findings),
                // What was refused says which rule it breaks.
                (Some(entry), Load::Failed(error)) => below.note(&entry, &error.findings),
                _ => {}
            }
            if let (Some(own), Load::Ready(blob)) = (&own, config.state.get()) {
                below.note(own, &blob.findings);
            }
        });
        let document = Arc::clone(&inspection);
        let findings = Memo::new(move |_| {
            let own = document.view.findings.iter().chain(&document.findings).cloned();
            Arc::new(own.chain(below.all()).collect())
        });
        Self { inspection, chosen, unmet, child, config, image, below, findings, trace }
    }

    /// The manifest whose config and layers are shown: the object's own, or that of the chosen platform, which is never
    /// asked for where its entry names no digest.
    pub(super) fn manifest(&self) -> Load<Inspection> {
        if self.inspection.view.shape == Shape::Index {
            self.child.state.get()
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

/// Whether a blob is known to be another one than its descriptor names.
pub(super) fn is_other(blob: &BlobReading) -> bool {
    matches!(blob.verification, Verification::Mismatch(_))
}

/// Whether the config of a manifest is an image's configuration.
pub(super) fn is_image(manifest: &Inspection) -> bool {
    let config = manifest.view.config.as_ref().and_then(|config| config.media_type.as_ref());
    config.is_some_and(|kind| kind.role() == Role::Config)
}
