//! What does BuildKit attest of an image? An SBOM and its provenance, as in-toto statements in a manifest beside it.
//!
//! BuildKit's documentation, "Image attestation storage".

use super::{
    app::{Platform, Release},
    spdx,
};
use crate::build::{Descriptor, OCI_CONFIG, OCI_MANIFEST, Repository, annotations, list};

const IN_TOTO: &str = "application/vnd.in-toto+json";
const SPDX: &str = "https://spdx.dev/Document";
const SLSA: &str = "https://slsa.dev/provenance/v0.2";

/// The attestation manifest of one image.
pub(super) fn manifest(
    repository: Repository<'_>,
    release: &Release,
    platform: &Platform,
    image: &Descriptor,
) -> Descriptor {
    let part = format!("linux-{}", platform.architecture);
    let statements = [
        (SPDX, statement(SPDX, release, platform, image, &spdx::document(release, &part))),
        (SLSA, statement(SLSA, release, platform, image, &provenance(release, platform))),
    ];
    let layers = statements.map(|(predicate, statement)| {
        let predicate = annotations(&[("in-toto.io/predicate-type", predicate)], 0);
        repository.blob(IN_TOTO, statement.as_bytes()).with(format!("\"annotations\": {predicate}"))
    });
    // The statements are not packed, so their digests are their diff_ids too.
    let config = format!(
        r#"{{
  "architecture": "unknown",
  "os": "unknown",
  "config": {{}},
  "rootfs": {{
    "type": "layers",
    "diff_ids": ["{}", "{}"]
  }}
}}"#,
        layers[0].digest, layers[1].digest
    );
    let config = repository.blob(OCI_CONFIG, config.as_bytes());
    let text = format!(
        "{{\n  \"schemaVersion\": 2,\n  \"mediaType\": \"{OCI_MANIFEST}\",\n  \"config\": {},\n  \
         \"layers\": {}\n}}",
        config.json(2),
        list(&layers, 2)
    );
    repository.manifest(&[], OCI_MANIFEST, &text)
}

fn statement(
    predicate_type: &str,
    release: &Release,
    platform: &Platform,
    image: &Descriptor,
    predicate: &str,
) -> String {
    format!(
        r#"{{
  "_type": "https://in-toto.io/Statement/v0.1",
  "predicateType": "{predicate_type}",
  "subject": [
    {{
      "name": "pkg:docker/demo/app@{version}?platform=linux%2F{architecture}",
      "digest": {{ "sha256": "{hex}" }}
    }}
  ],
  "predicate": {predicate}
}}"#,
        version = release.version,
        architecture = platform.architecture,
        hex = image.hex(),
        predicate = predicate.replace('\n', "\n  "),
    )
}

fn provenance(release: &Release, platform: &Platform) -> String {
    let Release { version, created, .. } = release;
    let architecture = platform.architecture;
    format!(
        r#"{{
  "builder": {{ "id": "https://example.org/builder" }},
  "buildType": "https://mobyproject.org/buildkit@v1",
  "materials": [
    {{ "uri": "https://example.org/demo/app.git#v{version}" }}
  ],
  "invocation": {{
    "configSource": {{ "uri": "https://example.org/demo/app.git#v{version}", "entryPoint": "Dockerfile" }},
    "parameters": {{ "frontend": "dockerfile.v0" }},
    "environment": {{ "platform": "linux/{architecture}" }}
  }},
  "metadata": {{
    "buildInvocationID": "demo-app-{version}-{architecture}",
    "buildStartedOn": "{created}",
    "buildFinishedOn": "{created}",
    "completeness": {{ "parameters": true, "environment": true, "materials": false }},
    "reproducible": false
  }}
}}"#
    )
}
