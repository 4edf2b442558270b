//! What does the row of a repository or a namespace show?

use std::sync::Arc;

use api::Pin;
use leptos::prelude::*;
use oci::RepositoryName;

use super::tree::Row;
use crate::{
    routes::{Here, Route},
    shared::{icon::Icon, pin::PinButton, rows::RowAttributes},
};

/// Attributes of a row of the tree.
pub(super) fn attributes(_: usize, row: &Row) -> RowAttributes {
    match row {
        Row::Folder { name, open, level, label, count } => RowAttributes {
            test_id: "namespace-row",
            name: name.to_string(),
            // All that it shows: while the list grows it becomes another row.
            key: format!("{name}/ {label} {level} {count} {open}"),
            level: Some(*level),
            expanded: Some(*open),
        },
        Row::Repository { name, level, label } => RowAttributes {
            test_id: "repository-row",
            name: name.to_string(),
            key: format!("{name} {label} {level}"),
            level: Some(*level),
            expanded: None,
        },
    }
}

/// What a row shows.
pub(super) fn row(_: usize, row: Row) -> AnyView {
    match row {
        Row::Folder { label, open, count, level, .. } => view! {
            <span class="cell cell-name" style:padding-inline-start=indent(level)>
                <span class="twist">{if open { view! { <Icon name="down" /> } } else { view! { <Icon name="right" /> } }}</span>
                <Icon name="folder" />
                <span class="cut" title=view::visible(&label)>{view::visible(&label)}</span>
                <span class="tree-count">
                    <span aria-hidden="true">{view::words::count(count as u64)}</span>
                    <span class="vh">{view::text("ui.repositories.count", &[("count", &view::words::count(count as u64))])}</span>
                </span>
            </span>
        }
        .into_any(),
        Row::Repository { name, label, level } => repository(&name, &label, level),
    }
}

fn repository(name: &Arc<str>, label: &str, level: u32) -> AnyView {
    let Here { route, .. } = expect_context();
    let host = route.read_untracked().host().cloned();
    let known = host.zip(name.parse::<RepositoryName>().ok());
    let href = known.clone().map(|(host, repository)| Route::Repository(host, repository).path());
    let well_formed = href.is_some();
    let (space, last) = label.rsplit_once('/').map_or(("", label), |(space, last)| (space, last));
    let space = if space.is_empty() { String::new() } else { format!("{}/", view::visible(space)) };
    view! {
        <span class="cell cell-name" style:padding-inline-start=indent(level)>
            <span class="twist"></span>
            <Icon name="repo" />
            <a class="row-link cut" href=href tabindex="-1" title=view::visible(name)>
                <span class="quiet">{space}</span><b>{view::visible(last)}</b>
            </a>
            {(!well_formed).then(|| view! {
                <span class="chip chip-warn"><Icon name="sev-warning" />{view::text("ui.list.bad_name", &[])}</span>
            })}
            {known.map(|(registry, repository)| view! {
                <PinButton pin=Pin { registry, repository: Some(repository) } class="row-act row-pin" tabbed=false />
            })}
        </span>
    }
    .into_any()
}

fn indent(level: u32) -> String {
    format!("{}px", level.saturating_sub(1).min(12) * 18)
}
