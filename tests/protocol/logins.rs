//! Real registries that want a login: is what docker and podman keep for them ours, too, and is it said how it was found?

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use e2e::{
    app::program,
    peers::{self, Registry},
};
use serde_json::{Value, json};

use crate::token_server::{HTPASSWD, TokenServer};

/// `alice:secret` and `alice:wrong`, as docker and podman write them.
const RIGHT: &str = "YWxpY2U6c2VjcmV0";
const WRONG: &str = "YWxpY2U6d3Jvbmc=";

/// A user without any login.
struct User(tempfile::TempDir);

impl User {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn has(&self, file: &str, text: &str) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a temporary folder");
        fs::write(path, text).expect("takes files");
    }

    /// An entry in a file of docker's or podman's.
    fn logs_in(&self, file: &str, address: &str, auth: &str) {
        self.has(file, &json!({ "auths": { address: { "auth": auth } } }).to_string());
    }

    /// Puts a helper into this user's `PATH`.
    #[cfg(unix)]
    fn has_helper(&self, name: &str, script: &str) {
        use std::os::unix::fs::PermissionsExt as _;
        let file = format!("bin/docker-credential-{name}");
        self.has(&file, &format!("#!/bin/sh\n{script}\n"));
        fs::set_permissions(self.path(&file), fs::Permissions::from_mode(0o755)).expect("it is ours");
    }

    /// The reply, or the error, of an operation on a registry over plain http.
    fn call(&self, address: &str, operation: &str, request: &Value) -> Result<Value, Value> {
        self.call_of(&format!("http://{address}"), operation, request)
    }

    /// The same of a registry that is added so.
    fn call_of(&self, added: &str, operation: &str, request: &Value) -> Result<Value, Value> {
        let mut command = Command::new(program("ociscope"));
        command.args(["call", operation, &request.to_string(), "--add", added]);
        command.env_clear().env("HOME", self.0.path());
        command.env("PATH", format!("{}:/usr/bin:/bin", self.path("bin").display()));
        let output = command.output().expect("the program starts");
        let read = |bytes: &[u8]| serde_json::from_slice(bytes).expect("a line of JSON");
        if output.status.success() { Ok(read(&output.stdout)) } else { Err(read(&output.stderr)) }
    }

    /// Where a manifest that nobody pushed ends: `manifest_not_found` or `repository_not_found` with a good login.
    fn asks(&self, address: &str, repository: &str) -> String {
        let request = json!({ "reference": format!("{address}/{repository}:v1") });
        let error = self.call(address, "inspect", &request).expect_err("nothing was pushed");
        error["code"].as_str().expect("an error has a code").to_owned()
    }

    fn explains(&self, address: &str) -> Value {
        self.call(address, "explain_login", &json!({ "registry": address })).expect("it is explained")
    }
}

/// Registries that want `alice` and `secret`, by htpasswd.
async fn closed(folder: &Path) -> Vec<peers::Peer> {
    let file = folder.join("htpasswd");
    fs::write(&file, HTPASSWD).expect("a temporary folder takes files");
    let auth = format!("auth:\n  htpasswd:\n    realm: test\n    path: {}\n", file.display());
    let mut found = Vec::new();
    for registry in [Registry::DockerRegistry, Registry::Distribution] {
        found.extend(peers::start_with(registry, &auth).await);
    }
    found
}

fn found(code: &str) -> bool {
    matches!(code, "manifest_not_found" | "repository_not_found")
}

