//! Which login is used for a registry, and why? Everything but the secrets.

use oci::{Host, RepositoryName};
use serde::{Deserialize, Serialize};

/// Tells how the login for a registry, or for a repository of it, is found now. It is searched anew: a helper may ask
/// the user. Nothing is sent to the registry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExplainLogin {
    /// The registry.
    pub registry: Host,
    /// The repository, where podman's keys for namespaces are to count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repository: Option<RepositoryName>,
}

/// Says which login is wanted for a registry, until the host ends; then tells what that gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChooseLogin {
    /// The registry.
    pub registry: Host,
    /// Which one.
    pub choice: LoginChoice,
}

/// What the user wants for a registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LoginChoice {
    /// The first source that has a login.
    #[default]
    InOrder,
    /// This source before all others.
    Prefer(LoginSource),
    /// No login, whatever there is.
    Anonymous,
}

/// Where a login may be, in the order in which the sources are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LoginSource {
    /// Given to Ociscope for this session.
    Session,
    /// Given to Ociscope, in the system's keyring.
    Keyring,
    /// The file that `REGISTRY_AUTH_FILE` names.
    RegistryAuthFile,
    /// podman's file that ends with the session (containers-auth.json(5)).
    PodmanRuntime,
    /// podman's file that stays.
    PodmanConfig,
    /// docker's `config.json`.
    Docker,
    /// docker's file of before version 1.7.
    Dockercfg,
}

/// How the login for a registry was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginAccount {
    /// The registry.
    pub registry: Host,
    /// The repository, where one was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repository: Option<RepositoryName>,
    /// What the user wants.
    pub choice: LoginChoice,
    /// What came of it.
    pub outcome: LoginOutcome,
    /// Each source in the order in which it was asked.
    pub steps: Vec<LoginStep>,
}

/// What came of a search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LoginOutcome {
    /// The login of this source is used.
    Login(LoginSource),
    /// None, since nothing has one.
    NothingFound,
    /// None, as the user wants it.
    ChosenAnonymous,
    /// A source that should have the login fails: the registry is not asked, unless the user chooses otherwise. A
    /// sentence says what failed.
    Stopped(String),
}

/// One source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginStep {
    /// Which.
    pub source: LoginSource,
    /// Its file, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Whether it could be looked at.
    pub looked: LoginLook,
    /// What it has for this registry, the closest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub matches: Vec<LoginMatch>,
}

/// Whether a source could be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LoginLook {
    /// It was.
    Read,
    /// There is no such file.
    Missing,
    /// It gives nothing, and is passed over: the end of a sentence about it says why.
    Unusable(String),
    /// Not asked: an earlier source has the answer.
    NotAsked,
}

/// One thing that a source has for a registry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginMatch {
    /// The key in the file; empty for a helper of all registries, which has none.
    pub key: String,
    /// The helper that has the login, where one does: `desktop`, `ecr-login`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub helper: Option<String>,
    /// What was made of it.
    pub verdict: LoginVerdict,
}

/// What was made of a match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LoginVerdict {
    /// This is the login.
    Used(LoginShown),
    /// It could have been the login: an earlier one is, or the user wants none.
    Usable(LoginShown),
    /// An entry without a login: docker writes it for what a helper has.
    Empty,
    /// The helper says that it has none.
    NotFound,
    /// Not asked, because the answer was known.
    NotAsked,
    /// It should hold a login and gives none: the end of a sentence about it says why.
    Failed(String),
}

/// What may be seen of a login.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LoginShown {
    /// User name and password: the user name.
    User(String),
    /// A token that the token server takes (grant `refresh_token`).
    IdentityToken,
    /// A token that the registry itself takes.
    BearerToken,
}
