//! Where does a descriptor lead?

use leptos::prelude::*;
use oci::{Descriptor, Digest, Reference, Role, Tag};

use super::{clamp::short, naming};
use crate::{
    client::Client,
    links,
    query::Query,
    routes::{Route, Tab},
    shared::{copy::CopyButton, digest::ShortDigest, icon::Icon},
};

/// The path of an object by its digest, in the repository of another one.
pub(super) fn path(beside: &Reference, digest: &Digest) -> String {
    let reference = Reference { tag: None, digest: Some(digest.clone()), ..beside.clone() };
    Route::Object(reference, Tab::Overview).path()
}

/// The path of a tag, in the repository of another object.
pub(super) fn tag_path(beside: &Reference, tag: Tag) -> String {
    let reference = Reference { tag: Some(tag), digest: None, ..beside.clone() };
    Route::Object(reference, Tab::Overview).path()
}

/// The tag by which an object was read, as a link.
pub(super) fn tag_link(beside: &Reference, tag: Tag, test_id: &'static str) -> impl IntoView + use<> {
    let name = view::visible(tag.as_str());
    let path = tag_path(beside, tag);
    view! { <a class="mono" href=path data-testid=test_id>{name}</a> }
}

/// The screen of a blob by itself, and the manifest that says what the blob is, where one was read: whoever opens the
/// address later has read none.
pub(super) fn alone(beside: &Reference, digest: &Digest) -> (Route, Query) {
    let within = naming::of(beside, digest).first().map(|naming| naming.manifest.to_string());
    let route = Route::Blob(beside.host.clone(), beside.repository.clone(), digest.clone());
    (route, Query { within, ..Query::default() })
}

/// The address of a blob by itself.
pub(super) fn alone_address(beside: &Reference, digest: &Digest) -> String {
    let (route, query) = alone(beside, digest);
    route.address(&query)
}

/// The path of a blob among the layers of the object that names it.
pub(super) fn blob_path(beside: &Reference, digest: &Digest) -> String {
    let query = Query { selected: Some(digest.to_string()), ..Query::default() };
    Route::Object(beside.clone(), Tab::Layers).address(&query)
}

/// Whether a click is one that opens a link in another tab or window.
pub(super) fn elsewhere(event: &web_sys::MouseEvent) -> bool {
    event.ctrl_key() || event.meta_key() || event.shift_key()
}

/// An exact length: `1,571 B`.
pub(super) fn bytes(count: u64) -> String {
    view::text("ui.object.bytes", &[("count", &view::words::count(count))])
}

/// Whether a descriptor points to a manifest or an index, by its own words.
pub(super) fn is_manifest(descriptor: &Descriptor) -> bool {
    descriptor.media_type.as_ref().is_none_or(|media_type| {
        matches!(media_type.role(), Role::Manifest | Role::Index | Role::Schema1 | Role::ArtifactManifest)
    })
}

/// The digest of a descriptor: a link to the manifest, or to the blob among the layers of what names it; the raw text
/// where it is no digest at all.
#[component]
pub(super) fn DigestLink(
    /// The object that names it.
    beside: Reference,
    /// What it names.
    descriptor: Descriptor,
) -> impl IntoView {
    let Some(digest) = descriptor.digest.clone() else {
        let text = descriptor.digest_text.as_deref().map(short).unwrap_or_default();
        return view! { <bdi class="mono bad-digest" title=text.clone()>{text.clone()}</bdi> }.into_any();
    };
    if is_manifest(&descriptor) {
        let path = path(&beside, &digest);
        view! {
            <a class="digest-link" href=path>
                <ShortDigest digest />
            </a>
        }
        .into_any()
    } else {
        let path = blob_path(&beside, &digest);
        view! {
            <span class="digest-blob">
                <a class="digest-link" href=path data-testid="blob-digest"><ShortDigest digest=digest.clone() /></a>
                <CopyButton
                    text=Signal::stored(digest.to_string())
                    label=view::text("ui.shared.copy_digest", &[])
                />
                <Alone beside digest />
            </span>
        }
        .into_any()
    }
}

/// The address of a blob by itself: opened, or passed on.
#[component]
pub(super) fn Alone(
    /// An object of its repository.
    beside: Reference,
    /// The blob.
    digest: Digest,
) -> impl IntoView {
    let (route, query) = alone(&beside, &digest);
    let link = links::link_to(Client::here(), &route, &query);
    let label = view::text("ui.object.blob.alone", &[]);
    view! {
        <a class="copy" href=route.address(&query) aria-label=label.clone() title=label data-testid="blob-alone"
            data-digest=digest.to_string()>
            <Icon name="arrow" />
        </a>
        <span class="alone-link">
            <CopyButton text=Signal::stored(link) label=view::text("ui.object.blob.copy_link", &[]) icon="link" />
        </span>
    }
}
