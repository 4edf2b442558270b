//! The screen `/r/<host>/<repository>`.

use std::sync::Arc;

use api::Pin;
use leptos::{html::Div, prelude::*};
use leptos_router::hooks::use_navigate;
use oci::{Reference, Tag};
use web_sys::PointerEvent;

use super::{
    Tags,
    chosen::{Chosen, ChosenBar},
    columns::{HEIGHT, Heads},
    copy,
    fill::Fill,
    order::OrderMenu,
    peek,
    rest::{PausedBar, Rest, RestBar},
    row::{Common, attributes, row, state},
    selection::Selection,
    shown::Shown,
};
use crate::{
    registries::Known,
    repositories::Waiting,
    routes::{Here, Route, Tab},
    shared::{
        age::Now,
        copy::CopyButton,
        empty_state::{Emptiness, EmptyState},
        error_state::ErrorState,
        filter::{FilterField, ListFilter, Slashes},
        growing::{self, Bars, Counter, ListFoot, Opened, Refresh, Words},
        icon::Icon,
        listing::Progress,
        pin::PinPage,
        rows::{RowActs, Rows, watch_width},
        seen::{Answer, Seen, Whose},
    },
};

const WORDS: Words = Words {
    count: "ui.tags.count",
    so_far: "ui.tags.so_far",
    stopped: "ui.tags.stopped",
    shown: "ui.tags.shown",
};
/// Below this width a row has two lines.
const NARROW: f64 = 560.0;

fn whose_of(route: &Route) -> Option<Whose> {
    match route {
        Route::Repository(host, repository) => Some((host.clone(), repository.clone())),
        _ => None,
    }
}

/// The screen.
#[component]
pub(crate) fn TagsPage() -> impl IntoView {
    let tags = Tags::here();
    let seen = Seen::here();
    let Here { platform, .. } = expect_context();
    Effect::new(move |_| seen.addressed(platform.get()));
    on_cleanup(move || seen.addressed(None));
    let Opened { whose, again } =
        growing::open(whose_of, move |whose| tags.want(whose), move |whose| tags.read(whose));
    let listing = tags.listing;
    // Nobody looks at it any more.
    on_cleanup(move || listing.stop());
    let now = Now::ticking();
    let filter = ListFilter::new(Slashes::InNoName);
    let settled = RwSignal::new(0_u32);
    let shown = Shown::new(tags, whose, filter, settled);
    let names = shown.names;
    let selection = Selection::new(tags.current, whose);
    let current = Memo::new(move |_| selection.place(&names.read()));
    let current_name = Memo::new(move |_| {
        let at = current.get()?;
        names.read().get(at).cloned()
    });
    let digest = Memo::new(move |_| match seen.head(&whose.get()?, &current_name.get()?)? {
        Answer::Here(sight) => Some(sight.digest.clone()),
        Answer::Asked | Answer::Failed(_) => None,
    });
    let window = RwSignal::new((0_usize, 0_usize));
    let on_screen = Memo::new(move |_| {
        let ((first, end), names) = (window.get(), names.read());
        names.get(first..end.min(names.len())).unwrap_or_default().to_vec()
    });
    let fill = Fill::new(tags, whose, on_screen, current_name);
    let rest = Rest::new(fill, settled);
    Effect::new(move |before: Option<Option<Whose>>| {
        let now = whose.get();
        if before.is_some_and(|before| before != now) {
            rest.stop();
            fill.paused.set(None);
        }
        now
    });
    let again = Callback::new(move |()| {
        rest.stop();
        fill.stop_all();
        fill.paused.set(None);
        again.run(());
    });
    let chosen = Chosen::new();
    let hovered = RwSignal::new(None::<Arc<str>>);
    provide_context(Common { whose, now, current: current_name, digest, chosen, hovered });
    copy::offer(whose, current_name);

    let navigate = use_navigate();
    let at = move |place: usize| names.read_untracked().get(place).cloned();
    let reach = Callback::new(move |place| {
        if let Some(name) = at(place) {
            chosen.clear();
            selection.reach(name);
        }
    });
    let show = Callback::new(move |place| {
        if let Some(name) = at(place) {
            chosen.clear();
            selection.show(name);
        }
    });
    let open = Callback::new(move |place| {
        let tag = at(place).and_then(|name| name.parse::<Tag>().ok());
        if let (Some(tag), Some((host, repository))) = (tag, whose.get_untracked()) {
            let reference = Reference { host, repository, tag: Some(tag), digest: None };
            navigate(&Route::Object(reference, Tab::Overview).path(), Default::default());
        }
    });
    let choose = Callback::new(move |(place, how)| {
        chosen.choose(&names.read_untracked(), current.get_untracked(), place, how);
        if let Some(name) = at(place) {
            selection.reach(name);
        }
    });
    peek::offer(selection, names, current, choose);
    let acts = RowActs { reach, click: show, open, fold: None, choose: Some(choose) };
    let page = NodeRef::<Div>::new();
    let width = RwSignal::new(1000.0);
    watch_width(page, width);
    let narrow = Memo::new(move |_| width.get() < NARROW);
    let hover = move |event: PointerEvent| hovered.set(name_under(&event));
    let pin = Signal::derive(move || {
        let (registry, repository) = whose.get()?;
        Some(Pin { registry, repository: Some(repository) })
    });
    // The list stays the same one while its rows change.
    let stands =
        Memo::new(move |_| body(&listing.progress.read(), listing.names.read().len(), names.read().len()));
    view! {
        <div class="page list-page tag-page" class:is-narrow=move || narrow.get() node_ref=page>
            <Head whose>
                <PinPage pin />
                <Counter listing words=WORDS test_id="tag-count" />
            </Head>
            <Tools tags shown filter fill again now on_screen />
            <Bars listing again />
            <PausedBar fill />
            <RestBar tags shown whose fill rest />
            <ChosenBar chosen shown=names whose fill rest />
            <div class="page-body" on:pointerover=hover on:pointerleave=move |_| hovered.set(None)>
                {move || match stands.get() {
                    Body::Rows => view! {
                        <Rows items=names height=Signal::derive(move || if narrow.get() { 52.0 } else { 28.0 })
                            current label=view::text("ui.tags.label", &[])
                            role="grid" row_id=|place| format!("tag-{place}") test_id="tag-list" acts
                            row=row row_attributes=attributes state=state
                            head=ViewFn::from(move || view! { <Heads order=tags.order /> })
                            head_height=Signal::derive(move || if narrow.get() { 0.0 } else { HEIGHT })
                            on_screen=window scrolled=tags.scrolled />
                    }.into_any(),
                    Body::Waiting => view! { <Waiting /> }.into_any(),
                    Body::Hidden => view! { <Filtered filter shown /> }.into_any(),
                    Body::Failed(error) => view! {
                        <div class="page-scroll"><ErrorState error on_retry=again /></div>
                    }.into_any(),
                    Body::Stopped => view! { <NotAsked again /> }.into_any(),
                    Body::None => view! {
                        <EmptyState which=Emptiness::None title=view::text("ui.tags.none", &[])
                            sentence=view::text("ui.tags.none_why", &[]) />
                    }.into_any(),
                }}
            </div>
            <ListFoot listing shown=Signal::derive(move || names.read().len()) words=WORDS />
        </div>
    }
}

