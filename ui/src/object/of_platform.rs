//! Whose config and layers are shown: the object's own or, of an index, those of the chosen platform?

use std::sync::Arc;

use api::Inspection;
use leptos::prelude::*;
use oci::{Descriptor, Shape};

use super::{
    clamp::short,
    findings::FindingList,
    link,
    load::Load,
    parts::Parts,
    platform_picker::{self, PlatformPicker},
    platforms,
    spot::Spot,
    waiting::{Skeleton, Stopped},
};
use crate::{
    routes::Route,
    shared::{error_state::ErrorState, icon::Icon},
};

/// The platform picker of an index, what is wrong with the chosen manifest, and what is drawn of it.
#[component]
pub(super) fn OfPlatform(
    /// The object and its parts.
    parts: Parts,
    /// Draws a manifest that is here.
    draw: Callback<Arc<Inspection>, AnyView>,
) -> impl IntoView {
    let is_index = parts.inspection.view.shape == Shape::Index;
    let has_choice = is_index && !platform_picker::names(&parts.inspection.view.manifests).is_empty();
    let (chosen, unmet) = (parts.chosen, parts.unmet);
    let note = move || {
        let (asked, shown) = (unmet.get()?, platforms::name(chosen.read().as_ref()?)?);
        let values = [("asked", &*short(&asked)), ("shown", &*short(&shown))];
        Some(view! {
            <span class="platform-unmet" role="status" data-testid="platform-unmet">
                <Icon name="sev-info" />
                {view::text("ui.object.platform_unmet", &values)}
            </span>
        })
    };
    let bar = has_choice
        .then(|| view! { <div class="side-bar"><PlatformPicker parts=parts.clone() />{note}</div> });
    let inner = move || match parts.manifest() {
        Load::Idle => {
            let entry = parts.chosen.get();
            entry
                .map(|entry| view! { <NoDigest inspection=Arc::clone(&parts.inspection) entry /> })
                .into_any()
        }
        Load::Reading => view! { <Skeleton stop=parts.child.stop /> }.into_any(),
        Load::Stopped => view! { <Stopped again=parts.child.again /> }.into_any(),
        Load::Failed(error) => view! { <ErrorState error on_retry=parts.child.again /> }.into_any(),
        Load::Ready(child) if is_index => {
            let findings = child.view.findings.iter().chain(&child.findings).cloned().collect();
            let inner = match parts.chosen.get() {
                Some(entry) if child.view.shape == Shape::Index => {
                    view! { <Nested child entry /> }.into_any()
                }
                _ => draw.run(child),
            };
            view! { <FindingList findings /> {inner} }.into_any()
        }
        Load::Ready(manifest) => draw.run(manifest),
    };
    view! { {bar} {inner} }
}

/// How an entry of an index is called at the beginning of a sentence.
fn called(entry: &Descriptor) -> String {
    match platforms::name(entry) {
        Some(platform) => view::text("ui.object.child.of", &[("platform", &short(&platform))]),
        None => view::text("ui.object.child.first", &[]),
    }
}

/// An entry that leads nowhere, with what is wrong with it.
#[component]
fn NoDigest(inspection: Arc<Inspection>, entry: Descriptor) -> impl IntoView {
    let text = view::text("ui.object.child.no_digest", &[("what", &called(&entry))]);
    let within = format!("{}/", entry.pointer);
    let of_entry = inspection.view.findings.iter().filter(|finding| finding.pointer.starts_with(&within));
    view! {
        <p class="side-note check-line check-bad" role="status" data-testid="child-no-digest">
            <Icon name="sev-error" />
            {text}
        </p>
        <FindingList findings=of_entry.cloned().collect() />
    }
}

/// An entry that is an index too: the way to it.
#[component]
fn Nested(child: Arc<Inspection>, entry: Descriptor) -> impl IntoView {
    let side = Spot::here().side.get_untracked();
    let text = view::text("ui.object.child.index", &[("what", &called(&entry))]);
    let path = Route::Object(child.reference.clone(), side).path();
    view! {
        <div class="blob-note" data-testid="child-index">
            <p>{text}</p>
            <link::DigestLink beside=child.reference.clone() descriptor=entry />
            <a class="btn" href=path data-testid="child-open">
                <span>{view::text("ui.object.child.open", &[])}</span>
                <Icon name="arrow" />
            </a>
        </div>
    }
}
