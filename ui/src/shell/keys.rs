//! Which keys work everywhere? F6 goes through the panes, Ctrl+L to the omnibox, `/` to the filter.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent, MouseEvent};

/// What can hold the focus within a pane, the best first.
const FIRST: &[&str] =
    &["[role=grid],[role=tree]", "[data-first]", "a[href],button,input,[tabindex='0']:not([role=separator])"];

/// Listens from now on.
pub(super) fn listen() {
    let listener = window_event_listener(ev::keydown, |event| {
        let control = event.ctrl_key() || event.meta_key();
        match event.key().as_str() {
            "F6" => cycle(event.shift_key()),
            "l" | "L" if control && !event.shift_key() && !event.alt_key() => {
                focus_field("[data-testid=omnibox]");
            }
            "/" if !control && !event.alt_key() && !is_typing(&event) => focus_field("[data-filter]"),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || listener.remove());
}

/// Follows the skip link without a change of the address.
pub(super) fn skip(event: MouseEvent) {
    event.prevent_default();
    event.stop_propagation();
    if let Some(main) =
        document().get_element_by_id("main").and_then(|main| main.dyn_into::<HtmlElement>().ok())
    {
        let _ = main.focus();
    }
}

fn focus_field(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    if let Some(field) = found.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
        let _ = field.focus();
        field.select();
    }
}

fn is_typing(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| {
        matches!(target.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
            || target.has_attribute("contenteditable")
    })
}

fn first_shown(pane: &HtmlElement, selector: &str) -> Option<HtmlElement> {
    let found = pane.query_selector_all(selector).ok()?;
    (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into::<HtmlElement>().ok())
        .find(|element| element.offset_width() > 0)
}

/// Moves the focus to the next pane that is shown, or to the one before.
fn cycle(back: bool) {
    let Ok(found) = document().query_selector_all("[data-pane]") else { return };
    let panes: Vec<HtmlElement> = (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into().ok())
        .filter(|pane: &HtmlElement| pane.offset_width() > 0)
        .collect();
    if panes.is_empty() {
        return;
    }
    let focused = document().active_element();
    let at = panes.iter().position(|pane| pane.contains(focused.as_ref().map(AsRef::as_ref)));
    let next = match (at, back) {
        (None, false) => 0,
        (None, true) => panes.len() - 1,
        (Some(at), false) => (at + 1) % panes.len(),
        (Some(at), true) => (at + panes.len() - 1) % panes.len(),
    };
    let pane = &panes[next];
    let inner = FIRST.iter().find_map(|selector| first_shown(pane, selector));
    let _ = inner.as_ref().unwrap_or(pane).focus();
}
