//! Where are Docker's types and the OCI's mixed? Each case is kept by every registry, and refused by some client.

use fake_registry::Store;

use super::{Parts, nested, parts, repository};
use crate::build::{
    DOCKER_CONFIG, DOCKER_LAYER, DOCKER_LIST, DOCKER_MANIFEST, Descriptor, OCI_MANIFEST, Repository, list,
};

pub(super) const NAME: &str = "trouble/mixed";

pub(super) fn fill(store: &Store) {
    let repository = repository(store, NAME);
    let oci = parts(repository, "Docker's types and the OCI's");
    let docker = Parts {
        config: Descriptor { media_type: DOCKER_CONFIG, ..oci.config.clone() },
        layer: Descriptor { media_type: DOCKER_LAYER, ..oci.layer.clone() },
    };
    let put = |tag: &str, media_type, config: &Descriptor, layers: &[&Descriptor]| {
        let layers: Vec<Descriptor> = layers.iter().copied().cloned().collect();
        nested::manifest(repository, &[tag], media_type, config, &layers)
    };
    put("docker-layer", OCI_MANIFEST, &oci.config, &[&oci.layer, &docker.layer]);
    untyped(repository, "docker-layer-without-type", "", &oci.config, &docker.layer);
    let empty = "\n  \"mediaType\": \"\",";
    untyped(repository, "docker-layer-empty-type", empty, &oci.config, &docker.layer);
    put("oci-layer", DOCKER_MANIFEST, &docker.config, &[&oci.layer]);
    put("docker-config", OCI_MANIFEST, &docker.config, &[&oci.layer]);
    put("oci-config", DOCKER_MANIFEST, &oci.config, &[&docker.layer]);

    let platform = "\"platform\": { \"architecture\": \"amd64\", \"os\": \"linux\" }";
    let oci_image = put("all-oci", OCI_MANIFEST, &oci.config, &[&oci.layer]).with(platform);
    let docker_image = put("all-docker", DOCKER_MANIFEST, &docker.config, &[&docker.layer]).with(platform);
    nested::index(repository, &["index-of-docker"], std::slice::from_ref(&docker_image));
    let text = format!(
        "{{\n  \"schemaVersion\": 2,\n  \"mediaType\": \"{DOCKER_LIST}\",\n  \"manifests\": {}\n}}",
        list(std::slice::from_ref(&oci_image), 2)
    );
    repository.manifest(&["list-of-oci"], DOCKER_LIST, &text);
    // The index says OCI, the child is Docker's.
    let mislabelled = Descriptor { media_type: OCI_MANIFEST, ..docker_image };
    nested::index(repository, &["mislabelled-child"], &[mislabelled]);
}

/// A manifest whose `mediaType` is not what it should be; the registry knows it by what it was pushed as.
fn untyped(repository: Repository<'_>, tag: &str, media_type: &str, config: &Descriptor, layer: &Descriptor) {
    let text = format!(
        "{{\n  \"schemaVersion\": 2,{media_type}\n  \"config\": {},\n  \"layers\": {}\n}}",
        config.json(2),
        list(std::slice::from_ref(layer), 2)
    );
    repository.manifest(&[tag], OCI_MANIFEST, &text);
}
