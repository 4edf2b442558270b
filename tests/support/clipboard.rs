//! What was copied?

use crate::{page::Page, wait::until};

/// From now on what is copied is kept where [`copied`] finds it: a window without a person at it may refuse the
/// clipboard. A page that is loaded anew forgets it.
pub async fn watch(page: &Page) {
    page.script(
        "navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }; return null",
    )
    .await;
}

/// What is copied, as soon as something is; once.
pub async fn copied(page: &Page) -> String {
    until("something is copied", async || {
        page.script("const text = window.copied ?? null; window.copied = null; return text")
            .await
            .as_str()
            .map(str::to_owned)
    })
    .await
}
