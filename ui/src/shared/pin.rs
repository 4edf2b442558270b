//! How is a registry or a repository kept at hand?

use api::{Pin, SettingsChange};
use leptos::prelude::*;

use super::icon::Icon;
use crate::{keys::Act, routes::Route, settings::Settings, shell::actions::Actions};

/// Pins it, or lets it go.
pub(crate) fn toggle(settings: Settings, pin: Pin) {
    let pinned = settings.now.read_untracked().pins.contains(&pin);
    settings.change(if pinned { SettingsChange::Unpin(pin) } else { SettingsChange::Pin(pin) });
}

/// The screen of what is pinned.
pub(crate) fn route(pin: &Pin) -> Route {
    match &pin.repository {
        Some(repository) => Route::Repository(pin.registry.clone(), repository.clone()),
        None => Route::Registry(pin.registry.clone()),
    }
}

/// Pins what a page is about, also by the key `b`.
#[component]
pub(crate) fn PinPage(
    /// What the page is about.
    #[prop(into)]
    pin: Signal<Option<Pin>>,
) -> impl IntoView {
    let settings = Settings::here();
    let change = Callback::new(move |()| {
        if let Some(pin) = pin.get_untracked() {
            toggle(settings, pin);
        }
    });
    Actions::here().offer(Act::Pin, change);
    view! {
        {move || pin.get().map(|pin| view! { <PinButton pin class="icon-btn" tabbed=true /> })}
    }
}

/// The button of one thing.
#[component]
pub(crate) fn PinButton(
    /// What is pinned.
    pin: Pin,
    /// How the button looks.
    class: &'static str,
    /// Whether Tab reaches it; in a list, keys do it.
    tabbed: bool,
) -> impl IntoView {
    let settings = Settings::here();
    let name = pin.repository.as_ref().map_or_else(|| pin.registry.to_string(), ToString::to_string);
    let asked = pin.clone();
    let pinned = Memo::new(move |_| settings.now.read().pins.contains(&asked));
    let label = move || {
        let key = if pinned.get() { "ui.pin.let_go" } else { "ui.pin.keep" };
        view::text(key, &[("name", &name)])
    };
    let title = label.clone();
    let click = move |event: web_sys::MouseEvent| {
        event.stop_propagation();
        event.prevent_default();
        toggle(settings, pin.clone());
    };
    view! {
        <button type="button" class=class class:is-pinned=move || pinned.get() data-testid="pin"
            tabindex=(!tabbed).then_some("-1")
            aria-pressed=move || pinned.get().to_string() aria-label=label title=title on:click=click>
            {move || if pinned.get() { view! { <Icon name="pinned" /> } } else { view! { <Icon name="pin" /> } }}
        </button>
    }
}
