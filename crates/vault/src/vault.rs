//! The one door to all logins, which remembers for a while what helpers and keyring said.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use futures_util::future::BoxFuture;
use oci::{Host, RepositoryName};
use registry::{Clock, Credentials, Login, LookupError, SystemClock};

use crate::{
    Account, Choice, ConfigPlace, Environment, Keyring, OwnName, Session, Store, StoreProblem,
    helper::Helpers,
    search::{Places, search},
};

/// How long an answer is used again: a list of tags asks for the same login a hundred times.
const FRESH: Duration = Duration::from_secs(60);
/// How long a failure is: whoever repairs a helper and tries again must not wait.
const FRESH_FAILURE: Duration = Duration::from_secs(5);
/// Registries whose answers are remembered at most.
const MOST: usize = 1_000;

/// What a vault is made with.
#[derive(Clone)]
pub struct Options {
    /// How long a helper may take.
    pub helper_limit: Duration,
    /// How long a call of the keyring may take, a prompt included; `None` where the keyring is not used.
    pub keyring_limit: Option<Duration>,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            helper_limit: Duration::from_secs(5),
            keyring_limit: Some(Duration::from_secs(30)),
            clock: Arc::new(SystemClock::default()),
        }
    }
}

/// How long an own login is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Until the app ends.
    Session,
    /// In the keyring, until it is removed.
    Keyring,
}

type Answer = Result<Option<Login>, LookupError>;
/// The answers for one registry. Who searches holds the lock: others wait for the answer, and no helper runs twice.
type Slot = Arc<tokio::sync::Mutex<HashMap<Option<RepositoryName>, (Duration, Answer)>>>;

/// All logins of a user: the app's own, and those of docker and podman, which are read and never written.
pub struct Vault {
    session: Session,
    keyring: Option<Keyring>,
    files: Vec<ConfigPlace>,
    helpers: Helpers,
    clock: Arc<dyn Clock>,
    choices: Mutex<HashMap<Host, Choice>>,
    slots: Mutex<HashMap<Host, Slot>>,
}

impl Vault {
    /// A vault over the places that an environment names.
    pub fn new(environment: &Environment, options: Options) -> Self {
        Self {
            session: Session::default(),
            keyring: options.keyring_limit.map(Keyring::new),
            files: environment.config_places(),
            helpers: Helpers::of(environment, options.helper_limit),
            clock: options.clock,
            choices: Mutex::default(),
            slots: Mutex::default(),
        }
    }

    /// Tells how the login for a registry, or for a repository of it, is found now. It searches anew, with the
    /// choice that is given or else the one that holds, and the next request uses what is true then.
    pub async fn explain(
        &self,
        registry: &Host,
        repository: Option<&RepositoryName>,
        choice: Option<Choice>,
    ) -> Account {
        self.forget(registry);
        let choice = choice.unwrap_or_else(|| self.choice(registry));
        search(&self.places(), registry, repository, choice).await.0
    }

    /// What the user wants for a registry.
    pub fn choice(&self, registry: &Host) -> Choice {
        lock(&self.choices).get(registry).copied().unwrap_or_default()
    }

    /// Sets what the user wants for a registry.
    pub fn choose(&self, registry: &Host, choice: Choice) {
        lock(&self.choices).insert(registry.clone(), choice);
        self.forget(registry);
    }

    /// Keeps a login of the app's own.
    ///
    /// # Errors
    /// Of the keyring; [`StoreProblem::NoneHere`] where there is none: then it can be kept for this session.
    pub async fn keep(&self, name: &OwnName, login: Login, keep: Keep) -> Result<(), StoreProblem> {
        let kept = self.store(keep)?.set(name, login).await;
        self.forget(&name.host);
        kept
    }

    /// Forgets an own login; whether there was one.
    ///
    /// # Errors
    /// Of the keyring.
    pub async fn remove(&self, name: &OwnName, keep: Keep) -> Result<bool, StoreProblem> {
        let removed = self.store(keep)?.remove(name).await;
        self.forget(&name.host);
        removed
    }

    /// The names of the app's own logins, sorted. No secret is read for it.
    ///
    /// # Errors
    /// Of the keyring.
    pub async fn names(&self, keep: Keep) -> Result<Vec<OwnName>, StoreProblem> {
        self.store(keep)?.names().await
    }

    /// Forgets what was found for a registry: the next request searches anew. To be called before a user's retry.
    pub fn forget(&self, registry: &Host) {
        lock(&self.slots).remove(registry);
    }

    /// What was found for a registry was refused: it is used no longer than a failure is, since the user may log in
    /// elsewhere meanwhile.
    fn doubt(&self, registry: &Host) {
        let slot = lock(&self.slots).get(registry).cloned();
        // Who searches now has a new answer in a moment.
        if let Some(slot) = slot
            && let Ok(mut answers) = slot.try_lock()
        {
            let soon = self.clock.elapsed() + FRESH_FAILURE;
            answers.values_mut().for_each(|(until, _)| *until = soon.min(*until));
        }
    }

    fn store(&self, keep: Keep) -> Result<&dyn Store, StoreProblem> {
        match (keep, &self.keyring) {
            (Keep::Session, _) => Ok(&self.session),
            (Keep::Keyring, Some(keyring)) => Ok(keyring),
            (Keep::Keyring, None) => Err(StoreProblem::NoneHere("it is not used here".to_owned())),
        }
    }

    fn places(&self) -> Places<'_> {
        Places {
            session: &self.session,
            keyring: self.keyring.as_ref(),
            files: &self.files,
            helpers: &self.helpers,
        }
    }

    fn slot(&self, registry: &Host) -> Slot {
        let mut slots = lock(&self.slots);
        if slots.len() >= MOST && !slots.contains_key(registry) {
            slots.clear();
        }
        Arc::clone(slots.entry(registry.clone()).or_default())
    }

    async fn find(&self, registry: &Host, repository: Option<&RepositoryName>) -> Answer {
        let slot = self.slot(registry);
        let mut answers = slot.lock().await;
        let now = self.clock.elapsed();
        let key = repository.cloned();
        if let Some((until, answer)) = answers.get(&key)
            && *until > now
        {
            return answer.clone();
        }
        let (account, login) = search(&self.places(), registry, repository, self.choice(registry)).await;
        let answer = match account.failure() {
            Some(message) => Err(LookupError { message }),
            None => Ok(login),
        };
        if answers.len() >= MOST {
            answers.clear();
        }
        let fresh = if answer.is_ok() { FRESH } else { FRESH_FAILURE };
        answers.insert(key, (self.clock.elapsed() + fresh, answer.clone()));
        answer
    }
}

impl Credentials for Vault {
    fn lookup(&self, registry: &Host, repository: Option<&RepositoryName>) -> BoxFuture<'_, Answer> {
        let (registry, repository) = (registry.clone(), repository.cloned());
        Box::pin(async move { self.find(&registry, repository.as_ref()).await })
    }

    fn refused(&self, registry: &Host) {
        self.doubt(registry);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
