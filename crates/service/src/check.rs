//! Does a registry speak the distribution protocol?

use api::{CheckRegistry, Error, RegistryCheck};

use crate::{Shared, error, exchanges};

/// Asks `GET /v2/` (distribution specification, "Determining Support").
pub(crate) async fn check(shared: &Shared, request: CheckRegistry) -> Result<RegistryCheck, Error> {
    let at = shared.known.endpoint(&request.registry)?;
    let _turn = shared.limit.turn().await;
    let ping = shared.client.ping(&at).await.map_err(error::told)?;
    Ok(RegistryCheck {
        registry: request.registry,
        origin: ping.origin.origin().ascii_serialization(),
        auth_needed: ping.auth_needed,
        api_version: ping.api_version,
        exchanges: exchanges::told(ping.exchanges),
    })
}
