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
}

impl Login {
    /// Whose tokens these are, for the token cache: never a secret.
    pub(crate) fn user(&self) -> &str {
        match self {
            Self::Basic { user, .. } => user,
            Self::Bearer(_) => "<bearer>",
        }
    }
}

/// Where logins come from.
pub trait Credentials: Send + Sync {
    /// The login for a registry, or for one repository of it; `None` asks anonymously.
    fn lookup(&self, registry: &Host, repository: Option<&RepositoryName>) -> BoxFuture<'_, Option<Login>>;

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
    fn lookup(&self, _: &Host, _: Option<&RepositoryName>) -> BoxFuture<'_, Option<Login>> {
        Box::pin(std::future::ready(None))
    }
}
