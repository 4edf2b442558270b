//! Is it of a kind that is no longer in use? (MT010, MT012)

use super::Document;
use crate::{Finding, MediaType, Role, Severity, Shape, finding::Findings};

/// MT010: Docker schema 1. MT012: the artifact manifest of the OCI 1.1 release candidates, and ORAS' forerunner.
pub(super) fn check(document: &Document<'_>, findings: &mut Findings) {
    let role = document.claimed_role();
    let actual = document.claimed().map_or("no media type", |claimed| &*claimed.0);
    if document.view.shape == Shape::Schema1 || role == Some(Role::Schema1) {
        let expected = format!("{} or {}", MediaType::OCI_MANIFEST, MediaType::DOCKER_MANIFEST);
        findings.add(Finding::new("MT010", Severity::Error).values(actual, expected));
    }
    if document.view.shape == Shape::ArtifactManifest || role == Some(Role::ArtifactManifest) {
        let expected = format!("{} with artifactType", MediaType::OCI_MANIFEST);
        findings.add(Finding::new("MT012", Severity::Warning).values(actual, expected));
    }
}
