//! What must be known of a document to say in words what it is?

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{ArtifactType, Descriptor, Kind, Platform, Shape, View};

/// A document in outline: small, however long the document is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Outline {
    /// What its fields make of it.
    pub shape: Shape,
    /// What it is.
    pub kind: Kind,
    /// The effective artifactType.
    pub artifact_type: ArtifactType,
    /// Of an index: distinct platforms of its entries.
    #[serde(default)]
    pub platforms: u32,
    /// Of an index: entries without a platform.
    #[serde(default)]
    pub others: u32,
    /// Of an index: BuildKit's attestations.
    #[serde(default)]
    pub attestations: u32,
}

impl View {
    /// The document in outline.
    pub fn outline(&self) -> Outline {
        let attestations = self.manifests.iter().filter(|child| child.is_attestation()).count();
        let images = || self.manifests.iter().filter(|child| !child.is_attestation());
        let platforms: BTreeSet<&Platform> = images().filter_map(named_platform).collect();
        let others = images().filter(|child| named_platform(child).is_none()).count();
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Outline {
            shape: self.shape,
            kind: self.kind.clone(),
            artifact_type: self.artifact_type.clone(),
            platforms: count(platforms.len()),
            others: count(others),
            attestations: count(attestations),
        }
    }

    /// The entry of an index for a platform, written as [`Platform`] is. Without a wish, or where no entry has that
    /// platform: linux/amd64, else the first that has one, else the first that is no attestation (image-index.md: the
    /// first match is used). `None` where there is none.
    pub fn child_for(&self, wanted: Option<&str>) -> Option<&Descriptor> {
        let images = || self.manifests.iter().filter(|child| !child.is_attestation());
        let on = |name: &str| {
            images().find(|child| named_platform(child).is_some_and(|platform| platform.to_string() == name))
        };
        wanted
            .and_then(on)
            .or_else(|| on("linux/amd64"))
            .or_else(|| images().find(|child| named_platform(child).is_some()))
            .or_else(|| images().next())
    }
}

/// The platform of an entry, where it names one.
fn named_platform(child: &Descriptor) -> Option<&Platform> {
    child.platform.as_ref().filter(|on| !on.os.is_empty() || !on.architecture.is_empty())
}

#[cfg(test)]
mod tests {
    fn index(entries: &[&str]) -> crate::View {
        let entries: Vec<_> = entries
            .iter()
            .enumerate()
            .map(|(place, platform)| format!(r#"{{"size":{place},"platform":{{{platform}}}}}"#))
            .collect();
        let text = format!(r#"{{"schemaVersion":2,"manifests":[{}]}}"#, entries.join(","));
        crate::read(text.as_bytes(), None)
    }

    const UNKNOWN: &str = r#""os":"unknown","architecture":"unknown""#;
    const ARM: &str = r#""os":"linux","architecture":"arm64","variant":"v8""#;
    const AMD: &str = r#""os":"linux","architecture":"amd64""#;

    #[test]
    fn the_wanted_platform_is_chosen_and_no_attestation_ever() {
        let view = index(&[UNKNOWN, ARM, AMD, AMD]);
        let chosen = |wanted| view.child_for(wanted).and_then(|child| child.size);
        assert_eq!(chosen(Some("linux/arm64/v8")), Some(1));
        assert_eq!(chosen(Some("linux/amd64")), Some(2), "the first match counts");
        assert_eq!(chosen(Some("windows/amd64")), Some(2), "what is not there is linux/amd64");
        assert_eq!(chosen(None), Some(2));
        assert_eq!(index(&[UNKNOWN, ARM]).child_for(None).and_then(|child| child.size), Some(1));
        assert_eq!(index(&[UNKNOWN, ""]).child_for(None).and_then(|child| child.size), Some(1));
        assert_eq!(index(&[UNKNOWN]).child_for(Some("unknown/unknown")), None);
    }

    #[test]
    fn an_outline_counts_each_platform_once() {
        let outline = index(&[UNKNOWN, ARM, AMD, AMD, ""]).outline();
        assert_eq!((outline.platforms, outline.others, outline.attestations), (2, 1, 1));
    }
}
