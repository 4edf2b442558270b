//! Is each request, reply, event, frame and error on the wire exactly as `wire/*.json` says, in both directions?
//!
//! The files are written by hand: they are the contract between a page and a host of another build.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{collections::BTreeMap, fmt::Debug, fs, path::PathBuf};

use api::{
    ActionKeys, AddRegistry, BlobReading, Body, ChangeSettings, CheckRegistry, ChooseLogin, Code, Connection,
    CreatedFrom, Error, Exchange, Exchanges, Expected, ExplainLogin, Frame, Head, HeadBlob, Headed,
    HeadedBlob, Header, Inspect, Inspection, LONGEST_BLOB, ListExchanges, ListRegistries, ListRepositories,
    ListTags, ListTour, LoginAccount, LoginChoice, LoginLook, LoginMatch, LoginOutcome, LoginShown,
    LoginSource, LoginStep, LoginVerdict, OperationKind, Outcome, Pin, ReadBlob, ReadSettings, Recent,
    Registries, RegistryCheck, RegistryEntry, RegistryKind, RemoveRegistry, RepositoryBatch, Save,
    SaveProgress, SaveWhat, Served, Settings, SettingsChange, SettingsNotice, Stage, Summarize, Summary,
    TagBatch, Tour, TourStop, Transport, operations,
};
use oci::{
    ArtifactType, ArtifactTypeSource, Descriptor, Digest, Finding, Host, Kind, MediaType, Outline, Platform,
    RepositoryName, Severity, Shape, Verification, View,
};
use serde::{Serialize, de::DeserializeOwned};

const EMPTY_OBJECT: &str = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
const EMPTY_BYTES: &str = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/wire")
}

/// The value is written as the file says, and the file is read as the value.
#[track_caller]
fn both_ways<T: Serialize + DeserializeOwned + PartialEq + Debug>(name: &str, value: &T) {
    let golden = fs::read_to_string(folder().join(format!("{name}.json"))).unwrap();
    assert_eq!(format!("{}\n", serde_json::to_string_pretty(value).unwrap()), golden, "{name} as written");
    assert_eq!(serde_json::from_str::<T>(&golden).unwrap(), *value, "{name} as read");
}

fn host(text: &str) -> Host {
    text.parse().unwrap()
}

fn entry(name: &str, address: &str, transport: Transport) -> RegistryEntry {
    RegistryEntry {
        name: host(name),
        address: host(address),
        transport,
        kind: RegistryKind::Added,
        about: String::new(),
    }
}

/// The shortest exchange.
fn exchange(id: u64, started_ms: u64, method: &str, outcome: Outcome, connection: Connection) -> Exchange {
    Exchange {
        id,
        registry: host("ghcr.io"),
        started_ms,
        method: method.to_owned(),
        url: "https://ghcr.io/v2/".to_owned(),
        request_headers: Vec::new(),
        outcome,
        response_headers: Vec::new(),
        queued_ms: 0.0,
        dns_ms: None,
        connection,
        first_byte_ms: None,
        body_ms: None,
        body_bytes: 0,
        because: None,
    }
}

fn header(name: &str, value: &str) -> Vec<Header> {
    vec![Header { name: name.to_owned(), value: value.to_owned() }]
}

#[test]
fn registries() {
    both_ways("list_registries.request", &ListRegistries {});
    let sample = RegistryEntry {
        kind: RegistryKind::Sample,
        about: "A registry of today.".to_owned(),
        ..entry("modern.sample", "127.0.0.1:41001", Transport::Http)
    };
    let loopback = entry("[::1]:5000", "[::1]:5000", Transport::Auto);
    let ghcr = entry("ghcr.io", "ghcr.io", Transport::Https);
    both_ways("list_registries.reply", &Registries { registries: vec![sample, loopback, ghcr] });
    let lab = entry("lab.example", "10.0.0.7:5000", Transport::Http);
    both_ways(
        "add_registry.request",
        &AddRegistry {
            name: lab.name.clone(),
            address: Some(lab.address.clone()),
            transport: Transport::Http,
        },
    );
    both_ways("add_registry.reply", &lab);
    both_ways("remove_registry.request", &RemoveRegistry { name: lab.name });
    both_ways("remove_registry.reply", &Registries::default());
}

