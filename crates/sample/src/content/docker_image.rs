//! demo/docker-image: an image of Docker's own types, alone and in a manifest list.

use fake_registry::Store;

use crate::{
    archive::File,
    build::{DOCKER_CONFIG, DOCKER_LAYER, DOCKER_LIST, DOCKER_MANIFEST, Descriptor, Repository, list},
};

pub(super) fn fill(store: &Store) {
    let repository = Repository { store, name: "demo/docker-image" };
    let amd64 = image(repository, &["2.4"], "\"architecture\": \"amd64\", \"os\": \"linux\"");
    let arm64 = image(repository, &[], "\"architecture\": \"arm64\", \"os\": \"linux\", \"variant\": \"v8\"");
    let text = format!(
        "{{\n  \"schemaVersion\": 2,\n  \"mediaType\": \"{DOCKER_LIST}\",\n  \"manifests\": {}\n}}",
        list(&[amd64, arm64], 2)
    );
    repository.manifest(&["list"], DOCKER_LIST, &text);
}

/// The image of one platform, which is given as the members of its `platform`.
fn image(repository: Repository<'_>, tags: &[&str], platform: &str) -> Descriptor {
    let files = [
        File::folder("srv/"),
        File::program(
            "srv/serve",
            format!("#!/bin/sh\n# {{ {platform} }}\necho \"demo/docker-image 2.4\"\n"),
        ),
    ];
    let layer = repository.layer(DOCKER_LAYER, &files);
    let config = format!(
        r#"{{
  {platform},
  "created": "2025-11-11T11:11:11Z",
  "docker_version": "20.10.24",
  "config": {{
    "Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
    "Cmd": ["/srv/serve"],
    "Labels": {{ "maintainer": "sample" }}
  }},
  "rootfs": {{
    "type": "layers",
    "diff_ids": ["{}"]
  }},
  "history": [
    {{ "created": "2025-11-11T11:11:11Z", "created_by": "/bin/sh -c #(nop) COPY dir:srv in /srv " }},
    {{ "created": "2025-11-11T11:11:11Z", "created_by": "/bin/sh -c #(nop)  CMD [\"/srv/serve\"]", "empty_layer": true }}
  ]
}}"#,
        layer.diff_id
    );
    let config = repository.blob(DOCKER_CONFIG, config.as_bytes());
    // Docker's own manifests are indented by three spaces; nothing depends on it, so ours are by two.
    let text = format!(
        "{{\n  \"schemaVersion\": 2,\n  \"mediaType\": \"{DOCKER_MANIFEST}\",\n  \"config\": {},\n  \"layers\": {}\n}}",
        config.json(2),
        list(&[layer.descriptor], 2)
    );
    repository.manifest(tags, DOCKER_MANIFEST, &text).with(format!("\"platform\": {{ {platform} }}"))
}
