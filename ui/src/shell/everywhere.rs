//! What can be done on every screen?

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::{
    actions::Actions,
    layout::Layout,
    theme::{Choice, Theme},
    toast::Toast,
};
use crate::{
    client::Client,
    keys::{Act, Keys, focus},
    links,
    palette::Palette,
    routes::{Here, Route},
};

/// Offers it as long as the window is there.
pub(super) fn offer() {
    let actions = Actions::here();
    let (keys, palette, theme) = (Keys::here(), Palette::here(), Theme::here());
    let navigate = use_navigate();
    let toggle = |open: RwSignal<bool>| Callback::new(move |()| open.update(|open| *open = !*open));
    actions.offer(Act::Palette, toggle(palette.open));
    actions.offer(Act::Omnibox, Callback::new(|()| focus::field("[data-testid=omnibox]")));
    actions.offer(Act::Keys, toggle(keys.overlay));
    for (act, forward) in [(Act::Back, false), (Act::Forward, true)] {
        actions.offer(act, Callback::new(move |()| travel(forward)));
    }
    for (act, choice) in
        [(Act::ThemeSystem, Choice::System), (Act::ThemeLight, Choice::Light), (Act::ThemeDark, Choice::Dark)]
    {
        actions.offer(act, Callback::new(move |()| theme.choose(choice)));
    }
    let go = Callback::new(move |to: Route| navigate(&to.path(), Default::default()));
    actions.offer(Act::Home, Callback::new(move |()| go.run(Route::Home)));
    actions.offer(Act::Tour, Callback::new(move |()| go.run(Route::Tour)));
    let drawer = Layout::here().drawer;
    Effect::new(move |_| {
        if drawer.get() {
            actions.offer(Act::CloseDrawer, Callback::new(move |()| drawer.set(false)));
        }
    });
    follow(actions, go);
}

/// What depends on the screen: from an object to its tags, from tags to their registry.
fn follow(actions: Actions, go: Callback<Route>) {
    let here: Here = expect_context();
    let route = here.route;
    let (client, toast) = (Client::here(), Toast::here());
    Effect::new(move |_| {
        for (act, to) in targets(&route.read()) {
            actions.offer(act, Callback::new(move |()| go.run(to.clone())));
        }
        if route.read().host().is_some() {
            let run = Callback::new(move |()| {
                toast.copy(untrack(|| link_here(client, here)));
            });
            actions.offer(Act::CopyLink, run);
        }
        let listed = matches!(*route.read(), Route::Registry(_) | Route::Repository(..));
        if listed {
            actions.offer(Act::Filter, Callback::new(|()| focus::field("[data-filter]")));
        }
    });
}

/// The link to this screen with all that its address says: by the tag where an object has one.
pub(super) fn link_here(client: Client, here: Here) -> String {
    match here.route.get() {
        Route::Object(reference, tab) => links::link_of(client, &reference, tab, &here.query()),
        route => links::link_to(client, &route, &here.query()),
    }
}

fn targets(route: &Route) -> Vec<(Act, Route)> {
    let mut targets = Vec::new();
    if let Some(host) = route.host() {
        targets.push((Act::GoRepositories, Route::Registry(host.clone())));
        if let Some(repository) = route.repository() {
            targets.push((Act::GoTags, Route::Repository(host.clone(), repository.clone())));
        }
    }
    targets
}

fn travel(forward: bool) {
    if let Ok(history) = window().history() {
        let _ = if forward { history.forward() } else { history.back() };
    }
}
