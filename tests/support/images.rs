//! How do images get into a registry as people put them there? By skopeo, crane and oras.

use std::{path::PathBuf, process::Command};

use crate::peers::{self, run};

/// The clients of the field.
#[derive(Debug)]
pub struct Tools {
    /// go-containerregistry's client.
    pub crane: PathBuf,
    /// The client for artifacts.
    pub oras: PathBuf,
    /// The client of podman's world.
    pub skopeo: PathBuf,
}

/// The clients, or nothing where one is missing.
pub fn tools() -> Option<Tools> {
    Some(Tools {
        crane: peers::program("crane-v0.22.1", "crane")?,
        oras: peers::program("oras-v1.3.3", "oras")?,
        skopeo: peers::on_path("skopeo")?,
    })
}

/// Fills a registry by three hands: skopeo copies the samples' images, crane copies the chart, oras pushes a file
/// and attaches another.
///
/// # Panics
/// If a client fails, with what it said.
pub fn push(tools: &Tools, sample: &str, to: &str) {
    let copy = |what: &str, arguments: &[&str]| {
        let mut command = Command::new(&tools.skopeo);
        command.args(["copy", "--src-tls-verify=false", "--dest-tls-verify=false"]).args(arguments);
        command.arg(format!("docker://{sample}/{what}")).arg(format!("docker://{to}/{what}"));
        run(&mut command);
    };
    copy("demo/app:1.2.0", &["--all"]);
    copy("demo/docker-image:2.4", &[]);
    copy("demo/docker-image:list", &["--all"]);
    let chart = |registry: &str| format!("{registry}/demo/chart:0.3.1");
    run(Command::new(&tools.crane).args(["copy", "--insecure", &chart(sample), &chart(to)]));

    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("report.json"), "{\"ok\":true}")
        .expect("a temporary folder takes files");
    let file = format!("{to}/demo/report:v1");
    let oras = |arguments: &[&str]| {
        run(Command::new(&tools.oras).args(arguments).current_dir(folder.path()));
    };
    oras(&[
        "push",
        "--plain-http",
        "--artifact-type",
        "application/vnd.example.report.v1",
        &file,
        "report.json",
    ]);
    oras(&[
        "attach",
        "--plain-http",
        "--artifact-type",
        "application/vnd.example.note.v1",
        &file,
        "report.json",
    ]);
}
