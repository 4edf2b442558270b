//! How does a real token server start, and what does a registry write to trust it?

use std::{
    fs,
    process::{Command, Stdio},
};

use e2e::{
    peers,
    process::{Running, free_port},
    wait::until,
};
use tempfile::TempDir;

/// `alice` with the password `secret`, as bcrypt (made once by Python's bcrypt): the registries take no other hash.
pub(crate) const HTPASSWD: &str = "alice:$2y$05$42EmZxa6y8mxcrTmCw9JBemqjzKOnmgrJdnefaOITq0KC8b2i.BLG\n";

/// The token server of distribution 2.8.3, on a port of its own. It lets alice read what begins with `alice/`.
pub(crate) struct TokenServer {
    /// The lines of a registry's configuration that send clients to it.
    pub(crate) auth: String,
    _running: Running,
    _folder: TempDir,
}

impl TokenServer {
    /// `None` where it was not built.
    pub(crate) async fn start() -> Option<Self> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let program = peers::program("token-server-2.8.3", "token-server")?;
        let path = |name: &str| folder.path().join(name);
        fs::write(path("htpasswd"), HTPASSWD).expect("a temporary folder takes files");
        let openssl = |arguments: &[&str]| {
            peers::run(Command::new("openssl").args(arguments).current_dir(folder.path()));
        };
        openssl(&["genrsa", "-traditional", "-out", "key.pem", "2048"]);
        openssl(&["req", "-x509", "-key", "key.pem", "-out", "cert.pem", "-days", "2", "-subj", "/CN=test"]);
        let port = free_port();
        let realm = format!("http://127.0.0.1:{port}/token/");
        let mut command = Command::new(program);
        command.args(["-addr", &format!("127.0.0.1:{port}"), "-realm", &realm, "-issuer", "test"]);
        command.arg("-passwd").arg(path("htpasswd")).arg("-key").arg(path("key.pem"));
        let running = Running::start(command.stdout(Stdio::null()).stderr(Stdio::null()));
        until("the token server answers", async || {
            tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok().then_some(())
        })
        .await;
        let auth = format!(
            "auth:\n  token:\n    realm: {realm}\n    service: test\n    issuer: test\n    rootcertbundle: {}\n",
            path("cert.pem").display()
        );
        Some(Self { auth, _running: running, _folder: folder })
    }
}
