//! The screen `/r/<host>`.

use std::sync::Arc;

use api::Code;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use oci::{Host, RepositoryName};

use super::{Repositories, by_name::OpenByName};
use crate::{
    client::Client,
    registries::Known,
    routes::{Here, Route},
    shared::{
        empty_state::{Emptiness, EmptyState},
        error_state::ErrorState,
        growing::{Bars, Counter, FilterField, ListFoot, Refresh, Words, matching},
        icon::Icon,
        listing::Progress,
        rows::{RowActs, RowAttributes, Rows},
    },
};

const WORDS: Words = Words {
    count: "ui.repositories.count",
    so_far: "ui.repositories.so_far",
    stopped: "ui.repositories.stopped",
    shown: "ui.repositories.shown",
};

/// The screen.
#[component]
pub(crate) fn RepositoriesPage() -> impl IntoView {
    let Here { route, .. } = expect_context();
    let list = Repositories::here();
    let link = Client::here().link;
    let host = Memo::new(move |before: Option<&Option<Host>>| match &*route.read() {
        Route::Registry(host) => Some(host.clone()),
        // This screen is about to go; until then it stays with its registry.
        _ => before.cloned().flatten(),
    });
    Effect::new(move |_| {
        link.generation();
        if let Some(host) = host.get() {
            list.want(&host);
        }
    });
    let again = Callback::new(move |()| {
        if let Some(host) = host.get_untracked() {
            list.read(&host);
        }
    });
    let filter = RwSignal::new(String::new());
    let current = RwSignal::new(None::<usize>);
    let listing = list.listing;
    let names = Memo::new(move |_| Arc::new(matching(&listing.names.read(), &filter.read())));
    let navigate = use_navigate();
    let go = Callback::new(move |place: usize| {
        let name = names.read_untracked().get(place).cloned();
        let repository = name.and_then(|name| name.parse::<RepositoryName>().ok());
        if let (Some(host), Some(repository)) = (host.get_untracked(), repository) {
            navigate(&Route::Repository(host, repository).path(), Default::default());
        }
    });
    let acts = RowActs {
        reach: Callback::new(move |place| current.set(Some(place))),
        click: go,
        open: go,
        fold: None,
    };
    let title = move || host.get().map(|host| host.to_string()).unwrap_or_default();
    view! {
        <div class="page list-page">
            <header class="page-head">
                <p class="crumbs"><Address host /></p>
                <div class="page-line">
                    <h1 class="page-title">{title}</h1>
                    <Counter listing words=WORDS test_id="repository-count" />
                </div>
                <div class="tools">
                    <FilterField filter label=view::text("ui.repositories.filter", &[]) test_id="repository-filter" />
                    <Refresh listing again />
                </div>
            </header>
            <Bars listing again />
            <div class="page-body">
                {move || match body(&listing.progress.read(), listing.names.read().len(), names.read().len()) {
                    Body::Rows => view! {
                        <Rows items=names height=Signal::stored(28.0) current label=view::text("ui.repositories.label", &[])
                            role="grid" row_id=|place| format!("repository-{place}") test_id="repository-list" acts
                            row=row row_attributes=attributes />
                    }.into_any(),
                    Body::Waiting => view! { <Waiting /> }.into_any(),
                    Body::None => view! {
                        <EmptyState which=Emptiness::None title=view::text("ui.repositories.none", &[])
                            sentence=view::text("ui.repositories.none_why", &[]) />
                    }.into_any(),
                    Body::Stopped => view! {
                        <EmptyState which=Emptiness::NotAsked title=view::text("ui.repositories.not_asked", &[])
                            sentence=view::text("ui.repositories.not_asked_why", &[])>
                            <button type="button" class="btn" on:click=move |_| again.run(())>
                                <Icon name="refresh" /><span>{view::text("ui.list.ask", &[])}</span>
                            </button>
                        </EmptyState>
                    }.into_any(),
                    Body::Filtered => view! {
                        <EmptyState which=Emptiness::FilteredOut title=view::text("ui.repositories.filtered", &[])
                            sentence=view::text("ui.list.filtered_why", &[("filter", &filter.read())])>
                            <button type="button" class="btn" on:click=move |_| filter.set(String::new())>
                                <Icon name="x" /><span>{view::text("ui.list.clear", &[])}</span>
                            </button>
                        </EmptyState>
                    }.into_any(),
                    Body::Failed(error) => {
                        let barred = matches!(
                            error.code,
                            Code::AuthNeeded | Code::Denied | Code::Unsupported | Code::RepositoryNotFound
                        );
                        view! {
                            <div class="page-scroll">
                                <ErrorState error on_retry=again />
                                {barred.then(|| view! { <p class="page-note">{view::text("ui.repositories.barred", &[])}</p> })}
                                {barred.then(|| host.get().map(|host| view! { <OpenByName host /> }))}
                            </div>
                        }.into_any()
                    }
                }}
            </div>
            <ListFoot listing shown=Signal::derive(move || names.read().len()) words=WORDS
                />
        </div>
    }
}

/// What stands where the list would be.
enum Body {
    Rows,
    Waiting,
    None,
    Stopped,
    Filtered,
    Failed(api::Error),
}

fn body(progress: &Progress, all: usize, shown: usize) -> Body {
    match progress {
        _ if shown > 0 => Body::Rows,
        _ if all > 0 => Body::Filtered,
        Progress::Idle | Progress::Running => Body::Waiting,
        Progress::Complete | Progress::Partial => Body::None,
        Progress::Stopped => Body::Stopped,
        Progress::Failed(error) => Body::Failed(error.clone()),
    }
}

fn attributes(_: usize, name: &Arc<str>) -> RowAttributes {
    RowAttributes {
        test_id: "repository-row",
        name: name.to_string(),
        key: name.to_string(),
        level: None,
        expanded: None,
    }
}

fn row(_: usize, name: Arc<str>) -> AnyView {
    let Here { route, .. } = expect_context();
    let href = match (route.read_untracked().host(), name.parse::<RepositoryName>()) {
        (Some(host), Ok(repository)) => Some(Route::Repository(host.clone(), repository).path()),
        _ => None,
    };
    let well_formed = href.is_some();
    let (space, last) = name.rsplit_once('/').map_or(("", &*name), |(space, last)| (space, last));
    let space = if space.is_empty() { String::new() } else { format!("{}/", view::visible(space)) };
    view! {
        <span class="cell cell-name" role="gridcell">
            <Icon name="repo" />
            <a class="row-link cut" href=href tabindex="-1" title=view::visible(&name)>
                <span class="quiet">{space}</span><b>{view::visible(last)}</b>
            </a>
            {(!well_formed).then(|| view! {
                <span class="chip chip-warn"><Icon name="sev-warning" />{view::text("ui.list.bad_name", &[])}</span>
            })}
        </span>
    }
    .into_any()
}

/// Where the registry's requests go, where its name does not say it.
#[component]
fn Address(host: Memo<Option<Host>>) -> impl IntoView {
    let known = Known::here();
    move || {
        let entry = host.get().and_then(|host| known.entry(&host))?;
        Some(if entry.address == entry.name {
            view::text("ui.repositories.crumb", &[])
        } else {
            view::text("ui.home.address", &[("address", entry.address.as_str())])
        })
    }
}

/// Rows to come.
#[component]
pub(crate) fn Waiting() -> impl IntoView {
    view! {
        <div class="skeletons" role="status" aria-label=view::text("ui.reading", &[])>
            {(0..8).map(|_| view! { <div class="skeleton-row"><span class="skeleton"></span></div> }).collect_view()}
        </div>
    }
}
