//! How heavy is it: its own bytes, what it consists of, and on each platform?

use std::{collections::HashMap, sync::Arc};

use api::{Inspection, Summarize, Summary};
use futures_util::{StreamExt, stream};
use leptos::prelude::*;
use oci::{Descriptor, Digest, Shape};

use super::section::Section;
use crate::{
    client::Client,
    shared::{
        kv::{Fact, Facts},
        task::{self, Task},
    },
};

/// So many platforms are read without being asked.
const UNASKED: usize = 8;
/// So many at most.
const MOST: usize = 200;
/// So many at once.
const AT_ONCE: usize = 8;
/// Each request counts against this registry's limit, so that nothing is read there unasked.
const LIMITED: &str = "docker.io";

/// What is known of one platform.
type Known = Result<Summary, api::Error>;

/// The sizes.
#[component]
pub(super) fn Sizes(inspection: Arc<Inspection>) -> impl IntoView {
    let own = view::words::exact_size(inspection.size);
    let content = (inspection.view.shape == Shape::Manifest).then(|| content(&inspection));
    let platforms = (inspection.view.shape == Shape::Index).then(|| {
        view! { <PlatformSizes inspection=Arc::clone(&inspection) /> }
    });
    view! {
        <Section title=view::text("ui.object.sizes", &[])>
            <Facts>
                <Fact name=view::text("ui.object.sizes_own", &[])><span data-testid="object-size">{own}</span></Fact>
                {content}
            </Facts>
            {platforms}
        </Section>
    }
}

/// Config and layers together, and each blob once.
fn content(inspection: &Inspection) -> impl IntoView + use<> {
    let parts: Vec<&Descriptor> = inspection.view.layers.iter().chain(&inspection.view.config).collect();
    let all = parts.iter().filter_map(|part| part.size).fold(0_u64, u64::saturating_add);
    let unique: HashMap<&Digest, u64> =
        parts.iter().filter_map(|part| Some((part.digest.as_ref()?, part.size?))).collect();
    let once = unique.values().copied().fold(0_u64, u64::saturating_add);
    let all_words = view::words::exact_size(all);
    let once_words = view::words::exact_size(once);
    view! {
        <Fact name=view::text("ui.object.sizes_content", &[])>
            <span data-testid="size-content">{all_words}</span>
        </Fact>
        <Fact name=view::text("ui.object.sizes_unique", &[])>
            <span data-testid="size-unique">{once_words}</span>
        </Fact>
    }
}

/// The size of each platform's image, read with few requests at a time.
#[component]
fn PlatformSizes(inspection: Arc<Inspection>) -> impl IntoView {
    let client = Client::here();
    let children: Vec<(String, Digest)> = inspection
        .view
        .manifests
        .iter()
        .filter(|child| !child.is_attestation())
        .filter_map(|child| Some((child.platform.as_ref()?.to_string(), child.digest.clone()?)))
        .take(MOST)
        .collect();
    let known = RwSignal::new(HashMap::<Digest, Known>::new());
    let running = StoredValue::new(None::<Task>);
    let asked = RwSignal::new(false);
    let (registry, repository) = (inspection.reference.host.clone(), inspection.reference.repository.clone());
    let unasked = children.len() <= UNASKED && registry.as_str() != LIMITED;
    let wanted: Vec<Digest> = children.iter().map(|(_, digest)| digest.clone()).collect();
    let read = Callback::new(move |()| {
        asked.set(true);
        let (registry, repository, wanted) = (registry.clone(), repository.clone(), wanted.clone());
        running.set_value(Some(task::start(async move {
            let ask = |digest: Digest| {
                let (registry, repository) = (registry.clone(), repository.clone());
                async move {
                    let request = Summarize { registry, repository, digest: digest.clone(), platform: None };
                    (digest, client.call(request).await)
                }
            };
            let mut answers = stream::iter(wanted.into_iter().map(ask)).buffer_unordered(AT_ONCE);
            while let Some((digest, answer)) = answers.next().await {
                let _ = known.try_update(|known| known.insert(digest, answer));
            }
        })));
    });
    if unasked {
        read.run(());
    }
    let rows = children
        .into_iter()
        .map(|(name, digest)| {
            let size = move || match known.read().get(&digest) {
                Some(Ok(summary)) => match summary.size {
                    Some(size) => view! { <span>{view::words::size(size)}</span> }.into_any(),
                    None => {
                        let why = summary.missing.as_deref().map(view::visible);
                        let why = why.unwrap_or_else(|| view::text("ui.object.sizes_unknown", &[]));
                        view! { <span class="quiet">{why}</span> }.into_any()
                    }
                },
                Some(Err(error)) => {
                    view! { <span class="bad">{view::visible(&error.message)}</span> }.into_any()
                }
                None if asked.get() => {
                    view! { <span class="bone size-bone" aria-hidden="true"></span> }.into_any()
                }
                None => view! { <span class="quiet">{view::text("ui.object.sizes_not_asked", &[])}</span> }
                    .into_any(),
            };
            view! {
                <li class="size-row" data-testid="size-platform" data-name=name.clone()>
                    <bdi class="mono">{view::visible(&name)}</bdi>
                    {size}
                </li>
            }
        })
        .collect_view();
    view! {
        <ul class="size-list">{rows}</ul>
        <Show when=move || !asked.get()>
            <button type="button" class="btn small" data-testid="sizes-read" on:click=move |_| read.run(())>
                {view::text("ui.object.sizes_read", &[])}
            </button>
        </Show>
    }
}
