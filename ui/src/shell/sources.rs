//! Which registries are there, and which repositories has the open one?

use std::{collections::BTreeMap, sync::Arc};

use api::{RegistryEntry, RegistryKind};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use oci::RepositoryName;
use wasm_bindgen::JsCast;

use super::{
    layout::{Layout, Pane},
    sources_shelves::{Pinned, RecentlySeen},
    splitter::Splitter,
    tree::{Row, Shown, rows},
};
use crate::{
    registries::{Known, split},
    repositories::Repositories,
    routes::{Here, Route},
    shared::{
        icon::Icon,
        listing::Progress,
        rows::{Fold, RowActs, RowAttributes, Rows},
    },
};

/// The pane on the left: a tree, or a rail of registries where there is little room.
#[component]
pub(crate) fn Sources() -> impl IntoView {
    let layout = Layout::here();
    let toggle = move |_| layout.sources_open.update(|open| *open = !*open);
    let drawer = move |_| layout.drawer.update(|open| *open = !*open);
    let close = view::text("ui.sources.close", &[]);
    view! {
        <nav class="rail" aria-label=view::text("ui.sources.rail", &[])>
            <button type="button" class="icon-btn rail-drawer" aria-label=view::text("ui.sources.open", &[])
                title=view::text("ui.sources.open", &[]) on:click=drawer>
                <Icon name="panel" />
            </button>
            <button type="button" class="icon-btn rail-pane" aria-label=view::text("ui.sources.open", &[])
                title=view::text("ui.sources.open", &[]) on:click=toggle>
                <Icon name="panel" />
            </button>
            <RailRegistries />
        </nav>
        <aside class="sources" aria-label=view::text("ui.sources.label", &[]) data-pane>
            <Splitter pane=Pane::Sources />
            <div class="sources-head">
                <h2 class="sources-title">{view::text("ui.sources.title", &[])}</h2>
                <button type="button" class="icon-btn sources-close" aria-label=close.clone() title=close
                    on:click=move |_| {
                        if layout.drawer.get_untracked() {
                            layout.drawer.set(false);
                        } else {
                            layout.sources_open.set(false);
                        }
                    }>
                    <Icon name="panel" />
                </button>
            </div>
            <Pinned />
            <Tree />
            <ListNote />
            <RecentlySeen />
            <div class="sources-foot">
                <AddLink />
            </div>
        </aside>
    }
}

/// Leads to the form on the first screen, with the focus in it.
#[component]
fn AddLink() -> impl IntoView {
    let navigate = use_navigate();
    let go = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        navigate("/", Default::default());
        // The form is there when the screen has changed.
        request_animation_frame(|| {
            request_animation_frame(|| {
                let field = document().get_element_by_id("add-name");
                if let Some(field) = field.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) {
                    let _ = field.focus();
                }
            });
        });
    };
    view! {
        <a class="btn ghost sources-add" href="/" on:click=go>
            <Icon name="plus" /><span>{view::text("ui.sources.add", &[])}</span>
        </a>
    }
}

#[component]
fn RailRegistries() -> impl IntoView {
    let Here { route, .. } = expect_context();
    let known = Known::here();
    // As in the tree: the user's own, then the samples.
    let in_order = move || {
        let (samples, own) = split(&known.entries());
        own.into_iter().chain(samples).collect::<Vec<_>>()
    };
    view! {
        <ul class="rail-list">
            <For each=in_order key=|entry| entry.name.clone() let(entry)>
                {
                    let name = entry.name.clone();
                    let open = move || route.read().host() == Some(&name);
                    view! {
                        <li>
                            <a class="icon-btn rail-link" href=Route::Registry(entry.name.clone()).path()
                                aria-label=entry.name.to_string() title=entry.name.to_string()
                                aria-current=move || open().then_some("true")>
                                {mark(&entry)}
                            </a>
                        </li>
                    }
                }
            </For>
        </ul>
    }
}

fn mark(entry: &RegistryEntry) -> impl IntoView + use<> {
    match entry.kind {
        RegistryKind::Sample => view! { <Icon name="grid" /> },
        RegistryKind::Added => view! { <Icon name="registry" /> },
    }
}

