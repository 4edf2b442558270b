//! Can everybody use it: with a screen reader, with other colours, without movement?

use e2e::{
    app::{App, Window, journey, window},
    axe, cdp,
    page::Page,
};
use fake_registry::{Behaviour, FakeRegistry, Fault, Times};
use fantoccini::key::Key;

use crate::add;

/// A screen, the element that says that it is there, and the keys that lead to what is judged.
struct Screen {
    path: String,
    sign: &'static str,
    keys: Vec<String>,
    /// What is clicked.
    click: Option<&'static str>,
    /// What keys and click open.
    over: Option<&'static str>,
}

fn screen(path: impl Into<String>, sign: &'static str) -> Screen {
    Screen { path: path.into(), sign, keys: Vec::new(), click: None, over: None }
}

fn with_keys(path: &str, sign: &'static str, keys: &[&str], over: &'static str) -> Screen {
    let keys = keys.iter().map(|&keys| keys.to_owned()).collect();
    Screen { keys, over: Some(over), ..screen(path, sign) }
}

/// What a click on an element opens.
fn opened(path: &str, sign: &'static str, click: &'static str, over: &'static str) -> Screen {
    Screen { click: Some(click), over: Some(over), ..screen(path, sign) }
}

/// The widths of the design: a phone, half a screen, a whole one.
const SIZES: [(u32, u32); 3] = [(1440, 900), (960, 720), (420, 860)];
pub(crate) const THEMES: [&str; 2] = ["light", "dark"];

/// Judges screens in every width and theme; panics with all that was found.
async fn judge(page: &Page, axe: &str, screens: &[Screen]) {
    let mut found = Vec::new();
    for screen in screens {
        page.open(&screen.path).await;
        page.find(screen.sign).await;
        for keys in &screen.keys {
            page.press(keys).await;
        }
        if let Some(click) = screen.click {
            page.script(&format!("document.querySelector('{click}').click()")).await;
        }
        if let Some(over) = screen.over {
            page.find(over).await;
        }
        for (width, height) in SIZES {
            cdp::viewport(&page.client, width, height, 1.0).await;
            for theme in THEMES {
                settle(page, theme).await;
                let problems = axe::problems(page, axe).await;
                let opened = screen.over.unwrap_or_default();
                let place = format!("{} {opened} at {width}, {theme}", screen.path);
                found.extend(problems.into_iter().map(|problem| format!("{place}: {problem}")));
            }
        }
    }
    assert!(found.is_empty(), "{} problems:\n{}", found.len(), found.join("\n"));
}

/// Chooses a theme and waits until it is painted, with every colour at its end.
pub(crate) async fn settle(page: &Page, theme: &str) {
    page.client
        .execute(
            "document.documentElement.dataset.theme = arguments[0]; \
             const frame = () => new Promise(done => requestAnimationFrame(done)); \
             return frame().then(frame).then(() => { \
             for (const it of document.getAnimations()) try { it.finish() } catch { it.cancel() } })",
            vec![theme.into()],
        )
        .await
        .expect("the theme is painted");
}

/// A journey in Chromium with axe-core at hand. The desktop window shows the same elements and styles.
async fn judged(screens: Vec<Screen>) {
    if window() == Window::Desktop {
        return;
    }
    let Some(axe) = axe::source() else { return };
    journey(async |app| judge(&app.page, &axe, &screens).await).await;
}

