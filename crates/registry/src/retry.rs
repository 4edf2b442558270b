//! Is it worth trying again, and after which time?

use std::time::{Duration, SystemTime};

use reqwest::header::{HeaderMap, RETRY_AFTER};

/// How often an idempotent request is sent again at most.
pub(crate) const RETRIES: u32 = 4;

/// The longest pause that is waited out; a registry that wants more gets the question back to the user.
pub(crate) const LONGEST_PAUSE: Duration = Duration::from_secs(60);

const FIRST_PAUSE: Duration = Duration::from_millis(200);

/// Statuses that may be gone a moment later.
pub(crate) fn is_passing(status: u16) -> bool {
    matches!(status, 408 | 429 | 500 | 502 | 503 | 504)
}

/// The pause before the `nth` retry (1 for the first): doubling from 200 ms, spread by a quarter to either side.
/// What the registry asks for counts instead, and is never shortened.
pub(crate) fn pause(nth: u32, chance: f64, asked: Option<Duration>) -> Duration {
    match asked {
        Some(asked) => asked + FIRST_PAUSE.mul_f64(chance),
        None => (FIRST_PAUSE * 2u32.pow(nth.saturating_sub(1).min(8))).mul_f64(0.75 + chance / 2.0),
    }
}

/// `Retry-After` in seconds or as a date (RFC 9110, 10.2.3). Anything else counts as not sent.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    match text.parse::<u64>() {
        Ok(seconds) => Some(Duration::from_secs(seconds.min(u64::from(u32::MAX)))),
        Err(_) => {
            httpdate::parse_http_date(text).ok().map(|date| date.duration_since(now).unwrap_or_default())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(value: &str) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, value.parse().unwrap());
        // 1994-11-06 08:49:30 UTC, seven seconds before the date of RFC 9110's own example.
        retry_after(&headers, SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_770))
    }

    #[test]
    fn retry_after_is_seconds_or_a_date_and_garbage_counts_as_nothing() {
        assert_eq!(asked("4"), Some(Duration::from_secs(4)));
        assert_eq!(asked("0"), Some(Duration::ZERO));
        assert_eq!(asked("Sun, 06 Nov 1994 08:49:37 GMT"), Some(Duration::from_secs(7)));
        assert_eq!(asked("Sun, 06 Nov 1994 08:49:00 GMT"), Some(Duration::ZERO));
        for garbage in ["-1", "soon", "880.092µs, allowed: 44000/minute", "1e3", ""] {
            assert_eq!(asked(garbage), None, "{garbage}");
        }
        assert_eq!(asked("1000000000"), Some(Duration::from_secs(1_000_000_000)));
    }

    #[test]
    fn pauses_double_with_a_spread_and_an_asked_pause_is_never_shortened() {
        assert_eq!(pause(1, 0.5, None), Duration::from_millis(200));
        assert_eq!(pause(3, 0.0, None), Duration::from_millis(600));
        assert_eq!(pause(4, 0.5, None), Duration::from_millis(1_600));
        assert_eq!(pause(1, 0.0, Some(Duration::from_secs(4))), Duration::from_secs(4));
        assert!(pause(1, 0.99, Some(Duration::from_secs(4))) < Duration::from_millis(4_600));
    }
}
