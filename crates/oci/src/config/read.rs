//! How are the bytes of a configuration read?

use std::collections::BTreeMap;

use super::{DiffId, HealthCheck, ImageConfig, Run, Step, Variable};
use crate::{
    Finding, Severity, check,
    descriptor::MOST_OF_A_LIST,
    finding::Findings,
    json::{Json, step},
    manifest::not_json,
};

/// What other clients take (oci-rules CF017).
const LARGEST_OF_OTHERS: usize = 4 << 20;

impl ImageConfig {
    /// Reads a configuration. Never fails: what cannot be read becomes a finding. Of each list the first 20,000
    /// entries are kept; of more than [`Self::LARGEST`] bytes nothing is read.
    pub fn read(bytes: &[u8]) -> Self {
        let mut findings = Findings::default();
        if bytes.len() > LARGEST_OF_OTHERS {
            let finding = Finding::new("CF017", Severity::Warning);
            findings
                .add(finding.values(format!("{} bytes", bytes.len()), format!("{LARGEST_OF_OTHERS} bytes")));
        }
        let mut config = Self::default();
        if bytes.len() <= Self::LARGEST {
            match Json::read(bytes) {
                Err(error) => findings.add(not_json(bytes, &error)),
                Ok(json) => {
                    check::whole(&json, &mut findings);
                    let reader = Reader { json: &json, pointer: String::new() };
                    config = reader.config(&mut findings);
                }
            }
        }
        config.findings = findings.into_list();
        config
    }
}

/// One object of the document, and where it stands.
struct Reader<'a> {
    json: &'a Json,
    pointer: String,
}

impl<'a> Reader<'a> {
    fn config(&self, findings: &mut Findings) -> ImageConfig {
        let rootfs = self.object("rootfs", findings);
        let (history, steps) = self.history(findings);
        ImageConfig {
            created: self.text("created", findings),
            author: self.text("author", findings),
            architecture: self.text("architecture", findings),
            os: self.text("os", findings),
            variant: self.text("variant", findings),
            os_version: self.text("os.version", findings),
            os_features: self.texts("os.features", findings).unwrap_or_default(),
            run: self.object("config", findings).map(|run| run.run(findings)).unwrap_or_default(),
            rootfs_type: rootfs.as_ref().and_then(|rootfs| rootfs.text("type", findings)),
            diff_ids: rootfs.map(|rootfs| rootfs.diff_ids(findings)).unwrap_or_default(),
            history,
            steps,
            findings: Vec::new(),
        }
    }

    fn run(&self, findings: &mut Findings) -> Run {
        let env = self.list("Env", findings);
        Run {
            user: self.text("User", findings),
            exposed_ports: self.names("ExposedPorts", findings),
            env: env.into_iter().map(|(pointer, text)| Variable { pointer, text: text.to_owned() }).collect(),
            entrypoint: self.texts("Entrypoint", findings),
            cmd: self.texts("Cmd", findings),
            volumes: self.names("Volumes", findings),
            working_dir: self.text("WorkingDir", findings),
            labels: self.labels(findings),
            stop_signal: self.text("StopSignal", findings),
            healthcheck: self.object("Healthcheck", findings).map(|check| check.healthcheck(findings)),
            shell: self.texts("Shell", findings),
            on_build: self.texts("OnBuild", findings).unwrap_or_default(),
            args_escaped: self.flag("ArgsEscaped", findings),
        }
    }

    fn healthcheck(&self, findings: &mut Findings) -> HealthCheck {
        HealthCheck {
            test: self.texts("Test", findings).unwrap_or_default(),
            interval: self.number("Interval", findings),
            timeout: self.number("Timeout", findings),
            start_period: self.number("StartPeriod", findings),
            start_interval: self.number("StartInterval", findings),
            retries: self.number("Retries", findings),
        }
    }

    fn diff_ids(&self, findings: &mut Findings) -> Vec<DiffId> {
        let diff_ids = self.list("diff_ids", findings).into_iter();
        diff_ids
            .map(|(pointer, text)| DiffId { pointer, text: text.to_owned(), digest: text.parse().ok() })
            .collect()
    }

    /// The steps that are kept, and how many there are. What is no object is a step of which nothing is known, so
    /// that it takes its place in the order.
    fn history(&self, findings: &mut Findings) -> (Vec<Step>, usize) {
        let Some(json) = self.member("history") else { return (Vec::new(), 0) };
        let Json::List(items) = json else {
            self.odd("history", json, "an array", findings);
            return (Vec::new(), 0);
        };
        let at = step(&self.pointer, "history");
        check::too_many(items.len(), &at, findings);
        let steps = items.iter().take(MOST_OF_A_LIST).enumerate().map(|(index, json)| {
            let entry = Self { json, pointer: format!("{at}/{index}") };
            if !matches!(json, Json::Object(_)) {
                add(json, entry.pointer.clone(), "an object", findings);
            }
            Step {
                created: entry.text("created", findings),
                created_by: entry.text("created_by", findings),
                author: entry.text("author", findings),
                comment: entry.text("comment", findings),
                empty_layer: entry.flag("empty_layer", findings),
                pointer: entry.pointer,
            }
        });
        (steps.collect(), items.len())
    }

