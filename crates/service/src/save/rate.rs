//! How fast does it come, over the last seconds?

use std::collections::VecDeque;
use std::time::Duration;

/// Over which time.
const WINDOW: Duration = Duration::from_secs(3);

/// What had been received at which time.
#[derive(Debug, Default)]
pub(super) struct Rate {
    samples: VecDeque<(Duration, u64)>,
}

impl Rate {
    /// Whether the last event is at least so old.
    pub(super) fn is_due(&self, now: Duration, pause: Duration) -> bool {
        self.samples.back().is_none_or(|(last, _)| now.saturating_sub(*last) >= pause)
    }

    /// Bytes a second, now that so many have been received.
    pub(super) fn at(&mut self, now: Duration, received: u64) -> f64 {
        // What was received may become less: a part that is of no use is thrown away.
        if self.samples.back().is_some_and(|(_, before)| *before > received) {
            self.samples.clear();
        }
        self.samples.push_back((now, received));
        while self.samples.len() > 2 && self.samples[1].0 + WINDOW <= now {
            self.samples.pop_front();
        }
        let (since, before) = self.samples[0];
        let time = now.saturating_sub(since).as_secs_f64();
        let bytes = u32::try_from(received - before).map_or(f64::from(u32::MAX), f64::from);
        if time > 0.0 { bytes / time } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_that_of_the_last_three_seconds() {
        let mut rate = Rate::default();
        let mut last = 0.0;
        // 1,000 bytes a second for ten seconds, then 100.
        for tenth in 0..=100 {
            last = rate.at(Duration::from_millis(tenth * 100), tenth * 100);
        }
        assert!((last - 1_000.0).abs() < 1.0, "{last}");
        for tenth in 1..=40 {
            last = rate.at(Duration::from_millis(10_000 + tenth * 100), 10_000 + tenth * 10);
        }
        assert!((last - 100.0).abs() < 1.0, "{last}");
        assert!(rate.samples.len() <= 33, "{}", rate.samples.len());
    }

    #[test]
    fn a_new_start_is_no_negative_rate() {
        let mut rate = Rate::default();
        rate.at(Duration::ZERO, 5_000);
        assert!(rate.at(Duration::from_secs(1), 0).abs() < f64::EPSILON);
        assert!((rate.at(Duration::from_secs(2), 500) - 500.0).abs() < 1e-9);
    }

    #[test]
    fn an_event_is_due_after_the_pause() {
        let mut rate = Rate::default();
        let pause = Duration::from_millis(100);
        assert!(rate.is_due(Duration::ZERO, pause));
        rate.at(Duration::from_millis(50), 1);
        assert!(!rate.is_due(Duration::from_millis(149), pause));
        assert!(rate.is_due(Duration::from_millis(150), pause));
    }
}
