//! Which registries may be contacted, and where does each one answer?
//!
//! The list lives as long as the host. It is the only source of endpoints, so what is not on it is not contacted.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use api::{AddRegistry, Code, Error, Registries, RegistryEntry, RegistryKind, Transport};
use oci::Host;
use registry::Endpoint;

use crate::trusts::{self, Trusts};

/// How many registries the list holds at most, the samples included.
pub const MOST_REGISTRIES: usize = 1_000;

/// A sample registry that the host serves on a loopback port of its own, over plain http.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleRegistry {
    /// The name that references and links use: the same at every start.
    pub name: Host,
    /// Where it answers this time.
    pub address: Host,
    /// A sentence about it.
    pub about: String,
}

/// The list: samples first, then what was added, in the order of adding.
pub(crate) struct Known {
    entries: Mutex<Vec<RegistryEntry>>,
    trusts: Arc<dyn Trusts>,
}

impl Known {
    pub(crate) fn new(samples: &[SampleRegistry], trusts: Arc<dyn Trusts>) -> Result<Self, Error> {
        let entries: Vec<_> = samples.iter().map(sample_entry).collect();
        entries.iter().try_for_each(contactable)?;
        Ok(Self { entries: Mutex::new(entries), trusts })
    }

    pub(crate) fn all(&self) -> Registries {
        Registries { registries: self.entries().clone() }
    }

    /// Adds a registry. One of the same name that was added before is replaced, in its place.
    pub(crate) fn add(&self, request: AddRegistry) -> Result<RegistryEntry, Error> {
        let entry = added_entry(request);
        readable(&entry.name)?;
        contactable(&entry)?;
        let mut entries = self.entries();
        if let Some(other) = entries.iter().find(|other| other.name == entry.address && is_alias(other))
            && entry.name != entry.address
        {
            return refuse(format!(
                "{} is itself another name for {}: give that address instead.",
                other.name, other.address
            ));
        }
        match entries.iter().position(|known| known.name == entry.name) {
            Some(at) if entries[at].kind == RegistryKind::Sample => {
                return refuse(format!(
                    "{} is a sample registry that this program serves: take another name.",
                    entry.name
                ));
            }
            Some(at) => entries[at] = entry.clone(),
            None if entries.len() >= MOST_REGISTRIES => {
                return refuse(format!(
                    "{MOST_REGISTRIES} registries are known already: remove one of them first."
                ));
            }
            None => entries.push(entry.clone()),
        }
        Ok(entry)
    }

    /// Whether this very registry was added.
    pub(crate) fn has(&self, request: &AddRegistry) -> bool {
        let entry = added_entry(request.clone());
        self.entries().contains(&entry)
    }

    pub(crate) fn remove(&self, name: &Host) -> Result<Registries, Error> {
        let mut entries = self.entries();
        let at = entries.iter().position(|entry| entry.name == *name).ok_or_else(|| not_added(name))?;
        if entries[at].kind == RegistryKind::Sample {
            return refuse(format!("{name} is a sample registry that this program serves: it stays."));
        }
        entries.remove(at);
        Ok(Registries { registries: entries.clone() })
    }

    /// The address by which a registry's login is looked up; `None` for a sample, which has none.
    ///
    /// # Errors
    /// [`Code::NotAdded`] where it is not on the list.
    pub(crate) fn login_address(&self, name: &Host) -> Result<Option<Host>, Error> {
        Ok(endpoint(&self.entry(name)?).login)
    }

    /// Where a registry answers.
    ///
    /// # Errors
    /// [`Code::NotAdded`] where it is not on the list; [`Code::Tls`] where what was given to trust it with cannot be
    /// used.
    pub(crate) fn endpoint(&self, name: &Host) -> Result<Endpoint, Error> {
        let entry = self.entry(name)?;
        let at = endpoint(&entry);
        if entry.transport == Transport::Http {
            return Ok(at);
        }
        let trust = self.trusts.of(&entry.address).map_err(|why| trusts::unusable(name, &why))?;
        Ok(at.trusting(trust))
    }

    fn entry(&self, name: &Host) -> Result<RegistryEntry, Error> {
        let entry = self.entries().iter().find(|entry| entry.name == *name).cloned();
        entry.ok_or_else(|| not_added(name))
    }

    fn entries(&self) -> MutexGuard<'_, Vec<RegistryEntry>> {
        // Every change of the list is one step, so a panic elsewhere leaves it whole.
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn sample_entry(sample: &SampleRegistry) -> RegistryEntry {
    RegistryEntry {
        name: sample.name.clone(),
        address: sample.address.clone(),
        transport: Transport::Http,
        kind: RegistryKind::Sample,
        about: sample.about.clone(),
    }
}

fn added_entry(request: AddRegistry) -> RegistryEntry {
    RegistryEntry {
        address: request.address.unwrap_or_else(|| request.name.clone()),
        name: request.name,
        transport: request.transport,
        kind: RegistryKind::Added,
        about: String::new(),
    }
}

fn is_alias(entry: &RegistryEntry) -> bool {
    entry.name != entry.address
}

/// Plain http only where the user said so or, after https, on a loopback address.
fn endpoint(entry: &RegistryEntry) -> Endpoint {
    let address = entry.address.clone();
    let at = match entry.transport {
        Transport::Auto => Endpoint::auto(address),
        Transport::Https => Endpoint::https(address),
        Transport::Http => Endpoint::http(address),
    };
    let at = at.named(entry.name.clone());
    if entry.kind == RegistryKind::Sample { at.without_login() } else { at }
}

/// A reference begins with its registry only where that has a dot or a port, or is `localhost`; a registry of any
/// other name could be listed, and nothing in it opened.
fn readable(name: &Host) -> Result<(), Error> {
    if name.as_str().contains(['.', ':']) || name.as_str() == "localhost" {
        return Ok(());
    }
    refuse(format!(
        "{name} would be read as a repository of Docker Hub: a registry's name has a dot or a port, such as \
         {name}:443 or {name}.local."
    ))
}

/// An address such as `1.2.3.400` has the form of a host, and makes no URL.
fn contactable(entry: &RegistryEntry) -> Result<(), Error> {
    if endpoint(entry).origins.is_empty() {
        return refuse(format!("{} is no address that can be contacted.", entry.address));
    }
    Ok(())
}

fn not_added(name: &Host) -> Error {
    Error::new(
        Code::NotAdded,
        format!(
            "{name} is not among the registries of this program, so nothing was sent to it: add it first."
        ),
    )
}

fn refuse<T>(why: String) -> Result<T, Error> {
    Err(Error::new(Code::BadRequest, why))
}
