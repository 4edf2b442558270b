//! P14: does a list of 100,000 tags run smoothly?

use fake_registry::{Behaviour, FakeRegistry};
use serde_json::Value;

use crate::{
    browser::Browser,
    figure::{Figure, Goal, Line, percentile, runs},
};

const ROWS: usize = 100_000;

/// Throws the list to and fro for ten seconds, always faster than one screen in a frame is slow. Gives the times between
/// frames, the long tasks, and the most rows that were drawn at once.
const FLING: &str = "
const list = document.querySelector('[data-testid=tag-list]');
const scroller = (function find(it) { return it.scrollHeight > it.clientHeight + 1 ? it : find(it.parentElement) })(list);
const long = [], frames = []; let most = 0;
const watcher = new PerformanceObserver(seen => long.push(...seen.getEntries().map(it => it.duration)));
watcher.observe({ type: 'longtask' });
return new Promise(done => {
    const start = performance.now(); let before = null, speed = 0;
    const frame = now => {
        if (before !== null) frames.push(now - before);
        before = now;
        const passed = now - start, fling = passed % 1000;
        if (passed > 10000) { watcher.disconnect(); return done({ frames, long, most, height: scroller.scrollHeight }) }
        // A flick each second: 9,000 px/s that die away, down for three of them, then up.
        speed = 150 * Math.exp(-fling / 400) * (Math.floor(passed / 3000) % 2 ? -1 : 1);
        scroller.scrollTop += speed;
        most = Math.max(most, document.querySelectorAll('[data-testid=tag-row]').length);
        requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
})";

/// Types a word, a letter at a time. Gives for each letter the milliseconds until the rows that fit are laid out.
const TYPE: &str = "
const field = document.querySelector('[data-testid=tag-filter]');
const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
const rows = () => document.querySelector('[data-testid=tag-foot], [data-testid=tag-count]')?.parentElement;
const times = [];
return (async () => {
    for (const word of ['build-0777', 'rc', '9']) for (let length = 0; length <= word.length; length++) {
        const start = performance.now();
        write.call(field, word.slice(0, length));
        let changed = false;
        const watcher = new MutationObserver(() => { changed = true });
        watcher.observe(document.querySelector('main'), { subtree: true, childList: true, characterData: true, attributes: true });
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
        // Until the page has answered: its own tasks come before the message.
        while (!changed && performance.now() - start < 400) await new Promise(next => { const it = new MessageChannel(); it.port1.onmessage = next; it.port2.postMessage(null) });
        document.body.offsetHeight;
        if (changed) times.push(performance.now() - start);
        watcher.disconnect();
        await new Promise(next => setTimeout(next, 250));
    }
    return times;
})()";

/// The same list as every row in the page, without a window over it.
const NAIVE: &str = "
document.body.replaceChildren(); document.body.style.cssText = 'overflow: auto; height: 100vh; display: block';
for (let row = 0; row < 100000; row++) { const it = document.createElement('div'); it.textContent = `build-${row}`; it.style.height = '28px'; document.body.append(it) }
const frames = [];
return new Promise(done => {
    const start = performance.now(); let before = null;
    const frame = now => {
        if (before !== null) frames.push(now - before);
        before = now;
        const passed = now - start, fling = passed % 1000;
        if (passed > 10000) return done({ frames });
        document.body.scrollTop += 150 * Math.exp(-fling / 400) * (Math.floor(passed / 3000) % 2 ? -1 : 1);
        requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
})";

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().into_iter().flatten().filter_map(Value::as_f64).collect()
}

/// P14.
pub(crate) async fn fling() -> Result<Figure, String> {
    let registry = FakeRegistry::start(Behaviour::default()).await.map_err(|error| error.to_string())?;
    let digest = registry.store().put_manifest(
        "bench/rows",
        None,
        "application/vnd.oci.image.index.v1+json",
        "{\"schemaVersion\":2,\"manifests\":[]}",
    );
    for number in 0..ROWS {
        registry.store().put_tag("bench/rows", &format!("build-{number}"), &digest);
    }
    let address = registry.address().to_string();
    let how = "the list thrown for ten seconds, in headless Chromium";
    let line = |what: &str, unit| Line::new(format!("ociscope, {what}"), how, unit);
    let (mut p95, mut p99) = (line("95 of 100 frames within", "ms"), line("99 of 100 frames within", "ms"));
    let (mut long, mut most) = (line("tasks over 50 ms", "tasks"), line("rows in the page at once", "rows"));
    let mut typed =
        Line::new("ociscope, filter at a key, slowest", "three words typed, letter by letter", "ms");
    let mut typed_median = Line::new("ociscope, filter at a key, median", "the same", "ms");
    let mut naive =
        Line::new("every row in the page, 95 of 100", "a plain page of 100,000 rows, thrown alike", "ms");
    for _ in 0..runs() {
        let mut browser = Browser::open(1440, 900).await;
        browser.add(&address).await;
        browser.page.open(&format!("/r/{address}/bench/rows")).await;
        browser.page.see("tag-count", "100,000").await;
        browser.page.find("tag-row").await;
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        browser.page.client.update_timeouts(patient()).await.map_err(|error| error.to_string())?;
        let seen = browser.run(FLING, &[]).await;
        let frames = numbers(&seen["frames"]);
        let none = || "the list was not thrown".to_owned();
        p95.add(percentile(&frames, 95).ok_or_else(none));
        p99.add(percentile(&frames, 99).ok_or_else(none));
        let over = numbers(&seen["long"]).into_iter().filter(|time| *time > 50.0).count();
        long.add(seen["long"].is_array().then_some(over as f64).ok_or_else(none));
        most.add(seen["most"].as_f64().ok_or_else(none));
        let times = numbers(&browser.run(TYPE, &[]).await);
        typed.add(percentile(&times, 100).ok_or_else(|| "nothing changed at a key".to_owned()));
        typed_median.add(percentile(&times, 50).ok_or_else(|| "nothing changed at a key".to_owned()));
        browser.page.client.goto("about:blank").await.map_err(|error| error.to_string())?;
        let frames = numbers(&browser.run(NAIVE, &[]).await["frames"]);
        naive.add(percentile(&frames, 95).ok_or_else(none));
        browser.close().await;
    }
    let mut figure = Figure::new("P14", format!("a list of {ROWS} tags, thrown and filtered"));
    figure.goals = vec![
        // A frame of 60 a second, as the browser's clock rounds it.
        Goal::most(
            "95 of 100 frames within 16.7 ms",
            p95.median().map(|time| (time * 10.0).round() / 10.0),
            16.7,
        ),
        Goal::most("no task over 50 ms", long.median(), 0.0),
        Goal::most("at most 80 rows in the page", most.median(), 80.0),
        Goal::most("at most 30 ms at a key", typed.median(), 30.0),
    ];
    figure.lines = vec![p95, p99, naive, long, most, typed, typed_median];
    Ok(figure)
}

fn patient() -> fantoccini::wd::TimeoutConfiguration {
    let minute = std::time::Duration::from_secs(60);
    fantoccini::wd::TimeoutConfiguration::new(Some(minute), Some(minute), None)
}
