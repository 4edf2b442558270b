//! How does a choice look in the palette's list?

use leptos::prelude::*;

use super::rank::{Hit, Ranked};
use crate::{keys::ActCaps, shared::icon::Icon};

/// The id of the option at a place.
pub(super) fn option_id(place: usize) -> String {
    format!("palette-{place}")
}

/// Brings the option at a place into view, once it is drawn.
pub(super) fn reveal(place: usize) {
    request_animation_frame(move || {
        if let Some(option) = document().get_element_by_id(&option_id(place)) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            option.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}

/// A heading with its choices.
#[component]
pub(super) fn Group(
    /// What it holds.
    group: Ranked,
    /// The place of its first choice in the whole list.
    from: usize,
    /// The current place.
    at: RwSignal<usize>,
    /// Chooses what stands at a place.
    choose: Callback<usize>,
) -> impl IntoView {
    let heading = view::text(group.heading, &[]);
    let drawn = group.hits.into_iter().enumerate().map(|(place, hit)| {
        let place = from + place;
        view! { <Line hit place at choose /> }
    });
    view! {
        <div role="group" aria-label=heading.clone() class="palette-group">
            <div class="palette-heading" role="presentation">{heading.clone()}</div>
            {drawn.collect_view()}
        </div>
    }
}

#[component]
fn Line(hit: Hit, place: usize, at: RwSignal<usize>, choose: Callback<usize>) -> impl IntoView {
    let Hit { choice, places } = hit;
    let current = move || at.get() == place;
    view! {
        <div
            id=option_id(place)
            role="option"
            class="palette-option"
            class:is-current=current
            aria-selected=move || current().to_string()
            data-testid="palette-option"
            data-name=choice.id
            on:mousemove=move |_| {
                if at.get_untracked() != place {
                    at.set(place);
                }
            }
            // The field keeps the focus.
            on:mousedown=|event| event.prevent_default()
            on:click=move |_| choose.run(place)
        >
            <Icon name=choice.sort.icon() />
            <span class="palette-words cut">{marked(&choice.words, &places)}</span>
            <span class="palette-note cut">{choice.note}</span>
            {choice.act.map(|act| view! { <ActCaps act /> })}
        </div>
    }
}

/// The words with the typed letters marked.
fn marked(words: &str, places: &[usize]) -> impl IntoView + use<> {
    let mut runs: Vec<(bool, String)> = Vec::new();
    for (place, letter) in words.chars().enumerate() {
        let hit = places.binary_search(&place).is_ok();
        match runs.last_mut() {
            Some((same, run)) if *same == hit => run.push(letter),
            _ => runs.push((hit, letter.to_string())),
        }
    }
    runs.into_iter()
        .map(
            |(hit, run)| {
                if hit { view! { <mark class="hit">{run}</mark> }.into_any() } else { run.into_any() }
            },
        )
        .collect_view()
}
