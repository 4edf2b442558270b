//! How is one object read, and how does the reading end when nobody looks any more?

use std::sync::Arc;

use api::{Error, Inspect, Inspection};
use leptos::prelude::*;
use oci::Reference;

use crate::{
    client::Client,
    shared::{
        seen::Seen,
        task::{self, Task},
    },
};

/// How far the reading is.
#[derive(Debug, Clone)]
pub(super) enum Load {
    /// Asked, not answered.
    Reading,
    /// The user stopped it.
    Stopped,
    /// Here it is.
    Ready(Arc<Inspection>),
    /// It failed.
    Failed(Error),
}

/// One reading: its state, and what can be done to it.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    /// The state of what is asked for now, never of what was asked for before.
    pub(super) state: Signal<Load>,
    /// Asks again.
    pub(super) again: Callback<()>,
    /// Stops asking.
    pub(super) stop: Callback<()>,
}

/// Reads the object that a reference names, and again whenever it names another. The request before is dropped with
/// its task; the last one goes with the component.
pub(super) fn read(reference: Signal<Reference>) -> Reading {
    let client = Client::here();
    let seen = Seen::here();
    let answered = RwSignal::new((None::<Reference>, Load::Reading));
    let running = StoredValue::new(None::<Task>);
    let ask = move |wanted: Reference| {
        answered.set((Some(wanted.clone()), Load::Reading));
        let work = async move {
            let load = match client.call(Inspect::new(wanted.clone())).await {
                Ok(inspection) => {
                    seen.note(&inspection);
                    Load::Ready(Arc::new(inspection))
                }
                Err(error) => Load::Failed(error),
            };
            let _ = answered.try_set((Some(wanted), load));
        };
        running.set_value(Some(task::start(work)));
    };
    Effect::new(move |_| {
        let wanted = reference.get();
        // A host that is back is asked again, unless the answer is here already.
        client.link.generation();
        let here = answered
            .with_untracked(|(of, load)| of.as_ref() == Some(&wanted) && matches!(load, Load::Ready(_)));
        if !here {
            ask(wanted);
        }
    });
    let state = Signal::derive(move || {
        let wanted = reference.get();
        answered.with(|(of, load)| if of.as_ref() == Some(&wanted) { load.clone() } else { Load::Reading })
    });
    let again = Callback::new(move |()| ask(reference.get_untracked()));
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
