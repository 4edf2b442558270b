//! What happened just now, in one sentence at the bottom?

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};

use crate::shared::copy::copy;

/// How long it stays.
const SHOWN: Duration = Duration::from_secs(5);

/// The one sentence that is shown. Copies are the same.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Toast {
    said: RwSignal<Option<String>>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl Toast {
    /// Nothing is said yet.
    pub(crate) fn provide() {
        provide_context(Self { said: RwSignal::new(None), timer: StoredValue::new(None) });
    }

    /// The toast of this page.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// Says a sentence, in the place of the one before.
    pub(crate) fn say(self, sentence: String) {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        self.said.set(Some(sentence));
        let gone = move || {
            let _ = self.said.try_set(None);
        };
        self.timer.set_value(set_timeout_with_handle(gone, SHOWN).ok());
    }

    /// Copies a text and says what was copied, or that it was refused.
    pub(crate) fn copy(self, text: String) {
        spawn_local(async move {
            let done = copy(&text).await;
            self.say(if done {
                view::text("ui.toast.copied", &[("text", &view::visible(&text))])
            } else {
                view::text("ui.shared.copy.refused", &[])
            });
        });
    }
}

/// Where it is shown; a live region from the start, so that it is read.
#[component]
pub(super) fn ToastLine() -> impl IntoView {
    let Toast { said, .. } = Toast::here();
    view! {
        <div class="toast-place" role="status" data-testid="toast">
            {move || said.get().map(|said| view! { <p class="toast">{said}</p> })}
        </div>
    }
}
