//! Which exchanges were there lately, and how many are under way?

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::Exchange;

/// How many exchanges are remembered.
pub const TRACE_LENGTH: usize = 1_000;

/// The latest exchanges of a client.
#[derive(Debug, Default)]
pub struct Trace {
    ring: Mutex<VecDeque<Exchange>>,
    in_flight: AtomicU32,
    ids: AtomicU64,
}

impl Trace {
    /// The latest 1,000 exchanges at most, oldest first. Those under way are not among them yet.
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.ring().iter().cloned().collect()
    }

    /// How many requests have been sent and not been answered to the end.
    pub fn in_flight(&self) -> u32 {
        self.in_flight.load(Ordering::Relaxed)
    }

    pub(crate) fn next_id(&self) -> u64 {
        self.ids.fetch_add(1, Ordering::Relaxed)
    }

    pub(crate) fn begin(&self) {
        self.in_flight.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn end(&self, exchange: Exchange) {
        self.in_flight.fetch_sub(1, Ordering::Relaxed);
        let mut ring = self.ring();
        if ring.len() == TRACE_LENGTH {
            ring.pop_front();
        }
        ring.push_back(exchange);
    }

    fn ring(&self) -> MutexGuard<'_, VecDeque<Exchange>> {
        self.ring.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
