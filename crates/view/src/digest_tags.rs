//! Which tags are made by tools from a digest, and for what?
//!
//! Distribution specification, "Referrers Tag Schema"; cosign's SIGNATURE_SPEC; regclient's digest tags. Such tags
//! are no names that a person gave: lists fold them, and nobody retags them by mistake (oci-rules RF021, RT005, EC014).

use oci::{Digest, Reference, Shape, Tag};

/// A tag that names a digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigestTag {
    /// The algorithm, shortened to 32 characters by the rule: `sha256`.
    pub algorithm: String,
    /// The encoded part, shortened to 64 characters by the rule.
    pub encoded: String,
    /// What stands behind it, without the dot: `sig`, `att`, `sbom`, `<x>.meta`; empty for the list of referrers.
    pub suffix: String,
    /// What it is for.
    pub purpose: Purpose,
}

/// What a tag of a digest is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// The list of referrers, which clients keep where the registry does not.
    Referrers,
    /// cosign's signatures.
    Signature,
    /// cosign's attestations.
    Attestation,
    /// cosign's SBOM.
    Sbom,
    /// regclient's metadata: `<x>.meta`.
    Metadata,
    /// Something else.
    Other,
}

/// What a tag says of a digest; `None` for a name that a person gave.
pub fn digest_tag(tag: &str) -> Option<DigestTag> {
    let (name, suffix) = tag.split_once('.').map_or((tag, ""), |(name, suffix)| (name, suffix));
    let (algorithm, encoded) = name.split_once('-')?;
    let known = match algorithm {
        "sha256" | "blake3" => encoded.len() == 64,
        // 128 digits, of which 64 stay (RF018); some tools write all of them, and no registry takes that.
        "sha512" => encoded.len() == 64 || encoded.len() == 128,
        _ => false,
    };
    let hex = encoded.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    if !known || !hex || (suffix.is_empty() && name.len() < tag.len()) {
        return None;
    }
    let purpose = match suffix {
        "" => Purpose::Referrers,
        "sig" => Purpose::Signature,
        "att" => Purpose::Attestation,
        "sbom" => Purpose::Sbom,
        suffix if suffix.ends_with(".meta") || suffix == "meta" => Purpose::Metadata,
        _ => Purpose::Other,
    };
    let (algorithm, encoded, suffix) = (algorithm.to_owned(), encoded.to_owned(), suffix.to_owned());
    Some(DigestTag { algorithm, encoded, suffix, purpose })
}

/// Whether a tag is one that tools make from a digest.
pub fn is_digest_tag(tag: &str) -> bool {
    digest_tag(tag).is_some()
}

/// Of what an object is the list of referrers that clients keep under a tag: an index, read by such a tag.
pub fn lists_referrers(reference: &Reference, shape: Shape) -> Option<DigestTag> {
    let tag = reference.tag.as_ref().filter(|_| reference.digest.is_none() && shape == Shape::Index)?;
    digest_tag(tag.as_str()).filter(|tag| tag.purpose == Purpose::Referrers)
}

/// The tag of a digest's list of referrers: 32 characters of the algorithm, 64 of the rest, and a dash for what no tag
/// may have.
pub fn referrers_tag(digest: &Digest) -> Option<Tag> {
    let algorithm = digest.algorithm();
    let part = |text: &str, length: usize| -> String {
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
        text.chars().take(length).map(|c| if allowed(c) { c } else { '-' }).collect()
    };
    format!("{}-{}", part(algorithm.as_str(), 32), part(digest.encoded(), 64)).parse().ok()
}

impl DigestTag {
    /// The digest, where the tag has the whole of it.
    pub fn digest(&self) -> Option<Digest> {
        format!("{}:{}", self.algorithm, self.encoded).parse().ok()
    }
}