#[component]
fn Tree() -> impl IntoView {
    let Here { route, .. } = expect_context();
    let known = Known::here();
    let list = Repositories::here();
    let folds = RwSignal::new(BTreeMap::<Arc<str>, bool>::new());
    let closed = RwSignal::new(false);
    let host = Memo::new(move |_| route.read().host().cloned());
    Effect::new(move |_| {
        list.leave_others(host.get().as_ref());
        folds.set(BTreeMap::new());
        closed.set(false);
    });
    let items = Memo::new(move |_| {
        let (route, host) = (route.read(), host.get());
        let asked =
            host.is_some() && *list.of.read() == host && *list.listing.progress.read() != Progress::Idle;
        let names = host.as_ref().filter(|_| asked).map(|host| list.names(host));
        Arc::new(rows(&Shown {
            entries: &known.entries(),
            host: host.as_ref(),
            repository: route.repository(),
            names,
            folds: &folds.read(),
            closed: closed.get(),
        }))
    });
    let reached = RwSignal::new(None::<usize>);
    // What is open is the current row, until an arrow key moves on.
    let open_row = Memo::new(move |_| {
        let (items, route) = (items.read(), route.read());
        let repository = route.repository().map(RepositoryName::as_str);
        items.iter().position(|row| match (row, repository) {
            (Row::Repository { name, .. }, Some(repository)) => &**name == repository,
            (Row::Registry { entry, .. }, None) => route.host() == Some(&entry.name),
            _ => false,
        })
    });
    Effect::new(move |_| {
        open_row.track();
        reached.set(None);
    });
    let current = Memo::new(move |_| reached.get().or_else(|| open_row.get()));
    let navigate = use_navigate();
    let fold = Callback::new(move |(place, to): (usize, Fold)| match items.read_untracked().get(place) {
        Some(Row::Folder { name, .. }) => {
            let name = name.clone();
            folds.update(|folds| {
                folds.insert(name, to == Fold::Open);
            });
        }
        Some(Row::Registry { entry, .. }) if host.read_untracked().as_ref() == Some(&entry.name) => {
            closed.set(to == Fold::Close);
        }
        _ => {}
    });
    let go = Callback::new(move |place: usize| {
        let row = items.read_untracked().get(place).cloned();
        let to = match row {
            Some(Row::Registry { entry, .. }) => Some(Route::Registry(entry.name)),
            Some(Row::All(host)) => {
                list.want(&host);
                None
            }
            Some(Row::Folder { open, .. }) => {
                fold.run((place, if open { Fold::Close } else { Fold::Open }));
                None
            }
            Some(Row::Repository { name, .. }) => {
                host.get_untracked().and_then(|host| Some(Route::Repository(host, name.parse().ok()?)))
            }
            None => None,
        };
        if let Some(to) = to {
            navigate(&to.path(), Default::default());
        }
    });
    let reach = Callback::new(move |place| reached.set(Some(place)));
    // A double click is two clicks here: the first one has done it.
    let acts = RowActs { reach, click: go, open: go, fold: Some(fold), choose: None };
    view! {
        <Rows items height=Signal::stored(26.0) current label=view::text("ui.sources.tree", &[]) role="tree"
            row_id=|place| format!("source-{place}") test_id="sources" acts row=row row_attributes=attributes />
    }
}

fn attributes(_: usize, row: &Row) -> RowAttributes {
    let (test_id, name, level, expanded) = match row {
        Row::Registry { entry, open } => ("source-registry", entry.name.to_string(), 1, Some(*open)),
        Row::Folder { name, open, .. } => ("source-folder", name.to_string(), 2, Some(*open)),
        Row::Repository { name, level } => ("source-repository", name.to_string(), *level, None),
        Row::All(host) => ("source-all", host.to_string(), 2, None),
    };
    let key = format!("{test_id} {name} {expanded:?}");
    RowAttributes { test_id, name, key, level: Some(level), expanded }
}

fn chevron(open: bool) -> impl IntoView {
    if open {
        view! { <Icon name="down" /> }
    } else {
        view! { <Icon name="right" /> }
    }
}

fn row(_: usize, row: Row) -> AnyView {
    match row {
        Row::Registry { entry, open } => view! {
            <span class="twist">{chevron(open)}</span>
            {mark(&entry)}
            <a class="row-link cut" href=Route::Registry(entry.name.clone()).path() tabindex="-1"
                title=entry.name.to_string()>{entry.name.to_string()}</a>
        }
        .into_any(),
        Row::Folder { name, open, count } => view! {
            <span class="twist">{chevron(open)}</span>
            <Icon name="folder" />
            <span class="cut" title=view::visible(&name)>{view::visible(&name)}</span>
            <span class="tree-count">{view::words::count(count as u64)}</span>
        }
        .into_any(),
        Row::Repository { name, level } => {
            let last = if level > 2 { name.rsplit('/').next().unwrap_or(&name) } else { &*name };
            view! {
                <Icon name="repo" />
                <span class="cut" title=view::visible(&name)>{view::visible(last)}</span>
            }
            .into_any()
        }
        Row::All(_) => view! {
            <Icon name="more" /><span class="cut quiet">{view::text("ui.sources.all", &[])}</span>
        }
        .into_any(),
    }
}

/// How far the list of the open registry is, where it is not whole.
#[component]
fn ListNote() -> impl IntoView {
    let Here { route, .. } = expect_context();
    let list = Repositories::here();
    // The registry's own screen says at length what this would say again.
    let said = Memo::new(move |_| match &*route.read() {
        Route::Registry(host) => list.of.read().as_ref() == Some(host),
        _ => false,
    });
    let sentence = move || {
        list.of.read().as_ref()?;
        let count = view::words::count(list.listing.names.read().len() as u64);
        let key = match &*list.listing.progress.read() {
            Progress::Running => "ui.sources.running",
            Progress::Stopped | Progress::Partial => "ui.sources.stopped",
            Progress::Failed(_) if said.get() => return None,
            Progress::Failed(_) => "ui.sources.failed",
            Progress::Idle | Progress::Complete => return None,
        };
        Some(view::text(key, &[("count", &count)]))
    };
    move || {
        sentence().map(
            |sentence| view! { <p class="sources-note" role="status" data-testid="list-note">{sentence}</p> },
        )
    }
}
