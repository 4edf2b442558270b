//! Are annotations what every client can read? (AN001, AN002)

use crate::{
    Finding, Severity,
    finding::Findings,
    json::{Json, step},
};

/// AN001: annotations are a map of texts to texts. AN002: they are left out rather than `null`.
pub(super) fn check(owner: &Json, pointer: &str, findings: &mut Findings) {
    let Some(annotations) = owner.get("annotations") else { return };
    let pointer = step(pointer, "annotations");
    match annotations {
        Json::Object(members) => {
            for (key, value) in members.iter().filter(|(_, value)| value.as_text().is_none()) {
                let finding = Finding::new("AN001", Severity::Error).at(step(&pointer, key));
                findings.add(finding.values(value.to_string(), "a string"));
            }
        }
        Json::Null => {
            let finding = Finding::new("AN002", Severity::Warning).at(pointer);
            findings.add(finding.values("null", "an object, or no annotations at all"));
        }
        other => {
            let finding = Finding::new("AN001", Severity::Error).at(pointer);
            findings.add(finding.values(other.kind(), "an object"));
        }
    }
}
