//! Does a command that is offered to be copied name the same object where it is pasted again?

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use oci::{
    Kind, Reference,
    pasted::{Target, read},
};
use view::commands::{Subject, commands};

const DIGEST: &str = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

/// What a line names again: pinned to a digest the tag is left out, and without either tools take `latest`. A chart
/// without a version has none.
fn named(subject: &Subject, tool: &str) -> Reference {
    let Reference { host, repository, tag, digest } = subject.reference.clone();
    let digest = subject.pin.clone().or(digest);
    let latest = tag.or_else(|| (tool != "helm").then(|| "latest".parse().unwrap()));
    let tag = latest.filter(|_| digest.is_none());
    Reference { host, repository, tag, digest }
}

#[test]
fn every_line_that_is_written_is_read_as_its_subject() {
    let references = [
        "debian:12".to_owned(),
        "grafana/grafana".to_owned(),
        "ghcr.io/owner/name/part:1.2.3_b4".to_owned(),
        "localhost:5000/a:1".to_owned(),
        format!("registry.example:5000/a/b:1@{DIGEST}"),
        format!("quay.io/a/b@{DIGEST}"),
        "[::1]:5000/a:x".to_owned(),
    ];
    let kinds = [Kind::Image, Kind::Index, Kind::HelmChart, Kind::Spdx, Kind::Unknown];
    let mut lines = 0;
    for reference in &references {
        for kind in &kinds {
            for (pin, plain_http) in
                [(None, false), (None, true), (Some(DIGEST), false), (Some(DIGEST), true)]
            {
                let pin = pin.map(|pin| pin.parse().unwrap());
                let reference = reference.parse().unwrap();
                let subject = Subject { reference, kind: kind.clone(), is_list: false, pin, plain_http };
                for command in commands(&subject) {
                    let pasted =
                        read(&command.line).unwrap_or_else(|why| panic!("{}: {why:?}", command.line));
                    let wanted = Target::Reference(named(&subject, command.tool));
                    assert_eq!(pasted.target, wanted, "{}", command.line);
                    lines += 1;
                }
            }
        }
    }
    assert!(lines > references.len() * kinds.len() * 4 * 6, "{lines}: six programs show every object");
}
