//! What does the user want to be remembered, by this host and the other one?

use api::{ChangeSettings, ReadSettings, SettingsChange};
use leptos::{prelude::*, task::spawn_local};

use crate::client::Client;

/// The settings as the host has them. Copies are the same.
#[derive(Clone, Copy)]
pub(crate) struct Settings {
    /// What they are now; the defaults until the host has answered.
    pub(crate) now: RwSignal<api::Settings>,
    client: Client,
}

impl Settings {
    /// Reads them, and again when a host that was gone is back.
    pub(crate) fn provide() {
        let settings = Self { now: RwSignal::new(api::Settings::default()), client: Client::here() };
        provide_context(settings);
        Effect::new(move |_| {
            settings.client.link.generation();
            spawn_local(async move {
                if let Ok(now) = settings.client.call(ReadSettings {}).await {
                    let _ = settings.now.try_set(now);
                }
            });
        });
    }

    /// The settings of this page.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// Changes them; what they are then comes from the host.
    pub(crate) fn change(self, change: SettingsChange) {
        spawn_local(async move {
            if let Ok(now) = self.client.call(ChangeSettings { change }).await {
                let _ = self.now.try_set(now);
            }
        });
    }
}
