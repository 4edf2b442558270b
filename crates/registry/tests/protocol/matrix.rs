//! Fifteen ordinary faults of registries and lines: what comes of each, in how many requests and bytes, and after how
//! long a wait? The clock is the test's own: what is waited is what it was asked to wait.

use std::sync::Arc;
use std::time::Duration;

use fake_registry::{Auth, Behaviour, Drip, FakeRegistry, Fault, Grant, Times, TokenServer, sha256};
use futures_util::StreamExt as _;
use oci::{Digest, Verification};
use registry::{Client, Clock, Endpoint, Error, ErrorKind, Limits, Options, RawBlob, RawManifest, Stage};
use serde_json::json;

use crate::support::{Known, TestClock, client_of, ids, repository, tag};

const OCI: &str = "application/vnd.oci.image.manifest.v1+json";
const KIB: u64 = 1 << 10;
const MIB: u64 = 1 << 20;

/// A registry with `demo/app:1` and a blob of one MiB, and a client of it.
struct Bench {
    registry: FakeRegistry,
    client: Client,
    clock: Arc<TestClock>,
    manifest: Vec<u8>,
    blob: Vec<u8>,
}

impl Bench {
    async fn new() -> Self {
        Self::of(Behaviour::default(), Known::default()).await
    }

    async fn of(behaviour: Behaviour, known: Known) -> Self {
        let registry = FakeRegistry::start(behaviour).await.unwrap();
        // No two KiB of it are the same: what is put together wrongly is seen.
        let blob: Vec<u8> = (0..MIB / 4).flat_map(|at| u32::try_from(at).unwrap().to_be_bytes()).collect();
        registry.store().put_blob("demo/app", &blob);
        let config = registry.store().put_blob("demo/app", b"{}");
        let manifest = json!({
            "schemaVersion": 2, "mediaType": OCI,
            "config": { "mediaType": "application/vnd.oci.image.config.v1+json", "digest": config, "size": 2 },
            "layers": [{ "mediaType": "application/vnd.oci.image.layer.v1.tar", "digest": sha256(&blob), "size": MIB }]
        });
        let manifest = manifest.to_string().into_bytes();
        registry.store().put_manifest("demo/app", Some("1"), OCI, &manifest);
        let (client, clock) = client_of(known);
        Self { registry, client, clock, manifest, blob }
    }

    /// The same, and this goes wrong at it.
    async fn with(method: &str, path: &str, fault: Fault, times: Times) -> Self {
        let bench = Self::new().await;
        bench.registry.faults().on(method, path, fault, times);
        bench
    }

    fn at(&self) -> Endpoint {
        Endpoint::http(self.registry.address().to_string().parse().unwrap())
    }

    async fn get(&self) -> Result<RawManifest, Error> {
        self.client.manifest(&self.at(), &repository(), &tag("1")).await
    }

    async fn get_blob(&self) -> Result<RawBlob, Error> {
        let digest: Digest = sha256(&self.blob).parse().unwrap();
        self.client.blob(&self.at(), &repository(), &digest, MIB).await
    }

    fn requests(&self) -> usize {
        self.registry.requests().len()
    }

    /// Bytes of bodies that came over the wire.
    fn bytes(&self) -> u64 {
        self.client.trace().exchanges().iter().map(|exchange| exchange.body_bytes).sum()
    }

    fn waited(&self) -> Duration {
        self.clock.slept().iter().sum()
    }
}

fn millis(count: u64) -> Duration {
    Duration::from_millis(count)
}

/// What passes by waiting: the manifest comes, after so many requests and a wait between these.
async fn passes(fault: Fault, times: u32, requests: usize, least: Duration, most: Duration) {
    let bench = Bench::with("GET", "/manifests/", fault, Times::Exactly(times)).await;
    let got = bench.get().await.unwrap();
    assert_eq!(got.bytes, bench.manifest);
    assert_eq!(bench.requests(), requests);
    assert!((least..=most).contains(&bench.waited()), "{:?}", bench.clock.slept());
}

#[tokio::test]
async fn row_01_too_many_requests_with_a_time() {
    passes(Fault::rate_limited("4"), 1, 2, millis(4_000), millis(4_600)).await;
}

#[tokio::test]
async fn row_02_too_many_requests_without_a_time() {
    passes(Fault::rate_limited_silently(), 1, 2, millis(1), millis(1_500)).await;
}

