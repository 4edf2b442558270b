//! What is there to look at on this screen, and where does the tour go on?

use api::TourStop;
use leptos::{either::Either, prelude::*};
use leptos_router::hooks::use_navigate;

use super::{Tour, look_at, name_of, route_of};
use crate::{
    keys::Act,
    routes::{Here, Route},
    shared::icon::Icon,
    shell::actions::Actions,
};

/// The bar over a screen that is a stop of the tour.
#[component]
pub(crate) fn TourBar() -> impl IntoView {
    let tour = Tour::here();
    let Here { route, .. } = expect_context();
    let at = Memo::new(move |_| (!tour.is_closed()).then(|| tour.stop_at(&route.read())).flatten());
    Effect::new(move |_| {
        // Seen is seen, with the bar or without.
        if let Some(stop) = tour.stop_at(&route.read()).and_then(|at| tour.list().get(at).cloned()) {
            tour.saw(&stop);
        }
    });
    offer(tour, route);
    move || {
        let at = at.get()?;
        let stops = tour.list();
        let stop = stops.get(at)?.clone();
        let before = at.checked_sub(1).and_then(|before| Some((before, stops.get(before)?.clone())));
        let after = stops.get(at + 1).map(|after| (at + 1, after.clone()));
        // Who came here by another way is told what to look at, and where more of it is.
        let begun = tour.is_begun();
        let place = if begun {
            let number = |number: usize| view::words::count(number as u64);
            view::text("ui.tour.place", &[("at", &number(at + 1)), ("count", &number(stops.len()))])
        } else {
            view::text("ui.tour.sample", &[])
        };
        let ways = begun.then(|| view! { <Way tour to=before back=true /><Way tour to=after back=false /> });
        let all = if begun { "ui.tour.all" } else { "ui.tour.take" };
        Some(view! {
            <section class="tour-bar" aria-label=view::text("ui.tour.label", &[]) data-testid="tour-bar">
                <p class="tour-sentence" aria-live="polite">
                    <span class="tour-place">{place}</span>" "
                    <span data-testid="tour-sentence">{look_at(&stop)}</span>
                </p>
                <div class="tour-ways">
                    {ways}
                    <a class="btn small ghost" href=Route::Tour.path() data-testid="tour-all">
                        {view::text(all, &[])}
                    </a>
                    <button type="button" class="icon-btn" aria-label=view::text("ui.tour.close", &[])
                        title=view::text("ui.tour.close", &[]) data-testid="tour-close" on:click=move |_| tour.close()>
                        <Icon name="x" />
                    </button>
                </div>
            </section>
        })
    }
}

/// To the stop before or after; what leads nowhere is not there.
#[component]
fn Way(tour: Tour, to: Option<(usize, TourStop)>, back: bool) -> impl IntoView {
    let (id, words, icon) = if back {
        ("tour-previous", "ui.tour.previous", "back")
    } else {
        ("tour-next", "ui.tour.next", "arrow")
    };
    let Some((at, stop)) = to else { return Either::Left(()) };
    let title = view::text("ui.tour.way", &[("way", &view::text(words, &[])), ("name", &name_of(&stop))]);
    let label = view::text(words, &[]);
    Either::Right(view! {
        <a class="btn small" href=route_of(&stop).path() title=title data-testid=id
            on:click=move |_| tour.choose(at)>
            {back.then(|| view! { <Icon name=icon /> })}
            <span>{label}</span>
            {(!back).then(|| view! { <Icon name=icon /> })}
        </a>
    })
}

/// The same ways for the palette.
fn offer(tour: Tour, route: Memo<Route>) {
    let actions = Actions::here();
    let navigate = use_navigate();
    let go = Callback::new(move |(at, stop): (usize, TourStop)| {
        tour.choose(at);
        navigate(&route_of(&stop).path(), Default::default());
    });
    Effect::new(move |_| {
        let Some(at) = tour.stop_at(&route.read()) else { return };
        let stops = tour.list();
        let ways = [(Act::TourNext, Some(at + 1)), (Act::TourPrevious, at.checked_sub(1))];
        for (act, to) in ways {
            if let Some((to, stop)) = to.and_then(|to| Some((to, stops.get(to)?.clone()))) {
                let run = Callback::new(move |()| go.run((to, stop.clone())));
                actions.offer(act, run);
            }
        }
    });
}