/// What may be left out is left out: this one is read, and written longer.
#[test]
fn adding_needs_only_a_name() {
    let short = fs::read_to_string(folder().join("add_registry.request.short.json")).unwrap();
    let read: AddRegistry = serde_json::from_str(&short).unwrap();
    assert_eq!(read, AddRegistry { name: host("ghcr.io"), address: None, transport: Transport::Auto });
}

#[test]
fn checks() {
    both_ways("check_registry.request", &CheckRegistry { registry: host("127.0.0.1:5000") });
    both_ways(
        "check_registry.reply",
        &RegistryCheck {
            registry: host("127.0.0.1:5000"),
            origin: "http://127.0.0.1:5000".to_owned(),
            auth_needed: true,
            api_version: Some("registry/2.0".to_owned()),
            exchanges: Vec::new(),
        },
    );
    both_ways(
        "check_registry.reply.short",
        &RegistryCheck {
            registry: host("ghcr.io"),
            origin: "https://ghcr.io".to_owned(),
            auth_needed: false,
            api_version: None,
            exchanges: Vec::new(),
        },
    );
}

#[test]
fn lists() {
    both_ways("list_repositories.request", &ListRepositories { registry: host("ghcr.io") });
    let odd = Finding::new("RG017", Severity::Warning)
        .at("/repositories/1")
        .values("Bad Name", "a repository name");
    both_ways(
        "list_repositories.event",
        &RepositoryBatch {
            repositories: vec!["demo/app".to_owned(), "Bad Name".to_owned()],
            page: 2,
            complete: false,
            findings: vec![odd],
        },
    );
    let repository = "owner/name".parse().unwrap();
    both_ways("list_tags.request", &ListTags { registry: host("ghcr.io"), repository });
    let tags = vec!["1.0".to_owned(), "1.10".to_owned()];
    both_ways("list_tags.event", &TagBatch { tags, page: 1, complete: true, findings: Vec::new() });
}

#[test]
fn exchanges() {
    both_ways("list_exchanges.request", &ListExchanges { registry: Some(host("ghcr.io")) });
    both_ways("list_exchanges.request.short", &ListExchanges { registry: None });
    let token = Exchange {
        url: "https://ghcr.io/token?scope=…".to_owned(),
        request_headers: header("authorization", "…"),
        response_headers: header("content-type", "application/json"),
        queued_ms: 0.25,
        dns_ms: Some(3.5),
        first_byte_ms: Some(41.0),
        body_ms: Some(0.5),
        body_bytes: 120,
        because: Some("token".to_owned()),
        ..exchange(7, 1_764_000_000_123, "GET", Outcome::Status(200), Connection::New(20.0))
    };
    let cut = Outcome::Failed("the connection was closed in the middle of the answer".to_owned());
    let cut = exchange(8, 1_764_000_000_200, "GET", cut, Connection::Reused);
    let cancelled = exchange(9, 1_764_000_000_300, "HEAD", Outcome::Cancelled, Connection::None);
    let cancelled = Exchange { queued_ms: 12.0, ..cancelled };
    both_ways("list_exchanges.reply", &Exchanges { exchanges: vec![token, cut, cancelled], in_flight: 3 });
}