#[tokio::test]
async fn row_03_a_bad_gateway_once() {
    passes(Fault::status(502), 1, 2, millis(1), millis(1_000)).await;
}

#[tokio::test]
async fn row_04_unavailable_three_times() {
    passes(Fault::status(503), 3, 4, millis(1), millis(8_000)).await;
}

#[tokio::test]
async fn row_05_a_connection_that_is_reset() {
    passes(Fault::Reset, 1, 2, millis(0), millis(500)).await;
}

#[tokio::test]
async fn row_06_a_manifest_that_is_cut_off() {
    passes(Fault::CutBody { after: 50 }, 1, 2, millis(0), millis(500)).await;
}

/// It goes on where it broke: each byte comes once.
#[tokio::test]
async fn row_07_a_blob_that_is_cut_off_twice() {
    let cut = 300 * KIB;
    for fault in [
        Fault::CutBody { after: usize::try_from(cut).unwrap() },
        Fault::ResetBody { after: usize::try_from(cut).unwrap() },
    ] {
        let reset = matches!(fault, Fault::ResetBody { .. });
        let bench = Bench::with("GET", "/blobs/", fault, Times::Exactly(2)).await;
        let got = bench.get_blob().await.unwrap();
        assert!(got.bytes == bench.blob, "other bytes");
        assert_eq!(got.verification, Verification::Verified);
        assert_eq!((bench.requests(), got.exchanges.len()), (3, 3));
        let ranges: Vec<_> = bench
            .registry
            .requests()
            .iter()
            .map(|seen| seen.header("range").first().map(|&range| range.to_owned()))
            .collect();
        assert_eq!(ranges[0], None);
        // A reset may throw away what had come already.
        if !reset {
            assert_eq!(ranges[1..], [Some("bytes=307200-".to_owned()), Some("bytes=614400-".to_owned())]);
        }
        assert!(bench.bytes() <= MIB + MIB / 20, "{} bytes", bench.bytes());
        let because: Vec<_> = got.exchanges.iter().map(|one| one.because.as_deref()).collect();
        assert_eq!(because, [None, Some("resume"), Some("resume")]);
        assert!(bench.waited() < millis(2_000));
    }
}

#[tokio::test]
async fn row_08_a_token_that_dies_in_the_middle() {
    let server = TokenServer { anyone_may: vec![Grant::new("*", "pull")], ..TokenServer::new("alice", "pw") };
    let tokens = server.tokens.clone();
    let bench =
        Bench::of(Behaviour { auth: Auth::Bearer(server), ..Behaviour::default() }, Known::default()).await;
    bench.get().await.unwrap();
    bench.registry.clear_requests();
    tokens.expire();
    let got = bench.get_blob().await.unwrap();
    assert!(got.bytes == bench.blob, "other bytes");
    let because: Vec<_> = got.exchanges.iter().map(|one| one.because.as_deref()).collect();
    assert_eq!(because, [None, Some("token"), Some("login")], "one new token, and no refusal more");
}

#[tokio::test]
async fn row_09_a_body_of_a_byte_a_second() {
    for path in ["/manifests/", "/blobs/"] {
        let drip = Drip::new();
        let bench = Bench::with("GET", path, Fault::Slow(drip.clone()), Times::Always).await;
        drip.give(7);
        let stall = Limits::default().stall;
        bench.clock.expire(Some(stall));
        let error = match path {
            "/blobs/" => bench.get_blob().await.unwrap_err(),
            _ => bench.get().await.unwrap_err(),
        };
        assert_eq!((error.kind, error.stage), (ErrorKind::Unreachable, Some(Stage::Body)), "{error}");
        assert_eq!(bench.requests(), 2, "once more");
        assert!(2 * stall + bench.waited() <= Duration::from_secs(15));
    }
}

#[tokio::test]
async fn row_10_a_blob_that_does_not_end_where_it_should() {
    let bench = Bench::with("GET", "/blobs/", Fault::huge(200 * MIB), Times::Always).await;
    let error = bench.get_blob().await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::TooLarge, "{error}");
    assert_eq!(bench.requests(), 1);
    // The last piece may be longer than the one byte that is too much.
    assert!(bench.bytes() <= MIB + 256 * KIB, "{} bytes", bench.bytes());
}

