//! P1 and P2: how soon is a long list of tags there, whole and in its first rows?

use std::process::Command;

use e2e::peers::Peer;
use serde_json::json;

use crate::{
    browser::Browser,
    figure::{Figure, Goal, Line, runs},
    peers::{Client, cached, installed, timed},
    proxy::Proxy,
    store::{BEGINNING, REPOSITORY, TAGS},
};

/// A contestant: the line, and the command where it can run.
struct Contestant {
    line: Line,
    command: Option<Command>,
}

fn contestant(client: Result<Client, String>, name: &str, arguments: &[&str]) -> Contestant {
    match client {
        Ok(client) => {
            let (command, text) = client.command(arguments);
            Contestant { line: Line::new(client.name, text, "s"), command: Some(command) }
        }
        Err(why) => Contestant { line: Line::missing(name, why), command: None },
    }
}

/// Every client that lists tags; ours first, then crane.
fn contestants(address: &str) -> Vec<Contestant> {
    let whole = format!("{address}/{REPOSITORY}");
    let request = json!({ "registry": address, "repository": REPOSITORY }).to_string();
    let mut ours = Command::new(e2e::app::program("ociscope"));
    ours.args(["watch", "list_tags", &request]);
    let text = format!("ociscope watch list_tags '{request}'");
    let ours = Contestant { line: Line::new("ociscope", text, "s"), command: Some(ours) };
    let skopeo = format!("docker://{whole}");
    let host = format!("reg={address},tls=disabled");
    vec![
        ours,
        contestant(cached("crane-v0.22.1", "crane"), "crane", &["ls", "--insecure", &whole]),
        contestant(installed("skopeo"), "skopeo", &["list-tags", "--tls-verify=false", &skopeo]),
        contestant(cached("oras-v1.3.3", "oras"), "oras", &["repo", "tags", "--plain-http", &whole]),
        contestant(cached("regctl-v0.11.7", "regctl"), "regctl", &["--host", &host, "tag", "ls", &whole]),
    ]
}

/// Runs one client; its time, if it gave every tag.
fn listed(command: &mut Command) -> Result<f64, String> {
    let (time, output) = timed(command)?;
    let tags = output.windows(BEGINNING.len()).filter(|part| *part == BEGINNING.as_bytes()).count();
    if tags == TAGS { Ok(time) } else { Err(format!("it gave {tags} of {TAGS} tags")) }
}

/// P1.
pub(crate) async fn whole(registry: &Peer) -> Result<Figure, String> {
    let mut all = contestants(&registry.address);
    for round in 0..=runs() {
        for contestant in &mut all {
            let Some(command) = &mut contestant.command else { continue };
            let outcome = listed(command);
            // The first round warms the registry's and the system's caches for everybody.
            if round > 0 || outcome.is_err() {
                contestant.line.add(outcome);
            }
        }
    }
    let mut figure =
        Figure::new("P1", format!("all {TAGS} tags of a repository on distribution v3.1.2, to the end"));
    figure.lines = all.into_iter().map(|contestant| contestant.line).collect();
    let ours = figure.lines[0].median();
    let crane = figure.lines[1].median();
    let fastest = figure.lines[1..].iter().filter_map(Line::median).min_by(f64::total_cmp);
    figure.goals = vec![
        Goal::ratio("at most 1.2 times the fastest client", ours, fastest, 1.2),
        Goal::ratio("at most 0.12 times crane", ours, crane, 0.12),
    ];
    figure.lines.push(Line::missing("zot", "it is not among the peers that are made here"));
    Ok(figure)
}

/// Clicks on the repository and waits until fifty rows are within the window and painted. Gives when, in milliseconds
/// of the system's clock: the click, and the rows.
const FIFTY_ROWS: &str = "
const clock = () => performance.timeOrigin + performance.now();
const within = row => { const box = row.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight };
return new Promise(done => {
    const clicked = clock();
    const look = () => requestAnimationFrame(() => {
        const rows = [...document.querySelectorAll('[data-testid=tag-row]')].filter(within);
        if (rows.length < 50) return look();
        const after = new MessageChannel();
        after.port1.onmessage = () => done([clicked, clock()]);
        after.port2.postMessage(null);
    });
    look();
    document.querySelector(`[data-testid=repository-row][data-name='${arguments[0]}']`).click();
    setTimeout(() => done(null), 20000);
})";

/// P2.
pub(crate) async fn first_rows(registry: &Peer) -> Result<Figure, String> {
    let proxy = Proxy::before(&registry.address).await;
    let mut painted =
        Line::new("ociscope, after the first byte", "a click on the repository, in Chromium", "ms");
    let mut clicked = Line::new("ociscope, after the click", "the same", "ms");
    let skopeo = format!("docker://{}/{REPOSITORY}", registry.address);
    let mut peer = contestant(installed("skopeo"), "skopeo", &["list-tags", "--tls-verify=false", &skopeo]);
    peer.line.unit = "ms";
    let mut browser = Browser::open(1440, 2000).await;
    browser.add(&proxy.address).await;
    for round in 0..=runs() {
        browser.page.open(&format!("/r/{}", proxy.address)).await;
        browser.page.find(&format!("repository-row [data-name=\"{REPOSITORY}\"]")).await;
        proxy.clear();
        let seen = browser.run(FIFTY_ROWS, &[REPOSITORY.into()]).await;
        let list = proxy.exchanges().into_iter().find(|it| it.target.contains("/tags/list"));
        let first = list.and_then(|it| it.first_byte);
        let times = seen[0].as_f64().zip(seen[1].as_f64()).zip(first);
        let times = times.ok_or_else(|| "fifty rows never stood in the window".to_owned());
        let theirs = peer.command.as_mut().map(|command| listed(command).map(|time| time * 1000.0));
        if round > 0 {
            painted.add(times.clone().map(|((_, rows), first)| rows - first));
            clicked.add(times.map(|((click, rows), _)| rows - click));
            if let Some(theirs) = theirs {
                peer.line.add(theirs);
            }
        }
    }
    browser.close().await;
    let mut figure =
        Figure::new("P2", "the first 50 tags of that repository, painted, in a window of 1440x2000");
    figure.goals = vec![
        Goal::most("at most 100 ms after the first byte", painted.median(), 100.0),
        Goal::ratio("sooner than skopeo has listed them", clicked.median(), peer.line.median(), 1.0),
    ];
    figure.lines = vec![painted, clicked, peer.line];
    Ok(figure)
}
