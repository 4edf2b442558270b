//! What is in the window, and where may it go?

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use host::{Certs, Folders, Samples, Setup, UserLogins, asked_to_end, compose};
use tauri::{
    AppHandle, Manager, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
    async_runtime::{block_on, spawn},
    webview::{NewWindowResponse, PageLoadEvent},
};
use tauri_plugin_window_state::StateFlags;

use crate::{
    bridge::{self, Bridge},
    engine, saving,
    single::Heard,
};

/// Size, place and whether it fills the screen are remembered; whether it is seen or has a frame is not a choice.
const REMEMBERED: StateFlags = StateFlags::SIZE.union(StateFlags::POSITION).union(StateFlags::MAXIMIZED);

/// Opens the window and stays until it is closed.
///
/// # Errors
/// The service or the window cannot start.
pub(crate) fn run(
    folders: Option<Folders>,
    screen: Option<String>,
    further: Option<Heard>,
) -> tauri::Result<()> {
    tauri::Builder::default()
        .plugin(tauri_plugin_window_state::Builder::new().with_state_flags(REMEMBERED).build())
        .invoke_handler(tauri::generate_handler![
            bridge::call,
            bridge::watch,
            bridge::cancel,
            saving::choose_place,
            saving::place_saved,
        ])
        .setup(move |app| {
            // It gets ready while the engine does, whose processes take longer to start. Not before the toolkit has
            // started, which changes the environment.
            let composed = spawn(compose(Setup {
                samples: Samples::Served,
                added: Vec::new(),
                folders,
                certs: Arc::new(Certs::of_user()),
                logins: Some(UserLogins::of_user()),
            }));
            app.manage(Shown::default());
            open(app, screen)?;
            // The page asks once this function has ended.
            app.manage(Bridge::new(block_on(composed)??));
            let app = app.handle().clone();
            if let Some(further) = further {
                let app = app.clone();
                further.tell(move |screen| come_to_front(&app, screen));
            }
            spawn(async move {
                asked_to_end().await;
                // The ordered way out: what is remembered is written first.
                app.exit(0);
            });
            Ok(())
        })
        .run(tauri::generate_context!())
}

fn open(app: &tauri::App, screen: Option<String>) -> Result<(), Box<dyn std::error::Error>> {
    let windows = &app.config().app.windows;
    let mut config = windows.first().ok_or("tauri.conf.json names no window")?.clone();
    if let Some(screen) = screen {
        config.url = WebviewUrl::App(screen.trim_start_matches('/').into());
    }
    let window = WebviewWindowBuilder::from_config(app, &config)?
        .initialization_script(include_str!("zoom.js"))
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_document_title_changed(|window, title| {
            // A title is for people; a window without its new one is still a window.
            let _ = window.set_title(&title);
        })
        .on_page_load(|window, load| {
            let shown = window.state::<Shown>();
            match load.event() {
                PageLoadEvent::Started => {
                    // The page that asked is gone, and the new one counts its ids anew.
                    if let Some(bridge) = window.try_state::<Bridge>() {
                        bridge.running.stop_all();
                    }
                    *shown.page() = Page::Loading(None);
                }
                PageLoadEvent::Finished => {
                    let before = std::mem::replace(&mut *shown.page(), Page::There);
                    if let Page::Loading(Some(screen)) = before {
                        go(&window, &screen);
                    }
                }
            }
        })
        .build()?;
    engine::watch(&window)?;
    Ok(())
}

/// What the window shows.
#[derive(Debug, Default)]
struct Shown(Mutex<Page>);

#[derive(Debug)]
enum Page {
    /// No page yet, and where to go when there is one.
    Loading(Option<String>),
    /// The app's page.
    There,
}

impl Default for Page {
    fn default() -> Self {
        Self::Loading(None)
    }
}

impl Shown {
    fn page(&self) -> MutexGuard<'_, Page> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Another start of this program was asked for a screen, or for nothing.
fn come_to_front(app: &AppHandle, screen: Option<String>) {
    let Some(window) = app.get_webview_window("main") else { return };
    // A window that cannot come to the front still shows what was asked for.
    let _ = window.unminimize();
    let _ = window.show();
    let _ = window.set_focus();
    let Some(screen) = screen else { return };
    let state = app.state::<Shown>();
    let mut page = state.page();
    match &mut *page {
        Page::Loading(next) => *next = Some(screen),
        Page::There => go(&window, &screen),
    }
}

/// Goes to a screen the way that links of the page do: without loading it anew, and with a way back.
fn go(window: &WebviewWindow, screen: &str) {
    let screen = serde_json::Value::from(screen);
    let script =
        format!("history.pushState(null, '', {screen}); dispatchEvent(new PopStateEvent('popstate'))");
    // A page that is being closed goes nowhere.
    let _ = window.eval(script);
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
