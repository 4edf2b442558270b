//! What refers to demo/app 1.2.0? An SBOM and a signature, each its own manifest with a subject.

use fake_registry::Store;

use super::{
    app::{NAME, NEWEST},
    spdx,
};
use crate::build::{Descriptor, OCI_INDEX, OCI_MANIFEST, Repository, annotations, list};

const SPDX: &str = "application/spdx+json";
const COSIGN: &str = "application/vnd.dev.cosign.artifact.sig.v1+json";
const SIMPLE_SIGNING: &str = "application/vnd.dev.cosign.simplesigning.v1+json";

/// What refers to something, as a list under its digest has it.
pub(crate) struct Listed {
    pub(super) repository: &'static str,
    pub(super) subject: Descriptor,
    pub(super) referring: Vec<Descriptor>,
}

/// Stores both.
pub(super) fn fill(store: &Store, subject: Descriptor) -> Listed {
    let repository = Repository { store, name: NAME };
    let referring = vec![sbom(repository, &subject), signature(repository, &subject)];
    Listed { repository: NAME, subject, referring }
}

/// Stores the list that clients keep where the registry has none: an index under the tag of the subject's digest.
///
/// Distribution specification, "Referrers Tag Schema".
pub(super) fn fill_fallback(store: &Store, listed: &Listed) {
    let text = format!(
        "{{\n  \"schemaVersion\": 2,\n  \"mediaType\": \"{OCI_INDEX}\",\n  \"manifests\": {}\n}}",
        list(&listed.referring, 2)
    );
    let tag = format!("sha256-{}", listed.subject.hex());
    Repository { store, name: listed.repository }.manifest(&[&tag], OCI_INDEX, &text);
}

fn sbom(repository: Repository<'_>, subject: &Descriptor) -> Descriptor {
    let document = repository.blob(SPDX, spdx::document(&NEWEST, "index").as_bytes());
    let title = annotations(&[("org.opencontainers.image.title", "demo-app-1.2.0.spdx.json")], 0);
    let about = [
        ("org.opencontainers.image.created", NEWEST.created),
        ("org.opencontainers.image.description", "SBOM of demo/app 1.2.0"),
    ];
    artifact(
        repository,
        "sbom-1.2.0",
        SPDX,
        document.with(format!("\"annotations\": {title}")),
        subject,
        &about,
    )
}

fn signature(repository: Repository<'_>, subject: &Descriptor) -> Descriptor {
    let payload = format!(
        "{{\"critical\":{{\"identity\":{{\"docker-reference\":\"demo/app\"}},\"image\":{{\
         \"docker-manifest-digest\":\"{}\"}},\"type\":\"cosign container image signature\"}},\"optional\":null}}",
        subject.digest
    );
    let payload = repository.blob(SIMPLE_SIGNING, payload.as_bytes());
    // base64 of "an example that verifies nothing".
    let example = "YW4gZXhhbXBsZSB0aGF0IHZlcmlmaWVzIG5vdGhpbmc=";
    let signed = annotations(&[("dev.cosignproject.cosign/signature", example)], 0);
    let about = [
        ("org.opencontainers.image.created", NEWEST.created),
        (
            "org.opencontainers.image.description",
            "An example in the form of a signature: it verifies nothing",
        ),
    ];
    artifact(
        repository,
        "sig-1.2.0",
        COSIGN,
        payload.with(format!("\"annotations\": {signed}")),
        subject,
        &about,
    )
}

/// Stores a manifest of one file that refers to a subject. Gives its descriptor as a list of referrers holds it.
pub(super) fn artifact(
    repository: Repository<'_>,
    tag: &str,
    artifact_type: &'static str,
    layer: Descriptor,
    subject: &Descriptor,
    about: &[(&str, &str)],
) -> Descriptor {
    let text = format!(
        "{{\n  \"schemaVersion\": 2,\n  \"mediaType\": \"{OCI_MANIFEST}\",\n  \
         \"artifactType\": \"{artifact_type}\",\n  \"config\": {},\n  \"layers\": {},\n  \"subject\": {},\n  \
         \"annotations\": {}\n}}",
        repository.empty().json(2),
        list(&[layer], 2),
        subject.json(2),
        annotations(about, 2)
    );
    repository
        .manifest(&[tag], OCI_MANIFEST, &text)
        .with(format!("\"annotations\": {}", annotations(about, 0)))
        .with(format!("\"artifactType\": \"{artifact_type}\""))
}
