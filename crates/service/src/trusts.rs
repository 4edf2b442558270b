//! What do connections to a registry rest on, beyond what the system trusts?

use std::sync::Arc;

use api::{Code, Error, Stage};
use oci::Host;
use registry::Trust;

/// Tells it, for the address that is connected to. It is asked before each operation: an answer costs no more than a
/// look at a few folders.
pub trait Trusts: Send + Sync {
    /// `None` where nothing was given for this address.
    ///
    /// # Errors
    /// Something was given that cannot be used: one or more sentences that name the file.
    fn of(&self, address: &Host) -> Result<Option<Arc<Trust>>, String>;
}

/// Nothing beyond the system's trust.
#[derive(Debug, Clone, Copy, Default)]
pub struct OfTheSystem;

impl Trusts for OfTheSystem {
    fn of(&self, _: &Host) -> Result<Option<Arc<Trust>>, String> {
        Ok(None)
    }
}

/// A registry is not contacted on less, or other, trust than it was given.
pub(crate) fn unusable(name: &Host, why: &str) -> Error {
    let message = format!(
        "What this machine was given to trust {name} with cannot be used, so it was not contacted: {why}"
    );
    Error { stage: Some(Stage::Connect), ..Error::new(Code::Tls, message) }
}
