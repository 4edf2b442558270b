//! What is the row of a tag: its name, how it stands out, and what can be done with it?

use std::sync::Arc;

use leptos::{prelude::*, task::spawn_local};
use oci::{Reference, Tag};

use super::{
    cells::cells,
    copy::{Copier, What},
};
use crate::{
    routes::{Here, Route, Tab},
    shared::{
        age::Now,
        icon::Icon,
        rows::{RowAttributes, RowState},
        seen::{Answer, Seen, Whose},
    },
};

/// What all rows of a screen have in common.
#[derive(Clone, Copy)]
pub(super) struct Common {
    pub(super) whose: Memo<Option<Whose>>,
    pub(super) now: Now,
    /// The current tag.
    pub(super) current: Memo<Option<Arc<str>>>,
    /// The digest of the current tag.
    pub(super) digest: Memo<Option<oci::Digest>>,
    pub(super) chosen: super::chosen::Chosen,
    /// The tag under the pointer.
    pub(super) hovered: RwSignal<Option<Arc<str>>>,
}

pub(super) fn attributes(_: usize, name: &Arc<str>) -> RowAttributes {
    RowAttributes {
        test_id: "tag-row",
        name: name.to_string(),
        key: name.to_string(),
        level: None,
        expanded: None,
    }
}

pub(super) fn state(name: &Arc<str>) -> RowState {
    let Common { chosen, whose, digest, current, .. } = expect_context();
    let seen = Seen::here();
    let (own, other) = (Arc::clone(name), Arc::clone(name));
    let is_chosen = Signal::derive(move || chosen.names.read().contains(&own));
    let is_peer = Signal::derive(move || {
        let wanted = digest.read();
        let (Some(wanted), Some(whose)) = (wanted.as_ref(), whose.get()) else { return false };
        current.read().as_ref() != Some(&other)
            && matches!(seen.head(&whose, &other), Some(Answer::Here(sight)) if sight.digest == *wanted)
    });
    RowState { chosen: Some(is_chosen), peer: Some(is_peer) }
}

/// The cells of a tag.
pub(super) fn row(_: usize, name: Arc<str>) -> AnyView {
    let Here { route, .. } = expect_context();
    let common: Common = expect_context();
    let seen = Seen::here();
    let href = match (&*route.read_untracked(), name.parse::<Tag>()) {
        (Route::Repository(host, repository), Ok(tag)) => {
            let (host, repository) = (host.clone(), repository.clone());
            let reference = Reference { host, repository, tag: Some(tag), digest: None };
            Some(Route::Object(reference, Tab::Overview).path())
        }
        _ => None,
    };
    let well_formed = href.is_some();
    let asked = Arc::clone(&name);
    let head = Memo::new(move |_| seen.head(&common.whose.get()?, &asked));
    let summary = Memo::new(move |_| match &*head.read() {
        Some(Answer::Here(sight)) => seen.summary(&common.whose.get()?, &sight.digest),
        _ => None,
    });
    let shown = view::visible(&name);
    view! {
        <span class="cell cell-name cell-tag" role="gridcell">
            <a class="row-link cut" href=href tabindex="-1" title=shown.clone()><b>{shown.clone()}</b></a>
            {(!well_formed).then(|| view! {
                <span class="chip chip-warn"><Icon name="sev-warning" />{view::text("ui.list.bad_name", &[])}</span>
            })}
            <Acts name common />
        </span>
        {move || cells(head.read().as_ref(), summary.read().as_ref(), common.now)}
    }
    .into_any()
}

/// The buttons of the row under the pointer, and of the current row.
#[component]
fn Acts(name: Arc<str>, common: Common) -> impl IntoView {
    let (own, tag) = (Arc::clone(&name), StoredValue::new(name));
    let shown = Memo::new(move |_| {
        common.hovered.read().as_ref() == Some(&own) || common.current.read().as_ref() == Some(&own)
    });
    let copier = Copier::here();
    let button = move |what: What, icon: &'static str, words: &'static str, test_id: &'static str| {
        let label = view::text(words, &[]);
        let done = RwSignal::new(false);
        let click = move |event: web_sys::MouseEvent| {
            event.stop_propagation();
            event.prevent_default();
            let Some(whose) = common.whose.get_untracked() else { return };
            spawn_local(async move {
                let there = copier.put(what, whose, tag.get_value()).await;
                let _ = done.try_set(there);
            });
        };
        view! {
            <button type="button" class="row-act" aria-label=label.clone() title=label data-testid=test_id on:click=click
                on:dblclick=|event| event.stop_propagation()>
                {move || if done.get() { view! { <Icon name="check" /> } } else { view! { <Icon name=icon /> } }}
            </button>
        }
    };
    view! {
        {move || shown.get().then(|| view! {
            <span class="row-acts">
                {button(What::Digest, "copy", "ui.tags.copy_digest", "row-digest")}
                {button(What::Reference, "tag", "ui.tags.copy_reference", "row-reference")}
                {button(What::Permalink, "link", "ui.tags.copy_permalink", "row-permalink")}
            </span>
        })}
    }
}
