//! What is this object: its exact bytes, what they mean, and are they what was asked for?

use api::{Body, Error, Inspect, Inspection, Served};

use crate::{Shared, error, exchanges};

/// Fetches a manifest and reads it. What is wrong with it are findings; only a failed fetch is an error.
pub(crate) async fn inspect(shared: &Shared, request: Inspect) -> Result<Inspection, Error> {
    let reference = request.reference;
    let (at, target) = (shared.known.endpoint(&reference.host)?, reference.target());
    let _turn = shared.limit.turn().await;
    let raw = shared.client.manifest(&at, &reference.repository, &target).await.map_err(error::told)?;
    Ok(Inspection {
        reference,
        verification: raw.verification,
        view: oci::read(&raw.bytes, raw.content_type.as_ref()),
        digest: raw.digest,
        size: raw.bytes.len() as u64,
        bytes: Body(raw.bytes.into()),
        served: Served {
            content_type: raw.content_type,
            digest_header: raw.digest_header,
            warnings: raw.warnings,
        },
        findings: raw.findings,
        exchanges: exchanges::told(raw.exchanges),
    })
}
