//! Where does the app keep logins of its own?

mod keyring;
mod session;

use std::{fmt, str::FromStr, time::Duration};

use futures_util::future::BoxFuture;
use oci::{Host, RepositoryName};
use registry::Login;

pub use self::{keyring::Keyring, session::Session};

/// What an own login is for: a registry, or a namespace or repository in it. As text `host` or `host/namespace`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OwnName {
    /// The registry.
    pub host: Host,
    /// The namespace or repository, where the login is not for all of the registry.
    pub namespace: Option<RepositoryName>,
}

impl OwnName {
    /// The names that an own login for a repository may have, the closest first.
    pub(crate) fn candidates(host: &Host, repository: Option<&RepositoryName>) -> Vec<Self> {
        let mut names = Vec::new();
        let mut path = repository.map_or("", |repository| repository.as_str());
        while !path.is_empty() {
            let namespace = path.parse().ok();
            names.extend(namespace.map(|name| Self { host: host.clone(), namespace: Some(name) }));
            path = path.rsplit_once('/').map_or("", |(parent, _)| parent);
        }
        names.push(Self { host: host.clone(), namespace: None });
        names
    }
}

impl fmt::Display for OwnName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.namespace {
            Some(namespace) => write!(f, "{}/{namespace}", self.host),
            None => self.host.fmt(f),
        }
    }
}

impl FromStr for OwnName {
    type Err = oci::ReferenceError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text.split_once('/') {
            Some((host, namespace)) => Self { host: host.parse()?, namespace: Some(namespace.parse()?) },
            None => Self { host: text.parse()?, namespace: None },
        })
    }
}

/// Why a store gave no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreProblem {
    /// This system has no keyring, or it does not answer: logins can be kept for this session only.
    #[error("there is no keyring here: {0}")]
    NoneHere(String),
    /// It is locked, and was not unlocked; or access was refused.
    #[error("the keyring is locked or refuses access")]
    Refused,
    /// It did not answer in time; it may be waiting for a prompt.
    #[error("the keyring did not answer within {} s; it may be waiting for you in a window of its own", .0.as_secs())]
    TimedOut(Duration),
    /// It keeps nothing as long as this login: Windows keeps 2,560 bytes.
    #[error("the login is longer than the keyring keeps: {0} bytes at most")]
    TooLong(u32),
    /// What is kept under this name is no login of ours.
    #[error("what the keyring has under this name is no login of this app")]
    Damaged,
    /// It failed otherwise.
    #[error("the keyring failed")]
    Failed,
}

/// A place for own logins.
pub trait Store: Send + Sync {
    /// The login of exactly this name.
    fn get<'a>(&'a self, name: &'a OwnName) -> BoxFuture<'a, Result<Option<Login>, StoreProblem>>;

    /// Keeps a login under this name, in the place of an earlier one.
    fn set<'a>(&'a self, name: &'a OwnName, login: Login) -> BoxFuture<'a, Result<(), StoreProblem>>;

    /// Forgets the login of this name; whether there was one.
    fn remove<'a>(&'a self, name: &'a OwnName) -> BoxFuture<'a, Result<bool, StoreProblem>>;

    /// The names of all own logins, sorted. No secret is read for it.
    fn names(&self) -> BoxFuture<'_, Result<Vec<OwnName>, StoreProblem>>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closest_own_name_is_asked_first() {
        let host: Host = "reg.example:5000".parse().unwrap();
        let repository = "a/b/c".parse().unwrap();
        let names: Vec<String> =
            OwnName::candidates(&host, Some(&repository)).iter().map(OwnName::to_string).collect();
        assert_eq!(
            names,
            ["reg.example:5000/a/b/c", "reg.example:5000/a/b", "reg.example:5000/a", "reg.example:5000"]
        );
        assert_eq!(OwnName::candidates(&host, None).len(), 1);
    }

    #[test]
    fn a_name_is_read_as_it_is_written() {
        for text in ["reg.example:5000/a/b", "docker.io", "[::1]:5000/a"] {
            assert_eq!(text.parse::<OwnName>().unwrap().to_string(), text);
        }
        for text in ["", "/a", "reg.example/", "reg.example/A"] {
            assert!(text.parse::<OwnName>().is_err(), "{text}");
        }
    }
}
