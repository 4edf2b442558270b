//! How does a list grow while one looks at it, and how does it stop?

use std::{sync::Arc, time::Duration};

use api::{Error, Watch};
use futures_util::StreamExt;
use leptos::prelude::*;
use oci::Finding;

use super::task::{self, Task};
use crate::client::Client;

/// Names come faster than they can be drawn: they are added at most this often.
const PAUSE: Duration = Duration::from_millis(60);
/// The same for a list so long that sorting it is work.
const LONG_PAUSE: Duration = Duration::from_millis(400);
/// From this many names on a list is long.
const LONG: usize = 10_000;
/// How many findings are kept; a list that is wrong on every page is wrong for the same reason.
const MOST_FINDINGS: usize = 50;

/// How far the list is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Progress {
    /// Nothing was asked yet.
    Idle,
    /// It grows.
    Running,
    /// The registry said that this is all.
    Complete,
    /// The user stopped it.
    Stopped,
    /// It ended early; the findings say why.
    Partial,
    /// It failed; what came before stays.
    Failed(Error),
}

/// One page of names.
pub(crate) struct Page {
    /// The names that it added.
    pub(crate) names: Vec<String>,
    /// Its number, from 1.
    pub(crate) number: u32,
    /// Whether nothing follows.
    pub(crate) complete: bool,
    /// What was wrong with it.
    pub(crate) findings: Vec<Finding>,
}

/// A list of names that is read from a stream. Copies are the same.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Listing {
    /// The names in the registry's own order.
    pub(crate) names: RwSignal<Vec<Arc<str>>>,
    /// How many pages were read.
    pub(crate) pages: RwSignal<u32>,
    /// How far it is.
    pub(crate) progress: RwSignal<Progress>,
    /// What was wrong.
    pub(crate) findings: RwSignal<Vec<Finding>>,
    /// When it ended, in milliseconds since 1970.
    pub(crate) read_at: RwSignal<Option<f64>>,
    task: StoredValue<Option<Task>>,
    /// The last page that came.
    page: StoredValue<u32>,
    /// Names that came and are not in the list yet.
    waiting: StoredValue<Vec<String>>,
    /// Whether a timer will add them.
    due: StoredValue<bool>,
}

impl Listing {
    /// An empty list that asked nothing yet.
    pub(crate) fn new() -> Self {
        Self {
            names: RwSignal::new(Vec::new()),
            pages: RwSignal::new(0),
            progress: RwSignal::new(Progress::Idle),
            findings: RwSignal::new(Vec::new()),
            read_at: RwSignal::new(None),
            task: StoredValue::new(None),
            page: StoredValue::new(0),
            waiting: StoredValue::new(Vec::new()),
            due: StoredValue::new(false),
        }
    }

    /// Forgets everything and ends the work behind it.
    pub(crate) fn clear(self) {
        self.task.set_value(None);
        self.waiting.set_value(Vec::new());
        self.page.set_value(0);
        self.names.set(Vec::new());
        self.pages.set(0);
        self.findings.set(Vec::new());
        self.read_at.set(None);
        self.progress.set(Progress::Idle);
    }

    /// Reads anew.
    pub(crate) fn start<W: Watch>(self, client: Client, request: &W, page: fn(W::Event) -> Page) {
        self.clear();
        self.progress.set(Progress::Running);
        let mut events = client.watch(request);
        self.task.set_value(Some(task::start(async move {
            let mut complete = false;
            let ended = loop {
                match events.next().await {
                    Some(Ok(event)) => {
                        let page = page(event);
                        complete = page.complete;
                        self.page.set_value(page.number);
                        self.note(page.findings);
                        self.waiting.update_value(|waiting| waiting.extend(page.names));
                        self.add_soon();
                    }
                    Some(Err(error)) => break Progress::Failed(error),
                    None if complete => break Progress::Complete,
                    None => break Progress::Partial,
                }
            };
            self.add();
            self.came();
            self.progress.set(ended);
        })));
    }

    /// Ends the work; what came stays.
    pub(crate) fn stop(self) {
        self.task.set_value(None);
        self.add();
        if self.is_running() {
            self.came();
            self.progress.set(Progress::Stopped);
        }
    }

    /// Notes when what there is was read; of a list without a page there is nothing to be old.
    fn came(self) {
        self.read_at.set((self.page.get_value() > 0).then(js_sys::Date::now));
    }

    /// Whether it grows now. Not tracked.
    pub(crate) fn is_running(self) -> bool {
        matches!(&*self.progress.read_untracked(), Progress::Running)
    }

    /// Adds the waiting names: the first at once, later ones after a pause, in which more may come.
    fn add_soon(self) {
        let length = self.names.read_untracked().len();
        if length == 0 {
            self.add();
        } else if !self.due.get_value() {
            self.due.set_value(true);
            let pause = if length < LONG { PAUSE } else { LONG_PAUSE };
            set_timeout(
                move || {
                    self.due.set_value(false);
                    self.add();
                },
                pause,
            );
        }
    }

    fn add(self) {
        let waiting = self.waiting.try_update_value(std::mem::take).unwrap_or_default();
        // The number of the page and the count of names tell one story.
        let page = self.page.get_value();
        if page != *self.pages.read_untracked() {
            self.pages.set(page);
        }
        if !waiting.is_empty() {
            self.names.update(|names| names.extend(waiting.into_iter().map(Arc::from)));
        }
    }

    fn note(self, findings: Vec<Finding>) {
        let room = MOST_FINDINGS.saturating_sub(self.findings.read_untracked().len());
        if room > 0 && !findings.is_empty() {
            self.findings.update(|known| known.extend(findings.into_iter().take(room)));
        }
    }
}
