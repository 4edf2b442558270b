//! A running host, and requests exactly as they are written here.

use std::{fs, net::SocketAddr, path::Path, time::Duration};

use server::web::{self, Assets, Limits, Ports, Token};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::oneshot,
    task::JoinHandle,
    time::timeout,
};

use crate::stub::Stub;

/// A web host over the stub, with a small UI.
pub(crate) struct Running {
    pub(crate) address: SocketAddr,
    pub(crate) token: String,
    pub(crate) stub: Stub,
    pub(crate) ui: TempDir,
    pub(crate) served: JoinHandle<()>,
    pub(crate) end: oneshot::Sender<()>,
}

/// One answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Head, in lower case.
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(header, _)| *header == name).map(|(_, value)| value)
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

pub(crate) fn small_ui(folder: &Path) {
    fs::write(folder.join("index.html"), "<!doctype html><title>page</title>").unwrap();
    fs::write(folder.join("app-0123456789abcdef.js"), "plain js").unwrap();
    fs::write(folder.join("app-0123456789abcdef.js.br"), "brotli js").unwrap();
    fs::write(folder.join("app-0123456789abcdef.js.gz"), "gzip js").unwrap();
    fs::write(folder.join("app-0123456789abcdef_bg.wasm"), "plain wasm").unwrap();
    fs::write(folder.join("robots.txt"), "plain text").unwrap();
}

pub(crate) async fn start() -> Running {
    start_with(Limits::default()).await
}

pub(crate) async fn start_with(limits: Limits) -> Running {
    let ui = tempfile::tempdir().unwrap();
    small_ui(ui.path());
    let listener = web::listen(&Ports::Any).await.unwrap();
    let address = listener.local_addr().unwrap();
    let token = Token::new().unwrap();
    let text = token.reveal().to_owned();
    let stub = Stub::default();
    let router = web::router(stub.clone(), Assets::read(ui.path()).unwrap(), token, address.port());
    let (end, ended) = oneshot::channel();
    let served = tokio::spawn(web::serve(listener, router, limits, ended));
    Running { address, token: text, stub, ui, served, end }
}

impl Running {
    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// Sends these lines as the head of a request, and reads the whole answer.
    pub(crate) async fn send(&self, lines: &[&str], body: &[u8]) -> Answer {
        let mut head = lines.join("\r\n");
        head.push_str("\r\nConnection: close\r\n");
        head.push_str(&format!("Content-Length: {}\r\n\r\n", body.len()));
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        // An answer may come before the whole body was read, and the connection end with it.
        let _ = stream.write_all(body).await;
        let mut bytes = Vec::new();
        let read = stream.read_to_end(&mut bytes);
        let _ = timeout(Duration::from_secs(30), read).await.expect("no end of the answer");
        parse(&bytes)
    }

    /// A `GET` as a browser sends it from the address bar.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        let host = format!("Host: 127.0.0.1:{}", self.port());
        self.send(&[&format!("GET {path} HTTP/1.1"), &host], b"").await
    }

    /// A call as our own page sends it, with further headers.
    pub(crate) async fn post(&self, path: &str, body: &str, more: &[&str]) -> Answer {
        let first = format!("POST {path} HTTP/1.1");
        let host = format!("Host: 127.0.0.1:{}", self.port());
        let token = format!("x-ociscope-token: {}", self.token);
        let mut lines = vec![first.as_str(), &host, &token, "Content-Type: application/json"];
        lines.extend(more);
        self.send(&lines, body.as_bytes()).await
    }
}

pub(crate) fn parse(bytes: &[u8]) -> Answer {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
    let end = end.unwrap_or_else(|| panic!("no answer: {:?}", String::from_utf8_lossy(bytes)));
    let head = std::str::from_utf8(&bytes[..end]).unwrap().to_ascii_lowercase();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, head, body: bytes[end + 4..].to_vec() }
}
