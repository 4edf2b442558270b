//! What does the user want to be remembered, by this host and the other one?

use api::{ChangeSettings, ReadSettings, SettingsChange};
use leptos::{ev, prelude::*, task::spawn_local};

use crate::{client::Client, shell::toast::Toast};

/// The settings as the host has them. Copies are the same.
#[derive(Clone, Copy)]
pub(crate) struct Settings {
    /// What they are now; the defaults until the host has answered.
    pub(crate) now: RwSignal<api::Settings>,
    client: Client,
    toast: Toast,
}

impl Settings {
    /// Reads them, and again when a host that was gone is back.
    pub(crate) fn provide() {
        let settings = Self {
            now: RwSignal::new(api::Settings::default()),
            client: Client::here(),
            toast: Toast::here(),
        };
        provide_context(settings);
        Effect::new(move |_| {
            settings.client.link.generation();
            settings.read();
        });
        // Another window of the same user may have changed them meanwhile. Listens as long as the page is.
        let _ = window_event_listener(ev::focus, move |_| settings.read());
    }

    /// The settings of this page.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// Changes them; what they are then comes from the host. A change that is refused is said.
    pub(crate) fn change(self, change: SettingsChange) {
        spawn_local(async move {
            if let Err(why) = self.try_change(change).await {
                self.toast.say(why);
            }
        });
    }

    /// Changes them for a place that says itself what came of it; gives why a change is refused.
    pub(crate) async fn try_change(self, change: SettingsChange) -> Result<(), String> {
        let changed = self.client.call(ChangeSettings { change }).await;
        let now = changed.map_err(|error| view::visible(&error.message))?;
        let _ = self.now.try_set(now);
        Ok(())
    }

    fn read(self) {
        spawn_local(async move {
            if let Ok(now) = self.client.call(ReadSettings {}).await
                && *self.now.read_untracked() != now
            {
                let _ = self.now.try_set(now);
            }
        });
    }
}
