//! Why does nothing say what made the layers?

use api::BlobReading;
use leptos::prelude::*;

use crate::object::{
    below::from_above,
    findings::FindingList,
    load::{Load, Reading},
    parts::is_other,
};

/// What is wrong with the config, and what follows for the layers; nothing where it is right.
#[component]
pub(super) fn NoHistory(config: Reading<BlobReading>) -> impl IntoView {
    move || match config.state.get() {
        Load::Ready(blob) => {
            let note = is_other(&blob).then(|| view::text("ui.object.config.not_its", &[]));
            let findings = from_above("/config", &blob.findings);
            view! { {note.map(said)} <FindingList findings /> }.into_any()
        }
        Load::Failed(error) => {
            let why = view::visible(&error.message);
            said(view::text("ui.object.layers_no_config", &[("why", &why)])).into_any()
        }
        Load::Idle | Load::Reading | Load::Stopped => ().into_any(),
    }
}

fn said(text: String) -> impl IntoView {
    view! { <p class="side-fit" role="status" data-testid="layers-no-config">{text}</p> }
}
