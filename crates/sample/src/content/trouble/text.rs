//! What can somebody write into an image who means harm, or none? Markup, another direction of writing, very much.

use fake_registry::Store;

use super::repository;
use crate::{
    archive::File,
    build::{OCI_CONFIG, OCI_LAYER, OCI_MANIFEST, annotations, list},
};

const NAME: &str = "trouble/text";

/// Text that a page must show and never do, as it stands in JSON.
const MARKUP: &str = "<img src=x onerror=\\\"window.__xss=1\\\"></script><script>window.__xss=1</script>";
/// Reads as `invoice-exe.pdf` where the override is obeyed.
const BIDI: &str = "invoice-\\u202efdp.exe";
const CONTROL: &str = "bell\\u0007 null\\u0000 escape\\u001b[31mred\\u001b[0m";
const INVISIBLE: &str = "pay\\u200bpal\\ufeff";

pub(super) fn fill(store: &Store) {
    let repository = repository(store, NAME);
    let layer = repository.layer(OCI_LAYER, &[File::new("about.txt", "Harmless.\n")]);
    let config = format!(
        r#"{{
  "architecture": "amd64",
  "os": "linux",
  "created": "9999-12-31T23:59:59Z",
  "author": "{BIDI}",
  "config": {{
    "User": "{CONTROL}",
    "Env": ["MARKUP={MARKUP}", "QUOTE=it's \"here\" $(touch /tmp/x) `id`", "no equals sign"],
    "Entrypoint": ["/bin/sh", "-c", "echo '$HOME' && rm -rf \"$1\"; {MARKUP}"],
    "Labels": {{ "{MARKUP}": "{BIDI}", "org.example.invisible": "{INVISIBLE}" }}
  }},
  "rootfs": {{
    "type": "layers",
    "diff_ids": ["{}"]
  }},
  "history": [
    {{ "created": "0001-01-01T00:00:00Z", "created_by": "RUN {MARKUP} # {BIDI}", "comment": "{CONTROL}" }}
  ]
}}"#,
        layer.diff_id
    );
    let config = repository.blob(OCI_CONFIG, config.as_bytes());
    let put = |tag: &str, about: &[(&str, &str)]| {
        let text = format!(
            "{{\n  \"schemaVersion\": 2,\n  \"mediaType\": \"{OCI_MANIFEST}\",\n  \"config\": {},\n  \
             \"layers\": {},\n  \"annotations\": {}\n}}",
            config.json(2),
            list(std::slice::from_ref(&layer.descriptor), 2),
            annotations(about, 2)
        );
        repository.manifest(&[tag], OCI_MANIFEST, &text);
    };
    put(
        "markup",
        &[
            ("org.opencontainers.image.title", MARKUP),
            ("org.opencontainers.image.url", "javascript:window.__xss=1"),
            ("org.opencontainers.image.source", "data:text/html,<script>window.__xss=1</script>"),
            (MARKUP, "a key of markup"),
        ],
    );
    put(
        "directions",
        &[
            ("org.opencontainers.image.title", BIDI),
            ("org.opencontainers.image.description", CONTROL),
            ("org.opencontainers.image.vendor", INVISIBLE),
        ],
    );
    let long = "A long annotation goes on and on. ".repeat(10_240 / 34 + 1);
    put("long", &[("org.opencontainers.image.description", &long[..10_240])]);
}
