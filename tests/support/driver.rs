//! How is a window driven? Chromium by chromedriver, the desktop window by WebKitWebDriver.

use std::{
    fs::File,
    path::{Path, PathBuf},
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

/// The folder's file with what driver and window complained about.
const COMPLAINTS: &str = "complaints.txt";

/// A driver with its one session.
#[derive(Debug)]
pub struct Driver {
    /// The session.
    pub client: Client,
    /// The driver, in one process group with the window that it opened.
    pub running: Running,
    complaints: PathBuf,
}

impl Driver {
    /// What driver and window wrote to standard error so far.
    pub fn complaints(&self) -> String {
        std::fs::read_to_string(&self.complaints).unwrap_or_default()
    }
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
    session(&mut command, capabilities, profile.with_file_name(COMPLAINTS)).await
}

/// Opens the desktop window, on the display that `DISPLAY` names.
///
/// # Panics
/// If WebKitWebDriver or the program is missing or does not answer.
pub async fn desktop(program: &Path, home: &Path, proxy: Option<&str>) -> Driver {
    let mut command = Command::new("WebKitWebDriver");
    command.envs(proxied(proxy));
    command.envs([("TAURI_AUTOMATION", "true"), ("TAURI_WEBVIEW_AUTOMATION", "true"), ("NO_AT_BRIDGE", "1")]);
    for folder in ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"] {
        command.env(folder, home);
    }
    // No login of docker's of whoever runs the tests.
    command.env("DOCKER_CONFIG", home.join("docker")).env_remove("REGISTRY_AUTH_FILE");
    let capabilities = json!({ "webkitgtk:browserOptions": { "binary": program, "args": [] } });
    session(&mut command, capabilities, home.join(COMPLAINTS)).await
}

/// What a program's environment says of a proxy for plain http. What is on this machine is reached without it: drivers
/// talk to their window there.
pub(crate) fn proxied(proxy: Option<&str>) -> Vec<(&'static str, String)> {
    let set =
        |proxy: &str| vec![("http_proxy", proxy.to_owned()), ("no_proxy", "127.0.0.1,localhost".to_owned())];
    proxy.map(set).unwrap_or_default()
}

async fn session(command: &mut Command, capabilities: Value, complaints: PathBuf) -> Driver {
    let port = free_port();
    let file = File::create(&complaints).expect("a file for complaints");
    command.arg(format!("--port={port}")).stdout(Stdio::null()).stderr(file);
    let running = Running::start(command);
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
    Driver { client, running, complaints }
}
