//! How does something become a file, and how far is it?
//!
//! The host fetches and verifies; only then the browser downloads it, or the window's host puts it where the user
//! chose. Several may run at once; they stand in one small list.

use std::{sync::Arc, time::Duration};

use api::{Code, Error, Save, SaveProgress, SaveWhat};
use futures_util::StreamExt;
use leptos::prelude::*;
use oci::{Digest, Host, RepositoryName};
use web_sys::KeyboardEvent;

use super::{
    error_state::ErrorState,
    icon::Icon,
    task::{self, Task},
};
use crate::{client::Client, keys::Act, shell::actions::Actions};

/// What is to be saved.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ToSave {
    /// The registry.
    pub(crate) registry: Host,
    /// The repository.
    pub(crate) repository: RepositoryName,
    /// What it is.
    pub(crate) digest: Digest,
    /// Through which endpoint it is read.
    pub(crate) what: SaveWhat,
    /// Its length by its descriptor.
    pub(crate) size: Option<u64>,
    /// The name of the file.
    pub(crate) name: String,
}

/// How far one is.
#[derive(Debug, Clone, PartialEq)]
enum State {
    /// Asked, nothing has come yet.
    Asked,
    /// On its way.
    Running(SaveProgress),
    /// In the hands of the browser, or at its place.
    Done(Option<String>),
    /// It failed; nothing was written.
    Failed(Error),
    /// The user cancelled it.
    Cancelled,
}

/// One save in the list.
#[derive(Clone)]
struct Job {
    number: u64,
    save: ToSave,
    state: RwSignal<State>,
    task: StoredValue<Option<Task>>,
    /// What the host holds of it, fetched and verified, until it is at its place.
    ticket: StoredValue<Option<String>>,
}

impl Job {
    fn is_running(&self) -> bool {
        matches!(*self.state.read(), State::Asked | State::Running(_))
    }

    /// Ends it; what came so far stays with the host, and saving again goes on from there.
    fn stop(&self) {
        self.task.set_value(None);
        self.state.set(State::Cancelled);
    }
}

/// How many are listed.
const MOST: usize = 20;
/// How long one that is done stays in the list, unless somebody is at it.
const STAYS: Duration = Duration::from_secs(20);

/// All that were begun on this page. Copies are the same.
#[derive(Clone, Copy)]
pub(crate) struct Saves {
    jobs: RwSignal<Vec<Job>>,
    next: StoredValue<u64>,
    client: Client,
    owner: StoredValue<Owner>,
}

impl Saves {
    /// Nothing is saved yet.
    pub(crate) fn provide() {
        // What runs outlives the screen that began it.
        let owner = StoredValue::new(Owner::current().unwrap_or_default());
        let client = Client::here();
        provide_context(Self { jobs: RwSignal::new(Vec::new()), next: StoredValue::new(0), client, owner });
    }

    /// Those of this page.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// Begins to save.
    pub(crate) fn start(self, save: ToSave) {
        self.owner.with_value(|owner| {
            owner.with(|| {
                let number = self.next.get_value();
                self.next.set_value(number + 1);
                let job = Job {
                    number,
                    save,
                    state: RwSignal::new(State::Asked),
                    task: StoredValue::new(None),
                    ticket: StoredValue::new(None),
                };
                self.jobs.update(|jobs| {
                    jobs.push(job.clone());
                    let beyond = jobs.len().saturating_sub(MOST);
                    jobs.drain(..beyond);
                });
                self.run(&job);
            });
        });
    }

    fn run(self, job: &Job) {
        let (client, save, state, ticket) = (self.client, job.save.clone(), job.state, job.ticket);
        let number = job.number;
        state.set(State::Asked);
        let work = async move {
            let ended = match fetch(client, save, state, ticket).await {
                Ok(ended) => ended,
                Err(error) => State::Failed(error),
            };
            let is_done = matches!(ended, State::Done(_));
            let _ = state.try_set(ended);
            if is_done {
                self.fade(number);
            }
        };
        job.task.set_value(Some(task::start(work)));
    }

