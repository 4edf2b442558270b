//! How heavy is the image of each platform of an index?

use std::collections::HashMap;

use api::Inspection;
use futures_util::{StreamExt, stream};
use leptos::prelude::*;
use oci::{Descriptor, Shape, View};

use super::{
    clamp::short,
    load,
    parts::Parts,
    platforms::{self, children},
};
use crate::{
    client::Client,
    registries,
    shared::task::{self, Task},
};

/// So many platforms are read without being asked.
const UNASKED: usize = 8;
/// So many at most.
const MOST: usize = 200;
/// So many at once.
const AT_ONCE: usize = 8;

/// What is known of one platform: its size in words, or why there is none.
type Known = Result<String, String>;

/// The size of each platform's image, read with few requests at a time. What is read is held against the index too.
#[component]
pub(super) fn PlatformSizes(parts: Parts) -> impl IntoView {
    let client = Client::here();
    let beside = parts.inspection.reference.clone();
    let (below, trace) = (parts.below, parts.trace);
    let mut entries: Vec<(String, Descriptor)> = children(&parts.inspection.view.manifests)
        .filter_map(|child| Some((platforms::name(child)?, child.clone())))
        .collect();
    let count = view::words::count(entries.len() as u64);
    let counted = untrack(|| registries::Known::here().counts_reads(&beside.host));
    // Why they are not read unasked.
    let why = if counted {
        Some(view::text("ui.object.sizes_counted", &[]))
    } else {
        (entries.len() > UNASKED).then(|| view::text("ui.object.sizes_many", &[("count", &count)]))
    };
    let more = entries.len().saturating_sub(MOST);
    entries.truncate(MOST);
    let known = RwSignal::new(HashMap::<String, Known>::new());
    let running = StoredValue::new(None::<Task>);
    let asked = RwSignal::new(false);
    let wanted: Vec<Descriptor> = entries.iter().map(|(_, child)| child.clone()).collect();
    let read = Callback::new(move |()| {
        asked.set(true);
        let (beside, wanted) = (beside.clone(), wanted.clone());
        running.set_value(Some(task::start(async move {
            let ask = |child: Descriptor| {
                let question = load::named(&beside, &child);
                async move {
                    let answer = match question {
                        Some(question) => load::inspect(client, question, trace).await,
                        None => return (child, Err(view::text("ui.object.sizes_no_digest", &[]))),
                    };
                    match &answer {
                        Ok(answer) => below.note(&child, &answer.findings),
                        Err(error) => below.note(&child, &error.findings),
                    }
                    (
                        child,
                        answer
                            .map_err(|error| view::visible(&error.message))
                            .and_then(|answer| size(&answer)),
                    )
                }
            };
            let mut answers = stream::iter(wanted.into_iter().map(ask)).buffer_unordered(AT_ONCE);
            while let Some((child, answer)) = answers.next().await {
                let _ = known.try_update(|known| known.insert(child.pointer, answer));
            }
        })));
    });
    if why.is_none() {
        read.run(());
    }
    let rows = entries
        .into_iter()
        .map(|(name, child)| {
            let size = move || match known.read().get(&child.pointer) {
                Some(Ok(size)) => view! { <span>{size.clone()}</span> }.into_any(),
                Some(Err(why)) => view! { <span class="quiet">{why.clone()}</span> }.into_any(),
                None if asked.get() => {
                    view! { <span class="bone size-bone" aria-hidden="true"></span> }.into_any()
                }
                None => view! { <span class="quiet">{view::text("ui.object.sizes_not_asked", &[])}</span> }
                    .into_any(),
            };
            view! {
                <li class="size-row" data-testid="size-platform" data-name=short(&name)>
                    <bdi class="mono">{short(&name)}</bdi>
                    {size}
                </li>
            }
        })
        .collect_view();
    view! {
        <ul class="size-list">{rows}</ul>
        {(more > 0).then(|| view! {
            <p class="object-note">
                {view::text("ui.object.more_in_manifest", &[("count", &view::words::count(more as u64))])}
            </p>
        })}
        <Show when=move || !asked.get()>
            <p class="object-note sizes-why" data-testid="sizes-why">{why.clone()}</p>
            <button type="button" class="btn small" data-testid="sizes-read" on:click=move |_| read.run(())>
                {view::text("ui.object.sizes_read", &[])}
            </button>
        </Show>
    }
}

/// The size of a manifest's content in words, or why there is none.
fn size(child: &Inspection) -> Known {
    match child.view.shape {
        Shape::Index => Err(view::text("ui.object.sizes_index", &[])),
        _ => {
            once(&child.view).map(view::words::size).ok_or_else(|| view::text("ui.object.sizes_unknown", &[]))
        }
    }
}

/// Bytes of config and layers, each blob once; `None` where one of them states no length.
fn once(document: &View) -> Option<u64> {
    if !matches!(document.shape, Shape::Manifest | Shape::ArtifactManifest) {
        return None;
    }
    let mut seen = std::collections::HashSet::new();
    document
        .config
        .iter()
        .chain(&document.layers)
        .filter(|blob| blob.digest.as_ref().is_none_or(|digest| seen.insert(digest)))
        .try_fold(0_u64, |sum, blob| Some(sum.saturating_add(blob.size?)))
}
