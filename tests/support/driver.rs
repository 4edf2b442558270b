//! How is a window driven? Chromium by chromedriver, the desktop window by WebKitWebDriver.

use std::{
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};

use crate::{
    process::{Running, free_port},
    wait::until,
};

/// The folder of Chromium's downloads, beside its profile.
pub const DOWNLOADS: &str = "downloads";

/// A driver with its one session.
#[derive(Debug)]
pub struct Driver {
    /// The session.
    pub client: Client,
    _driver: Running,
}

/// Opens headless Chromium, which puts downloads into a folder beside its profile.
///
/// # Panics
/// If chromedriver or Chromium is missing or does not answer.
pub async fn chromium(profile: &Path) -> Driver {
    let arguments = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--window-size=1440,900",
        &format!("--user-data-dir={}", profile.display()),
    ];
    let mut command = Command::new("chromedriver");
    let downloads = profile.with_file_name(DOWNLOADS);
    let preferences =
        json!({ "download.default_directory": downloads, "download.prompt_for_download": false });
    let capabilities = json!({ "goog:chromeOptions": { "args": arguments, "prefs": preferences } });
    session(&mut command, |port| format!("--port={port}"), capabilities).await
}

/// Opens the desktop window, on the display that `DISPLAY` names.
///
/// # Panics
/// If WebKitWebDriver or the program is missing or does not answer.
pub async fn desktop(program: &Path, home: &Path) -> Driver {
    let mut command = Command::new("WebKitWebDriver");
    command.envs([("TAURI_AUTOMATION", "true"), ("TAURI_WEBVIEW_AUTOMATION", "true"), ("NO_AT_BRIDGE", "1")]);
    for folder in ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"] {
        command.env(folder, home);
    }
    let capabilities = json!({ "webkitgtk:browserOptions": { "binary": program, "args": [] } });
    session(&mut command, |port| format!("--port={port}"), capabilities).await
}

async fn session(command: &mut Command, port_argument: fn(u16) -> String, capabilities: Value) -> Driver {
    let port = free_port();
    command.arg(port_argument(port)).stdout(Stdio::null()).stderr(Stdio::null());
    let driver = Running::start(command);
    let address = format!("http://127.0.0.1:{port}");
    until("the driver answers", async || {
        tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok().then_some(())
    })
    .await;
    let capabilities: Map<String, Value> = capabilities.as_object().cloned().unwrap_or_default();
    let mut builder = ClientBuilder::new(HttpConnector::new());
    let connecting = builder.capabilities(capabilities).connect(&address);
    let client = tokio::time::timeout(Duration::from_secs(60), connecting)
        .await
        .expect("the driver opens a window within a minute")
        .unwrap_or_else(|error| panic!("the driver opens no window: {error}"));
    Driver { client, _driver: driver }
}
