//! What can be done on every screen?

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::{
    actions::{Action, Actions},
    theme::{Choice, Theme},
};
use crate::{
    client::Client,
    keys::{Keys, focus},
    omnibox::reading,
    palette::Palette,
    routes::{Here, Route, Tab},
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
    follow(actions, go);
}

/// Follows links that come from outside the page: those that a second start of the app was given.
pub(super) fn follow_links() {
    let navigate = use_navigate();
    Client::here().on_link(move |link| {
        // What is no screen of this app is passed over: whoever sent it, nothing is asked because of it.
        if let Some(address) = reading::read(&link, None).address() {
            navigate(&address, Default::default());
        }
    });
}

/// What depends on the screen: from an object to its tags, from tags to their registry.
fn follow(actions: Actions, go: Callback<Route>) {
    let Here { route, selected, .. } = expect_context();
    Effect::new(move |_| {
        let targets = targets(&route.read(), selected.read().as_deref());
        for (id, words, keys, to) in targets {
            let run = Callback::new(move |()| go.run(to.clone()));
            actions.offer(Action { id, words, keys, run });
        }
        let listed = matches!(*route.read(), Route::Registry(_) | Route::Repository(..));
        if listed {
            let run = Callback::new(|()| focus::field("[data-filter]"));
            actions.offer(Action { id: "filter", words: "ui.do.filter", keys: "/", run });
        }
    });
}

type Target = (&'static str, &'static str, &'static str, Route);

fn targets(route: &Route, selected: Option<&str>) -> Vec<Target> {
    let mut targets = Vec::new();
    if let Some(host) = route.host() {
        targets.push(("go-repositories", "ui.do.repositories", "g r", Route::Registry(host.clone())));
        if let Some(repository) = route.repository() {
            let tags = Route::Repository(host.clone(), repository.clone());
            targets.push(("go-tags", "ui.do.tags", "g t", tags));
        }
    }
    let object = match route {
        Route::Object(reference, _) => Some(reference.clone()),
        Route::Repository(host, repository) => {
            selected.and_then(|tag| tag.parse().ok()).map(|tag| oci::Reference {
                host: host.clone(),
                repository: repository.clone(),
                tag: Some(tag),
                digest: None,
            })
        }
        _ => None,
    };
    if let Some(object) = object {
        targets.push(("go-manifest", "ui.do.manifest", "g m", Route::Object(object, Tab::Manifest)));
    }
    targets
}

fn travel(forward: bool) {
    if let Ok(history) = window().history() {
        let _ = if forward { history.forward() } else { history.back() };
    }
}
