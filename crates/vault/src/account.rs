//! Which login is used for a registry, why, and what else there is? Everything but the secrets.

use std::path::PathBuf;

use oci::{Host, RepositoryName};
use registry::Login;

use crate::{EntryProblem, FileProblem, HelperProblem, How, Source, StoreProblem};

/// What the user wants for a registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Choice {
    /// The first source that has a login, in the order of [`Source`].
    #[default]
    InOrder,
    /// This source before all others. Where it has nothing the others follow in their order.
    Prefer(Source),
    /// No login, whatever there is.
    Anonymous,
}

/// How the login for a registry or repository was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The registry.
    pub registry: Host,
    /// The repository, where one was asked for.
    pub repository: Option<RepositoryName>,
    /// What the user wants.
    pub choice: Choice,
    /// Each source in the order in which it was asked.
    pub steps: Vec<Step>,
    /// What came of it.
    pub outcome: Outcome,
}

/// One source that was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Which.
    pub source: Source,
    /// Its file, where it is one.
    pub file: Option<PathBuf>,
    /// Whether it could be looked at.
    pub looked: Looked,
    /// What it has for this registry, the closest first.
    pub matches: Vec<Match>,
}

/// Whether a source could be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Looked {
    /// It was.
    Read,
    /// There is no such file.
    Missing,
    /// The file is there and gives nothing. It is passed over: nobody can know whether it speaks of this registry.
    Unusable(FileProblem),
    /// There is no keyring on this system.
    NoneHere(String),
    /// Not asked: an earlier source has the answer, and a keyring or helper may put a question to the user.
    NotAsked,
}

/// One thing that a source has for a registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The key in the file, or the name of the own entry; empty for a helper of all registries, which has none.
    pub key: String,
    /// How the key matched.
    pub how: How,
    /// Where the login itself is.
    pub holder: Holder,
    /// What was made of it.
    pub verdict: Verdict,
}

/// Where a login itself is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// In the app: this session or the keyring.
    Own,
    /// In the file, under `auths`.
    Auths,
    /// With the helper that `credHelpers` names for the registry. The name is as the file has it, of any shape.
    CredHelper(String),
    /// With the helper that `credsStore` names for all registries.
    CredsStore(String),
}

/// What was made of a match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// This is the login.
    Used(Shown),
    /// It could have been the login: an earlier one is, or the user wants none.
    Usable(Shown),
    /// An entry without a login: docker writes it for what a helper has.
    Empty,
    /// The helper says that it has none.
    NotFound,
    /// The helper, or the keyring, was not asked, because the answer was known.
    NotAsked,
    /// It should hold a login and does not give one. Where nothing before it had one, the search ends here.
    Failed(Problem),
}

/// Why something that should hold a login gives none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// An entry of a file.
    #[error("{0}")]
    Entry(EntryProblem),
    /// A helper.
    #[error("{0}")]
    Helper(HelperProblem),
    /// The keyring.
    #[error("{0}")]
    Store(StoreProblem),
}

/// What may be seen of a login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// User name and password: the user name.
    User(String),
    /// An identity token.
    Identity,
    /// A token for the registry itself.
    Bearer,
}

impl Shown {
    pub(crate) fn of(login: &Login) -> Self {
        match login {
            Login::Basic { user, .. } => Self::User(user.clone()),
            Login::Identity(_) => Self::Identity,
            Login::Bearer(_) => Self::Bearer,
        }
    }
}

/// What came of a search. A position is (number of the step, number of the match in it), from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The login at this position.
    Login(usize, usize),
    /// None, since nothing has one.
    NothingFound,
    /// None, as the user wants it.
    ChosenAnonymous,
    /// The place at this position fails. No other login and no anonymous request takes its place, unless the user
    /// chooses so.
    Stopped(usize, usize),
}

impl Account {
    /// A sentence that says what fails and where; `None` where nothing stopped the search.
    pub fn failure(&self) -> Option<String> {
        let Outcome::Stopped(step, nth) = self.outcome else { return None };
        let step = self.steps.get(step)?;
        let found = step.matches.get(nth)?;
        let Verdict::Failed(problem) = &found.verdict else { return None };
        let file = step.file.as_ref().map(|file| format!(" of {}", file.display())).unwrap_or_default();
        let key = plain(&found.key);
        let place = match &found.holder {
            Holder::Own => return Some(format!("The login for {} cannot be had: {problem}.", self.registry)),
            Holder::Auths => format!("the entry \"{key}\"{file}"),
            Holder::CredHelper(name) => {
                format!("the helper \"{}\", which the key \"{key}\"{file} names,", plain(name))
            }
            Holder::CredsStore(name) => format!("the helper \"{}\", the credsStore{file},", plain(name)),
        };
        Some(format!("The login for {} cannot be had: {place} {problem}.", self.registry))
    }
}

/// A text of a file, for a sentence: no control characters, and not endless.
fn plain(text: &str) -> String {
    text.chars().filter(|char| !char.is_control()).take(100).collect()
}