    /// Takes one that is done from the list after a while: what went well needs no hand to clear it away.
    fn fade(self, number: u64) {
        let fade = move || {
            const AT_IT: &str = "[data-testid=saves]:is(:hover, :focus-within)";
            if matches!(document().query_selector(AT_IT), Ok(Some(_))) {
                self.fade(number);
            } else {
                self.forget(number);
            }
        };
        set_timeout(fade, STAYS);
    }

    /// Ends the one that was begun last of those that run.
    fn stop_last(self) {
        let jobs = self.jobs.get_untracked();
        if let Some(last) = jobs.iter().rfind(|job| untrack(|| job.is_running())) {
            last.stop();
        }
    }

    fn forget(self, number: u64) {
        self.jobs.update(|jobs| jobs.retain(|job| job.number != number));
    }
}

async fn fetch(
    client: Client,
    save: ToSave,
    state: RwSignal<State>,
    kept: StoredValue<Option<String>>,
) -> Result<State, Error> {
    let place = if client.is_desktop() {
        match client.choose_place(&save.name).await? {
            Some(place) => Some(place),
            None => return Ok(State::Cancelled),
        }
    } else {
        None
    };
    // What came before and found no room at its place needs another place only.
    if let (Some(place), Some(ticket)) = (&place, kept.try_get_value().flatten()) {
        match client.place_saved(place, &ticket).await {
            // The host has forgotten it meanwhile.
            Err(error) if error.code == Code::BadRequest => kept.set_value(None),
            placed => return placed.map(|path| State::Done(Some(path))),
        }
    }
    let ToSave { registry, repository, digest, what, size, name } = save;
    let mut events = client.watch(&Save { registry, repository, digest, what, size });
    let mut ticket = None;
    while let Some(event) = events.next().await {
        let progress = event?;
        ticket = progress.ticket.clone().or(ticket);
        let _ = state.try_set(State::Running(progress));
    }
    let Some(ticket) = ticket else {
        return Err(Error::new(Code::Internal, view::text("ui.save.no_ticket", &[])));
    };
    match place {
        Some(place) => {
            let _ = kept.try_set_value(Some(ticket.clone()));
            client.place_saved(&place, &ticket).await.map(|path| State::Done(Some(path)))
        }
        None => {
            client.download(&ticket, &name);
            Ok(State::Done(None))
        }
    }
}

/// `Save 28.4 MB`: says the size before anything is fetched.
#[component]
pub(crate) fn SaveButton(
    /// What it saves.
    save: ToSave,
) -> impl IntoView {
    let saves = Saves::here();
    let mut words = match save.size {
        Some(size) => view::text("ui.save.button", &[("size", &view::words::size(size))]),
        None => view::text("ui.save.button_unknown", &[]),
    };
    // Dots promise a question: the browser asks none.
    if saves.client.is_desktop() {
        words = view::text("ui.save.button_asks", &[("words", &words)]);
    }
    let title = view::text("ui.save.as", &[("words", &words), ("name", &view::visible(&save.name))]);
    let digest = save.digest.to_string();
    view! {
        <button type="button" class="btn small save-button" data-testid="save" data-digest=digest title=title.clone()
            aria-label=title
            on:click=move |event| {
                event.stop_propagation();
                saves.start(save.clone());
            }>
            <Icon name="download" /><span>{words}</span>
        </button>
    }
}

/// The list of what is being saved; nothing where there is none. Escape stops the one that has the focus, or else the
/// last one, where there is nothing before it that Escape leaves.
#[component]
pub(crate) fn SaveList() -> impl IntoView {
    let saves = Saves::here();
    let any = move || !saves.jobs.read().is_empty();
    let running = Memo::new(move |_| saves.jobs.read().iter().any(Job::is_running));
    let actions = Actions::here();
    Effect::new(move |_| {
        if running.get() {
            actions.offer(Act::StopSaving, Callback::new(move |()| saves.stop_last()));
        }
    });
    view! {
        <Show when=any>
            <section class="saves" aria-label=view::text("ui.save.list", &[]) data-testid="saves">
                <For each=move || saves.jobs.get() key=|job| job.number let:job>
                    <Row job saves />
                </For>
            </section>
        </Show>
    }
}

