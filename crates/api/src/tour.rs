//! What is there to see in the sample registries?

use oci::{Digest, Host, RepositoryName, Tag};
use serde::{Deserialize, Serialize};

/// Lists the stops of the tour.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ListTour {}

/// The tour through the samples that this host serves; empty where it serves none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tour {
    /// In the order of a walk.
    pub stops: Vec<TourStop>,
}

/// One thing to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TourStop {
    /// The registry.
    pub registry: Host,
    /// The repository.
    pub repository: RepositoryName,
    /// The tag, where one is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag: Option<Tag>,
    /// The digest, where no tag names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// The heading that it stands under: `Images`, `Signatures`.
    pub topic: String,
    /// What to look at, in a sentence.
    pub look_at: String,
}
