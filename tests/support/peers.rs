//! Which real registries and clients are there, and how do they start?
//!
//! `cargo xtask peers` puts them into the user's cache folder. A program that is missing skips its cases with a
//! line that says so; with `CI=true` that is a failure.

use std::{
    env, fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use tempfile::TempDir;

use crate::{
    process::{Running, free_port},
    wait::until,
};

/// A registry of the field, running on loopback for one test.
#[derive(Debug)]
pub struct Peer {
    /// What it is, for messages: `distribution v3.1.2`.
    pub name: String,
    /// `host:port`.
    pub address: String,
    _running: Option<Running>,
    folder: Option<TempDir>,
}

/// A registry that can be started here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Registry {
    /// Debian's docker-registry 2.8.2: no referrers API.
    DockerRegistry,
    /// distribution v3.1.2: no referrers API.
    Distribution,
    /// olareg v0.1.2: referrers API, in memory.
    Olareg,
    /// go-containerregistry's registry v0.21.5: lists the config's type, drops annotations.
    GgcrOld,
    /// go-containerregistry's registry v0.22.1: still lists the config's type.
    GgcrNew,
}

impl Peer {
    /// The folder that it runs in, its store included, if it was started here.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_ref().map(TempDir::path)
    }
}

impl Registry {
    /// Every registry, in the order of the table.
    pub const ALL: [Self; 5] =
        [Self::DockerRegistry, Self::Distribution, Self::Olareg, Self::GgcrOld, Self::GgcrNew];

    fn program(self) -> (&'static str, &'static str) {
        match self {
            Self::DockerRegistry => ("docker-registry-2.8.2", "docker-registry"),
            Self::Distribution => ("distribution-v3.1.2", "registry"),
            Self::Olareg => ("olareg-v0.1.2", "olareg"),
            Self::GgcrOld => ("ggcr-registry-v0.21.5", "registry"),
            Self::GgcrNew => ("ggcr-registry-v0.22.1", "registry"),
        }
    }
}

/// The folder that `cargo xtask peers` fills.
pub fn cache() -> PathBuf {
    let cache = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || PathBuf::from(env::var_os("HOME").unwrap_or_default()).join(".cache");
    cache.unwrap_or_else(home).join("ociscope").join("peers")
}

/// A program from the cache, for example `peer_program("crane-v0.22.1", "crane")`. `None`, and a line that says
/// so, where it was not built.
///
/// # Panics
/// With `CI=true`, if it is missing.
pub fn program(folder: &str, name: &str) -> Option<PathBuf> {
    require(&format!("{name} ({folder})"), Some(cache().join(folder).join(name)).filter(|path| path.exists()))
}

/// A program on PATH, under the same rule.
///
/// # Panics
/// With `CI=true`, if it is missing.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let paths = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&paths).map(|folder| folder.join(name)).find(|path| path.is_file());
    require(name, found)
}

fn require<T>(name: &str, found: Option<T>) -> Option<T> {
    if found.is_none() {
        let text = format!("skipped: {name} is missing; `cargo xtask peers` makes it, and needs Go");
        assert!(env::var("CI").as_deref() != Ok("true"), "{text}");
        // Not `eprintln!`, which the test runner keeps to itself while a test passes.
        let _ = writeln!(std::io::stderr(), "{text}");
    }
    found
}

/// Starts a registry on a free port, with an empty store.
pub async fn start(registry: Registry) -> Option<Peer> {
    start_with(registry, "").await
}

/// Starts a registry with more lines in its configuration (for those that have one).
///
/// # Panics
/// If it does not answer.
pub async fn start_with(registry: Registry, more: &str) -> Option<Peer> {
    start_of(registry, more, &[]).await
}

/// What a registry shows behind TLS.
#[derive(Debug, Clone, Copy)]
pub struct Tls<'a> {
    /// Its certificate and its key, in one file.
    pub pem: &'a Path,
    /// The authority of the clients that it lets in, where it does not let in everybody.
    pub clients: Option<&'a Path>,
}

/// Starts a registry behind TLS. Of those that can, olareg lets in everybody.
///
/// # Panics
/// If it does not answer, or cannot.
pub async fn start_behind_tls(registry: Registry, tls: Tls<'_>) -> Option<Peer> {
    let pem = tls.pem.display();
    match registry {
        Registry::DockerRegistry | Registry::Distribution => {
            let mut more = format!("  tls:\n    certificate: {pem}\n    key: {pem}\n");
            if let Some(clients) = tls.clients {
                more.push_str(&format!("    clientcas:\n      - {}\n", clients.display()));
            }
            start_of(registry, &more, &[]).await
        }
        Registry::Olareg => {
            let pem = pem.to_string();
            start_of(registry, "", &["--tls-cert", &pem, "--tls-key", &pem]).await
        }
        Registry::GgcrOld | Registry::GgcrNew => panic!("{registry:?} speaks no TLS"),
    }
}

async fn start_of(registry: Registry, more: &str, arguments: &[&str]) -> Option<Peer> {
    let (folder, name) = registry.program();
    let program = program(folder, name)?;
    let home = tempfile::tempdir().expect("a temporary folder");
    let port = free_port();
    let address = format!("127.0.0.1:{port}");
    let mut command = Command::new(program);
    command.current_dir(home.path()).stdout(Stdio::null()).stderr(Stdio::null());
    match registry {
        Registry::DockerRegistry | Registry::Distribution => {
            let file = configuration(home.path(), &address, more);
            command.env("OTEL_TRACES_EXPORTER", "none").arg("serve").arg(file);
        }
        Registry::Olareg => {
            command.args(["serve", "--addr", "127.0.0.1", "--port", &port.to_string()]);
            command.args(["--store-type", "mem", "--api-delete", "--api-blob-delete"]);
        }
        Registry::GgcrOld | Registry::GgcrNew => {
            command.arg(&address);
        }
    }
    command.args(arguments);
    let running = Running::start(&mut command);
    until(&format!("{folder} answers on {address}"), async || {
        tokio::net::TcpStream::connect(&address).await.is_ok().then_some(())
    })
    .await;
    Some(Peer { name: folder.to_owned(), address, _running: Some(running), folder: Some(home) })
}

fn configuration(home: &Path, address: &str, more: &str) -> PathBuf {
    let store = home.join("store");
    let text = format!(
        "version: 0.1\nlog:\n  level: error\nstorage:\n  filesystem:\n    rootdirectory: {}\n  delete:\n    \
         enabled: true\nhttp:\n  addr: {address}\n{more}",
        store.display()
    );
    let file = home.join("config.yml");
    fs::write(&file, text).expect("a temporary folder takes files");
    file
}

/// The registries that the user names by address: `OCISCOPE_TEST_REGISTRIES=127.0.0.1:5000,…`.
pub fn given() -> Vec<Peer> {
    let named = env::var("OCISCOPE_TEST_REGISTRIES").unwrap_or_default();
    let addresses = named.split(',').map(str::trim).filter(|address| !address.is_empty());
    addresses
        .map(|address| Peer {
            name: format!("the registry at {address}"),
            address: address.to_owned(),
            _running: None,
            folder: None,
        })
        .collect()
}

/// Runs a client to its end and gives its standard output.
///
/// # Panics
/// If it fails, with what it said.
pub fn run(command: &mut Command) -> Vec<u8> {
    let output = command.stdin(Stdio::null()).output().expect("the program starts");
    assert!(
        output.status.success(),
        "{command:?} failed: {}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}
