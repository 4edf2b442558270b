//! E08: the UI's own files, the app's own paths, and nothing else.

use std::fs;

use server::web::{Assets, AssetsError};

use crate::raw::start;

#[tokio::test]
async fn application_paths_are_the_page_and_it_is_not_kept() {
    let host = start().await;
    for path in [
        "/",
        "/?q=x",
        "/r/ghcr.io",
        "/r/ghcr.io/",
        "/r/127.0.0.1:5000/demo/app:1.0.0/~manifest",
        "/r/127.0.0.1%3A5000/demo/app",
        "/r/modern.sample/demo/app@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855?platform=linux/arm64",
    ] {
        let answer = host.get(path).await;
        assert_eq!((answer.status, answer.text()), (200, "<!doctype html><title>page</title>"), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
    }
}

#[tokio::test]
async fn files_come_as_the_browser_reads_them_best() {
    let host = start().await;
    let own = format!("Host: 127.0.0.1:{}", host.port());
    for (accept, coding, body) in [
        ("gzip, deflate, br, zstd", Some("br"), "brotli js"),
        ("gzip", Some("gzip"), "gzip js"),
        ("br;q=0, gzip;q=0.5", Some("gzip"), "gzip js"),
        ("zstd", None, "plain js"),
        ("", None, "plain js"),
    ] {
        let accept = format!("Accept-Encoding: {accept}");
        let answer = host.send(&["GET /app-0123456789abcdef.js HTTP/1.1", &own, &accept], b"").await;
        assert_eq!(
            (answer.status, answer.text(), answer.header("content-encoding")),
            (200, body, coding),
            "{accept}"
        );
        assert_eq!(answer.header("vary"), Some("accept-encoding"));
        assert_eq!(answer.header("content-type"), Some("text/javascript; charset=utf-8"));
        assert_eq!(answer.header("cache-control"), Some("public, max-age=31536000, immutable"));
    }
    let wasm = host.get("/app-0123456789abcdef_bg.wasm").await;
    assert_eq!(wasm.header("content-type"), Some("application/wasm"), "or the browser will not stream it");
    assert_eq!(wasm.header("cache-control"), Some("public, max-age=31536000, immutable"));
    assert_eq!(host.get("/robots.txt").await.header("cache-control"), Some("no-cache"));
    let head = host.send(&["HEAD /robots.txt HTTP/1.1", &own], b"").await;
    assert_eq!((head.status, head.header("content-length"), head.text()), (200, Some("10"), ""));
    let put = host.send(&["PUT /robots.txt HTTP/1.1", &own], b"mine").await;
    assert_eq!((put.status, put.header("allow")), (405, Some("get, head")));
}

#[tokio::test]
async fn no_path_leads_out_of_the_folder() {
    let host = start().await;
    // What such a path would reach if it were joined to the folder.
    let secret = host.ui.path().parent().unwrap().join("ociscope-secret.txt");
    fs::write(&secret, "secret").unwrap();
    for path in [
        "/../ociscope-secret.txt",
        "/%2e%2e/ociscope-secret.txt",
        "/%2e%2e%2fociscope-secret.txt",
        "/..%5cociscope-secret.txt",
        "/..\\ociscope-secret.txt",
        "//etc/passwd",
        "/etc/passwd",
        "/c:/windows/win.ini",
        "/file:///etc/passwd",
        "/robots.txt%00",
        "/robots.txt/",
        "/./robots.txt",
        "//robots.txt",
        "/%72obots.txt",
        "/ROBOTS.TXT",
        "/index.html",
        "/app-0123456789abcdef.js.br",
        "/app-0123456789abcdef.js.gz",
        "/r",
        "/r/",
        "/rr/ghcr.io",
        "/r/../robots.txt",
        "/r/ghcr.io/../../x",
        "/r/ghcr.io/%2e%2e/x",
        "/r/ghcr.io/%252e%252e/x",
        "/r/ghcr.io//x",
        "/r//etc/passwd",
        "/r/ghcr.io/a%5cb",
        "/r/ghcr.io/a%00b",
        "/r/ghcr.io/a%0d%0ab",
        "/r/ghcr.io/%ff",
        "/r/ghcr.io/%",
        "/r/ghcr.io/%2",
        "/r/ghcr.io/%+1",
        "/api",
        "/api/",
        "/api/call",
        "/api/call/",
        "/api/call/list_registries/more",
    ] {
        let answer = host.get(path).await;
        // hyper itself refuses what is no path at all.
        let refused = answer.status == 404 || (answer.status == 400 && path.contains('\\'));
        assert!(refused, "{path}: {}", answer.head);
        assert!(!String::from_utf8_lossy(&answer.body).contains("secret"), "{path}");
    }
    fs::remove_file(secret).unwrap();
}

#[test]
#[cfg(unix)]
fn a_link_in_the_folder_is_not_followed() {
    let (outside, ui) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(outside.path().join("index.html"), "outside").unwrap();
    std::os::unix::fs::symlink(outside.path().join("index.html"), ui.path().join("index.html")).unwrap();
    assert!(matches!(Assets::read(ui.path()), Err(AssetsError::NoPage(_))));
    assert!(matches!(Assets::read(&ui.path().join("nowhere")), Err(AssetsError::Unreadable { .. })));
}
