//! What is a measured figure: whose, how often, how good it should be?

use serde_json::{Value, json};

/// Runs of each contestant; medians are of these. `OCISCOPE_BENCH_RUNS` says another number, for trying something out.
pub fn runs() -> usize {
    let named = std::env::var("OCISCOPE_BENCH_RUNS").ok().and_then(|number| number.parse().ok());
    named.unwrap_or(5).max(1)
}

/// One figure of the list of goals.
#[derive(Debug)]
pub struct Figure {
    /// Its id: `P1`.
    pub id: &'static str,
    /// What is measured, in a sentence.
    pub what: String,
    /// The lines that were measured side by side; ours first.
    pub lines: Vec<Line>,
    /// What was to be reached.
    pub goals: Vec<Goal>,
    /// What a reader needs to know of how it was measured.
    pub notes: Vec<String>,
}

/// One contestant, and one thing that was measured of it.
#[derive(Debug)]
pub struct Line {
    /// `ociscope`, `crane v0.22.1`.
    pub name: String,
    /// What a person would type, or do.
    pub command: String,
    /// `s`, `ms`, `kB`, `requests`.
    pub unit: &'static str,
    /// One value a run, or why there is none.
    pub runs: Result<Vec<f64>, String>,
}

/// Something to be reached.
#[derive(Debug)]
pub struct Goal {
    /// As the list of goals says it.
    pub says: String,
    /// What was reached, if all that it takes was measured.
    pub reached: Option<f64>,
    /// What may not be exceeded.
    pub most: f64,
}

impl Line {
    /// A line whose runs are still to come.
    pub fn new(name: impl Into<String>, command: impl Into<String>, unit: &'static str) -> Self {
        Self { name: name.into(), command: command.into(), unit, runs: Ok(Vec::new()) }
    }

    /// A line that has no figure, and why.
    pub fn missing(name: impl Into<String>, why: impl Into<String>) -> Self {
        Self { name: name.into(), command: String::new(), unit: "", runs: Err(why.into()) }
    }

    /// Adds the value of one run. After a failure nothing counts any more.
    pub fn add(&mut self, value: Result<f64, String>) {
        match (&mut self.runs, value) {
            (Ok(runs), Ok(value)) => runs.push(value),
            (Ok(_), Err(why)) => self.runs = Err(why),
            (Err(_), _) => {}
        }
    }

    /// The median of its runs.
    pub fn median(&self) -> Option<f64> {
        self.runs.as_ref().ok().and_then(|runs| median(runs))
    }

    fn json(&self) -> Value {
        match &self.runs {
            Ok(runs) => json!({ "name": self.name, "command": self.command, "unit": self.unit,
                "median": self.median(), "runs": runs }),
            Err(why) => json!({ "name": self.name, "measured": false, "why": why }),
        }
    }
}

impl Goal {
    /// A goal for one figure.
    pub fn most(says: impl Into<String>, reached: Option<f64>, most: f64) -> Self {
        Self { says: says.into(), reached, most }
    }

    /// A goal for the ratio of two figures.
    pub fn ratio(says: impl Into<String>, ours: Option<f64>, theirs: Option<f64>, most: f64) -> Self {
        let reached = ours.zip(theirs).map(|(ours, theirs)| ours / theirs);
        Self { says: says.into(), reached, most }
    }

    /// Whether it was reached; nothing where it was not measured.
    pub fn met(&self) -> Option<bool> {
        self.reached.map(|reached| reached <= self.most)
    }
}

impl Figure {
    /// An empty figure.
    pub fn new(id: &'static str, what: impl Into<String>) -> Self {
        Self { id, what: what.into(), lines: Vec::new(), goals: Vec::new(), notes: Vec::new() }
    }

