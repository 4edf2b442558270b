//! The screen `/r/<host>`.

use std::sync::Arc;

use api::{Code, Pin};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use oci::{Host, RepositoryName};

use super::{
    Repositories,
    by_name::OpenByName,
    row::{attributes, row},
    tree::{Row, rows},
};
use crate::{
    keys::Act,
    registries::Known,
    routes::Route,
    settings::Settings,
    shared::{
        age::Now,
        empty_state::{Emptiness, EmptyState},
        error_state::ErrorState,
        filter::{FilterField, ListFilter, Slashes},
        growing::{self, Bars, Counter, ListFoot, Opened, Refresh, Words},
        icon::Icon,
        listing::Progress,
        pin::{PinPage, toggle},
        rows::{Fold, RowActs, Rows},
    },
    shell::actions::Actions,
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
    let list = Repositories::here();
    let of = |route: &Route| match route {
        Route::Registry(host) => Some(host.clone()),
        _ => None,
    };
    let Opened { whose: host, again } =
        growing::open(of, move |host| list.want(host), move |host| list.read(host));
    let filter = ListFilter::new(Slashes::InNames);
    let now = Now::ticking();
    let listing = list.listing;
    let all = Memo::new(move |_| Arc::new(listing.names.get()));
    let left = Memo::new(move |_| filter.used.read().of(&all.read()));
    // A tree while one looks around; a flat list of whole names while one looks for something.
    let items = Memo::new(move |_| {
        let names = left.read();
        Arc::new(if filter.used.read().is_any() {
            rows(&names, &list.folds.read(), None)
        } else {
            let flat = |name: &Arc<str>| Row::Repository {
                name: Arc::clone(name),
                label: name.to_string(),
                level: 1,
            };
            names.iter().map(flat).collect()
        })
    });
    let acts = acts(list, host, items);
    let pin = Signal::derive(move || Some(Pin { registry: host.get()?, repository: None }));
    let title = move || host.get().map(|host| host.to_string()).unwrap_or_default();
    // The list stays the same one while its rows change.
    let stands =
        Memo::new(move |_| body(&listing.progress.read(), listing.names.read().len(), left.read().len()));
    view! {
        <div class="page list-page">
            <header class="page-head">
                <p class="crumbs"><Address host /></p>
                <div class="page-line">
                    <h1 class="page-title">{title}</h1>
                    <PinPage pin />
                    <Counter listing words=WORDS test_id="repository-count" />
                </div>
            </header>
            <div class="tools">
                <FilterField filter label=view::text("ui.repositories.filter", &[]) test_id="repository-filter" />
                <span class="tools-gap"></span>
                <Refresh listing again now />
            </div>
            <Bars listing again />
            <div class="page-body is-topped">
                {move || match stands.get() {
                    Body::Rows => view! {
                        <Rows items height=Signal::stored(28.0) current=acts.1
                            label=view::text("ui.repositories.label", &[]) role="tree"
                            row_id=|place| format!("repository-{place}") test_id="repository-list" acts=acts.0
                            row=row row_attributes=attributes scrolled=list.scrolled />
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
                            sentence=view::text("ui.list.filtered_why", &[("filter", &filter.used.read().text)])>
                            <button type="button" class="btn" on:click=move |_| filter.typed.set(String::new())>
                                <Icon name="x" /><span>{view::text("ui.list.clear", &[])}</span>
                            </button>
                        </EmptyState>
                    }.into_any(),
                    Body::Failed(error) => view! { <Failed error host again /> }.into_any(),
                }}
            </div>
            <ListFoot listing shown=Signal::derive(move || left.read().len()) words=WORDS />
        </div>
    }
}

/// What keys and clicks do, and the current row.
fn acts(
    list: Repositories,
    host: Memo<Option<Host>>,
    items: Memo<Arc<Vec<Row>>>,
) -> (RowActs, RwSignal<Option<usize>>) {
    let current = RwSignal::new(None::<usize>);
    let at = move |place: usize| items.read_untracked().get(place).cloned();
    let fold = Callback::new(move |(place, to): (usize, Fold)| match at(place) {
        Some(Row::Folder { name, open, .. }) if open != (to == Fold::Open) => {
            list.folds.update(|folds| {
                folds.insert(name, to == Fold::Open);
            });
        }
        // Right goes to the first row inside, left to the folder around it.
        Some(Row::Folder { .. }) if to == Fold::Open => current.set(Some(place + 1)),
        Some(row) if to == Fold::Close => {
            let items = items.read_untracked();
            let around = items.iter().take(place).rposition(|other| level(other) < level(&row));
            current.set(around.or(Some(place)));
        }
        _ => {}
    });
    let navigate = use_navigate();
    let open = Callback::new(move |place: usize| match at(place) {
        Some(Row::Folder { open, .. }) => {
            current.set(Some(place));
            fold.run((place, if open { Fold::Close } else { Fold::Open }));
        }
        Some(Row::Repository { name, .. }) => {
            if let (Some(host), Ok(repository)) = (host.get_untracked(), name.parse::<RepositoryName>()) {
                navigate(&Route::Repository(host, repository).path(), Default::default());
            }
        }
        None => {}
    });
    let settings = Settings::here();
    let pin = Callback::new(move |()| {
        let row = current.get_untracked().and_then(at);
        if let (Some(Row::Repository { name, .. }), Some(registry)) = (row, host.get_untracked())
            && let Ok(repository) = name.parse()
        {
            toggle(settings, Pin { registry, repository: Some(repository) });
        }
    });
    Actions::here().offer(Act::PinRow, pin);
    let reach = Callback::new(move |place| current.set(Some(place)));
    (RowActs { reach, click: open, open, fold: Some(fold), choose: None }, current)
}

fn level(row: &Row) -> u32 {
    match row {
        Row::Folder { level, .. } | Row::Repository { level, .. } => *level,
    }
}

/// Why there is no list, and the way on by name where a registry does not let its repositories be listed.
#[component]
fn Failed(error: api::Error, host: Memo<Option<Host>>, again: Callback<()>) -> impl IntoView {
    let barred = matches!(error.code, Code::AuthNeeded | Code::Denied | Code::Unsupported);
    let card = match error.code {
        Code::Unsupported => {
            let title = view::text("ui.repositories.unlisted", &[]);
            let advice = view::text("ui.repositories.unlisted_try", &[]);
            view! { <ErrorState error on_retry=again title advice /> }.into_any()
        }
        _ => view! { <ErrorState error on_retry=again /> }.into_any(),
    };
    // The card says why, and that a name is enough.
    let by_name = barred.then(|| host.get()).flatten();
    let by_name = by_name.map(|host| view! { <OpenByName host /> });
    view! { <div class="page-scroll">{card}{by_name}</div> }
}

/// What stands where the list would be.
#[derive(Clone, PartialEq)]
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
        Progress::Idle | Progress::Running => Body::Waiting,
        _ if all > 0 => Body::Filtered,
        Progress::Complete | Progress::Partial => Body::None,
        Progress::Stopped => Body::Stopped,
        Progress::Failed(error) => Body::Failed(error.clone()),
    }
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
