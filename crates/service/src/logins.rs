//! Which login is used for a registry, and what does the user want there?

use api::{ChooseLogin, Error, ExplainLogin, LoginAccount, LoginChoice, LoginOutcome};
use futures_util::future::BoxFuture;
use oci::{Host, RepositoryName};

use crate::Shared;

/// Where logins come from, as far as it can be told: the same that the client of the registries is given.
pub trait Logins: Send + Sync {
    /// How the login is found now; it is searched anew.
    fn explain(&self, registry: Host, repository: Option<RepositoryName>) -> BoxFuture<'_, LoginAccount>;

    /// What is wanted for a registry from now on.
    fn choose(&self, registry: &Host, choice: LoginChoice);
}

/// There are none: every request is anonymous.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoLogins;

impl Logins for NoLogins {
    fn explain(&self, registry: Host, repository: Option<RepositoryName>) -> BoxFuture<'_, LoginAccount> {
        Box::pin(std::future::ready(none(registry, repository, LoginChoice::InOrder)))
    }

    fn choose(&self, _: &Host, _: LoginChoice) {}
}

/// An account of no source at all.
fn none(registry: Host, repository: Option<RepositoryName>, choice: LoginChoice) -> LoginAccount {
    let outcome = match choice {
        LoginChoice::Anonymous => LoginOutcome::ChosenAnonymous,
        LoginChoice::InOrder | LoginChoice::Prefer(_) => LoginOutcome::NothingFound,
    };
    LoginAccount { registry, repository, choice, outcome, steps: Vec::new() }
}

/// Only of registries that were added: a helper is told the address.
pub(crate) async fn explain(shared: &Shared, request: ExplainLogin) -> Result<LoginAccount, Error> {
    let ExplainLogin { registry, repository } = request;
    match shared.known.login_address(&registry)? {
        Some(address) => {
            let account = shared.logins.explain(address, repository).await;
            Ok(LoginAccount { registry, ..account })
        }
        None => Ok(none(registry, repository, LoginChoice::InOrder)),
    }
}

pub(crate) async fn choose(shared: &Shared, request: ChooseLogin) -> Result<LoginAccount, Error> {
    let ChooseLogin { registry, choice } = request;
    let Some(address) = shared.known.login_address(&registry)? else {
        return Ok(none(registry, None, choice));
    };
    shared.logins.choose(&address, choice);
    // What another login was shown is nothing for this one.
    shared.memory.forget(&registry);
    let account = shared.logins.explain(address, None).await;
    Ok(LoginAccount { registry, ..account })
}
