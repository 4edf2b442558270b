//! What does the row of a tag show?
//!
//! A dash was checked, and there is nothing; a blank was not asked; a grey bar is on its way.

use std::sync::Arc;

use api::{CreatedFrom, Summary};
use leptos::{prelude::*, task::spawn_local};
use oci::{Family, Finding, MediaType, Reference, Role, Severity, Tag};

use super::copy::{Copier, What};
use crate::{
    routes::{Here, Route, Tab},
    shared::{
        age::Now,
        digest::ShortDigest,
        icon::Icon,
        kind,
        rows::{RowAttributes, RowState},
        seen::{Answer, Seen, Sight, Whose},
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
    let is_chosen = Memo::new(move |_| chosen.names.read().contains(&own));
    let is_peer = Memo::new(move |_| {
        let wanted = digest.read();
        let (Some(wanted), Some(whose)) = (wanted.as_ref(), whose.get()) else { return false };
        current.read().as_ref() != Some(&other)
            && matches!(seen.head(&whose, &other), Some(Answer::Here(sight)) if sight.digest == *wanted)
    });
    RowState { chosen: Some(is_chosen.into()), peer: Some(is_peer.into()) }
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
        <span class="cell cell-digest" role="gridcell">
            {move || match &*head.read() {
                Some(Answer::Here(sight)) => view! { <ShortDigest digest=sight.digest.clone() /> }.into_any(),
                Some(Answer::Asked) => view! { <i class="skeleton skeleton-glyph"></i><i class="skeleton"></i> }.into_any(),
                Some(Answer::Failed(_)) | None => ().into_any(),
            }}
        </span>
        <span class="cell cell-kind" role="gridcell">
            {move || match (&*head.read(), &*summary.read()) {
                (_, Some(Answer::Here(summary))) => of_outline(summary),
                (Some(Answer::Here(sight)), _) => of_type(sight),
                (Some(Answer::Asked), _) => view! { <i class="skeleton"></i> }.into_any(),
                _ => ().into_any(),
            }}
        </span>
        {cell("cell-platforms", summary, |summary| {
            (!summary.platforms.is_empty()).then(|| {
                let all = summary.platforms.join(", ");
                view! { <span class="cut" title=view::visible(&all)>{platforms(&summary.platforms)}</span> }.into_any()
            })
        })}
        {cell("cell-size", summary, |summary| {
            summary.size.map(|size| {
                let of = summary.chosen.as_deref().map(|on| view::text("ui.tags.size_of", &[("platform", on)]));
                view! { <span title=of.unwrap_or_default()>{view::words::size(size)}</span> }.into_any()
            })
        })}
        {cell("cell-created", summary, move |summary| {
            let created = summary.created_ms?;
            let key = match summary.created_from {
                Some(CreatedFrom::Annotation) => "ui.tags.created_annotation",
                _ => "ui.tags.created_config",
            };
            let title = view::text(key, &[("moment", &view::time::written(created))]);
            let now = common.now;
            Some(view! { <span title=title>{move || view::time::ago(created, now.get())}</span> }.into_any())
        })}
        <span class="cell cell-problems" role="gridcell">
            {move || match (&*head.read(), &*summary.read()) {
                (Some(Answer::Failed(error)), _) | (_, Some(Answer::Failed(error))) => failed(error),
                (_, Some(Answer::Here(summary))) => problems(summary),
                (_, Some(Answer::Asked)) => view! { <i class="skeleton"></i> }.into_any(),
                _ => ().into_any(),
            }}
        </span>
    }
    .into_any()
}

/// A cell that a summary fills.
fn cell(
    class: &'static str,
    summary: Memo<Option<Answer<Arc<Summary>>>>,
    shown: impl Fn(&Summary) -> Option<AnyView> + Send + 'static,
) -> impl IntoView {
    view! {
        <span class=format!("cell {class}") role="gridcell">
            {move || match &*summary.read() {
                Some(Answer::Here(summary)) => shown(summary).unwrap_or_else(dash),
                Some(Answer::Asked) => view! { <i class="skeleton"></i> }.into_any(),
                Some(Answer::Failed(_)) | None => ().into_any(),
            }}
        </span>
    }
}

