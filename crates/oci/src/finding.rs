//! One problem: where it is, what was found, what was expected.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// How much a finding matters (oci-rules, part B).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Good to know.
    Info,
    /// May break some clients, or breaks a SHOULD.
    Warning,
    /// Breaks a MUST, or a mainstream client of today.
    Error,
}

/// One problem of a document or of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule, for example `MT002`. Its sentence is in the catalogue of `view`.
    pub id: String,
    /// How much it matters.
    pub severity: Severity,
    /// JSON pointer (RFC 6901) into the document; empty for the whole document or its answer.
    pub pointer: String,
    /// What was found there, shortened to 2 KiB.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actual: Option<String>,
    /// What was expected instead, shortened to 2 KiB.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
}

impl Finding {
    /// A finding about the whole document, without values.
    pub fn new(id: &str, severity: Severity) -> Self {
        Self { id: id.to_owned(), severity, pointer: String::new(), actual: None, expected: None }
    }

    /// The same finding at a JSON pointer.
    #[must_use]
    pub fn at(self, pointer: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), ..self }
    }

    /// The same finding with what was found and what was expected.
    #[must_use]
    pub fn values(self, actual: impl Into<String>, expected: impl Into<String>) -> Self {
        Self { actual: Some(shorten(actual.into())), expected: Some(shorten(expected.into())), ..self }
    }
}

/// At most 2 KiB of a text, cut between characters, with `…` where something is missing.
fn shorten(mut text: String) -> String {
    const LONGEST: usize = 2048;
    if text.len() > LONGEST {
        text.truncate(text.floor_char_boundary(LONGEST - '…'.len_utf8()));
        text.push('…');
    }
    text
}

/// Findings as they are collected: of each rule the first hundred, so that 40,000 bad layers stay readable.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    list: Vec<Finding>,
    of_rule: HashMap<String, usize>,
}

impl Findings {
    const OF_ONE_RULE: usize = 100;

    pub(crate) fn add(&mut self, finding: Finding) {
        let count = self.of_rule.entry(finding.id.clone()).or_default();
        *count += 1;
        if *count <= Self::OF_ONE_RULE {
            self.list.push(finding);
        }
    }

    pub(crate) fn into_list(self) -> Vec<Finding> {
        self.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_values_are_cut_between_characters() {
        let finding = Finding::new("XX000", Severity::Info).values("ä".repeat(2000), "short");
        let actual = finding.actual.unwrap();
        assert!(actual.len() <= 2048 && actual.ends_with("ä…"), "{}", actual.len());
        assert_eq!(finding.expected.as_deref(), Some("short"));
    }
}
