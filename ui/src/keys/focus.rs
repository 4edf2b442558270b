//! Where does the focus go? Through the panes, into a field, out of it.

use leptos::{html::ElementType, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, KeyboardEvent, KeyboardEventInit, MouseEvent};

/// What can hold the focus within a pane, the best first.
const FIRST: &[&str] =
    &["[role=grid],[role=tree]", "[data-first]", "a[href],button,input,[tabindex='0']:not([role=separator])"];

/// Follows the skip link without a change of the address.
pub(crate) fn skip(event: MouseEvent) {
    event.prevent_default();
    event.stop_propagation();
    if let Some(main) =
        document().get_element_by_id("main").and_then(|main| main.dyn_into::<HtmlElement>().ok())
    {
        let _ = main.focus();
    }
}

/// Leads into an element as soon as it is drawn, and each time that it is drawn anew.
pub(crate) fn when_drawn<E>(node: NodeRef<E>)
where
    E: ElementType + 'static,
    E::Output: AsRef<HtmlElement> + JsCast + Clone + 'static,
{
    Effect::new(move |_| {
        if let Some(element) = node.get() {
            let element: &HtmlElement = element.as_ref();
            let _ = element.focus();
        }
    });
}

/// Leads into the first field of a selector that is shown, with its text selected.
pub(crate) fn field(selector: &str) {
    let body = document().body();
    let found = body.and_then(|body| first_shown(&body, selector));
    if let Some(field) = found.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
        let _ = field.focus();
        field.select();
    }
}

/// Whether a dialog has the window.
pub(super) fn in_dialog() -> bool {
    document().query_selector("dialog:modal").ok().flatten().is_some()
}

/// Whether the main list has the focus, or nothing that a key could press.
pub(super) fn in_rows_or_nowhere() -> bool {
    document()
        .active_element()
        .is_none_or(|focused| focused.matches("body,#main,.main .rows").unwrap_or(false))
}

/// Whether nothing has the focus that a key could mean.
pub(super) fn nowhere() -> bool {
    document().active_element().is_none_or(|focused| focused.matches("body,#main").unwrap_or(false))
}

/// Leads into the main list, which takes the key as its own; says whether there is one.
pub(crate) fn hand_to_rows(key: &str, shift: bool) -> bool {
    let Some(rows) = main_rows() else { return false };
    let _ = rows.focus();
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_shift_key(shift);
    init.set_cancelable(true);
    if let Ok(event) = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init) {
        let _ = rows.dispatch_event(&event);
    }
    true
}

fn main_rows() -> Option<HtmlElement> {
    document().query_selector(".main .rows").ok().flatten()?.dyn_into().ok()
}

/// Leads into the main list where the focus is in a place that goes, or went with it.
pub(crate) fn to_rows_from(place: &str) {
    let gone = format!("body,{place},{place} *");
    if !document().active_element().is_none_or(|focused| focused.matches(&gone).unwrap_or(false)) {
        return;
    }
    // Once the list is shown again.
    request_animation_frame(|| {
        if let Some(rows) = main_rows() {
            let _ = rows.focus();
        }
    });
}

/// Leaves a field: the next Tab goes on from where it stands.
pub(super) fn leave_field() {
    if let Some(field) = document().active_element().and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        let _ = field.blur();
    }
}

fn first_shown(pane: &HtmlElement, selector: &str) -> Option<HtmlElement> {
    let found = pane.query_selector_all(selector).ok()?;
    (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into::<HtmlElement>().ok())
        .find(|element| element.offset_width() > 0)
}

/// Moves the focus to the next pane that is shown, or to the one before.
pub(super) fn cycle(back: bool) {
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
