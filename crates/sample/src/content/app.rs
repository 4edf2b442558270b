//! demo/app: an image for two platforms in four versions, each with BuildKit's attestations.

use fake_registry::Store;

use super::{app_steps as steps, attestations};
use crate::build::{Descriptor, OCI_CONFIG, OCI_INDEX, OCI_MANIFEST, Repository, annotations, list};

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
    pub(super) fn members(&self) -> String {
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
    let steps = steps::of(repository, release, platform);
    let config = steps::config(release, platform, &steps, &labels(release, 4));
    let config = repository.blob(OCI_CONFIG, config.as_bytes());
    let layers: Vec<Descriptor> = steps.into_iter().filter_map(|step| Some(step.layer?.descriptor)).collect();
    let text = format!(
        "{{\n  \"schemaVersion\": 2,\n  \"mediaType\": \"{OCI_MANIFEST}\",\n  \"config\": {},\n  \
         \"layers\": {},\n  \"annotations\": {}\n}}",
        config.json(2),
        list(&layers, 2),
        labels(release, 2)
    );
    repository.manifest(&[], OCI_MANIFEST, &text)
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
