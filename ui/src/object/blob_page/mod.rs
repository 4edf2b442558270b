//! The screen of a blob by itself: `/r/<host>/<repository>@<digest>/~blob`.
//!
//! A registry is asked whether it has the blob and how long it is; what is short is read then. What the blob is, only
//! the manifests know that name it: those that were read before, or else the one of `?in=`, which is read first.

mod facts;
mod head;
mod missing;

use api::{Code, HeadBlob, HeadedBlob, Inspect};
use leptos::prelude::*;
use oci::{Descriptor, Digest, Reference};

use self::{facts::BlobFacts, head::BlobHead, missing::Missing};
use super::{
    acts,
    blob::Blob,
    head::Crumbs,
    http::HttpSide,
    load::{self, Load, Reading, Trace},
    naming::{self, Naming},
    section::Headings,
    waiting::{Skeleton, Stopped},
};
use crate::{
    client::Client,
    routes::{Here, Route},
    shared::{
        error_state::ErrorState,
        tabs::{Choice, Tabs},
    },
};

/// The names of the two sides.
const CONTENT: &str = "content";
const HTTP: &str = "http";

/// The screen.
#[component]
pub(crate) fn BlobPage() -> impl IntoView {
    let Here { route, .. } = expect_context();
    let which = Memo::new(move |before: Option<&Option<Reference>>| match route.get() {
        Route::Blob(host, repository, digest) => {
            Some(Reference { host, repository, tag: None, digest: Some(digest) })
        }
        // This screen is about to go; until then it shows what it showed.
        _ => before.cloned().flatten(),
    });
    provide_context(Headings::Page);
    move || {
        which.get().map(|beside| {
            view! {
                <div class="object object-page blob-page" data-testid="blob-page">
                    <Crumbs reference=beside.clone() />
                    <Informed beside />
                </div>
            }
        })
    }
}

/// The blob, once the manifest of the address is read; at once where none is needed. A manifest that cannot be read
/// leaves the blob as it is.
#[component]
fn Informed(beside: Reference) -> impl IntoView {
    let Here { within, .. } = expect_context();
    let Some(digest) = beside.digest.clone() else { return ().into_any() };
    let trace = Trace::new();
    let unnamed = naming::of(&beside, &digest).is_empty();
    let repository = beside.clone();
    let asked = Signal::derive(move || {
        let manifest = within.get().filter(|_| unnamed)?.parse().ok()?;
        Some(Inspect::new(Reference { digest: Some(manifest), ..repository.clone() }))
    });
    let manifest = load::child(asked, trace);
    let reading = Memo::new(move |_| matches!(manifest.state.get(), Load::Reading));
    let whole = move || {
        if reading.get() {
            return view! { <Skeleton stop=manifest.stop /> }.into_any();
        }
        let named = naming::of(&beside, &digest);
        let which = Which { beside: beside.clone(), digest: digest.clone(), named };
        view! { <Whole which trace /> }.into_any()
    };
    whole.into_any()
}

/// A blob, and what is known of it before it is asked for.
#[derive(Debug, Clone, PartialEq)]
struct Which {
    /// Its repository, with its digest.
    beside: Reference,
    digest: Digest,
    /// The manifests that name it.
    named: Vec<Naming>,
}

impl Which {
    /// What is known of it: the words of the manifest that was read last, and the length that its registry says.
    fn descriptor(&self, size: Option<u64>) -> Descriptor {
        let known = self.named.first().map(|naming| naming.descriptor.clone());
        let known = known
            .unwrap_or_else(|| Descriptor { digest: Some(self.digest.clone()), ..Descriptor::default() });
        Descriptor { size: size.or(known.size), ..known }
    }
}

#[component]
fn Whole(which: Which, trace: Trace) -> impl IntoView {
    let reading = ask(&which, trace);
    let side = RwSignal::new(CONTENT);
    acts::refresh(reading.again);
    head::offer(&which, side);
    let tabs = [CONTENT, HTTP].map(|name| {
        let label = view::text(&format!("ui.object.blob.tab_{name}"), &[]);
        Choice { name, label }
    });
    let headed = Signal::derive(move || match reading.state.get() {
        Load::Ready(headed) => Some(headed),
        _ => None,
    });
    let content = {
        let which = which.clone();
        move || view! { <Content which=which.clone() reading trace /> }
    };
    view! {
        <BlobHead which headed />
        <Tabs label=view::text("ui.object.blob.sides", &[]) tabs=tabs.to_vec() selected=side
            on_select=Callback::new(move |name| side.set(name)) />
        // Both stay: what was read is not read anew for a look at its requests.
        <div class="object-panel" class:is-hidden=move || side.get() != CONTENT id="panel-content" role="tabpanel"
            aria-labelledby="tab-content">{content}</div>
        <div class="object-panel" class:is-hidden=move || side.get() != HTTP id="panel-http" role="tabpanel"
            aria-labelledby="tab-http"><HttpSide trace /></div>
    }
}

/// Asks whether it is there.
fn ask(which: &Which, trace: Trace) -> Reading<HeadedBlob> {
    let Reference { host: registry, repository, .. } = which.beside.clone();
    let asked = HeadBlob { registry, repository, digest: which.digest.clone() };
    let client = Client::here();
    load::read(Signal::stored(Some(asked)), move |asked: HeadBlob| async move {
        trace.of(client.call(asked).await, |headed| &headed.exchanges)
    })
}

/// What is known of it, and what is in it.
#[component]
fn Content(which: Which, reading: Reading<HeadedBlob>, trace: Trace) -> impl IntoView {
    move || match reading.state.get() {
        Load::Idle | Load::Reading => view! { <Skeleton stop=reading.stop /> }.into_any(),
        Load::Stopped => view! { <Stopped again=reading.again /> }.into_any(),
        Load::Failed(error) if error.code == Code::ManifestNotFound => {
            view! { <Missing which=which.clone() error again=reading.again trace /> }.into_any()
        }
        Load::Failed(error) => view! { <ErrorState error on_retry=reading.again /> }.into_any(),
        Load::Ready(headed) => {
            let descriptor = which.descriptor(headed.size);
            view! {
                <BlobFacts which=which.clone() headed />
                <Blob beside=which.beside.clone() descriptor trace />
            }
            .into_any()
        }
    }
}
