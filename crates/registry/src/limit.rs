//! How many requests may be under way to one host? It adapts: up while answers are quick and clean, down when not.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;

const START: usize = 8;
const MOST: usize = 16;
/// An answer whose head comes within this time is quick.
pub(crate) const QUICK: Duration = Duration::from_secs(1);
/// Gates are forgotten when there are more, idle ones first.
const HOSTS: usize = 1_000;

/// The gates of all hosts.
#[derive(Debug, Default)]
pub(crate) struct Gates(Mutex<HashMap<String, Arc<Gate>>>);

/// The gate of one host: first come, first served.
#[derive(Debug)]
pub(crate) struct Gate {
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    limit: usize,
    under_way: usize,
    waiting: VecDeque<oneshot::Sender<Permit>>,
    /// Quick clean answers since the last change.
    streak: usize,
    /// Counts halvings: requests of one burst that fail together halve once.
    epoch: u64,
}

/// The right to one request; dropping it lets the next one go.
#[derive(Debug)]
pub(crate) struct Permit {
    gate: Arc<Gate>,
    epoch: u64,
}

impl Gates {
    /// Waits for its turn at a host. Dropping the future gives up the place in the queue.
    pub(crate) async fn enter(&self, host: &str) -> Permit {
        self.gate(host).enter().await
    }

    fn gate(&self, host: &str) -> Arc<Gate> {
        let mut gates = lock(&self.0);
        if gates.len() >= HOSTS && !gates.contains_key(host) {
            gates.retain(|_, gate| Arc::strong_count(gate) > 1);
        }
        let gate = gates.entry(host.to_owned()).or_insert_with(|| Arc::new(Gate::new()));
        Arc::clone(gate)
    }
}

impl Gate {
    fn new() -> Self {
        let state = State { limit: START, under_way: 0, waiting: VecDeque::new(), streak: 0, epoch: 0 };
        Self { state: Mutex::new(state) }
    }

    async fn enter(self: Arc<Self>) -> Permit {
        let turn = {
            let mut state = lock(&self.state);
            if state.under_way < state.limit && state.waiting.is_empty() {
                state.under_way += 1;
                return Permit { epoch: state.epoch, gate: Arc::clone(&self) };
            }
            let (give, turn) = oneshot::channel();
            state.waiting.push_back(give);
            turn
        };
        turn.await.expect("a waiting request is only taken from the queue together with its permit")
    }

    /// Lets as many in as the limit allows. A permit that comes back because nobody waits for it any more is
    /// returned, to be dropped without the lock.
    fn admit(self: &Arc<Self>, state: &mut State) -> Vec<Permit> {
        let mut unwanted = Vec::new();
        while state.under_way < state.limit {
            let Some(next) = state.waiting.pop_front() else { break };
            if next.is_closed() {
                continue;
            }
            state.under_way += 1;
            if let Err(permit) = next.send(Permit { gate: Arc::clone(self), epoch: state.epoch }) {
                unwanted.push(permit);
            }
        }
        unwanted
    }
}

impl Permit {
    /// The host answered cleanly, and quickly or not.
    pub(crate) fn answered(&self, took: Duration) {
        let mut state = lock(&self.gate.state);
        if took > QUICK {
            state.streak = 0;
            return;
        }
        state.streak += 1;
        if state.streak >= state.limit && state.limit < MOST {
            state.limit += 1;
            state.streak = 0;
        }
    }

    /// The host has too much to do: 429, 5xx, a timeout.
    pub(crate) fn overloaded(&self) {
        let mut state = lock(&self.gate.state);
        state.streak = 0;
        if self.epoch == state.epoch {
            state.limit = (state.limit / 2).max(1);
            state.epoch += 1;
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut state = lock(&self.gate.state);
        state.under_way -= 1;
        let unwanted = self.gate.admit(&mut state);
        drop(state);
        drop(unwanted);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    fn limit_of(gate: &Gate) -> usize {
        lock(&gate.state).limit
    }

    /// Takes every permit that is to be had at once.
    fn take(gate: &Arc<Gate>) -> Vec<Permit> {
        std::iter::from_fn(|| Arc::clone(gate).enter().now_or_never()).take(100).collect()
    }

    #[test]
    fn eight_go_at_once_and_the_ninth_waits_its_turn() {
        let gate = Arc::new(Gate::new());
        let mut permits = take(&gate);
        assert_eq!(permits.len(), 8);
        let mut first = Box::pin(Arc::clone(&gate).enter());
        let mut second = Box::pin(Arc::clone(&gate).enter());
        assert!(first.as_mut().now_or_never().is_none());
        assert!(second.as_mut().now_or_never().is_none());
        permits.pop();
        assert!(second.as_mut().now_or_never().is_none(), "the second must not overtake");
        assert!(first.as_mut().now_or_never().is_some());
    }

    #[test]
    fn one_that_gave_up_waiting_blocks_nobody() {
        let gate = Arc::new(Gate::new());
        let mut permits = take(&gate);
        let mut gone = Box::pin(Arc::clone(&gate).enter());
        assert!(gone.as_mut().now_or_never().is_none());
        let mut stays = Box::pin(Arc::clone(&gate).enter());
        assert!(stays.as_mut().now_or_never().is_none());
        drop(gone);
        permits.pop();
        assert!(stays.as_mut().now_or_never().is_some());
        permits.clear();
        drop(stays);
        assert_eq!(take(&gate).len(), 8, "no permit is lost");
    }

    #[test]
    fn it_grows_to_sixteen_and_a_burst_of_failures_halves_once_down_to_one() {
        let gate = Arc::new(Gate::new());
        for _ in 0..500 {
            Arc::clone(&gate).enter().now_or_never().unwrap().answered(Duration::from_millis(5));
        }
        assert_eq!(limit_of(&gate), 16);
        let burst = take(&gate);
        assert_eq!(burst.len(), 16);
        burst.iter().for_each(Permit::overloaded);
        assert_eq!(limit_of(&gate), 8);
        drop(burst);
        for _ in 0..10 {
            Arc::clone(&gate).enter().now_or_never().unwrap().overloaded();
        }
        assert_eq!(limit_of(&gate), 1);
    }
}
