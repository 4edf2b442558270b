//! Of which layers does a manifest consist, and how heavy are they together?

use std::sync::Arc;

use api::Inspection;
use leptos::prelude::*;
use oci::Shape;

use super::{clamp::short, link::DigestLink, section::Section};
use crate::shared::icon::Icon;

/// How many layers are listed; the manifest shows all.
const SHOWN: usize = 200;
/// Up to this many are listed at once, more behind a click.
const OPEN: usize = 6;

/// Count, total size, and each layer with its name, or else its type.
#[component]
pub(super) fn Layers(inspection: Arc<Inspection>) -> impl IntoView {
    let document = &inspection.view;
    if document.layers.is_empty() && document.shape != Shape::Manifest {
        return ().into_any();
    }
    let count = document.layers.len();
    let total = document.layers.iter().filter_map(|layer| layer.size).fold(0_u64, u64::saturating_add);
    let caption = view::text(
        "ui.object.layers_caption",
        &[("count", &view::words::count(count as u64)), ("size", &view::words::size(total))],
    );
    let rows = document
        .layers
        .iter()
        .take(SHOWN)
        .map(|layer| {
            let kind = layer.media_type.as_ref().map(|kind| short(&kind.0)).unwrap_or_default();
            // What its author calls it says more than its type.
            let name = view::annotations::name_of(&layer.annotations).map(|name| short(&name));
            let is_type = name.is_none();
            view! {
                <li class="child">
                    <bdi class="child-name" class:child-type=is_type title=kind.clone()>
                        {name.unwrap_or_else(|| kind.clone())}
                    </bdi>
                    <DigestLink beside=inspection.reference.clone() descriptor=layer.clone() />
                    <span class="child-size">{layer.size.map(view::words::size)}</span>
                </li>
            }
        })
        .collect_view();
    let more = count.saturating_sub(SHOWN);
    let list = view! {
        <ul class="platforms" data-testid="overview-layers">{rows}</ul>
        {(more > 0).then(|| view! {
            <p class="object-note">
                {view::text("ui.object.more_in_manifest", &[("count", &view::words::count(more as u64))])}
            </p>
        })}
    };
    view! {
        <Section title=view::text("ui.object.layers", &[]) caption>
            {if count == 0 {
                view! { <p class="object-note">{view::text("ui.object.no_layers", &[])}</p> }.into_any()
            } else if count <= OPEN {
                list.into_any()
            } else {
                view! {
                    <details class="fold">
                        <summary><Icon name="right" />{view::text("ui.object.show_layers", &[])}</summary>
                        {list}
                    </details>
                }
                .into_any()
            }}
        </Section>
    }
    .into_any()
}
