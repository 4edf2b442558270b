//! What stands on top of every screen?

use leptos::prelude::*;

use super::{
    back::BackAndForward, everywhere::link_here, help::HelpMenu, layout::Layout, theme::ThemeToggle,
    toast::Toast,
};
use crate::{
    client::Client,
    keys::{Act, titled},
    omnibox::{Omnibox, Place},
    palette::Palette,
    routes::{Here, Route},
    shared::icon::Icon,
};

/// Brand, back and forward, omnibox, theme. Home has its omnibox in the middle.
#[component]
pub(super) fn TopBar() -> impl IntoView {
    let here: Here = expect_context();
    let route = here.route;
    let (client, toast) = (Client::here(), Toast::here());
    let linked = Memo::new(move |_| route.read().host().is_some());
    let layout = Layout::here();
    let palette = Palette::here();
    let home = Memo::new(move |_| *route.read() == Route::Home);
    view! {
        <header class="top" data-pane>
            <div class="top-start">
            <button type="button" class="icon-btn menu-btn" data-testid="menu" aria-label=view::text("ui.menu", &[])
                aria-expanded=move || layout.drawer.get().to_string()
                on:click=move |_| layout.drawer.update(|open| *open = !*open)>
                <Icon name="menu" />
            </button>
            <a class="brand" href="/" aria-label=view::text("ui.brand_link", &[])>
                <Logo />
                <span class="brand-name" aria-hidden="true">{view::text("ui.brand", &[])}</span>
            </a>
            <BackAndForward />
            </div>
            <div class="top-middle">
                <Show when=move || !home.get()>
                    <Omnibox place=Place::Bar />
                </Show>
            </div>
            <div class="top-end">
                <Show when=move || linked.get()>
                    <button type="button" class="icon-btn link-btn" aria-label=view::text("ui.do.copy_link", &[])
                        title=view::text("ui.do.copy_link", &[]) data-testid="copy-link"
                        on:click=move |_| toast.copy(untrack(|| link_here(client, here)))>
                        <Icon name="link" />
                    </button>
                </Show>
                <button type="button" class="icon-btn palette-btn" aria-label=view::text("ui.do.palette", &[])
                    title=|| titled(Act::Palette) data-testid="open-palette"
                    on:click=move |_| palette.open.set(true)>
                    <Icon name="terminal" />
                </button>
                <ThemeToggle />
                <HelpMenu />
            </div>
        </header>
    }
}

/// The ring is the O of OCI and the bezel of a scope.
#[component]
fn Logo() -> impl IntoView {
    view! {
        <svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
            <rect class="logo-tile" x="1" y="1" width="30" height="30" rx="8" />
            <circle class="logo-ring" cx="16" cy="16" r="9.5" />
            <path class="logo-gap" d="M4.5 16H9v-4.5h4.5v9h5v-9H23V16h4.5" />
            <path class="logo-wave" d="M4.5 16H9v-4.5h4.5v9h5v-9H23V16h4.5" />
        </svg>
    }
}