/// One save.
#[component]
fn Row(job: Job, saves: Saves) -> impl IntoView {
    let (number, state) = (job.number, job.state);
    let name = view::visible(&job.save.name);
    let size = job.save.size;
    let kept = Arc::new(job);
    let pressed = {
        let kept = Arc::clone(&kept);
        move |event: KeyboardEvent| {
            if event.key() == "Escape" && untrack(|| kept.is_running()) {
                event.prevent_default();
                kept.stop();
            }
        }
    };
    let act = {
        let kept = Arc::clone(&kept);
        move || match state.get() {
            State::Asked | State::Running(_) => {
                let kept = Arc::clone(&kept);
                view! {
                    <button type="button" class="btn small" data-testid="save-cancel" on:click=move |_| kept.stop()>
                        {view::text("ui.shared.cancel", &[])}
                    </button>
                }
                .into_any()
            }
            State::Done(_) | State::Failed(_) | State::Cancelled => {
                let again = matches!(state.get(), State::Failed(_) | State::Cancelled).then(|| {
                    let kept = Arc::clone(&kept);
                    view! {
                        <button type="button" class="btn small" data-testid="save-again"
                            on:click=move |_| saves.run(&kept)>{view::text("ui.save.again", &[])}</button>
                    }
                });
                let close = view::text("ui.save.close", &[]);
                view! {
                    {again}
                    <button type="button" class="copy" aria-label=close.clone() title=close
                        data-testid="save-close" on:click=move |_| saves.forget(number)><Icon name="x" /></button>
                }
                .into_any()
            }
        }
    };
    let bar = move || match state.get() {
        State::Running(progress) => {
            let total = progress.total.or(size);
            Some(
                view! { <progress max=total.map(|total| total.to_string()) value=progress.received.to_string()
                aria-label=view::text("ui.save.progress", &[])></progress> },
            )
        }
        _ => None,
    };
    let failed = move || match state.get() {
        State::Failed(error) => Some(view! { <div class="save-error"><ErrorState error here=false /></div> }),
        _ => None,
    };
    let phase = move || match &*state.read() {
        State::Asked => "asked",
        State::Running(_) => "running",
        State::Done(_) => "done",
        State::Failed(_) => "failed",
        State::Cancelled => "cancelled",
    };
    view! {
        <div class="save" data-testid="save-row" data-state=phase on:keydown=pressed>
            <div class="save-head">
                <bdi class="save-name" title=name.clone()>{name.clone()}</bdi>
                <span class="save-acts">{act}</span>
            </div>
            <p class="save-line" role="status" data-testid="save-line">{move || line(&state.read(), size)}</p>
            {bar}
            {failed}
        </div>
    }
}

/// How far it is, in words.
fn line(state: &State, size: Option<u64>) -> String {
    match state {
        State::Asked => view::text("ui.save.asked", &[]),
        State::Running(progress) => {
            let received = view::words::size(progress.received);
            let total =
                progress.total.or(size).map_or_else(|| view::text("ui.save.unknown", &[]), view::words::size);
            // A rate is some whole number of bytes.
            let rate = view::words::size(progress.bytes_per_second.max(0.0) as u64);
            let line =
                view::text("ui.save.line", &[("received", &received), ("total", &total), ("rate", &rate)]);
            if progress.resumed_from == 0 {
                return line;
            }
            let from = view::words::size(progress.resumed_from);
            format!("{line} {}", view::text("ui.save.resumed", &[("from", &from)]))
        }
        State::Done(Some(path)) => view::text("ui.save.done_at", &[("path", &view::visible(path))]),
        State::Done(None) => view::text("ui.save.done", &[]),
        State::Failed(_) => view::text("ui.save.failed", &[]),
        State::Cancelled => view::text("ui.save.cancelled", &[]),
    }
}
