//! demo/nested: an index of indexes, as those who bundle several images push it.

use fake_registry::Store;

use crate::{
    archive::File,
    build::{Descriptor, OCI_CONFIG, OCI_INDEX, OCI_LAYER, OCI_MANIFEST, Repository, annotations, list},
};

pub(super) fn fill(store: &Store) {
    let repository = Repository { store, name: "demo/nested" };
    let parts = ["web", "worker"].map(|part| {
        let images = ["amd64", "arm64"].map(|architecture| image(repository, part, architecture));
        let named = annotations(&[("org.opencontainers.image.title", part)], 0);
        index(repository, &[part], &images).with(format!("\"annotations\": {named}"))
    });
    index(repository, &["1.0.0"], &parts);
}

/// An image of one platform, with its `platform` as an index lists it.
pub(super) fn image(repository: Repository<'_>, part: &str, architecture: &str) -> Descriptor {
    let platform = format!("\"architecture\": \"{architecture}\", \"os\": \"linux\"");
    let text = format!("{part} for linux/{architecture}\n");
    let layer = repository.layer(OCI_LAYER, &[File::new("part.txt", text)]);
    let config = config(&platform, &[&layer.diff_id], &["COPY part.txt / # buildkit"]);
    let config = repository.blob(OCI_CONFIG, config.as_bytes());
    manifest(repository, &[], OCI_MANIFEST, &config, &[layer.descriptor])
        .with(format!("\"platform\": {{ {platform} }}"))
}

/// A config; `platform` is given as its members.
pub(super) fn config(platform: &str, diff_ids: &[&str], history: &[&str]) -> String {
    let quoted: Vec<String> = diff_ids.iter().map(|diff_id| format!("\"{diff_id}\"")).collect();
    let lines: Vec<String> = history
        .iter()
        .map(|line| format!("{{ \"created\": \"2026-02-01T12:00:00Z\", \"created_by\": \"{line}\" }}"))
        .collect();
    format!(
        "{{\n  {platform},\n  \"created\": \"2026-02-01T12:00:00Z\",\n  \"config\": {{}},\n  \"rootfs\": {{\n    \
         \"type\": \"layers\",\n    \"diff_ids\": [{}]\n  }},\n  \"history\": [\n    {}\n  ]\n}}",
        quoted.join(", "),
        lines.join(",\n    ")
    )
}

/// A manifest of a config and layers.
pub(super) fn manifest(
    repository: Repository<'_>,
    tags: &[&str],
    media_type: &'static str,
    config: &Descriptor,
    layers: &[Descriptor],
) -> Descriptor {
    let text = format!(
        "{{\n  \"schemaVersion\": 2,\n  \"mediaType\": \"{media_type}\",\n  \"config\": {},\n  \"layers\": {}\n}}",
        config.json(2),
        list(layers, 2)
    );
    repository.manifest(tags, media_type, &text)
}

pub(super) fn index(repository: Repository<'_>, tags: &[&str], children: &[Descriptor]) -> Descriptor {
    let text = format!(
        "{{\n  \"schemaVersion\": 2,\n  \"mediaType\": \"{OCI_INDEX}\",\n  \"manifests\": {}\n}}",
        list(children, 2)
    );
    repository.manifest(tags, OCI_INDEX, &text)
}
