//! Of which platform are config and layers shown?

use std::collections::HashSet;

use leptos::{html::Select, prelude::*};
use oci::Descriptor;

use super::{
    clamp::short,
    parts::Parts,
    platforms,
    spot::{Spot, Step},
};
use crate::{keys::Act, shell::actions::Actions};

/// How many platforms are offered; the manifest shows all.
const MOST: usize = 500;

/// The list of an index's platforms; nothing for anything else.
#[component]
pub(super) fn PlatformPicker(parts: Parts) -> impl IntoView {
    let spot = Spot::here();
    let names: Vec<String> = names(&parts.inspection.view.manifests);
    if names.is_empty() {
        return ().into_any();
    }
    let select = NodeRef::<Select>::new();
    let choose = Callback::new(move |()| {
        if let Some(select) = select.get_untracked() {
            let _ = select.focus();
        }
    });
    Actions::here().offer(Act::ChoosePlatform, choose);
    let chosen = parts.chosen;
    let now = move || chosen.read().as_ref().and_then(platforms::name).unwrap_or_default();
    let options = names
        .into_iter()
        .map(|name| {
            let own = name.clone();
            let selected = move || now() == own;
            view! { <option value=name.clone() prop:selected=selected>{short(&name)}</option> }
        })
        .collect_view();
    view! {
        <label class="platform-picker">
            <span>{view::text("ui.object.platform", &[])}</span>
            <select class="select" node_ref=select data-testid="platform-picker"
                on:change=move |event| spot.go.run(Step::Platform(event_target_value(&event)))>
                {options}
            </select>
        </label>
    }
    .into_any()
}

/// Each platform once, in the order of the index. What names none is nothing to choose by.
pub(super) fn names(children: &[Descriptor]) -> Vec<String> {
    let mut known = HashSet::new();
    platforms::children(children)
        .filter_map(platforms::name)
        .filter(|name| known.insert(name.clone()))
        .take(MOST)
        .collect()
}
