//! What is shown of an object on its way: the skeleton, the error, or the thing itself.

use std::sync::Arc;

use api::{Code, Inspection};
use leptos::prelude::*;
use oci::Reference;

use super::{
    acts,
    config::ConfigSide,
    head::{Head, Waiting},
    http::HttpSide,
    layers::LayersSide,
    link::alone_address,
    load::{self, Load, Trace},
    manifest::Manifest,
    overview::Overview,
    parts::Parts,
    section::Headings,
    sides::sides,
    spot::{Spot, Step},
    waiting::{Skeleton, Stopped},
};
use crate::routes::{Route, Tab};
use crate::shared::{
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
    /// Where the headings stand.
    level: Headings,
) -> impl IntoView {
    provide_context(level);
    let trace = Trace::new();
    let reading = load::object(Signal::derive(move || Some(reference.get())), true, trace);
    acts::refresh(reading.again);
    move || match reading.state.get() {
        Load::Idle | Load::Reading => view! {
            <Waiting reference=reference.get() level />
            <Skeleton stop=reading.stop />
        }
        .into_any(),
        Load::Stopped => view! {
            <Waiting reference=reference.get() level />
            <Stopped again=reading.again />
        }
        .into_any(),
        Load::Failed(error) => {
            // A registry that was not added is asked about before it is contacted: the page around does that.
            let elsewhere = (error.code == Code::ManifestNotFound).then(|| {
                let reference = reference.get();
                let as_blob = reference.digest.as_ref().map(|digest| alone_address(&reference, digest));
                let path = Route::Repository(reference.host, reference.repository).path();
                view! {
                    {as_blob.map(|path| view! {
                        <a class="btn" href=path data-testid="look-for-blob">{view::text("ui.object.blob.look", &[])}</a>
                    })}
                    <a class="btn" href=path>{view::text("ui.object.show_tags", &[])}</a>
                }
            });
            view! {
                <Waiting reference=reference.get() level />
                <ErrorState error on_retry=reading.again>{elsewhere}</ErrorState>
            }
            .into_any()
        }
        Load::Ready(inspection) => view! { <Ready inspection trace level /> }.into_any(),
    }
}

/// An object that is here.
#[component]
fn Ready(inspection: Arc<Inspection>, trace: Trace, level: Headings) -> impl IntoView {
    let spot = Spot::here();
    let parts = Parts::of(Arc::clone(&inspection), spot, trace);
    let there = sides(&inspection.view);
    let tabs: Vec<Choice> = there.iter().map(|tab| Choice { name: tab.name(), label: label(*tab) }).collect();
    acts::offer(&inspection, &there, spot);
    let known = there.clone();
    let side = Memo::new(move |_| {
        let wanted = spot.side.get();
        if known.contains(&wanted) { wanted } else { Tab::Overview }
    });
    let absent = move || {
        let wanted = spot.side.get();
        (wanted != side.get()).then(|| {
            let note = view::text("ui.object.no_such_side", &[("side", &label(wanted))]);
            view! { <p class="object-absent" role="status" data-testid="object-absent"><Icon name="help" />{note}</p> }
        })
    };
    let shown = {
        let parts = parts.clone();
        move || {
            let side = side.get();
            let parts = parts.clone();
            let scrolls = side == Tab::Overview;
            let inner = match side {
                Tab::Overview => view! { <Overview parts /> }.into_any(),
                Tab::Manifest => view! { <Manifest parts /> }.into_any(),
                Tab::Config => view! { <ConfigSide parts /> }.into_any(),
                Tab::Layers => view! { <LayersSide parts /> }.into_any(),
                Tab::Http => view! { <HttpSide trace=parts.trace /> }.into_any(),
            };
            view! {
                <div class="object-panel" class:scroll=scrolls id=format!("panel-{}", side.name())
                    role="tabpanel" tabindex=scrolls.then_some("0") aria-labelledby=format!("tab-{}", side.name())>
                    {inner}
                </div>
            }
        }
    };
    view! {
        <Head inspection level />
        <Tabs label=view::text("ui.object.sides", &[]) tabs selected=Signal::derive(move || side.get().name())
            on_select=Callback::new(move |name| {
                spot.go.run(Step::Side(Tab::named(name).unwrap_or_default()));
            }) />
        {absent}
        {shown}
    }
}

/// The word of a side.
fn label(tab: Tab) -> String {
    view::text(&format!("ui.object.tab_{}", tab.name()), &[])
}
