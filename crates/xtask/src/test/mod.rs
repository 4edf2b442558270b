//! How are the tests set up and run, cheapest first?

mod count;
mod ring;
mod suite;

use std::time::{Duration, Instant};

use crate::{
    failure::Failure,
    packages::{self, Consent},
    say::{say, span},
    test::{
        count::Count,
        ring::{RINGS, Ring},
        suite::Suite,
    },
};

/// The rings with what each of them is about, for the help.
pub(crate) fn rings() -> String {
    RINGS.iter().map(|ring| format!("    {:<10}{}", ring.name(), ring.about())).collect::<Vec<_>>().join("\n")
}

/// Sets up and runs the rings that were named, or all of them, up to the first that fails.
pub(crate) fn test(words: &[&str]) -> Result<(), Failure> {
    let chosen = chosen(words)?;
    let needed: Vec<packages::Package> = chosen.iter().flat_map(|ring| ring.packages()).collect();
    packages::have(&needed, Consent::from(words))?;
    let mut suite = Suite::default();
    let mut ran: Vec<(Ring, Duration, Count)> = Vec::new();
    for ring in &chosen {
        say(&format!("\n==== [{}/{}] {}: {}", ran.len() + 1, chosen.len(), ring.name(), ring.about()));
        let start = Instant::now();
        let count = ring.run(&mut suite).unwrap_or_else(|failure| {
            say(failure.sentence());
            Count::FAILED
        });
        ran.push((*ring, start.elapsed(), count));
        if count.failed > 0 {
            break;
        }
    }
    sum_up(&chosen, &ran)
}

fn chosen(words: &[&str]) -> Result<Vec<Ring>, Failure> {
    let words: Vec<&str> = words.iter().copied().filter(|word| *word != "--yes").collect();
    if let Some(unknown) = words.iter().find(|word| !RINGS.iter().any(|ring| ring.name() == **word)) {
        return Err(Failure::usage(&format!(
            "There is no ring {unknown:?}. There are, in their order:\n{}",
            rings()
        )));
    }
    Ok(RINGS.into_iter().filter(|ring| words.is_empty() || words.contains(&ring.name())).collect())
}

/// The minutes of each ring, and one line that says it all.
fn sum_up(chosen: &[Ring], ran: &[(Ring, Duration, Count)]) -> Result<(), Failure> {
    say("\n==== minutes");
    for (ring, time, count) in ran {
        let outcome = if count.failed > 0 { "failed" } else { "passed" };
        let skipped = if count.skipped > 0 { format!(", {} not run", count.skipped) } else { String::new() };
        say(&format!(
            "{:<10}{:>6.1}  {outcome}, {} tests{skipped}",
            ring.name(),
            time.as_secs_f64() / 60.0,
            count.passed + count.failed
        ));
    }
    for ring in &chosen[ran.len()..] {
        say(&format!("{:<10}   not run", ring.name()));
    }
    say(&format!("together  {}", span(ran.iter().map(|(_, time, _)| *time).sum())));
    let sum = ran.iter().fold(Count::default(), |sum, (_, _, count)| sum + *count);
    say(&format!("{} passed, {} failed", sum.passed, sum.failed));
    if sum.failed == 0 { Ok(()) } else { Err(Failure::told()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rings_run_in_their_own_order() {
        let names: Vec<&str> =
            chosen(&["unit", "format", "--yes"]).unwrap().iter().map(|ring| ring.name()).collect();
        assert_eq!(names, ["format", "unit"]);
        assert_eq!(chosen(&[]).unwrap().len(), RINGS.len());
        assert!(chosen(&["nonsense"]).is_err());
    }
}
