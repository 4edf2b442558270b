//! Who is reading this already?
//!
//! Rows, pages and previews ask for the same digest at the same moment. The first one reads it; the others wait for
//! that, and find it in memory. Where the first one is stopped, the next one reads; where it failed, each of the others
//! asks for itself, so that nobody waits for failures one after the other.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Mutex as Turn, OwnedMutexGuard};

/// Whether the first one came to an end.
type Over = Arc<Turn<bool>>;

/// What is being read.
#[derive(Debug)]
pub(crate) struct Flights<K>(Mutex<HashMap<K, Over>>);

impl<K> Default for Flights<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Clone + Eq + Hash> Flights<K> {
    /// Waits until nobody reads it: at once where nobody does.
    pub(crate) async fn join(&self, key: K) -> Flight<'_, K> {
        let over = Arc::clone(self.under_way().entry(key.clone()).or_default());
        // Made before the waiting, so that it is also put away where that is given up.
        let mut flight = Flight { flights: self, key, over, turn: None };
        flight.turn = Some(Arc::clone(&flight.over).lock_owned().await);
        flight
    }

    fn under_way(&self) -> MutexGuard<'_, HashMap<K, Over>> {
        // Every change of the map is one step, so a panic elsewhere leaves it whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A turn at reading one thing. Who drops it without an end leaves the reading to the next one.
#[derive(Debug)]
pub(crate) struct Flight<'a, K: Eq + Hash> {
    flights: &'a Flights<K>,
    key: K,
    over: Over,
    turn: Option<OwnedMutexGuard<bool>>,
}

impl<K: Clone + Eq + Hash> Flight<'_, K> {
    /// Keeps the turn where this is the first reader. After the end of the first one nobody waits for another.
    pub(crate) fn first(self) -> Option<Self> {
        let over = self.turn.as_deref().copied().unwrap_or_default();
        (!over).then_some(self)
    }

    /// It was read, or could not be.
    pub(crate) fn end(mut self) {
        if let Some(over) = self.turn.as_deref_mut() {
            *over = true;
        }
    }
}

impl<K: Eq + Hash> Drop for Flight<'_, K> {
    fn drop(&mut self) {
        let mut under_way = self.flights.0.lock().unwrap_or_else(PoisonError::into_inner);
        self.turn = None;
        // One is the map's, one is this one's: nobody else waits.
        if Arc::strong_count(&self.over) == 2 {
            under_way.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn the_next_one_reads_where_the_first_was_stopped_and_all_where_it_ended() {
        let flights = Flights::<u8>::default();
        let first = flights.join(1).await.first().unwrap();
        let (mut second, mut third) = (Box::pin(flights.join(1)), Box::pin(flights.join(1)));
        assert!((&mut second).now_or_never().is_none());
        assert!((&mut third).now_or_never().is_none());
        assert!(flights.join(2).now_or_never().is_some(), "another thing is read at once");
        drop(first);
        let second = second.await.first().expect("it reads in the place of the first");
        assert!((&mut third).now_or_never().is_none());
        second.end();
        assert!(third.await.first().is_none(), "nobody is waited for any more");
        assert!(flights.join(1).await.first().is_some(), "later it is read anew");
        assert!(flights.under_way().is_empty());
    }

    #[tokio::test]
    async fn who_gives_up_waiting_leaves_nothing() {
        let flights = Flights::<u8>::default();
        let first = flights.join(1).await;
        let mut second = Box::pin(flights.join(1));
        assert!((&mut second).now_or_never().is_none());
        drop(first);
        drop(second);
        assert!(flights.under_way().is_empty());
    }
}
