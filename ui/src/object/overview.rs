//! What is this object, as far as one screen can say?

use leptos::prelude::*;

use super::{
    aliases::Aliases,
    annotations::Annotations,
    artifact_type::ArtifactType,
    content::Content,
    findings::Findings,
    listed::Listed,
    neighbours::{Config, Subject},
    overview_layers::Layers,
    parts::Parts,
    platforms::Platforms,
    pulling::Pulling,
    sizes::Sizes,
};

/// All parts in reading order; each is there only where there is something to say.
#[component]
pub(super) fn Overview(parts: Parts) -> impl IntoView {
    let inspection = parts.inspection.clone();
    view! {
        <div class="overview">
            <div class="overview-column">
                <Content inspection=inspection.clone() />
                <Sizes parts=parts.clone() />
                <ArtifactType inspection=inspection.clone() />
                <Aliases inspection=inspection.clone() />
                <Subject inspection=inspection.clone() />
                <Listed inspection=inspection.clone() />
                <Platforms inspection=inspection.clone() />
                <Layers inspection=inspection.clone() />
                <Config inspection=inspection.clone() />
            </div>
            <div class="overview-column">
                <Findings parts=parts.clone() />
                <Pulling inspection=inspection.clone() />
                <Annotations inspection />
            </div>
        </div>
    }
}
