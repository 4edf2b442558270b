//! Are Docker's types and the OCI's mixed in one document? (MT007, MT008, MT009, MT026)
//!
//! Rows 1 to 6 of the matrix of who rejects what. The types of artifacts belong to neither family and mix with both.

use super::Document;
use crate::{Descriptor, Family, Finding, MediaType, Role, Severity, Shape, finding::Findings};

/// The parts of a manifest, or the children of an index, are of the family of the whole.
pub(super) fn check(document: &Document<'_>, findings: &mut Findings) {
    let view = document.view;
    match (view.shape, document.family()) {
        (Shape::Manifest, Family::Docker) => {
            add("MT009", Severity::Info, parts(view.config.iter(), Role::Config, Family::Oci), findings);
            add("MT009", Severity::Error, parts(view.layers.iter(), Role::Layer, Family::Oci), findings);
        }
        (Shape::Manifest, _) => {
            add("MT008", Severity::Error, parts(view.config.iter(), Role::Config, Family::Docker), findings);
            add("MT026", Severity::Warning, parts(view.layers.iter(), Role::Layer, Family::Docker), findings);
        }
        (Shape::Index, Family::Docker) => {
            add("MT007", Severity::Warning, children(&view.manifests, Family::Oci), findings);
        }
        (Shape::Index, _) => {
            add("MT007", Severity::Info, children(&view.manifests, Family::Docker), findings);
        }
        _ => {}
    }
}

type Part<'a> = (&'a Descriptor, &'a MediaType);

fn parts<'a>(
    all: impl Iterator<Item = &'a Descriptor>,
    role: Role,
    family: Family,
) -> impl Iterator<Item = Part<'a>> {
    typed(all).filter(move |(_, kind)| kind.role() == role && kind.family() == family)
}

fn children(all: &[Descriptor], family: Family) -> impl Iterator<Item = Part<'_>> {
    typed(all.iter()).filter(move |(_, kind)| kind.is_manifest() && kind.family() == family)
}

fn typed<'a>(all: impl Iterator<Item = &'a Descriptor>) -> impl Iterator<Item = Part<'a>> {
    all.filter_map(|part| Some((part, part.media_type.as_ref()?)))
}

fn add<'a>(id: &str, severity: Severity, odd: impl Iterator<Item = Part<'a>>, findings: &mut Findings) {
    for (part, kind) in odd {
        let finding = Finding::new(id, severity).at(format!("{}/mediaType", part.pointer));
        let expected = match kind.twin() {
            Some(twin) => twin.0,
            None => "a type of the family of the whole document".to_owned(),
        };
        findings.add(finding.values(&*kind.0, expected));
    }
}
