//! How long is something waited for? Until it is so, never for a time.

use std::time::{Duration, Instant};

/// After this long, what is waited for counts as never coming.
pub const LIMIT: Duration = Duration::from_secs(30);

/// Between one question and the next.
pub const PAUSE: Duration = Duration::from_millis(25);

/// Asks again and again until there is an answer.
///
/// # Panics
/// After [`LIMIT`], naming what never came.
pub async fn until<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let end = Instant::now() + LIMIT;
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(Instant::now() < end, "waited {} s in vain: {what}", LIMIT.as_secs());
        tokio::time::sleep(PAUSE).await;
    }
}
