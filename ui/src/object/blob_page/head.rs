//! Which blob is this, and what can be done with it?

use std::sync::Arc;

use api::HeadedBlob;
use leptos::prelude::*;

use super::{CONTENT, HTTP, Which};
use crate::{
    client::Client,
    keys::Act,
    links,
    object::{head::name, link::alone, save::BlobButton},
    shared::{
        digest::{DigestGlyph, DigestLine, GlyphSize},
        icon::Icon,
    },
    shell::{actions::Actions, toast::Toast},
};

/// Picture, name and digest, and how to keep it or pass it on.
#[component]
pub(super) fn BlobHead(
    /// Which one.
    which: Which,
    /// What its registry says of it, as soon as it is known to be there.
    headed: Signal<Option<Arc<HeadedBlob>>>,
) -> impl IntoView {
    let repository = which.beside.repository.to_string();
    let short = repository.rsplit('/').next().unwrap_or_default().to_owned();
    let name = name(&which.beside);
    let (toast, link) = (Toast::here(), permalink(&which));
    let digest = which.digest.clone();
    let save = move || {
        headed.get().map(|headed| {
            let descriptor = which.descriptor(headed.size);
            view! { <BlobButton beside=which.beside.clone() descriptor /> }
        })
    };
    view! {
        <header class="object-head">
            <DigestGlyph digest=digest.clone() size=GlyphSize::Header />
            <div class="object-names">
                <h1 class="object-title"><span class="object-repository">{short}</span>{name}</h1>
                <span class="object-kind-line" data-testid="object-kind">
                    <span class="kind kind-other">
                        <Icon name="file" /><span class="kind-word">{view::text("ui.object.blob.kind", &[])}</span>
                    </span>
                </span>
            </div>
            <div class="blob-acts">
                <button type="button" class="btn small" data-testid="blob-permalink"
                    on:click=move |_| toast.copy(link.clone())>
                    <Icon name="link" /><span>{view::text("ui.object.act.copy_permalink", &[])}</span>
                </button>
                {save}
            </div>
        </header>
        <div class="object-digest"><DigestLine digest /></div>
    }
}

/// The same by keys and in the palette, and the two sides.
pub(super) fn offer(which: &Which, side: RwSignal<&'static str>) {
    let (actions, toast) = (Actions::here(), Toast::here());
    for (act, to) in [(Act::ShowContent, CONTENT), (Act::ShowHttp, HTTP)] {
        actions.offer(act, Callback::new(move |()| side.set(to)));
    }
    for (act, text) in [(Act::CopyDigest, which.digest.to_string()), (Act::CopyPermalink, permalink(which))] {
        actions.offer(act, Callback::new(move |()| toast.copy(text.clone())));
    }
}

/// A blob's address never means other bytes.
fn permalink(which: &Which) -> String {
    let (route, query) = alone(&which.beside, &which.digest);
    links::link_to(Client::here(), &route, &query)
}
