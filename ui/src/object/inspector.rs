//! What is the selected row, without leaving the list?

use leptos::prelude::*;
use oci::Reference;

use super::{body::Body, load, section::Headings};
use crate::routes::Tab;

/// The pane beside a list: the same object as on its own page, one heading lower.
#[component]
pub(crate) fn Inspector(
    /// The selected object.
    #[prop(into)]
    reference: Signal<Reference>,
) -> impl IntoView {
    let reading = load::read(reference);
    let side = RwSignal::new(Tab::Overview);
    view! {
        <div class="object object-pane" data-testid="inspector">
            <Body reference reading level=Headings::Pane side on_side=Callback::new(move |to| side.set(to)) />
        </div>
    }
}
