//! What is the selected row, without leaving the list?

use leptos::prelude::*;
use oci::Reference;

use super::{body::Body, section::Headings, spot::Spot};

/// The pane beside a list: the same object as on its own page, one heading lower.
#[component]
pub(crate) fn Inspector(
    /// The selected object.
    #[prop(into)]
    reference: Signal<Reference>,
) -> impl IntoView {
    provide_context(Spot::of_pane(reference));
    view! {
        <div class="object object-pane" data-testid="inspector">
            <Body reference level=Headings::Pane />
        </div>
    }
}
