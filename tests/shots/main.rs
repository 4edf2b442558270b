//! What does the app look like? Takes the pictures of the README from the running app.
//!
//! The clock stands still, nothing blinks, and the samples are always the same: the same app gives the same pictures.
//! The folder is the one argument; `cargo xtask shots` gives it, and builds what is shown.

use std::{env, fs, io::Write as _, path::Path, process::ExitCode, time::Duration};

use e2e::{
    app::{App, journey},
    cdp,
    pictures::{PICTURES, Picture, THEMES},
};
use serde_json::json;

/// A picture may not be larger than that: a README is read over slow lines too.
const MOST_BYTES: usize = 250_000;

/// Before the page's own scripts: it is noon on one day, for ever.
const STILL: &str = "const noon = Date.UTC(2026, 10, 24, 12); const Real = Date; \
    globalThis.Date = class extends Real { constructor(...given) { super(...(given.length ? given : [noon])) } \
    static now() { return noon } };";

/// Afterwards: no caret, no movement, and the samples' port, another one at each start, written as 5000.
const QUIET: &str = "const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); \
    while (walk.nextNode()) walk.currentNode.data = walk.currentNode.data.replace(/127\\.0\\.0\\.1:\\d+/g, '127.0.0.1:5000'); \
    const style = new CSSStyleSheet(); \
    style.replaceSync('*, *::before, *::after { caret-color: transparent !important; \
    animation: none !important; transition: none !important }'); \
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, style]; \
    return document.fonts.ready.then(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))))";

#[tokio::main]
async fn main() -> ExitCode {
    let Some(folder) = env::args_os().nth(1) else {
        let _ = writeln!(std::io::stderr(), "Which folder? `cargo xtask shots` says it.");
        return ExitCode::from(2);
    };
    let folder = Path::new(&folder);
    fs::create_dir_all(folder).expect("the folder for pictures can be made");
    journey(async |app: &mut App| {
        cdp::call(&app.page.client, "Page.addScriptToEvaluateOnNewDocument", json!({ "source": STILL }))
            .await;
        // Where somebody has been is part of the first screen.
        for path in ["/r/modern.sample/demo/chart:0.3.1", "/r/modern.sample/demo/app:1.2.0"] {
            app.page.open(path).await;
            app.page.find("object-kind").await;
        }
        for theme in THEMES {
            cdp::prefer(&app.page.client, &[("prefers-color-scheme", theme)]).await;
            for picture in &PICTURES {
                take(app, picture, &folder.join(picture.file(theme))).await;
            }
        }
    })
    .await;
    ExitCode::SUCCESS
}

async fn take(app: &App, picture: &Picture, file: &Path) {
    let page = &app.page;
    let (width, height) = picture.size;
    cdp::viewport(&page.client, width, height, 1.0).await;
    page.open(picture.path).await;
    page.find(picture.sign).await;
    for (keys, sign) in picture.keys {
        page.press(keys).await;
        page.find(sign).await;
    }
    settled(app).await;
    page.script(QUIET).await;
    let png = page.client.screenshot().await.expect("the driver takes pictures");
    let small = smaller(&png);
    assert!(small.len() <= MOST_BYTES, "{} has {} bytes", file.display(), small.len());
    fs::write(file, &small).expect("the folder takes files");
    let _ = writeln!(std::io::stdout(), "{} ({} kB)", file.display(), small.len() / 1000);
}

/// Waits until the page has stood unchanged for a while, with nothing in flight.
async fn settled(app: &App) {
    let mut before = None;
    for _ in 0..40 {
        tokio::time::sleep(Duration::from_millis(400)).await;
        let now = app
            .page
            .script("return document.documentElement.outerHTML.length + document.body.innerText")
            .await;
        if before.as_ref() == Some(&now) {
            return;
        }
        before = Some(now);
    }
}

/// The same picture in fewer bytes: no alpha, every line with the filter that suits it, packed as tightly as can be.
fn smaller(png: &[u8]) -> Vec<u8> {
    let mut reader =
        png::Decoder::new(std::io::Cursor::new(png)).read_info().expect("the driver gives a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("it fits into memory")];
    let info = reader.next_frame(&mut pixels).expect("it is whole");
    let rgb: Vec<u8> = match info.color_type {
        png::ColorType::Rgba => {
            pixels.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect()
        }
        _ => pixels,
    };
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, info.width, info.height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    let mut writer = encoder.write_header().expect("memory takes a header");
    writer.write_image_data(&rgb).expect("memory takes pixels");
    writer.finish().expect("memory takes the end");
    out
}
