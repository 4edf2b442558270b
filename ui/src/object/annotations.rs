//! What did the author note on it?

use std::sync::Arc;

use api::Inspection;
use leptos::prelude::*;

use super::{
    outside::{OpenOutside, outside},
    section::Section,
};
use crate::shared::icon::Icon;

/// How many are listed; the manifest shows all.
const SHOWN: usize = 200;
/// Longer values are cut to this many characters until they are opened.
const SHORT: usize = 160;
/// No value is drawn longer than this here; the manifest shows it whole.
const LONG: usize = 16_384;
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
    let (known, others): (Vec<_>, Vec<_>) = all
        .iter()
        .take(SHOWN)
        .partition(|(key, _)| key.starts_with(OCI_PREFIX) && key.len() > OCI_PREFIX.len());
    let both = !known.is_empty() && !others.is_empty();
    let draw = move |rows: Vec<(&String, &String)>, prefix: &'static str| {
        let rows = rows
            .into_iter()
            .map(|(key, value)| {
                let short = key.strip_prefix(prefix).unwrap_or(key).to_owned();
                view! { <Annotation key=key.clone() short value=value.clone() asked /> }
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

/// One key with its value; long ones open on demand, web addresses through a question.
#[component]
fn Annotation(key: String, short: String, value: String, asked: RwSignal<Option<String>>) -> impl IntoView {
    let open = RwSignal::new(false);
    let is_long = value.chars().nth(SHORT).is_some() || value.contains('\n');
    let address = outside(&value).map(|_| value.clone());
    let text = {
        let value = value.clone();
        move || {
            let limit = if open.get() { LONG } else { SHORT };
            let mut shown = value.chars().take(limit).collect::<String>();
            if !open.get() {
                shown = shown.lines().next().unwrap_or_default().to_owned();
            }
            let cut = shown.len() < value.len();
            let mut shown = view::visible(&shown);
            if cut {
                shown.push('…');
            }
            shown
        }
    };
    view! {
        <div class="annotation" data-testid="object-annotation" data-key=key.clone()>
            <dt><bdi title=view::visible(&key)>{view::visible(&short)}</bdi></dt>
            <dd>
                <bdi class="annotation-value" class:is-open=move || open.get()>{text}</bdi>
                {address.map(|address| {
                    let label = view::text("ui.object.open_address", &[("address", &view::visible(&address))]);
                    view! {
                        <button type="button" class="copy" aria-label=label.clone() title=label
                            on:click=move |_| asked.set(Some(address.clone()))>
                            <Icon name="external" />
                        </button>
                    }
                })}
                {is_long.then(|| view! {
                    <button type="button" class="more" aria-expanded=move || open.get().to_string()
                        on:click=move |_| open.update(|open| *open = !*open)>
                        {move || view::text(if open.get() { "ui.object.less" } else { "ui.object.more" }, &[])}
                    </button>
                })}
            </dd>
        </div>
    }
}
