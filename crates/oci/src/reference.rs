//! `registry/repository:tag@digest`, as docker, podman and oras accept it.
//!
//! Distribution specification, "Pulling manifests"; defaults for Docker Hub as in the docker reference grammar.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{Algorithm, Digest, DigestError};

macro_rules! text_type {
    ($name:ident) => {
        impl $name {
            /// The text as written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = ReferenceError;

            fn try_from(text: String) -> Result<Self, ReferenceError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }
    };
}

/// `host` or `host:port` as a person writes it, in lower case: `ghcr.io`, `127.0.0.1:5000`, `[::1]:5000`, or an
/// alias such as `modern.sample`. Docker Hub's many names are one: `docker.io`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Host(String);

/// A repository name inside a registry, for example `library/debian`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RepositoryName(String);

/// A tag: `[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Tag(String);

/// The last part of a manifest's path: one of the two, nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TagOrDigest {
    /// A name that can move.
    Tag(Tag),
    /// The content itself.
    Digest(Digest),
}

/// Which object of which repository of which registry. With both a tag and a digest, the digest decides.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reference {
    /// The registry.
    pub host: Host,
    /// The repository.
    pub repository: RepositoryName,
    /// The tag, where one was given.
    pub tag: Option<Tag>,
    /// The digest, where one was given.
    pub digest: Option<Digest>,
}

/// Why a text is no reference.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReferenceError {
    /// Nothing was given.
    #[error("nothing to read: write a reference such as ghcr.io/owner/name:tag")]
    Empty,
    /// Not `host[:port]`.
    #[error("{0:?} is no registry host: write a host name or address, with :port where needed")]
    Host(String),
    /// The name breaks the grammar.
    #[error(
        "{0:?} is no repository name: lower-case letters and digits, joined by . _ __ or -, in parts divided by /"
    )]
    Repository(String),
    /// The tag breaks the grammar.
    #[error("{0:?} is no tag: at most 128 letters, digits, _ . and -, and it starts with neither . nor -")]
    Tag(String),
    /// The digest breaks the grammar.
    #[error(transparent)]
    Digest(#[from] DigestError),
}

text_type!(Host);
text_type!(RepositoryName);
text_type!(Tag);

impl Host {
    /// Docker Hub by the name that docker shows for it.
    pub const DOCKER_HUB: &'static str = "docker.io";

    /// Whether this is a loopback address or `localhost`: there plain http may be tried unasked.
    pub fn is_loopback(&self) -> bool {
        let name = self.name();
        name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
    }

    /// Whether this names, by its text alone, a link-local address or a cloud's metadata service: 169.254/16,
    /// fe80::/10, 100.100.100.200, fd00:ec2::254, or a name such as `metadata.google.internal`.
    pub fn is_link_local(&self) -> bool {
        crate::address::names_link_local(self.name())
    }

    /// Whether this is Docker Hub, by any of the names under which it answers. There each manifest that is read counts
    /// as a pull against the reader's allowance.
    pub fn is_docker_hub(&self) -> bool {
        let names = [Self::DOCKER_HUB, "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"];
        names.contains(&self.name())
    }

    /// The host without its port and without brackets.
    pub fn name(&self) -> &str {
        match self.0.strip_prefix('[') {
            Some(rest) => rest.split(']').next().unwrap_or(rest),
            None => self.0.split(':').next().unwrap_or(&self.0),
        }
    }

    /// The port, where one was given.
    pub fn port(&self) -> Option<u16> {
        let after = match self.0.rsplit_once(']') {
            Some((_, after)) => after,
            None => self.0.as_str(),
        };
        after.rsplit_once(':').and_then(|(_, port)| port.parse().ok())
    }
}

impl FromStr for Host {
    type Err = ReferenceError;

    fn from_str(text: &str) -> Result<Self, ReferenceError> {
        let bad = || ReferenceError::Host(text.to_owned());
        let lower = text.to_ascii_lowercase();
        let (name, port) = if let Some(rest) = lower.strip_prefix('[') {
            let (address, after) = rest.split_once(']').ok_or_else(bad)?;
            address.parse::<std::net::Ipv6Addr>().map_err(|_| bad())?;
            (None, if after.is_empty() { None } else { Some(after.strip_prefix(':').ok_or_else(bad)?) })
        } else {
            match lower.split_once(':') {
                Some((name, port)) => (Some(name), Some(port)),
                None => (Some(lower.as_str()), None),
            }
        };
        if let Some(name) = name {
            let label = |part: &str| {
                !part.is_empty()
                    && !part.starts_with('-')
                    && !part.ends_with('-')
                    && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            };
            if name.len() > 253 || !name.split('.').all(label) {
                return Err(bad());
            }
        }
        if let Some(port) = port {
            let digits = !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
            if !digits || port.parse::<u16>().map_or(true, |port| port == 0) {
                return Err(bad());
            }
        }
        Ok(Self(match lower.as_str() {
            "index.docker.io" | "registry-1.docker.io" | "registry.hub.docker.com" => {
                Self::DOCKER_HUB.to_owned()
            }
            _ => lower,
        }))
    }
}

impl FromStr for RepositoryName {
    type Err = ReferenceError;

