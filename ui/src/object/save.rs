//! Under which name is a part of an object saved?

use std::sync::Arc;

use api::{Inspection, SaveWhat};
use leptos::prelude::*;
use oci::{Descriptor, Reference};

use crate::shared::save::{SaveButton, ToSave};

/// Saves the bytes of a manifest or an index.
#[component]
pub(super) fn ManifestButton(inspection: Arc<Inspection>) -> impl IntoView {
    let Reference { host: registry, repository, .. } = inspection.reference.clone();
    let name = view::file_name::of_manifest(&inspection.reference, &inspection.digest);
    let (digest, size) = (inspection.digest.clone(), Some(inspection.size));
    view! { <SaveButton save=ToSave { registry, repository, digest, what: SaveWhat::Manifest, size, name } /> }
}

/// Saves what a descriptor names; nothing where it names no digest.
#[component]
pub(super) fn BlobButton(
    /// The object that names it.
    beside: Reference,
    /// What it names.
    descriptor: Descriptor,
) -> impl IntoView {
    let digest = descriptor.digest.clone()?;
    let name = view::file_name::of_blob(&beside, &descriptor);
    let Reference { host: registry, repository, .. } = beside;
    let size = descriptor.size;
    Some(
        view! { <SaveButton save=ToSave { registry, repository, digest, what: SaveWhat::Blob, size, name } /> },
    )
}
