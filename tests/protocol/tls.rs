//! Real registries behind TLS of a private authority: is what docker and podman were given for them ours, too?

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use e2e::{
    app::program,
    peers::{self, Registry, Tls},
};
use serde_json::Value;

/// What OpenSSL made: see `make.sh` there.
fn made(name: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/registry/tests/protocol/certs")).join(name)
}

/// A user, and what the whole program says of a registry.
struct User(tempfile::TempDir);

impl User {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    /// Puts a file of a registry where podman or docker looks for it.
    fn has(&self, tool: &str, address: &str, name: &str, bytes: &[u8]) {
        let folder = self.0.path().join(tool).join("certs.d").join(address);
        fs::create_dir_all(&folder).expect("a temporary folder takes folders");
        fs::write(folder.join(name), bytes).expect("and files");
    }

    /// The reply, or the error.
    fn checks(&self, address: &str) -> Result<Value, Value> {
        let mut command = Command::new(program("ociscope"));
        command.arg("call").arg("check_registry").arg(format!("{{\"registry\":\"{address}\"}}"));
        for folder in ["HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"] {
            command.env(folder, self.0.path());
        }
        let output = command.output().expect("the program starts");
        let read = |bytes: &[u8]| serde_json::from_slice(bytes).expect("a line of JSON");
        if output.status.success() { Ok(read(&output.stdout)) } else { Err(read(&output.stderr)) }
    }
}

#[track_caller]
fn refused(answer: Result<Value, Value>, words: &str) {
    let error = answer.expect_err("it is not trusted");
    assert_eq!(error["code"], "tls", "{error}");
    assert!(error["message"].as_str().is_some_and(|said| said.contains(words)), "{error}");
}

#[tokio::test]
async fn a_private_authority_is_trusted_where_its_certificate_lies() {
    let (pem, authority) = (made("good.pem"), fs::read(made("authority.crt")).expect("it was made"));
    for registry in [Registry::Distribution, Registry::DockerRegistry, Registry::Olareg] {
        let Some(peer) = peers::start_behind_tls(registry, Tls { pem: &pem, clients: None }).await else {
            continue;
        };
        let user = User::new();
        refused(user.checks(&peer.address), "signed by an authority that this machine does not know");
        user.has("docker", &peer.address, "ca.crt", &authority);
        let reply = user.checks(&peer.address).expect("now it is");
        assert_eq!(reply["origin"], format!("https://{}", peer.address), "{}", peer.name);
        // podman's folder counts before docker's, and what cannot be used is no reason to go on without it.
        user.has("containers", &peer.address, "ca.crt", b"no certificate");
        refused(user.checks(&peer.address), "ca.crt has no certificate in PEM form");
    }
}

#[tokio::test]
async fn a_client_certificate_opens_what_wants_one() {
    let (pem, clients) = (made("good.pem"), made("authority.crt"));
    let authority = fs::read(&clients).expect("it was made");
    for registry in [Registry::Distribution, Registry::DockerRegistry] {
        let tls = Tls { pem: &pem, clients: Some(&clients) };
        let Some(peer) = peers::start_behind_tls(registry, tls).await else { continue };
        let user = User::new();
        user.has("containers", &peer.address, "ca.crt", &authority);
        refused(user.checks(&peer.address), "it wants a client certificate");
        let client = fs::read(made("client.pem")).expect("it was made");
        user.has("containers", &peer.address, "client.cert", &client);
        user.has("containers", &peer.address, "client.key", &client);
        let reply = user.checks(&peer.address).expect("now it is let in");
        assert_eq!(reply["origin"], format!("https://{}", peer.address), "{}", peer.name);
    }
}
