//! What is said when the host does not know this page's token?

use leptos::{ev, prelude::*};

use crate::{client::token, shared::icon::Icon};

/// The page. The new address leads back in: pasted into this tab or opened in another.
#[component]
pub(crate) fn StaleToken() -> impl IntoView {
    // Another tab of this browser was opened with the new address.
    let storage = window_event_listener(ev::storage, move |event| {
        if event.key().as_deref() == Some(token::KEY) {
            let _ = window().location().reload();
        }
    });
    on_cleanup(move || storage.remove());
    view! {
        <main id="main" class="middle centred" tabindex="-1" data-testid="stale-token">
            <div class="sheet" role="alert">
                <span class="sheet-mark" aria-hidden="true"><Icon name="key" /></span>
                <h1 class="sheet-title">{view::text("ui.stale.title", &[])}</h1>
                <p class="sheet-text">{view::text("ui.stale.why", &[])}</p>
                <ol class="steps">
                    <li>{view::text("ui.stale.step_terminal", &[])}</li>
                    <li>
                        {view::text("ui.stale.step_line", &[])}
                        <code class="well">{view::text("ui.stale.line", &[("origin", &origin())])}</code>
                    </li>
                    <li>{view::text("ui.stale.step_open", &[])}</li>
                </ol>
            </div>
        </main>
    }
}

fn origin() -> String {
    window().location().origin().unwrap_or_default()
}
