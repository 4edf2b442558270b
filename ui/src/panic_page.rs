//! What does a person see when this program broke?
//!
//! A page with the reason and Reload, written by hand: after a panic nothing of the app may be trusted to run.

use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, HtmlElement};

/// From now on a panic ends in the page.
pub(crate) fn install() {
    std::panic::set_hook(Box::new(|panic| {
        let reason = panic.to_string();
        web_sys::console::error_1(&reason.as_str().into());
        // A page that cannot be written is a page that is gone.
        let _ = write(&reason);
    }));
}

fn write(reason: &str) -> Option<()> {
    if document().get_element_by_id("panic-page").is_some() {
        return None;
    }
    let page =
        element("main", "panic", &[("id", "panic-page"), ("data-testid", "panic-page"), ("role", "alert")])?;
    let card = element("div", "panic-card", &[])?;
    let title = element("h1", "panic-title", &[])?;
    title.set_text_content(Some(&view::text("ui.panic.title", &[])));
    let text = element("p", "panic-text", &[])?;
    text.set_text_content(Some(&view::text("ui.panic.text", &[])));
    let why = element("pre", "panic-reason", &[("tabindex", "0")])?;
    why.set_text_content(Some(reason));
    let reload = element("button", "btn primary", &[("type", "button")])?;
    reload.set_text_content(Some(&view::text("ui.panic.reload", &[])));
    let again = Closure::<dyn FnMut()>::new(|| {
        let _ = window().location().reload();
    });
    reload.dyn_ref::<HtmlElement>()?.set_onclick(Some(again.as_ref().unchecked_ref()));
    // The button lives as long as the page.
    again.forget();
    for part in [&title, &text, &why, &reload] {
        card.append_child(part).ok()?;
    }
    page.append_child(&card).ok()?;
    let body = document().body()?;
    // The app's own elements may still be called by their listeners: they are hidden, not removed.
    let old = body.children();
    for index in 0..old.length() {
        old.item(index)?.set_attribute("hidden", "").ok()?;
    }
    body.append_child(&page).ok()?;
    reload.dyn_ref::<HtmlElement>()?.focus().ok()
}

fn element(name: &str, class: &str, attributes: &[(&str, &str)]) -> Option<Element> {
    let element = document().create_element(name).ok()?;
    element.set_class_name(class);
    for (name, value) in attributes {
        element.set_attribute(name, value).ok()?;
    }
    Some(element)
}
