//! P12 and P13: how soon is the desktop window there, and how much memory does it take, beside Chromium's?

use std::{
    env,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use e2e::{
    app::{program, web_host},
    peers::Peer,
    process::Running,
};
use fake_registry::{Behaviour, FakeRegistry};
use tempfile::TempDir;

use crate::{
    browser::remember,
    figure::{Figure, Goal, Line, runs},
    memory,
    peers::installed,
    proxy::Proxy,
    store,
};

/// A window that does not show its list by then never will.
const LIMIT: Duration = Duration::from_secs(20);
/// After so long with its list, a window has come to rest.
const REST: Duration = Duration::from_secs(5);

/// A folder for what both hosts keep, and a profile of Chromium.
struct Home(TempDir);

impl Home {
    fn path(&self) -> &Path {
        self.0.path()
    }

    /// The desktop program with a reference, as a person would start it.
    fn desktop(&self, reference: &str) -> Command {
        let mut command = Command::new(program("ociscope-desktop"));
        command.arg(reference).env("NO_AT_BRIDGE", "1");
        for folder in ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"] {
            command.env(folder, self.path());
        }
        quietly(command)
    }

    /// Chromium as a window without a browser around it, on the same page over the web host.
    fn chromium(&self, url: &str, reference: &str) -> Command {
        let (origin, token) = url.split_once("/#").unwrap_or((url, ""));
        let mut command = Command::new("chromium");
        command.arg(format!("--app={origin}/r/{reference}#{token}"));
        command.arg(format!("--user-data-dir={}", self.path().join("window").display()));
        command.args(["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]);
        command.args(["--disable-component-update", "--disable-sync", "--window-size=1440,900"]);
        quietly(command)
    }
}

fn quietly(mut command: Command) -> Command {
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .env_remove("WAYLAND_DISPLAY")
        .env("GDK_BACKEND", "x11");
    command
}

/// Starts a window and waits until its rows ask for what they show: then they stand on the screen.
async fn until_rows(mut command: Command, asked: impl Fn() -> bool) -> Result<(Running, f64), String> {
    let start = Instant::now();
    let running = Running::start(&mut command);
    while !asked() {
        if start.elapsed() > LIMIT {
            return Err(format!("no row was there after {} s", LIMIT.as_secs()));
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    Ok((running, start.elapsed().as_secs_f64() * 1000.0))
}

fn display() -> Result<(), String> {
    match env::var_os("DISPLAY") {
        Some(_) => Ok(()),
        None => Err("there is no display; cargo xtask bench makes one in memory".to_owned()),
    }
}

/// P12.
pub(crate) async fn start() -> Result<Figure, String> {
    display()?;
    let chromium = installed("chromium")?;
    let registry = FakeRegistry::start(Behaviour::default()).await.map_err(|error| error.to_string())?;
    for number in 0..1000 {
        store::put(registry.store(), "bench/start", &format!("v{number}"), number % 20);
    }
    let reference = format!("{}/bench/start", registry.address());
    let home = Home(tempfile::tempdir().map_err(|error| error.to_string())?);
    remember(home.path(), &registry.address().to_string()).await;
    let mut ours = Line::new("ociscope-desktop", format!("ociscope-desktop {reference}"), "ms");
    let mut theirs = Line::new(
        format!("{} --app", chromium.name),
        format!("chromium --app=…/r/{reference}, the web host running"),
        "ms",
    );
    let asked =
        || registry.requests().iter().any(|it| it.method == "HEAD" && it.path.contains("/manifests/"));
    for round in 0..=runs() {
        registry.clear_requests();
        let outcome = until_rows(home.desktop(&reference), asked).await.map(|(_, time)| time);
        add(&mut ours, round, outcome);
        // A host of its own, so that nothing is known from the round before.
        let (host, url) = web_host(home.path(), 0);
        registry.clear_requests();
        let outcome = until_rows(home.chromium(&url, &reference), asked).await.map(|(_, time)| time);
        add(&mut theirs, round, outcome);
        drop(host);
    }
    let mut figure =
        Figure::new("P12", "from the start of the program to the rows of a list, the second time and later");
    figure.goals = vec![
        Goal::ratio("at most 1.2 times chromium --app", ours.median(), theirs.median(), 1.2),
        Goal::most("at most 700 ms", ours.median(), 700.0),
    ];
    figure.lines = vec![ours, theirs];
    figure.notes.push(
        "rows are there when the registry hears the first of their HEADs; the first round is not counted"
            .to_owned(),
    );
    Ok(figure)
}

/// The first round warms the caches.
fn add(line: &mut Line, round: usize, outcome: Result<f64, String>) {
    if round > 0 || outcome.is_err() {
        line.add(outcome);
    }
}

/// P13.
pub(crate) async fn rest(registry: &Peer) -> Result<Figure, String> {
    display()?;
    let chromium = installed("chromium")?;
    let proxy = Proxy::before(&registry.address).await;
    let reference = format!("{}/{}", proxy.address, store::REPOSITORY);
    let home = Home(tempfile::tempdir().map_err(|error| error.to_string())?);
    remember(home.path(), &proxy.address).await;
    let mut ours = Line::new("ociscope-desktop", format!("ociscope-desktop {reference}"), "MB");
    let mut theirs =
        Line::new(format!("{} --app", chromium.name), format!("chromium --app=…/r/{reference}"), "MB");
    let mut host_too = Line::new("the same and the web host", "both together", "MB");
    let asked = || proxy.exchanges().iter().any(|it| it.method == "HEAD");
    for _ in 0..runs() {
        proxy.clear();
        let window = until_rows(home.desktop(&reference), asked).await;
        tokio::time::sleep(REST).await;
        ours.add(window.and_then(|(running, _)| memory::pss(running.id())));
        let (host, url) = web_host(home.path(), 0);
        proxy.clear();
        let window = until_rows(home.chromium(&url, &reference), asked).await;
        tokio::time::sleep(REST).await;
        let own = window.and_then(|(running, _)| memory::pss(running.id()));
        host_too.add(own.clone().and_then(|own| Ok(own + memory::pss(host.id())?)));
        theirs.add(own);
    }
    let mut figure = Figure::new(
        "P13",
        "memory at rest with a list of 50,000 tags open (proportional set size of all processes)",
    );
    figure.goals = vec![Goal::ratio("at most 0.8 times chromium --app", ours.median(), theirs.median(), 0.8)];
    figure.lines = vec![ours, theirs, host_too];
    Ok(figure)
}
