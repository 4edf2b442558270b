//! What is listed, and is not there? A child, a config, a layer, a subject, a referrer.

use fake_registry::{Store, sha256};

use super::{LINUX, Parts, image, nested, parts, repository};
use crate::{
    build::{Descriptor, OCI_CONFIG, OCI_LAYER, OCI_MANIFEST, Repository},
    content::referrers::{self, Listed},
};

const NAME: &str = "trouble/missing";

const SPDX: &str = "application/spdx+json";

pub(super) fn fill(store: &Store) -> [Listed; 2] {
    let repository = repository(store, NAME);
    let there = nested::image(repository, "there", "amd64");
    let gone = nowhere(OCI_MANIFEST, "a child")
        .with("\"platform\": { \"architecture\": \"arm64\", \"os\": \"linux\" }");
    nested::index(repository, &["child"], &[there, gone]);

    let Parts { layer, .. } = parts(repository, "The other half is missing");
    nested::manifest(repository, &["config"], OCI_MANIFEST, &nowhere(OCI_CONFIG, "a config"), &[layer]);
    let diff_id = sha256(b"what was in the layer");
    let other = nested::config(LINUX, &[&diff_id], &["COPY gone.txt / # buildkit"]);
    let other = repository.blob(OCI_CONFIG, other.as_bytes());
    let layers = [nowhere(OCI_LAYER, "a layer")];
    nested::manifest(repository, &["layer"], OCI_MANIFEST, &other, &layers);

    // The list of clients still has a referrer that was deleted; the registry's own would not.
    let subject = image(repository, &["referrer"], "Two refer to this, says the list; one is there");
    let sbom_there = sbom(repository, "referrer-that-is-there", &subject);
    let sbom_gone = nowhere(OCI_MANIFEST, "a referrer").with(format!("\"artifactType\": \"{SPDX}\""));
    let gone = nowhere(OCI_MANIFEST, "a subject");
    let orphan = sbom(repository, "subject", &gone);
    [
        Listed { repository: NAME, subject, referring: vec![sbom_there, sbom_gone] },
        Listed { repository: NAME, subject: gone, referring: vec![orphan] },
    ]
}

fn sbom(repository: Repository<'_>, tag: &str, subject: &Descriptor) -> Descriptor {
    let document = repository.blob(SPDX, b"{\"spdxVersion\":\"SPDX-2.3\"}");
    let about = [("org.opencontainers.image.created", "2026-02-01T12:00:00Z")];
    referrers::artifact(repository, tag, SPDX, document, subject, &about)
}

/// A descriptor of something that was never stored.
fn nowhere(media_type: &'static str, what: &str) -> Descriptor {
    Descriptor { media_type, digest: sha256(what.as_bytes()), size: 421, more: Vec::new() }
}