#[tokio::test]
async fn a_login_of_docker_or_podman_opens_what_wants_one() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for peer in closed(folder.path()).await {
        let (address, name) = (peer.address.as_str(), &peer.name);
        assert_eq!(User::new().asks(address, "alice/app"), "auth_needed", "{name}");
        for (file, source) in [
            (".docker/config.json", "docker"),
            (".config/containers/auth.json", "podman_config"),
            (".dockercfg", ""),
        ] {
            let user = User::new();
            if source.is_empty() {
                // The old file has no `auths` around its entries.
                user.has(file, &json!({ address: { "auth": RIGHT } }).to_string());
            } else {
                user.logs_in(file, address, RIGHT);
            }
            let code = user.asks(address, "alice/app");
            assert!(found(&code), "{name}, {file}: {code}");
            let account = user.explains(address);
            let source = if source.is_empty() { "dockercfg" } else { source };
            assert_eq!(account["outcome"], json!({ "login": source }), "{account}");
            assert!(account.to_string().contains(r#""used":{"user":"alice"}"#), "{account}");
            assert!(!account.to_string().contains("secret"), "{account}");
        }
        let user = User::new();
        user.logs_in(".docker/config.json", address, WRONG);
        assert_eq!(user.asks(address, "alice/app"), "denied", "{name}");
        // podman's file counts before docker's.
        user.logs_in(".config/containers/auth.json", address, RIGHT);
        assert!(found(&user.asks(address, "alice/app")), "{name}");
    }
}

/// Nobody has a login for a sample: a helper of all registries is not asked for one, and cannot break the tour.
#[test]
fn a_sample_is_read_without_any_login() {
    let user = User::new();
    user.has(".docker/config.json", &json!({ "credsStore": "gone" }).to_string());
    let request = json!({ "reference": "modern.sample/demo/app:1.2.0" });
    let read = user.call("unused.example", "inspect", &request).expect("no helper is in the way");
    assert_eq!(read["reference"], "modern.sample/demo/app:1.2.0");
}

/// A login is for an address. Whoever calls a mirror by the name of another registry gives it no login of that one.
#[tokio::test]
async fn an_alias_gets_no_login_of_the_name_that_it_has() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for peer in closed(folder.path()).await {
        let (address, name) = (peer.address.as_str(), &peer.name);
        let added = format!("ghcr.io={address}");
        let asks = |user: &User| {
            let request = json!({ "reference": "ghcr.io/alice/app:v1" });
            let error = user.call_of(&added, "inspect", &request).expect_err("nothing was pushed");
            error["code"].as_str().expect("an error has a code").to_owned()
        };
        let explains = |user: &User| {
            user.call_of(&added, "explain_login", &json!({ "registry": "ghcr.io" })).expect("it is explained")
        };
        let user = User::new();
        user.logs_in(".docker/config.json", "ghcr.io", RIGHT);
        assert_eq!(asks(&user), "auth_needed", "{name}");
        let account = explains(&user);
        assert_eq!((&account["registry"], &account["outcome"]), (&json!("ghcr.io"), &json!("nothing_found")));
        user.logs_in(".docker/config.json", address, RIGHT);
        let code = asks(&user);
        assert!(found(&code), "{name}: {code}");
        assert_eq!(explains(&user)["outcome"], json!({ "login": "docker" }));
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_helper_is_asked_and_one_that_fails_is_no_reason_for_another_login() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for peer in closed(folder.path()).await {
        let (address, name) = (peer.address.as_str(), &peer.name);
        let user = User::new();
        let config = json!({ "credHelpers": { address: "kept" }, "auths": { address: { "auth": RIGHT } } });
        user.has(".docker/config.json", &config.to_string());
        // It is named, and not there: the login beside it is not what the user means.
        let request = json!({ "reference": format!("{address}/alice/app:v1") });
        let error = user.call(address, "inspect", &request).expect_err("no helper");
        assert_eq!(error["code"], "login_failed", "{name}: {error}");
        let said = error["message"].as_str().unwrap_or_default();
        assert!(said.contains("\"kept\"") && said.contains("is not installed"), "{said}");
        assert_eq!(error["exchanges"], Value::Null, "nothing was sent: {error}");
        assert!(user.explains(address)["outcome"]["stopped"].is_string());
        user.has_helper("kept", r#"echo '{"ServerURL":"x","Username":"alice","Secret":"secret"}'"#);
        let code = user.asks(address, "alice/app");
        assert!(found(&code), "{name}: {code}");
        assert!(user.explains(address).to_string().contains(r#""helper":"kept""#));
    }
}

#[tokio::test]
async fn a_token_server_gives_a_login_of_docker_what_it_may() {
    let Some(tokens) = TokenServer::start().await else { return };
    let Some(peer) = peers::start_with(Registry::DockerRegistry, &tokens.auth).await else { return };
    let user = User::new();
    user.logs_in(".docker/config.json", &peer.address, RIGHT);
    // Another port is another site: the login does not go there unasked.
    assert_eq!(user.asks(&peer.address, "alice/app"), "auth_needed");
}