    fn from_str(text: &str) -> Result<Self, ReferenceError> {
        if text.len() <= 255 && !text.is_empty() && text.split('/').all(component_is_well_formed) {
            Ok(Self(text.to_owned()))
        } else {
            Err(ReferenceError::Repository(text.to_owned()))
        }
    }
}

/// `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*`
fn component_is_well_formed(component: &str) -> bool {
    let mut rest = component;
    loop {
        let word = rest.bytes().take_while(|b| b.is_ascii_lowercase() || b.is_ascii_digit()).count();
        if word == 0 {
            return false;
        }
        rest = &rest[word..];
        if rest.is_empty() {
            return true;
        }
        let separator = rest.bytes().take_while(|b| b"._-".contains(b)).count();
        match &rest[..separator] {
            "." | "_" | "__" => {}
            dashes if separator > 0 && dashes.bytes().all(|b| b == b'-') => {}
            _ => return false,
        }
        rest = &rest[separator..];
    }
}

impl FromStr for Tag {
    type Err = ReferenceError;

    fn from_str(text: &str) -> Result<Self, ReferenceError> {
        let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
        let well_formed = text.len() <= 128
            && text.bytes().next().is_some_and(word)
            && text.bytes().all(|b| word(b) || b == b'.' || b == b'-');
        if well_formed { Ok(Self(text.to_owned())) } else { Err(ReferenceError::Tag(text.to_owned())) }
    }
}

impl fmt::Display for TagOrDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tag(tag) => tag.fmt(f),
            Self::Digest(digest) => digest.fmt(f),
        }
    }
}

impl Reference {
    /// What to ask for: the digest where there is one, else the tag, else `latest`.
    pub fn target(&self) -> TagOrDigest {
        match (&self.digest, &self.tag) {
            (Some(digest), _) => TagOrDigest::Digest(digest.clone()),
            (None, Some(tag)) => TagOrDigest::Tag(tag.clone()),
            (None, None) => TagOrDigest::Tag(Tag("latest".to_owned())),
        }
    }
}

/// Reads every form that docker, podman, oras, skopeo (`docker://`) and helm (`oci://`) accept, with docker's rule for
/// what is a registry: the first of several parts is one where it has a dot or a colon, is `localhost`, or has an
/// upper-case letter, which no repository may have. Everything else is on Docker Hub, where a repository of one part
/// is in `library`. A registry by a name of one word, as an alias may be, is written `//name/repository`.
impl FromStr for Reference {
    type Err = ReferenceError;

    fn from_str(text: &str) -> Result<Self, ReferenceError> {
        if text.is_empty() {
            return Err(ReferenceError::Empty);
        }
        // By docker's grammar `sha256:44…` alone is the tag 44… of a repository sha256. Nobody means that.
        match text.parse::<Digest>() {
            Ok(digest) if !matches!(digest.algorithm(), Algorithm::Other(_)) => {
                return Err(ReferenceError::Repository(text.to_owned()));
            }
            Err(error @ DigestError::Hex { .. }) => return Err(error.into()),
            _ => {}
        }
        let text = text.strip_prefix("docker://").or_else(|| text.strip_prefix("oci://")).unwrap_or(text);
        let (name, digest) = match text.split_once('@') {
            Some((name, digest)) => (name, Some(digest.parse()?)),
            None => (text, None),
        };
        let (host, rest) = match name.strip_prefix("//") {
            Some(explicit) => {
                let (host, rest) =
                    explicit.split_once('/').ok_or_else(|| ReferenceError::Repository(String::new()))?;
                (host.parse()?, rest)
            }
            None => match name.split_once('/') {
                Some((first, rest)) if is_host(first) => (first.parse()?, rest),
                _ => (Host(Host::DOCKER_HUB.to_owned()), name),
            },
        };
        let (path, tag) = match rest.split_once(':') {
            Some((path, tag)) => (path, Some(tag.parse()?)),
            None => (rest, None),
        };
        let repository = if host.as_str() == Host::DOCKER_HUB && !path.contains('/') {
            in_library(path)?
        } else {
            path.parse()?
        };
        Ok(Self { host, repository, tag, digest })
    }
}

/// Docker's rule for the first of several parts.
fn is_host(first: &str) -> bool {
    first.contains(['.', ':'])
        || first.eq_ignore_ascii_case("localhost")
        || first.bytes().any(|b| b.is_ascii_uppercase())
}

fn in_library(path: &str) -> Result<RepositoryName, ReferenceError> {
    // As docker does: 64 hex digits are the id of an image, or half a digest, and never a name of Docker Hub.
    let id = path.len() == 64 && path.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    let bad = || ReferenceError::Repository(path.to_owned());
    if id { Err(bad()) } else { format!("library/{path}").parse().map_err(|_| bad()) }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let marked = if is_host(self.host.as_str()) { "" } else { "//" };
        write!(f, "{marked}{}/{}", self.host, self.repository)?;
        if let Some(tag) = &self.tag {
            write!(f, ":{tag}")?;
        }
        if let Some(digest) = &self.digest {
            write!(f, "@{digest}")?;
        }
        Ok(())
    }
}

impl TryFrom<String> for Reference {
    type Error = ReferenceError;

    fn try_from(text: String) -> Result<Self, ReferenceError> {
        text.parse()
    }
}

impl From<Reference> for String {
    fn from(reference: Reference) -> Self {
        reference.to_string()
    }
}
