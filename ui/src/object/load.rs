//! How is something of an object read, and how does the reading end when nobody looks any more?

use std::sync::Arc;

use api::{BlobReading, Error, Exchange, Inspect, Inspection, LONGEST_BLOB, ReadBlob};
use leptos::prelude::*;
use oci::{Descriptor, Digest, Reference};

use super::{naming, said};
use crate::{
    client::Client,
    shared::{
        seen::Seen,
        task::{self, Task},
    },
};

/// How far a reading is.
#[derive(Debug)]
pub(super) enum Load<T> {
    /// Nothing is asked for.
    Idle,
    /// Asked, not answered.
    Reading,
    /// The user stopped it.
    Stopped,
    /// Here it is.
    Ready(Arc<T>),
    /// It failed.
    Failed(Error),
}

impl<T> Clone for Load<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Idle => Self::Idle,
            Self::Reading => Self::Reading,
            Self::Stopped => Self::Stopped,
            Self::Ready(answer) => Self::Ready(Arc::clone(answer)),
            Self::Failed(error) => Self::Failed(error.clone()),
        }
    }
}

/// One reading: its state, and what can be done to it.
pub(super) struct Reading<T: Send + Sync + 'static> {
    /// The state of what is asked for now, never of what was asked for before.
    pub(super) state: Signal<Load<T>>,
    /// Asks again.
    pub(super) again: Callback<()>,
    /// Stops asking.
    pub(super) stop: Callback<()>,
}

impl<T: Send + Sync + 'static> Clone for Reading<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Reading<T> {}

/// The exchanges that an object took, oldest first. Copies are the same.
#[derive(Debug, Clone, Copy)]
pub(super) struct Trace(RwSignal<Vec<Exchange>>);

/// How many exchanges are kept of one object.
const MOST: usize = 500;

impl Trace {
    /// None so far.
    pub(super) fn new() -> Self {
        Self(RwSignal::new(Vec::new()))
    }

    /// Adds exchanges; one that is here already is not added twice.
    fn note(self, exchanges: &[Exchange]) {
        if exchanges.is_empty() {
            return;
        }
        let _ = self.0.try_update(|all| {
            all.extend(exchanges.iter().cloned());
            all.sort_by_key(|exchange| exchange.id);
            all.dedup_by_key(|exchange| exchange.id);
            let beyond = all.len().saturating_sub(MOST);
            all.drain(..beyond);
        });
    }

    /// Adds those of an answer, good or not, and gives it on.
    pub(super) fn of<T>(
        self,
        answer: Result<T, Error>,
        exchanges: impl FnOnce(&T) -> &[Exchange],
    ) -> Result<T, Error> {
        self.note(answer.as_ref().map_or_else(|error| &*error.exchanges, exchanges));
        answer
    }

    /// All of them.
    pub(super) fn all(self) -> Vec<Exchange> {
        self.0.get()
    }
}

/// Reads what a key names, and again whenever it names something else. The request before is dropped with its task;
/// the last one goes with the component.
pub(super) fn read<K, T, F>(
    key: Signal<Option<K>>,
    ask: impl Fn(K) -> F + Send + Sync + 'static,
) -> Reading<T>
where
    K: Clone + PartialEq + Send + Sync + 'static,
    T: Send + Sync + 'static,
    F: Future<Output = Result<T, Error>> + 'static,
{
    let client = Client::here();
    let answered = RwSignal::new((None::<K>, Load::<T>::Reading));
    let running = StoredValue::new(None::<Task>);
    let ask = StoredValue::new(ask);
    let start = move |wanted: K| {
        answered.set((Some(wanted.clone()), Load::Reading));
        let Some(answer) = ask.try_with_value(|ask| ask(wanted.clone())) else { return };
        let work = async move {
            let load = match answer.await {
                Ok(answer) => Load::Ready(Arc::new(answer)),
                Err(error) => Load::Failed(error),
            };
            let _ = answered.try_set((Some(wanted), load));
        };
        running.set_value(Some(task::start(work)));
    };
    Effect::new(move |_| {
        // A host that is back is asked again, unless the answer is here already.
        client.link.generation();
        let Some(wanted) = key.get() else { return };
        let here = answered
            .with_untracked(|(of, load)| of.as_ref() == Some(&wanted) && matches!(load, Load::Ready(_)));
        if !here {
            start(wanted);
        }
    });
    let state = Signal::derive(move || match key.get() {
        None => Load::Idle,
        Some(wanted) => answered
            .with(|(of, load)| if of.as_ref() == Some(&wanted) { load.clone() } else { Load::Reading }),
    });
    let again = Callback::new(move |()| {
        if let Some(wanted) = key.get_untracked() {
            start(wanted);
        }
    });
    let stop = Callback::new(move |()| {
        running.set_value(None);
        answered.update(|(_, load)| {
            if matches!(load, Load::Reading) {
                *load = Load::Stopped;
            }
        });
    });
    Reading { state, again, stop }
}

