//! What would a Kubernetes pull secret give a registry? (Kubernetes documentation, "Docker config Secrets" and "Pull
//! an Image from a Private Registry".)

use std::fmt;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use oci::{Host, RepositoryName};
use registry::Login;
use serde_json::Value;

use crate::{
    FileProblem, Holder, Layout, Match, Problem, Shown, Verdict,
    config::{Config, What},
};

/// Bytes of a pasted text that are read at most: Kubernetes keeps no secret longer than 1 MiB, and base64 and a
/// manifest are around it.
const MOST: usize = 2 << 20;

/// Which kind of secret it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PullSecretKind {
    /// `kubernetes.io/dockerconfigjson`: a `config.json` under `.dockerconfigjson`.
    DockerConfigJson,
    /// `kubernetes.io/dockercfg`: a `~/.dockercfg` under `.dockercfg`.
    Dockercfg,
}

impl PullSecretKind {
    const BOTH: [Self; 2] = [Self::DockerConfigJson, Self::Dockercfg];

    /// The secret's `type`.
    pub fn as_type(self) -> &'static str {
        match self {
            Self::DockerConfigJson => "kubernetes.io/dockerconfigjson",
            Self::Dockercfg => "kubernetes.io/dockercfg",
        }
    }

    /// The field under `data` or `stringData`.
    pub fn field(self) -> &'static str {
        match self {
            Self::DockerConfigJson => ".dockerconfigjson",
            Self::Dockercfg => ".dockercfg",
        }
    }

    /// The shape of what is inside.
    fn layout(self) -> Layout {
        match self {
            Self::DockerConfigJson => Layout::Docker,
            Self::Dockercfg => Layout::Dockercfg,
        }
    }
}

