//! The screen `/r/<host>/<repository>`.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use oci::{Reference, Tag};

use super::{
    Tags, Whose,
    order::{Order, OrderToggle},
    selection::Selection,
};
use crate::{
    client::Client,
    repositories::Waiting,
    routes::{Here, Route, Tab},
    shared::{
        copy::CopyButton,
        digest::ShortDigest,
        empty_state::{Emptiness, EmptyState},
        error_state::ErrorState,
        growing::{Bars, Counter, FilterField, ListFoot, Refresh, Words, matching},
        icon::Icon,
        kind::KindMark,
        listing::Progress,
        rows::{RowActs, RowAttributes, Rows},
        seen::Seen,
    },
};

const WORDS: Words = Words {
    count: "ui.tags.count",
    so_far: "ui.tags.so_far",
    stopped: "ui.tags.stopped",
    shown: "ui.tags.shown",
};

/// The screen.
#[component]
pub(crate) fn TagsPage() -> impl IntoView {
    let Here { route, .. } = expect_context();
    let tags = Tags::here();
    let link = Client::here().link;
    let whose = Memo::new(move |before: Option<&Option<Whose>>| match &*route.read() {
        Route::Repository(host, repository) => Some((host.clone(), repository.clone())),
        // This screen is about to go; until then it stays with its repository.
        _ => before.cloned().flatten(),
    });
    Effect::new(move |_| {
        link.generation();
        if let Some(whose) = whose.get() {
            tags.want(&whose);
        }
    });
    let again = Callback::new(move |()| {
        if let Some(whose) = whose.get_untracked() {
            tags.read(&whose);
        }
    });
    let listing = tags.listing;
    // Nobody looks at it any more.
    on_cleanup(move || listing.stop());
    let filter = RwSignal::new(String::new());
    let order = RwSignal::new(Order::remembered());
    let sorted = Memo::new(move |_| Arc::new(order.get().sort(listing.names.get())));
    let names = Memo::new(move |_| {
        let (sorted, filter) = (sorted.read(), filter.read());
        if filter.trim().is_empty() { Arc::clone(&sorted) } else { Arc::new(matching(&sorted, &filter)) }
    });
    let selection = Selection::new();
    let current = Memo::new(move |_| selection.place(&names.read()));
    let navigate = use_navigate();
    let at = move |place: usize| names.read_untracked().get(place).cloned();
    let select = Callback::new(move |place| {
        if let Some(name) = at(place) {
            selection.select.run(name);
        }
    });
    let open = Callback::new(move |place| {
        let tag = at(place).and_then(|name| name.parse::<Tag>().ok());
        if let (Some(tag), Some((host, repository))) = (tag, whose.get_untracked()) {
            navigate(&object(host, repository, tag).path(), Default::default());
        }
    });
    let acts = RowActs { reach: select, click: select, open, fold: None };
    view! {
        <div class="page list-page tag-page">
            <Head whose>
                <Counter listing words=WORDS test_id="tag-count" />
            </Head>
            <div class="tools">
                <FilterField filter label=view::text("ui.tags.filter", &[]) test_id="tag-filter" />
                <OrderToggle order />
                <Refresh listing again />
            </div>
            <Bars listing again />
            <div class="list-head" aria-hidden="true">
                <span>{view::text("ui.tags.column", &[])}</span>
                <span class="cut">{view::text("ui.tags.column_digest", &[])}</span>
                <span class="cell-kind cut">
                    {view::text("ui.tags.column_kind", &[])}
                    <span class="quiet">" "{view::text("ui.tags.column_note", &[])}</span>
                </span>
            </div>
            <div class="page-body">
                {move || {
                    let (all, shown) = (listing.names.read().len(), names.read().len());
                    match &*listing.progress.read() {
                        _ if shown > 0 => view! {
                            <Rows items=names height=Signal::stored(28.0) current label=view::text("ui.tags.label", &[])
                                role="grid" row_id=|place| format!("tag-{place}") test_id="tag-list" acts
                                row=row row_attributes=attributes />
                        }.into_any(),
                        _ if all > 0 => view! { <Filtered filter /> }.into_any(),
                        Progress::Idle | Progress::Running => view! { <Waiting /> }.into_any(),
                        Progress::Failed(error) => view! {
                            <div class="page-scroll"><ErrorState error=error.clone() on_retry=again /></div>
                        }.into_any(),
                        Progress::Stopped => view! { <NotAsked again /> }.into_any(),
                        Progress::Complete | Progress::Partial => view! {
                            <EmptyState which=Emptiness::None title=view::text("ui.tags.none", &[])
                                sentence=view::text("ui.tags.none_why", &[]) />
                        }.into_any(),
                    }
                }}
            </div>
            <ListFoot listing shown=Signal::derive(move || names.read().len()) words=WORDS />
        </div>
    }
}

