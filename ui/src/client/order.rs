//! In which order were the messages of a channel sent?
//!
//! The desktop's bridge evaluates short messages and fetches long ones, so a long one arrives after later short
//! ones, and even after the end. Each carries its index.

use std::collections::BTreeMap;

/// Puts messages back into their order.
#[derive(Debug)]
pub(super) struct Order<T> {
    next: u64,
    early: BTreeMap<u64, T>,
}

impl<T> Default for Order<T> {
    fn default() -> Self {
        Self { next: 0, early: BTreeMap::new() }
    }
}

impl<T> Order<T> {
    /// Takes one message, gives those whose turn it is now.
    pub(super) fn push(&mut self, index: u64, message: T) -> Vec<T> {
        if index < self.next {
            return Vec::new();
        }
        self.early.insert(index, message);
        let mut ready = Vec::new();
        while let Some(message) = self.early.remove(&self.next) {
            ready.push(message);
            self.next += 1;
        }
        ready
    }
}
