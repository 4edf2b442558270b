//! What does an image's configuration say?
//!
//! Image specification, config.md, and Docker's fields beside it. Reading never fails because of content: what is
//! missing or of another JSON type is left out and becomes a finding.

mod layers;
mod read;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use layers::{Fit, Layers};

use crate::{Digest, Finding, Platform};

/// An image's configuration as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ImageConfig {
    /// When it was made, as written; RFC 3339 where it is right.
    pub created: Option<String>,
    /// Who made it.
    pub author: Option<String>,
    /// For example `arm64`.
    pub architecture: Option<String>,
    /// For example `linux`.
    pub os: Option<String>,
    /// For example `v8`.
    pub variant: Option<String>,
    /// For example `10.0.20348.2227` on Windows.
    pub os_version: Option<String>,
    /// What the system must have, on Windows `win32k`.
    pub os_features: Vec<String>,
    /// How a container of it is run.
    pub run: Run,
    /// `rootfs.type`: `layers`.
    pub rootfs_type: Option<String>,
    /// The layers by the digests of their uncompressed content.
    pub diff_ids: Vec<DiffId>,
    /// What made it, step by step.
    pub history: Vec<Step>,
    /// Steps that the document has, also those beyond what is kept.
    pub steps: usize,
    /// What is wrong with it: of each rule at most the first 100.
    pub findings: Vec<Finding>,
}

/// How a container is run: the member `config` of a configuration.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Run {
    /// `user`, `uid`, `user:group`, …
    pub user: Option<String>,
    /// `80/tcp`, …
    pub exposed_ports: Vec<String>,
    /// `NAME=value`, in their order.
    pub env: Vec<Variable>,
    /// What is started. `None` where the member is missing or `null`.
    pub entrypoint: Option<Vec<String>>,
    /// Its arguments, or what is started where there is no entry point.
    pub cmd: Option<Vec<String>>,
    /// Places that are no part of the image.
    pub volumes: Vec<String>,
    /// Where it starts.
    pub working_dir: Option<String>,
    /// Labels with text values.
    pub labels: BTreeMap<String, String>,
    /// For example `SIGTERM`.
    pub stop_signal: Option<String>,
    /// Docker's own.
    pub healthcheck: Option<HealthCheck>,
    /// Docker's own: which shell `RUN` and shell forms use.
    pub shell: Option<Vec<String>>,
    /// Docker's own: what the next image's build runs.
    pub on_build: Vec<String>,
    /// On Windows: the first argument is a whole command line that is already quoted.
    pub args_escaped: bool,
}

/// One variable of the environment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variable {
    /// Where it stands: `/config/Env/3`.
    pub pointer: String,
    /// `NAME=value` as written.
    pub text: String,
}

impl Variable {
    /// What stands before the first `=`.
    pub fn name(&self) -> &str {
        self.text.split_once('=').map_or(&self.text, |(name, _)| name)
    }

    /// What stands after it; empty where there is none.
    pub fn value(&self) -> &str {
        self.text.split_once('=').map_or("", |(_, value)| value)
    }
}

/// How Docker asks whether a container is well. Times are in nanoseconds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct HealthCheck {
    /// `CMD` and arguments, `CMD-SHELL` and a line, or `NONE`.
    pub test: Vec<String>,
    /// Between two checks.
    pub interval: Option<u64>,
    /// Until a check has failed.
    pub timeout: Option<u64>,
    /// In which failures do not count.
    pub start_period: Option<u64>,
    /// Between two checks while it starts.
    pub start_interval: Option<u64>,
    /// Failures in a row until the container is not well.
    pub retries: Option<u64>,
}

/// A layer by the digest of its uncompressed content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiffId {
    /// Where it stands: `/rootfs/diff_ids/0`.
    pub pointer: String,
    /// As written.
    pub text: String,
    /// As a digest, where it is one.
    pub digest: Option<Digest>,
}

/// One step of the history.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Step {
    /// Where it stands: `/history/0`.
    pub pointer: String,
    /// When, as written.
    pub created: Option<String>,
    /// By which command.
    pub created_by: Option<String>,
    /// By whom.
    pub author: Option<String>,
    /// What is said of it.
    pub comment: Option<String>,
    /// Whether it made no layer.
    pub empty_layer: bool,
}

impl ImageConfig {
    /// A configuration of more bytes than this is not read: clients stop at 4 MiB.
    pub const LARGEST: usize = 8 << 20;

    /// The platform that it names; `None` where it names neither system nor architecture.
    pub fn platform(&self) -> Option<Platform> {
        let text = |field: &Option<String>| field.clone().filter(|text| !text.is_empty());
        let platform = Platform {
            os: self.os.clone().unwrap_or_default(),
            architecture: self.architecture.clone().unwrap_or_default(),
            variant: text(&self.variant),
            os_version: text(&self.os_version),
        };
        (!platform.os.is_empty() || !platform.architecture.is_empty()).then_some(platform)
    }
}
