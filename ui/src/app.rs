//! What does the page consist of, and what do all screens share?

use leptos::prelude::*;
use leptos_router::components::Router;

use crate::{
    client::Client,
    home::recents::Recents,
    keys::Keys,
    later::{Later, nothing},
    palette::Palette,
    registries::Known,
    repositories::Repositories,
    settings::Settings,
    shared::{save::Saves, seen::Seen},
    shell::{Shell, actions::Actions, layout::Layout, theme::Theme, toast::Toast},
    tour::Tour,
};

/// The whole app.
#[component]
pub(crate) fn App() -> impl IntoView {
    Client::connect();
    Toast::provide();
    Settings::provide();
    Actions::provide();
    Keys::provide();
    Palette::provide();
    Theme::provide();
    Layout::provide();
    Recents::provide();
    Seen::provide();
    Known::provide();
    Repositories::provide();
    Tour::provide();
    Saves::provide();
    Later::provide();
    view! {
        <Router>
            <Shell />
            {move || Later::here().draw_quietly(nothing, |parts| (parts.saves)())}
        </Router>
    }
}
