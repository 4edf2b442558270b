//! How is the width of a pane changed? By dragging the line beside it, or with the arrow keys on it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, PointerEvent};

use super::layout::{Layout, Pane};

/// How far one press of an arrow moves the line.
const STEP: f64 = 16.0;

/// The line beside a pane.
#[component]
pub(crate) fn Splitter(
    /// The pane whose width it changes.
    pane: Pane,
) -> impl IntoView {
    let layout = Layout::here();
    let width = layout.width(pane);
    let (least, most) = pane.limits();
    let dragged = RwSignal::new(None::<(f64, f64)>);
    let measured = move || {
        let selector = match pane {
            Pane::Sources => ".sources",
            Pane::Inspector => ".inspector",
        };
        let element = document().query_selector(selector).ok().flatten();
        element.map_or(least, |element| element.get_bounding_client_rect().width())
    };
    // Which way the pane grows when the line moves to the right.
    let sign = if pane == Pane::Sources { 1.0 } else { -1.0 };
    let to = move |wanted: f64| width.set(Some(wanted.clamp(least, most).round()));
    let down = move |event: PointerEvent| {
        event.prevent_default();
        if let Some(line) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) {
            let _ = line.set_pointer_capture(event.pointer_id());
        }
        dragged.set(Some((f64::from(event.client_x()), measured())));
    };
    let moved = move |event: PointerEvent| {
        if let Some((from, before)) = dragged.get_untracked() {
            to(before + sign * (f64::from(event.client_x()) - from));
        }
    };
    let keys = move |event: KeyboardEvent| {
        match event.key().as_str() {
            "ArrowLeft" => to(measured() - sign * STEP),
            "ArrowRight" => to(measured() + sign * STEP),
            "Home" => to(least),
            "End" => to(most),
            "Enter" if pane == Pane::Sources => layout.sources_open.update(|open| *open = !*open),
            "Enter" => width.set(None),
            _ => return,
        }
        event.prevent_default();
    };
    let (name, label) = match pane {
        Pane::Sources => ("sources", view::text("ui.split.sources", &[])),
        Pane::Inspector => ("inspector", view::text("ui.split.inspector", &[])),
    };
    view! {
        <div
            class=format!("splitter splitter-{name}")
            class:is-dragged=move || dragged.read().is_some()
            role="separator"
            tabindex="0"
            aria-orientation="vertical"
            aria-label=label
            aria-valuemin=least.to_string()
            aria-valuemax=most.to_string()
            aria-valuenow=move || width.get().unwrap_or_else(measured).to_string()
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=move |_| dragged.set(None)
            on:pointercancel=move |_| dragged.set(None)
            on:dblclick=move |_| width.set(None)
            on:keydown=keys
        ></div>
    }
}
