//! Under which heading does a part of the overview stand?

use leptos::prelude::*;

/// On which level the sections' headings are: below the page's `h1`, or below a pane's `h2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Headings {
    /// The object has the page for itself.
    Page,
    /// The object stands in a pane beside a list.
    Pane,
}

/// A part with its heading.
#[component]
pub(super) fn Section(
    /// The heading.
    #[prop(into)]
    title: String,
    /// A few quiet words behind the heading.
    #[prop(optional, into)]
    caption: Option<String>,
    children: Children,
) -> impl IntoView {
    let inner = view! {
        {title}
        {caption.map(|caption| view! { <span class="section-caption">{caption}</span> })}
    };
    let heading = match use_context::<Headings>().unwrap_or(Headings::Page) {
        Headings::Page => view! { <h2 class="section-title">{inner}</h2> }.into_any(),
        Headings::Pane => view! { <h3 class="section-title">{inner}</h3> }.into_any(),
    };
    view! { <section class="object-section">{heading}{children()}</section> }
}