#[tokio::test]
async fn axe_sees_what_is_wrong() {
    if window() == Window::Desktop {
        return;
    }
    let Some(axe) = axe::source() else { return };
    journey(async |app| {
        let page = &app.page;
        assert_eq!(axe::problems(page, &axe).await, Vec::<String>::new(), "the page as it is");
        page.script(
            "const button = document.body.appendChild(document.createElement('button')); \
             const image = document.querySelector('main').appendChild(document.createElement('img')); \
             image.src = '/icon.svg'; return null",
        )
        .await;
        let found = axe::problems(page, &axe).await;
        for rule in ["button-name (critical)", "image-alt (critical)"] {
            assert!(found.iter().any(|line| line.starts_with(rule)), "{rule} is not among {found:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn first_screens_have_no_serious_problem() {
    judged(vec![
        screen("/", "home"),
        screen("/tour", "tour"),
        screen("/r/modern.sample/demo/app:1.2.0/~nonsense", "unknown-page"),
    ])
    .await;
}

#[tokio::test]
async fn lists_have_no_serious_problem() {
    judged(vec![
        screen("/r/modern.sample", "repository-row"),
        screen("/r/modern.sample/demo/app", "tag-row"),
        screen("/r/modern.sample/demo/app?sel=1.2.0", "tag-row"),
        with_keys("/r/modern.sample/demo/app", "tag-row", &["/", "nothing fits this"], "empty-state"),
        screen("/r/legacy.sample/demo/many", "tag-row"),
        screen("/r/modern.sample/demo/empty", "empty-state"),
    ])
    .await;
}

#[tokio::test]
async fn every_side_of_an_object_has_no_serious_problem() {
    let sides = ["", "/~manifest", "/~config", "/~layers", "/~http"];
    let objects = ["/r/modern.sample/demo/app:1.2.0", "/r/modern.sample/demo/chart:0.3.1"];
    let paths = objects.iter().flat_map(|object| sides.iter().map(move |side| format!("{object}{side}")));
    judged(paths.map(|path| screen(path, "object-kind")).collect()).await;
}

#[tokio::test]
async fn a_blob_by_itself_has_no_serious_problem() {
    let at = |digest: &str| format!("/r/modern.sample/demo/chart@sha256:{digest}/~blob");
    judged(vec![
        // The chart's config, its manifest, and nothing that it has.
        screen(at("f06f4c430c193be55b94411a6550324506c450ad5d8cbfc06df51bf764b65695"), "blob"),
        screen(at("0aea78ab4bec1895605724cfc093c525addd505af192e6c9a0c9aaed9cbdf898"), "blob-is-manifest"),
        screen(at("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"), "blob-missing"),
    ])
    .await;
}

#[tokio::test]
async fn questions_and_failures_have_no_serious_problem() {
    if window() == Window::Desktop {
        return;
    }
    let Some(axe) = axe::source() else { return };
    let registry = FakeRegistry::start(Behaviour::default()).await.expect("a port");
    registry.faults().on("GET", "/tags/list", Fault::denied(), Times::Always);
    let address = registry.address().to_string();
    journey(async |app: &mut App| {
        add(&app.page, &address).await;
        let screens = [
            screen("/r/elsewhere.example/team/tool:v1", "consent"),
            screen(format!("/r/{address}"), "empty-state"),
            screen(format!("/r/{address}/team/secret"), "error-state"),
            screen("/r/modern.sample/demo/app:9.9.9", "error-state"),
        ];
        judge(&app.page, &axe, &screens).await;
    })
    .await;
}

#[tokio::test]
async fn what_opens_over_a_screen_has_no_serious_problem() {
    let control_k = format!("{}k", char::from(Key::Control));
    let control_l = format!("{}l{}", char::from(Key::Control), char::from(Key::Null));
    judged(vec![
        with_keys("/r/modern.sample/demo/app", "tag-row", &[&control_k], "palette-input"),
        with_keys("/r/modern.sample/demo/app", "tag-row", &["?"], "keys-overlay"),
        with_keys(
            "/r/modern.sample/demo/app",
            "tag-row",
            &[&control_l, "modern.sample/demo/app:1."],
            "omnibox-reading",
        ),
        opened(
            "/r/modern.sample/demo/chart:0.3.1/~layers",
            "layer",
            "[data-testid=layer-open]",
            "blob-close",
        ),
        opened("/r/modern.sample/demo/chart:0.3.1/~layers", "layer", "[data-testid=save]", "save-row"),
        opened(
            "/r/modern.sample/demo/app:1.2.0",
            "object-annotation",
            "[data-testid=object-annotation] a[target]",
            "object-annotation",
        ),
        opened("/tour", "tour", "[data-testid=tour-begin]", "tour-bar"),
    ])
    .await;
}

/// The registries lie over the screen where there is no room beside it.
#[tokio::test]
async fn the_open_drawer_has_no_serious_problem() {
    if window() == Window::Desktop {
        return;
    }
    let Some(axe) = axe::source() else { return };
    journey(async |app| {
        let page = &app.page;
        cdp::viewport(&page.client, 420, 860, 1.0).await;
        page.open("/r/modern.sample/demo/app").await;
        page.find("tag-row").await;
        page.click("menu").await;
        page.find("sources").await;
        for theme in THEMES {
            settle(page, theme).await;
            assert_eq!(axe::problems(page, &axe).await, Vec::<String>::new(), "{theme}");
        }
    })
    .await;
}

/// Media queries level 5, `prefers-reduced-motion`: nothing moves.
#[tokio::test]
async fn nothing_moves_where_that_is_not_wanted() {
    if window() == Window::Desktop {
        return; // WebKitGTK follows the desktop's own setting, which a test cannot turn.
    }
    const MOVING: &str = "const seconds = text => Math.max(...text.split(',').map(parseFloat)); \
        const moving = [...document.querySelectorAll('*')].flatMap(it => [null, '::before', '::after'].map(part => { \
        const style = getComputedStyle(it, part); \
        const turns = style.animationName !== 'none' && seconds(style.animationDuration) > 0.001; \
        return turns || seconds(style.transitionDuration) > 0.001 ? it.tagName + '.' + it.className + (part ?? '') : null })) \
        .filter(it => it !== null); return [...new Set(moving)]";
    journey(async |app| {
        let page = &app.page;
        let mut moving = 0;
        for path in ["/", "/r/modern.sample/demo/app", "/r/modern.sample/demo/app:1.2.0"] {
            page.open(path).await;
            page.find("status-bar").await;
            cdp::prefer(&page.client, &[("prefers-reduced-motion", "no-preference")]).await;
            moving += page.script(MOVING).await.as_array().map_or(0, Vec::len);
            cdp::prefer(&page.client, &[("prefers-reduced-motion", "reduce")]).await;
            assert_eq!(page.script(MOVING).await, serde_json::json!([]), "on {path}");
            let smooth =
                page.script("return getComputedStyle(document.documentElement).scrollBehavior").await;
            assert_eq!(smooth, "auto", "{path} scrolls by itself");
        }
        assert!(moving > 0, "without the wish something moves, or this test looks at nothing");
    })
    .await;
}

/// CSS Color Adjustment 1, forced colours: the system's colours are used, and the focus is still seen.
#[tokio::test]
async fn the_focus_is_seen_in_the_system_s_own_colours() {
    if window() == Window::Desktop {
        return; // As above.
    }
    // A field within a box may leave the outline to the box.
    const FOCUS: &str = "const it = document.activeElement; if (!it || it === document.body) return null; \
        const outlined = it => { const style = getComputedStyle(it); \
        return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 \
        && style.outlineColor !== 'rgba(0, 0, 0, 0)' }; \
        return outlined(it) || outlined(it.parentElement) ? 'seen' \
        : `${it.tagName} ${it.getAttribute('aria-label') ?? it.textContent.slice(0, 40)}`";
    journey(async |app| {
        let page = &app.page;
        let tab = String::from(char::from(Key::Tab));
        for path in ["/", "/r/modern.sample/demo/app", "/r/modern.sample/demo/app:1.2.0/~manifest"] {
            page.open(path).await;
            page.find("status-bar").await;
            cdp::prefer(&page.client, &[("forced-colors", "active")]).await;
            assert_eq!(page.script("return matchMedia('(forced-colors: active)').matches").await, true);
            let mut stops = 0;
            for _ in 0..15 {
                page.press(&tab).await;
                let focus = page.script(FOCUS).await;
                if focus.is_null() {
                    continue;
                }
                assert_eq!(focus, "seen", "on {path}");
                stops += 1;
            }
            assert!(stops >= 5, "{path} has only {stops} stops");
        }
    })
    .await;
}
