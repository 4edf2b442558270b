//! One layer: what made it, how heavy it is beside the others, what it hashes to.

use leptos::prelude::*;
use oci::{Descriptor, DiffId, Reference, Step as Made};
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

use super::neighbour::Neighbour;
use crate::{
    object::{
        clamp::short,
        config::instruction,
        link::{Alone, blob_path, elsewhere},
        save::BlobButton,
        spot::{Spot, Step},
    },
    shared::{copy::CopyButton, digest::ShortDigest},
};

/// What a row shows.
pub(super) struct Entry {
    /// Its place, from 0.
    pub(super) place: usize,
    /// The manifest that lists it.
    pub(super) beside: Reference,
    /// Its descriptor.
    pub(super) layer: Descriptor,
    /// What made it, where that is sure.
    pub(super) step: Option<Made>,
    /// What it hashes to uncompressed, where that is sure.
    pub(super) diff_id: Option<DiffId>,
    /// All sizes together.
    pub(super) total: u64,
    /// Whether it is a layer of an image's file system.
    pub(super) of_image: bool,
}

/// The row.
#[component]
pub(super) fn LayerRow(entry: Entry, neighbour: Neighbour, spot: Spot) -> impl IntoView {
    let Entry { place, beside, layer, step, diff_id, total, of_image } = entry;
    let number = view::words::count(place as u64 + 1);
    let size = layer.size.unwrap_or(0);
    let told = layer.size.map(view::words::size);
    let kind = layer.media_type.as_ref().map(|kind| short(&kind.0)).unwrap_or_default();
    let name = view::annotations::name_of(&layer.annotations);
    let has_name = step.is_some() || name.is_some();
    let what = match (&step, name) {
        (Some(step), _) => instruction(step),
        (None, Some(name)) => view! { <bdi class="layer-title">{short(&name)}</bdi> }.into_any(),
        (None, None) => view! { <bdi class="layer-title quiet">{kind.clone()}</bdi> }.into_any(),
    };
    let digest = layer.digest.clone();
    let named = digest.clone().map(|digest| digest.to_string()).unwrap_or_default();
    let opened = named.clone();
    let is_open = move || spot.blob.read().as_deref() == Some(opened.as_str());
    // The whole row leads where its digest does; keys have the link.
    let open = {
        let target = digest.clone();
        move || {
            if let Some(target) = target.clone() {
                spot.go.run(Step::Blob(Some(target)));
            }
        }
    };
    let press = {
        let open = open.clone();
        move |event: MouseEvent| {
            if !elsewhere(&event) && is_plain(&event) {
                open();
            }
        }
    };
    let link = match digest.clone() {
        Some(digest) => {
            let path = blob_path(&beside, &digest);
            let label = view::text("ui.object.layers_open_blob", &[("digest", digest.as_str())]);
            view! {
                <a class="digest-link" href=path title=label data-testid="layer-open"
                    on:click=move |event| {
                        if !elsewhere(&event) {
                            event.prevent_default();
                            event.stop_propagation();
                            open();
                        }
                    }>
                    <ShortDigest digest />
                </a>
            }
            .into_any()
        }
        None => {
            let text = layer.digest_text.as_deref().map(short).unwrap_or_default();
            view! { <bdi class="mono bad-digest" title=text.clone()>{text.clone()}</bdi> }.into_any()
        }
    };
    let copy = digest.clone().map(|digest| {
        let label = view::text("ui.shared.copy_digest", &[]);
        view! { <CopyButton text=Signal::stored(digest.to_string()) label /><Alone beside=beside.clone() digest /> }
    });
    let uncompressed = diff_id.as_ref().map(|diff_id| match (&diff_id.digest, &digest) {
        (Some(diff_id), Some(digest)) if diff_id == digest => {
            view! { <span class="quiet">{view::text("ui.object.layers_equal", &[])}</span> }.into_any()
        }
        (Some(diff_id), _) => view! {
            <ShortDigest digest=diff_id.clone() />
            <CopyButton text=Signal::stored(diff_id.to_string()) label=view::text("ui.object.layers_copy_diff", &[]) />
        }
        .into_any(),
        (None, _) => {
            let text = view::visible(&diff_id.text);
            view! { <bdi class="mono bad-digest" title=text.clone()>{text.clone()}</bdi> }.into_any()
        }
    });
    let uncompressed = (of_image && uncompressed.is_some()).then(|| {
        let label = view::text("ui.object.layers_diff_id", &[]);
        view! { <span class="layer-diff" title=label.clone()><span class="layer-label">{label.clone()}</span>{uncompressed}</span> }
    });
    let shared = move || {
        neighbour.has(&named).map(|tag| {
            let words = view::text("ui.object.layers_shared", &[("tag", &tag)]);
            view! { <span class="chip" data-testid="layer-shared">{words}</span> }
        })
    };
    let percent = percent(size, total);
    // Beside the open blob stands a button of its own.
    let opened = digest.map(|digest| digest.to_string()).unwrap_or_default();
    let save = move || {
        let is_open = spot.blob.read().as_deref() == Some(opened.as_str());
        (!is_open).then(|| view! { <BlobButton beside=beside.clone() descriptor=layer.clone() /> })
    };
    view! {
        <li class="layer" class:is-open=is_open data-testid="layer" data-place=place.to_string() on:click=press>
            <span class="layer-number">{number}</span>
            <span class="layer-what">{what}</span>
            <span class="layer-size" data-testid="layer-size">{told}</span>
            <span class="layer-bar" aria-hidden="true">
                <span class="layer-fill" style:width=format!("{}%", part(size, total))></span>
            </span>
            <span class="layer-part">{percent}</span>
            <span class="layer-ids">
                {link}{copy}{uncompressed}{shared}
                {has_name.then(|| view! { <bdi class="layer-type" title=kind.clone()>{kind.clone()}</bdi> })}
            </span>
            <span class="layer-save">{save}</span>
        </li>
    }
}

/// Whether a click means the row: not a control in it, and no text that was marked.
fn is_plain(event: &MouseEvent) -> bool {
    let on = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let control = on.and_then(|on| on.closest("a, button").ok().flatten()).is_some();
    let marked = window().get_selection().ok().flatten().is_some_and(|marked| !marked.is_collapsed());
    !control && !marked
}

/// How much of all it is, in per cent, as the number beside the bar says; what has any size shows.
fn part(size: u64, total: u64) -> f64 {
    // Floats hold sizes of layers exactly enough for a bar.
    if size == 0 || total == 0 { 0.0 } else { (size as f64 / total as f64 * 100.0).max(0.5) }
}

/// How much of all it is, in words.
fn percent(size: u64, total: u64) -> String {
    match (u128::from(size) * 100 + u128::from(total) / 2).checked_div(u128::from(total)) {
        None | Some(0) if size == 0 => String::new(),
        None | Some(0) => view::text("ui.object.layers_under", &[]),
        Some(part) => view::text("ui.object.layers_part", &[("part", &part.to_string())]),
    }
}
