//! Which work is running, and how is it stopped by the id that its asker chose?

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use api::{Code, Error};
use futures_util::future::{AbortHandle, Abortable};

/// How much work may run at a time for one window. A page that asks for more is told so.
pub const MOST_RUNNING: usize = 1_000;

/// How many ids are remembered whose stop came before their start.
const MOST_STOPPED: usize = 64;

/// The running work of one window, by id. Clones are the same.
#[derive(Debug, Clone, Default)]
pub struct Running(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    running: HashMap<String, (u64, AbortHandle)>,
    /// Requests of one page may overtake each other on their way to the host, so a stop can come first.
    stopped: VecDeque<String>,
    started: u64,
}

impl Running {
    /// Gives `work` an id, at once. The future that comes back runs it until it is done, or until it is stopped:
    /// then `work` is dropped and `None` comes back.
    ///
    /// # Errors
    /// The id is taken by other work, or [`MOST_RUNNING`] run already.
    pub fn start<F: Future>(
        &self,
        id: &str,
        work: F,
    ) -> Result<impl Future<Output = Option<F::Output>> + use<F>, Error> {
        let (handle, registration) = AbortHandle::new_pair();
        let serial = self.state().enter(id, handle)?;
        // Leaves also when the future is dropped half-way, or never polled.
        let leave = Leave { running: self.clone(), id: id.to_owned(), serial };
        let work = Abortable::new(work, registration);
        Ok(async move {
            let _leave = leave;
            work.await.ok()
        })
    }

    /// Stops the work with this id. For an id that is not running (yet), its start will be its end.
    pub fn stop(&self, id: &str) {
        let mut state = self.state();
        if let Some((_, handle)) = state.running.remove(id) {
            handle.abort();
            return;
        }
        if state.stopped.len() == MOST_STOPPED {
            state.stopped.pop_front();
        }
        state.stopped.push_back(id.to_owned());
    }

    /// Stops everything: the page that asked is gone. Its ids may be used anew.
    pub fn stop_all(&self) {
        let mut state = self.state();
        state.stopped.clear();
        for (_, (_, handle)) in state.running.drain() {
            handle.abort();
        }
    }

    /// How much work is running.
    pub fn count(&self) -> usize {
        self.state().running.len()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic between two lines of this file leaves the maps whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn enter(&mut self, id: &str, handle: AbortHandle) -> Result<u64, Error> {
        self.started += 1;
        if let Some(at) = self.stopped.iter().position(|stopped| stopped == id) {
            self.stopped.remove(at);
            handle.abort();
            return Ok(self.started);
        }
        if self.running.len() >= MOST_RUNNING {
            let text = format!("{MOST_RUNNING} requests run already; stop one of them first");
            return Err(Error::new(Code::BadRequest, text));
        }
        if self.running.contains_key(id) {
            let text = format!("the id {id:?} is taken by a running request");
            return Err(Error::new(Code::BadRequest, text));
        }
        self.running.insert(id.to_owned(), (self.started, handle));
        Ok(self.started)
    }
}

struct Leave {
    running: Running,
    id: String,
    /// The id may belong to later work by now.
    serial: u64,
}

impl Drop for Leave {
    fn drop(&mut self) {
        let mut state = self.running.state();
        if state.running.get(&self.id).is_some_and(|(serial, _)| *serial == self.serial) {
            state.running.remove(&self.id);
        }
    }
}
