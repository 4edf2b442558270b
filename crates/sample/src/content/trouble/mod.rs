//! What can be wrong in a registry? One repository a kind of trouble, one tag a case.

mod bytes;
mod labels;
mod missing;
mod mixed;
mod tags;
mod text;

use fake_registry::{FakeRegistry, Fault, Store, Times};

use super::{nested, referrers::Listed};
use crate::{
    archive::File,
    build::{Descriptor, OCI_CONFIG, OCI_LAYER, OCI_MANIFEST, Repository},
};

/// Fills all of them. Gives what refers to something there.
pub(super) fn fill(registry: &FakeRegistry) -> [Listed; 2] {
    let store = registry.store();
    mixed::fill(store);
    labels::fill(registry);
    bytes::fill(registry);
    text::fill(store);
    tags::fill(store);
    missing::fill(store)
}

const LINUX: &str = "\"architecture\": \"amd64\", \"os\": \"linux\"";

/// A sound image of one layer, whose text tells it from others.
struct Parts {
    config: Descriptor,
    layer: Descriptor,
}

fn parts(repository: Repository<'_>, text: &str) -> Parts {
    let layer = repository.layer(OCI_LAYER, &[File::new("about.txt", format!("{text}\n"))]);
    let config = nested::config(LINUX, &[&layer.diff_id], &["COPY about.txt / # buildkit"]);
    Parts { config: repository.blob(OCI_CONFIG, config.as_bytes()), layer: layer.descriptor }
}

fn image(repository: Repository<'_>, tags: &[&str], text: &str) -> Descriptor {
    let Parts { config, layer } = parts(repository, text);
    nested::manifest(repository, tags, OCI_MANIFEST, &config, &[layer])
}

fn repository<'a>(store: &'a Store, name: &'static str) -> Repository<'a> {
    Repository { store, name }
}

/// Lets something happen whenever a manifest is asked for, by its tag or by its digest.
fn whenever(registry: &FakeRegistry, name: &str, tag: &str, digest: &str, fault: &Fault) {
    for target in [tag, digest] {
        let path = format!("/v2/{name}/manifests/{target}$");
        registry.faults().on("*", &path, fault.clone(), Times::Always);
    }
}
