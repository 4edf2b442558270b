//! May this address be opened, and is it the one that the user means?
//!
//! Addresses come from whoever pushed the object: nothing is loaded by itself, and only after a question that names
//! the host as the browser would contact it.

use leptos::{html::Dialog, prelude::*};
use web_sys::Url;

use crate::{
    client::Client,
    shared::{copy::CopyButton, icon::Icon},
};

/// An address that may be offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outside {
    /// Host and port, punycode where it is not ASCII.
    pub host: String,
    /// Whether the way there is encrypted.
    pub encrypted: bool,
    /// The address as the browser would open it.
    pub href: String,
}

/// Reads a text as a web address: http or https, without user or password.
pub(super) fn outside(text: &str) -> Option<Outside> {
    if !(text.starts_with("https://") || text.starts_with("http://")) || text.len() > 2048 {
        return None;
    }
    let url = Url::new(text).ok()?;
    let encrypted = match url.protocol().as_str() {
        "https:" => true,
        "http:" => false,
        _ => return None,
    };
    let plain = url.username().is_empty() && url.password().is_empty() && !url.host().is_empty();
    plain.then(|| Outside { host: url.host(), encrypted, href: url.href() })
}

/// The question before a page outside is opened. `asked` holds the address while it stands.
#[component]
pub(super) fn OpenOutside(asked: RwSignal<Option<String>>) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if asked.read().is_some() && !dialog.open() {
            let _ = dialog.show_modal();
        } else if asked.read().is_none() && dialog.open() {
            dialog.close();
        }
    });
    // The window of the desktop opens no other pages: there the address is copied.
    let opens = !Client::here().is_desktop();
    let target = move || asked.get().as_deref().and_then(outside);
    let go = move |_| {
        if let Some(target) = target() {
            // No opener and no referrer: the page outside learns nothing of this one.
            let _ =
                window().open_with_url_and_target_and_features(&target.href, "_blank", "noopener,noreferrer");
        }
        asked.set(None);
    };
    view! {
        <dialog class="dialog outside" node_ref=dialog aria-labelledby="outside-title"
            on:close=move |_| asked.set(None)>
            <h2 id="outside-title" class="dialog-title">
                {move || target().map(|to| view::text("ui.object.outside_title", &[("host", &to.host)]))}
            </h2>
            <p class="dialog-text">{view::text("ui.object.outside_text", &[])}</p>
            <p class="outside-address">
                <bdi class="mono">{move || target().map(|to| to.href)}</bdi>
                <CopyButton text=Signal::derive(move || target().map(|to| to.href).unwrap_or_default())
                    label=view::text("ui.object.outside_copy", &[]) />
            </p>
            {move || target().filter(|to| !to.encrypted).map(|_| view! {
                <p class="dialog-text check-warn check-line">
                    <Icon name="sev-warning" />
                    {view::text("ui.object.outside_plain", &[])}
                </p>
            })}
            <div class="dialog-acts">
                <button type="button" class="btn" autofocus on:click=move |_| asked.set(None)>
                    {view::text("ui.shared.cancel", &[])}
                </button>
                {opens.then(|| view! {
                    <button type="button" class="btn primary" on:click=go>
                        {view::text("ui.object.outside_open", &[])}
                    </button>
                })}
            </div>
        </dialog>
    }
}