#[test]
fn inspections() {
    let reference = format!("ghcr.io/owner/name:1.0@{EMPTY_BYTES}").parse().unwrap();
    both_ways("inspect.request", &Inspect::new(reference));
    let descriptor = |pointer: &str| Descriptor { pointer: pointer.to_owned(), ..Descriptor::default() };
    let text = |key: &str, value: &str| BTreeMap::from([(key.to_owned(), value.to_owned())]);
    let config_type = "application/vnd.cncf.helm.config.v1+json";
    let arm = Platform {
        os: "linux".to_owned(),
        architecture: "arm64".to_owned(),
        variant: Some("v8".to_owned()),
        os_version: None,
    };
    let view = View {
        shape: Shape::Manifest,
        kind: Kind::HelmChart,
        media_type: Some(MediaType::OCI_MANIFEST.into()),
        artifact_type: ArtifactType {
            value: Some(config_type.to_owned()),
            source: ArtifactTypeSource::ConfigMediaType,
        },
        config: Some(Descriptor {
            media_type: Some(config_type.into()),
            digest: Some(EMPTY_OBJECT.parse().unwrap()),
            size: Some(2),
            ..descriptor("/config")
        }),
        layers: vec![Descriptor {
            digest_text: Some("md5 of nothing".to_owned()),
            urls: vec!["https://elsewhere.example/layer".to_owned()],
            ..descriptor("/layers/0")
        }],
        manifests: vec![Descriptor {
            artifact_type: Some("application/spdx+json".to_owned()),
            platform: Some(arm),
            ..descriptor("/manifests/0")
        }],
        subject: Some(Descriptor { annotations: text("k", "v"), ..descriptor("/subject") }),
        annotations: text("org.opencontainers.image.title", "<b>markup</b>"),
        findings: vec![Finding::new("DS004", Severity::Error).at("/layers/0/digest")],
    };
    let inspection = Inspection {
        reference: "ghcr.io/owner/name:1.0".parse().unwrap(),
        digest: EMPTY_OBJECT.parse().unwrap(),
        verification: Verification::Mismatch(EMPTY_OBJECT.parse().unwrap()),
        size: 2,
        bytes: Body(b"{}".to_vec()),
        served: Served {
            content_type: Some(MediaType::OCI_MANIFEST.into()),
            digest_header: Some(EMPTY_BYTES.to_owned()),
            warnings: vec!["this repository moves".to_owned()],
        },
        view,
        findings: vec![Finding::new("RG003", Severity::Error).values(EMPTY_BYTES, EMPTY_OBJECT)],
        exchanges: Vec::new(),
    };
    both_ways("inspect.reply", &inspection);
}

#[test]
fn an_inspection_that_a_descriptor_led_to() {
    let expected = Expected { size: Some(2), media_type: Some(MediaType::OCI_MANIFEST.into()) };
    let reference = format!("ghcr.io/owner/name@{EMPTY_BYTES}").parse().unwrap();
    both_ways("inspect.request.expected", &Inspect { expected: Some(expected), ..Inspect::new(reference) });
}

#[test]
fn heads() {
    let reference: oci::Reference = "ghcr.io/owner/name:1.0".parse().unwrap();
    both_ways("head.request", &Head { reference: reference.clone() });
    let short = Headed {
        reference,
        digest: EMPTY_OBJECT.parse().unwrap(),
        size: None,
        media_type: None,
        exchanges: Vec::new(),
    };
    both_ways("head.reply.short", &short);
    let media_type = Some(MediaType::OCI_INDEX.into());
    both_ways("head.reply", &Headed { size: Some(2), media_type, ..short });
}

#[test]
fn summaries() {
    let repository: RepositoryName = "owner/name".parse().unwrap();
    let digest: Digest = EMPTY_OBJECT.parse().unwrap();
    let short = Summarize { registry: host("ghcr.io"), repository, digest: digest.clone(), platform: None };
    both_ways("summarize.request.short", &short);
    both_ways("summarize.request", &Summarize { platform: Some("linux/arm64/v8".to_owned()), ..short });
    let short = Summary {
        digest,
        outline: Outline { shape: Shape::Schema1, kind: Kind::Schema1, ..Outline::default() },
        platforms: Vec::new(),
        chosen: None,
        size: None,
        created: None,
        created_ms: None,
        created_from: None,
        findings: Vec::new(),
        missing: None,
        exchanges: Vec::new(),
    };
    both_ways("summarize.reply.short", &short);
    let long = Summary {
        outline: Outline {
            shape: Shape::Index,
            kind: Kind::Index,
            platforms: 2,
            others: 1,
            attestations: 2,
            ..Outline::default()
        },
        platforms: vec!["linux/amd64".to_owned(), "linux/arm64/v8".to_owned()],
        chosen: Some("linux/arm64/v8".to_owned()),
        size: Some(70_000_000),
        created: Some("2026-03-04T08:00:00Z".to_owned()),
        created_ms: Some(1_772_611_200_000),
        created_from: Some(CreatedFrom::Config),
        findings: vec![
            Finding::new("DS008", Severity::Error).at("/manifests/1/size").values("527 bytes", "528 bytes"),
        ],
        missing: Some("The config cannot be read: no.".to_owned()),
        ..short
    };
    both_ways("summarize.reply", &long);
    both_ways("created_from", &vec![CreatedFrom::Config, CreatedFrom::Annotation]);
}

