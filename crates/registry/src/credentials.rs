//! Who is asking? The only way by which a login reaches a request.

use futures_util::future::BoxFuture;
use oci::{Host, RepositoryName};
use url::Url;

use crate::Secret;

/// A login for one registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Login {
    /// User name and password, or what stands for one.
    Basic {
        /// The user name.
        user: String,
        /// The password.
        password: Secret,
    },
    /// A token that the registry itself takes.
    Bearer(Secret),
    /// An identity token: the token server gives registry tokens for it, by the grant `refresh_token` of the
    /// distribution token specification. No registry sees it.
    Identity(Secret),
}

/// Why there is neither a login nor the user's word to ask without one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct LookupError {
    /// A sentence: what failed, and why. Never a secret.
    pub message: String,
}

/// Where logins come from.
pub trait Credentials: Send + Sync {
    /// The login for a registry, or for one repository of it; `None` asks anonymously.
    ///
    /// # Errors
    /// The place that should hold the login fails. The registry is not asked then: another answer than the login's
    /// owner would get is no answer.
    fn lookup(
        &self,
        registry: &Host,
        repository: Option<&RepositoryName>,
    ) -> BoxFuture<'_, Result<Option<Login>, LookupError>>;

    /// A registry, or its token server, has refused what was looked up, or that nothing was: the user may mend that, and
    /// what was found is not to be used for long. Default: nothing is remembered that could be wrong.
    fn refused(&self, registry: &Host) {
        let _ = registry;
    }

    /// Whether the user has agreed that the login of `registry` goes to the token server at `realm`, which is
    /// another origin and no pair that is known to belong together. Default: no.
    fn consents(&self, registry: &Host, realm: &Url) -> bool {
        let _ = (registry, realm);
        false
    }
}

/// Nobody: every request is anonymous.
#[derive(Debug, Clone, Copy, Default)]
pub struct Anonymous;

impl Credentials for Anonymous {
    fn lookup(
        &self,
        _: &Host,
        _: Option<&RepositoryName>,
    ) -> BoxFuture<'_, Result<Option<Login>, LookupError>> {
        Box::pin(std::future::ready(Ok(None)))
    }
}
