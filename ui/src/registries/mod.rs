//! Which registries may this host contact?

mod add;

use std::sync::Arc;

use api::{AddRegistry, Error, ListRegistries, RegistryEntry, RegistryKind, RemoveRegistry};
use leptos::{ev, prelude::*, task::spawn_local};
use oci::Host;

pub(crate) use add::AddForm;

use crate::client::Client;

/// What is known of the list.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Listed {
    /// Asked, not answered.
    Reading,
    /// Here it is.
    Ready(Arc<Vec<RegistryEntry>>),
    /// It failed.
    Failed(Error),
}

/// The registries that the user has added, and the samples. One for the whole page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known {
    /// The list.
    pub(crate) listed: RwSignal<Listed>,
    client: Client,
}

impl Known {
    /// Reads the list now, and again when a host that was gone is back.
    pub(crate) fn provide() {
        let known = Self { listed: RwSignal::new(Listed::Reading), client: Client::here() };
        provide_context(known);
        Effect::new(move |_| {
            known.client.link.generation();
            known.read();
        });
        // Another window of the same user may have added one meanwhile. Listens as long as the page is.
        let _ = window_event_listener(ev::focus, move |_| known.read());
    }

    /// The list of this page.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// Asks for the list.
    pub(crate) fn read(self) {
        spawn_local(async move {
            match self.client.call(ListRegistries {}).await {
                Ok(reply) => {
                    let now = Listed::Ready(Arc::new(reply.registries));
                    // Whoever shows them is not drawn anew where nothing is new.
                    if *self.listed.read_untracked() != now {
                        self.listed.set(now);
                    }
                }
                // What was read before stays true enough to show.
                Err(error) if !matches!(self.listed.get_untracked(), Listed::Ready(_)) => {
                    self.listed.set(Listed::Failed(error));
                }
                Err(_) => {}
            }
        });
    }

    /// The entries as far as they are known.
    pub(crate) fn entries(self) -> Arc<Vec<RegistryEntry>> {
        match self.listed.get() {
            Listed::Ready(entries) => entries,
            Listed::Reading | Listed::Failed(_) => Arc::default(),
        }
    }

    /// The entry of a registry, where it was added.
    pub(crate) fn entry(self, host: &Host) -> Option<RegistryEntry> {
        self.entries().iter().find(|entry| &entry.name == host).cloned()
    }

    /// Whether each manifest read there counts against a reader's allowance, so that none is read unasked: Docker Hub, by
    /// whatever name it was added.
    pub(crate) fn counts_reads(self, host: &Host) -> bool {
        self.entry(host).map_or_else(|| host.clone(), |entry| entry.address).is_docker_hub()
    }

    /// Adds one.
    ///
    /// # Errors
    /// What the host answers.
    pub(crate) async fn add(self, request: AddRegistry) -> Result<RegistryEntry, Error> {
        let entry = self.client.call(request).await?;
        self.listed.update(|listed| {
            let mut entries = match listed {
                Listed::Ready(entries) => Vec::clone(entries),
                Listed::Reading | Listed::Failed(_) => Vec::new(),
            };
            entries.retain(|known| known.name != entry.name);
            entries.push(entry.clone());
            *listed = Listed::Ready(Arc::new(entries));
        });
        Ok(entry)
    }

    /// Forgets one.
    ///
    /// # Errors
    /// What the host answers.
    pub(crate) async fn remove(self, name: Host) -> Result<(), Error> {
        let left = self.client.call(RemoveRegistry { name }).await?;
        self.listed.set(Listed::Ready(Arc::new(left.registries)));
        Ok(())
    }
}

/// The samples first, then the user's own in the order in which they were added.
pub(crate) fn split(entries: &[RegistryEntry]) -> (Vec<RegistryEntry>, Vec<RegistryEntry>) {
    entries.iter().cloned().partition(|entry| entry.kind == RegistryKind::Sample)
}
