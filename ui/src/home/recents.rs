//! What was looked at last? Kept by the host for both windows.

use std::time::Duration;

use api::{ChangeSettings, ReadSettings, Recent, SettingsChange};
use leptos::{prelude::*, task::spawn_local};
use oci::{Digest, Kind, Outline, Reference};
use serde::Deserialize;

use crate::{
    client::Client,
    routes::{Route, Tab},
    settings::Settings,
    shared::{
        digest::{DigestGlyph, GlyphSize},
        memory,
    },
};

/// Where versions before kept them, in this browser.
const OLD_KEY: &str = "ociscope.recents";
/// Whoever runs through a list looks at no row of it: what is shown so long was looked at.
const LOOKED: Duration = Duration::from_millis(1_200);
/// How many the first screen shows.
const SHOWN: usize = 8;

/// Notes what is looked at. Copies are the same.
#[derive(Clone, Copy)]
pub(crate) struct Recents {
    settings: Settings,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl Recents {
    /// Brings what this browser remembered to the host, once.
    pub(crate) fn provide() {
        provide_context(Self { settings: Settings::here(), timer: StoredValue::new(None) });
        let client = Client::here();
        if memory::text(OLD_KEY).is_some() {
            spawn_local(bring_over(client, Settings::here()));
        }
    }

    /// The recents of this page.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// Notes that an object was looked at, unless another one follows at once.
    pub(crate) fn note(self, recent: Recent) {
        if let Some(Some(timer)) = self.timer.try_update_value(Option::take) {
            timer.clear();
        }
        let settings = self.settings;
        let note = move || settings.change(SettingsChange::Visited(recent.clone()));
        let timer = set_timeout_with_handle(note, LOOKED).ok();
        let _ = self.timer.try_update_value(|kept| *kept = timer);
    }
}

/// What a version before wrote down.
#[derive(Deserialize)]
struct Old {
    reference: Reference,
    digest: Digest,
    kind: Kind,
}

/// The oldest first, so that the latest stands on top; what the host knows already is newer.
async fn bring_over(client: Client, settings: Settings) {
    let Ok(mut now) = client.call(ReadSettings {}).await else { return };
    let old: Vec<Old> = memory::value(OLD_KEY).unwrap_or_default();
    for Old { reference, digest, kind } in old.into_iter().rev() {
        if now.recents.iter().any(|recent| recent.reference == reference) {
            continue;
        }
        let outline = Outline { kind, ..Outline::default() };
        let change = SettingsChange::Visited(Recent { reference, digest, outline });
        match client.call(ChangeSettings { change }).await {
            Ok(changed) => now = changed,
            // They stay where they are, for the next visit.
            Err(_) => return,
        }
    }
    memory::forget(OLD_KEY);
    let _ = settings.now.try_set(now);
}

/// The list on the first screen; nothing where nothing was looked at.
#[component]
pub(super) fn RecentList() -> impl IntoView {
    let settings = Settings::here();
    let recents =
        Memo::new(move |_| settings.now.read().recents.iter().take(SHOWN).cloned().collect::<Vec<_>>());
    let any = Memo::new(move |_| !recents.read().is_empty());
    let forget = move |_| settings.change(SettingsChange::ForgetRecents);
    view! {
        <Show when=move || any.get()>
            <section aria-labelledby="home-recent">
                <div class="section-line">
                    <h2 id="home-recent" class="section-name">{view::text("ui.home.recent", &[])}</h2>
                    <button type="button" class="btn small ghost" data-testid="forget-recents" on:click=forget>
                        {view::text("ui.home.forget_recent", &[])}
                    </button>
                </div>
                <ul class="doors">
                    <For each=move || recents.get() key=|recent| (recent.reference.to_string(), recent.digest.clone())
                        let(recent)>
                        <li><Door recent /></li>
                    </For>
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn Door(recent: Recent) -> impl IntoView {
    let reference = &recent.reference;
    let name = view::words::whole_name(reference);
    let about = format!("{}, {}", reference.host, words(&recent.outline));
    view! {
        <a class="door" href=Route::Object(recent.reference.clone(), Tab::Overview).path() data-testid="recent">
            <span class="door-mark"><DigestGlyph digest=recent.digest size=GlyphSize::Row /></span>
            <span class="door-text">
                <b class="cut" title=name.clone()>{name.clone()}</b>
                <small class="cut" title=about.clone()>{about.clone()}</small>
            </span>
        </a>
    }
}

/// Its kind in words. What was brought over from a version before knows no entries of an index.
fn words(outline: &Outline) -> String {
    let unknown = outline.platforms + outline.others + outline.attestations == 0;
    if outline.kind == Kind::Index && unknown {
        view::text("ui.home.recent_index", &[])
    } else {
        view::words::kind_of(outline)
    }
}
