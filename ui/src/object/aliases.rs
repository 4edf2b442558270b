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
/// So many references of the whole page are named at most.
const COUNTED: usize = 5_000;

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
        let note = match untrack(|| looked_at(seen, reference)) {
            Some(count) => view::text("ui.object.aliases_among", &[("count", &view::words::count(count))]),
            None => view::text("ui.object.aliases_note", &[]),
        };
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

/// Of how many tags of the repository it is known what they point to; nothing where more was seen than is counted.
fn looked_at(seen: Seen, beside: &Reference) -> Option<u64> {
    let all = seen.references();
    if all.len() >= COUNTED {
        return None;
    }
    let whose = (beside.host.clone(), beside.repository.clone());
    let of_here = all.iter().filter(|one| one.host == whose.0 && one.repository == whose.1);
    let tags = of_here.filter(|one| one.digest.is_none()).filter_map(|one| one.tag.as_ref());
    Some(tags.filter(|tag| seen.digest_now(&whose, tag.as_str()).is_some()).count() as u64)
}
