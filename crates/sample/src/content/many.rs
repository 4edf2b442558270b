//! demo/many: 5,000 tags of one small image, so that lists have pages.

use fake_registry::Store;

use crate::{
    archive::File,
    build::{OCI_CONFIG, OCI_LAYER, OCI_MANIFEST, Repository, list},
};

const TAGS: usize = 5_000;

pub(super) fn fill(store: &Store) {
    let repository = Repository { store, name: "demo/many" };
    let layer = repository.layer(OCI_LAYER, &[File::new("hello.txt", "The same in every tag.\n")]);
    let config = format!(
        "{{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{{}},\"rootfs\":{{\"type\":\"layers\",\
         \"diff_ids\":[\"{}\"]}}}}",
        layer.diff_id
    );
    let config = repository.blob(OCI_CONFIG, config.as_bytes());
    let text = format!(
        "{{\n  \"schemaVersion\": 2,\n  \"mediaType\": \"{OCI_MANIFEST}\",\n  \"config\": {},\n  \"layers\": {}\n}}",
        config.json(2),
        list(&[layer.descriptor], 2)
    );
    let image = repository.manifest(&[], OCI_MANIFEST, &text);
    for number in 1..=TAGS {
        store.put_tag(repository.name, &format!("build-{number:04}"), &image.digest);
    }
}
