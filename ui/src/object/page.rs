//! The object's own screen: `/r/<host>/<repository>:<tag>` or `@<digest>`, with the side behind `/~`.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use oci::Reference;

use super::{body::Body, head::Crumbs, load, section::Headings};
use crate::routes::{Route, Tab};

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
    let reading = load::read(reference);
    let navigate = use_navigate();
    let on_side = Callback::new(move |to: Tab| {
        navigate(&Route::Object(reference.get_untracked(), to).path(), Default::default());
    });
    view! {
        <div class="object object-page">
            {move || view! { <Crumbs reference=reference.get() /> }}
            <Body reference reading level=Headings::Page side on_side />
        </div>
    }
}
