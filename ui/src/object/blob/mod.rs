//! What is in this blob?
//!
//! Small ones are read and shown by what they are, as text that never runs; larger ones say their size, to be saved.

mod shape;

use std::sync::Arc;

use api::{BlobReading, Code};
use leptos::prelude::*;
use oci::{Descriptor, Reference, Verification};
use view::content::Content;

use self::shape::shape;
use super::{
    code::{Links, Source, Viewer},
    findings::FindingList,
    load::{self, Load, Trace, Wanted},
    outside::OpenOutside,
    waiting::{Skeleton, Stopped},
};
use crate::shared::{error_state::ErrorState, icon::Icon};

/// Up to this many bytes are opened inline.
const INLINE: u64 = 1 << 20;

/// One blob of an object: read, and shown.
#[component]
pub(super) fn Blob(
    /// The object that names it.
    beside: Reference,
    /// What it names.
    descriptor: Descriptor,
    /// Where its exchanges are noted.
    trace: Trace,
) -> impl IntoView {
    let wanted = Wanted::of(&beside, &descriptor, INLINE);
    // What cannot be text is not fetched unasked, however small.
    let asked = RwSignal::new(shape::is_readable(&descriptor));
    let reading = load::blob(Signal::derive(move || wanted.clone().filter(|_| asked.get())), trace);
    let fits = descriptor.size.is_none_or(|size| size <= INLINE);
    move || match reading.state.get() {
        Load::Idle if fits && descriptor.digest.is_some() => view! {
            <div class="blob-note">
                <p>{view::text("ui.object.blob.binary", &[])}</p>
                <button type="button" class="btn" data-testid="blob-read" on:click=move |_| asked.set(true)>
                    {view::text("ui.object.blob.show_hex", &[])}
                </button>
            </div>
        }
        .into_any(),
        Load::Idle => view! { <Trouble descriptor=descriptor.clone() /> }.into_any(),
        Load::Reading => view! { <Skeleton stop=reading.stop /> }.into_any(),
        Load::Stopped => view! { <Stopped again=reading.again /> }.into_any(),
        Load::Failed(error) if error.code == Code::TooLarge => {
            view! { <Trouble descriptor=descriptor.clone() /> }.into_any()
        }
        Load::Failed(error) => view! { <ErrorState error on_retry=reading.again /> }.into_any(),
        Load::Ready(blob) => {
            view! { <Shown beside=beside.clone() descriptor=descriptor.clone() blob /> }.into_any()
        }
    }
}

/// Why a blob is not shown. Whoever shows it has the button that saves it.
#[component]
pub(super) fn Trouble(
    /// What it is by the object that names it.
    descriptor: Descriptor,
) -> impl IntoView {
    let words = match (&descriptor.digest, descriptor.size) {
        (None, _) => view::text("ui.object.blob.no_digest", &[]),
        (Some(_), Some(size)) => {
            view::text("ui.object.blob.large", &[("size", &view::words::exact_size(size))])
        }
        (Some(_), None) => view::text("ui.object.blob.large_unknown", &[]),
    };
    view! {
        <div class="blob-note" data-testid="blob-large">
            <p>{words}</p>
        </div>
    }
}

/// A blob that was read.
#[component]
pub(super) fn Shown(
    /// The object that names it.
    beside: Reference,
    /// What it names.
    descriptor: Descriptor,
    /// Its bytes.
    blob: Arc<BlobReading>,
) -> impl IntoView {
    let asked = RwSignal::new(None::<String>);
    let shape = shape(&descriptor, &blob.bytes);
    let check = match &blob.verification {
        Verification::Verified => ("check-good", "check", view::text("ui.object.blob.verified", &[])),
        Verification::CannotVerify => ("check-open", "help", view::text("ui.object.cannot_verify", &[])),
        Verification::Mismatch(_) => ("check-bad", "sev-error", view::text("ui.object.hash_differs", &[])),
    };
    let source = Source {
        bytes: Arc::new(blob.bytes.clone()),
        is_json: shape == Content::Json,
        as_hex: shape == Content::Binary,
        findings: Signal::stored(Arc::default()),
        links: Arc::new(Links {
            beside,
            is_manifest: Box::new(|_| false),
            ask: Callback::new(move |address| asked.set(Some(address))),
            blob: None,
        }),
        about: Arc::new(|_| None),
    };
    let (tone, icon, words) = check;
    view! {
        <div class="blob" data-testid="blob" data-shape=shape::name(shape)>
            <p class="blob-line">
                <span>{view::text(&format!("ui.object.blob.shape_{}", shape::name(shape)), &[])}</span>
                <span>{view::words::exact_size(blob.size)}</span>
                <span class=format!("check-line {tone}") data-testid="blob-verified"><Icon name=icon />{words}</span>
            </p>
            <FindingList findings=blob.findings.clone() />
            <Viewer source />
            <OpenOutside asked />
        </div>
    }
}
