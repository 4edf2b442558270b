//! Which bytes is it, exactly?
//!
//! As they were sent, or formatted for reading; never changed in what is copied. A text is divided into rows, values
//! and folds by `view`; `window` says which rows are on the screen, `pane` draws them, `row` draws the text of one.

mod bar;
mod doc;
mod foot;
mod hex;
mod marks;
mod pane;
mod row;
mod window;

use std::sync::Arc;

use api::Body;
use leptos::{ev, html::Input, prelude::*};
use oci::Finding;
use view::json;

use self::{
    bar::{Bar, Form, go},
    doc::Looking,
    foot::Foot,
    pane::Pane,
};
pub(super) use self::{row::Links, window::Window};
use super::link::bytes;

/// Says in a few words what is folded at a JSON pointer.
pub(super) type About = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// What is shown as code.
#[derive(Clone)]
pub(super) struct Source {
    /// The exact bytes.
    pub(super) bytes: Arc<Body>,
    /// Whether they are JSON, or should be.
    pub(super) is_json: bool,
    /// Whether they are shown as numbers although they may be text.
    pub(super) as_hex: bool,
    /// What is wrong with them.
    pub(super) findings: Signal<Arc<Vec<Finding>>>,
    /// What the strings lead to.
    pub(super) links: Arc<Links>,
    /// What is folded where.
    pub(super) about: About,
}

/// Where the cursor is, for whoever wants to know or to lead it somewhere.
#[derive(Clone, Copy)]
pub(super) struct Pointing {
    /// Where it is to be.
    pub(super) wanted: Signal<Option<String>>,
    /// Called with where it is.
    pub(super) reached: Callback<String>,
}

/// Bytes, as text where they are one, else as numbers.
#[component]
pub(super) fn Viewer(
    /// What is shown.
    source: Source,
    /// Where the cursor is to be.
    #[prop(optional)]
    pointing: Option<Pointing>,
    /// What else can be done with the text.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let more = children.map(|children| children()).into_any();
    match source.bytes.text() {
        Some(_) if !source.as_hex => view! { <Text source pointing more /> }.into_any(),
        _ => view! { <Numbers source more /> }.into_any(),
    }
}

/// Bytes that are no text.
#[component]
fn Numbers(source: Source, more: AnyView) -> impl IntoView {
    let count = hex::rows(source.bytes.0.len());
    let foot = view::text("ui.object.code.foot_hex", &[("size", &bytes(source.bytes.0.len() as u64))]);
    let window = Window::new(Signal::stored(count));
    let range = Memo::new(move |_| window.seen());
    let rows = move || {
        let (first, end) = range.get();
        (first..end)
            .map(|place| {
                view! {
                    <div class="code-row">
                        <span class="code-text code-hex" data-testid="manifest-line">
                            {hex::row(&source.bytes.0, place)}
                        </span>
                    </div>
                }
            })
            .collect_view()
    };
    view! {
        <div class="code" node_ref=window.pane role="region" tabindex="0" aria-label=foot.clone()
            data-testid="manifest-text" data-as="hex" on:scroll=move |_| window.follow()>
            <div class="code-space" style:height=move || format!("{}px", window.drawn())
                style:min-width="calc(80ch + 16px)">
                <div class="code-rows" style:transform=move || format!("translateY({}px)", window.shift())>
                    {rows}
                </div>
            </div>
        </div>
        <p class="code-foot">{foot}{more}</p>
    }
}

/// Bytes that are text, JSON or not.
#[component]
fn Text(source: Source, pointing: Option<Pointing>, more: AnyView) -> impl IntoView {
    let Source { bytes: body, is_json, findings, links, about, .. } = source;
    let sent = body.text().unwrap_or_default();
    let size = body.0.len() as u64;
    let formatted = if is_json { json::format(sent) } else { None };
    let choice = formatted.is_some();
    // What the author broke into lines stays as it is; one long line is easier to read broken into lines.
    let has_lines = sent.trim_end().contains('\n');
    let first = if choice && !has_lines { Form::Formatted } else { Form::Sent };
    let whole = Arc::clone(&body);
    let text = move |form: Form| match (form, &formatted) {
        (Form::Formatted, Some(text)) => text.clone(),
        _ => whole.text().unwrap_or_default().to_owned(),
    };
    let looking = Looking::new(first, text, is_json, findings);
    let window = Window::new(Signal::derive(move || looking.shown.read().count));
    let field = NodeRef::<Input>::new();
    find_by_key(field);
    if let Some(pointing) = pointing {
        follow(looking, window, pointing);
    }
    let copied = Signal::derive(move || body.text().unwrap_or_default().to_owned());
    let form = looking.form;
    let shown_as = Signal::derive(move || match form.get() {
        Form::Formatted => "formatted",
        Form::Sent => "sent",
    });
    let lines = move || {
        let count = view::words::count(looking.doc.read().page.lines.into());
        view::text("ui.object.code.lines", &[("count", &count)])
    };
    let foot = Signal::derive(move || {
        let key = match form.get() {
            Form::Formatted => "ui.object.code.foot_formatted",
            Form::Sent if is_json => "ui.object.code.foot_sent",
            Form::Sent => "ui.object.code.foot_text",
        };
        view::text(key, &[("size", &bytes(size)), ("lines", &lines())])
    });
    let label = Signal::derive(move || view::text("ui.object.code.label", &[("lines", &lines())]));
    let folds = is_json && !looking.doc.read_untracked().folds.is_empty() || choice;
    view! {
        <Bar looking window choice folds text=copied field more />
        <Pane looking window links about form=shown_as label />
        <Foot looking about=foot />
    }
}

/// Ctrl+F leads to the field: the browser's own search sees only the rows that are drawn.
fn find_by_key(field: NodeRef<Input>) {
    let listener = window_event_listener(ev::keydown, move |event| {
        let is_find = event.key() == "f" && (event.ctrl_key() || event.meta_key());
        if is_find
            && !event.shift_key()
            && let Some(field) = field.get_untracked()
        {
            event.prevent_default();
            let _ = field.focus();
            field.select();
        }
    });
    on_cleanup(move || listener.remove());
}

/// Keeps the cursor and what is asked for of it together.
fn follow(looking: Looking, window: Window, pointing: Pointing) {
    let Looking { doc, cursor, .. } = looking;
    Effect::new(move |_| {
        let wanted = pointing.wanted.get();
        let doc = doc.get();
        // The pane is there by now, or this runs again when it is.
        window.pane.track();
        let here = cursor.get_untracked().and_then(|row| doc.value_in(row)).map(|place| place.pointer);
        if wanted.is_some()
            && wanted != here
            && let Some(row) = wanted.as_deref().and_then(|pointer| doc.row_at(pointer))
        {
            go(looking, window, row);
        }
    });
    Effect::new(move |_| {
        let Some(place) = cursor.get().and_then(|row| doc.read_untracked().value_in(row)) else { return };
        if pointing.wanted.get_untracked().as_deref() != Some(place.pointer.as_str()) {
            pointing.reached.run(place.pointer);
        }
    });
}
