//! Which other tags point to the same object, as far as was seen?

use std::sync::Arc;

use api::Inspection;
use leptos::prelude::*;

use super::{link::tag_path, section::Section};
use crate::shared::seen::Seen;

/// How many are listed.
const SHOWN: usize = 100;

/// The other tags of this digest; nothing where none was seen.
#[component]
pub(super) fn Aliases(inspection: Arc<Inspection>) -> impl IntoView {
    let seen = Seen::here();
    let reference = inspection.reference.clone();
    let whose = (reference.host.clone(), reference.repository.clone());
    let tags = Memo::new(move |_| {
        let reference = &inspection.reference;
        let own = reference.tag.as_ref().filter(|_| reference.digest.is_none());
        let mut tags = seen.aliases(reference, &inspection.digest);
        tags.retain(|tag| Some(tag) != own);
        tags
    });
    // While rows are read it grows with each, and the tags seldom do.
    let note = Signal::derive(move || {
        let count = view::words::count(seen.known_tags(&whose) as u64);
        view::text("ui.object.aliases_among", &[("count", &count)])
    });
    move || {
        let tags = tags.get();
        if tags.is_empty() {
            return ().into_any();
        }
        let count = view::words::count(tags.len() as u64);
        let links = tags
            .into_iter()
            .take(SHOWN)
            .map(|tag| {
                let name = tag.to_string();
                let path = tag_path(&reference, tag);
                view! { <li><a href=path data-testid="object-alias"><bdi>{view::visible(&name)}</bdi></a></li> }
            })
            .collect_view();
        let caption = view::text("ui.object.aliases_caption", &[("count", &count)]);
        view! {
            <Section title=view::text("ui.object.aliases", &[]) caption>
                <ul class="aliases">{links}</ul>
                <p class="object-note" data-testid="object-aliases-note">{note}</p>
            </Section>
        }
        .into_any()
    }
}
