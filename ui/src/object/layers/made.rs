//! Which step made the open layer, in full?

use std::sync::Arc;

use api::Inspection;
use leptos::prelude::*;
use oci::{Digest, ImageConfig};

use crate::object::config::instruction;

/// The step, where it is sure; a long one opens here.
#[component]
pub(super) fn Made(
    /// The manifest that lists the layer.
    manifest: Arc<Inspection>,
    /// What its config says, as soon as it is read.
    image: Memo<Option<Arc<ImageConfig>>>,
    /// The open blob; nothing is said of one that is no layer.
    blob: Option<Digest>,
) -> impl IntoView {
    move || {
        let layers = &manifest.view.layers;
        let place = layers.iter().position(|layer| layer.digest.is_some() && layer.digest == blob)?;
        let config = image.get()?;
        let (step, _) = config.layers(layers.len()).of.get(place).copied()?;
        let made = instruction(step?);
        Some(view! {
            <div class="layer-made" data-testid="layer-made">
                <span class="layer-label">{view::text("ui.object.layers_made", &[])}</span>
                {made}
            </div>
        })
    }
}
