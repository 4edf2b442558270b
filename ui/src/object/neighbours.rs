//! What is this attached to, and where is its configuration?

use std::sync::Arc;

use api::Inspection;
use leptos::prelude::*;
use oci::{Descriptor, Reference};

use super::{
    clamp::short,
    link::{DigestLink, bytes},
    section::Section,
};

/// The subject, as a link; nothing where there is none.
#[component]
pub(super) fn Subject(inspection: Arc<Inspection>) -> impl IntoView {
    inspection.view.subject.clone().map(|subject| {
        view! {
            <Section title=view::text("ui.object.subject", &[])>
                <div data-testid="object-subject">
                    <Target beside=inspection.reference.clone() descriptor=subject />
                </div>
                <p class="object-note">{view::text("ui.object.subject_note", &[])}</p>
            </Section>
        }
    })
}

/// The config of a manifest: a blob, so its digest is copied, not followed.
#[component]
pub(super) fn Config(inspection: Arc<Inspection>) -> impl IntoView {
    inspection.view.config.clone().map(|config| {
        view! {
            <Section title=view::text("ui.object.config", &[])>
                <Target beside=inspection.reference.clone() descriptor=config />
            </Section>
        }
    })
}

/// One descriptor as a row: type, digest, size.
#[component]
fn Target(beside: Reference, descriptor: Descriptor) -> impl IntoView {
    let kind = descriptor.media_type.as_ref().map(|kind| short(&kind.0)).unwrap_or_default();
    let size = descriptor.size.map(bytes);
    view! {
        <div class="child">
            <bdi class="child-name child-type" title=kind.clone()>{kind.clone()}</bdi>
            <DigestLink beside descriptor />
            <span class="child-size">{size}</span>
        </div>
    }
}
