//! Expected values: docker's "Verify repository client with certificates" and containers-certs.d(5).

use super::*;

/// Made with OpenSSL: see `make.sh` beside them.
const AUTHORITY: &[u8] = include_bytes!("../../../registry/tests/protocol/certs/authority.crt");
const CLIENT: &[u8] = include_bytes!("../../../registry/tests/protocol/certs/client.pem");
const STRANGER: &[u8] = include_bytes!("../../../registry/tests/protocol/certs/stranger.pem");

struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn put(&self, path: &str, bytes: &[u8]) -> &Self {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    fn certs(&self) -> Certs {
        Certs::in_folders(vec![self.0.path().join("podman"), self.0.path().join("docker")])
    }

    fn of(&self, host: &str) -> Read {
        self.certs().of(&host.parse().unwrap())
    }

    /// Why it cannot be used; the name of the file without the folder above.
    fn wrong(&self, host: &str) -> String {
        self.of(host).unwrap_err().replace(&format!("{}/", self.0.path().display()), "")
    }
}

fn shown(read: &Read) -> String {
    format!("{:?}", read.as_ref().unwrap().as_deref())
}

#[test]
fn authorities_and_a_pair_are_found_by_host_and_port() {
    let home = Home::new();
    home.put("docker/r.example:5000/ca.crt", AUTHORITY)
        .put("docker/r.example:5000/second.crt", &[AUTHORITY, AUTHORITY].concat())
        .put("docker/r.example:5000/client.cert", CLIENT)
        .put("docker/r.example:5000/client.key", CLIENT)
        .put("docker/r.example:5000/notes.txt", b"no certificate");
    assert_eq!(shown(&home.of("r.example:5000")), "Some(Trust { authorities: 2, identity: Some(…) })");
    for other in ["r.example", "r.example:5001", "R.example:500", "example:5000"] {
        assert_eq!(home.of(other), Ok(None), "{other}");
    }
}

#[test]
fn the_first_folder_that_is_there_counts_alone() {
    let home = Home::new();
    home.put("docker/r.example/ca.crt", AUTHORITY)
        .put("docker/r.example/client.cert", CLIENT)
        .put("docker/r.example/client.key", CLIENT)
        .put("podman/r.example/ca.crt", AUTHORITY);
    assert_eq!(shown(&home.of("r.example")), "Some(Trust { authorities: 1, identity: None })");
    assert_eq!(Certs::default().of(&"r.example".parse().unwrap()), Ok(None));
}

#[test]
fn what_cannot_be_used_is_named() {
    let home = Home::new();
    home.put("docker/a.example/ca.crt", b"no certificate")
        .put("docker/b.example/client.cert", CLIENT)
        .put("docker/c.example/client.key", CLIENT)
        .put("docker/d.example/client.cert", CLIENT)
        .put("docker/d.example/client.key", STRANGER)
        .put("docker/e.example/ca.crt", &vec![b'x'; (1 << 20) + 1]);
    for (host, why) in [
        ("a.example", "docker/a.example/ca.crt has no certificate in PEM form."),
        (
            "b.example",
            "docker/b.example/client.cert is a client certificate without its key, docker/b.example/client.key. An \
             authority's certificate ends in .crt.",
        ),
        ("c.example", "docker/c.example/client.key is the key of a client certificate that is not there."),
        (
            "d.example",
            "docker/d.example/client.cert has no client certificate and key in PEM form that fit each other.",
        ),
        ("e.example", "docker/e.example/ca.crt is longer than any certificate."),
    ] {
        assert_eq!(home.wrong(host), why);
    }
}

#[test]
fn a_file_that_changes_is_read_anew() {
    let home = Home::new();
    home.put("docker/r.example/ca.crt", b"not yet");
    let certs = home.certs();
    let host: Host = "r.example".parse().unwrap();
    assert!(certs.of(&host).is_err());
    home.put("docker/r.example/ca.crt", AUTHORITY);
    let first = certs.of(&host).unwrap().unwrap();
    assert!(Arc::ptr_eq(&first, &certs.of(&host).unwrap().unwrap()), "read once");
    fs::remove_dir_all(home.0.path().join("docker/r.example")).unwrap();
    assert_eq!(certs.of(&host), Ok(None));
}
