//! Which screen is shown, and may it contact its registry?

use leptos::{either::Either, prelude::*};
use leptos_router::{
    WildcardSegment,
    components::{FlatRoutes, Route as Path},
};

use super::{layout::Pane, splitter::Splitter};
use crate::{
    home::Home,
    keys::{Act, ActCaps},
    later::Later,
    object::Bones,
    registries::{Known, Listed},
    repositories::Waiting,
    routes::{Here, Route, Tab},
    shared::{error_state::ErrorState, icon::Icon},
};

/// What the middle of the window shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Home,
    Tour,
    Unknown,
    /// The list of registries is still on its way: first of all, whether this registry may be contacted.
    Reading(Waits),
    /// It could not be read.
    Failed,
    /// The host may not contact this registry.
    Ask,
    Repositories,
    Tags,
    Object,
    Blob,
}

/// As what a screen that is on its way is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Waits {
    List,
    Object,
}

fn waits(route: &Route) -> Waits {
    match route {
        Route::Object(..) | Route::Blob(..) => Waits::Object,
        _ => Waits::List,
    }
}

/// Every path leads here: the path is read by [`Route::parse`], not by the router.
#[component]
pub(super) fn Screens() -> impl IntoView {
    view! {
        <FlatRoutes fallback=|| view! { <Screen /> }>
            <Path path=WildcardSegment("path") view=Screen />
        </FlatRoutes>
    }
}

#[component]
fn Screen() -> impl IntoView {
    let Here { route, .. } = expect_context();
    let (known, later) = (Known::here(), Later::here());
    let shown = Memo::new(move |_| shown(&route.read(), known));
    let tags = Memo::new(move |_| shown.get() == Shown::Tags);
    view! {
        <main id="main" class="middle" tabindex="-1">
            <div class="main" data-pane>{move || match shown.get() {
                Shown::Home => view! { <Home /> }.into_any(),
                Shown::Tour => later.draw(rows, |parts| (parts.tour)()),
                Shown::Unknown => view! { <NoSuchPage /> }.into_any(),
                Shown::Reading(Waits::List) => rows(),
                Shown::Reading(Waits::Object) => bones(),
                Shown::Failed => view! { <NoList /> }.into_any(),
                Shown::Ask => later.draw(reading, |parts| (parts.consent)()),
                Shown::Repositories => later.draw(rows, |parts| (parts.repositories)()),
                Shown::Tags => later.draw(rows, |parts| (parts.tags)()),
                Shown::Object => view! { <Object /> }.into_any(),
                Shown::Blob => later.draw(bones, |parts| (parts.blob)()),
            }}</div>
            <Show when=move || tags.get()>
                <Selected />
            </Show>
        </main>
    }
}

/// A sheet is on its way.
fn reading() -> AnyView {
    view! { <div class="waiting" role="status">{view::text("ui.reading", &[])}</div> }.into_any()
}

/// A list is on its way.
fn rows() -> AnyView {
    view! { <Waiting /> }.into_any()
}

/// An object is on its way.
fn bones() -> AnyView {
    view! { <div class="object"><Bones /></div> }.into_any()
}

fn shown(route: &Route, known: Known) -> Shown {
    let Some(host) = route.host() else {
        return match route {
            Route::Home => Shown::Home,
            Route::Tour => Shown::Tour,
            _ => Shown::Unknown,
        };
    };
    match &*known.listed.read() {
        Listed::Reading => return Shown::Reading(waits(route)),
        Listed::Failed(_) => return Shown::Failed,
        Listed::Ready(entries) if entries.iter().any(|entry| &entry.name == host) => {}
        Listed::Ready(_) => return Shown::Ask,
    }
    match route {
        Route::Home | Route::Tour | Route::Unknown(_) => Shown::Home,
        Route::Registry(_) => Shown::Repositories,
        Route::Repository(..) => Shown::Tags,
        Route::Object(..) => Shown::Object,
        Route::Blob(..) => Shown::Blob,
    }
}