/// Reads the object that a reference names. What is `noted` was opened by the user, and is remembered.
pub(super) fn object(reference: Signal<Option<Reference>>, noted: bool, trace: Trace) -> Reading<Inspection> {
    let client = Client::here();
    let seen = Seen::here();
    read(reference, move |reference: Reference| async move {
        let expected = said::of(&reference);
        let answer = inspect(client, Inspect { reference, expected }, trace).await;
        if noted && let Ok(inspection) = &answer {
            seen.note(inspection);
        }
        answer
    })
}

/// Reads what a descriptor of an object names, and holds it against what this descriptor says.
pub(super) fn child(wanted: Signal<Option<Inspect>>, trace: Trace) -> Reading<Inspection> {
    let client = Client::here();
    read(wanted, move |wanted: Inspect| inspect(client, wanted, trace))
}

/// The question for what a descriptor of an object names; nothing where it names no digest.
pub(super) fn named(beside: &Reference, descriptor: &Descriptor) -> Option<Inspect> {
    let digest = descriptor.digest.clone()?;
    let reference = Reference { tag: None, digest: Some(digest), ..beside.clone() };
    Some(Inspect { reference, expected: Some(said::by(descriptor)) })
}

/// Asks once; exchanges, and what the answer says of other objects, are kept in mind.
pub(super) async fn inspect(client: Client, asked: Inspect, trace: Trace) -> Result<Inspection, Error> {
    let answer = trace.of(client.call(asked).await, |inspection| &inspection.exchanges);
    if let Ok(inspection) = &answer {
        said::note(inspection);
        naming::note(inspection);
    }
    answer
}

/// A blob that is wanted.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wanted {
    /// An object of its repository.
    pub(super) beside: Reference,
    /// What it is.
    pub(super) digest: Digest,
    /// Its length by its descriptor.
    pub(super) size: Option<u64>,
    /// So many bytes at most.
    pub(super) limit: u64,
}

impl Wanted {
    /// What a descriptor names, where it is short enough.
    pub(super) fn of(beside: &Reference, descriptor: &Descriptor, limit: u64) -> Option<Self> {
        let limit = limit.min(LONGEST_BLOB);
        let fits = descriptor.size.is_none_or(|size| size <= limit);
        let digest = descriptor.digest.clone().filter(|_| fits)?;
        Some(Self { beside: beside.clone(), digest, size: descriptor.size, limit })
    }
}

/// Reads a blob.
pub(super) fn blob(wanted: Signal<Option<Wanted>>, trace: Trace) -> Reading<BlobReading> {
    let client = Client::here();
    read(wanted, move |wanted: Wanted| async move {
        let Wanted { beside, digest, size, limit } = wanted;
        let Reference { host: registry, repository, .. } = beside;
        let asked = ReadBlob { registry, repository, digest, size, limit };
        trace.of(client.call(asked).await, |reading| &reading.exchanges)
    })
}
