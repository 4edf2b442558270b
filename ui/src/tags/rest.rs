//! How is the whole list read where an order or a group needs all of it?

use std::{collections::VecDeque, sync::Arc, time::Duration};

use leptos::prelude::*;

use super::{Tags, fill::Fill, shown::Shown};
use crate::{
    registries,
    shared::{
        growing::Stop,
        icon::Icon,
        listing::Progress,
        seen::{Answer, Seen, Whose},
    },
};

/// How often the order follows what comes meanwhile.
const SETTLE: Duration = Duration::from_millis(1000);

/// The reading of all that is not read yet. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Rest {
    /// How many tags are to be read; 0 when nothing is.
    total: RwSignal<usize>,
    fill: Fill,
    settled: RwSignal<u32>,
    due: StoredValue<bool>,
}

/// How much of the list is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Known {
    read: usize,
    all: usize,
}

impl Rest {
    /// Nothing is to be read.
    pub(super) fn new(fill: Fill, settled: RwSignal<u32>) -> Self {
        let rest = Self { total: RwSignal::new(0), fill, settled, due: StoredValue::new(false) };
        Effect::new(move |_| {
            fill.answered.track();
            if rest.total.get_untracked() > 0 {
                if fill.left() == 0 {
                    rest.total.set(0);
                }
                rest.settle();
            }
        });
        rest
    }

    /// The order follows soon.
    fn settle(self) {
        if self.due.get_value() {
            return;
        }
        self.due.set_value(true);
        set_timeout(
            move || {
                if self.due.try_set_value(false).is_none() {
                    let _ = self.settled.try_update(|count| *count = count.wrapping_add(1));
                }
            },
            SETTLE,
        );
    }

    /// Reads what these tags point to.
    pub(super) fn read_these(self, names: VecDeque<Arc<str>>) {
        self.start(names, false);
    }

    fn start(self, names: VecDeque<Arc<str>>, sizes: bool) {
        self.total.set(names.len());
        self.fill.rest.update_value(|rest| {
            rest.names = names;
            rest.sizes = sizes;
        });
        self.fill.pump();
    }

    /// Stops; what was read stays.
    pub(super) fn stop(self) {
        self.total.set(0);
        self.fill.stop_rest();
        self.settled.update(|count| *count = count.wrapping_add(1));
    }
}

/// How much of the list an order or a group is made over; Stop, or a way to go on.
#[component]
pub(super) fn RestBar(
    tags: Tags,
    shown: Shown,
    whose: Memo<Option<Whose>>,
    fill: Fill,
    rest: Rest,
) -> impl IntoView {
    let (seen, registries) = (Seen::here(), registries::Known::here());
    let sizes = Memo::new(move |_| tags.order.read().needs_sizes());
    let needed = Memo::new(move |_| sizes.get() || tags.grouped.get());
    let is_read = move |whose: &Whose, name: &str, sizes: bool| match seen.head_now(whose, name) {
        Some(Answer::Here(sight)) if sizes => seen.summary_came(whose, &sight.digest),
        Some(Answer::Here(_) | Answer::Failed(_)) => true,
        Some(Answer::Asked) | None => false,
    };
    let go = Callback::new(move |()| {
        let (Some(whose), sizes) = (whose.get_untracked(), sizes.get_untracked()) else { return };
        let names = shown.names.read_untracked();
        rest.start(names.iter().filter(|name| !is_read(&whose, name, sizes)).cloned().collect(), sizes);
    });
    // An order by size or creation is a wish for all sizes, except where each counts against the reader's allowance.
    let whole = Memo::new(move |_| *tags.listing.progress.read() != Progress::Running);
    Effect::new(move |_| {
        let (sizes, whole) = (sizes.get(), whole.get());
        let sparing = whose.read_untracked().as_ref().is_none_or(|whose| registries.counts_reads(&whose.0));
        if sizes && whole && !sparing {
            go.run(());
        }
        if !needed.get() {
            rest.stop();
        }
    });
    // The rows do not jump while this number follows.
    let slow = RwSignal::new(0_u32);
    let due = StoredValue::new(false);
    Effect::new(move |_| {
        fill.answered.track();
        if !due.get_value() {
            due.set_value(true);
            set_timeout(
                move || {
                    if due.try_set_value(false).is_none() {
                        let _ = slow.try_update(|count| *count = count.wrapping_add(1));
                    }
                },
                Duration::from_millis(200),
            );
        }
    });
    let known = Memo::new(move |_| {
        slow.track();
        rest.total.track();
        let (Some(whose), true) = (whose.get(), needed.get()) else { return Known { read: 0, all: 0 } };
        let (names, sizes) = (shown.names.read(), sizes.get());
        let read = names.iter().filter(|name| is_read(&whose, name, sizes)).count();
        Known { read, all: names.len() }
    });
    let sentence = move || {
        let Known { read, all } = known.get();
        let (read, all) = (view::words::count(read as u64), view::words::count(all as u64));
        view::text("ui.tags.read_of", &[("read", &read), ("all", &all)])
    };
    let running = Memo::new(move |_| rest.total.get() > 0 && fill.paused.read().is_none());
    let visible = move || needed.get() && (running.get() || known.get().read < known.get().all);
    let costly =
        move || whose.read().as_ref().is_some_and(|whose| registries.counts_reads(&whose.0)) && sizes.get();
    view! {
        <Show when=visible>
            <div class="bar rest-bar" data-testid="rest">
                <Icon name="clock" />
                <span class="bar-text">
                    <span data-testid="rest-count" role="status">{sentence}</span>" "
                    <span class="quiet">
                        {move || view::text(if sizes.get() { "ui.tags.rest_last" } else { "ui.tags.rest_alone" }, &[])}
                        {move || (costly() && !running.get()).then(|| format!(" {}", view::text("ui.tags.rest_costs", &[])))}
                    </span>
                </span>
                {move || if running.get() {
                    view! { <Stop run=Callback::new(move |()| rest.stop()) test_id="rest-stop" /> }.into_any()
                } else {
                    view! {
                        <button type="button" class="btn small" data-testid="rest-read" on:click=move |_| go.run(())>
                            <Icon name="refresh" /><span>{view::text("ui.tags.rest_read", &[])}</span>
                        </button>
                    }.into_any()
                }}
            </div>
        </Show>
    }
}

/// The registry said that it is too much.
#[component]
pub(super) fn PausedBar(fill: Fill) -> impl IntoView {
    let sentence = move || {
        let error = fill.paused.get()?;
        Some(match error.retry_after_ms {
            Some(pause) => {
                let seconds = view::words::count(pause.div_ceil(1000));
                view::text("ui.tags.paused_for", &[("seconds", &seconds)])
            }
            None => view::text("ui.tags.paused", &[]),
        })
    };
    move || {
        sentence().map(|sentence| {
            view! {
                <div class="bar" role="alert" data-testid="paused">
                    <Icon name="sev-warning" />
                    <span class="bar-text">{sentence}</span>
                    <button type="button" class="btn small" data-testid="paused-go" on:click=move |_| fill.paused.set(None)>
                        <Icon name="refresh" /><span>{view::text("ui.tags.paused_go", &[])}</span>
                    </button>
                </div>
            }
        })
    }
}
