//! What can be done on every screen?

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::{
    actions::{Action, Actions},
    layout::Layout,
    theme::{Choice, Theme},
    toast::Toast,
};
use crate::{
    client::Client,
    keys::{Keys, focus},
    links,
    palette::Palette,
    routes::{Here, Route},
};

/// Offers it as long as the window is there.
pub(super) fn offer() {
    let actions = Actions::here();
    let (keys, palette, theme) = (Keys::here(), Palette::here(), Theme::here());
    let navigate = use_navigate();
    let offer = move |id, words, keys, run: Callback<()>| actions.offer(Action { id, words, keys, run });
    let toggle = |open: RwSignal<bool>| Callback::new(move |()| open.update(|open| *open = !*open));
    offer("palette", "ui.do.palette", "Mod+k", toggle(palette.open));
    offer("omnibox", "ui.do.omnibox", "Mod+l", Callback::new(|()| focus::field("[data-testid=omnibox]")));
    offer("keys", "ui.do.keys", "?", toggle(keys.overlay));
    offer("keys-always", "ui.do.keys", "Mod+/", toggle(keys.overlay));
    for (id, words, keys, forward) in [
        ("back", "ui.do.back", "[", false),
        ("forward", "ui.do.forward", "]", true),
        ("back-always", "ui.do.back", "Alt+ArrowLeft", false),
        ("forward-always", "ui.do.forward", "Alt+ArrowRight", true),
    ] {
        offer(id, words, keys, Callback::new(move |()| travel(forward)));
    }
    for (id, words, choice) in [
        ("theme-system", "ui.do.theme_system", Choice::System),
        ("theme-light", "ui.do.theme_light", Choice::Light),
        ("theme-dark", "ui.do.theme_dark", Choice::Dark),
    ] {
        offer(id, words, "", Callback::new(move |()| theme.choose(choice)));
    }
    let go = Callback::new(move |to: Route| navigate(&to.path(), Default::default()));
    offer("home", "ui.do.home", "", Callback::new(move |()| go.run(Route::Home)));
    offer("tour", "ui.do.tour", "", Callback::new(move |()| go.run(Route::Tour)));
    let drawer = Layout::here().drawer;
    Effect::new(move |_| {
        if drawer.get() {
            let run = Callback::new(move |()| drawer.set(false));
            actions.offer(Action { id: "close-drawer", words: "ui.sources.close", keys: "Escape", run });
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
        let targets = targets(&route.read());
        for (id, words, keys, to) in targets {
            let run = Callback::new(move |()| go.run(to.clone()));
            actions.offer(Action { id, words, keys, run });
        }
        if route.read().host().is_some() {
            let run = Callback::new(move |()| {
                toast.copy(untrack(|| link_here(client, here)));
            });
            actions.offer(Action { id: "copy-link", words: "ui.do.copy_link", keys: "", run });
        }
        let listed = matches!(*route.read(), Route::Registry(_) | Route::Repository(..));
        if listed {
            let run = Callback::new(|()| focus::field("[data-filter]"));
            actions.offer(Action { id: "filter", words: "ui.do.filter", keys: "/", run });
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

type Target = (&'static str, &'static str, &'static str, Route);

fn targets(route: &Route) -> Vec<Target> {
    let mut targets = Vec::new();
    if let Some(host) = route.host() {
        targets.push(("go-repositories", "ui.do.repositories", "g r", Route::Registry(host.clone())));
        if let Some(repository) = route.repository() {
            let tags = Route::Repository(host.clone(), repository.clone());
            targets.push(("go-tags", "ui.do.tags", "g t", tags));
        }
    }
    targets
}

fn travel(forward: bool) {
    if let Ok(history) = window().history() {
        let _ = if forward { history.forward() } else { history.back() };
    }
}
