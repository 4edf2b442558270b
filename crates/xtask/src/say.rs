//! How does a person see what is going on?

use std::{
    io::Write,
    time::{Duration, Instant},
};

/// Prints a line. A closed standard output is nobody's problem here.
pub(crate) fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// The steps of one command, numbered.
#[derive(Debug)]
pub(crate) struct Steps {
    number: usize,
    total: usize,
}

impl Steps {
    /// A command of so many steps.
    pub(crate) fn of(total: usize) -> Self {
        Self { number: 0, total }
    }

    /// Announces a step, takes it, and says how long it took.
    pub(crate) fn take<T>(&mut self, name: &str, step: impl FnOnce() -> T) -> T {
        self.number += 1;
        say(&format!("[{}/{}] {name}", self.number, self.total));
        let start = Instant::now();
        let outcome = step();
        say(&format!("      {}", span(start.elapsed())));
        outcome
    }
}

/// A time as a person says it: `0.4 s`, `12 s`, `3 min 05 s`.
pub(crate) fn span(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..10 => format!("{:.1} s", time.as_secs_f64()),
        10..60 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_short() {
        assert_eq!(span(Duration::from_millis(420)), "0.4 s");
        assert_eq!(span(Duration::from_secs(12)), "12 s");
        assert_eq!(span(Duration::from_secs(185)), "3 min 05 s");
    }
}
