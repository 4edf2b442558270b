//! What did the author note on it?

use std::sync::Arc;

use api::Inspection;
use leptos::prelude::*;
use oci::Reference;
use view::annotations::{self, Link};

use super::{
    clamp::{Clamped, short},
    link,
    outside::OpenOutside,
    section::Section,
};
use crate::{
    routes::{Route, Tab},
    shared::icon::Icon,
};

/// How many are listed; the manifest shows all.
const SHOWN: usize = 200;
/// The keys of the image specification; shortened, since they stand under a heading that says so.
const OCI_PREFIX: &str = "org.opencontainers.";

/// Keys and values, those of the image specification first and shortened.
#[component]
pub(super) fn Annotations(inspection: Arc<Inspection>) -> impl IntoView {
    let all = &inspection.view.annotations;
    if all.is_empty() {
        return ().into_any();
    }
    let asked = RwSignal::new(None::<String>);
    let beside = inspection.reference.clone();
    let (known, others): (Vec<_>, Vec<_>) = all
        .iter()
        .take(SHOWN)
        .partition(|(key, _)| key.starts_with(OCI_PREFIX) && key.len() > OCI_PREFIX.len());
    let both = !known.is_empty() && !others.is_empty();
    let draw = move |rows: Vec<(&String, &String)>, prefix: &'static str| {
        let rows = rows
            .into_iter()
            .map(|(key, value)| {
                let name = key.strip_prefix(prefix).unwrap_or(key).to_owned();
                view! { <Annotation key=key.clone() name value=value.clone() beside=beside.clone() asked /> }
            })
            .collect_view();
        view! { <dl class="annotations">{rows}</dl> }
    };
    let count = view::words::count(all.len() as u64);
    let caption = if known.is_empty() || both { count } else { format!("{count}, {OCI_PREFIX}") };
    let more = all.len().saturating_sub(SHOWN);
    let known = (!known.is_empty()).then(|| draw(known, OCI_PREFIX));
    let others = (!others.is_empty()).then(|| draw(others, ""));
    view! {
        <Section title=view::text("ui.object.annotations", &[]) caption>
            {both.then(|| view! { <p class="annotations-group">{OCI_PREFIX}</p> })}
            {known}
            {both.then(|| view! { <p class="annotations-group">{view::text("ui.object.other_keys", &[])}</p> })}
            {others}
            {(more > 0).then(|| view! {
                <p class="object-note">
                    {view::text("ui.object.more_in_manifest", &[("count", &view::words::count(more as u64))])}
                </p>
            })}
            <OpenOutside asked />
        </Section>
    }
    .into_any()
}

/// One key with its value: what the key means, where the value leads, how old a date is.
#[component]
fn Annotation(
    key: String,
    name: String,
    value: String,
    beside: Reference,
    asked: RwSignal<Option<String>>,
) -> impl IntoView {
    let about = annotations::about(&key);
    let title = about.as_ref().map_or_else(|| short(&key), |about| about.words.clone());
    let age = about.filter(|about| about.value == annotations::Value::Date).and_then(|_| age(&value));
    let link = match annotations::link(&key, &value) {
        Some(Link::Web(address)) => Some(web(address, asked).into_any()),
        Some(Link::Digest(digest)) => Some(inside(link::path(&beside, &digest))),
        Some(Link::Reference(reference)) => Some(inside(Route::Object(reference, Tab::Overview).path())),
        None => None,
    };
    view! {
        <div class="annotation" data-testid="object-annotation" data-key=short(&key)>
            <dt title=title><Clamped text=name /></dt>
            <dd>
                <span class="annotation-value"><Clamped text=value /></span>
                {age.map(|age| view! { <span class="annotation-age">{age}</span> })}
                {link}
            </dd>
        </div>
    }
}

/// The way to a page outside, through a question.
fn web(address: String, asked: RwSignal<Option<String>>) -> impl IntoView {
    let label = view::text("ui.object.open_address", &[("address", &view::visible(&address))]);
    let href = address.clone();
    view! {
        <a class="copy" href=href target="_blank" rel="noopener noreferrer" aria-label=label.clone() title=label
            on:click=move |event| {
                event.prevent_default();
                asked.set(Some(address.clone()));
            }><Icon name="external" /></a>
    }
}

/// The way to another object.
fn inside(path: String) -> AnyView {
    let label = view::text("ui.object.open_named", &[]);
    view! { <a class="copy" href=path aria-label=label.clone() title=label><Icon name="arrow" /></a> }
        .into_any()
}

/// How long ago a date is; nothing where it cannot be read.
fn age(date: &str) -> Option<String> {
    // Milliseconds since 1970 are whole numbers far below 2^53.
    view::time::read(date).map(|then| view::time::ago(then, js_sys::Date::now() as i64))
}
