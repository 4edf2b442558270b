//! What do the cells show that answers fill?
//!
//! A dash was checked, and there is nothing; a blank was not asked; a grey bar is on its way.

use std::sync::Arc;

use api::{CreatedFrom, Summary};
use leptos::prelude::*;
use oci::{Family, Finding, MediaType, Role, Severity};

use crate::shared::{
    age::Now,
    digest::ShortDigest,
    icon::Icon,
    kind,
    seen::{Answer, Sight},
};

/// What a `HEAD` told.
type Headed<'a> = Option<&'a Answer<Arc<Sight>>>;
/// What a manifest says.
type Summarized<'a> = Option<&'a Answer<Arc<Summary>>>;

/// The cells that answers fill. All at once: a row has one effect for them.
pub(super) fn cells(head: Headed<'_>, summary: Summarized<'_>, now: Now) -> AnyView {
    let digest = match head {
        Some(Answer::Here(sight)) => view! { <ShortDigest digest=sight.digest.clone() /> }.into_any(),
        Some(Answer::Asked) => {
            view! { <i class="skeleton skeleton-glyph"></i><i class="skeleton"></i> }.into_any()
        }
        Some(Answer::Failed(_)) | None => ().into_any(),
    };
    let kind = match (head, summary) {
        (_, Some(Answer::Here(summary))) => of_outline(summary),
        (Some(Answer::Here(sight)), _) => of_type(sight),
        (Some(Answer::Asked), _) => skeleton(),
        _ => ().into_any(),
    };
    let problems = match (head, summary) {
        (Some(Answer::Failed(error)), _) | (_, Some(Answer::Failed(error))) => failed(error),
        (_, Some(Answer::Here(summary))) => problems(summary),
        (_, Some(Answer::Asked)) => skeleton(),
        _ => ().into_any(),
    };
    view! {
        <span class="cell cell-digest" role="gridcell">{digest}</span>
        <span class="cell cell-kind" role="gridcell">{kind}</span>
        <span class="cell cell-platforms" role="gridcell">{of_summary(summary, platforms)}</span>
        <span class="cell cell-size" role="gridcell">{of_summary(summary, size)}</span>
        <span class="cell cell-created" role="gridcell">{of_summary(summary, |it| created(it, now))}</span>
        <span class="cell cell-problems" role="gridcell">{problems}</span>
    }
    .into_any()
}

/// What a summary says in a cell.
fn of_summary(summary: Summarized<'_>, shown: impl FnOnce(&Summary) -> Option<AnyView>) -> AnyView {
    match summary {
        Some(Answer::Here(summary)) => shown(summary).unwrap_or_else(dash),
        Some(Answer::Asked) => skeleton(),
        Some(Answer::Failed(_)) | None => ().into_any(),
    }
}

fn platforms(summary: &Summary) -> Option<AnyView> {
    let all = &summary.platforms;
    let view =
        || view! { <span class="cut" title=view::visible(&all.join(", "))>{first_platforms(all)}</span> };
    (!all.is_empty()).then(|| view().into_any())
}

fn size(summary: &Summary) -> Option<AnyView> {
    let size = summary.size?;
    let of = summary.chosen.as_deref().map(|on| view::text("ui.tags.size_of", &[("platform", on)]));
    Some(view! { <span title=of.unwrap_or_default()>{view::words::size(size)}</span> }.into_any())
}

fn created(summary: &Summary, now: Now) -> Option<AnyView> {
    let created = summary.created_ms?;
    let key = match summary.created_from {
        Some(CreatedFrom::Annotation) => "ui.tags.created_annotation",
        _ => "ui.tags.created_config",
    };
    let title = view::text(key, &[("moment", &view::time::written(created))]);
    Some(view! { <span title=title>{move || view::time::ago(created, now.get())}</span> }.into_any())
}

fn skeleton() -> AnyView {
    view! { <i class="skeleton"></i> }.into_any()
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
fn first_platforms(all: &[String]) -> String {
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
