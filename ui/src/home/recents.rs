//! What was looked at last?

use leptos::prelude::*;
use oci::{Digest, Kind, Reference};
use serde::{Deserialize, Serialize};

use crate::{
    routes::{Route, Tab},
    shared::{
        digest::{DigestGlyph, GlyphSize},
        memory,
    },
};

const KEY: &str = "ociscope.recents";
/// How many are remembered.
const MOST: usize = 8;

/// One object that was looked at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Recent {
    /// As it was asked for.
    pub(crate) reference: Reference,
    /// What it was then.
    pub(crate) digest: Digest,
    /// What kind of thing it was.
    pub(crate) kind: Kind,
    /// Its kind in words.
    pub(crate) words: String,
}

/// The objects that were looked at, the latest first. Remembered in this browser.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Recents(RwSignal<Vec<Recent>>);

impl Recents {
    /// Takes up what is remembered.
    pub(crate) fn provide() {
        provide_context(Self(RwSignal::new(memory::value(KEY).unwrap_or_default())));
    }

    /// The recents of this page.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// Notes that an object was looked at.
    pub(crate) fn note(self, recent: Recent) {
        let _ = self.0.try_update(|recents| {
            recents.retain(|known| known.reference != recent.reference);
            recents.insert(0, recent);
            recents.truncate(MOST);
            memory::keep(KEY, recents);
        });
    }
}

/// The list on the first screen; nothing where nothing was looked at.
#[component]
pub(super) fn RecentList() -> impl IntoView {
    let Recents(recents) = Recents::here();
    let any = Memo::new(move |_| !recents.read().is_empty());
    let forget = move |_| {
        recents.set(Vec::new());
        memory::forget(KEY);
    };
    view! {
        <Show when=move || any.get()>
            <section aria-labelledby="home-recent">
                <div class="section-line">
                    <h2 id="home-recent" class="section-name">{view::text("ui.home.recent", &[])}</h2>
                    <button type="button" class="btn small ghost" on:click=forget>
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
    let name = match (&reference.tag, &reference.digest) {
        (Some(tag), _) => format!("{}:{tag}", reference.repository),
        (None, Some(digest)) => {
            let short: String = digest.encoded().chars().take(8).collect();
            format!("{}@{short}", reference.repository)
        }
        (None, None) => reference.repository.to_string(),
    };
    let about = format!("{}, {}", reference.host, recent.words);
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
