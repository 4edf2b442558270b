//! Known media types: their family, their role, their twin in the other family.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A media type as a document or a header wrote it. Any text is kept; [`MediaType::essence`] is what is compared.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MediaType(pub String);

/// Which world a type belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// `application/vnd.oci.…`
    Oci,
    /// `application/vnd.docker.…`
    Docker,
    /// Anything else.
    Other,
}

/// What a type is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// An image manifest.
    Manifest,
    /// An image index or manifest list.
    Index,
    /// Docker schema 1, signed or not.
    Schema1,
    /// The artifact manifest of the OCI 1.1 release candidates, or its forerunner by ORAS. Both are retired.
    ArtifactManifest,
    /// An image configuration.
    Config,
    /// A layer of an image's file system.
    Layer,
    /// The empty JSON object.
    Empty,
    /// Anything else.
    Other,
}

impl MediaType {
    /// OCI image manifest.
    pub const OCI_MANIFEST: &'static str = "application/vnd.oci.image.manifest.v1+json";
    /// OCI image index.
    pub const OCI_INDEX: &'static str = "application/vnd.oci.image.index.v1+json";
    /// Docker image manifest, version 2 schema 2.
    pub const DOCKER_MANIFEST: &'static str = "application/vnd.docker.distribution.manifest.v2+json";
    /// Docker manifest list.
    pub const DOCKER_LIST: &'static str = "application/vnd.docker.distribution.manifest.list.v2+json";
    /// OCI artifact manifest, retired before 1.1.
    pub const OCI_ARTIFACT: &'static str = "application/vnd.oci.artifact.manifest.v1+json";
    /// ORAS artifact manifest, the forerunner of [`Self::OCI_ARTIFACT`].
    pub const ORAS_ARTIFACT: &'static str = "application/vnd.cncf.oras.artifact.manifest.v1+json";
    /// Docker schema 1, signed.
    pub const DOCKER_SCHEMA1_SIGNED: &'static str =
        "application/vnd.docker.distribution.manifest.v1+prettyjws";
    /// Docker schema 1, unsigned.
    pub const DOCKER_SCHEMA1: &'static str = "application/vnd.docker.distribution.manifest.v1+json";
    /// OCI image configuration.
    pub const OCI_CONFIG: &'static str = "application/vnd.oci.image.config.v1+json";
    /// Docker image configuration.
    pub const DOCKER_CONFIG: &'static str = "application/vnd.docker.container.image.v1+json";
    /// The empty JSON object, `{}`.
    pub const EMPTY: &'static str = "application/vnd.oci.empty.v1+json";

    /// The `Accept` line of every request for a manifest, GET and HEAD (rule S3-1): all known types, then anything.
    pub const ACCEPT: &'static str = "application/vnd.oci.image.manifest.v1+json, \
        application/vnd.oci.image.index.v1+json, \
        application/vnd.docker.distribution.manifest.v2+json, \
        application/vnd.docker.distribution.manifest.list.v2+json, \
        application/vnd.oci.artifact.manifest.v1+json, \
        application/vnd.docker.distribution.manifest.v1+prettyjws, \
        application/vnd.docker.distribution.manifest.v1+json, \
        */*;q=0.1";

