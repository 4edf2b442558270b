//! What is in the window, and where may it go?

use host::{Folders, Samples, Setup, asked_to_end, compose};
use tauri::{
    Manager, Url, WebviewWindowBuilder,
    async_runtime::{block_on, spawn},
    webview::{NewWindowResponse, PageLoadEvent},
};
use tauri_plugin_window_state::StateFlags;

use crate::bridge::{self, Bridge};

/// Size, place and whether it fills the screen are remembered; whether it is seen or has a frame is not a choice.
const REMEMBERED: StateFlags = StateFlags::SIZE.union(StateFlags::POSITION).union(StateFlags::MAXIMIZED);

/// Opens the window and stays until it is closed.
///
/// # Errors
/// The service or the window cannot start.
pub(crate) fn run() -> tauri::Result<()> {
    tauri::Builder::default()
        .plugin(tauri_plugin_window_state::Builder::new().with_state_flags(REMEMBERED).build())
        .invoke_handler(tauri::generate_handler![bridge::call, bridge::watch, bridge::cancel])
        .setup(|app| {
            let setup = Setup { samples: Samples::Served, added: Vec::new(), folders: Folders::of_user() };
            let composed = block_on(compose(setup))?;
            app.manage(Bridge::new(composed));
            open(app)?;
            let app = app.handle().clone();
            spawn(async move {
                asked_to_end().await;
                // The ordered way out: what is remembered is written first.
                app.exit(0);
            });
            Ok(())
        })
        .run(tauri::generate_context!())
}

fn open(app: &tauri::App) -> Result<(), Box<dyn std::error::Error>> {
    let windows = &app.config().app.windows;
    let config = windows.first().ok_or("tauri.conf.json names no window")?;
    WebviewWindowBuilder::from_config(app, config)?
        .initialization_script(include_str!("zoom.js"))
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_document_title_changed(|window, title| {
            // A title is for people; a window without its new one is still a window.
            let _ = window.set_title(&title);
        })
        .on_page_load(|window, load| {
            // The page that asked is gone, and the new one counts its ids anew.
            if load.event() == PageLoadEvent::Started {
                window.state::<Bridge>().running.stop_all();
            }
        })
        .build()?;
    Ok(())
}

/// Whether a page belongs to this program: only such a page may be shown, whatever a link, a form, a script or a
/// dropped file wants.
fn is_ours(url: &Url) -> bool {
    // On Windows a page cannot have a scheme of its own.
    let (scheme, host) = if cfg!(windows) { ("http", "tauri.localhost") } else { ("tauri", "localhost") };
    url.scheme() == scheme
        && url.host_str() == Some(host)
        && url.port().is_none()
        && url.username().is_empty()
        && url.password().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(not(windows))]
    fn the_window_shows_our_own_pages_only() {
        for own in
            ["tauri://localhost", "tauri://localhost/", "tauri://localhost/r/ghcr.io/a/b:1/~manifest?q=1"]
        {
            assert!(is_ours(&own.parse().unwrap()), "{own}");
        }
        for foreign in [
            "https://evil.example/",
            "http://tauri.localhost/",
            "http://app.evil.example/",
            "tauri://evil.example/",
            "tauri://localhost:80/",
            "tauri://localhost.evil.example/",
            "tauri://evil@localhost/",
            "file:///etc/passwd",
            "data:text/html,hello",
            "about:blank",
            "javascript:alert(1)",
            "ipc://localhost/call",
        ] {
            assert!(!is_ours(&foreign.parse().unwrap()), "{foreign}");
        }
    }
}
