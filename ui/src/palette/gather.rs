//! What is there to choose from, here and now?

use std::collections::HashSet;

use api::RegistryKind;
use leptos::prelude::*;

use super::choice::{Choice, Does, Sort};
use crate::{
    keys::{Act, Place},
    registries::Known,
    repositories::Repositories,
    routes::{Here, Route, Tab},
    settings::Settings,
    shared::seen::Seen,
    shell::actions::{Action, Actions},
};

/// At most so many names of a list are looked through.
const MOST_NAMES: usize = 20_000;

/// Every action that is offered, and every place that was seen.
pub(super) fn choices() -> Vec<Choice> {
    let mut choices = actions();
    places(&mut choices);
    choices
}

fn actions() -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    for Action { act, run } in Actions::here().all() {
        // The palette is open already.
        if act == Act::Palette {
            continue;
        }
        // Of several the one that was offered last, as for its key.
        if let Some(earlier) = choices.iter_mut().find(|choice| choice.act == Some(act)) {
            earlier.does = Does::Run(run);
            continue;
        }
        choices.push(Choice {
            id: act.id().to_owned(),
            sort: if act.place() == Place::Everywhere { Sort::Action } else { Sort::ActionHere },
            words: act.words(),
            note: String::new(),
            act: Some(act),
            does: Does::Run(run),
        });
    }
    choices
}

fn places(choices: &mut Vec<Choice>) {
    let Here { route, .. } = expect_context();
    let mut known: HashSet<String> = choices.iter().map(|choice| choice.id.clone()).collect();
    let mut push = |sort, route: &Route, words: String, note: String| {
        let address = route.path();
        // A pin says more than the place that it pins.
        if known.insert(address.clone()) {
            choices.push(Choice {
                id: address.clone(),
                sort,
                words,
                note,
                act: None,
                does: Does::Go(address),
            });
        }
    };
    let settings = Settings::here().now.get();
    for pin in &settings.pins {
        match &pin.repository {
            None => push(
                Sort::Pin,
                &Route::Registry(pin.registry.clone()),
                pin.registry.to_string(),
                String::new(),
            ),
            Some(repository) => {
                let to = Route::Repository(pin.registry.clone(), repository.clone());
                push(Sort::Pin, &to, repository.to_string(), pin.registry.to_string());
            }
        }
    }
    for entry in Known::here().entries().iter() {
        let note = match entry.kind {
            RegistryKind::Sample => view::text("ui.palette.sample", &[]),
            RegistryKind::Added => String::new(),
        };
        push(Sort::Registry, &Route::Registry(entry.name.clone()), entry.name.to_string(), note);
    }
    for recent in &settings.recents {
        let reference = &recent.reference;
        push(
            Sort::Recent,
            &Route::Object(reference.clone(), Tab::Overview),
            view::words::whole_name(reference),
            reference.host.to_string(),
        );
    }
    for reference in Seen::here().references() {
        if reference.tag.is_some() {
            let words = view::words::whole_name(&reference);
            let to = Route::Object(reference.clone(), Tab::Overview);
            push(Sort::Tag, &to, words, reference.host.to_string());
        }
    }
    let Some(host) = route.read().host().cloned() else { return };
    for name in Repositories::here().names(&host).into_iter().take(MOST_NAMES) {
        if let Ok(repository) = name.parse() {
            let to = Route::Repository(host.clone(), repository);
            push(Sort::Repository, &to, name.to_string(), host.to_string());
        }
    }
}
