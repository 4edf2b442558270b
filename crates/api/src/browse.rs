//! Lists that grow: repositories and tags.

use oci::{Finding, Host, RepositoryName};
use serde::{Deserialize, Serialize};

/// Lists the repositories of a registry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListRepositories {
    /// The registry.
    pub registry: Host,
}

/// One page of repositories. The registry's own text: names outside the grammar are kept, and flagged `RG017`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RepositoryBatch {
    /// The names that this page added, in the registry's order, without those seen before.
    pub repositories: Vec<String>,
    /// Which page this was, from 1.
    pub page: u32,
    /// Whether the list is complete now. `false` on the last event means: stopped early, see the findings.
    pub complete: bool,
    /// What was wrong with this page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
}

/// Lists the tags of a repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListTags {
    /// The registry.
    pub registry: Host,
    /// The repository.
    pub repository: RepositoryName,
}

/// One page of tags. The registry's own text: tags outside the grammar are kept, and flagged `RG017`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TagBatch {
    /// The tags that this page added, in the registry's order, without those seen before.
    pub tags: Vec<String>,
    /// Which page this was, from 1.
    pub page: u32,
    /// Whether the list is complete now. `false` on the last event means: stopped early, see the findings.
    pub complete: bool,
    /// What was wrong with this page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
}
