//! What did the user pin?

use api::{Pin, SettingsChange};
use leptos::prelude::*;

use crate::{routes::Route, settings::Settings, shared::icon::Icon};

/// The list; nothing where nothing is pinned.
#[component]
pub(super) fn PinnedList() -> impl IntoView {
    let settings = Settings::here();
    let pins = Memo::new(move |_| settings.now.read().pins.clone());
    let any = Memo::new(move |_| !pins.read().is_empty());
    view! {
        <Show when=move || any.get()>
            <section aria-labelledby="home-pinned">
                <h2 id="home-pinned" class="section-name">{view::text("ui.home.pinned", &[])}</h2>
                <ul class="doors">
                    <For each=move || pins.get() key=|pin| format!("{pin:?}") let(pin)>
                        <li class="door-line"><Pinned pin /></li>
                    </For>
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn Pinned(pin: Pin) -> impl IntoView {
    let settings = Settings::here();
    let (route, icon, name, about) = match &pin.repository {
        Some(repository) => (
            Route::Repository(pin.registry.clone(), repository.clone()),
            "repo",
            repository.to_string(),
            pin.registry.to_string(),
        ),
        None => (
            Route::Registry(pin.registry.clone()),
            "registry",
            pin.registry.to_string(),
            view::text("ui.home.pinned_registry", &[]),
        ),
    };
    let label = view::text("ui.home.unpin", &[("name", &name)]);
    view! {
        <a class="door" href=route.path() data-testid="pinned" data-name=name.clone()>
            <span class="door-mark" aria-hidden="true"><Icon name=icon /></span>
            <span class="door-text">
                <b class="cut" title=name.clone()>{name.clone()}</b>
                <small class="cut">{about}</small>
            </span>
        </a>
        <button type="button" class="icon-btn" aria-label=label.clone() title=label
            on:click=move |_| settings.change(SettingsChange::Unpin(pin.clone()))>
            <Icon name="x" />
        </button>
    }
}
