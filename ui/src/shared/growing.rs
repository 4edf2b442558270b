//! What stands around a list that grows: its count, filter, Stop, and what went wrong on the way?

use leptos::prelude::*;
use oci::Severity;

use super::{
    age::Now,
    icon::Icon,
    listing::{Listing, Progress},
};
use crate::{
    client::Client,
    keys::{Act, ActCaps},
    routes::{Here, Route},
    shell::actions::Actions,
};

/// The sentences of one kind of list.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Words {
    /// `5,000 tags`, with `count`.
    pub(crate) count: &'static str,
    /// `1,200 tags so far, page 12`, with `count` and `page`.
    pub(crate) so_far: &'static str,
    /// `Stopped after 1,200 tags`, with `count`.
    pub(crate) stopped: &'static str,
    /// `12 of 5,000 tags shown`, with `shown` and `count`.
    pub(crate) shown: &'static str,
}

/// What a screen with a growing list begins with.
#[derive(Clone, Copy)]
pub(crate) struct Opened<W: Clone + PartialEq + Send + Sync + 'static> {
    /// Whose list it is; the screen that is about to go keeps its own.
    pub(crate) whose: Memo<Option<W>>,
    /// Reads the list anew.
    pub(crate) again: Callback<()>,
}

/// Reads the list of what the address names, and again when a host that was gone is back.
pub(crate) fn open<W: Clone + PartialEq + Send + Sync + 'static>(
    of: fn(&Route) -> Option<W>,
    want: impl Fn(&W) + 'static,
    read: impl Fn(&W) + Send + Sync + 'static,
) -> Opened<W> {
    let Here { route, .. } = expect_context();
    let link = Client::here().link;
    let whose =
        Memo::new(move |before: Option<&Option<W>>| of(&route.read()).or_else(|| before.cloned().flatten()));
    Effect::new(move |_| {
        link.generation();
        if let Some(whose) = whose.get() {
            want(&whose);
        }
    });
    let again = Callback::new(move |()| {
        if let Some(whose) = whose.get_untracked() {
            read(&whose);
        }
    });
    Actions::here().offer(Act::RefreshList, again);
    Opened { whose, again }
}

/// How many there are, growing; Stop while it grows.
#[component]
pub(crate) fn Counter(listing: Listing, words: Words, test_id: &'static str) -> impl IntoView {
    let count = move || view::words::count(listing.names.read().len() as u64);
    let sentence = move || match &*listing.progress.read() {
        Progress::Idle => String::new(),
        Progress::Running if listing.names.read().is_empty() => view::text("ui.reading", &[]),
        Progress::Running => {
            let page = view::words::count(u64::from(listing.pages.get()));
            view::text(words.so_far, &[("count", &count()), ("page", &page)])
        }
        Progress::Stopped | Progress::Failed(_) | Progress::Partial if listing.names.read().is_empty() => {
            String::new()
        }
        Progress::Stopped | Progress::Failed(_) | Progress::Partial => {
            view::text(words.stopped, &[("count", &count())])
        }
        Progress::Complete => view::text(words.count, &[("count", &count())]),
    };
    let running = Memo::new(move |_| *listing.progress.read() == Progress::Running);
    view! {
        <span class="counter" data-testid=test_id>{sentence}</span>
        <Show when=move || running.get()>
            <Stop run=Callback::new(move |()| listing.stop()) test_id="stop" />
        </Show>
    }
}

/// Stops what is being read; so does Escape, while it is there.
#[component]
pub(crate) fn Stop(run: Callback<()>, test_id: &'static str) -> impl IntoView {
    Actions::here().offer(Act::Stop, run);
    view! {
        <button type="button" class="btn small" data-testid=test_id on:click=move |_| run.run(())>
            <Icon name="x" /><span>{view::text("ui.list.stop", &[])}</span>
        </button>
    }
}

