//! Where does a label not say what is inside? Of the document itself, and of the answer that brings it.

use fake_registry::{FakeRegistry, Fault, sha256};

use super::{Parts, image, nested, parts, repository, whenever};
use crate::build::{
    DOCKER_CONFIG, DOCKER_LAYER, DOCKER_MANIFEST, Descriptor, OCI_INDEX, OCI_MANIFEST, Repository, list,
};

pub(super) const NAME: &str = "trouble/labels";

const SPDX: &str = "application/spdx+json";

pub(super) fn fill(registry: &FakeRegistry) {
    let repository = repository(registry.store(), NAME);
    documents(repository);
    artifacts(repository);
    answers(registry, repository);
}

fn documents(repository: Repository<'_>) {
    let Parts { config, layer } = parts(repository, "A document with a label that does not fit");
    let child = nested::manifest(repository, &[], OCI_MANIFEST, &config, std::slice::from_ref(&layer))
        .with("\"platform\": { \"architecture\": \"amd64\", \"os\": \"linux\" }");
    let (config, layers, children) =
        (config.json(2), list(std::slice::from_ref(&layer), 2), list(std::slice::from_ref(&child), 2));
    let put = |tag: &str, media_type, members: &str| {
        repository.manifest(&[tag], media_type, &format!("{{\n  \"schemaVersion\": 2,\n  {members}\n}}"));
    };
    put(
        "ambiguous",
        OCI_MANIFEST,
        &format!(
            "\"mediaType\": \"{OCI_MANIFEST}\",\n  \"config\": {config},\n  \"layers\": {layers},\n  \
             \"manifests\": {children}"
        ),
    );
    put("index-without-type", OCI_INDEX, &format!("\"manifests\": {children}"));
    put(
        "name-twice",
        OCI_MANIFEST,
        &format!(
            "\"mediaType\": \"{OCI_MANIFEST}\",\n  \"config\": {config},\n  \"layers\": {layers},\n  \
             \"annotations\": {{\n    \"org.opencontainers.image.version\": \"1.0.0\",\n    \
             \"org.opencontainers.image.version\": \"6.6.6\"\n  }}"
        ),
    );
    put(
        "annotation-number",
        OCI_MANIFEST,
        &format!(
            "\"mediaType\": \"{OCI_MANIFEST}\",\n  \"config\": {config},\n  \"layers\": {layers},\n  \
             \"annotations\": {{\n    \"org.example.build\": 42\n  }}"
        ),
    );
}

fn artifacts(repository: Repository<'_>) {
    let document = repository.blob(SPDX, b"{\"spdxVersion\":\"SPDX-2.3\"}");
    let (config, layers) = (repository.empty().json(2), list(std::slice::from_ref(&document), 2));
    let artifact = |tag: &str, artifact_type: &str| {
        let text = format!(
            "{{\n  \"schemaVersion\": 2,\n  \"mediaType\": \"{OCI_MANIFEST}\",{artifact_type}\n  \
             \"config\": {config},\n  \"layers\": {layers}\n}}"
        );
        repository.manifest(&[tag], OCI_MANIFEST, &text);
    };
    artifact("no-artifact-type", "");
    // As sigstore's first bundles had it.
    let with_parameter = "application/vnd.dev.sigstore.bundle+json;version=0.2";
    artifact("artifact-type-with-parameter", &format!("\n  \"artifactType\": \"{with_parameter}\","));
    let retired = "application/vnd.oci.artifact.manifest.v1+json";
    let text = format!(
        "{{\n  \"mediaType\": \"{retired}\",\n  \"artifactType\": \"{SPDX}\",\n  \"blobs\": {layers}\n}}"
    );
    repository.manifest(&["retired-artifact-manifest"], retired, &text);
}

fn answers(registry: &FakeRegistry, repository: Repository<'_>) {
    // What the registry says of it is what it was pushed as, and that was wrong.
    let Parts { config, layer } = parts(repository, "Pushed under the type of an OCI manifest");
    let text = format!(
        "{{\n  \"schemaVersion\": 2,\n  \"mediaType\": \"{DOCKER_MANIFEST}\",\n  \"config\": {},\n  \
         \"layers\": {}\n}}",
        Descriptor { media_type: DOCKER_CONFIG, ..config }.json(2),
        list(&[Descriptor { media_type: DOCKER_LAYER, ..layer }], 2)
    );
    repository.manifest(&["content-type-differs"], OCI_MANIFEST, &text);

    let with_charset = format!("{OCI_MANIFEST}; charset=utf-8");
    let cases = [
        ("content-type-text", Fault::header("content-type", "text/plain")),
        ("content-type-with-charset", Fault::header("content-type", &with_charset)),
        ("digest-of-something-else", Fault::header("docker-content-digest", &sha256(b"something else"))),
        ("no-digest-header", Fault::without_header("docker-content-digest")),
    ];
    for (tag, fault) in cases {
        let image = image(repository, &[tag], tag);
        whenever(registry, NAME, tag, &image.digest, &fault);
    }
}