/// Why a pasted text is no pull secret. The words hold nothing of the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PullSecretProblem {
    /// Longer than 2 MiB.
    #[error("the text is longer than {} MiB", MOST >> 20)]
    TooLong,
    /// Neither JSON nor YAML.
    #[error("the text is neither JSON nor YAML{}", .line.map(|line| format!(" (line {line})")).unwrap_or_default())]
    Unreadable {
        /// Where, from 1.
        line: Option<u64>,
    },
    /// A manifest of something else.
    #[error("the manifest is none of a Secret")]
    NotASecret,
    /// A secret of another type.
    #[error("the secret is none of the types kubernetes.io/dockerconfigjson and kubernetes.io/dockercfg")]
    OtherType,
    /// The field that belongs to the type is not there.
    #[error("the secret has no {0:?} under data or stringData")]
    NoData(&'static str),
    /// `data` is not base64.
    #[error("the secret's {0:?} is not base64")]
    NotBase64(&'static str),
    /// What it holds is no config file.
    #[error("what the secret holds {0}")]
    Config(FileProblem),
}

/// A pull secret that was pasted. It is kept nowhere but in this value.
pub struct PullSecret {
    /// Its `metadata.name`, where a manifest was pasted.
    pub name: Option<String>,
    /// Its `metadata.namespace`.
    pub namespace: Option<String>,
    /// Its kind.
    pub kind: PullSecretKind,
    config: Config,
}

impl PullSecret {
    /// Reads a manifest in YAML or JSON, or only the JSON inside it.
    ///
    /// # Errors
    /// [`PullSecretProblem`].
    pub fn parse(text: &str) -> Result<Self, PullSecretProblem> {
        if text.len() > MOST {
            return Err(PullSecretProblem::TooLong);
        }
        let text = text.trim_start_matches('\u{feff}').trim();
        let value = value(text)?;
        let root = value.as_object().ok_or(PullSecretProblem::NotASecret)?;
        if !root.contains_key("kind") && !root.contains_key("apiVersion") {
            // In a file of before `auths` every value is an entry.
            let kind = match root.get("auths") {
                Some(_) => PullSecretKind::DockerConfigJson,
                None if !root.is_empty() && root.values().all(Value::is_object) => PullSecretKind::Dockercfg,
                None => return Err(PullSecretProblem::NotASecret),
            };
            return Self::of(kind, value.to_string().as_bytes(), &Value::Null);
        }
        if root.get("kind").and_then(Value::as_str) != Some("Secret") {
            return Err(PullSecretProblem::NotASecret);
        }
        let has = |kind: &PullSecretKind| {
            ["data", "stringData"].iter().any(|part| value[*part].get(kind.field()).is_some())
        };
        let kind = match root.get("type").and_then(Value::as_str) {
            Some(name) => PullSecretKind::BOTH.into_iter().find(|kind| kind.as_type() == name),
            None => PullSecretKind::BOTH.into_iter().find(has),
        };
        let kind = kind.ok_or(PullSecretProblem::OtherType)?;
        let field = kind.field();
        // Kubernetes writes stringData over data.
        if let Some(text) = value["stringData"].get(field).and_then(Value::as_str) {
            return Self::of(kind, text.as_bytes(), &value["metadata"]);
        }
        let data = value["data"].get(field).and_then(Value::as_str);
        let data = data.ok_or(PullSecretProblem::NoData(field))?;
        let packed: String = data.split_ascii_whitespace().collect();
        let bytes = STANDARD.decode(packed).map_err(|_| PullSecretProblem::NotBase64(field))?;
        Self::of(kind, &bytes, &value["metadata"])
    }

    fn of(kind: PullSecretKind, config: &[u8], metadata: &Value) -> Result<Self, PullSecretProblem> {
        let config =
            Config::parse(config, kind.layout()).map_err(PullSecretProblem::Config)?.into_kubernetes();
        let text = |name: &str| metadata.get(name).and_then(Value::as_str).map(str::to_owned);
        Ok(Self { name: text("name"), namespace: text("namespace"), kind, config })
    }

    /// The keys of its entries, sorted. What a key has before an `@` is left out.
    pub fn keys(&self) -> Vec<String> {
        let shown = |key: &String| match key.rsplit_once('@') {
            Some((_, after)) => format!("…@{after}"),
            None => key.clone(),
        };
        let mut keys: Vec<String> = self.config.keys().map(shown).collect();
        keys.sort();
        keys
    }

    /// What it has for a registry or repository, the closest first, of which the first with a login is used. A helper
    /// that it names is never asked: no cluster has one.
    pub fn explain(&self, registry: &Host, repository: Option<&RepositoryName>) -> Vec<Match> {
        self.found(registry, repository).0
    }

    /// The login that it has for a registry or repository.
    pub fn login(&self, registry: &Host, repository: Option<&RepositoryName>) -> Option<Login> {
        self.found(registry, repository).1
    }

    fn found(&self, registry: &Host, repository: Option<&RepositoryName>) -> (Vec<Match>, Option<Login>) {
        let mut matches = Vec::new();
        let mut used = None;
        for held in self.config.held(registry, repository) {
            let What::Auths(entry) = held.what else { continue };
            let verdict = match entry {
                Ok(None) => Verdict::Empty,
                Err(problem) => Verdict::Failed(Problem::Entry(problem)),
                Ok(Some(login)) if used.is_some() => Verdict::Usable(Shown::of(&login)),
                Ok(Some(login)) => {
                    let shown = Shown::of(&login);
                    used = Some(login);
                    Verdict::Used(shown)
                }
            };
            matches.push(Match { key: held.key, how: held.how, holder: Holder::Auths, verdict });
        }
        (matches, used)
    }
}

impl fmt::Debug for PullSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PullSecret")
            .field("name", &self.name)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

/// JSON is read as JSON: what is a number or a text there is one, whatever YAML makes of it.
fn value(text: &str) -> Result<Value, PullSecretProblem> {
    if text.starts_with('{')
        && let Ok(value) = serde_json::from_str(text)
    {
        return Ok(value);
    }
    serde_saphyr::from_str(text).map_err(|error| PullSecretProblem::Unreadable {
        line: error.location().map(|location| location.line()),
    })
}

#[cfg(test)]
mod tests;