    /// CF018 where a value is no text: the rest stays.
    fn labels(&self, findings: &mut Findings) -> BTreeMap<String, String> {
        let Some(labels) = self.object("Labels", findings) else { return BTreeMap::new() };
        let members = labels.json.members();
        check::too_many(members.len(), &labels.pointer, findings);
        let mut texts = BTreeMap::new();
        for (key, value) in members.iter().take(MOST_OF_A_LIST) {
            match value.as_text() {
                Some(text) => {
                    texts.insert(key.clone(), text.to_owned());
                }
                None => {
                    let finding = Finding::new("CF018", Severity::Warning).at(step(&labels.pointer, key));
                    findings.add(finding.values(value.to_string(), "a string"));
                }
            }
        }
        texts
    }

    /// The names of a set, which Go writes as an object of empty objects.
    fn names(&self, name: &str, findings: &mut Findings) -> Vec<String> {
        let Some(set) = self.object(name, findings) else { return Vec::new() };
        let members = set.json.members();
        check::too_many(members.len(), &set.pointer, findings);
        members.iter().take(MOST_OF_A_LIST).map(|(name, _)| name.clone()).collect()
    }

    fn texts(&self, name: &str, findings: &mut Findings) -> Option<Vec<String>> {
        let there = self.member(name).is_some();
        there.then(|| self.list(name, findings).into_iter().map(|(_, text)| text.to_owned()).collect())
    }

    /// The texts of a list and where they stand. One text alone counts as a list of it, as docker has it.
    fn list(&self, name: &str, findings: &mut Findings) -> Vec<(String, &'a str)> {
        let at = step(&self.pointer, name);
        let items = match self.member(name) {
            Some(Json::List(items)) => items,
            Some(Json::Text(text)) => {
                add(&Json::Text(text.clone()), at.clone(), "an array of strings", findings);
                return vec![(at, text)];
            }
            Some(other) => {
                add(other, at, "an array of strings", findings);
                return Vec::new();
            }
            None => return Vec::new(),
        };
        check::too_many(items.len(), &at, findings);
        let mut texts = Vec::new();
        for (index, item) in items.iter().take(MOST_OF_A_LIST).enumerate() {
            let at = format!("{at}/{index}");
            match item.as_text() {
                Some(text) => texts.push((at, text)),
                None => add(item, at, "a string", findings),
            }
        }
        texts
    }

    fn object(&self, name: &str, findings: &mut Findings) -> Option<Self> {
        let json = self.member(name)?;
        if !matches!(json, Json::Object(_)) {
            self.odd(name, json, "an object", findings);
            return None;
        }
        Some(Self { json, pointer: step(&self.pointer, name) })
    }

    fn text(&self, name: &str, findings: &mut Findings) -> Option<String> {
        let json = self.member(name)?;
        let text = json.as_text();
        if text.is_none() {
            self.odd(name, json, "a string", findings);
        }
        text.map(str::to_owned)
    }

    fn flag(&self, name: &str, findings: &mut Findings) -> bool {
        match self.member(name) {
            Some(Json::Bool(flag)) => *flag,
            Some(other) => {
                self.odd(name, other, "true or false", findings);
                false
            }
            None => false,
        }
    }

    fn number(&self, name: &str, findings: &mut Findings) -> Option<u64> {
        let json = self.member(name)?;
        let number = match json {
            Json::Number(number) => number.as_u64(),
            _ => None,
        };
        if number.is_none() {
            self.odd(name, json, "a whole number", findings);
        }
        number
    }

    /// A member that says something. Go writes `null` for what is not set.
    fn member(&self, name: &str) -> Option<&'a Json> {
        self.json.get(name).filter(|json| **json != Json::Null)
    }

    fn odd(&self, name: &str, json: &Json, expected: &str, findings: &mut Findings) {
        add(json, step(&self.pointer, name), expected, findings);
    }
}

/// CF009: a value of another JSON type than config.md says.
fn add(json: &Json, pointer: String, expected: &str, findings: &mut Findings) {
    let finding = Finding::new("CF009", Severity::Error).at(pointer);
    findings.add(finding.values(json.to_string(), expected));
}
