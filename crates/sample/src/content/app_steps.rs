//! How was an image of demo/app built? Step by step, each with the line of the history that it left.
//!
//! Five steps made a layer. The one of the packages is by far the largest, and is shared by all versions but the
//! first; the base is shared by all.

use super::app::{Platform, Release};
use crate::{
    archive::File,
    build::{Layer, OCI_LAYER, Repository},
};

/// A step of a build.
pub(super) struct Step {
    /// As BuildKit writes it into the history, in JSON.
    created_by: String,
    created: &'static str,
    comment: &'static str,
    /// What it added to the file system, if anything.
    pub(super) layer: Option<Layer>,
}

const BUILDKIT: &str = "buildkit.dockerfile.v0";
const BASE_CREATED: &str = "2026-01-08T01:00:00Z";

/// Stores the layers of a version for one platform. Gives the steps, the oldest first.
pub(super) fn of(repository: Repository<'_>, release: &Release, platform: &Platform) -> Vec<Step> {
    let Release { version, created, .. } = *release;
    let architecture = platform.architecture;
    let store = |files: &[File]| Some(repository.layer(OCI_LAYER, files));
    let step = |created_by: String, layer| Step { created_by, created, comment: BUILDKIT, layer };
    let first = version == "1.0.0";
    let runtime = if first { "3.1" } else { "3.2" };
    vec![
        Step {
            created_by: format!("ADD sample-linux-1-{architecture}.tar.gz / # buildkit"),
            created: BASE_CREATED,
            comment: BUILDKIT,
            layer: store(&base(architecture)),
        },
        Step {
            created_by: "CMD [\\\"/bin/sh\\\"]".to_owned(),
            created: BASE_CREATED,
            comment: BUILDKIT,
            layer: None,
        },
        step(
            format!("RUN /bin/sh -c pkg add --no-cache runtime~{runtime} fonts~1.4 tzdata~2026a # buildkit"),
            store(&packages(first, runtime, architecture)),
        ),
        step("WORKDIR /app".to_owned(), store(&[File::folder("app/")])),
        step(format!("ENV APP_VERSION={version}"), None),
        step(
            "COPY --chown=65534:65534 words/ /app/words/ # buildkit".to_owned(),
            store(&[
                File::folder("app/words/"),
                File::data("app/words/en.txt", 41, 14_000),
                File::data("app/words/fr.txt", 42, 11_000),
            ]),
        ),
        step("COPY greet LICENSE /app/ # buildkit".to_owned(), store(&app(version, architecture))),
        step("USER 65534:65534".to_owned(), None),
        step("EXPOSE map[8080/tcp:{}]".to_owned(), None),
        step("ENTRYPOINT [\\\"/app/greet\\\"]".to_owned(), None),
        step("CMD [\\\"--every\\\" \\\"10s\\\"]".to_owned(), None),
    ]
}

fn base(architecture: &str) -> [File; 6] {
    [
        File::folder("bin/"),
        File::data("bin/sh", seed(architecture), 72_000),
        File::folder("etc/"),
        File::new(
            "etc/os-release",
            format!("NAME=\"Sample Linux\"\nID=sample\nVERSION_ID=1\nARCHITECTURE={architecture}\n"),
        ),
        File::new("etc/passwd", "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n"),
        File::new("etc/group", "root:x:0:\nnobody:x:65534:\n"),
    ]
}

/// Programs differ by architecture.
fn seed(architecture: &str) -> u32 {
    if architecture == "arm64" { 64 } else { 0 }
}

fn packages(first: bool, runtime: &str, architecture: &str) -> [File; 6] {
    [
        File::folder("usr/"),
        File::folder("usr/lib/"),
        File::data("usr/lib/runtime.so", seed(architecture) + if first { 31 } else { 32 }, 210_000),
        File::data("usr/lib/fonts.db", 14, if first { 60_000 } else { 90_000 }),
        File::data("usr/lib/tzdata.db", 2026, 38_000),
        File::new(
            "usr/lib/installed",
            format!("runtime {runtime} {architecture}\nfonts 1.4 noarch\ntzdata 2026a noarch\n"),
        ),
    ]
}

fn app(version: &str, architecture: &str) -> [File; 3] {
    [
        File::folder("app/"),
        File::program(
            "app/greet",
            format!("#!/bin/sh\necho \"demo/app {version} on linux/{architecture}\"\n"),
        ),
        File::new("app/LICENSE", "This sample is free to use under the terms of MIT or Apache-2.0.\n"),
    ]
}

/// The config of the image that these steps made; `labels` is JSON.
pub(super) fn config(release: &Release, platform: &Platform, steps: &[Step], labels: &str) -> String {
    let diff_ids = steps.iter().filter_map(|step| Some(format!("\"{}\"", step.layer.as_ref()?.diff_id)));
    let history = steps.iter().map(|Step { created_by, created, comment, layer }| {
        let empty = if layer.is_none() { ", \"empty_layer\": true" } else { "" };
        format!(
            "{{ \"created\": \"{created}\", \"created_by\": \"{created_by}\", \"comment\": \"{comment}\"{empty} }}"
        )
    });
    format!(
        r#"{{
  {platform},
  "created": "{created}",
  "author": "Sample <sample@example.org>",
  "config": {{
    "User": "65534:65534",
    "ExposedPorts": {{ "8080/tcp": {{}} }},
    "Env": [
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/app",
      "APP_VERSION={version}"
    ],
    "Entrypoint": ["/app/greet"],
    "Cmd": ["--every", "10s"],
    "WorkingDir": "/app",
    "Labels": {labels}
  }},
  "rootfs": {{
    "type": "layers",
    "diff_ids": [
      {diff_ids}
    ]
  }},
  "history": [
    {history}
  ]
}}"#,
        platform = platform.members(),
        created = release.created,
        version = release.version,
        diff_ids = diff_ids.collect::<Vec<_>>().join(",\n      "),
        history = history.collect::<Vec<_>>().join(",\n    "),
    )
}
