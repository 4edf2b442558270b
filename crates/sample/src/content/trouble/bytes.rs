//! Where are the bytes not those that a descriptor promises? Sizes, digests, and a history of another length.

use fake_registry::{FakeRegistry, Fault, Times};

use super::{LINUX, Parts, image, nested, parts, repository};
use crate::{
    archive::File,
    build::{Descriptor, OCI_CONFIG, OCI_LAYER, OCI_MANIFEST},
};

const NAME: &str = "trouble/bytes";

pub(super) fn fill(registry: &FakeRegistry) {
    let repository = repository(registry.store(), NAME);
    let damaged = |kind: &str, digest: &str| {
        let path = format!("/v2/{NAME}/{kind}/{digest}$");
        registry.faults().on("GET", &path, Fault::WrongByte, Times::Always);
    };

    let child = nested::image(repository, "sizes", "amd64");
    let longer = Descriptor { size: child.size + 1, ..child };
    nested::index(repository, &["child-size"], &[longer]);

    let Parts { config, layer } = parts(repository, "The layer has a bit that is turned");
    damaged("blobs", &layer.digest);
    nested::manifest(repository, &["layer-damaged"], OCI_MANIFEST, &config, &[layer]);

    let Parts { config, layer } = parts(repository, "The config has a bit that is turned");
    damaged("blobs", &config.digest);
    nested::manifest(repository, &["config-damaged"], OCI_MANIFEST, &config, &[layer]);

    let whole = image(repository, &[], "The manifest has a bit that is turned")
        .with("\"platform\": { \"architecture\": \"amd64\", \"os\": \"linux\" }");
    damaged("manifests", &whole.digest);
    nested::index(repository, &["child-damaged"], &[whole]);

    let layer = repository.layer(OCI_LAYER, &[File::new("one.txt", "The only layer.\n")]);
    let steps = ["COPY one.txt / # buildkit", "COPY two.txt / # buildkit", "COPY three.txt / # buildkit"];
    let config = nested::config(LINUX, &[&layer.diff_id], &steps);
    let config = repository.blob(OCI_CONFIG, config.as_bytes());
    let only = layer.descriptor;
    nested::manifest(repository, &["history-longer"], OCI_MANIFEST, &config, std::slice::from_ref(&only));

    let more = repository.layer(OCI_LAYER, &[File::new("two.txt", "Nobody says where this is from.\n")]);
    let config = nested::config(LINUX, &[&layer.diff_id, &more.diff_id], &steps[..1]);
    let config = repository.blob(OCI_CONFIG, config.as_bytes());
    nested::manifest(repository, &["history-shorter"], OCI_MANIFEST, &config, &[only, more.descriptor]);
}
