//! How do completions look below the field?

use leptos::prelude::*;

use super::complete::{Seen, Sort};
use crate::shared::icon::Icon;

/// The id of the option at a place.
pub(super) fn option_id(list: &str, place: usize) -> String {
    format!("{list}-{place}")
}

/// The place after or before: between the last and the first stands the field itself.
pub(super) fn step(at: Option<usize>, count: usize, down: bool) -> Option<usize> {
    match (at, down) {
        _ if count == 0 => None,
        (None, true) => Some(0),
        (None, false) => count.checked_sub(1),
        (Some(at), true) => (at + 1 < count).then_some(at + 1),
        (Some(at), false) => at.checked_sub(1),
    }
}

/// The list; empty where there is nothing to complete.
#[component]
pub(super) fn Completions(
    /// Its id.
    id: &'static str,
    /// What is offered.
    completions: Memo<Vec<Seen>>,
    /// The place that arrows have reached.
    at: RwSignal<Option<usize>>,
    /// Goes to an address.
    go: Callback<String>,
) -> impl IntoView {
    let drawn = move || {
        completions
            .get()
            .into_iter()
            .enumerate()
            .map(|(place, seen)| {
                let Seen { text, sort, address, near } = seen;
                let icon = match sort {
                    Sort::Registry => "registry",
                    Sort::Repository => "repo",
                    Sort::Object => "tag",
                };
                let current = move || at.get() == Some(place);
                view! {
                    <div
                        id=option_id(id, place)
                        role="option"
                        class="omni-option"
                        class:is-current=current
                        aria-selected=move || current().to_string()
                        data-testid="omnibox-option"
                        data-name=text.clone()
                        // The field keeps the focus.
                        on:mousedown=|event| event.prevent_default()
                        on:click=move |_| go.run(address.clone())
                    >
                        <Icon name=icon />
                        <span class="omni-text cut mono" title=text.clone()>{text.clone()}</span>
                        {(near && sort == Sort::Object).then(|| view! {
                            <span class="omni-then">{view::text("ui.omni.recent", &[])}</span>
                        })}
                    </div>
                }
            })
            .collect_view()
    };
    view! {
        <div id=id class="omni-list" role="listbox" aria-label=view::text("ui.omni.completions", &[])
            data-testid="omnibox-list">
            {drawn}
        </div>
    }
}
