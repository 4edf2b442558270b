//! What is there to see in the samples, stop by stop? The tour is the manual too.

mod bar;
mod page;

use std::{collections::BTreeSet, sync::Arc};

use api::{Error, ListTour, TourStop};
use leptos::{prelude::*, task::spawn_local};
use oci::Reference;
use serde::{Deserialize, Serialize};

use crate::{
    client::Client,
    routes::{Route, Tab},
    shared::memory,
};

pub(crate) use bar::TourBar;
pub(crate) use page::TourPage;

const KEY: &str = "ociscope.tour";

/// How far the list of stops is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Stops {
    /// Asked, not answered.
    Reading,
    /// Here they are; none where the host serves no samples.
    Ready(Arc<Vec<TourStop>>),
    /// It failed.
    Failed(Error),
}

/// What this browser remembers of the tour.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
struct Remembered {
    /// Whether the bar was closed.
    closed: bool,
    /// Whether the tour was begun: until then a stop says what to look at, and counts nothing.
    #[serde(default)]
    begun: bool,
    /// The paths of the stops that were seen.
    seen: BTreeSet<String>,
}

/// The tour of this page. Copies are the same.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tour {
    /// The stops.
    pub(crate) stops: RwSignal<Stops>,
    /// The stop that was chosen last: two may lead to the same place.
    chosen: RwSignal<Option<usize>>,
    remembered: RwSignal<Remembered>,
    client: Client,
}

impl Tour {
    /// Reads the stops, and again when a host that was gone is back.
    pub(crate) fn provide() {
        let tour = Self {
            stops: RwSignal::new(Stops::Reading),
            chosen: RwSignal::new(None),
            remembered: RwSignal::new(memory::value(KEY).unwrap_or_default()),
            client: Client::here(),
        };
        provide_context(tour);
        Effect::new(move |_| {
            tour.client.link.generation();
            tour.read();
        });
    }

    /// The tour of this page.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// Asks for the stops.
    pub(crate) fn read(self) {
        spawn_local(async move {
            match self.client.call(ListTour {}).await {
                Ok(tour) => self.stops.set(Stops::Ready(Arc::new(tour.stops))),
                Err(error) if !matches!(self.stops.get_untracked(), Stops::Ready(_)) => {
                    self.stops.set(Stops::Failed(error));
                }
                Err(_) => {}
            }
        });
    }

    /// The stops as far as they are known.
    pub(crate) fn list(self) -> Arc<Vec<TourStop>> {
        match self.stops.get() {
            Stops::Ready(stops) => stops,
            Stops::Reading | Stops::Failed(_) => Arc::default(),
        }
    }

    /// Which stop this screen is: the chosen one where it is, else the first that leads here.
    pub(crate) fn stop_at(self, route: &Route) -> Option<usize> {
        let stops = self.list();
        let leads_here = |at: &usize| stops.get(*at).is_some_and(|stop| is_at(stop, route));
        self.chosen.get().filter(leads_here).or_else(|| (0..stops.len()).find(leads_here))
    }

    /// A stop is gone to: its sentence is shown there.
    pub(crate) fn choose(self, at: usize) {
        self.chosen.set(Some(at));
        self.remember(|remembered| {
            remembered.closed = false;
            remembered.begun = true;
        });
    }

    /// Whether the user walks the tour.
    pub(crate) fn is_begun(self) -> bool {
        self.remembered.read().begun
    }

    /// Whether the bar was closed by the user.
    pub(crate) fn is_closed(self) -> bool {
        self.remembered.read().closed
    }

    /// Closes the bar, until a stop is chosen again.
    pub(crate) fn close(self) {
        self.remember(|remembered| remembered.closed = true);
    }

    /// Notes that a stop was seen.
    pub(crate) fn saw(self, stop: &TourStop) {
        let path = route_of(stop).path();
        if !self.remembered.read_untracked().seen.contains(&path) {
            self.remember(|remembered| {
                remembered.seen.insert(path);
            });
        }
    }

    /// Whether a stop was seen.
    pub(crate) fn was_seen(self, stop: &TourStop) -> bool {
        self.remembered.read().seen.contains(&route_of(stop).path())
    }

    fn remember(self, change: impl FnOnce(&mut Remembered)) {
        self.remembered.update(change);
        memory::keep(KEY, &*self.remembered.read_untracked());
    }
}

/// What to look at, with code as code: what stands between two backticks.
fn look_at(stop: &TourStop) -> impl IntoView + use<> {
    let said = view::visible(&stop.look_at);
    let parts = said.split('`').map(str::to_owned).enumerate();
    parts
        .map(|(place, part)| match place % 2 {
            0 => part.into_any(),
            _ => view! { <code>{part}</code> }.into_any(),
        })
        .collect_view()
}

/// The screen of a stop.
pub(crate) fn route_of(stop: &TourStop) -> Route {
    if stop.tag.is_none() && stop.digest.is_none() {
        return Route::Repository(stop.registry.clone(), stop.repository.clone());
    }
    let reference = Reference {
        host: stop.registry.clone(),
        repository: stop.repository.clone(),
        tag: stop.tag.clone(),
        digest: stop.digest.clone(),
    };
    Route::Object(reference, Tab::Overview)
}

/// What a stop is called: `demo/app:1.2.0`.
pub(crate) fn name_of(stop: &TourStop) -> String {
    match (&stop.tag, &stop.digest) {
        (Some(tag), _) => format!("{}:{tag}", stop.repository),
        (None, Some(digest)) => format!("{}@{}", stop.repository, view::words::short_digest(digest)),
        (None, None) => stop.repository.to_string(),
    }
}

/// Whether a screen is the one of a stop, on whatever side of it.
fn is_at(stop: &TourStop, route: &Route) -> bool {
    match (route_of(stop), route) {
        (Route::Object(of, _), Route::Object(reference, _)) => of == *reference,
        (of, route) => of == *route,
    }
}
