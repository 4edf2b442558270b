//! Which bytes is it, exactly?
//!
//! As they were sent, or formatted for reading; never changed in what is copied. A text is divided into
//! rows by `view`; `window` says which are on the screen, `code` draws them, `row` draws the text of one.

mod bar;
mod code;
mod hex;
mod places;
mod row;
mod window;

use std::sync::Arc;

use api::Inspection;
use leptos::prelude::*;
use oci::{Finding, Severity, Shape};
use view::json::{self, Page};

use self::{
    bar::{Bar, Form},
    code::{Code, Drawn},
    row::{Digests, manifests},
};
use super::{findings::severity_mark, link::bytes};

/// The bytes of an object.
#[component]
pub(super) fn Manifest(inspection: Arc<Inspection>) -> impl IntoView {
    match inspection.bytes.text() {
        Some(_) => view! { <Text inspection /> }.into_any(),
        None => view! { <Numbers inspection /> }.into_any(),
    }
}

/// Bytes that are no text.
#[component]
fn Numbers(inspection: Arc<Inspection>) -> impl IntoView {
    let count = hex::rows(inspection.bytes.0.len());
    let foot = view::text("ui.object.code.foot_hex", &[("size", &bytes(inspection.size))]);
    let draw = move |place: usize| Drawn {
        number: None,
        mark: None,
        text: hex::row(&inspection.bytes.0, place).into_any(),
    };
    view! {
        <Code count columns=80 form="hex" label=foot.clone() draw=Arc::new(draw) />
        <p class="code-foot">{foot}</p>
    }
}

/// Bytes that are text, JSON or not.
#[component]
fn Text(inspection: Arc<Inspection>) -> impl IntoView {
    let text = inspection.bytes.text().unwrap_or_default();
    let is_json = inspection.view.shape != Shape::NotJson;
    let formatted = if is_json { json::format(text) } else { None };
    let choice = formatted.is_some();
    // What the author broken into lines stays as it is; one long line is easier to read broken into lines.
    let has_lines = text.trim_end().contains('\n');
    let form = RwSignal::new(if choice && !has_lines { Form::Formatted } else { Form::Sent });
    let digests =
        Arc::new(Digests { beside: inspection.reference.clone(), manifests: manifests(&inspection.view) });
    let source = inspection.clone();
    let copied = Signal::derive(move || source.bytes.text().unwrap_or_default().to_owned());
    let shown = move || {
        let sent = inspection.bytes.text().unwrap_or_default();
        let (page, form, key) = match (form.get(), &formatted) {
            (Form::Formatted, Some(text)) => {
                (Page::json(text.clone()), "formatted", "ui.object.code.foot_formatted")
            }
            _ if is_json => (Page::json(sent.to_owned()), "sent", "ui.object.code.foot_sent"),
            _ => (Page::plain(sent.to_owned()), "sent", "ui.object.code.foot_text"),
        };
        let lines = view::text("ui.object.code.lines", &[("count", &view::words::count(page.lines.into()))]);
        let foot = view::text(key, &[("size", &bytes(inspection.size)), ("lines", &lines)]);
        let long = page.has_long_lines().then(|| view::text("ui.object.code.long", &[]));
        let label = view::text("ui.object.code.label", &[("lines", &lines)]);
        let findings: Vec<&Finding> = inspection.view.findings.iter().collect();
        let marks = places::places(&page, &findings);
        let (count, columns) = (page.rows.len(), page.columns);
        let digests = digests.clone();
        let draw = move |place: usize| {
            let row = page.rows[place];
            Drawn {
                number: (row.number > 0).then_some(row.number),
                mark: marks.get(&place).map(|severity| mark(*severity)),
                text: row::draw(&page.spans(row), &digests),
            }
        };
        view! {
            <Code count columns form label draw=Arc::new(draw) />
            <p class="code-foot"><span>{foot}</span>{long.map(|long| view! { <span>{long}</span> })}</p>
        }
    };
    view! {
        <Bar form choice text=copied />
        {shown}
    }
}

/// The mark of a finding in the gutter.
fn mark(severity: Severity) -> AnyView {
    severity_mark(severity).into_any()
}
