//! What stands around every screen? Top bar, sources, the screen itself, the inspector, status bar.

pub(crate) mod actions;
mod back;
mod banner;
mod everywhere;
mod help;
pub(crate) mod layout;
mod notice;
mod screen;
mod sources;
mod sources_shelves;
mod splitter;
mod stale;
mod status;
pub(crate) mod theme;
pub(crate) mod toast;
mod top_bar;
mod tree;

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::{
    client::{Client, LinkState},
    keys::{KeysOverlay, focus},
    later::{Later, nothing},
    palette::CommandPalette,
    routes::{Here, Route},
};
use banner::HostGone;
use layout::Layout;
use notice::SettingsBanner;
use screen::Screens;
pub(crate) use sources::Sources;
use stale::StaleToken;
use status::StatusBar;
use toast::ToastLine;
use top_bar::TopBar;

/// The window's content.
#[component]
pub(crate) fn Shell() -> impl IntoView {
    let location = use_location();
    let here = Here::new(location.pathname, location.search);
    provide_context(here);
    Effect::new(move |_| document().set_title(&here.route.read().title()));
    everywhere::offer();
    let link = Client::here().link;
    let (layout, later) = (Layout::here(), Later::here());
    // A drawer is open for one choice: the next screen closes it.
    Effect::new(move |_| {
        here.route.track();
        layout.drawer.set(false);
    });
    let shown = move || match &*here.route.read() {
        Route::Home | Route::Unknown(_) => "home",
        Route::Tour => "tour",
        Route::Registry(_) => "registry",
        Route::Repository(..) => "repository",
        Route::Object(..) | Route::Blob(..) => "object",
    };
    let frame = layout.frame;
    let stale = Memo::new(move |_| *link.state.read() == LinkState::StaleToken);
    view! {
        <div class="app">
            <div
                class="frame"
                node_ref=frame
                data-screen=shown
                data-selected=move || here.selected.read().is_some().to_string()
                data-sources=move || if layout.sources_open.get() { "open" } else { "rail" }
                data-drawer=move || layout.drawer.get().to_string()
            >
                <a class="skip" href="#main" on:click=focus::skip>{view::text("ui.skip", &[])}</a>
                <TopBar />
                <div class="notices">
                    <HostGone />
                    <SettingsBanner />
                    {move || later.draw_quietly(nothing, |parts| (parts.tour_bar)())}
                </div>
                <Show when=move || !stale.get() fallback=StaleToken>
                    <div class="panes">
                        {move || later.draw_quietly(places, |parts| (parts.sources)())}
                        <div class="scrim" on:click=move |_| layout.drawer.set(false)></div>
                        <Screens />
                    </div>
                </Show>
                <StatusBar />
                <ToastLine />
                <KeysOverlay />
                <CommandPalette />
            </div>
        </div>
    }
}

/// Where the pane on the left will be: as wide as it, in either form.
fn places() -> AnyView {
    view! { <div class="rail"></div><div class="sources"></div> }.into_any()
}
