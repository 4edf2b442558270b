//! Which value belongs to which name?

use leptos::prelude::*;

/// A list of names and values: `dl`.
#[component]
pub(crate) fn Facts(children: Children) -> impl IntoView {
    view! { <dl class="kv">{children()}</dl> }
}

/// One name with its value.
#[component]
pub(crate) fn Fact(
    /// The name.
    #[prop(into)]
    name: String,
    /// The value.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="kv-row">
            <dt>{name}</dt>
            <dd>{children()}</dd>
        </div>
    }
}
