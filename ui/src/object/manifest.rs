//! What do the object's own bytes say, and where do they lead?

use std::sync::Arc;

use api::Inspection;
use leptos::prelude::*;
use oci::{Descriptor, Digest, Finding, Shape};

use super::{
    clamp::short,
    code::{About, Links, Pointing, Source, Viewer},
    link,
    naming::ATTESTS,
    outside::OpenOutside,
    parts::Parts,
    platforms, save,
    spot::{Spot, Step},
};

/// The bytes of an object.
#[component]
pub(super) fn Manifest(parts: Parts) -> impl IntoView {
    let spot = Spot::here();
    let inspection = parts.inspection;
    let asked = RwSignal::new(None::<String>);
    let pointing = Pointing {
        wanted: spot.pointer,
        reached: Callback::new(move |pointer| spot.go.run(Step::Pointer(pointer))),
    };
    let source = source(&inspection, parts.findings.into(), asked, spot);
    view! {
        <Viewer source pointing><save::ManifestButton inspection /></Viewer>
        <OpenOutside asked />
    }
}

fn source(
    inspection: &Arc<Inspection>,
    findings: Signal<Arc<Vec<Finding>>>,
    asked: RwSignal<Option<String>>,
    spot: Spot,
) -> Source {
    let document = Arc::clone(inspection);
    let is_manifest = move |digest: &Digest| {
        let named = document.view.manifests.iter().chain(&document.view.subject);
        named
            .filter(|descriptor| link::is_manifest(descriptor))
            .any(|one| one.digest.as_ref() == Some(digest))
            || attested(&document, digest)
    };
    Source {
        bytes: Arc::new(inspection.bytes.clone()),
        is_json: inspection.view.shape != Shape::NotJson,
        as_hex: false,
        findings,
        links: Arc::new(Links {
            beside: inspection.reference.clone(),
            is_manifest: Box::new(is_manifest),
            ask: Callback::new(move |address| asked.set(Some(address))),
            blob: Some(Callback::new(move |digest| spot.go.run(Step::Blob(Some(digest))))),
        }),
        about: about(inspection),
    }
}

/// Whether a digest is that of a subject which an annotation of BuildKit's names.
fn attested(inspection: &Inspection, digest: &Digest) -> bool {
    let named = inspection.view.annotations.get(ATTESTS);
    named.is_some_and(|named| named == digest.as_str())
}

/// What is folded where: platform or type, and length.
fn about(inspection: &Arc<Inspection>) -> About {
    let document = Arc::clone(inspection);
    Arc::new(move |pointer| {
        let (list, place) =
            pointer.trim_start_matches('/').split_once('/').unwrap_or((pointer.trim_start_matches('/'), ""));
        let at = |list: &[Descriptor]| {
            let place: usize = place.parse().ok()?;
            list.get(place).filter(|one| one.pointer == pointer).cloned()
        };
        let view = &document.view;
        let one = match list {
            "manifests" => at(&view.manifests),
            "layers" | "blobs" => at(&view.layers),
            "config" => view.config.clone(),
            "subject" => view.subject.clone(),
            _ => None,
        }?;
        let what = match (platforms::name(&one), &one.media_type) {
            (Some(platform), _) => short(&platform),
            (None, Some(kind)) => short(&kind.0),
            (None, None) => view::text("ui.object.no_platform", &[]),
        };
        let size = one.size.map(link::bytes).unwrap_or_default();
        Some(view::text("ui.object.code.descriptor", &[("what", &what), ("size", &size)]))
    })
}
