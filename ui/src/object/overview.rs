//! What is this object, as far as one screen can say?

use std::sync::Arc;

use api::Inspection;
use leptos::prelude::*;

use super::{
    annotations::Annotations,
    artifact_type::ArtifactType,
    content::Content,
    findings::Findings,
    layers::Layers,
    neighbours::{Config, Subject},
    platforms::Platforms,
};

/// All parts in reading order; each is there only where there is something to say.
#[component]
pub(super) fn Overview(inspection: Arc<Inspection>) -> impl IntoView {
    view! {
        <div class="overview">
            <div class="overview-column">
                <Content inspection=inspection.clone() />
                <ArtifactType inspection=inspection.clone() />
                <Subject inspection=inspection.clone() />
                <Platforms inspection=inspection.clone() />
                <Layers inspection=inspection.clone() />
                <Config inspection=inspection.clone() />
            </div>
            <div class="overview-column">
                <Findings inspection=inspection.clone() />
                <Annotations inspection />
            </div>
        </div>
    }
}
