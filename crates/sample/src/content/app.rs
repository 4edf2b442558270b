//! demo/app: an image for two platforms in four versions, each with BuildKit's attestations.

use fake_registry::Store;

use super::attestations;
use crate::{
    archive::File,
    build::{
        Descriptor, Layer, OCI_CONFIG, OCI_INDEX, OCI_LAYER, OCI_MANIFEST, Repository, annotations, list,
    },
};

pub(super) const NAME: &str = "demo/app";

/// A version, its tags, and when it was made.
pub(super) struct Release {
    pub(super) version: &'static str,
    pub(super) created: &'static str,
    tags: &'static [&'static str],
}

/// The version that the referrers refer to.
pub(super) const NEWEST: Release =
    Release { version: "1.2.0", created: "2026-03-03T10:15:00Z", tags: &["1.2.0", "latest"] };

const RELEASES: [Release; 4] = [
    Release { version: "1.0.0", created: "2026-01-15T09:00:00Z", tags: &["1.0.0"] },
    Release { version: "1.1.0", created: "2026-02-09T14:30:00Z", tags: &["1.1.0"] },
    NEWEST,
    Release { version: "1.10.0-rc.1", created: "2026-04-21T16:45:00Z", tags: &["1.10.0-rc.1"] },
];

/// A platform of the image.
pub(super) struct Platform {
    pub(super) architecture: &'static str,
    variant: Option<&'static str>,
}

const PLATFORMS: [Platform; 2] = [
    Platform { architecture: "amd64", variant: None },
    Platform { architecture: "arm64", variant: Some("v8") },
];

impl Platform {
    /// The members of `platform` in an index and of a config: `"architecture": "arm64", …`.
    fn members(&self) -> String {
        let variant = self.variant.map(|variant| format!(", \"variant\": \"{variant}\""));
        format!(
            "\"architecture\": \"{}\", \"os\": \"linux\"{}",
            self.architecture,
            variant.unwrap_or_default()
        )
    }
}

/// Fills the repository. Gives the index of the newest version.
pub(super) fn fill(store: &Store) -> Descriptor {
    let repository = Repository { store, name: NAME };
    let indexes = RELEASES.map(|release| index(repository, &release));
    let [_, _, newest, _] = indexes;
    newest
}

fn index(repository: Repository<'_>, release: &Release) -> Descriptor {
    let mut entries = Vec::new();
    let mut attested = Vec::new();
    for platform in &PLATFORMS {
        let image = image(repository, release, platform);
        let attestation = attestations::manifest(repository, release, platform, &image);
        let reference = annotations(
            &[
                ("vnd.docker.reference.digest", image.digest.as_str()),
                ("vnd.docker.reference.type", "attestation-manifest"),
            ],
            0,
        );
        attested.push(
            attestation
                .with(format!("\"annotations\": {reference}"))
                .with("\"platform\": { \"architecture\": \"unknown\", \"os\": \"unknown\" }"),
        );
        entries.push(image.with(format!("\"platform\": {{ {} }}", platform.members())));
    }
    // BuildKit lists the images first, then what it attests of them.
    entries.extend(attested);
    let text = format!(
        "{{\n  \"schemaVersion\": 2,\n  \"mediaType\": \"{OCI_INDEX}\",\n  \"manifests\": {},\n  \
         \"annotations\": {}\n}}",
        list(&entries, 2),
        labels(release, 2)
    );
    repository.manifest(release.tags, OCI_INDEX, &text)
}

fn image(repository: Repository<'_>, release: &Release, platform: &Platform) -> Descriptor {
    let layers = layers(repository, release, platform);
    let config = repository.blob(OCI_CONFIG, config(release, platform, &layers).as_bytes());
    let layers = layers.map(|layer| layer.descriptor);
    let text = format!(
        "{{\n  \"schemaVersion\": 2,\n  \"mediaType\": \"{OCI_MANIFEST}\",\n  \"config\": {},\n  \
         \"layers\": {},\n  \"annotations\": {}\n}}",
        config.json(2),
        list(&layers, 2),
        labels(release, 2)
    );
    repository.manifest(&[], OCI_MANIFEST, &text)
}

fn layers(repository: Repository<'_>, release: &Release, platform: &Platform) -> [Layer; 2] {
    let base = [
        File::folder("etc/"),
        File::new("etc/os-release", "NAME=\"Sample Linux\"\nID=sample\nVERSION_ID=1\n"),
        File::new("etc/passwd", "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n"),
    ];
    let (version, architecture) = (release.version, platform.architecture);
    let app = [
        File::folder("app/"),
        File::program(
            "app/greet",
            format!("#!/bin/sh\necho \"demo/app {version} on linux/{architecture}\"\n"),
        ),
        File::new("app/LICENSE", "This sample is free to use under the terms of MIT or Apache-2.0.\n"),
    ];
    [repository.layer(OCI_LAYER, &base), repository.layer(OCI_LAYER, &app)]
}

fn config(release: &Release, platform: &Platform, layers: &[Layer; 2]) -> String {
    let Release { version, created, .. } = release;
    let [base, app] = layers;
    format!(
        r#"{{
  {platform},
  "created": "{created}",
  "config": {{
    "User": "65534:65534",
    "Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/app"],
    "Entrypoint": ["/app/greet"],
    "WorkingDir": "/app",
    "Labels": {labels}
  }},
  "rootfs": {{
    "type": "layers",
    "diff_ids": ["{}", "{}"]
  }},
  "history": [
    {{ "created": "{created}", "created_by": "COPY base/ / # buildkit", "comment": "buildkit.dockerfile.v0" }},
    {{ "created": "{created}", "created_by": "COPY app-{version}/ /app/ # buildkit", "comment": "buildkit.dockerfile.v0" }},
    {{ "created": "{created}", "created_by": "ENTRYPOINT [\"/app/greet\"]", "comment": "buildkit.dockerfile.v0", "empty_layer": true }}
  ]
}}"#,
        base.diff_id,
        app.diff_id,
        platform = platform.members(),
        labels = labels(release, 4),
    )
}

fn labels(release: &Release, indent: usize) -> String {
    annotations(
        &[
            ("org.opencontainers.image.title", "demo/app"),
            ("org.opencontainers.image.description", "Says hello, and on which platform"),
            ("org.opencontainers.image.version", release.version),
            ("org.opencontainers.image.created", release.created),
            ("org.opencontainers.image.source", "https://example.org/demo/app"),
            ("org.opencontainers.image.licenses", "MIT OR Apache-2.0"),
        ],
        indent,
    )
}
