//! The object's own screen: `/r/<host>/<repository>:<tag>` or `@<digest>`, with the side behind `/~`.

use leptos::prelude::*;
use oci::Reference;

use super::{body::Body, head::Crumbs, section::Headings, spot::Spot};
use crate::routes::Tab;

/// The screen.
#[component]
pub(crate) fn ObjectPage(
    /// Which object.
    #[prop(into)]
    reference: Signal<Reference>,
    /// Which side of it.
    #[prop(into)]
    side: Signal<Tab>,
) -> impl IntoView {
    provide_context(Spot::of_page(reference, side));
    view! {
        <div class="object object-page">
            {move || view! { <Crumbs reference=reference.get() /> }}
            <Body reference level=Headings::Page />
        </div>
    }
}
