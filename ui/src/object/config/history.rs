//! Which steps made this image, and which of them made a layer?

use std::sync::Arc;

use leptos::prelude::*;
use oci::{Fit, ImageConfig, Step};

use crate::object::{clamp::Clamped, section::Section};

/// How many steps are shown; the raw config shows all.
const MOST: usize = 1_000;

/// The steps as lines of a Dockerfile, with the layer that each made.
#[component]
pub(super) fn History(config: Arc<ImageConfig>, count: usize) -> impl IntoView {
    if config.history.is_empty() {
        let note = view::text("ui.object.config.no_history", &[]);
        return view! {
            <Section title=view::text("ui.object.config.history", &[])><p class="object-note">{note}</p></Section>
        }
        .into_any();
    }
    let layers = config.layers(count);
    let sure = layers.history == Fit::Exact;
    let mut layer = 0;
    let rows = config
        .history
        .iter()
        .take(MOST)
        .map(|step| {
            let number = (!step.empty_layer && sure).then(|| {
                layer += 1;
                layer
            });
            row(step, number)
        })
        .collect_view();
    let caption = view::words::count(config.steps as u64);
    view! {
        <Section title=view::text("ui.object.config.history", &[]) caption>
            {fit_note(layers.history, count).map(|note| view! {
                <p class="side-fit" data-testid="history-fit">{note}</p>
            })}
            <ol class="history" data-testid="config-history">{rows}</ol>
        </Section>
    }
    .into_any()
}

/// One step: the number of its layer, its line, who and when.
fn row(step: &Step, number: Option<usize>) -> impl IntoView + use<> {
    let made = number.map_or_else(String::new, |number| number.to_string());
    let name = match number {
        Some(number) => view::text("ui.object.config.step_layer", &[("number", &number.to_string())]),
        None if step.empty_layer => view::text("ui.object.config.step_empty", &[]),
        None => view::text("ui.object.config.step_unsure", &[]),
    };
    let about: Vec<&str> = [&step.created, &step.author, &step.comment]
        .into_iter()
        .filter_map(|part| part.as_deref().filter(|part| !part.is_empty()))
        .collect();
    let about = (!about.is_empty()).then(|| about.join(", "));
    view! {
        <li class="history-row" class:is-empty=step.empty_layer>
            <span class="layer-number" title=name.clone()><span class="vh">{name.clone()}</span>
                <span aria-hidden="true">{made}</span></span>
            <div class="history-text">
                {instruction(step)}
                {about.map(|about| view! { <p class="history-about"><Clamped text=about /></p> })}
            </div>
        </li>
    }
}

/// A step as a line of a Dockerfile.
pub(in crate::object) fn instruction(step: &Step) -> AnyView {
    let Some(created_by) = step.created_by.as_deref().filter(|line| !line.is_empty()) else {
        return view! { <span class="quiet">{view::text("ui.object.config.step_unnamed", &[])}</span> }
            .into_any();
    };
    let line = view::words::history(created_by);
    view! {
        <code class="instruction">
            {(!line.word.is_empty()).then(|| view! { <b>{line.word.clone()}</b> " " })}
            <Clamped text=line.text />
        </code>
    }
    .into_any()
}

/// Why steps and layers cannot be told together; nothing where they can.
pub(in crate::object) fn fit_note(fit: Fit, count: usize) -> Option<String> {
    let layers = view::words::count(count as u64);
    let with = |key: &str, there: usize| {
        Some(view::text(key, &[("there", &view::words::count(there as u64)), ("layers", &layers)]))
    };
    match fit {
        Fit::Exact => None,
        Fit::Missing => Some(view::text("ui.object.config.no_history", &[])),
        Fit::Fewer(there) => with("ui.object.config.history_fewer", there),
        Fit::More(there) => with("ui.object.config.history_more", there),
    }
}
