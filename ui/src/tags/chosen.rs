//! Which tags are chosen together, and what can be done with all of them?

use std::{collections::HashSet, sync::Arc};

use leptos::{prelude::*, task::spawn_local};

use super::{
    copy::{Copier, What},
    fill::Fill,
    rest::Rest,
};
use crate::{
    keys::Act,
    shared::{
        copy::copy,
        filter::Names,
        icon::Icon,
        rows::Choose,
        seen::{Seen, Whose},
    },
    shell::actions::Actions,
};

/// The chosen tags. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Chosen {
    /// Their names.
    pub(super) names: RwSignal<HashSet<Arc<str>>>,
    /// Where a range begins.
    anchor: StoredValue<Option<Arc<str>>>,
}

impl Chosen {
    /// None is chosen.
    pub(super) fn new() -> Self {
        Self { names: RwSignal::new(HashSet::new()), anchor: StoredValue::new(None) }
    }

    /// Chooses by keys and clicks. `current` is where the last key or click was.
    pub(super) fn choose(self, shown: &[Arc<str>], current: Option<usize>, place: usize, how: Choose) {
        let Some(name) = shown.get(place) else { return };
        match how {
            Choose::Toggle => {
                self.anchor.set_value(Some(Arc::clone(name)));
                self.names.update(|names| {
                    // The current row was selected before: it is the first of several.
                    if let Some(first) = current.and_then(|at| shown.get(at)).filter(|_| names.is_empty())
                        && current != Some(place)
                    {
                        names.insert(Arc::clone(first));
                    }
                    if !names.remove(name) {
                        names.insert(Arc::clone(name));
                    }
                });
            }
            Choose::Extend => {
                let known =
                    self.anchor.get_value().and_then(|anchor| shown.iter().position(|name| *name == anchor));
                let from = known.or(current).unwrap_or(place);
                if known.is_none() {
                    self.anchor.set_value(shown.get(from).cloned());
                }
                let range = from.min(place)..=from.max(place);
                self.names.set(shown[range].iter().cloned().collect());
            }
        }
    }

    /// Chooses none.
    pub(super) fn clear(self) {
        self.anchor.set_value(None);
        if !self.names.read_untracked().is_empty() {
            self.names.set(HashSet::new());
        }
    }
}

/// How many are chosen, and what can be copied of them, in the order of the list.
#[component]
pub(super) fn ChosenBar(
    chosen: Chosen,
    shown: Memo<Names>,
    whose: Memo<Option<Whose>>,
    fill: Fill,
    rest: Rest,
) -> impl IntoView {
    let seen = Seen::here();
    let any = Memo::new(move |_| !chosen.names.read().is_empty());
    let unread = Memo::new(move |_| {
        fill.answered.track();
        let Some(whose) = whose.get() else { return 0 };
        chosen.names.read().iter().filter(|name| seen.digest_now(&whose, name).is_none()).count()
    });
    let actions = Actions::here();
    Effect::new(move |_| {
        if any.get() {
            actions.offer(Act::ChooseNone, Callback::new(move |()| chosen.clear()));
        }
    });
    let copier = Copier::here();
    let said = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        chosen.names.track();
        said.set(None);
    });
    let put = move |what: What| {
        let Some(whose) = whose.get_untracked() else { return };
        let names = chosen.names.read_untracked();
        let lines: Vec<String> = shown
            .read_untracked()
            .iter()
            .filter(|name| names.contains(*name))
            .filter_map(|name| copier.text(what, &whose, name))
            .collect();
        let (count, all) = (lines.len(), names.len());
        drop(names);
        spawn_local(async move {
            let key = match (copy(&lines.join("\n")).await, count == all) {
                (false, _) => "ui.shared.copy.refused",
                (true, true) => "ui.tags.copied",
                (true, false) => "ui.tags.copied_some",
            };
            let (count, all) = (view::words::count(count as u64), view::words::count(all as u64));
            let _ = said.try_set(Some(view::text(key, &[("count", &count), ("all", &all)])));
        });
    };
    let read = move |_| {
        let names = chosen.names.read_untracked();
        rest.read_these(
            shown.read_untracked().iter().filter(|name| names.contains(*name)).cloned().collect(),
        );
    };
    let count = move || view::words::count(chosen.names.read().len() as u64);
    let button = move |what: What, words: &'static str, test_id: &'static str| {
        view! {
            <button type="button" class="btn small" data-testid=test_id on:click=move |_| put(what)>
                <Icon name="copy" /><span>{view::text(words, &[])}</span>
            </button>
        }
    };
    view! {
        <Show when=move || any.get()>
            <div class="chosen-bar" role="toolbar" aria-label=view::text("ui.tags.chosen_label", &[]) data-testid="chosen">
                <span class="chosen-count" role="status">
                    {move || view::text("ui.tags.chosen", &[("count", &count())])}
                </span>
                {button(What::Reference, "ui.tags.copy_references", "copy-references")}
                {move || if unread.get() > 0 {
                    let left = view::words::count(unread.get() as u64);
                    view! {
                        <button type="button" class="btn small" data-testid="read-chosen" on:click=read
                            title=view::text("ui.tags.read_chosen_why", &[])>
                            <Icon name="refresh" />
                            <span>{view::text("ui.tags.read_chosen", &[("count", &left)])}</span>
                        </button>
                    }.into_any()
                } else {
                    view! {
                        {button(What::Digest, "ui.tags.copy_digests", "copy-digests")}
                        {button(What::Permalink, "ui.tags.copy_permalinks", "copy-permalinks")}
                    }.into_any()
                }}
                <span class="chosen-said" role="status">{move || said.get()}</span>
                <button type="button" class="icon-btn" aria-label=view::text("ui.tags.choose_none", &[])
                    title=view::text("ui.tags.choose_none", &[]) on:click=move |_| chosen.clear()>
                    <Icon name="x" />
                </button>
            </div>
        </Show>
    }
}