fn object(host: oci::Host, repository: oci::RepositoryName, tag: Tag) -> Route {
    Route::Object(Reference { host, repository, tag: Some(tag), digest: None }, Tab::Overview)
}

/// Registry and namespace as links, the repository's name, its count.
#[component]
fn Head(whose: Memo<Option<Whose>>, children: Children) -> impl IntoView {
    let host = move || whose.get().map(|(host, _)| host);
    let registry = move || host().map(|host| Route::Registry(host).path());
    let space = move || {
        whose.read().as_ref().and_then(|(_, name)| Some(format!("{} /", name.as_str().rsplit_once('/')?.0)))
    };
    let last = move || {
        let whose = whose.read();
        let name = whose.as_ref().map(|(_, name)| name.as_str()).unwrap_or_default();
        name.rsplit('/').next().unwrap_or_default().to_owned()
    };
    let whole =
        Signal::derive(move || whose.get().map(|(host, name)| format!("{host}/{name}")).unwrap_or_default());
    view! {
        <header class="page-head">
            <p class="crumbs">
                <a href=registry>{move || host().map(|host| host.to_string())}</a>
                <span class="crumb-gap" aria-hidden="true">"/"</span>
                <span class="cut">{space}</span>
            </p>
            <div class="page-line">
                <h1 class="page-title">{last}</h1>
                <CopyButton text=whole label=view::text("ui.tags.copy", &[]) />
                {children()}
            </div>
        </header>
    }
}

#[component]
fn Filtered(filter: RwSignal<String>) -> impl IntoView {
    view! {
        <EmptyState which=Emptiness::FilteredOut title=view::text("ui.tags.filtered", &[])
            sentence=view::text("ui.list.filtered_why", &[("filter", &filter.read_untracked())])>
            <button type="button" class="btn" on:click=move |_| filter.set(String::new())>
                <Icon name="x" /><span>{view::text("ui.list.clear", &[])}</span>
            </button>
        </EmptyState>
    }
}

#[component]
fn NotAsked(again: Callback<()>) -> impl IntoView {
    view! {
        <EmptyState which=Emptiness::NotAsked title=view::text("ui.tags.not_asked", &[])
            sentence=view::text("ui.tags.not_asked_why", &[])>
            <button type="button" class="btn" on:click=move |_| again.run(())>
                <Icon name="refresh" /><span>{view::text("ui.list.ask", &[])}</span>
            </button>
        </EmptyState>
    }
}

fn attributes(_: usize, name: &Arc<str>) -> RowAttributes {
    RowAttributes {
        test_id: "tag-row",
        name: name.to_string(),
        key: name.to_string(),
        level: None,
        expanded: None,
    }
}

fn row(_: usize, name: Arc<str>) -> AnyView {
    let Here { route, .. } = expect_context();
    let href = match (&*route.read_untracked(), name.parse::<Tag>()) {
        (Route::Repository(host, repository), Ok(tag)) => {
            Some(object(host.clone(), repository.clone(), tag).path())
        }
        _ => None,
    };
    let well_formed = href.is_some();
    let reference = href.as_deref().and_then(|path| path.strip_prefix("/r/")).unwrap_or_default().to_owned();
    let seen = Seen::here();
    let sight = Memo::new(move |_| seen.of(&reference));
    let digest = Memo::new(move |_| sight.read().as_ref().map(|sight| sight.digest.clone()));
    let shown = view::visible(&name);
    view! {
        <span class="cell cell-name" role="gridcell">
            <Icon name="tag" />
            <a class="row-link cut" href=href tabindex="-1" title=shown.clone()><b>{shown.clone()}</b></a>
            {(!well_formed).then(|| view! {
                <span class="chip chip-warn"><Icon name="sev-warning" />{view::text("ui.list.bad_name", &[])}</span>
            })}
        </span>
        <span class="cell" role="gridcell">
            {move || digest.get().map(|digest| view! { <ShortDigest digest /> })}
        </span>
        <span class="cell cell-kind" role="gridcell">
            {move || sight.get().map(|sight| view! { <KindMark kind=sight.kind words=sight.words /> })}
        </span>
    }
    .into_any()
}
