//! What must be known of a document to say in words what it is?

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{ArtifactType, Descriptor, Kind, Match, Platform, Shape, View};

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

    /// The entry of an index for a platform, in any form that [`Platform::from`] reads, and how well it answers: the
    /// best match, of equal ones the first (image-index.md: the first match is used). Without a wish, or where no entry
    /// has at least that system and architecture: linux/amd64, else the first that has a platform, else the first that
    /// is no attestation. `None` where there is none.
    pub fn choose(&self, wanted: Option<&str>) -> Option<(&Descriptor, Match)> {
        if let Some(found) = wanted.and_then(|wanted| self.best(wanted)) {
            return Some(found);
        }
        let images = || self.manifests.iter().filter(|child| !child.is_attestation());
        let else_taken = self.best("linux/amd64").map(|(child, _)| child);
        let child = else_taken
            .or_else(|| images().find(|child| named_platform(child).is_some()))
            .or_else(|| images().next())?;
        Some((child, if wanted.is_some() { Match::Other } else { Match::Exact }))
    }

    /// The entry of [`View::choose`], however well it answers.
    pub fn child_for(&self, wanted: Option<&str>) -> Option<&Descriptor> {
        self.choose(wanted).map(|(child, _)| child)
    }

    /// The entry that answers a wish best, where one has its system and architecture.
    fn best(&self, wanted: &str) -> Option<(&Descriptor, Match)> {
        let platform = Platform::from(wanted);
        let images = self.manifests.iter().filter(|child| !child.is_attestation());
        let graded = images.filter_map(|child| {
            let on = named_platform(child)?;
            // Odd names are not read back as they were written.
            let exact = on.to_string() == wanted;
            Some((child, if exact { Match::Exact } else { on.answers(&platform) }))
        });
        graded.filter(|(_, grade)| *grade != Match::Other).min_by_key(|(_, grade)| *grade)
    }
}

/// The platform of an entry, where it names one.
fn named_platform(child: &Descriptor) -> Option<&Platform> {
    child.platform.as_ref().filter(|on| !on.os.is_empty() || !on.architecture.is_empty())
}

#[cfg(test)]
mod tests {
    use crate::Match;

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

    /// A row asks for the setting linux/arm64; the image calls it linux/arm64/v8, as BuildKit does.
    #[test]
    fn a_platform_is_found_under_its_longer_and_its_shorter_name_before_another_one_is_taken() {
        const PLAIN: &str = r#""os":"linux","architecture":"arm64""#;
        const ARM6: &str = r#""os":"linux","architecture":"arm","variant":"v6""#;
        const ARM7: &str = r#""os":"linux","architecture":"arm","variant":"v7""#;
        const OLD: &str = r#""os":"windows","architecture":"amd64","os.version":"10.0.17763.1""#;
        const NEW: &str = r#""os":"windows","architecture":"amd64","os.version":"10.0.20348.2""#;
        let chosen = |entries: &[&str], wanted: &str| {
            let view = index(entries);
            view.choose(Some(wanted)).map(|(child, grade)| (child.size.unwrap(), grade))
        };
        let all = [UNKNOWN, AMD, ARM6, ARM7, ARM, OLD, NEW];
        assert_eq!(chosen(&all, "linux/arm64"), Some((4, Match::Same)));
        assert_eq!(chosen(&[AMD, PLAIN], "linux/arm64/v8"), Some((1, Match::Same)));
        assert_eq!(chosen(&[ARM, PLAIN], "linux/arm64"), Some((1, Match::Exact)), "as it was written");
        assert_eq!(chosen(&all, "linux/arm"), Some((3, Match::Same)), "arm alone is v7");
        assert_eq!(chosen(&all, "linux/arm/v5"), Some((2, Match::Near)));
        assert_eq!(chosen(&all, "windows/amd64"), Some((5, Match::Same)));
        for written in ["windows/amd64 10.0.20348.2", "windows/amd64/10.0.20348.2"] {
            assert_eq!(chosen(&all, written), Some((6, Match::Exact)), "{written}");
        }
        assert_eq!(chosen(&all, "windows/amd64 10.0.20348.9"), Some((6, Match::Same)), "another patch");
        assert_eq!(chosen(&all, "windows/amd64 10.0.26100.1"), Some((5, Match::Near)));
        assert_eq!(chosen(&all, "linux/s390x"), Some((1, Match::Other)), "and it can be told");
        assert_eq!(index(&all).choose(None).map(|(_, grade)| grade), Some(Match::Exact));
    }

    #[test]
    fn an_outline_counts_each_platform_once() {
        let outline = index(&[UNKNOWN, ARM, AMD, AMD, ""]).outline();
        assert_eq!((outline.platforms, outline.others, outline.attestations), (2, 1, 1));
    }
}
