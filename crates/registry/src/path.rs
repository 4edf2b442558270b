//! What is the path of a thing below a registry's origin? Every part is escaped (A-N7).

use oci::{Digest, RepositoryName, TagOrDigest};

pub(crate) const CATALOG: &str = "v2/_catalog";

pub(crate) fn tags_path(repository: &RepositoryName) -> String {
    format!("v2/{repository}/tags/list")
}

pub(crate) fn manifest_path(repository: &RepositoryName, target: &TagOrDigest) -> String {
    format!("v2/{repository}/manifests/{}", escape(&target.to_string()))
}

pub(crate) fn blob_path(repository: &RepositoryName, digest: &Digest) -> String {
    format!("v2/{repository}/blobs/{}", escape(digest.as_str()))
}

/// Percent-encodes all but what a path may hold as it is. Repository names and tags hold nothing else; a digest's
/// algorithm may hold `+`, which some servers read as a space.
fn escape(text: &str) -> String {
    use std::fmt::Write as _;
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            write!(escaped, "%{byte:02X}").expect("a String takes every write");
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_algorithms_are_escaped_and_known_digests_are_not() {
        let repository: RepositoryName = "demo/app".parse().unwrap();
        let path = |digest: &str| blob_path(&repository, &digest.parse().unwrap());
        assert_eq!(path("foo+bar:zz="), "v2/demo/app/blobs/foo%2Bbar:zz%3D");
        let hex = "a".repeat(64);
        assert_eq!(path(&format!("sha256:{hex}")), format!("v2/demo/app/blobs/sha256:{hex}"));
    }
}
