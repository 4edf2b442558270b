//! What may be written into the omnibox?

use leptos::{html::Input, prelude::*};

use crate::shared::icon::Icon;

/// Texts to try: one click puts them into the field, where they are read before anything is asked.
#[component]
pub(super) fn Examples(text: RwSignal<String>, input: NodeRef<Input>) -> impl IntoView {
    const EXAMPLES: [(&str, &str); 4] = [
        ("tag", "debian:12-slim"),
        ("terminal", "docker run --rm ghcr.io/oras-project/oras:v1.3.0 version"),
        ("link", "https://hub.docker.com/_/alpine"),
        ("registry", "registry.k8s.io"),
    ];
    let examples = EXAMPLES.map(|(icon, example)| {
        let fill = move |_| {
            // First the focus, which selects what was there.
            if let Some(input) = input.get_untracked() {
                let _ = input.focus();
            }
            text.set(example.to_owned());
        };
        view! {
            <button type="button" class="example mono" on:click=fill>
                <Icon name=icon /><span class="cut">{example}</span>
            </button>
        }
    });
    view! {
        <div class="examples">
            <span class="examples-label">{view::text("ui.omni.examples", &[])}</span>
            {examples.collect_view()}
        </div>
    }
}
