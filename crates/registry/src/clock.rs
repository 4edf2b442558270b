//! What time is it, and how is waiting done? Passed in, so that tests do not wait.

use std::time::{Duration, Instant, SystemTime};

use futures_util::future::BoxFuture;

/// Time and chance, as the engine sees them.
pub trait Clock: Send + Sync {
    /// The wall clock: for `Retry-After` dates and for the trace.
    fn now(&self) -> SystemTime;

    /// Time since some fixed moment; it never goes back.
    fn elapsed(&self) -> Duration;

    /// Waits on purpose, before another try.
    fn sleep(&self, pause: Duration) -> BoxFuture<'static, ()>;

    /// A watchdog: ends when `limit` has passed. What it watches over is given up then.
    fn limit(&self, limit: Duration) -> BoxFuture<'static, ()>;

    /// A number from 0 to 1 (1 excluded), another one each time: it spreads retries.
    fn chance(&self) -> f64;
}

/// The real time.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock {
    start: Instant,
}

impl Default for SystemClock {
    fn default() -> Self {
        Self { start: Instant::now() }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    fn sleep(&self, pause: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(pause))
    }

    fn limit(&self, limit: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(limit))
    }

    fn chance(&self) -> f64 {
        // The sub-microsecond part of the wall clock is random enough to keep clients from marching in step.
        let nanos =
            SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.subsec_nanos());
        f64::from(nanos.wrapping_mul(2_654_435_761) >> 8) / f64::from(1u32 << 24)
    }
}
