//! What does the user keep at hand, and what was looked at last?

use api::{Pin, Recent};
use leptos::prelude::*;

use crate::{
    routes::{Here, Route, Tab},
    settings::Settings,
    shared::{icon::Icon, pin},
};

/// How many of what was looked at last stand here.
const RECENT: usize = 6;

/// The pinned registries and repositories; nothing where none is.
#[component]
pub(super) fn Pinned() -> impl IntoView {
    let Here { route, .. } = expect_context();
    let settings = Settings::here();
    let pins = Signal::derive(move || settings.now.read().pins.clone());
    let link = move |one: Pin| {
        let to = pin::route(&one);
        let (name, place) = match &one.repository {
            Some(repository) => (repository.to_string(), format!("{}/{repository}", one.registry)),
            None => (one.registry.to_string(), one.registry.to_string()),
        };
        let icon = if one.repository.is_none() { "registry" } else { "repo" };
        let path = to.path();
        let here = move || (*route.read() == to).then_some("page");
        view! {
            <a class="shelf-link" href=path aria-current=here title=place data-testid="pinned-link"
                data-name=name.clone()>
                <Icon name=icon /><span class="cut">{name.clone()}</span>
            </a>
        }
        .into_any()
    };
    let key = |pin: &Pin| pin::route(pin).path();
    view! { <Shelf id="pinned" title="ui.sources.pinned" of=pins key link /> }
}

/// What was looked at last; nothing where nothing was.
#[component]
pub(super) fn RecentlySeen() -> impl IntoView {
    let settings = Settings::here();
    let recents = Signal::derive(move || settings.now.read().recents.iter().take(RECENT).cloned().collect());
    let link = |Recent { reference, .. }: Recent| {
        // Many registries have the same names.
        let (name, host) = (view::words::last_name(&reference), reference.host.to_string());
        let place = reference.to_string();
        view! {
            <a class="shelf-link" href=Route::Object(reference, Tab::Overview).path() title=place
                data-testid="recent-link">
                <Icon name="tag" /><span class="shelf-name cut">{name}</span><span class="shelf-place cut">{host}</span>
            </a>
        }
        .into_any()
    };
    let key = |recent: &Recent| recent.reference.to_string();
    view! { <Shelf id="recent-sources" title="ui.sources.recent" of=recents key link /> }
}

/// A heading over links; nothing where there is no link.
#[component]
fn Shelf<T: Clone + Send + Sync + 'static>(
    /// Its test id.
    id: &'static str,
    /// The key of its heading in the catalogue.
    title: &'static str,
    /// What stands on it.
    #[prop(into)]
    of: Signal<Vec<T>>,
    /// What tells one from another.
    key: impl Fn(&T) -> String + Copy + Send + Sync + 'static,
    /// The link of one.
    link: impl Fn(T) -> AnyView + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let any = Memo::new(move |_| !of.read().is_empty());
    let heading = format!("sources-{id}");
    view! {
        <Show when=move || any.get()>
            <section class="shelf" aria-labelledby=heading.clone() data-testid=id>
                <h2 id=heading.clone() class="sources-title">{view::text(title, &[])}</h2>
                <ul>
                    <For each=move || of.get() key let(one)>
                        <li>{link(one)}</li>
                    </For>
                </ul>
            </section>
        </Show>
    }
}
