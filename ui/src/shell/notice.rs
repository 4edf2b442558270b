//! What should the user know about the file of settings?

use api::{SettingsChange, SettingsNotice};
use leptos::prelude::*;

use crate::{
    settings::Settings,
    shared::{copy::CopyButton, icon::Icon},
};

/// The banner: what happened to the file, where it is, what to do.
#[component]
pub(super) fn SettingsBanner() -> impl IntoView {
    let settings = Settings::here();
    let notice = Memo::new(move |_| settings.now.read().notice.clone());
    move || {
        notice.get().map(|notice| {
            let (title, text, path) = match notice {
                SettingsNotice::Broken { kept_as, why } => (
                    "ui.notice.broken",
                    view::text("ui.notice.broken_what", &[("path", &kept_as), ("why", &view::visible(&why))]),
                    Some(kept_as),
                ),
                SettingsNotice::NotKept { why } => (
                    "ui.notice.not_kept",
                    view::text("ui.notice.not_kept_what", &[("why", &view::visible(&why))]),
                    None,
                ),
            };
            view! {
                <div class="banner" role="status" data-testid="settings-notice">
                    <span class="banner-mark" aria-hidden="true"><Icon name="sev-warning" /></span>
                    <p class="banner-text"><b>{view::text(title, &[])}</b>" "{text}</p>
                    {path.map(|path| view! {
                        <CopyButton text=Signal::stored(path) label=view::text("ui.notice.copy_path", &[]) />
                    })}
                    <button type="button" class="btn small" data-testid="settings-notice-close"
                        on:click=move |_| settings.change(SettingsChange::DismissNotice)>
                        {view::text("ui.notice.close", &[])}
                    </button>
                </div>
            }
        })
    }
}
