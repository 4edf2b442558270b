//! At which row does a finding stand?

use std::collections::{BTreeMap, HashMap};

use oci::{Finding, Severity};
use view::json::{Page, Tree};

/// The findings at each row, by their places in the list, and the worst severity of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// By row.
    pub(super) at: BTreeMap<usize, (Severity, Vec<usize>)>,
}

impl Marks {
    /// Finds the row of each finding; those of the document as a whole stand at its first row.
    pub(super) fn new(page: &Page, tree: &Tree, findings: &[Finding]) -> Self {
        let mut rows: HashMap<&str, Option<usize>> = HashMap::new();
        let mut marks = Self::default();
        for (place, finding) in findings.iter().enumerate() {
            let row = *rows
                .entry(finding.pointer.as_str())
                .or_insert_with(|| nearest(page, tree, &finding.pointer).map(|start| page.row_of(start)));
            let Some(row) = row else { continue };
            let mark = marks.at.entry(row).or_insert((finding.severity, Vec::new()));
            mark.0 = mark.0.max(finding.severity);
            mark.1.push(place);
        }
        marks
    }

    /// The next row with a finding behind this one or, backwards, before it; goes round at the end.
    pub(super) fn next(&self, from: Option<usize>, back: bool) -> Option<usize> {
        let rows = || self.at.keys().copied();
        match (from, back) {
            (None, false) => rows().next(),
            (None, true) => rows().next_back(),
            (Some(row), false) => rows().find(|other| *other > row).or_else(|| rows().next()),
            (Some(row), true) => rows().rev().find(|other| *other < row).or_else(|| rows().next_back()),
        }
    }
}

/// Where a value begins or, where it is missing, the value that should have it.
fn nearest(page: &Page, tree: &Tree, pointer: &str) -> Option<usize> {
    let mut pointer = pointer;
    loop {
        if let Some(place) = tree.find(page, pointer) {
            return Some(place.start);
        }
        pointer = &pointer[..pointer.rfind('/')?];
    }
}