/// Reads the list anew, and says how old it is.
#[component]
pub(crate) fn Refresh(listing: Listing, again: Callback<()>, now: Now) -> impl IntoView {
    let label = view::text("ui.list.refresh", &[]);
    let read = move || {
        let at = listing.read_at.get()?;
        let now = now.get();
        let at = at as i64;
        let said = if now - at < 60_000 {
            view::text("ui.list.read_now", &[])
        } else {
            view::text("ui.list.read_ago", &[("age", &view::time::ago(at, now))])
        };
        Some(
            view! { <span class="list-age quiet" data-testid="list-age" title=view::time::written(at)>{said}</span> },
        )
    };
    view! {
        {read}
        <button type="button" class="icon-btn framed" class:is-turning=move || *listing.progress.read() == Progress::Running
            aria-label=label.clone() title=label on:click=move |_| again.run(())>
            <Icon name="refresh" />
        </button>
    }
}

/// What went wrong after names had come: they stay, and a bar says what is missing.
#[component]
pub(crate) fn Bars(listing: Listing, again: Callback<()>) -> impl IntoView {
    let failed = move || match &*listing.progress.read() {
        Progress::Failed(error) if !listing.names.read().is_empty() => Some(error.clone()),
        _ => None,
    };
    let cut = move || *listing.progress.read() == Progress::Partial;
    let worst = move || {
        let findings = listing.findings.read();
        let worst = findings.iter().max_by_key(|finding| finding.severity)?;
        let sentence = view::words::finding(worst);
        (worst.severity > Severity::Info || cut()).then(|| (worst.id.clone(), sentence, findings.len()))
    };
    view! {
        {move || failed().map(|error| view! {
            <div class="bar" role="alert" data-testid="list-failed">
                <Icon name="sev-warning" />
                <span class="bar-text">
                    <b>{view::text("ui.list.partial", &[])}</b>" "<bdi>{view::visible(&error.message)}</bdi>
                    {error.registry_says.first().map(|says| format!(" {}", view::visible(says)))}
                </span>
                <button type="button" class="btn small" on:click=move |_| again.run(())>
                    <Icon name="refresh" /><span>{view::text("ui.list.again", &[])}</span>
                </button>
            </div>
        })}
        {move || worst().map(|(id, sentence, count)| {
            view! {
                <div class="bar" role="status" data-testid="list-finding" data-id=id.clone()>
                    <Icon name="sev-warning" />
                    <span class="bar-text">
                        {cut().then(|| view! { <b>{view::text("ui.list.cut", &[])}" "</b> })}
                        {sentence}" "<span class="quiet">{id.clone()}</span>
                    </span>
                    {(count > 1).then(|| view! {
                        <span class="quiet">
                            {view::text("ui.list.findings", &[("count", &view::words::count(count as u64))])}
                        </span>
                    })}
                </div>
            }
        })}
    }
}

/// How many of all are shown, and which keys help.
#[component]
pub(crate) fn ListFoot(listing: Listing, shown: Signal<usize>, words: Words) -> impl IntoView {
    let some = move || !listing.names.read().is_empty();
    let sentence = move || {
        let all = view::words::count(listing.names.read().len() as u64);
        let shown = view::words::count(shown.get() as u64);
        let pages = view::words::count(u64::from(listing.pages.get()));
        let first = view::text(words.shown, &[("shown", &shown), ("count", &all)]);
        let read = view::text("ui.list.pages", &[("count", &pages)]);
        format!("{first}, {read}")
    };
    let complete = move || *listing.progress.read() == Progress::Complete;
    view! {
        <div class="list-foot" class:is-empty=move || !some()>
            <span class="list-foot-text cut" role="status">
                {move || complete().then(|| view! { <Icon name="check" /> })}
                {move || some().then(sentence)}
            </span>
            <span class="keys" aria-hidden="true">
                <kbd>"↑"</kbd><kbd>"↓"</kbd>{view::text("ui.keys.move", &[])}
                <ActCaps act=Act::OpenRow />{view::text("ui.keys.open", &[])}
            </span>
        </div>
    }
}