#[test]
fn heads_of_blobs() {
    let (repository, digest): (RepositoryName, Digest) =
        ("owner/name".parse().unwrap(), EMPTY_OBJECT.parse().unwrap());
    let request = HeadBlob { registry: host("ghcr.io"), repository, digest: digest.clone() };
    both_ways("head_blob.request", &request);
    let short = HeadedBlob { digest, size: None, media_type: None, exchanges: Vec::new() };
    both_ways("head_blob.reply.short", &short);
    let media_type = Some("application/octet-stream".into());
    both_ways("head_blob.reply", &HeadedBlob { size: Some(2), media_type, ..short });
}

#[test]
fn blobs() {
    let request = ReadBlob {
        registry: host("ghcr.io"),
        repository: "owner/name".parse().unwrap(),
        digest: EMPTY_OBJECT.parse().unwrap(),
        size: None,
        limit: 1024,
    };
    both_ways("read_blob.request.short", &request);
    both_ways("read_blob.request", &ReadBlob { size: Some(2), limit: LONGEST_BLOB, ..request });
    let reading = BlobReading {
        digest: EMPTY_BYTES.parse().unwrap(),
        verification: Verification::Mismatch(EMPTY_OBJECT.parse().unwrap()),
        size: 2,
        bytes: Body(b"{}".to_vec()),
        findings: vec![Finding::new("DS009", Severity::Error).values(EMPTY_OBJECT, EMPTY_BYTES)],
        exchanges: Vec::new(),
    };
    both_ways("read_blob.reply", &reading);
}

#[test]
fn saves() {
    let request = Save {
        registry: host("ghcr.io"),
        repository: "owner/name".parse().unwrap(),
        digest: EMPTY_OBJECT.parse().unwrap(),
        what: SaveWhat::Manifest,
        size: None,
    };
    both_ways("save.request.short", &request);
    both_ways("save.request", &Save { what: SaveWhat::Blob, size: Some(2), ..request });
    let first =
        SaveProgress { received: 0, total: None, resumed_from: 0, bytes_per_second: 0.0, ticket: None };
    both_ways("save.event.first", &first);
    let last = SaveProgress {
        received: 2,
        total: Some(2),
        resumed_from: 1,
        bytes_per_second: 0.5,
        ticket: Some("9f86d081884c7d659a2feaa0c55ad015".to_owned()),
    };
    both_ways("save.event", &last);
}

#[test]
fn settings() {
    both_ways("read_settings.request", &ReadSettings {});
    let whole = Pin { registry: host("ghcr.io"), repository: None };
    let one = Pin { repository: Some("owner/name".parse().unwrap()), ..whole.clone() };
    let recent = Recent {
        reference: "ghcr.io/owner/name:1.0".parse().unwrap(),
        digest: EMPTY_OBJECT.parse().unwrap(),
        outline: Outline { shape: Shape::Manifest, kind: Kind::HelmChart, ..Outline::default() },
    };
    let kept_as = "settings.broken.json".to_owned();
    let notice = SettingsNotice::Broken { kept_as, why: "it is no JSON".to_owned() };
    let settings = Settings {
        pins: vec![whole.clone(), one.clone()],
        recents: vec![recent.clone()],
        platform: Some("linux/arm64".to_owned()),
        single_keys: false,
        keys: [("pin-row".to_owned(), vec!["q".to_owned(), "g p".to_owned()])].into(),
        notice: Some(notice),
    };
    both_ways("read_settings.reply", &settings);
    both_ways("change_settings.request", &ChangeSettings { change: SettingsChange::Pin(one) });
    let notice = SettingsNotice::NotKept { why: "the disk is full".to_owned() };
    both_ways("change_settings.reply", &Settings { notice: Some(notice), ..Settings::default() });
    let changes = vec![
        SettingsChange::Pin(whole.clone()),
        SettingsChange::Unpin(whole),
        SettingsChange::Visited(recent),
        SettingsChange::ForgetRecents,
        SettingsChange::Platform(Some("linux/arm64".to_owned())),
        SettingsChange::Platform(None),
        SettingsChange::SingleKeys(false),
        SettingsChange::Keys(vec![
            ActionKeys { action: "pin-row".to_owned(), keys: Some(vec!["q".to_owned()]) },
            ActionKeys { action: "filter".to_owned(), keys: Some(Vec::new()) },
            ActionKeys { action: "pin".to_owned(), keys: None },
        ]),
        SettingsChange::DismissNotice,
    ];
    both_ways("changes", &changes);
}

