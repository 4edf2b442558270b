//! What is known of a blob without its bytes: its type, its length, who names it?

use std::sync::Arc;

use api::HeadedBlob;
use leptos::prelude::*;
use oci::{MediaType, Reference};

use super::Which;
use crate::{
    object::{
        breaks::breakable,
        link::{path, tag_link},
        naming::Naming,
        spec::spec,
    },
    shared::{
        digest::ShortDigest,
        icon::Icon,
        kv::{Fact, Facts},
    },
};

/// What registries call every blob.
const OCTETS: &str = "application/octet-stream";

/// The facts.
#[component]
pub(super) fn BlobFacts(which: Which, headed: Arc<HeadedBlob>) -> impl IntoView {
    let kind = media_type(&which, headed.media_type.as_ref());
    let size = match headed.size {
        Some(size) => view::words::exact_size(size),
        None => view::text("ui.object.blob.size_unsaid", &[]),
    };
    let stated = which.named.first().and_then(|naming| naming.descriptor.size);
    let differs = stated.filter(|stated| headed.size.is_some_and(|size| size != *stated)).map(|stated| {
        let words = view::text("ui.object.blob.size_differs", &[("size", &view::words::exact_size(stated))]);
        view! {
            <span class="check-line check-warn" data-testid="blob-size-differs">
                <Icon name="sev-warning" />{words}
            </span>
        }
    });
    let named = named_by(&which);
    view! {
        <div class="blob-facts">
            <Facts>
                <Fact name=view::text("ui.object.media_type", &[])>{kind}</Fact>
                <Fact name=view::text("ui.object.sizes", &[])>
                    <span data-testid="blob-size">{size}</span>
                    {differs}
                </Fact>
                <Fact name=view::text("ui.object.blob.named", &[])>{named}</Fact>
            </Facts>
        </div>
    }
}

/// The type by the manifest that names it; a registry knows none.
fn media_type(which: &Which, said: Option<&MediaType>) -> AnyView {
    let known = which.named.iter().find_map(|naming| naming.descriptor.media_type.clone());
    let Some(known) = known else {
        let key = match said {
            Some(said) if said.essence() != OCTETS => "ui.object.blob.type_said",
            Some(_) => "ui.object.blob.type_octets",
            None => "ui.object.blob.type_unsaid",
        };
        let said = said.map(|said| view::visible(&said.0)).unwrap_or_default();
        return view! {
            <span data-testid="blob-type">{view::text("ui.object.blob.type_unknown", &[])}</span>
            <span class="kv-note">{view::text(key, &[("type", &said)])}</span>
        }
        .into_any();
    };
    let about = view::types::about(&known.0).map(|about| {
        let page = spec(&about);
        view! { <span class="kv-note">{about.words}" "{page}</span> }
    });
    view! {
        <bdi class="mono" data-testid="blob-type">{breakable(&known.0)}</bdi>
        {about}
        <span class="kv-note">{view::text("ui.object.blob.type_named", &[])}</span>
    }
    .into_any()
}

/// The manifests of this repository that name it, as far as they were read on this page.
fn named_by(which: &Which) -> AnyView {
    if which.named.is_empty() {
        return view! {
            <span data-testid="blob-named-none">{view::text("ui.object.blob.named_none", &[])}</span>
        }
        .into_any();
    }
    let rows = which.named.iter().map(|naming| row(&which.beside, naming)).collect_view();
    view! { <ul class="blob-named" data-testid="blob-named">{rows}</ul> }.into_any()
}

fn row(beside: &Reference, naming: &Naming) -> impl IntoView + use<> {
    let by_tag = naming.tag.clone().map(|tag| tag_link(beside, tag, "blob-named-tag"));
    let digest = naming.manifest.clone();
    let to = path(beside, &digest);
    let pointer = &naming.descriptor.pointer;
    let title = view::text("ui.object.blob.named_place", &[("pointer", &view::visible(pointer))]);
    let place = view::words::place(pointer);
    view! {
        <li>
            <a class="digest-link" href=to data-testid="blob-named-digest"><ShortDigest digest /></a>
            {by_tag}
            <span class="quiet" title=title>{place}</span>
        </li>
    }
}