/// What a tag of a digest is for, in words.
pub fn purpose(purpose: Purpose) -> String {
    let name = match purpose {
        Purpose::Referrers => "referrers",
        Purpose::Signature => "signature",
        Purpose::Attestation => "attestation",
        Purpose::Sbom => "sbom",
        Purpose::Metadata => "metadata",
        Purpose::Other => "unknown",
    };
    crate::text(&format!("digest_tag.{name}"), &[])
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEX: &str = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

    #[test]
    fn a_list_of_referrers_is_an_index_under_its_tag() {
        let by_tag: Reference = format!("ghcr.io/acme/app:sha256-{HEX}").parse().unwrap();
        let subject = lists_referrers(&by_tag, Shape::Index).and_then(|list| list.digest());
        assert_eq!(subject.unwrap().to_string(), format!("sha256:{HEX}"));
        assert_eq!(lists_referrers(&by_tag, Shape::Manifest), None, "the specification asks for an index");
        for other in [format!("sha256-{HEX}.sig"), "1.2.0".to_owned()] {
            let other: Reference = format!("ghcr.io/acme/app:{other}").parse().unwrap();
            assert_eq!(lists_referrers(&other, Shape::Index), None, "{other}");
        }
    }

    #[test]
    fn tools_tags_are_known() {
        let cases = [
            ("", Purpose::Referrers),
            (".sig", Purpose::Signature),
            (".att", Purpose::Attestation),
            (".sbom", Purpose::Sbom),
            // regclient, docs: digest tags `<algorithm>-<digest>.<hash>.meta`.
            (".4b1d5f6a.meta", Purpose::Metadata),
            (".cosign", Purpose::Other),
            (".sig.old", Purpose::Other),
        ];
        for (suffix, purpose) in cases {
            let found = digest_tag(&format!("sha256-{HEX}{suffix}")).unwrap();
            assert_eq!((found.purpose, found.suffix.as_str()), (purpose, suffix.trim_start_matches('.')));
            assert_eq!(found.digest().unwrap().to_string(), format!("sha256:{HEX}"));
        }
        let long = digest_tag(&format!("sha512-{HEX}")).unwrap();
        assert_eq!((long.purpose, long.digest()), (Purpose::Referrers, None), "half of it is no digest");
        assert!(is_digest_tag(&format!("sha512-{HEX}{HEX}.sig")));
    }

    #[test]
    fn names_are_none() {
        let short = &HEX[..63];
        let upper = HEX.to_uppercase();
        let cases = [
            "latest".to_owned(),
            "sha-1a2b3c4".to_owned(),
            format!("sha256-{short}"),
            format!("sha256-{HEX}0"),
            format!("sha256-{upper}"),
            format!("sha256-{HEX}."),
            format!("sha256:{HEX}"),
            format!("sha256-{HEX}-slim"),
            format!("build-{HEX}"),
            HEX.to_owned(),
            "sha256-".to_owned(),
            "sha256-.sig".to_owned(),
        ];
        for tag in &cases {
            assert_eq!(digest_tag(tag), None, "{tag}");
        }
    }

    #[test]
    fn the_examples_of_the_referrers_tag_schema() {
        // Distribution specification, main, "Referrers Tag Schema": its three examples.
        let cases = [
            (
                "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "sha256-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            ),
            (
                "sha512:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "sha512-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            ),
            (
                "test+algorithm+using+algorithm+separators+and+lots+of+characters+to+excercise+overall+truncation:alsoSome=InTheEncodedSectionToShowHyphenReplacementAndLotsAndLotsOfCharactersToExcerciseEncodedTruncation",
                "test-algorithm-using-algorithm-s-alsoSome-InTheEncodedSectionToShowHyphenReplacementAndLotsAndLot",
            ),
        ];
        for (digest, tag) in cases {
            assert_eq!(referrers_tag(&digest.parse().unwrap()).unwrap().as_str(), tag);
        }
        assert!(is_digest_tag(referrers_tag(&format!("sha256:{HEX}").parse().unwrap()).unwrap().as_str()));
    }

    #[test]
    fn each_purpose_has_its_words() {
        for all in ["", ".sig", ".att", ".sbom", ".x.meta", ".x"] {
            let words = purpose(digest_tag(&format!("sha256-{HEX}{all}")).unwrap().purpose);
            assert!(!words.contains("digest_tag"), "{words}");
        }
    }
}
