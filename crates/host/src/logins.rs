//! How does what the vault finds become what a page is told?

use std::fmt;
use std::sync::Arc;

use api::{
    LoginAccount, LoginChoice, LoginLook, LoginMatch, LoginOutcome, LoginShown, LoginSource, LoginStep,
    LoginVerdict,
};
use futures_util::future::BoxFuture;
use oci::{Host, RepositoryName};
use registry::{Credentials, Login, LookupError};
use service::Logins;
use vault::{Account, Choice, Environment, Holder, Looked, Outcome, Shown, Source, Vault, Verdict};

/// The logins of the user, for the client of the registries and for whoever asks how one was found: those of docker and
/// podman.
#[derive(Clone)]
pub struct UserLogins(Arc<Vault>);

impl UserLogins {
    /// Those of this process's user. The keyring is not looked into: nothing of ours is in it.
    pub fn of_user() -> Self {
        let options = vault::Options { keyring_limit: None, ..vault::Options::default() };
        Self(Arc::new(Vault::new(&Environment::of_process(), options)))
    }
}

impl fmt::Debug for UserLogins {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UserLogins")
    }
}

impl Credentials for UserLogins {
    fn lookup(
        &self,
        registry: &Host,
        repository: Option<&RepositoryName>,
    ) -> BoxFuture<'_, Result<Option<Login>, LookupError>> {
        self.0.lookup(registry, repository)
    }

    fn refused(&self, registry: &Host) {
        self.0.refused(registry);
    }
}

impl Logins for UserLogins {
    fn explain(&self, registry: Host, repository: Option<RepositoryName>) -> BoxFuture<'_, LoginAccount> {
        Box::pin(async move { told(self.0.explain(&registry, repository.as_ref(), None).await) })
    }

    fn choose(&self, registry: &Host, choice: LoginChoice) {
        let choice = match choice {
            LoginChoice::InOrder => Choice::InOrder,
            LoginChoice::Prefer(source) => Choice::Prefer(source_of(source)),
            LoginChoice::Anonymous => Choice::Anonymous,
        };
        self.0.choose(registry, choice);
    }
}

fn told(account: Account) -> LoginAccount {
    let failure = account.failure();
    let outcome = match account.outcome {
        Outcome::Login(step, _) => match account.steps.get(step) {
            Some(step) => LoginOutcome::Login(source(step.source)),
            None => LoginOutcome::NothingFound,
        },
        Outcome::NothingFound => LoginOutcome::NothingFound,
        Outcome::ChosenAnonymous => LoginOutcome::ChosenAnonymous,
        Outcome::Stopped(..) => LoginOutcome::Stopped(failure.unwrap_or_default()),
    };
    let choice = match account.choice {
        Choice::InOrder => LoginChoice::InOrder,
        Choice::Prefer(wanted) => LoginChoice::Prefer(source(wanted)),
        Choice::Anonymous => LoginChoice::Anonymous,
    };
    // Where there is no keyring there is nothing to tell of it.
    let here = account.steps.into_iter().filter(|step| !matches!(step.looked, Looked::NoneHere(_)));
    let steps = here.map(step).collect();
    LoginAccount { registry: account.registry, repository: account.repository, choice, outcome, steps }
}

fn step(step: vault::Step) -> LoginStep {
    let looked = match step.looked {
        Looked::Read => LoginLook::Read,
        Looked::Missing => LoginLook::Missing,
        Looked::Unusable(why) => LoginLook::Unusable(why.to_string()),
        Looked::NoneHere(why) => LoginLook::Unusable(why),
        Looked::NotAsked => LoginLook::NotAsked,
    };
    LoginStep {
        source: source(step.source),
        file: step.file.map(|file| file.display().to_string()),
        looked,
        matches: step.matches.into_iter().map(matched).collect(),
    }
}

fn matched(found: vault::Match) -> LoginMatch {
    let helper = match found.holder {
        Holder::Own | Holder::Auths => None,
        Holder::CredHelper(name) | Holder::CredsStore(name) => Some(name),
    };
    let verdict = match found.verdict {
        Verdict::Used(login) => LoginVerdict::Used(shown(login)),
        Verdict::Usable(login) => LoginVerdict::Usable(shown(login)),
        Verdict::Empty => LoginVerdict::Empty,
        Verdict::NotFound => LoginVerdict::NotFound,
        Verdict::NotAsked => LoginVerdict::NotAsked,
        Verdict::Failed(why) => LoginVerdict::Failed(why.to_string()),
    };
    LoginMatch { key: found.key, helper, verdict }
}

fn shown(login: Shown) -> LoginShown {
    match login {
        Shown::User(name) => LoginShown::User(name),
        Shown::Identity => LoginShown::IdentityToken,
        Shown::Bearer => LoginShown::BearerToken,
    }
}

fn source(source: Source) -> LoginSource {
    match source {
        Source::Session => LoginSource::Session,
        Source::Keyring => LoginSource::Keyring,
        Source::RegistryAuthFile => LoginSource::RegistryAuthFile,
        Source::PodmanRuntime => LoginSource::PodmanRuntime,
        Source::PodmanConfig => LoginSource::PodmanConfig,
        Source::Docker => LoginSource::Docker,
        Source::Dockercfg => LoginSource::Dockercfg,
    }
}

fn source_of(source: LoginSource) -> Source {
    match source {
        LoginSource::Session => Source::Session,
        LoginSource::Keyring => Source::Keyring,
        LoginSource::RegistryAuthFile => Source::RegistryAuthFile,
        LoginSource::PodmanRuntime => Source::PodmanRuntime,
        LoginSource::PodmanConfig => Source::PodmanConfig,
        LoginSource::Docker => Source::Docker,
        LoginSource::Dockercfg => Source::Dockercfg,
    }
}
