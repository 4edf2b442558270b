//! How is a text put on the clipboard, and how does one see that it was?

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;

use super::icon::Icon;

/// How long the tick stays.
const SHOWN: Duration = Duration::from_millis(1200);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Ready,
    Done,
    Refused,
}

/// Puts a text on the clipboard; `false` where the browser refuses it.
pub(crate) async fn copy(text: &str) -> bool {
    let clipboard = window().navigator().clipboard();
    if clipboard.is_undefined() {
        return false;
    }
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// A button of 24 px that copies a text and shows a tick.
#[component]
pub(crate) fn CopyButton(
    /// What is copied, read at the click.
    #[prop(into)]
    text: Signal<String>,
    /// Its accessible name: `Copy digest`.
    #[prop(into)]
    label: String,
    /// Its picture until it was pressed.
    #[prop(default = "copy")]
    icon: &'static str,
) -> impl IntoView {
    let state = RwSignal::new(State::Ready);
    let click = move |event: web_sys::MouseEvent| {
        event.stop_propagation();
        spawn_local(async move {
            let done = copy(&text.get_untracked()).await;
            let _ = state.try_set(if done { State::Done } else { State::Refused });
            set_timeout(
                move || {
                    let _ = state.try_set(State::Ready);
                },
                SHOWN,
            );
        });
    };
    let drawn = move || match state.get() {
        State::Ready => view! { <Icon name=icon /> }.into_any(),
        State::Done => view! { <Icon name="check" /> }.into_any(),
        State::Refused => view! { <Icon name="x" /> }.into_any(),
    };
    let said = move || match state.get() {
        State::Ready => String::new(),
        State::Done => view::text("ui.shared.copy.done", &[]),
        State::Refused => view::text("ui.shared.copy.refused", &[]),
    };
    view! {
        <span class="copy-wrap">
            <button
                type="button"
                class="copy"
                class:is-done=move || state.get() == State::Done
                class:is-refused=move || state.get() == State::Refused
                aria-label=label.clone()
                title=label
                on:click=click
            >
                {drawn}
            </button>
            <span class="vh" role="status">{said}</span>
        </span>
    }
}