/// What stands where the list would be.
#[derive(Clone, PartialEq)]
enum Body {
    Rows,
    Waiting,
    None,
    Stopped,
    Hidden,
    Failed(api::Error),
}

fn body(progress: &Progress, all: usize, shown: usize) -> Body {
    match progress {
        _ if shown > 0 => Body::Rows,
        Progress::Idle | Progress::Running => Body::Waiting,
        _ if all > 0 => Body::Hidden,
        Progress::Failed(error) => Body::Failed(error.clone()),
        Progress::Stopped => Body::Stopped,
        Progress::Complete | Progress::Partial => Body::None,
    }
}

/// The tag of the row under the pointer.
fn name_under(event: &PointerEvent) -> Option<Arc<str>> {
    use wasm_bindgen::JsCast;
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let row = target.closest("[data-testid=tag-row]").ok().flatten()?;
    row.get_attribute("data-name").map(Arc::from)
}

/// Filter, order, groups, what is hidden, and the age of the list.
#[component]
fn Tools(
    tags: Tags,
    shown: Shown,
    filter: ListFilter,
    fill: Fill,
    again: Callback<()>,
    now: Now,
    on_screen: Memo<Vec<Arc<str>>>,
) -> impl IntoView {
    let hidden = move || {
        let count = shown.digest_like.get();
        (count > 0).then(|| {
            let key = if shown.folded.get() { "ui.tags.folded" } else { "ui.tags.unfolded" };
            let words = view::text(key, &[("count", &view::words::count(count as u64))]);
            view! {
                <button type="button" class="btn toggle" data-testid="fold" aria-pressed=shown.folded.get().to_string()
                    title=view::text("ui.tags.fold_why", &[]) on:click=move |_| shown.fold(!shown.folded.get_untracked())>
                    <Icon name="eye-off" /><span>{words}</span>
                </button>
            }
        })
    };
    let known = Known::here();
    let sparing =
        Memo::new(move |_| tags.of.read().as_ref().is_some_and(|whose| known.counts_reads(&whose.0)));
    let load = move |_| fill.wanted.update(|wanted| wanted.extend(on_screen.get_untracked()));
    let group = view::text("ui.tags.group", &[]);
    view! {
        <div class="tools">
            <FilterField filter label=view::text("ui.tags.filter", &[]) test_id="tag-filter" />
            <OrderMenu order=tags.order />
            <button type="button" class="btn toggle group" data-testid="group" aria-label=group.clone() title=group.clone()
                aria-pressed=move || tags.grouped.get().to_string()
                on:click=move |_| tags.grouped.update(|grouped| *grouped = !*grouped)>
                <Icon name="merge" /><span>{group.clone()}</span>
            </button>
            {hidden}
            <Show when=move || sparing.get()>
                <button type="button" class="btn" data-testid="load-sizes" title=view::text("ui.tags.load_sizes_why", &[])
                    on:click=load>
                    <Icon name="layers" /><span>{view::text("ui.tags.load_sizes", &[])}</span>
                </button>
            </Show>
            <span class="tools-gap"></span>
            <Refresh listing=tags.listing again now />
        </div>
    }
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
fn Filtered(filter: ListFilter, shown: Shown) -> impl IntoView {
    move || {
        let wanted = filter.used.read();
        let by_filter = !wanted.is_any();
        let sentence = if by_filter {
            view::text("ui.list.filtered_why", &[("filter", &wanted.text)])
        } else {
            view::text("ui.tags.all_folded", &[])
        };
        let hidden = shown.folded.get() && shown.digest_like.get() > 0;
        view! {
            <EmptyState which=Emptiness::FilteredOut title=view::text("ui.tags.filtered", &[]) sentence>
                {by_filter.then(|| view! {
                    <button type="button" class="btn" on:click=move |_| filter.typed.set(String::new())>
                        <Icon name="x" /><span>{view::text("ui.list.clear", &[])}</span>
                    </button>
                })}
                {hidden.then(|| view! {
                    <button type="button" class="btn" on:click=move |_| shown.fold(false)>
                        <Icon name="eye-off" /><span>{view::text("ui.tags.unfold", &[])}</span>
                    </button>
                })}
            </EmptyState>
        }
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
