//! What is asked for the rows that are seen, when, and how much at a time?
//!
//! As soon as a row is seen: one `HEAD`, which tells digest and type. When the rows have rested: one summary for each
//! distinct digest. What scrolls past leaves the queue, and its request ends. When the registry says that it is too
//! much, nothing more is asked until the reader goes on.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::Arc,
    time::Duration,
};

use api::{Code, Error, Head, Summarize};
use leptos::prelude::*;
use oci::{Digest, Reference};

use super::Tags;
use crate::{
    client::Client,
    registries::Known,
    shared::{
        listing::Progress,
        seen::{Answer, Seen, Sight, Whose},
        task::{self, Task},
    },
};

/// How long the rows must rest before they are summarised.
const REST: Duration = Duration::from_millis(150);
/// How long they must be still before they are asked for at all.
const STILL: Duration = Duration::from_millis(50);
/// The same while the list grows: what is seen now is pushed away by what comes.
const STILL_GROWING: Duration = Duration::from_millis(500);
/// At most so much is asked at a time; the host has a limit of its own.
const MOST: usize = 8;
/// Before the rows rest, at most so many of them are asked for.
const MOST_AT_FIRST: usize = 36;

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Work {
    /// What a tag points to.
    Head(Arc<str>),
    /// What a manifest says.
    Summary(Digest),
}

struct Running {
    _task: Task,
    /// Whether it is for the whole list, not for the rows that are seen.
    rest: bool,
}

/// What fills the rows. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Fill {
    /// Why nothing more is asked.
    pub(super) paused: RwSignal<Option<Error>>,
    /// Tags whose sizes were asked for where they are not read by themselves.
    pub(super) wanted: RwSignal<HashSet<Arc<str>>>,
    /// Grows each time an answer has come.
    pub(super) answered: RwSignal<u32>,
    /// What is left of the whole list, where all of it is to be read.
    pub(super) rest: StoredValue<Rest>,
    queue: StoredValue<VecDeque<Work>>,
    running: StoredValue<HashMap<Work, Running>>,
    whose: Memo<Option<Whose>>,
    client: Client,
    seen: Seen,
    known: Known,
}

/// Tags of the whole list that are still to be read.
#[derive(Debug, Default)]
pub(super) struct Rest {
    /// Their names.
    pub(super) names: VecDeque<Arc<str>>,
    /// Whether their sizes are wanted, not only their digests.
    pub(super) sizes: bool,
}

impl Fill {
    /// Fills the rows of a screen: those on it, and the current one.
    pub(super) fn new(
        tags: Tags,
        whose: Memo<Option<Whose>>,
        on_screen: Memo<Vec<Arc<str>>>,
        current: Memo<Option<Arc<str>>>,
    ) -> Self {
        let fill = Self {
            paused: RwSignal::new(None),
            wanted: RwSignal::new(HashSet::new()),
            answered: RwSignal::new(0),
            rest: StoredValue::new(Rest::default()),
            queue: StoredValue::new(VecDeque::new()),
            running: StoredValue::new(HashMap::new()),
            whose,
            client: tags.client,
            seen: tags.seen,
            known: Known::here(),
        };
        // 0: the rows move; 1: they are still; 2: they rest.
        let calm = RwSignal::new(0_u8);
        let timers = StoredValue::new(Vec::<TimeoutHandle>::new());
        let stop_timers = move || {
            let waiting = timers.try_update_value(std::mem::take).unwrap_or_default();
            waiting.into_iter().for_each(|timer| timer.clear());
        };
        Effect::new(move |before: Option<bool>| {
            let some = !on_screen.read().is_empty();
            stop_timers();
            let growing = *tags.listing.progress.read_untracked() == Progress::Running;
            let still = match before {
                Some(true) if growing => STILL_GROWING,
                Some(true) => STILL,
                _ if growing => STILL,
                _ => Duration::ZERO,
            };
            calm.set(0);
            let after = move |level: u8, pause: Duration| {
                set_timeout_with_handle(
                    move || {
                        let _ = calm.try_set(level);
                    },
                    pause,
                )
                .ok()
            };
            let set = [after(1, still), after(2, still + REST)];
            timers.set_value(set.into_iter().flatten().collect());
            some
        });
        let link = fill.client.link;
        let generation = tags.listing.read_at;
        Effect::new(move |_| {
            link.generation();
            generation.track();
            fill.answered.track();
            let (rows, wanted, calm) = (on_screen.read(), fill.wanted.read(), calm.get());
            // Of another platform, size and creation are asked anew.
            fill.seen.platform.track();
            let plan = fill.plan(&rows, current.get().as_ref(), &wanted, calm);
            if fill.paused.read().is_none() {
                fill.want(plan);
            } else {
                fill.want(VecDeque::new());
            }
        });
        on_cleanup(move || {
            stop_timers();
            fill.stop_all();
        });
        fill
    }

