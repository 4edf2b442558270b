//! What is a measured figure: whose, how often, how good it should be?

use serde_json::{Value, json};

/// Runs of each contestant; medians are of these. `OCISCOPE_BENCH_RUNS` says another number, for trying something out.
pub(crate) fn runs() -> usize {
    let named = std::env::var("OCISCOPE_BENCH_RUNS").ok().and_then(|number| number.parse().ok());
    named.unwrap_or(5).max(1)
}

/// One figure of the list of goals.
#[derive(Debug)]
pub(crate) struct Figure {
    /// Its id: `P1`.
    pub(crate) id: &'static str,
    /// What is measured, in a sentence.
    pub(crate) what: String,
    /// The lines that were measured side by side; ours first.
    pub(crate) lines: Vec<Line>,
    /// What was to be reached.
    pub(crate) goals: Vec<Goal>,
    /// What a reader needs to know of how it was measured.
    pub(crate) notes: Vec<String>,
}

/// One contestant, and one thing that was measured of it.
#[derive(Debug)]
pub(crate) struct Line {
    /// `ociscope`, `crane v0.22.1`.
    pub(crate) name: String,
    /// What a person would type, or do.
    pub(crate) command: String,
    /// `s`, `ms`, `kB`, `requests`.
    pub(crate) unit: &'static str,
    /// One value a run, or why there is none.
    pub(crate) runs: Result<Vec<f64>, String>,
}

/// Something to be reached.
#[derive(Debug)]
pub(crate) struct Goal {
    /// As the list of goals says it.
    pub(crate) says: String,
    /// What was reached, if all that it takes was measured.
    pub(crate) reached: Option<f64>,
    /// What may not be exceeded.
    pub(crate) most: f64,
}

impl Line {
    /// A line whose runs are still to come.
    pub(crate) fn new(name: impl Into<String>, command: impl Into<String>, unit: &'static str) -> Self {
        Self { name: name.into(), command: command.into(), unit, runs: Ok(Vec::new()) }
    }

    /// A line that has no figure, and why.
    pub(crate) fn missing(name: impl Into<String>, why: impl Into<String>) -> Self {
        Self { name: name.into(), command: String::new(), unit: "", runs: Err(why.into()) }
    }

    /// Adds the value of one run. After a failure nothing counts any more.
    pub(crate) fn add(&mut self, value: Result<f64, String>) {
        match (&mut self.runs, value) {
            (Ok(runs), Ok(value)) => runs.push(value),
            (Ok(_), Err(why)) => self.runs = Err(why),
            (Err(_), _) => {}
        }
    }

    /// The median of its runs.
    pub(crate) fn median(&self) -> Option<f64> {
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
    pub(crate) fn most(says: impl Into<String>, reached: Option<f64>, most: f64) -> Self {
        Self { says: says.into(), reached, most }
    }

    /// A goal for the ratio of two figures.
    pub(crate) fn ratio(says: impl Into<String>, ours: Option<f64>, theirs: Option<f64>, most: f64) -> Self {
        let reached = ours.zip(theirs).map(|(ours, theirs)| ours / theirs);
        Self { says: says.into(), reached, most }
    }

    /// Whether it was reached; nothing where it was not measured.
    pub(crate) fn met(&self) -> Option<bool> {
        self.reached.map(|reached| reached <= self.most)
    }
}

impl Figure {
    /// An empty figure.
    pub(crate) fn new(id: &'static str, what: impl Into<String>) -> Self {
        Self { id, what: what.into(), lines: Vec::new(), goals: Vec::new(), notes: Vec::new() }
    }

    /// As text for a terminal.
    pub(crate) fn text(&self) -> String {
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
    pub(crate) fn json(&self) -> Value {
        let goals: Vec<Value> = self.goals.iter().map(|goal| {
            json!({ "says": goal.says, "most": goal.most, "reached": goal.reached, "met": goal.met() })
        }).collect();
        let lines: Vec<Value> = self.lines.iter().map(Line::json).collect();
        json!({ "id": self.id, "what": self.what, "lines": lines, "goals": goals, "notes": self.notes })
    }
}

/// The middle one of the values in their order; of an even number, the mean of the two in the middle.
pub(crate) fn median(values: &[f64]) -> Option<f64> {
    let sorted = sorted(values);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        length if length % 2 == 1 => Some(sorted[middle]),
        _ => Some(f64::midpoint(sorted[middle - 1], sorted[middle])),
    }
}

/// The smallest value that so many of a hundred do not exceed.
pub(crate) fn percentile(values: &[f64], percent: usize) -> Option<f64> {
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
