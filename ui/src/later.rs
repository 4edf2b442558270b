//! Which parts of the app come once the first screen stands, and what is shown until they are there?
//!
//! What only [`parts`] reaches is no part of the first wasm file: xtask makes a second one of it, which is loaded
//! after the first paint, or at once where a screen needs it. What stands here once is drawn without a wait ever after.

use std::time::Duration;

use leptos::{
    prelude::*,
    task::spawn_local,
    wasm_split::{SplitLoaderError, wasm_split},
};
use oci::{Host, Reference, RepositoryName};

use crate::{
    client::Client,
    consent::Consent,
    keys,
    logins::Explained,
    object,
    omnibox::Understanding,
    palette,
    repositories::RepositoriesPage,
    routes::Tab,
    shared::{icon::Icon, save::SaveList},
    shell::Sources,
    tags::{Tags, TagsPage},
    tour::{TourBar, TourPage},
};

/// How long the first screen has the line and the processor for itself.
const QUIET: Duration = Duration::from_millis(200);

/// Draws one of them.
pub(crate) type Part = fn() -> AnyView;

/// What draws them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parts {
    /// What they share, given to the whole page.
    provide: fn(),
    /// An object's own screen.
    pub(crate) object: fn(Signal<Reference>, Signal<Tab>) -> AnyView,
    /// A blob's own screen.
    pub(crate) blob: Part,
    /// The object beside a list.
    pub(crate) inspector: fn(Signal<Reference>) -> AnyView,
    /// The tags of a repository.
    pub(crate) tags: Part,
    /// The repositories of a registry.
    pub(crate) repositories: Part,
    /// The question before a registry is contacted.
    pub(crate) consent: Part,
    /// How the login of a registry, or a repository of it, was found; and what asks again.
    pub(crate) logins: fn(Host, Option<RepositoryName>, Option<Callback<()>>) -> AnyView,
    /// The tour's own screen.
    pub(crate) tour: Part,
    /// The bar over a stop of the tour.
    pub(crate) tour_bar: Part,
    /// The pane on the left.
    pub(crate) sources: Part,
    /// What the palette holds.
    pub(crate) palette: Part,
    /// What the overlay of keys holds.
    pub(crate) keys: Part,
    /// What is being saved.
    pub(crate) saves: Part,
    /// What makes sense of a text in the omnibox.
    pub(crate) omnibox: Understanding,
}

#[wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
fn parts() -> Result<Parts, SplitLoaderError> {
    Ok(Parts {
        provide: || {
            view::say_all();
            Tags::provide();
        },
        object: |reference, side| view! { <object::ObjectPage reference side /> }.into_any(),
        blob: || view! { <object::BlobPage /> }.into_any(),
        inspector: |reference| view! { <object::Inspector reference /> }.into_any(),
        tags: || view! { <TagsPage /> }.into_any(),
        repositories: || view! { <RepositoriesPage /> }.into_any(),
        consent: || view! { <Consent /> }.into_any(),
        logins: |registry, repository, again| view! { <Explained registry repository again /> }.into_any(),
        tour: || view! { <TourPage /> }.into_any(),
        tour_bar: || view! { <TourBar /> }.into_any(),
        sources: || view! { <Sources /> }.into_any(),
        palette: || view! { <palette::Content /> }.into_any(),
        keys: || view! { <keys::Content /> }.into_any(),
        saves: || view! { <SaveList /> }.into_any(),
        omnibox: Understanding::whole(),
    })
}

#[derive(Debug, Clone, Copy)]
enum Stage {
    /// Nobody needed them yet.
    Asleep,
    Loading,
    Ready(Parts),
    /// Their file did not come: the host is gone, or it has the files of another version.
    Failed,
}

/// The parts that come later. Copies are the same.
#[derive(Clone, Copy)]
pub(crate) struct Later {
    stage: RwSignal<Stage>,
    owner: StoredValue<Owner>,
}

impl Later {
    /// They are loaded when the first screen has been quiet for a moment, at once where it is one of them, and anew when
    /// a host that was gone is back.
    pub(crate) fn provide() {
        let owner = StoredValue::new(Owner::current().unwrap_or_default());
        let later = Self { stage: RwSignal::new(Stage::Asleep), owner };
        provide_context(later);
        match window().location().pathname().as_deref() {
            Ok("/") => set_timeout(move || later.want(), QUIET),
            _ => later.want(),
        }
        let link = Client::here().link;
        Effect::new(move |_| {
            link.generation();
            if matches!(*later.stage.read_untracked(), Stage::Failed) {
                later.load();
            }
        });
    }

    /// Those of this page.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// Loads them now, if nothing did.
    pub(crate) fn want(self) {
        if matches!(*self.stage.read_untracked(), Stage::Asleep) {
            self.load();
        }
    }

    /// The parts, once they are there.
    pub(crate) fn parts(self) -> Option<Parts> {
        match *self.stage.read() {
            Stage::Ready(parts) => Some(parts),
            Stage::Asleep | Stage::Loading | Stage::Failed => None,
        }
    }

    /// Whether their file did not come.
    pub(crate) fn failed(self) -> bool {
        matches!(*self.stage.read(), Stage::Failed)
    }

    /// Asks once more for a file that did not come.
    pub(crate) fn again(self) {
        if matches!(*self.stage.read_untracked(), Stage::Failed) {
            self.load();
        }
    }

    fn load(self) {
        self.stage.set(Stage::Loading);
        spawn_local(async move {
            let stage = match parts().await {
                Ok(parts) => {
                    self.owner.with_value(|owner| owner.with(parts.provide));
                    Stage::Ready(parts)
                }
                Err(_) => Stage::Failed,
            };
            self.stage.set(stage);
        });
    }

    /// One of them, or what holds its place; a sentence and Reload where its file did not come.
    pub(crate) fn draw(self, waiting: Part, draw: impl FnOnce(Parts) -> AnyView) -> AnyView {
        self.want();
        match self.stage.get() {
            Stage::Ready(parts) => draw(parts),
            Stage::Asleep | Stage::Loading => waiting(),
            Stage::Failed => view! { <Missing again=Callback::new(move |()| self.load()) /> }.into_any(),
        }
    }

    /// One of them, or `waiting` until it is there.
    pub(crate) fn draw_quietly(self, waiting: Part, draw: impl FnOnce(Parts) -> AnyView) -> AnyView {
        self.parts().map_or_else(waiting, draw)
    }
}

/// Nothing, until it is there.
pub(crate) fn nothing() -> AnyView {
    ().into_any()
}

#[component]
fn Missing(again: Callback<()>) -> impl IntoView {
    let reload = move |_| {
        let _ = window().location().reload();
    };
    view! {
        <div class="centred">
            <div class="sheet" role="alert" data-testid="part-missing">
                <span class="sheet-mark" aria-hidden="true"><Icon name="broken" /></span>
                <h1 class="sheet-title">{view::text("ui.later.title", &[])}</h1>
                <p class="sheet-text">{view::text("ui.later.why", &[])}</p>
                <div class="acts">
                    <button type="button" class="btn primary" on:click=reload>{view::text("ui.panic.reload", &[])}</button>
                    <button type="button" class="btn" on:click=move |_| again.run(())>
                        {view::text("ui.shared.error.retry", &[])}
                    </button>
                </div>
            </div>
        </div>
    }
}