    /// Type and subtype in lower case, without parameters (RFC 2045; oci-rules A-M2).
    pub fn essence(&self) -> String {
        self.0.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// Whether there is something behind the essence: `; charset=utf-8`.
    pub fn has_parameters(&self) -> bool {
        self.0.contains(';')
    }

    /// Whether the text follows RFC 6838, section 4.2, as descriptor.md wants it: two names, no parameters.
    pub fn is_well_formed(&self) -> bool {
        let name = |name: &str| {
            name.len() <= 127
                && name.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric())
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&b))
        };
        self.0.split_once('/').is_some_and(|(kind, subtype)| name(kind) && name(subtype))
    }

    /// Which world the type belongs to.
    pub fn family(&self) -> Family {
        let essence = self.essence();
        if essence.starts_with("application/vnd.oci.") {
            Family::Oci
        } else if essence.starts_with("application/vnd.docker.") {
            Family::Docker
        } else {
            Family::Other
        }
    }

    /// What the type is for.
    pub fn role(&self) -> Role {
        match self.essence().as_str() {
            Self::OCI_MANIFEST | Self::DOCKER_MANIFEST => Role::Manifest,
            Self::OCI_INDEX | Self::DOCKER_LIST => Role::Index,
            Self::DOCKER_SCHEMA1 | Self::DOCKER_SCHEMA1_SIGNED => Role::Schema1,
            Self::OCI_ARTIFACT | Self::ORAS_ARTIFACT => Role::ArtifactManifest,
            Self::OCI_CONFIG | Self::DOCKER_CONFIG => Role::Config,
            Self::EMPTY => Role::Empty,
            essence if LAYERS.iter().any(|layers| essence.starts_with(layers)) => Role::Layer,
            _ => Role::Other,
        }
    }

    /// Whether this is the type of a manifest or an index, retired ones included.
    pub fn is_manifest(&self) -> bool {
        matches!(self.role(), Role::Manifest | Role::Index | Role::Schema1 | Role::ArtifactManifest)
    }

    /// The type of the same bytes in the other family (media-types.md, "Compatibility Matrix"), if there is one.
    /// Docker has none for zstd that most tools know.
    pub fn twin(&self) -> Option<MediaType> {
        let essence = self.essence();
        TWINS.iter().find_map(|(docker, oci, both_ways)| match essence.as_str() {
            essence if essence == *docker => Some(MediaType::from(*oci)),
            essence if essence == *oci && *both_ways == Ways::Both => Some(MediaType::from(*docker)),
            _ => None,
        })
    }
}

/// Beginnings of the types of file system layers.
const LAYERS: [&str; 4] = [
    "application/vnd.oci.image.layer.v1.tar",
    "application/vnd.oci.image.layer.nondistributable.v1.tar",
    "application/vnd.docker.image.rootfs.diff.tar",
    "application/vnd.docker.image.rootfs.foreign.diff.tar",
];

#[derive(Clone, Copy, PartialEq)]
enum Ways {
    Both,
    ToOci,
}

/// Docker's type, the OCI's type, and in which direction one may stand for the other.
const TWINS: [(&str, &str, Ways); 9] = [
    (MediaType::DOCKER_MANIFEST, MediaType::OCI_MANIFEST, Ways::Both),
    (MediaType::DOCKER_LIST, MediaType::OCI_INDEX, Ways::Both),
    (MediaType::DOCKER_CONFIG, MediaType::OCI_CONFIG, Ways::Both),
    ("application/vnd.docker.image.rootfs.diff.tar", "application/vnd.oci.image.layer.v1.tar", Ways::Both),
    (
        "application/vnd.docker.image.rootfs.diff.tar.gzip",
        "application/vnd.oci.image.layer.v1.tar+gzip",
        Ways::Both,
    ),
    (
        "application/vnd.docker.image.rootfs.diff.tar.zstd",
        "application/vnd.oci.image.layer.v1.tar+zstd",
        Ways::ToOci,
    ),
    (
        "application/vnd.docker.image.rootfs.foreign.diff.tar",
        "application/vnd.oci.image.layer.nondistributable.v1.tar",
        Ways::Both,
    ),
    (
        "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
        "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
        Ways::Both,
    ),
    (
        "application/vnd.docker.image.rootfs.foreign.diff.tar.zstd",
        "application/vnd.oci.image.layer.nondistributable.v1.tar+zstd",
        Ways::ToOci,
    ),
];

impl fmt::Display for MediaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for MediaType {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_accept_line_is_the_one_of_the_rule() {
        let line = "application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json, \
                    application/vnd.docker.distribution.manifest.v2+json, \
                    application/vnd.docker.distribution.manifest.list.v2+json, \
                    application/vnd.oci.artifact.manifest.v1+json, \
                    application/vnd.docker.distribution.manifest.v1+prettyjws, \
                    application/vnd.docker.distribution.manifest.v1+json, */*;q=0.1";
        assert_eq!(MediaType::ACCEPT, line);
    }

