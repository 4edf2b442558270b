//! The tour's own screen, `/tour`: every stop with its sentence.

use api::TourStop;
use leptos::prelude::*;

use super::{Stops, Tour, look_at, name_of, route_of};
use crate::{
    repositories::Waiting,
    shared::{
        empty_state::{Emptiness, EmptyState},
        error_state::ErrorState,
        icon::Icon,
    },
};

/// The screen.
#[component]
pub(crate) fn TourPage() -> impl IntoView {
    let tour = Tour::here();
    view! {
        <div class="tour" data-testid="tour">
            <div class="tour-inner">
                <h1 class="home-title">{view::text("ui.tour.title", &[])}</h1>
                {move || match tour.stops.get() {
                    Stops::Reading => view! { <Waiting /> }.into_any(),
                    Stops::Failed(error) => view! {
                        <ErrorState error on_retry=Callback::new(move |()| tour.read()) />
                    }
                    .into_any(),
                    Stops::Ready(stops) if stops.is_empty() => view! {
                        <EmptyState which=Emptiness::None title=view::text("ui.tour.none", &[])
                            sentence=view::text("ui.tour.none_why", &[])>
                            <a class="btn" href="/">{view::text("ui.unknown.home", &[])}</a>
                        </EmptyState>
                    }
                    .into_any(),
                    Stops::Ready(stops) => view! { <Walk stops=stops.to_vec() /> }.into_any(),
                }}
            </div>
        </div>
    }
}

/// Lead, the way in, and the stops by topic.
#[component]
fn Walk(stops: Vec<TourStop>) -> impl IntoView {
    let tour = Tour::here();
    let count = stops.len();
    let seen = {
        let stops = stops.clone();
        Memo::new(move |_| stops.iter().filter(|stop| tour.was_seen(stop)).count())
    };
    // The first that was not seen; all over again after the last.
    let next = {
        let stops = stops.clone();
        Memo::new(move |_| stops.iter().position(|stop| !tour.was_seen(stop)).unwrap_or(0))
    };
    let next_path = {
        let stops = stops.clone();
        move || stops.get(next.get()).map(|stop| route_of(stop).path())
    };
    let begin = move || {
        let key = if (1..count).contains(&seen.get()) { "ui.tour.go_on" } else { "ui.tour.begin" };
        view::text(key, &[])
    };
    let far = move || {
        let (seen, count) = (view::words::count(seen.get() as u64), view::words::count(count as u64));
        view::text("ui.tour.seen_of", &[("seen", &seen), ("count", &count)])
    };
    view! {
        <p class="home-lead">{view::text("ui.tour.lead", &[])}</p>
        <div class="tour-begin">
            <a class="btn primary" href=next_path data-testid="tour-begin"
                on:click=move |_| tour.choose(next.get_untracked())>
                <span>{begin}</span><Icon name="arrow" />
            </a>
            <span class="note">{far}</span>
        </div>
        {topics(stops)
            .into_iter()
            .map(|(topic, stops)| view! {
                <section class="tour-topic">
                    <h2 class="section-name">{view::visible(&topic)}</h2>
                    <ol class="tour-stops">
                        {stops.into_iter().map(|(at, stop)| view! { <li><Line at stop /></li> }).collect_view()}
                    </ol>
                </section>
            })
            .collect_view()}
    }
}

/// Stops with their numbers, under the headings that they stand under, in the order of the walk.
fn topics(stops: Vec<TourStop>) -> Vec<(String, Vec<(usize, TourStop)>)> {
    let mut topics: Vec<(String, Vec<(usize, TourStop)>)> = Vec::new();
    for (at, stop) in stops.into_iter().enumerate() {
        match topics.iter_mut().find(|(topic, _)| *topic == stop.topic) {
            Some((_, inside)) => inside.push((at, stop)),
            None => topics.push((stop.topic.clone(), vec![(at, stop)])),
        }
    }
    topics
}

#[component]
fn Line(at: usize, stop: TourStop) -> impl IntoView {
    let tour = Tour::here();
    let name = name_of(&stop);
    let path = route_of(&stop).path();
    let registry = stop.registry.to_string();
    let look_at = look_at(&stop);
    let seen = Memo::new(move |_| tour.was_seen(&stop));
    view! {
        <a class="tour-stop" href=path data-testid="tour-stop" data-name=name.clone()
            on:click=move |_| tour.choose(at)>
            <span class="tour-number" class:is-seen=seen>
                {move || if seen.get() {
                    view! { <Icon name="check" /><span class="vh">{view::text("ui.tour.seen", &[])}</span> }.into_any()
                } else {
                    (at + 1).to_string().into_any()
                }}
            </span>
            <span class="tour-text">
                <span class="tour-look">{look_at}</span>
                <small><span class="mono">{name.clone()}</span><span class="tour-registry">{registry}</span></small>
            </span>
            <Icon name="right" />
        </a>
    }
}
