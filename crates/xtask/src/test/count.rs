//! How many tests passed and failed, by the lines that a test program prints?

use std::ops::Add;

/// Passed, failed and left-out tests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
}

impl Count {
    /// A check that has no tests inside counts as one.
    pub(crate) const PASSED: Self = Self { passed: 1, failed: 0, skipped: 0 };
    /// The same, failed.
    pub(crate) const FAILED: Self = Self { passed: 0, failed: 1, skipped: 0 };

    /// What a line `test result: ok. 3 passed; 0 failed; 1 ignored; …` counts; `None` for any other line.
    pub(crate) fn of_line(line: &str) -> Option<Self> {
        let (_, numbers) = line.strip_prefix("test result: ")?.split_once(". ")?;
        let mut count = Self::default();
        for part in numbers.split(';').map(str::trim) {
            let Some((number, what)) = part.split_once(' ') else { continue };
            let place = match what {
                "passed" => &mut count.passed,
                "failed" => &mut count.failed,
                "ignored" => &mut count.skipped,
                _ => continue,
            };
            *place = number.parse().ok()?;
        }
        Some(count)
    }
}

impl Add for Count {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            skipped: self.skipped + other.skipped,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Lines as Rust's test harness prints them.
    #[test]
    fn a_result_line_is_counted() {
        let line = "test result: FAILED. 12 passed; 2 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.04s";
        assert_eq!(Count::of_line(line), Some(Count { passed: 12, failed: 2, skipped: 1 }));
        assert_eq!(Count::of_line("test digest::upper_case ... ok"), None);
        assert_eq!(Count::of_line("running 12 tests"), None);
    }
}
