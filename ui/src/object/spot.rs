//! Where within an object is the reader, and how do they go elsewhere in it?
//!
//! On the object's own page that stands in the address; in a pane beside a list it is the pane's own.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use oci::{Digest, Reference};

use crate::{
    query::Query,
    routes::{Here, Route, Tab},
    settings::Settings,
};

/// A step within an object.
#[derive(Debug, Clone)]
pub(super) enum Step {
    /// To another side.
    Side(Tab),
    /// To a blob among the layers, or from it back to them.
    Blob(Option<Digest>),
    /// To a value of the manifest.
    Pointer(String),
    /// To another platform of an index.
    Platform(String),
}

/// Where the reader is. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Spot {
    /// Whether the object has the page for itself.
    pub(super) on_page: bool,
    /// The side that is wanted; the object may not have it.
    pub(super) side: Signal<Tab>,
    /// The open blob, by its digest.
    pub(super) blob: Signal<Option<String>>,
    /// The value of the manifest.
    pub(super) pointer: Signal<Option<String>>,
    /// The wanted platform of an index.
    pub(super) platform: Signal<Option<String>>,
    /// Goes elsewhere.
    pub(super) go: Callback<Step>,
}

impl Spot {
    /// The spot around.
    pub(super) fn here() -> Self {
        expect_context()
    }

    /// By the address of the page.
    pub(super) fn of_page(reference: Signal<Reference>, side: Signal<Tab>) -> Self {
        let here: Here = expect_context();
        let settings = Settings::here();
        let navigate = use_navigate();
        let go = Callback::new(move |step: Step| {
            let tab = side.get_untracked();
            let platform = here.platform.get_untracked();
            let stay = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
            let (tab, query, how) = match step {
                Step::Side(tab) => (tab, Query { platform, ..Query::default() }, NavigateOptions::default()),
                Step::Blob(blob) => {
                    let selected = blob.map(|digest| digest.to_string());
                    (
                        Tab::Layers,
                        Query { platform, selected, ..Query::default() },
                        NavigateOptions::default(),
                    )
                }
                Step::Pointer(pointer) => {
                    (Tab::Manifest, Query { platform, pointer: Some(pointer), ..Query::default() }, stay)
                }
                Step::Platform(platform) => {
                    choose(settings, &platform);
                    (tab, Query { platform: Some(platform), ..Query::default() }, stay)
                }
            };
            navigate(&Route::Object(reference.get_untracked(), tab).address(&query), how);
        });
        let platform =
            Signal::derive(move || here.platform.get().or_else(|| settings.now.read().platform.clone()));
        Self { on_page: true, side, blob: here.selected.into(), pointer: here.pointer.into(), platform, go }
    }

    /// By what the pane keeps; another object begins anew.
    pub(super) fn of_pane(reference: Signal<Reference>) -> Self {
        let settings = Settings::here();
        let side = RwSignal::new(Tab::Overview);
        let blob = RwSignal::new(None::<String>);
        let pointer = RwSignal::new(None::<String>);
        Effect::new(move |before: Option<()>| {
            reference.track();
            if before.is_some() {
                blob.set(None);
                pointer.set(None);
            }
        });
        let go = Callback::new(move |step: Step| match step {
            Step::Side(tab) => {
                blob.set(None);
                side.set(tab);
            }
            Step::Blob(digest) => {
                blob.set(digest.map(|digest| digest.to_string()));
                side.set(Tab::Layers);
            }
            Step::Pointer(to) => {
                pointer.set(Some(to));
                side.set(Tab::Manifest);
            }
            Step::Platform(platform) => choose(settings, &platform),
        });
        let platform = Signal::derive(move || settings.now.read().platform.clone());
        Self { on_page: false, side: side.into(), blob: blob.into(), pointer: pointer.into(), platform, go }
    }
}

/// Remembers the platform for every list and object.
fn choose(settings: Settings, platform: &str) {
    settings.change(api::SettingsChange::Platform(Some(platform.to_owned())));
}