    fn plan(
        self,
        rows: &[Arc<str>],
        current: Option<&Arc<str>>,
        wanted: &HashSet<Arc<str>>,
        calm: u8,
    ) -> VecDeque<Work> {
        let mut plan = VecDeque::new();
        let Some(whose) = self.whose.get_untracked() else { return plan };
        if calm == 0 {
            return plan;
        }
        let first = if calm == 1 { MOST_AT_FIRST } else { usize::MAX };
        let mut digests = Vec::new();
        let sparing = self.known.counts_reads(&whose.0);
        for name in current.into_iter().chain(rows).take(first) {
            match self.seen.head_now(&whose, name) {
                None | Some(Answer::Asked) if name.parse::<oci::Tag>().is_ok() => {
                    plan.push_back(Work::Head(Arc::clone(name)));
                }
                Some(Answer::Here(sight)) => {
                    let unread = !self.seen.summary_came(&whose, &sight.digest);
                    let may = !sparing || current == Some(name) || wanted.contains(name);
                    if unread && may && !digests.contains(&sight.digest) {
                        digests.push(sight.digest.clone());
                    }
                }
                _ => {}
            }
        }
        if calm == 2 {
            plan.extend(digests.into_iter().map(Work::Summary));
        }
        plan
    }

    /// From now on this is asked, in this order, and nothing else of what rows want.
    fn want(self, plan: VecDeque<Work>) {
        let given_up = self.running.try_update_value(|running| {
            let lost: Vec<Work> = running
                .iter()
                .filter(|(work, running)| !running.rest && !plan.contains(work))
                .map(|(work, _)| work.clone())
                .collect();
            for work in &lost {
                running.remove(work);
            }
            lost
        });
        for work in given_up.into_iter().flatten() {
            self.is_not(&work);
        }
        self.queue.set_value(plan);
        self.pump();
    }

    /// Starts as much as may run.
    pub(super) fn pump(self) {
        loop {
            let busy = self.running.try_with_value(HashMap::len).unwrap_or(MOST);
            if busy >= MOST || self.paused.read_untracked().is_some() {
                return;
            }
            let queued = self.queue.try_update_value(|queue| {
                while let Some(work) = queue.pop_front() {
                    let running = self.running.with_value(|running| running.contains_key(&work));
                    // The plan was made before some of it was answered.
                    if !running && !self.is_answered(&work) {
                        return Some(work);
                    }
                }
                None
            });
            match queued.flatten() {
                Some(work) => self.start(work, false),
                None => match self.next_of_the_rest() {
                    Some(work) => self.start(work, true),
                    None => return,
                },
            }
        }
    }

    fn is_answered(self, work: &Work) -> bool {
        match work {
            Work::Head(name) => self.whose.get_untracked().is_none_or(|whose| {
                matches!(self.seen.head_now(&whose, name), Some(Answer::Here(_) | Answer::Failed(_)))
            }),
            Work::Summary(digest) => {
                self.whose.get_untracked().is_none_or(|whose| self.seen.summary_came(&whose, digest))
            }
        }
    }

    fn next_of_the_rest(self) -> Option<Work> {
        let whose = self.whose.get_untracked()?;
        self.rest.try_update_value(|rest| {
            for _ in 0..rest.names.len() {
                let name = rest.names.pop_front()?;
                match self.seen.head_now(&whose, &name) {
                    None if name.parse::<oci::Tag>().is_ok() => {
                        let work = Work::Head(Arc::clone(&name));
                        // Its digest is looked at when it is known.
                        rest.names.push_front(name);
                        return Some(work);
                    }
                    Some(Answer::Here(sight)) if rest.sizes => {
                        match self.seen.summary_now(&whose, &sight.digest) {
                            None => {
                                rest.names.push_front(name);
                                return Some(Work::Summary(sight.digest.clone()));
                            }
                            Some(Answer::Asked) => rest.names.push_back(name),
                            Some(_) => {}
                        }
                    }
                    Some(Answer::Asked) => rest.names.push_back(name),
                    _ => {}
                }
            }
            None
        })?
    }

