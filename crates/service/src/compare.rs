//! Is what was fetched what its descriptor says? (DS008, DS009, IX005)

use oci::{Digest, Finding, MediaType, Severity, Verification, View};

/// DS008: the content has the length that its descriptor states.
pub(crate) fn length(stated: Option<u64>, actual: u64, pointer: &str) -> Option<Finding> {
    let stated = stated.filter(|stated| *stated != actual)?;
    let finding = Finding::new("DS008", Severity::Error).at(pointer);
    Some(finding.values(format!("{actual} bytes"), format!("{stated} bytes")))
}

/// DS009: the content hashes to the digest of its descriptor.
pub(crate) fn hash(asked: &Digest, verification: &Verification, pointer: &str) -> Option<Finding> {
    let Verification::Mismatch(actual) = verification else { return None };
    Some(other_bytes(asked, actual, pointer))
}

/// DS009, where both digests are known.
pub(crate) fn other_bytes(asked: &Digest, actual: &Digest, pointer: &str) -> Finding {
    Finding::new("DS009", Severity::Error).at(pointer).values(actual.as_str(), asked.as_str())
}

/// IX005: a child of an index is of the type that its entry states. Its own word counts before its server's.
pub(crate) fn media_type(
    stated: Option<&MediaType>,
    child: &View,
    served: Option<&MediaType>,
    pointer: &str,
) -> Option<Finding> {
    let stated = stated.filter(|stated| !stated.0.is_empty())?;
    let own = child.media_type.as_ref().filter(|own| !own.0.is_empty());
    let actual = own.or(served.filter(|served| served.is_manifest()))?;
    if actual.essence() == stated.essence() {
        return None;
    }
    let finding = Finding::new("IX005", Severity::Error).at(pointer);
    Some(finding.values(actual.0.as_str(), stated.0.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_childs_own_type_counts_before_the_header_and_octets_say_nothing() {
        let child = |own: &str| View { media_type: Some(own.into()), ..View::default() };
        let index = MediaType::from(MediaType::OCI_INDEX);
        let octets = MediaType::from("application/octet-stream");
        let manifest = MediaType::from(MediaType::OCI_MANIFEST);
        let differs = |own, stated, served: Option<&MediaType>| {
            media_type(Some(stated), &child(own), served, "/x").map(|finding| finding.actual.unwrap())
        };
        assert_eq!(differs(MediaType::OCI_INDEX, &index, Some(&manifest)), None);
        assert_eq!(
            differs(MediaType::OCI_MANIFEST, &index, Some(&index)).as_deref(),
            Some(manifest.0.as_str())
        );
        assert_eq!(differs("", &index, Some(&manifest)).as_deref(), Some(manifest.0.as_str()));
        assert_eq!(differs("", &index, Some(&octets)), None);
        assert_eq!(differs("", &index, None), None);
    }
}
