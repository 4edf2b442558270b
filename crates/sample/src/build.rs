//! How do content and descriptors come together? Every piece is stored, and what points at it is made from it.
//!
//! Manifests are written as text and not through a JSON library, so that the order of keys is ours.

use fake_registry::{Store, sha256};

use crate::archive::{File, gzip, tar};

pub(crate) const OCI_MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
pub(crate) const OCI_INDEX: &str = "application/vnd.oci.image.index.v1+json";
pub(crate) const OCI_CONFIG: &str = "application/vnd.oci.image.config.v1+json";
pub(crate) const OCI_LAYER: &str = "application/vnd.oci.image.layer.v1.tar+gzip";
pub(crate) const DOCKER_MANIFEST: &str = "application/vnd.docker.distribution.manifest.v2+json";
pub(crate) const DOCKER_LIST: &str = "application/vnd.docker.distribution.manifest.list.v2+json";
pub(crate) const DOCKER_CONFIG: &str = "application/vnd.docker.container.image.v1+json";
pub(crate) const DOCKER_LAYER: &str = "application/vnd.docker.image.rootfs.diff.tar.gzip";
pub(crate) const EMPTY: &str = "application/vnd.oci.empty.v1+json";

/// A repository that is being filled.
#[derive(Clone, Copy)]
pub(crate) struct Repository<'a> {
    pub(crate) store: &'a Store,
    pub(crate) name: &'static str,
}

/// A pointer to something stored.
#[derive(Debug, Clone)]
pub(crate) struct Descriptor {
    pub(crate) media_type: &'static str,
    pub(crate) digest: String,
    pub(crate) size: usize,
    /// More members, such as `"annotations": {}`, each on a line of its own.
    pub(crate) more: Vec<String>,
}

/// A layer: its descriptor, and the digest of what is inside.
pub(crate) struct Layer {
    pub(crate) descriptor: Descriptor,
    pub(crate) diff_id: String,
}

impl Repository<'_> {
    /// Stores a blob.
    pub(crate) fn blob(&self, media_type: &'static str, bytes: &[u8]) -> Descriptor {
        let digest = self.store.put_blob(self.name, bytes);
        Descriptor { media_type, digest, size: bytes.len(), more: Vec::new() }
    }

    /// Stores files as a layer.
    pub(crate) fn layer(&self, media_type: &'static str, files: &[File]) -> Layer {
        let inside = tar(files);
        Layer { descriptor: self.blob(media_type, &gzip(&inside)), diff_id: sha256(&inside) }
    }

    /// The two bytes that stand for "no config".
    pub(crate) fn empty(&self) -> Descriptor {
        self.blob(EMPTY, b"{}").with("\"data\": \"e30=\"")
    }

    /// Stores a manifest, and tags it.
    pub(crate) fn manifest(&self, tags: &[&str], media_type: &'static str, text: &str) -> Descriptor {
        let digest = self.store.put_manifest(self.name, None, media_type, text);
        for tag in tags {
            self.store.put_tag(self.name, tag, &digest);
        }
        Descriptor { media_type, digest, size: text.len(), more: Vec::new() }
    }
}

impl Descriptor {
    /// One more member, as JSON: `"artifactType": "…"`.
    pub(crate) fn with(mut self, member: impl Into<String>) -> Self {
        self.more.push(member.into());
        self
    }

    /// The hex digits of the digest.
    pub(crate) fn hex(&self) -> &str {
        self.digest.strip_prefix("sha256:").unwrap_or(&self.digest)
    }

    /// The descriptor as JSON, indented by so many spaces after its first line.
    pub(crate) fn json(&self, indent: usize) -> String {
        let mut members = vec![
            format!("\"mediaType\": \"{}\"", self.media_type),
            format!("\"digest\": \"{}\"", self.digest),
            format!("\"size\": {}", self.size),
        ];
        members.extend(
            self.more.iter().map(|member| member.replace('\n', &format!("\n{}", " ".repeat(indent + 2)))),
        );
        block('{', &members, '}', indent)
    }
}

/// Descriptors as a JSON array.
pub(crate) fn list(descriptors: &[Descriptor], indent: usize) -> String {
    let entries: Vec<String> = descriptors.iter().map(|descriptor| descriptor.json(indent + 2)).collect();
    block('[', &entries, ']', indent)
}

/// Annotations, or labels, as a JSON object.
pub(crate) fn annotations(pairs: &[(&str, &str)], indent: usize) -> String {
    let entries: Vec<String> = pairs.iter().map(|(key, value)| format!("\"{key}\": \"{value}\"")).collect();
    block('{', &entries, '}', indent)
}

fn block(open: char, entries: &[String], close: char, indent: usize) -> String {
    let (inner, outer) = (" ".repeat(indent + 2), " ".repeat(indent));
    format!("{open}\n{inner}{}\n{outer}{close}", entries.join(&format!(",\n{inner}")))
}
