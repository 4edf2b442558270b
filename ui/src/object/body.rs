//! What is shown of an object on its way: the skeleton, the error, or the thing itself.

use api::Code;
use leptos::prelude::*;
use oci::Reference;

use super::{
    head::{Head, Waiting},
    load::{Load, Reading},
    manifest::Manifest,
    overview::Overview,
    section::Headings,
};
use crate::routes::{Route, Tab};
use crate::shared::{
    empty_state::{Emptiness, EmptyState},
    error_state::ErrorState,
    icon::Icon,
    tabs::{Choice, Tabs},
};

/// Head, tabs and the selected side.
#[component]
pub(super) fn Body(
    /// What is read.
    #[prop(into)]
    reference: Signal<Reference>,
    /// How far that is.
    reading: Reading,
    /// Where the headings stand.
    level: Headings,
    /// The selected side.
    #[prop(into)]
    side: Signal<Tab>,
    /// Selects another one.
    on_side: Callback<Tab>,
) -> impl IntoView {
    provide_context(level);
    move || match reading.state.get() {
        Load::Reading => view! {
            <Waiting reference=reference.get() level />
            <Skeleton stop=reading.stop />
        }
        .into_any(),
        Load::Stopped => view! {
            <Waiting reference=reference.get() level />
            <EmptyState which=Emptiness::NotAsked title=view::text("ui.object.stopped", &[])
                sentence=view::text("ui.object.stopped_text", &[])>
                <button type="button" class="btn" on:click=move |_| reading.again.run(())>
                    <Icon name="refresh" /><span>{view::text("ui.object.ask_again", &[])}</span>
                </button>
            </EmptyState>
        }
        .into_any(),
        Load::Failed(error) => {
            // A registry that was not added is asked about before it is contacted: the page around does that.
            let tags = (error.code == Code::ManifestNotFound).then(|| {
                let reference = reference.get();
                let path = Route::Repository(reference.host, reference.repository).path();
                view! { <a class="btn" href=path>{view::text("ui.object.show_tags", &[])}</a> }
            });
            view! {
                <Waiting reference=reference.get() level />
                <ErrorState error on_retry=reading.again>{tags}</ErrorState>
            }
            .into_any()
        }
        Load::Ready(inspection) => {
            let tabs = vec![
                Choice { name: "overview", label: view::text("ui.object.tab_overview", &[]) },
                Choice { name: "manifest", label: view::text("ui.object.tab_manifest", &[]) },
            ];
            let shown = {
                let inspection = inspection.clone();
                move || {
                    match side.get() {
                    Tab::Overview | Tab::Config | Tab::Layers | Tab::Http => view! {
                        <div class="object-panel scroll" id="panel-overview" role="tabpanel" tabindex="0"
                            aria-labelledby="tab-overview">
                            <Overview inspection=inspection.clone() />
                        </div>
                    }
                    .into_any(),
                    Tab::Manifest => view! {
                        <div class="object-panel" id="panel-manifest" role="tabpanel" aria-labelledby="tab-manifest">
                            <Manifest inspection=inspection.clone() />
                        </div>
                    }
                    .into_any(),
                }
                }
            };
            view! {
                <Head inspection level />
                <Tabs label=view::text("ui.object.sides", &[]) tabs selected=Signal::derive(move || side.get().name())
                    on_select=Callback::new(move |name| on_side.run(Tab::named(name).unwrap_or_default())) />
                {shown}
            }
            .into_any()
        }
    }
}

/// Grey bars where the overview will be, and how to stop.
#[component]
fn Skeleton(stop: Callback<()>) -> impl IntoView {
    view! {
        <div class="object-waiting">
            <p class="object-note" role="status">{view::text("ui.object.reading", &[])}</p>
            <button type="button" class="btn small" data-testid="object-stop" on:click=move |_| stop.run(())>
                <Icon name="x" /><span>{view::text("ui.shared.stop", &[])}</span>
            </button>
        </div>
        <div class="object-skeleton" aria-hidden="true">
            {(0..8).map(|_| view! { <span class="bone"></span> }).collect_view()}
        </div>
    }
}