    #[test]
    fn each_type_has_its_family_and_role() {
        use {Family::*, Role::*};
        let cases = [
            ("application/vnd.oci.image.manifest.v1+json", Oci, Manifest),
            ("application/vnd.oci.image.index.v1+json", Oci, Index),
            ("application/vnd.oci.artifact.manifest.v1+json", Oci, ArtifactManifest),
            ("application/vnd.cncf.oras.artifact.manifest.v1+json", Family::Other, ArtifactManifest),
            ("application/vnd.oci.image.config.v1+json", Oci, Config),
            ("application/vnd.oci.empty.v1+json", Oci, Empty),
            ("application/vnd.oci.image.layer.v1.tar", Oci, Layer),
            ("application/vnd.oci.image.layer.v1.tar+gzip", Oci, Layer),
            ("application/vnd.oci.image.layer.v1.tar+zstd", Oci, Layer),
            ("application/vnd.oci.image.layer.v1.tar+gzip+encrypted", Oci, Layer),
            ("application/vnd.oci.image.layer.nondistributable.v1.tar+gzip", Oci, Layer),
            ("application/vnd.docker.distribution.manifest.v2+json", Docker, Manifest),
            ("application/vnd.docker.distribution.manifest.list.v2+json", Docker, Index),
            ("application/vnd.docker.distribution.manifest.v1+prettyjws", Docker, Schema1),
            ("application/vnd.docker.distribution.manifest.v1+json", Docker, Schema1),
            ("application/vnd.docker.container.image.v1+json", Docker, Config),
            ("application/vnd.docker.image.rootfs.diff.tar.gzip", Docker, Layer),
            ("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", Docker, Layer),
            ("application/vnd.cncf.helm.config.v1+json", Family::Other, Role::Other),
            ("text/html", Family::Other, Role::Other),
            ("", Family::Other, Role::Other),
            ("Application/VND.OCI.Image.Index.V1+JSON; charset=utf-8", Oci, Index),
        ];
        for (text, family, role) in cases {
            let media_type = MediaType::from(text);
            assert_eq!((media_type.family(), media_type.role()), (family, role), "{text}");
            let manifest = matches!(role, Manifest | Index | Schema1 | ArtifactManifest);
            assert_eq!(media_type.is_manifest(), manifest, "{text}");
        }
    }

    #[test]
    fn twins_name_each_other() {
        let pairs = [
            (MediaType::DOCKER_MANIFEST, MediaType::OCI_MANIFEST),
            (MediaType::DOCKER_LIST, MediaType::OCI_INDEX),
            (MediaType::DOCKER_CONFIG, MediaType::OCI_CONFIG),
            ("application/vnd.docker.image.rootfs.diff.tar", "application/vnd.oci.image.layer.v1.tar"),
            (
                "application/vnd.docker.image.rootfs.diff.tar.gzip",
                "application/vnd.oci.image.layer.v1.tar+gzip",
            ),
            (
                "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
                "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
            ),
        ];
        for (docker, oci) in pairs {
            assert_eq!(MediaType::from(docker).twin(), Some(oci.into()));
            assert_eq!(MediaType::from(oci).twin(), Some(docker.into()));
        }
    }

    #[test]
    fn zstd_has_a_twin_in_one_direction_only() {
        let docker = MediaType::from("application/vnd.docker.image.rootfs.diff.tar.zstd");
        assert_eq!(docker.twin(), Some("application/vnd.oci.image.layer.v1.tar+zstd".into()));
        assert_eq!(MediaType::from("application/vnd.oci.image.layer.v1.tar+zstd").twin(), None);
    }

    #[test]
    fn what_belongs_to_one_world_has_no_twin() {
        for text in [MediaType::EMPTY, MediaType::OCI_ARTIFACT, MediaType::DOCKER_SCHEMA1, "text/plain", ""] {
            assert_eq!(MediaType::from(text).twin(), None, "{text}");
        }
    }

    #[test]
    fn well_formed_is_what_rfc_6838_allows() {
        let longest = format!("application/{}", "a".repeat(127));
        for good in ["application/spdx+json", "text/x-a_b.c", "a/b", "application/vnd.a!#$&^b", &longest] {
            assert!(MediaType::from(good).is_well_formed(), "{good}");
        }
        let too_long = format!("application/{}", "a".repeat(128));
        let bad = [
            "", "text", "/json", "text/", "a/b/c", ".a/b", "a/b;q=1", "a/b c", "a/ü", "a b/c", "a/b\n",
            &too_long,
        ];
        for bad in bad {
            assert!(!MediaType::from(bad).is_well_formed(), "{bad}");
        }
    }
}
