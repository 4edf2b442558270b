//! Which app is a journey made in? The same steps run in Chromium over the web host and in the desktop window.

use std::{
    env,
    panic::AssertUnwindSafe,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use futures_util::FutureExt;

use crate::{
    driver::{self, Driver},
    page::Page,
    process::Running,
};

/// Where journeys are made: `OCISCOPE_JOURNEYS_IN`, `chromium` unless it says `desktop`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// Headless Chromium over `ociscope`.
    Chromium,
    /// The window of `ociscope-desktop`.
    Desktop,
}

/// The window that this run is about.
pub fn window() -> Window {
    match env::var("OCISCOPE_JOURNEYS_IN").as_deref() {
        Ok("desktop") => Window::Desktop,
        _ => Window::Chromium,
    }
}

/// The app, running, with a page open on its home screen.
#[derive(Debug)]
pub struct App {
    /// Its window.
    pub page: Page,
    /// The web host, where there is one.
    pub host: Option<Running>,
    /// What drives it.
    pub driver: Driver,
    home: tempfile::TempDir,
}

impl App {
    /// The folder that holds all that the app keeps.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The folder in which Chromium puts what is downloaded; it makes it with the first file.
    pub fn downloads(&self) -> PathBuf {
        self.home.path().join(driver::DOWNLOADS)
    }
}

/// So often a journey is made anew after the engine crashed under it.
const AGAIN: usize = 2;

/// Makes a journey: starts the app, takes the steps, and on failure says what the window showed.
///
/// A failure is a failure, but for one: where the process of the engine that draws the page crashed (WebKitGTK's does
/// now and then), the steps prove nothing either way, and are taken once more in a new window.
pub async fn journey(steps: impl AsyncFnMut(&mut App)) {
    journey_from(|_| (), steps).await;
}

/// The same, from a home that is prepared before the app starts; all of its folders are that one.
pub async fn journey_from(prepare: impl Fn(&Path), steps: impl AsyncFnMut(&mut App)) {
    journey_behind(None, prepare, steps).await;
}

/// The same, and the app's host reaches registries that are not on this machine through a proxy, which may stand in for
/// them: `http://127.0.0.1:PORT`.
pub async fn journey_behind(
    proxy: Option<&str>,
    prepare: impl Fn(&Path),
    mut steps: impl AsyncFnMut(&mut App),
) {
    for left in (0..=AGAIN).rev() {
        let mut app = open(&prepare, proxy).await;
        let journey = async {
            app.page.find("home").await;
            steps(&mut app).await;
        };
        let Err(panic) = AssertUnwindSafe(journey).catch_unwind().await else {
            let closed = app.driver.client.clone().close().await;
            assert!(
                closed.is_ok() || app.driver.complaints().contains(CRASHED),
                "the window closes: {closed:?}"
            );
            return;
        };
        report(&app).await;
        let _ = app.driver.client.clone().close().await;
        if left == 0 || !app.driver.complaints().contains(CRASHED) {
            std::panic::resume_unwind(panic);
        }
        eprintln!("---- the engine crashed, which is not the app's doing: once more in a new window");
    }
}

/// What the desktop program says when that happened.
const CRASHED: &str = "The process that draws the page ended";

async fn open(prepare: &impl Fn(&Path), proxy: Option<&str>) -> App {
    let home = tempfile::tempdir().expect("a temporary folder");
    prepare(home.path());
    match window() {
        Window::Chromium => {
            let (host, url) = web_host_behind(proxy, home.path(), 0);
            let driver = driver::chromium(&home.path().join("profile")).await;
            let origin = url.split("/#").next().unwrap_or(&url).to_owned();
            driver.client.goto(&url).await.expect("the web host answers");
            let page = Page { client: driver.client.clone(), origin };
            App { page, host: Some(host), driver, home }
        }
        Window::Desktop => {
            let driver = driver::desktop(&program("ociscope-desktop"), home.path(), proxy).await;
            let page = Page { client: driver.client.clone(), origin: "tauri://localhost".to_owned() };
            App { page, host: None, driver, home }
        }
    }
}

/// Starts the web host; gives it and the URL that it printed, token included. Port 0 leaves the choice to it.
///
/// # Panics
/// If it does not start or prints no URL.
pub fn web_host(home: &Path, port: u16) -> (Running, String) {
    web_host_behind(None, home, port)
}

fn web_host_behind(proxy: Option<&str>, home: &Path, port: u16) -> (Running, String) {
    let mut command = Command::new(program("ociscope"));
    command.envs(driver::proxied(proxy));
    command.arg("--ui").arg(ui()).stdout(Stdio::piped());
    if port != 0 {
        command.args(["--port", &port.to_string()]);
    }
    for folder in ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"] {
        command.env(folder, home);
    }
    // No login of docker's of whoever runs the tests.
    command.env("DOCKER_CONFIG", home.join("docker")).env_remove("REGISTRY_AUTH_FILE");
    let mut host = Running::start(&mut command);
    let line = host.line(|line| line.contains("http://"));
    let url = line.split_whitespace().find(|word| word.starts_with("http://")).expect("the line has a URL");
    (host, url.to_owned())
}

/// A program of this workspace: in the folder that `OCISCOPE_BIN` names, else beside the test's own folder.
///
/// # Panics
/// If it was not built.
pub fn program(name: &str) -> PathBuf {
    let folder = env::var_os("OCISCOPE_BIN").map(PathBuf::from).unwrap_or_else(|| {
        let test = env::current_exe().expect("a test knows its own path");
        test.ancestors().nth(2).expect("tests are built two folders deep").to_owned()
    });
    let path = folder.join(name);
    assert!(path.exists(), "{} is not built: run the tests by `cargo xtask test`", path.display());
    path
}

fn ui() -> PathBuf {
    env::var_os("OCISCOPE_UI")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/dist"), PathBuf::from)
}

async fn report(app: &App) {
    let page = &app.page;
    let url = match page.client.current_url().await {
        Ok(url) => url.to_string(),
        Err(error) => format!("no address ({error})"),
    };
    let text = page.client.execute("return document.body ? document.body.innerText : ''", Vec::new()).await;
    let shown = text.map_or_else(
        |error| format!("nothing ({error})"),
        |text| text.as_str().unwrap_or_default().to_owned(),
    );
    let complaints = app.driver.complaints();
    eprintln!(
        "---- the window was at {url} and showed:\n{shown}\n---- it and its driver complained:\n{complaints}\n----"
    );
}
