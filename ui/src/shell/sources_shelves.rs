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
    let any = Memo::new(move |_| !settings.now.read().pins.is_empty());
    view! {
        <Show when=move || any.get()>
            <section class="shelf" aria-labelledby="sources-pinned" data-testid="pinned">
                <h2 id="sources-pinned" class="sources-title">{view::text("ui.sources.pinned", &[])}</h2>
                <ul>
                    <For each=move || settings.now.read().pins.clone() key=|pin| key(pin) let(one)>
                        {
                            let to = pin::route(&one);
                            let (name, place) = match &one.repository {
                                Some(repository) => (repository.to_string(), format!("{}/{repository}", one.registry)),
                                None => (one.registry.to_string(), one.registry.to_string()),
                            };
                            let is_registry = one.repository.is_none();
                            let path = to.path();
                            let here = move || (*route.read() == to).then_some("page");
                            view! {
                                <li>
                                    <a class="shelf-link" href=path aria-current=here title=place data-testid="pinned-link"
                                        data-name=name.clone()>
                                        {if is_registry {
                                            view! { <Icon name="registry" /> }
                                        } else {
                                            view! { <Icon name="repo" /> }
                                        }}
                                        <span class="cut">{name.clone()}</span>
                                    </a>
                                </li>
                            }
                        }
                    </For>
                </ul>
            </section>
        </Show>
    }
}

fn key(pin: &Pin) -> String {
    pin::route(pin).path()
}

/// What was looked at last; nothing where nothing was.
#[component]
pub(super) fn RecentlySeen() -> impl IntoView {
    let settings = Settings::here();
    let any = Memo::new(move |_| !settings.now.read().recents.is_empty());
    let recents = move || settings.now.read().recents.iter().take(RECENT).cloned().collect::<Vec<_>>();
    view! {
        <Show when=move || any.get()>
            <section class="shelf" aria-labelledby="sources-recent" data-testid="recent-sources">
                <h2 id="sources-recent" class="sources-title">{view::text("ui.sources.recent", &[])}</h2>
                <ul>
                    <For each=recents key=|recent| recent.reference.to_string() let(recent)>
                        <li>
                            <a class="shelf-link" href=Route::Object(recent.reference.clone(), Tab::Overview).path()
                                title=recent.reference.to_string() data-testid="recent-link">
                                <Icon name="tag" /><span class="cut">{short(&recent)}</span>
                            </a>
                        </li>
                    </For>
                </ul>
            </section>
        </Show>
    }
}

/// `app:1.2.0`: where it is stands in the title.
fn short(Recent { reference, .. }: &Recent) -> String {
    let name = reference.repository.as_str().rsplit('/').next().unwrap_or_default();
    match (&reference.tag, &reference.digest) {
        (Some(tag), _) => format!("{name}:{tag}"),
        (None, Some(digest)) => format!("{name}@{}", view::words::short_digest(digest)),
        (None, None) => name.to_owned(),
    }
}
