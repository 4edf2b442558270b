//! How heavy are all of them together, and does the history fit?

use std::{collections::HashMap, sync::Arc};

use api::Inspection;
use leptos::prelude::*;
use oci::{ImageConfig, Role};

use crate::object::{config::fit_note, parts::is_image};

/// Count, size, and size without what is listed twice.
#[component]
pub(super) fn Total(manifest: Arc<Inspection>, image: Memo<Option<Arc<ImageConfig>>>) -> impl IntoView {
    let layers = &manifest.view.layers;
    let count = layers.len();
    let total = layers.iter().filter_map(|layer| layer.size).fold(0_u64, u64::saturating_add);
    let unique: HashMap<_, _> =
        layers.iter().filter_map(|layer| Some((layer.digest.as_ref()?, layer.size?))).collect();
    let once = unique.values().copied().fold(0_u64, u64::saturating_add);
    let key = if is_image(&manifest) { "ui.object.layers_count" } else { "ui.object.layers_blobs" };
    let words = view::text(key, &[("count", &view::words::count(count as u64))]);
    let unique = (unique.len() < count).then(|| {
        let unique = view::words::count(unique.len() as u64);
        view::text("ui.object.layers_unique", &[("count", &unique), ("size", &view::words::size(once))])
    });
    let config = manifest.view.config.as_ref().and_then(|config| config.size);
    let config =
        config.map(|size| view::text("ui.object.layers_config", &[("size", &view::words::size(size))]));
    // Of a build's attestations no line of a history made any.
    let of_files =
        layers.iter().any(|layer| layer.media_type.as_ref().is_some_and(|of| of.role() == Role::Layer));
    let fit = move || {
        let config = image.get().filter(|_| of_files)?;
        let note = fit_note(config.layers(count).history, count)?;
        Some(view! { <p class="side-fit" data-testid="history-fit">{note}</p> })
    };
    view! {
        <p class="side-line" data-testid="layers-total">
            <b>{words}</b>
            <span>{view::words::exact_size(total)}</span>
            {unique.map(|unique| view! { <span>{unique}</span> })}
            {config.map(|config| view! { <span>{config}</span> })}
        </p>
        {fit}
    }
}