#[component]
fn Object() -> impl IntoView {
    let Here { route, .. } = expect_context();
    let later = Later::here();
    let object = Memo::new(move |before: Option<&Option<(oci::Reference, Tab)>>| match route.get() {
        Route::Object(reference, tab) => Some((reference, tab)),
        // This screen is about to go; until then it shows what it showed.
        _ => before.cloned().flatten(),
    });
    let first = object.get_untracked();
    first.map(|first| {
        let fallback = first.0.clone();
        let reference =
            Memo::new(move |_| object.get().map_or_else(|| fallback.clone(), |(reference, _)| reference));
        let side = Memo::new(move |_| object.get().map_or(Tab::Overview, |(_, tab)| tab));
        move || later.draw(bones, |parts| (parts.object)(reference.into(), side.into()))
    })
}

/// The pane beside the tags: the selected one, or how to select.
#[component]
fn Selected() -> impl IntoView {
    let Here { route, selected, .. } = expect_context();
    let later = Later::here();
    let reference = Memo::new(move |_| match (route.get(), selected.get()) {
        (Route::Repository(host, repository), Some(tag)) => {
            let tag = tag.parse().ok()?;
            Some(oci::Reference { host, repository, tag: Some(tag), digest: None })
        }
        _ => None,
    });
    let path = move || route.read().path();
    view! {
        <section class="inspector" aria-label=view::text("ui.inspector", &[]) data-pane>
            <Splitter pane=Pane::Inspector />
            <div class="inspector-scroll">{move || match reference.get() {
                Some(reference) => Either::Left(view! {
                    <div class="inspector-back">
                        // Alone on a narrow screen, the pane is the page.
                        <h1 class="vh">{reference.to_string()}</h1>
                        <a class="btn small ghost" href=path>
                            <Icon name="back" /><span>{view::text("ui.inspector_back", &[])}</span>
                        </a>
                    </div>
                    {move || later.draw(bones, |parts| (parts.inspector)(Signal::stored(reference.clone())))}
                }),
                None => Either::Right(view! {
                    <div class="inspector-none">
                        <span class="inspector-none-mark" aria-hidden="true"><Icon name="tag" /></span>
                        <p>{view::text("ui.inspector_none", &[])}</p>
                        <p class="keys">
                            <kbd>"↑"</kbd><kbd>"↓"</kbd>{view::text("ui.keys.move", &[])}
                            <ActCaps act=Act::PeekRow />{view::text("ui.keys.peek", &[])}
                            <ActCaps act=Act::OpenRow />{view::text("ui.keys.open", &[])}
                            <ActCaps act=Act::Filter />{view::text("ui.keys.filter", &[])}
                        </p>
                    </div>
                }),
            }}</div>
        </section>
    }
}

#[component]
fn NoSuchPage() -> impl IntoView {
    let Here { route, .. } = expect_context();
    let why = move || match route.get() {
        Route::Unknown(why) => why,
        _ => String::new(),
    };
    view! {
        <div class="centred">
            <div class="sheet" role="alert" data-testid="unknown-page">
                <span class="sheet-mark" aria-hidden="true"><Icon name="broken" /></span>
                <h1 class="sheet-title">{view::text("ui.unknown.title", &[])}</h1>
                <p class="sheet-text">{why}</p>
                <div class="acts"><a class="btn primary" href="/">{view::text("ui.unknown.home", &[])}</a></div>
            </div>
        </div>
    }
}

#[component]
fn NoList() -> impl IntoView {
    let known = Known::here();
    let error = move || match known.listed.get() {
        Listed::Failed(error) => Some(error),
        Listed::Reading | Listed::Ready(_) => None,
    };
    let again = Callback::new(move |()| known.read());
    move || error().map(|error| view! { <ErrorState error on_retry=again /> })
}
