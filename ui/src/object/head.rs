//! Which object is this? Its picture, its name, its kind and its digest.

use std::sync::Arc;

use api::Inspection;
use leptos::prelude::*;
use oci::Reference;

use super::{section::Headings, spot::Spot};
use crate::{
    query::Query,
    routes::{Route, Tab},
    shared::{
        digest::{DigestGlyph, DigestLine, GlyphSize},
        icon::Icon,
        kind::KindMark,
    },
};

/// What is known of an object before it is read: where it is and how it is called.
#[component]
pub(super) fn Crumbs(reference: Reference) -> impl IntoView {
    let host = reference.host.to_string();
    let repository = reference.repository.to_string();
    let registry = Route::Registry(reference.host.clone()).path();
    let tags = Route::Repository(reference.host, reference.repository).path();
    view! {
        <nav class="crumbs" aria-label=view::text("ui.object.place", &[])>
            <a href=registry>{host}</a>
            <span aria-hidden="true">"/"</span>
            <a href=tags>{repository}</a>
        </nav>
    }
}

/// The name: the tag, or the digest shortened where there is no tag.
pub(super) fn name(reference: &Reference) -> String {
    match (&reference.tag, &reference.digest) {
        (_, Some(digest)) => {
            let encoded = digest.encoded();
            format!("@{}:{}", digest.algorithm().as_str(), encoded.get(..12).unwrap_or(encoded))
        }
        (Some(tag), None) => tag.to_string(),
        (None, None) => reference.target().to_string(),
    }
}

/// The heading of an object while it is read, or where it could not be.
#[component]
pub(super) fn Waiting(reference: Reference, level: Headings) -> impl IntoView {
    view! {
        <header class="object-head">
            <span class="glyph-blank" aria-hidden="true"></span>
            <div class="object-names">{title(&reference, level)}<span class="object-kind-line"></span></div>
            {open(&reference, level)}
        </header>
    }
}

/// The heading of an object that is here.
#[component]
pub(super) fn Head(inspection: Arc<Inspection>, level: Headings) -> impl IntoView {
    let words = view::words::kind_under(&inspection.reference, &inspection.view);
    view! {
        <header class="object-head">
            <DigestGlyph digest=inspection.digest.clone() size=GlyphSize::Header />
            <div class="object-names">
                {title(&inspection.reference, level)}
                <span class="object-kind-line" data-testid="object-kind">
                    <KindMark kind=inspection.view.kind.clone() words />
                </span>
            </div>
            {open(&inspection.reference, level)}
        </header>
        <div class="object-digest"><DigestLine digest=inspection.digest.clone() /></div>
    }
}

/// From a pane, the way to the object's own screen, on the side that is shown here.
fn open(reference: &Reference, level: Headings) -> Option<impl IntoView + use<>> {
    let (reference, spot) = (reference.clone(), Spot::here());
    let address = move || {
        let query = Query {
            pointer: spot.pointer.get().filter(|_| spot.side.get() == Tab::Manifest),
            selected: spot.blob.get(),
            ..Query::default()
        };
        Route::Object(reference.clone(), spot.side.get()).address(&query)
    };
    (level == Headings::Pane).then(|| {
        view! {
            <a class="btn ghost object-open" href=address data-testid="object-open">
                <span>{view::text("ui.object.open", &[])}</span><Icon name="arrow" />
            </a>
        }
    })
}

/// `h1` on the object's own page, `h2` in a pane.
fn title(reference: &Reference, level: Headings) -> AnyView {
    let name = name(reference);
    match level {
        Headings::Page => {
            let repository = reference.repository.to_string();
            let short = repository.rsplit('/').next().unwrap_or_default().to_owned();
            let colon = if name.starts_with('@') { "" } else { ":" };
            view! { <h1 class="object-title"><span class="object-repository">{short}{colon}</span>{name}</h1> }
                .into_any()
        }
        Headings::Pane => view! { <h2 class="object-title">{name}</h2> }.into_any(),
    }
}
