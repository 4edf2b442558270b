//! Which side of a thing is shown?

use leptos::{html::Button, prelude::*};

/// One tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    /// Its name: `manifest`. The panel's id is `panel-manifest`, the tab's `tab-manifest`.
    pub name: &'static str,
    /// Its word.
    pub label: String,
}

/// A row of tabs: one tab stop, arrows and Home and End move and select.
#[component]
pub(crate) fn Tabs(
    /// What the tabs belong to, for screen readers.
    #[prop(into)]
    label: String,
    /// From left to right; never empty.
    tabs: Vec<Choice>,
    /// The name of the selected one.
    #[prop(into)]
    selected: Signal<&'static str>,
    /// Called with the name of the one to select.
    on_select: Callback<&'static str>,
) -> impl IntoView {
    let names: Vec<&'static str> = tabs.iter().map(|tab| tab.name).collect();
    let buttons: Vec<NodeRef<Button>> = tabs.iter().map(|_| NodeRef::new()).collect();
    let move_to = {
        let buttons = buttons.clone();
        move |index: usize| {
            if let (Some(name), Some(button)) = (names.get(index), buttons.get(index)) {
                if let Some(button) = button.get_untracked() {
                    let _ = button.focus();
                }
                on_select.run(name);
            }
        }
    };
    let last = tabs.len().saturating_sub(1);
    let drawn = tabs
        .into_iter()
        .zip(buttons)
        .enumerate()
        .map(|(index, (Choice { name, label }, node))| {
            let move_to = move_to.clone();
            let keys = move |event: web_sys::KeyboardEvent| {
                let target = match event.key().as_str() {
                    "ArrowRight" => (index + 1) % (last + 1),
                    "ArrowLeft" => index.checked_sub(1).unwrap_or(last),
                    "Home" => 0,
                    "End" => last,
                    _ => return,
                };
                event.prevent_default();
                move_to(target);
            };
            view! {
                <button
                    type="button"
                    role="tab"
                    class="tab"
                    id=format!("tab-{name}")
                    data-testid=format!("tab-{name}")
                    node_ref=node
                    aria-selected=move || (selected.get() == name).to_string()
                    aria-controls=format!("panel-{name}")
                    tabindex=move || if selected.get() == name { "0" } else { "-1" }
                    on:click=move |_| on_select.run(name)
                    on:keydown=keys
                >
                    {label}
                </button>
            }
        })
        .collect_view();
    view! { <div class="tabs" role="tablist" aria-label=label>{drawn}</div> }
}
