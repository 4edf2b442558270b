//! What stands where the cursor is: its JSON pointer, its value, what is wrong with it, what its type means?

use leptos::prelude::*;
use view::json::Place;

use super::doc::Looking;
use crate::{
    object::{clamp::short, findings, spec::spec},
    shared::copy::CopyButton,
};

/// The line below a text, and above it what is wrong where the cursor stands.
#[component]
pub(super) fn Foot(
    /// What is looked at.
    looking: Looking,
    /// Size, lines and form of the whole text.
    #[prop(into)]
    about: Signal<String>,
) -> impl IntoView {
    let Looking { doc, cursor, .. } = looking;
    let place = Memo::new(move |_| cursor.get().and_then(|row| doc.read().value_in(row)));
    let wrong = move || {
        let row = cursor.get()?;
        let doc = doc.read();
        let (_, places) = doc.marks.at.get(&row)?;
        let rows =
            places.iter().filter_map(|place| doc.findings.get(*place)).map(findings::row).collect_view();
        Some(view! { <ul class="findings code-wrong" data-testid="code-wrong">{rows}</ul> })
    };
    let long = move || doc.read().page.has_long_lines().then(|| view::text("ui.object.code.long", &[]));
    view! {
        {wrong}
        <div class="code-foot">
            {move || match place.get() {
                Some(place) => here(looking, place).into_any(),
                None => view! {
                    <span>{about}</span>
                    {long().map(|long| view! { <span>{long}</span> })}
                }.into_any(),
            }}
        </div>
    }
}

/// The pointer of a place, and what can be copied of it.
fn here(looking: Looking, place: Place) -> impl IntoView {
    let doc = looking.doc.get_untracked();
    let pointer = place.pointer.clone();
    let shown = if pointer.is_empty() { view::text("ui.object.code.whole", &[]) } else { short(&pointer) };
    let raw = doc.page.text.get(place.value.clone()).unwrap_or_default();
    let is_whole = raw.starts_with(['{', '[']);
    let range = place.value.clone();
    let copied = Signal::derive(move || {
        let doc = looking.doc.get_untracked();
        let raw = doc.page.text.get(range.clone()).unwrap_or_default();
        // A string is copied as what it says; everything else exactly as it is written.
        serde_json::from_str::<String>(raw).unwrap_or_else(|_| raw.to_owned())
    });
    let about = serde_json::from_str::<String>(raw).ok().and_then(|text| view::types::about(&text));
    let about = about.map(|about| {
        let page = spec(&about);
        view! { <span class="code-about" data-testid="code-about">{about.words}" "{page}</span> }
    });
    let label = if is_whole { "ui.object.code.copy_subtree" } else { "ui.object.code.copy_value" };
    view! {
        <span class="code-pointer">
            <bdi class="mono" data-testid="code-pointer" title=shown.clone()>{shown.clone()}</bdi>
            {(!pointer.is_empty()).then(|| view! {
                <CopyButton text=Signal::stored(pointer) label=view::text("ui.object.code.copy_pointer", &[]) />
            })}
        </span>
        {about}
        <span class="code-value">
            <span>{view::text(if is_whole { "ui.object.code.subtree" } else { "ui.object.code.value" }, &[])}</span>
            <CopyButton text=copied label=view::text(label, &[]) />
        </span>
    }
}