fn dash() -> AnyView {
    view! { <span class="quiet" title=view::text("ui.tags.nothing", &[])>"–"</span> }.into_any()
}

fn mark(icon: &'static str, class: &'static str, words: String, title: String) -> AnyView {
    view! {
        <span class=format!("kind {class}")>
            <Icon name=icon />
            <span class="kind-word" title=title>{words}</span>
        </span>
    }
    .into_any()
}

fn of_outline(summary: &Summary) -> AnyView {
    let words = view::words::kind_of(&summary.outline);
    let (icon, class) = kind::mark(&summary.outline.kind);
    let short = words.split(", ").next().unwrap_or(&words).to_owned();
    mark(icon, class, short, words)
}

/// What the media type alone tells, before anybody looked inside.
fn of_type(sight: &Sight) -> AnyView {
    let Some(of) = &sight.media_type else { return dash() };
    let docker = of.family() == Family::Docker;
    let (icon, class, words) = match of.role() {
        Role::Index if docker => ("index", "kind-index", "ui.tags.type_list"),
        Role::Index => ("index", "kind-index", "ui.tags.type_index"),
        Role::Schema1 => ("image", "kind-image", "ui.tags.type_schema1"),
        Role::Manifest if docker => ("file", "", "ui.tags.type_docker"),
        Role::Manifest => ("file", "", "ui.tags.type_manifest"),
        _ => ("other", "kind-other", "ui.tags.type_other"),
    };
    let MediaType(whole) = of;
    mark(icon, class, view::text(words, &[]), view::visible(whole))
}

/// `amd64 arm64 +2`: linux goes without saying.
fn platforms(all: &[String]) -> String {
    const FIRST: usize = 2;
    let short = |platform: &String| view::visible(platform.strip_prefix("linux/").unwrap_or(platform));
    let mut words = all.iter().take(FIRST).map(short).collect::<Vec<_>>().join(" ");
    if all.len() > FIRST {
        words.push_str(&format!(" +{}", all.len() - FIRST));
    }
    words
}

/// The worst, with how many there are; notes only where nothing is worse.
fn problems(summary: &Summary) -> AnyView {
    let count = |severity| summary.findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Info));
    if let Some(missing) = &summary.missing {
        let said = view::visible(missing);
        return view! {
            <span class="problem problem-warning" title=said.clone()><Icon name="sev-warning" /><span class="vh">{said.clone()}</span></span>
        }
        .into_any();
    }
    let marks = [
        (errors, "sev-error", "problem-error", "ui.tags.errors"),
        (warnings, "sev-warning", "problem-warning", "ui.tags.warnings"),
        (if errors + warnings == 0 { notes } else { 0 }, "sev-info", "problem-info", "ui.tags.notes"),
    ];
    if marks.iter().all(|(count, ..)| *count == 0) {
        return dash();
    }
    let title = summary.findings.iter().map(said).collect::<Vec<_>>().join("\n");
    marks
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, icon, class, words)| {
            let number = view::words::count(count as u64);
            let words = view::text(words, &[("count", &number)]);
            view! {
                <span class=format!("problem {class}") title=title.clone()>
                    <Icon name=icon /><span aria-hidden="true">{number}</span><span class="vh">{words}</span>
                </span>
            }
        })
        .collect_view()
        .into_any()
}

fn said(finding: &Finding) -> String {
    format!("{}: {}", finding.id, view::words::finding(finding))
}

/// The row could not be read: a small mark with the sentence.
fn failed(error: &api::Error) -> AnyView {
    let mut said = view::visible(&error.message);
    if let Some(words) = error.registry_says.first() {
        said.push(' ');
        said.push_str(&view::visible(words));
    }
    view! {
        <span class="problem problem-failed" title=said.clone() data-testid="row-failed">
            <Icon name="broken" /><span class="vh">{said.clone()}</span>
        </span>
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
        <Show when=move || shown.get()>
            <span class="row-acts">
                {button(What::Digest, "copy", "ui.tags.copy_digest", "row-digest")}
                {button(What::Reference, "tag", "ui.tags.copy_reference", "row-reference")}
                {button(What::Permalink, "link", "ui.tags.copy_permalink", "row-permalink")}
            </span>
        </Show>
    }
}
