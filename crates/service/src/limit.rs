//! How much is under way at the same time, over all registries?

use tokio::sync::{Semaphore, SemaphorePermit};

/// How many questions to registries are under way at most; more wait for their turn, first come, first served. The
/// client has a limit of its own for each registry, below this one.
pub const MOST_AT_ONCE: usize = 64;

/// How many saves are under way at most: fewer than a registry's own limit, so that there is room to look around.
pub(crate) const MOST_SAVES: usize = 4;

/// Gives turns.
#[derive(Debug)]
pub(crate) struct Limit(Semaphore);

impl Limit {
    /// So many turns at the same time.
    pub(crate) fn of(most: usize) -> Self {
        Self(Semaphore::new(most))
    }

    /// Waits for a turn; dropping what comes back ends it.
    pub(crate) async fn turn(&self) -> SemaphorePermit<'_> {
        self.0.acquire().await.expect("the semaphore is never closed")
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[test]
    fn one_more_than_most_waits_until_a_turn_ends() {
        let limit = Limit::of(MOST_AT_ONCE);
        let mut turns: Vec<_> = (0..MOST_AT_ONCE).map(|_| limit.turn().now_or_never().unwrap()).collect();
        let mut waiting = Box::pin(limit.turn());
        assert!((&mut waiting).now_or_never().is_none());
        turns.pop();
        assert!((&mut waiting).now_or_never().is_some());
    }
}