#[test]
fn tours() {
    both_ways("list_tour.request", &ListTour {});
    let chart = TourStop {
        registry: host("modern.sample"),
        repository: "demo/chart".parse().unwrap(),
        tag: Some("0.3.1".parse().unwrap()),
        digest: None,
        topic: "Other artifacts".to_owned(),
        look_at: "A Helm chart.".to_owned(),
    };
    let broken = TourStop {
        repository: "demo/app".parse().unwrap(),
        tag: None,
        digest: Some(EMPTY_OBJECT.parse().unwrap()),
        topic: "Broken".to_owned(),
        look_at: "A missing child.".to_owned(),
        ..chart.clone()
    };
    both_ways("list_tour.reply", &Tour { stops: vec![chart, broken] });
}

#[test]
fn logins() {
    let repository: Option<RepositoryName> = Some("team/app".parse().unwrap());
    both_ways(
        "explain_login.request",
        &ExplainLogin { registry: host("ghcr.io"), repository: repository.clone() },
    );
    let choices = [LoginChoice::InOrder, LoginChoice::Prefer(LoginSource::Docker), LoginChoice::Anonymous];
    let choices = choices.map(|choice| ChooseLogin { registry: host("ghcr.io"), choice });
    both_ways("choose_login.requests", &choices.to_vec());
    let found = |key: &str, helper: Option<&str>, verdict| LoginMatch {
        key: key.to_owned(),
        helper: helper.map(str::to_owned),
        verdict,
    };
    let step = |source, file: Option<&str>, looked, matches| LoginStep {
        source,
        file: file.map(str::to_owned),
        looked,
        matches,
    };
    let account = LoginAccount {
        registry: host("ghcr.io"),
        repository,
        choice: LoginChoice::InOrder,
        outcome: LoginOutcome::Login(LoginSource::Docker),
        steps: vec![
            step(LoginSource::Session, None, LoginLook::Read, Vec::new()),
            step(LoginSource::Keyring, None, LoginLook::Read, Vec::new()),
            step(LoginSource::RegistryAuthFile, Some("/0"), LoginLook::Missing, Vec::new()),
            step(LoginSource::PodmanRuntime, Some("/run/a"), LoginLook::Missing, Vec::new()),
            step(
                LoginSource::PodmanConfig,
                Some("/b"),
                LoginLook::Unusable("is a folder".to_owned()),
                Vec::new(),
            ),
            step(
                LoginSource::Docker,
                Some("/c"),
                LoginLook::Read,
                vec![
                    found("ghcr.io", Some("desktop"), LoginVerdict::NotFound),
                    found("ghcr.io", None, LoginVerdict::Used(LoginShown::User("alice".to_owned()))),
                    found("https://ghcr.io/v1/", None, LoginVerdict::Usable(LoginShown::IdentityToken)),
                    found("", Some("store"), LoginVerdict::NotAsked),
                    found("ghcr.io", None, LoginVerdict::Empty),
                    found("ghcr.io", None, LoginVerdict::Failed("is no JSON object".to_owned())),
                    found("ghcr.io", None, LoginVerdict::Usable(LoginShown::BearerToken)),
                ],
            ),
            step(LoginSource::Dockercfg, Some("/d"), LoginLook::NotAsked, Vec::new()),
        ],
    };
    both_ways("explain_login.reply", &account);
    let nothing = LoginAccount {
        repository: None,
        choice: LoginChoice::Anonymous,
        outcome: LoginOutcome::ChosenAnonymous,
        steps: Vec::new(),
        ..account
    };
    both_ways("choose_login.reply", &nothing);
    let request = ChooseLogin { registry: host("ghcr.io"), choice: LoginChoice::Anonymous };
    both_ways("choose_login.request", &request);
    let outcomes = [
        LoginOutcome::NothingFound,
        LoginOutcome::ChosenAnonymous,
        LoginOutcome::Stopped("The helper is gone.".to_owned()),
    ];
    both_ways("login.outcomes", &outcomes.to_vec());
}

