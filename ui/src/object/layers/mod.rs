//! Of which layers or blobs does it consist, what made each, and what is in one?

mod made;
mod neighbour;
mod no_history;
mod row;
mod total;

use std::sync::Arc;

use api::Inspection;
use leptos::prelude::*;
use oci::{Descriptor, ImageConfig};

use self::{
    made::Made,
    neighbour::{Neighbour, NeighbourBar},
    no_history::NoHistory,
    row::{Entry, LayerRow},
    total::Total,
};
use super::{
    blob::Blob,
    clamp::short,
    code::Window,
    of_platform::OfPlatform,
    parts::{Parts, is_image},
    spot::{Spot, Step},
};
use crate::shared::{digest::DigestLine, icon::Icon};

/// Height of a row in CSS pixels, as in the style sheet.
const ROW: f64 = 82.0;

/// The side.
#[component]
pub(super) fn LayersSide(parts: Parts) -> impl IntoView {
    let spot = Spot::here();
    let draw = {
        let parts = parts.clone();
        Callback::new(move |manifest| view! { <Whole manifest parts=parts.clone() spot /> }.into_any())
    };
    view! { <OfPlatform parts draw /> }
}

/// The layers of a manifest that is here, and beside them the open one.
#[component]
fn Whole(manifest: Arc<Inspection>, parts: Parts, spot: Spot) -> impl IntoView {
    let trace = parts.trace;
    let neighbour = Neighbour::of(&parts, trace);
    let opened = {
        let manifest = Arc::clone(&manifest);
        Memo::new(move |_| -> Option<Result<Descriptor, String>> {
            let wanted = spot.blob.get()?;
            let all = manifest.view.layers.iter().chain(&manifest.view.config);
            let mut named =
                all.filter(|one| one.digest.as_ref().is_some_and(|digest| digest.as_str() == wanted));
            Some(named.next().cloned().ok_or(wanted))
        })
    };
    let list = view! { <List manifest=Arc::clone(&manifest) image=parts.image neighbour spot /> };
    let beside = manifest.reference.clone();
    let lists = Arc::clone(&manifest);
    let side = move || {
        opened.get().map(|opened: Result<Descriptor, String>| {
            let close = view::text("ui.object.layers_close", &[]);
            let inner = match opened {
                Ok(descriptor) => {
                    let title = descriptor.annotations.get("org.opencontainers.image.title").cloned();
                    let kind = descriptor.media_type.as_ref().map(|kind| kind.0.clone());
                    let title = short(&title.or(kind).unwrap_or_default());
                    let (beside, told) = (beside.clone(), descriptor.clone());
                    view! {
                        <div class="side-bar">
                            <bdi class="side-type" title=title.clone()>{title.clone()}</bdi>
                            <super::save::BlobButton beside=beside.clone() descriptor=told />
                            <button type="button" class="copy" aria-label=close.clone() title=close
                                data-testid="blob-close" on:click=move |_| spot.go.run(Step::Blob(None))>
                                <Icon name="x" />
                            </button>
                        </div>
                        {descriptor.digest.clone().map(|digest| view! {
                            <div class="layer-digest"><DigestLine digest /></div>
                        })}
                        <Made manifest=Arc::clone(&lists) image=parts.image blob=descriptor.digest.clone() />
                        <Blob beside descriptor trace />
                    }
                    .into_any()
                }
                Err(wanted) => {
                    let text = view::text("ui.object.layers_no_blob", &[("digest", &view::visible(&wanted))]);
                    view! {
                        <div class="side-bar">
                            <button type="button" class="copy" aria-label=close.clone() title=close
                                on:click=move |_| spot.go.run(Step::Blob(None))><Icon name="x" /></button>
                        </div>
                        <p class="side-note" role="status">{text}</p>
                    }
                    .into_any()
                }
            };
            view! { <section class="layers-open" aria-label=view::text("ui.object.layers_open", &[])>{inner}</section> }
        })
    };
    let is_open = move || opened.read().is_some();
    view! {
        <div class="layers" class:has-open=is_open>
            <div class="layers-list">
                <Total manifest=Arc::clone(&manifest) image=parts.image />
                <NoHistory config=parts.config />
                {is_image(&manifest).then(|| view! { <NeighbourBar neighbour /> })}
                {list}
            </div>
            {side}
        </div>
    }
}

/// The rows: as many as are on the screen.
#[component]
fn List(
    manifest: Arc<Inspection>,
    image: Memo<Option<Arc<ImageConfig>>>,
    neighbour: Neighbour,
    spot: Spot,
) -> impl IntoView {
    let count = manifest.view.layers.len();
    let window = Window::of(Signal::stored(count), ROW);
    let total = manifest.view.layers.iter().filter_map(|layer| layer.size).fold(0, u64::saturating_add);
    let of_image = is_image(&manifest);
    let range = Memo::new(move |_| window.seen());
    let label = view::text("ui.object.layers_label", &[("count", &view::words::count(count as u64))]);
    let rows = move || {
        let (first, end) = range.get();
        let config = image.get();
        let told = config.as_deref().map(|config| config.layers(count));
        (first..end.min(count))
            .filter_map(|place| {
                let layer = manifest.view.layers.get(place)?.clone();
                let (step, diff_id) =
                    told.as_ref().and_then(|told| told.of.get(place)).copied().unwrap_or_default();
                let entry = Entry {
                    place,
                    beside: manifest.reference.clone(),
                    layer,
                    step: step.cloned(),
                    diff_id: diff_id.cloned(),
                    total,
                    of_image,
                };
                Some(view! { <LayerRow entry neighbour spot /> })
            })
            .collect_view()
    };
    view! {
        <div class="layers-scroll" node_ref=window.pane role="region" tabindex="0" aria-label=label
            on:scroll=move |_| window.follow()>
            <div class="code-space" style:height=move || format!("{}px", window.drawn())>
                <ol class="layer-rows" style:transform=move || format!("translateY({}px)", window.shift())>
                    {rows}
                </ol>
            </div>
        </div>
    }
}