    /// As text for a terminal.
    pub fn text(&self) -> String {
        let mut text = format!("{}  {}\n", self.id, self.what);
        let ours = self.lines.first().and_then(Line::median);
        let unit = self.lines.first().map_or("", |line| line.unit);
        for (place, line) in self.lines.iter().enumerate() {
            match (&line.runs, line.median()) {
                (Ok(runs), Some(median)) => {
                    let theirs =
                        place > 0 && !line.name.starts_with("ociscope") && line.unit == unit && median > 0.0;
                    let beside = ours.filter(|_| theirs);
                    let ratio = beside
                        .map(|ours| format!("  ours is {:.2} of it", ours / median))
                        .unwrap_or_default();
                    let all: Vec<String> = runs.iter().map(|run| number(*run)).collect();
                    text += &format!(
                        "    {:<34} {:>9} {:<9}({}){ratio}\n",
                        line.name,
                        number(median),
                        line.unit,
                        all.join(" ")
                    );
                    text += &format!("        {}\n", line.command);
                }
                (Err(why), _) => text += &format!("    {:<34} not measured: {why}\n", line.name),
                (Ok(_), None) => text += &format!("    {:<34} not measured\n", line.name),
            }
        }
        for goal in &self.goals {
            let outcome = match (goal.met(), goal.reached) {
                (Some(true), Some(reached)) => format!("reached ({})", number(reached)),
                (Some(false), Some(reached)) => format!("MISSED ({})", number(reached)),
                _ => "not measured".to_owned(),
            };
            text += &format!("    goal: {}: {outcome}\n", goal.says);
        }
        for note in &self.notes {
            text += &format!("    note: {note}\n");
        }
        text
    }

    /// As JSON.
    pub fn json(&self) -> Value {
        let goals: Vec<Value> = self.goals.iter().map(|goal| {
            json!({ "says": goal.says, "most": goal.most, "reached": goal.reached, "met": goal.met() })
        }).collect();
        let lines: Vec<Value> = self.lines.iter().map(Line::json).collect();
        json!({ "id": self.id, "what": self.what, "lines": lines, "goals": goals, "notes": self.notes })
    }
}

/// The middle one of the values in their order; of an even number, the mean of the two in the middle.
pub fn median(values: &[f64]) -> Option<f64> {
    let sorted = sorted(values);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        length if length % 2 == 1 => Some(sorted[middle]),
        _ => Some(f64::midpoint(sorted[middle - 1], sorted[middle])),
    }
}

/// The smallest value that so many of a hundred do not exceed.
pub fn percentile(values: &[f64], percent: usize) -> Option<f64> {
    let sorted = sorted(values);
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.checked_sub(1)?).copied()
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

/// A number with three digits that count.
fn number(value: f64) -> String {
    match value.abs() {
        size if size >= 100.0 || value.fract() == 0.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        size if size >= 1.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_is_that_of_the_order() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[7.0]), Some(7.0));
        assert_eq!(median(&[9.0, 1.0, 5.0]), Some(5.0));
        assert_eq!(median(&[4.0, 1.0, 2.0, 100.0]), Some(3.0));
    }

    /// The nearest rank: of twenty values the nineteenth is the first that 95 of 100 do not exceed.
    #[test]
    fn so_many_of_a_hundred_do_not_exceed_it() {
        let twenty: Vec<f64> = (1..=20).rev().map(f64::from).collect();
        assert_eq!(percentile(&twenty, 95), Some(19.0));
        assert_eq!(percentile(&twenty, 99), Some(20.0));
        assert_eq!(percentile(&twenty, 100), Some(20.0));
        assert_eq!(percentile(&[3.0], 50), Some(3.0));
        assert_eq!(percentile(&[], 95), None);
    }

    #[test]
    fn a_line_that_failed_once_has_no_figure() {
        let mut line = Line::new("ours", "ours --list", "s");
        line.add(Ok(1.0));
        line.add(Err("it ended".to_owned()));
        line.add(Ok(2.0));
        assert_eq!(line.median(), None);
        let mut figure = Figure::new("P1", "what");
        figure.goals = vec![Goal::ratio("as fast", line.median(), Some(1.0), 1.0)];
        figure.lines = vec![line, Line::missing("crane", "it is not there")];
        let text = figure.text();
        assert!(
            text.contains("not measured: it ended") && text.contains("not measured: it is not there"),
            "{text}"
        );
        assert!(text.contains("goal: as fast: not measured"), "{text}");
        assert_eq!(figure.json()["lines"][1]["measured"], false);
    }

    #[test]
    fn a_goal_is_met_up_to_what_it_allows() {
        assert_eq!(Goal::ratio("", Some(6.0), Some(5.0), 1.2).met(), Some(true));
        assert_eq!(Goal::ratio("", Some(6.1), Some(5.0), 1.2).met(), Some(false));
        assert_eq!(Goal::most("", None, 1.0).met(), None);
    }
}
