//! What does the config say: how is it run, what was it built of?
//!
//! `facts` is an image's configuration in words, `history` the steps that made it; any config can be read as its exact
//! bytes too.

mod facts;
mod history;

use std::sync::Arc;

use api::{BlobReading, Inspection};
use leptos::prelude::*;
use oci::{ImageConfig, MediaType, Role};

pub(super) use self::history::{fit_note, instruction};
use self::{facts::ConfigFacts, history::History};
use super::{
    blob::{Shown, Trouble},
    clamp::short,
    link::DigestLink,
    load::Load,
    of_platform::OfPlatform,
    parts::{Parts, is_image, is_other},
    save,
    waiting::{Skeleton, Stopped},
};
use crate::shared::error_state::ErrorState;

/// How a config is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Words,
    Raw,
}

/// The side.
#[component]
pub(super) fn ConfigSide(parts: Parts) -> impl IntoView {
    let form = RwSignal::new(Form::Words);
    let draw = {
        let parts = parts.clone();
        Callback::new(move |manifest| view! { <Whole manifest parts=parts.clone() form /> }.into_any())
    };
    view! { <OfPlatform parts draw /> }
}

/// The config of a manifest that is here.
#[component]
fn Whole(manifest: Arc<Inspection>, parts: Parts, form: RwSignal<Form>) -> impl IntoView {
    let Some(config) = manifest.view.config.clone() else {
        return view! { <p class="side-note">{view::text("ui.object.config.none", &[])}</p> }.into_any();
    };
    if config.media_type.as_ref().map(MediaType::role) == Some(Role::Empty) {
        return view! { <p class="side-note">{view::text("ui.object.config.empty", &[])}</p> }.into_any();
    }
    let image = is_image(&manifest);
    let (reading, read) = (parts.config, parts.image);
    let beside = manifest.reference.clone();
    let kind = config.media_type.as_ref().map(|kind| short(&kind.0)).unwrap_or_default();
    let told = config.clone();
    let body = move || match reading.state.get() {
        Load::Idle => view! { <Trouble descriptor=told.clone() /> }.into_any(),
        Load::Reading => view! { <Skeleton stop=reading.stop /> }.into_any(),
        Load::Stopped => view! { <Stopped again=reading.again /> }.into_any(),
        Load::Failed(error) => view! { <ErrorState error on_retry=reading.again /> }.into_any(),
        Load::Ready(blob) if is_other(&blob) => view! {
            <p class="side-fit" role="status" data-testid="config-other">
                {view::text("ui.object.config.not_its", &[])}
            </p>
            <Shown beside=beside.clone() descriptor=told.clone() blob />
        }
        .into_any(),
        Load::Ready(blob) => match (form.get(), read.get()) {
            (Form::Words, Some(config)) if image => {
                let count = manifest.view.layers.len();
                view! { <Words config blob count /> }.into_any()
            }
            _ => view! { <Shown beside=beside.clone() descriptor=told.clone() blob /> }.into_any(),
        },
    };
    let is_read = move || image && !matches!(reading.state.get(), Load::Ready(blob) if is_other(&blob));
    view! {
        <div class="side-bar">
            {move || is_read().then(|| view! { <Forms form /> })}
            <bdi class="side-type mono" title=kind.clone()>{kind.clone()}</bdi>
            <DigestLink beside=parts.inspection.reference.clone() descriptor=config.clone() />
            <save::BlobButton beside=parts.inspection.reference.clone() descriptor=config />
        </div>
        {body}
    }
    .into_any()
}

/// In words or as bytes.
#[component]
fn Forms(form: RwSignal<Form>) -> impl IntoView {
    let option = move |which: Form, key: &str, test_id: &'static str| {
        view! {
            <label class="seg-option" class:is-on=move || form.get() == which data-testid=test_id>
                <input type="radio" name="config-form" class="vh" prop:checked=move || form.get() == which
                    on:change=move |_| form.set(which) />
                <span>{view::text(key, &[])}</span>
            </label>
        }
    };
    view! {
        <div class="seg" role="radiogroup" aria-label=view::text("ui.object.config.form", &[])>
            {option(Form::Words, "ui.object.config.words", "config-words")}
            {option(Form::Raw, "ui.object.config.raw", "config-raw")}
        </div>
    }
}

/// The configuration in words.
#[component]
fn Words(config: Arc<ImageConfig>, blob: Arc<BlobReading>, count: usize) -> impl IntoView {
    let mut findings = blob.findings.clone();
    findings.extend(config.findings.iter().cloned());
    view! {
        <div class="config scroll" tabindex="0" data-testid="config">
            <super::findings::FindingList findings />
            <div class="config-columns">
                <ConfigFacts config=Arc::clone(&config) />
                <History config count />
            </div>
        </div>
    }
}
