//! What is there to look at without a registry of one's own? Two registries with the same content.
//!
//! *modern* answers as olareg does, *legacy* as distribution and docker-registry 2.8.2 do. The content is the same
//! bytes on every machine: nothing in it comes from a clock or from chance.

mod archive;
mod build;
mod content;
mod tour;

use std::{io, net::SocketAddr};

use fake_registry::{Behaviour, EmptyTags, ErrorType, FakeRegistry, LinkStyle, PageSize, Store};

pub use tour::{Item, Where, tour};

/// The lasting names of the two: modern, legacy.
pub const ALIASES: [&str; 2] = ["modern.sample", "legacy.sample"];

/// A sample registry that runs until it is dropped.
#[derive(Debug)]
pub struct Sample {
    /// Where it listens: a port of 127.0.0.1.
    pub address: SocketAddr,
    /// Its lasting name, one of [`ALIASES`].
    pub alias: &'static str,
    /// What it is, in a sentence.
    pub about: &'static str,
    registry: FakeRegistry,
}

impl Sample {
    /// What it holds.
    pub fn store(&self) -> &Store {
        self.registry.store()
    }
}

/// Starts the modern sample: referrers API, `OCI-Subject`, several tags in one push.
///
/// # Errors
/// If there is no loopback port to listen on.
pub async fn start_modern() -> io::Result<Sample> {
    let behaviour = Behaviour {
        accept: fake_registry::Accept::Listed,
        error_type: ErrorType::Text,
        links: LinkStyle::Unquoted,
        empty_tags: EmptyTags::List,
        page_size: PageSize { tags: 1000, ..PageSize::default() },
        ..Behaviour::default()
    };
    let registry = FakeRegistry::start(behaviour).await?;
    content::fill(&registry);
    Ok(Sample {
        address: registry.address(),
        alias: ALIASES[0],
        about: "A registry of today: it lists the referrers of a manifest itself.",
        registry,
    })
}

/// Starts the legacy sample: none of these, so that clients keep the fallback tag.
///
/// # Errors
/// If there is no loopback port to listen on.
pub async fn start_legacy() -> io::Result<Sample> {
    let behaviour =
        Behaviour { page_size: PageSize { tags: 100, ..PageSize::default() }, ..Behaviour::legacy() };
    let registry = FakeRegistry::start(behaviour).await?;
    let kept = content::fill(&registry);
    content::fill_fallback(registry.store(), &kept);
    Ok(Sample {
        address: registry.address(),
        alias: ALIASES[1],
        about: "A registry as many still run: no referrers API, so clients keep a list under a tag.",
        registry,
    })
}
