//! Which artifactType counts, and which rule gave it?
//!
//! Distribution specification, "Listing Referrers"; image specification, manifest.md, "Guidelines for Artifact Usage".

use serde::{Deserialize, Serialize};

use crate::{Descriptor, MediaType, Role, Shape};

/// The effective artifactType and where it comes from (distribution specification, "Listing Referrers").
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ArtifactType {
    /// The type; `None` where the rule gives none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Which rule gave it.
    pub source: ArtifactTypeSource,
}

/// Which rule gave an artifactType.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ArtifactTypeSource {
    /// The document's own `artifactType` field.
    Field,
    /// `config.mediaType` of an image manifest without the field.
    ConfigMediaType,
    /// None: an index without the field has none, and the empty config type is no artifact type (S0-4).
    #[default]
    None,
}

impl ArtifactType {
    /// The effective type of a document of this shape, from its own field and its config. An empty field is as
    /// good as none. The type of the empty JSON object says nothing about an artifact, wherever it stands.
    pub fn effective(shape: Shape, field: Option<&str>, config: Option<&Descriptor>) -> Self {
        let own = field.filter(|text| !text.is_empty()).map(|text| (text, ArtifactTypeSource::Field));
        let found = match shape {
            Shape::Manifest => own.or_else(|| {
                let media_type = config?.media_type.as_ref().filter(|media_type| !media_type.0.is_empty())?;
                Some((media_type.0.as_str(), ArtifactTypeSource::ConfigMediaType))
            }),
            Shape::Index | Shape::ArtifactManifest => own,
            Shape::Schema1 | Shape::Ambiguous | Shape::Unknown | Shape::NotJson => None,
        };
        match found {
            Some((text, source)) if MediaType::from(text).role() != Role::Empty => {
                Self { value: Some(text.to_owned()), source }
            }
            _ => Self::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use ArtifactTypeSource::{ConfigMediaType, Field, None as Nowhere};

    use super::*;

    const SBOM: &str = "application/spdx+json";
    const HELM: &str = "application/vnd.cncf.helm.config.v1+json";

    #[test]
    fn the_effective_type_follows_the_rule() {
        let cases = [
            // S0-1, S0-2: the field wins over the config.
            (Shape::Manifest, Some(SBOM), Some(MediaType::EMPTY), Some(SBOM), Field),
            (Shape::Manifest, Some(SBOM), Some(HELM), Some(SBOM), Field),
            (Shape::Manifest, Some(SBOM), None, Some(SBOM), Field),
            // S0-3: without the field, the config's type.
            (Shape::Manifest, None, Some(HELM), Some(HELM), ConfigMediaType),
            (Shape::Manifest, Some(""), Some(HELM), Some(HELM), ConfigMediaType),
            // S0-4: the empty type is never an artifact type.
            (Shape::Manifest, None, Some(MediaType::EMPTY), None, Nowhere),
            (Shape::Manifest, None, Some("Application/vnd.oci.EMPTY.v1+json"), None, Nowhere),
            (Shape::Manifest, Some(MediaType::EMPTY), Some(HELM), None, Nowhere),
            // S0-5: an image's config type.
            (
                Shape::Manifest,
                None,
                Some(MediaType::OCI_CONFIG),
                Some(MediaType::OCI_CONFIG),
                ConfigMediaType,
            ),
            (
                Shape::Manifest,
                None,
                Some(MediaType::DOCKER_CONFIG),
                Some(MediaType::DOCKER_CONFIG),
                ConfigMediaType,
            ),
            (Shape::Manifest, None, None, None, Nowhere),
            (Shape::Manifest, None, Some(""), None, Nowhere),
            // S0-6: an index has its field or none.
            (Shape::Index, Some(SBOM), None, Some(SBOM), Field),
            (Shape::Index, None, None, None, Nowhere),
            (Shape::Index, None, Some(HELM), None, Nowhere),
            (Shape::ArtifactManifest, Some(SBOM), None, Some(SBOM), Field),
            (Shape::Ambiguous, Some(SBOM), Some(HELM), None, Nowhere),
            (Shape::Schema1, Some(SBOM), None, None, Nowhere),
        ];
        for (shape, field, config, value, source) in cases {
            let config =
                config.map(|config| Descriptor { media_type: Some(config.into()), ..Descriptor::default() });
            let found = ArtifactType::effective(shape, field, config.as_ref());
            assert_eq!(
                (found.value.as_deref(), found.source),
                (value, source),
                "{shape:?} {field:?} {config:?}"
            );
        }
    }
}
