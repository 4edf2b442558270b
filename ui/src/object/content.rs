//! Are these the right bytes, and what are they said to be?

use api::Inspection;
use leptos::prelude::*;
use oci::{Family, MediaType, TagOrDigest, Verification};

use super::{breaks::breakable, link::bytes, section::Section, spec::spec};
use crate::shared::{
    icon::Icon,
    kv::{Fact, Facts},
};

/// Digest check and media type.
#[component]
pub(super) fn Content(inspection: std::sync::Arc<Inspection>) -> impl IntoView {
    let check = verified(&inspection);
    let kind = media_type(&inspection);
    view! {
        <Section title=view::text("ui.object.content", &[])>
            <Facts>
                <Fact name=view::text("ui.object.digest_check", &[])>{check}</Fact>
                <Fact name=view::text("ui.object.media_type", &[])>{kind}</Fact>
            </Facts>
        </Section>
    }
}

/// Green only where the bytes were compared with a digest that somebody named before.
fn verified(inspection: &Inspection) -> AnyView {
    let size = bytes(inspection.size);
    let by_tag = matches!(inspection.reference.target(), TagOrDigest::Tag(_));
    let header = inspection.served.digest_header.clone();
    let (tone, icon, sentence, note) = match (&inspection.verification, by_tag, &header) {
        (Verification::Verified, true, None) => (
            "check-open",
            "help",
            view::text("ui.object.hash_only", &[("size", &size)]),
            view::text("ui.object.hash_only_note", &[]),
        ),
        (Verification::Verified, true, Some(_)) => (
            "check-good",
            "check",
            view::text("ui.object.hash_matches", &[("size", &size)]),
            view::text("ui.object.hash_matches_tag", &[]),
        ),
        (Verification::Verified, false, _) => (
            "check-good",
            "check",
            view::text("ui.object.hash_matches", &[("size", &size)]),
            view::text("ui.object.hash_matches_digest", &[]),
        ),
        (Verification::CannotVerify, ..) => (
            "check-open",
            "help",
            view::text("ui.object.cannot_verify", &[]),
            view::text(
                "ui.object.cannot_verify_note",
                &[("algorithm", inspection.digest.algorithm().as_str())],
            ),
        ),
        (Verification::Mismatch(actual), ..) => return mismatch(inspection, actual),
    };
    view! {
        <span class=format!("check-line {tone}") data-testid="object-verified"><Icon name=icon />{sentence}</span>
        <span class="kv-note">{note}</span>
    }
    .into_any()
}

/// Both digests, in red: the one that was named and the one that the bytes hash to.
fn mismatch(inspection: &Inspection, actual: &oci::Digest) -> AnyView {
    let named = match inspection.reference.target() {
        TagOrDigest::Digest(digest) => digest.to_string(),
        TagOrDigest::Tag(_) => inspection.served.digest_header.clone().unwrap_or_default(),
    };
    view! {
        <span class="check-line check-bad" data-testid="object-verified">
            <Icon name="sev-error" />
            {view::text("ui.object.hash_differs", &[])}
        </span>
        <span class="check-pair">
            <span>{view::text("ui.object.hash_named", &[])}</span><bdi class="was">{named}</bdi>
            <span>{view::text("ui.object.hash_actual", &[])}</span><bdi>{actual.to_string()}</bdi>
        </span>
    }
    .into_any()
}

/// The type, its family, and where it was read: in the document, in the answer's header, or both.
fn media_type(inspection: &Inspection) -> AnyView {
    let own = inspection.view.media_type.as_ref();
    let header = inspection.served.content_type.as_ref();
    let (shown, source) = match (own, header) {
        (Some(own), Some(header)) if own.essence() == header.essence() => {
            (Some(own), view::text("ui.object.type_from_both", &[]))
        }
        (Some(own), Some(header)) => return two_types(own, header),
        (Some(own), None) => (Some(own), view::text("ui.object.type_from_document", &[])),
        (None, Some(header)) => (Some(header), view::text("ui.object.type_from_header", &[])),
        (None, None) => (None, view::text("ui.object.type_from_nowhere", &[])),
    };
    let family = shown.map(family);
    view! {
        <bdi class="mono" data-testid="object-media-type">
            {shown.map(|shown| breakable(&shown.0))}{shown.is_none().then(|| view::text("ui.object.none", &[]))}
        </bdi>
        {shown.and_then(about)}
        <span class="kv-note">{family.map(|family| format!("{family} "))}{source}</span>
    }
    .into_any()
}

/// What the type is, and where that is written.
fn about(media_type: &MediaType) -> Option<impl IntoView + use<>> {
    let about = view::types::about(&media_type.0)?;
    let page = spec(&about);
    Some(view! { <span class="kv-note">{about.words}" "{page}</span> })
}

/// Document and header disagree: both, with the warning.
fn two_types(own: &MediaType, header: &MediaType) -> AnyView {
    view! {
        <bdi class="mono" data-testid="object-media-type">{breakable(&own.0)}</bdi>
        <span class="kv-note">{family(own)}" "{view::text("ui.object.type_document", &[])}</span>
        <span class="check-line check-warn">
            <Icon name="sev-warning" />
            {view::text("ui.object.type_differs", &[])}
        </span>
        <bdi class="mono">{breakable(&header.0)}</bdi>
    }
    .into_any()
}

/// The world that a type belongs to, as a sentence.
fn family(media_type: &MediaType) -> String {
    match media_type.family() {
        Family::Oci => view::text("ui.object.family_oci", &[]),
        Family::Docker => view::text("ui.object.family_docker", &[]),
        Family::Other => view::text("ui.object.family_other", &[]),
    }
}