/// Bytes that are no text travel as base64.
#[test]
fn bytes_that_are_no_text() {
    let inspection = Inspection {
        reference: "docker.io/library/debian".parse().unwrap(),
        digest: "sha256:b3d510ef04275ca8e698e5b3cbb0ece3949ef9252f0cdc839e9ee347409a2209".parse().unwrap(),
        verification: Verification::Verified,
        size: 2,
        bytes: Body(vec![0xff, 0xfe]),
        served: Served::default(),
        view: View { shape: Shape::NotJson, ..View::default() },
        findings: Vec::new(),
        exchanges: Vec::new(),
    };
    both_ways("inspect.reply.short", &inspection);
    assert!(serde_json::from_str::<Body>(r#"{"base64": "no base64!"}"#).is_err());
}

#[test]
fn errors() {
    let answered = exchange(1, 0, "GET", Outcome::Status(429), Connection::None);
    let limited = Error {
        code: Code::RateLimited,
        message: "ghcr.io asks to wait: too many requests (429).".to_owned(),
        stage: Some(Stage::Request),
        status: Some(429),
        registry_says: vec!["TOOMANYREQUESTS: slow down".to_owned()],
        retry_after_ms: Some(30_000),
        findings: Vec::new(),
        exchanges: vec![answered],
    };
    both_ways("error", &limited);
    let rule = Finding::new("RG004", Severity::Error).values("sha256:b", "sha256:a");
    let other = Error { findings: vec![rule], ..Error::new(Code::BadAnswer, "Other bytes came.") };
    both_ways("error.finding", &other);
    both_ways("error.short", &Error::new(Code::NotAdded, "ghcr.io is not added."));
}

#[test]
fn words() {
    let codes = [
        Code::AuthNeeded,
        Code::Denied,
        Code::LoginFailed,
        Code::RepositoryNotFound,
        Code::ManifestNotFound,
        Code::Unsupported,
        Code::RateLimited,
        Code::Unreachable,
        Code::Tls,
        Code::NotARegistry,
        Code::BadAnswer,
        Code::TooLarge,
        Code::RegistryFailed,
        Code::NotAdded,
        Code::BadRequest,
        Code::Disk,
        Code::HostGone,
        Code::Internal,
    ];
    both_ways("codes", &codes.to_vec());
    let stages =
        [Stage::Dns, Stage::Connect, Stage::Token, Stage::Request, Stage::Body, Stage::Read, Stage::Disk];
    both_ways("stages", &stages.to_vec());
    let mismatch = Verification::Mismatch(EMPTY_OBJECT.parse().unwrap());
    both_ways("verifications", &vec![Verification::Verified, mismatch, Verification::CannotVerify]);
}

#[test]
fn frames() {
    both_ways("frame.event", &Frame::Event(TagBatch { page: 1, complete: true, ..TagBatch::default() }));
    both_ways("frame.failed", &Frame::<TagBatch>::Failed(Error::new(Code::HostGone, "gone")));
    both_ways("frame.end", &Frame::<TagBatch>::End);
}

/// No file is left unread, and no operation is without its files.
#[test]
fn every_file_is_tested_and_every_operation_has_files() {
    let files: Vec<String> = fs::read_dir(folder())
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap().replace(".json", ""))
        .collect();
    for name in &files {
        let named = [format!("\"{name}\""), format!("\"{name}.json\"")];
        assert!(named.iter().any(|name| include_str!("wire.rs").contains(name)), "{name} is not tested");
    }
    for operation in operations::ALL {
        let answer = match operation.kind {
            OperationKind::Call => "reply",
            OperationKind::Watch => "event",
        };
        for part in ["request", answer] {
            let name = format!("{}.{part}", operation.name);
            assert!(files.contains(&name), "{name} has no golden file");
        }
    }
}
