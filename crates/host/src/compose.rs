//! What runs behind a host? The service, with the sample registries where they are wanted.

use std::{str::FromStr, sync::Arc};

use api::{AddRegistry, Backend, Code, Error, ListRegistries, TourStop};
use oci::Host;
use registry::{Client, Options};
use sample::Sample;
use service::{SampleRegistry, Service};

use crate::{certs::Certs, folders::Folders, logins::UserLogins, settings::Kept};

/// What a host wants behind it.
#[derive(Debug, Clone)]
pub struct Setup {
    /// Whether the sample registries are served.
    pub samples: Samples,
    /// The registries that were named at the start.
    pub added: Vec<AddRegistry>,
    /// Where settings and added registries are kept from one start to the next, if anywhere.
    pub folders: Option<Folders>,
    /// What connections to registries rest on, beyond what the system trusts.
    pub certs: Arc<Certs>,
    /// Where logins come from; without them every request is anonymous.
    pub logins: Option<UserLogins>,
}

/// Whether the sample registries are served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Samples {
    /// Both, on loopback ports of their own.
    Served,
    /// Neither: nothing asks for them.
    LeftOut,
}

/// The service and what it stands on. Dropping it ends the samples.
pub struct Composed {
    /// Answers the operations. Cheap to clone.
    pub service: Service,
    _samples: Vec<Sample>,
}

/// Whether this is the name of a sample registry.
pub fn is_sample(host: &Host) -> bool {
    sample::ALIASES.contains(&host.as_str())
}

/// Starts it: with the user's logins, the samples, and the registries that the user added or named.
///
/// # Errors
/// A registry that was named cannot be added; no loopback port for a sample; no client for registries.
pub async fn compose(setup: Setup) -> Result<Composed, Error> {
    let samples = match setup.samples {
        Samples::Served => start_samples().await?,
        Samples::LeftOut => Vec::new(),
    };
    let mut of_client = Options::default();
    if let Some(logins) = &setup.logins {
        of_client.credentials = Arc::new(logins.clone());
    }
    let client =
        Client::new(of_client).map_err(|error| internal("the client for registries cannot start", error))?;
    let served = samples.iter().map(sample_registry).collect::<Result<_, _>>()?;
    let named: Vec<_> = setup.added.iter().map(|added| added.name.clone()).collect();
    let tour = if samples.is_empty() { Vec::new() } else { tour()? };
    let kept = setup.folders.as_ref().map(|it| Arc::new(Kept::in_folder(&it.config, Some(&it.state))));
    let mut options =
        service::Options { samples: served, tour, added: setup.added, ..service::Options::new(client) };
    if let Some(kept) = &kept {
        options.settings = kept.clone();
    }
    options.trusts = setup.certs;
    if let Some(logins) = setup.logins {
        options.logins = Arc::new(logins);
    }
    options.saves = setup.folders.as_ref().map(Folders::saves);
    let service = Service::new(options)?;
    if let Some(kept) = kept {
        // What was named at this start counts for this start.
        for registry in kept.registries().into_iter().filter(|registry| !named.contains(&registry.name)) {
            if let Err(error) = service.add_registry(registry).await {
                tracing::warn!(%error, "a remembered registry was left out");
            }
        }
        service.tell_changes(move |change| kept.change_registries(change));
        // What the other host changes from here on is seen against this.
        service.list_registries(ListRegistries {}).await?;
    }
    Ok(Composed { service, _samples: samples })
}

async fn start_samples() -> Result<Vec<Sample>, Error> {
    let failed = |error| internal("a sample registry cannot start", error);
    Ok(vec![sample::start_modern().await.map_err(failed)?, sample::start_legacy().await.map_err(failed)?])
}

fn sample_registry(sample: &Sample) -> Result<SampleRegistry, Error> {
    Ok(SampleRegistry {
        name: named(sample.alias)?,
        address: named(&sample.address.to_string())?,
        about: sample.about.to_owned(),
    })
}

/// The walk through the samples, as the service tells it.
fn tour() -> Result<Vec<TourStop>, Error> {
    sample::tour().iter().map(stop).collect()
}

fn stop(item: &sample::Item) -> Result<TourStop, Error> {
    Ok(TourStop {
        registry: named(item.registry())?,
        repository: named(item.repository)?,
        tag: item.tag.map(named).transpose()?,
        digest: item.digest.map(named).transpose()?,
        topic: item.topic.to_owned(),
        look_at: item.look_at.to_owned(),
    })
}

fn named<T: FromStr<Err: std::fmt::Display>>(text: &str) -> Result<T, Error> {
    text.parse().map_err(|error| internal("a sample has no good name", error))
}

fn internal(what: &str, why: impl std::fmt::Display) -> Error {
    Error::new(Code::Internal, format!("{what}: {why}"))
}
