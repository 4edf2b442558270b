//! The first screen: where to begin?

mod pinned;
pub(crate) mod recents;
mod yours;

use api::RegistryEntry;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use crate::{
    omnibox::{Omnibox, Place},
    registries::{AddForm, Known, split},
    routes::Route,
    shared::icon::Icon,
    tour::Tour,
};
use pinned::PinnedList;
use recents::RecentList;
use yours::YourRegistries;

/// The screen.
#[component]
pub(crate) fn Home() -> impl IntoView {
    let known = Known::here();
    let navigate = use_navigate();
    let added = Callback::new(move |entry: RegistryEntry| {
        navigate(&Route::Registry(entry.name).path(), Default::default());
    });
    let tour = Tour::here();
    let toured = Memo::new(move |_| !tour.list().is_empty());
    let samples = Memo::new(move |_| split(&known.entries()).0);
    view! {
        <div class="home" data-testid="home">
            <div class="home-inner">
                <h1 class="home-title">{view::text("ui.home.title", &[])}</h1>
                <p class="home-lead">{view::text("ui.home.lead", &[])}</p>
                <Omnibox place=Place::Home />
                <div class="home-columns">
                    <div class="home-column">
                        <section class="card" aria-labelledby="home-yours">
                            <div class="card-head">
                                <h2 id="home-yours" class="card-title">{view::text("ui.home.registries", &[])}</h2>
                                <p class="note">{view::text("ui.home.registries_note", &[])}</p>
                            </div>
                            <YourRegistries />
                            <div class="card-foot">
                                <AddForm on_added=added />
                            </div>
                        </section>
                    </div>
                    <div class="home-column">
                        <PinnedList />
                        <RecentList />
                        <section aria-labelledby="home-samples">
                            <h2 id="home-samples" class="section-name">{view::text("ui.home.samples", &[])}</h2>
                            <ul class="doors">
                                <Show when=move || toured.get()>
                                    <li><TourDoor /></li>
                                </Show>
                                <For each=move || samples.get() key=|entry| entry.name.clone() let(entry)>
                                    <li><Sample entry /></li>
                                </For>
                            </ul>
                        </section>
                    </div>
                </div>
            </div>
        </div>
    }
}

/// The way into the tour.
#[component]
fn TourDoor() -> impl IntoView {
    let tour = Tour::here();
    let about = move || {
        let count = view::words::count(tour.list().len() as u64);
        view::text("ui.home.tour_about", &[("count", &count)])
    };
    view! {
        <a class="door" href=Route::Tour.path() data-testid="home-tour">
            <span class="door-mark is-tour" aria-hidden="true"><Icon name="arrow" /></span>
            <span class="door-text"><b>{view::text("ui.home.tour", &[])}</b><small>{about}</small></span>
            <Icon name="right" />
        </a>
    }
}

/// One click opens it.
#[component]
fn Sample(entry: RegistryEntry) -> impl IntoView {
    let first = entry.name.as_str().split('.').next().unwrap_or_default().to_owned();
    let href = Route::Registry(entry.name.clone()).path();
    view! {
        <a class="door" href=href data-testid=format!("sample-{first}")>
            <span class="door-mark" aria-hidden="true"><Icon name="grid" /></span>
            <span class="door-text">
                <b>{entry.name.to_string()}</b>
                <small>{entry.about}</small>
            </span>
            <Icon name="right" />
        </a>
    }
}