#[tokio::test]
async fn row_11_one_bit_that_is_wrong() {
    for path in ["/manifests/", "/blobs/"] {
        let bench = Bench::with("GET", path, Fault::WrongByte, Times::Always).await;
        if path == "/blobs/" {
            let got = bench.get_blob().await.unwrap();
            assert!(matches!(got.verification, Verification::Mismatch(_)), "{:?}", got.verification);
        } else {
            let got = bench.get().await.unwrap();
            assert!(matches!(got.verification, Verification::Mismatch(_)), "{:?}", got.verification);
            assert_eq!(ids(&got.findings), ["RG003"]);
        }
        assert_eq!(bench.requests(), 1);
    }
}

#[tokio::test]
async fn row_12_a_header_that_names_another_digest() {
    let lie = Fault::header("docker-content-digest", &sha256(b"another"));
    let bench = Bench::with("GET", "/manifests/", lie, Times::Always).await;
    let got = bench.get().await.unwrap();
    assert_eq!(got.bytes, bench.manifest);
    assert_eq!(got.digest.to_string(), sha256(&bench.manifest), "the digest is that of the bytes");
    assert_eq!(ids(&got.findings), ["RG003"]);
}

#[tokio::test]
async fn row_13_a_manifest_of_64_mebibytes() {
    let bench = Bench::with("GET", "/manifests/", Fault::huge(64 * MIB), Times::Always).await;
    let error = bench.get().await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::TooLarge, "{error}");
    assert_eq!(bench.requests(), 1);
    assert!(bench.bytes() <= 5 * MIB, "{} bytes", bench.bytes());
}

#[tokio::test]
async fn row_14_pages_without_an_end() {
    for (fault, most) in [(Fault::SelfLink, 1), (Fault::endless_link(), 20)] {
        let bench = Bench::with("GET", "/tags/list", fault, Times::Always).await;
        let options = Options {
            clock: Arc::clone(&bench.clock) as Arc<dyn Clock>,
            limits: Limits { pages: 20, ..Limits::default() },
            ..Options::default()
        };
        let client = Client::new(options).unwrap();
        let pages: Vec<_> = client.tags(&bench.at(), &repository()).collect().await;
        let last = pages.last().unwrap().as_ref().unwrap();
        assert_eq!(ids(&last.findings), ["RG010"]);
        assert!(bench.requests() <= most, "{}", bench.requests());
        let names: Vec<_> = pages.iter().flatten().flat_map(|page| page.names.clone()).collect();
        assert!(!names.is_empty(), "what came stays");
    }
}

#[tokio::test]
async fn row_15_a_next_page_at_another_host() {
    let other = FakeRegistry::start(Behaviour::default()).await.unwrap();
    let bench = Bench::with("GET", "/tags/list", Fault::ForeignLink(other.origin()), Times::Always).await;
    let pages: Vec<_> = bench.client.tags(&bench.at(), &repository()).collect().await;
    assert_eq!(ids(&pages.last().unwrap().as_ref().unwrap().findings), ["RG010"]);
    assert_eq!((bench.requests(), other.requests().len()), (1, 0));
}

/// Pieces of two answers that do not fit each other accuse nobody: one whole answer tells what the registry has.
#[tokio::test]
async fn what_was_put_together_wrongly_is_fetched_whole() {
    let bench = Bench::new().await;
    let faults = bench.registry.faults();
    faults.on("GET", "/blobs/", Fault::CutBody { after: 1_000 }, Times::Once);
    faults.on("GET", "/blobs/", Fault::WrongByte, Times::Once);
    let got = bench.get_blob().await.unwrap();
    assert_eq!(got.verification, Verification::Verified);
    let ranged: Vec<_> =
        bench.registry.requests().iter().map(|seen| !seen.header("range").is_empty()).collect();
    assert_eq!(ranged, [false, true, false]);
}

/// A registry that cannot go on in the middle sends all of it again, and nothing is put together.
#[tokio::test]
async fn without_ranges_a_cut_blob_begins_anew() {
    let bench = Bench::new().await;
    let faults = bench.registry.faults();
    let whole = String::from_utf8_lossy(b"0123456789").into_owned();
    let digest: Digest = sha256(whole.as_bytes()).parse().unwrap();
    bench.registry.store().put_blob("demo/app", whole.as_bytes());
    faults.on("GET", "/blobs/", Fault::CutBody { after: 4 }, Times::Once);
    faults.on("GET", "/blobs/", Fault::answer(200, "application/octet-stream", &whole), Times::Once);
    let got = bench.client.blob(&bench.at(), &repository(), &digest, MIB).await.unwrap();
    assert_eq!((got.bytes.as_ref(), got.verification), (whole.as_bytes(), Verification::Verified));
}
