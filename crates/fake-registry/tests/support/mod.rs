//! How do the tests ask? Through a client that hides nothing, or on the bare socket.
#![allow(dead_code, clippy::unwrap_used, reason = "each test file uses its own part, and a test may panic")]

use std::net::SocketAddr;

use fake_registry::{Behaviour, FakeRegistry};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

pub(crate) const OCI_MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
pub(crate) const OCI_INDEX: &str = "application/vnd.oci.image.index.v1+json";
pub(crate) const DOCKER_MANIFEST: &str = "application/vnd.docker.distribution.manifest.v2+json";
pub(crate) const DOCKER_LIST: &str = "application/vnd.docker.distribution.manifest.list.v2+json";
pub(crate) const EMPTY: &str = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
/// An index without entries: the smallest thing that can be tagged.
pub(crate) const SMALL: &str =
    r#"{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}"#;

pub(crate) async fn registry() -> FakeRegistry {
    FakeRegistry::start(Behaviour::default()).await.unwrap()
}

/// A registry with `demo/app:v1`.
pub(crate) async fn with_app(behaviour: Behaviour) -> FakeRegistry {
    let registry = FakeRegistry::start(behaviour).await.unwrap();
    registry.store().put_manifest("demo/app", Some("v1"), OCI_INDEX, SMALL);
    registry
}

pub(crate) fn http() -> reqwest::Client {
    // No certificates are read: nothing here speaks TLS, and reading them takes longer than a test.
    let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy();
    builder.tls_certs_only([]).build().unwrap()
}

pub(crate) async fn get(registry: &FakeRegistry, path: &str) -> reqwest::Response {
    http().get(format!("{}{path}", registry.origin())).send().await.unwrap()
}

pub(crate) async fn json(registry: &FakeRegistry, path: &str) -> serde_json::Value {
    serde_json::from_str(&get(registry, path).await.text().await.unwrap()).unwrap()
}

pub(crate) fn header<'a>(answer: &'a reqwest::Response, name: &str) -> Option<&'a str> {
    answer.headers().get(name).map(|value| value.to_str().unwrap())
}

/// Sends a GET on a bare socket.
pub(crate) async fn open(address: SocketAddr, path: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\naccept: */*\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    stream
}

/// Everything that comes until the connection ends, and how it ends.
pub(crate) async fn to_the_end(mut stream: TcpStream) -> (Vec<u8>, std::io::Result<()>) {
    let mut all = Vec::new();
    let end = stream.read_to_end(&mut all).await.map(|_| ());
    (all, end)
}

/// The body of an answer on a bare socket.
pub(crate) fn body(answer: &[u8]) -> &[u8] {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("an answer has a head");
    &answer[end + 4..]
}
