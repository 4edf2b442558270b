//! What is this object: its exact bytes, what they mean, and are they what was asked for?

use api::{Body, Error, Inspect, Inspection, Served};

use crate::{Shared, compare, error, exchanges};

/// Gets a manifest and reads it. What is wrong with it are findings; only a failed fetch is an error.
pub(crate) async fn inspect(shared: &Shared, request: Inspect) -> Result<Inspection, Error> {
    let Inspect { reference, expected } = request;
    let place = shared.place(&reference.host, &reference.repository)?;
    let manifest = shared.manifest(&place, &reference.target()).await.map_err(error::told)?;
    let kept = manifest.kept;
    let view = oci::read(&kept.bytes, kept.content_type.as_ref());
    let size = kept.bytes.len() as u64;
    let mut findings = kept.findings.clone();
    if let Some(expected) = expected {
        findings.extend(compare::length(expected.size, size, ""));
        let stated = expected.media_type.as_ref();
        findings.extend(compare::media_type(stated, &view, kept.content_type.as_ref(), ""));
    }
    Ok(Inspection {
        reference,
        digest: manifest.digest,
        verification: manifest.verification,
        size,
        bytes: Body(kept.bytes.to_vec()),
        served: Served {
            content_type: kept.content_type.clone(),
            digest_header: kept.digest_header.clone(),
            warnings: kept.warnings.clone(),
        },
        view,
        findings,
        exchanges: exchanges::told(manifest.exchanges),
    })
}
