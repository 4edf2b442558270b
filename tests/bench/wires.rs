//! P9 and P10: what does a screen ask a registry for?

use std::time::Duration;

use e2e::peers::Peer;
use fake_registry::{Behaviour, FakeRegistry};

use crate::{
    browser::Browser,
    figure::{Figure, Goal, Line, runs},
    peers::{Client, cached, installed, timed},
    proxy::{Exchange, Proxy},
    store::{self, REPOSITORY},
};

/// After so long without a request, a screen has asked for everything.
const QUIET: Duration = Duration::from_millis(1500);

/// Waits until nothing is asked any more.
async fn quiet(mut asked: impl FnMut() -> usize) {
    let mut before = usize::MAX;
    while asked() != before {
        before = asked();
        tokio::time::sleep(QUIET).await;
    }
}

/// What one client needed.
struct Wire {
    requests: Line,
    bytes: Line,
    connections: Line,
}

impl Wire {
    fn new(name: &str, command: &str) -> Self {
        let line = |what: &str, unit| Line::new(format!("{name}{what}"), command, unit);
        Self {
            requests: line("", "requests"),
            bytes: line(", bodies", "kB"),
            connections: line(", over", "connections"),
        }
    }

    fn add(&mut self, exchanges: &[Exchange]) {
        let bytes: u64 = exchanges.iter().map(|it| it.bytes).sum();
        let mut connections: Vec<usize> = exchanges.iter().map(|it| it.connection).collect();
        connections.sort_unstable();
        connections.dedup();
        self.requests.add(Ok(count(exchanges.len())));
        self.bytes.add(Ok(bytes as f64 / 1000.0));
        self.connections.add(Ok(count(connections.len())));
    }

    fn lines(self) -> [Line; 3] {
        [self.requests, self.bytes, self.connections]
    }
}

fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::INFINITY, f64::from)
}

fn said(exchanges: &[Exchange]) -> String {
    let line = |it: &Exchange| format!("{} {} {} ({} bytes)", it.method, it.target, it.status, it.bytes);
    exchanges.iter().map(line).collect::<Vec<_>>().join(", ")
}

/// P9.
pub(crate) async fn manifest(registry: &Peer) -> Result<Figure, String> {
    let proxy = Proxy::before(&registry.address).await;
    let reference = format!("{}/{REPOSITORY}:{}", proxy.address, store::tag(7));
    let mut figure = Figure::new("P9", "one image of a repository of 50,000 tags, shown with its config");
    let mut first = Wire::new("ociscope", "a link to its config, opened in Chromium");
    let mut again = Wire::new("ociscope, again", "the same link once more");
    for run in 0..runs() {
        let fresh = Browser::open(1440, 900).await;
        fresh.add(&proxy.address).await;
        quiet(|| proxy.exchanges().len()).await;
        for (visit, wire) in [&mut first, &mut again].into_iter().enumerate() {
            proxy.clear();
            fresh.page.open(&format!("/r/{reference}/~config")).await;
            fresh.page.see("config-platform", "linux/amd64").await;
            quiet(|| proxy.exchanges().len()).await;
            let exchanges = proxy.exchanges();
            if run == 0 {
                let which = ["first visit", "second visit"][visit];
                figure.notes.push(format!("{which}: {}", said(&exchanges)));
            }
            wire.add(&exchanges);
        }
        fresh.close().await;
    }
    let skopeo = format!("docker://{reference}");
    let host = format!("reg={},tls=disabled", proxy.address);
    let regctl = cached("regctl-v0.11.7", "regctl");
    let peers: [(&str, Result<Client, String>, Vec<&str>); 4] = [
        ("regctl", regctl, vec!["--host", &host, "image", "inspect", &reference]),
        ("oras", cached("oras-v1.3.3", "oras"), vec!["manifest", "fetch-config", "--plain-http", &reference]),
        ("crane", cached("crane-v0.22.1", "crane"), vec!["config", "--insecure", &reference]),
        ("skopeo", installed("skopeo"), vec!["inspect", "--tls-verify=false", &skopeo]),
    ];
    let (mut others, mut missing) = (Vec::new(), Vec::new());
    for (name, client, arguments) in peers {
        match client {
            Ok(client) => {
                let (_, text) = client.command(&arguments);
                let mut wire = Wire::new(&client.name, &text);
                for _ in 0..runs() {
                    proxy.clear();
                    timed(&mut client.command(&arguments).0)?;
                    wire.add(&proxy.exchanges());
                }
                others.push(wire);
            }
            Err(why) => missing.push(Line::missing(name, why)),
        }
    }
    figure.goals = vec![
        Goal::most("2 requests", first.requests.median(), 2.0),
        Goal::most("on one connection", first.connections.median(), 1.0),
        Goal::most("a second visit moves no body", again.bytes.median(), 0.0),
    ];
    figure.lines = first.lines().into_iter().chain(again.lines()).collect();
    figure.lines.extend(others.into_iter().flat_map(Wire::lines));
    figure.lines.extend(missing);
    Ok(figure)
}