    fn start(self, work: Work, rest: bool) {
        let Some(whose) = self.whose.get_untracked() else { return };
        let asked = work.clone();
        match &work {
            Work::Head(name) => self.seen.head_is(&whose, Arc::clone(name), Answer::Asked),
            Work::Summary(digest) => {
                let platform = self.seen.platform.get_untracked();
                self.seen.summary_is(&whose, digest.clone(), platform.as_deref(), Answer::Asked);
            }
        }
        let task = task::start(async move {
            let failed = match &asked {
                Work::Head(name) => self.ask_head(&whose, name).await,
                Work::Summary(digest) => self.ask_summary(&whose, digest).await,
            };
            if let Some(error) = failed {
                self.failed(&whose, &asked, error);
            }
            let _ = self.running.try_update_value(|running| running.remove(&asked));
            let _ = self.answered.try_update(|count| *count = count.wrapping_add(1));
            self.pump();
        });
        self.running.update_value(|running| {
            running.insert(work, Running { _task: task, rest });
        });
    }

    async fn ask_head(self, whose: &Whose, name: &Arc<str>) -> Option<Error> {
        let (host, repository) = whose.clone();
        let tag = name.parse().ok()?;
        let reference = Reference { host, repository, tag: Some(tag), digest: None };
        match self.client.call(Head { reference: reference.clone() }).await {
            Ok(headed) if headed.reference == reference => {
                let sight = Sight { digest: headed.digest, media_type: headed.media_type };
                self.seen.head_is(whose, Arc::clone(name), Answer::Here(Arc::new(sight)));
                None
            }
            Ok(other) => {
                let why = view::text("ui.tags.other_answer", &[("reference", &other.reference.to_string())]);
                Some(Error::new(Code::Internal, why))
            }
            Err(error) => Some(error),
        }
    }

    async fn ask_summary(self, whose: &Whose, digest: &Digest) -> Option<Error> {
        let (registry, repository) = whose.clone();
        let platform = self.seen.platform.get_untracked();
        let asked = Summarize { registry, repository, digest: digest.clone(), platform: platform.clone() };
        match self.client.call(asked).await {
            Ok(mut summary) if summary.digest == *digest => {
                summary.exchanges = Vec::new();
                self.seen.summary_is(
                    whose,
                    digest.clone(),
                    platform.as_deref(),
                    Answer::Here(Arc::new(summary)),
                );
                None
            }
            Ok(other) => {
                let why = view::text("ui.tags.other_answer", &[("reference", other.digest.as_str())]);
                Some(Error::new(Code::Internal, why))
            }
            Err(error) => Some(error),
        }
    }

    fn failed(self, whose: &Whose, work: &Work, error: Error) {
        match error.code {
            // Asked again when the host is back, or when the reader goes on.
            Code::HostGone => self.is_not(work),
            Code::RateLimited => {
                self.is_not(work);
                let _ = self.paused.try_set(Some(error));
            }
            _ => {
                let error = Arc::new(Error { exchanges: Vec::new(), ..error });
                match work {
                    Work::Head(name) => self.seen.head_is(whose, Arc::clone(name), Answer::Failed(error)),
                    Work::Summary(digest) => {
                        let platform = self.seen.platform.get_untracked();
                        self.seen.summary_is(
                            whose,
                            digest.clone(),
                            platform.as_deref(),
                            Answer::Failed(error),
                        );
                    }
                }
            }
        }
    }

    /// A question was given up: nobody asked.
    fn is_not(self, work: &Work) {
        let Some(whose) = self.whose.try_get_untracked().flatten() else { return };
        match work {
            Work::Head(name) => self.seen.head_is_not(&whose, name),
            Work::Summary(digest) => self.seen.summary_is_not(&whose, digest),
        }
    }

    /// Ends everything that runs: the list is read anew, or nobody looks at it any more.
    pub(super) fn stop_all(self) {
        let lost = self.running.try_update_value(std::mem::take).unwrap_or_default();
        for work in lost.keys() {
            self.is_not(work);
        }
        let _ = self.queue.try_update_value(VecDeque::clear);
    }

    /// Ends what runs for the whole list.
    pub(super) fn stop_rest(self) {
        self.rest.update_value(|rest| rest.names.clear());
        let lost = self.running.try_update_value(|running| {
            let lost: Vec<Work> =
                running.iter().filter(|(_, running)| running.rest).map(|(work, _)| work.clone()).collect();
            lost.iter().for_each(|work| drop(running.remove(work)));
            lost
        });
        for work in lost.unwrap_or_default() {
            self.is_not(&work);
        }
        self.answered.update(|count| *count = count.wrapping_add(1));
    }

    /// How many of the whole list are still to be read.
    pub(super) fn left(self) -> usize {
        self.rest.with_value(|rest| rest.names.len())
    }
}
