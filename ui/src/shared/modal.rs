//! How does something stand over the page, and how does the focus come back?
//!
//! A modal dialog of the browser: it holds the focus, Escape closes it, and the focus returns to where it was.

use leptos::{ev, html::Dialog, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

/// The dialog; its content lives only while it is open.
#[component]
pub(crate) fn Modal(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Its class beside `dialog`.
    class: &'static str,
    /// The key of its accessible name.
    label: &'static str,
    /// For tests.
    test_id: &'static str,
    /// What it holds.
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if open.get() && !dialog.open() {
            let _ = dialog.show_modal();
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    // Without a dialog there is nobody to tell that it is closed.
    on_cleanup(move || {
        let _ = open.try_set(false);
    });
    // What lies beside the content is the page: a press on it leaves.
    let beside = move |event: MouseEvent| {
        let on = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if on.is_some_and(|on| on.tag_name() == "DIALOG") {
            open.set(false);
        }
    };
    view! {
        <dialog
            class=format!("dialog {class}")
            node_ref=dialog
            aria-label=view::text(label, &[])
            data-testid=move || open.get().then_some(test_id)
            on:close=move |_| open.set(false)
            on:mousedown=beside
            on:keydown=move |event: ev::KeyboardEvent| {
                // Not every window closes a dialog by itself.
                if event.key() == "Escape" && !event.default_prevented() {
                    event.prevent_default();
                    open.set(false);
                }
            }
        >
            <Show when=move || open.get()>
                <div class="modal-body">{children()}</div>
            </Show>
        </dialog>
    }
}
