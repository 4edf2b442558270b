//! What does this artifact call itself, and which rule says so?

use std::sync::Arc;

use api::Inspection;
use leptos::prelude::*;
use oci::{ArtifactTypeSource, MediaType, Shape};

use super::{breaks::breakable, section::Section};

/// The effective artifactType and its source in words.
#[component]
pub(super) fn ArtifactType(inspection: Arc<Inspection>) -> impl IntoView {
    let found = &inspection.view.artifact_type;
    let source = match found.source {
        ArtifactTypeSource::Field => "field",
        ArtifactTypeSource::ConfigMediaType => "config_media_type",
        ArtifactTypeSource::None => "none",
    };
    let value = match &found.value {
        Some(value) => view! { <bdi class="mono">{breakable(value)}</bdi> }.into_any(),
        None => view::text("ui.object.none", &[]).into_any(),
    };
    let why = sentence(&inspection);
    view! {
        <Section title=view::text("ui.object.artifact_type", &[])>
            <p class="object-value" data-testid="object-artifact-type">{value}</p>
            <p class="object-note" data-testid="object-artifact-type-source" data-source=source>{why}</p>
        </Section>
    }
}

/// Why it is this type, or why there is none.
fn sentence(inspection: &Inspection) -> String {
    let document = &inspection.view;
    match document.artifact_type.source {
        ArtifactTypeSource::Field => view::text("ui.object.type_field", &[]),
        ArtifactTypeSource::ConfigMediaType => view::text("ui.object.type_config", &[]),
        ArtifactTypeSource::None => match document.shape {
            Shape::Index => view::text("ui.object.type_none_index", &[]),
            Shape::Manifest => {
                let config = document.config.as_ref().and_then(|config| config.media_type.as_ref());
                match config.map(MediaType::essence).as_deref() {
                    Some(MediaType::EMPTY) => view::text("ui.object.type_none_empty_config", &[]),
                    Some(MediaType::OCI_CONFIG | MediaType::DOCKER_CONFIG) => {
                        view::text("ui.object.type_none_image", &[])
                    }
                    _ => view::text("ui.object.type_none_manifest", &[]),
                }
            }
            Shape::Schema1 => view::text("ui.object.type_none_schema1", &[]),
            _ => view::text("ui.object.type_none_unreadable", &[]),
        },
    }
}
