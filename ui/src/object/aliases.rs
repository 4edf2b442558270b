//! Which other tags point to the same object, as far as was seen?

use std::sync::Arc;

use api::Inspection;
use leptos::prelude::*;
use oci::Reference;

use super::section::Section;
use crate::{
    routes::{Route, Tab},
    shared::seen::Seen,
};

/// How many are listed.
const SHOWN: usize = 100;

/// The other tags of this digest; nothing where none was seen.
#[component]
pub(super) fn Aliases(inspection: Arc<Inspection>) -> impl IntoView {
    let seen = Seen::here();
    move || {
        let reference = &inspection.reference;
        let own = reference.tag.as_ref().filter(|_| reference.digest.is_none());
        let mut tags = seen.aliases(reference, &inspection.digest);
        tags.retain(|tag| Some(tag) != own);
        if tags.is_empty() {
            return ().into_any();
        }
        let count = view::words::count(tags.len() as u64);
        let links = tags
            .into_iter()
            .take(SHOWN)
            .map(|tag| {
                let name = tag.to_string();
                let to = Reference { tag: Some(tag), digest: None, ..reference.clone() };
                let path = Route::Object(to, Tab::Overview).path();
                view! { <li><a href=path data-testid="object-alias"><bdi>{view::visible(&name)}</bdi></a></li> }
            })
            .collect_view();
        let caption = view::text("ui.object.aliases_caption", &[("count", &count)]);
        view! {
            <Section title=view::text("ui.object.aliases", &[]) caption>
                <ul class="aliases">{links}</ul>
                <p class="object-note">{view::text("ui.object.aliases_note", &[])}</p>
            </Section>
        }
        .into_any()
    }
}