/// How many tags P10's repository has.
const ROWS: usize = 100;

/// P10.
pub(crate) async fn rows() -> Result<Figure, String> {
    let registry = FakeRegistry::start(Behaviour::default()).await.map_err(|error| error.to_string())?;
    for number in 0..ROWS {
        store::put(registry.store(), "bench/rows", &format!("v{number}"), number);
    }
    let address = registry.address().to_string();
    let line = |what: &str| {
        Line::new(format!("ociscope, {what}"), "the repository's page, opened in Chromium", "requests")
    };
    let (mut names, mut heads, mut reads, mut seen) =
        (line("for names"), line("for the rows, HEAD"), line("for details, GET"), line("rows on screen"));
    seen.unit = "rows";
    for _ in 0..runs() {
        let mut browser = Browser::open(1440, 900).await;
        browser.add(&address).await;
        quiet(|| registry.requests().len()).await;
        registry.clear_requests();
        browser.page.open(&format!("/r/{address}/bench/rows")).await;
        browser.page.find("tag-row").await;
        quiet(|| registry.requests().len()).await;
        let requests = registry.requests();
        let of = |method: &str, part: &str| {
            count(requests.iter().filter(|it| it.method == method && it.path.contains(part)).count())
        };
        names.add(Ok(of("GET", "/tags/list")));
        heads.add(Ok(of("HEAD", "/manifests/")));
        reads.add(Ok(of("GET", "/manifests/") + of("GET", "/blobs/")));
        let within = "const box = document.querySelector('[data-testid=tag-list]').getBoundingClientRect(); \
            return [...document.querySelectorAll('[data-testid=tag-row]')].filter(row => { \
            const it = row.getBoundingClientRect(); return it.bottom > box.top && it.top < box.bottom }).length";
        seen.add(browser.run(within, &[]).await.as_f64().ok_or_else(|| "no rows".to_owned()));
        browser.close().await;
    }
    let mut figure = Figure::new("P10", format!("a page of {ROWS} tags, each of its own digest"));
    let up_to_types = names.median().zip(heads.median()).map(|(names, heads)| names + heads);
    figure.goals = vec![
        Goal::most("one request for names", names.median(), 1.0),
        Goal::most("at most 40 requests up to glyph and type of what is on screen", up_to_types, 40.0),
        Goal::ratio("every row on screen has its glyph and type", seen.median(), heads.median(), 1.0),
        Goal::ratio("at most 3 GETs for each digest on screen", reads.median(), seen.median(), 3.0),
    ];
    figure.lines = vec![
        names,
        heads,
        reads,
        seen,
        Line::missing("Joxit docker-registry-ui", "it is not among the peers that are made here"),
    ];
    Ok(figure)
}
