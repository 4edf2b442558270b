//! Which registry, repository, tag and digest does a text name?
//!
//! Forms that docker, podman, oras, skopeo and helm accept, with docker's defaults for Docker Hub (its reference
//! grammar, `ParseNormalizedNamed`), and texts that none of them accepts.

use oci::{Digest, Host, Reference, ReferenceError, RepositoryName, Tag, TagOrDigest};
use proptest::prelude::*;

const DIGEST: &str = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

#[test]
fn every_accepted_form_names_its_parts() {
    let cases = [
        // Docker Hub by default.
        ("debian", "docker.io", "library/debian", None, false),
        ("debian:12", "docker.io", "library/debian", Some("12"), false),
        ("library/debian", "docker.io", "library/debian", None, false),
        ("grafana/grafana:11.0", "docker.io", "grafana/grafana", Some("11.0"), false),
        ("a/b/c", "docker.io", "a/b/c", None, false),
        ("docker.io/debian", "docker.io", "library/debian", None, false),
        ("docker.io/library/debian:12", "docker.io", "library/debian", Some("12"), false),
        ("docker.io/a/b:tag", "docker.io", "a/b", Some("tag"), false),
        ("index.docker.io/debian", "docker.io", "library/debian", None, false),
        ("index.docker.io/library/debian", "docker.io", "library/debian", None, false),
        ("registry-1.docker.io/library/debian", "docker.io", "library/debian", None, false),
        // A number behind a single part is a tag, not a port.
        ("localhost:5000", "docker.io", "library/localhost", Some("5000"), false),
        ("localhost", "docker.io", "library/localhost", None, false),
        ("registry.example:5000", "docker.io", "library/registry.example", Some("5000"), false),
        // The first of several parts: with a dot, with a port, or localhost.
        ("ghcr.io/owner/name", "ghcr.io", "owner/name", None, false),
        ("quay.io/name", "quay.io", "name", None, false),
        ("localhost/x", "localhost", "x", None, false),
        ("localhost:5000/x:y", "localhost:5000", "x", Some("y"), false),
        ("LOCALHOST/x", "localhost", "x", None, false),
        ("registry:5000/x", "registry:5000", "x", None, false),
        ("127.0.0.1:5000/demo/app:1.0", "127.0.0.1:5000", "demo/app", Some("1.0"), false),
        ("[::1]:5000/x", "[::1]:5000", "x", None, false),
        ("[::1]/x:y", "[::1]", "x", Some("y"), false),
        ("[2001:DB8::1]:443/x", "[2001:db8::1]:443", "x", None, false),
        ("modern.sample/demo/app:latest", "modern.sample", "demo/app", Some("latest"), false),
        // No repository has an upper-case letter, so a first part with one is a host.
        ("Registry/x", "registry", "x", None, false),
        ("GHCR.io/owner/name", "ghcr.io", "owner/name", None, false),
        ("xn--bcher-kva.example/x", "xn--bcher-kva.example", "x", None, false),
        // A host of one word, said to be one.
        ("//desk/x:y", "desk", "x", Some("y"), false),
        // Digests, alone and behind a tag.
        ("host.example/x@DIGEST", "host.example", "x", None, true),
        ("host.example/x:tag@DIGEST", "host.example", "x", Some("tag"), true),
        ("debian@DIGEST", "docker.io", "library/debian", None, true),
        ("localhost:5000/x:y@DIGEST", "localhost:5000", "x", Some("y"), true),
        // Schemes of skopeo and helm.
        ("docker://debian:12", "docker.io", "library/debian", Some("12"), false),
        ("docker://ghcr.io/owner/name:1", "ghcr.io", "owner/name", Some("1"), false),
        ("oci://ghcr.io/charts/app:0.3.1", "ghcr.io", "charts/app", Some("0.3.1"), false),
        // The edges of the grammar.
        ("a.b/x__y/z--0.1_2", "a.b", "x__y/z--0.1_2", None, false),
        ("a.b/x:_", "a.b", "x", Some("_"), false),
        ("a.b/x:A-b_c.D", "a.b", "x", Some("A-b_c.D"), false),
    ];
    for (text, host, repository, tag, digest) in cases {
        let text = text.replace("DIGEST", DIGEST);
        let read: Reference = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(read.host.as_str(), host, "{text}");
        assert_eq!(read.repository.as_str(), repository, "{text}");
        assert_eq!(read.tag.as_ref().map(Tag::as_str), tag, "{text}");
        assert_eq!(read.digest.is_some(), digest, "{text}");
        assert_eq!(read.to_string().parse(), Ok(read), "{text}");
    }
}

#[test]
fn what_no_client_accepts_is_refused() {
    let long_tag = format!("debian:{}", "a".repeat(129));
    let long_name = format!("a.b/{}", "a".repeat(256));
    let id = &DIGEST["sha256:".len()..];
    let bad_digest = format!("{DIGEST}0");
    let behind = format!("debian@{bad_digest}");
    let twice = format!("debian@{DIGEST}@{DIGEST}");
    let cases = [
        "",
        " ",
        "/",
        "//",
        "//desk",
        ":tag",
        "@",
        DIGEST,
        "debian:",
        "debian@",
        "a.b/",
        "a.b/:tag",
        "Debian",
        "a.b/Upper",
        "ghcr.io/Owner/name",
        "a.b/x//y",
        "a.b/x/",
        "a.b//x",
        "a.b/../x",
        "a.b/./x",
        "a.b/x/..",
        "a.b/-x",
        "a.b/x-",
        "a.b/x..y",
        "a.b/x___y",
        "a.b/x._y",
        "debian\n",
        " debian",
        "deb\nian",
        "debian:12\n",
        "debian:1\u{202e}2",
        "deb\u{202e}ian",
        "a\u{430}.example/x",
        "user@host.example/x",
        "user:password@host.example/x",
        "https://ghcr.io/owner/name",
        "http://localhost:5000/x",
        "a.b/x:y:z",
        "a.b/x:y/z",
        "a.b/x:.y",
        "a.b/x:-y",
        "a.b/x:y z",
        "a.b/x:ä",
        "a.b/x?y",
        "a.b/x#y",
        "a.b/x%2fy",
        "a.b/~x",
        "a.b:/x",
        "a.b:0/x",
        "a.b:65536/x",
        "a.b:-1/x",
        "a.b:5000:1/x",
        "a..b/x",
        ".b/x",
        "-a.b/x",
        "a-.b/x",
        "a_b.c/x",
        "[::1/x",
        "[::1]x/y",
        "[::g]/x",
        "[127.0.0.1]/x",
        "::1/x",
        "debian:12; rm -rf ~",
        "debian:$(id)",
        id,
        &long_tag,
        &long_name,
        &bad_digest,
        &behind,
        &twice,
    ];
    for text in cases {
        assert!(text.parse::<Reference>().is_err(), "{text:?} was read as {:?}", text.parse::<Reference>());
    }
}

#[test]
fn the_error_says_which_part_is_wrong() {
    let error = |text: &str| text.parse::<Reference>().unwrap_err();
    assert_eq!(error(""), ReferenceError::Empty);
    assert_eq!(error("Debian"), ReferenceError::Repository("Debian".to_owned()));
    assert_eq!(error("a.b:0/x"), ReferenceError::Host("a.b:0".to_owned()));
    assert_eq!(error("debian:-1"), ReferenceError::Tag("-1".to_owned()));
    assert!(matches!(error("debian@sha256:x"), ReferenceError::Digest(_)));
    // The text of a password is in no message.
    assert!(!error("user:password@host.example/x").to_string().contains("password"));
}

#[test]
fn a_tag_has_at_most_128_characters() {
    assert!("a".repeat(128).parse::<Tag>().is_ok());
    assert!("a".repeat(129).parse::<Tag>().is_err());
}

#[test]
fn the_digest_decides() {
    let target = |text: &str| text.replace("DIGEST", DIGEST).parse::<Reference>().unwrap().target();
    assert_eq!(target("a.b/x:y@DIGEST"), TagOrDigest::Digest(DIGEST.parse().unwrap()));
    assert_eq!(target("a.b/x:y"), TagOrDigest::Tag("y".parse().unwrap()));
    assert_eq!(target("a.b/x"), TagOrDigest::Tag("latest".parse().unwrap()));
}

#[test]
fn a_host_knows_its_name_its_port_and_whether_it_is_this_machine() {
    let cases = [
        ("localhost", "localhost", None, true),
        ("localhost:5000", "localhost", Some(5000), true),
        ("127.0.0.1:5000", "127.0.0.1", Some(5000), true),
        ("127.255.0.9", "127.255.0.9", None, true),
        ("[::1]:5000", "::1", Some(5000), true),
        ("[::1]", "::1", None, true),
        ("[2001:db8::1]", "2001:db8::1", None, false),
        ("10.0.0.1:80", "10.0.0.1", Some(80), false),
        ("ghcr.io", "ghcr.io", None, false),
        ("localhost.example", "localhost.example", None, false),
        ("127.0.0.1.example", "127.0.0.1.example", None, false),
    ];
    for (text, name, port, loopback) in cases {
        let host: Host = text.parse().unwrap();
        assert_eq!((host.name(), host.port(), host.is_loopback()), (name, port, loopback), "{text}");
    }
}

#[test]
fn docker_hub_is_known_by_each_of_its_names_and_a_mirror_is_none() {
    let hub =
        ["docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com", "docker.io:443"];
    let other =
        ["ghcr.io", "mirror.docker.io.example", "xdocker.io", "docker.io.evil.example", "localhost:5000"];
    let is_hub = |text: &&str| text.parse::<Host>().unwrap().is_docker_hub();
    assert!(hub.iter().all(is_hub));
    assert!(!other.iter().any(is_hub));
}

#[test]
fn references_are_text_on_the_wire() {
    let reference: Reference = serde_json::from_str("\"debian:12\"").unwrap();
    assert_eq!(serde_json::to_string(&reference).unwrap(), "\"docker.io/library/debian:12\"");
    assert!(serde_json::from_str::<Reference>("\"a.b/../x\"").is_err());
}

fn host() -> impl Strategy<Value = Host> {
    prop_oneof![
        "[a-z][a-z0-9]{0,8}(\\.[a-z]{2,5}){0,2}(:[1-9][0-9]{0,3})?",
        Just("[::1]:5000".to_owned()),
        Just("127.0.0.1:5000".to_owned()),
    ]
    .prop_map(|text| text.parse().expect("made by the grammar"))
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(
        host in host(),
        repository in "[a-z0-9]{1,5}((\\.|_|__|-{1,3})[a-z0-9]{1,4}){0,2}(/[a-z0-9]{1,5}){1,2}",
        tag in proptest::option::of("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}"),
        digest in proptest::option::of("[0-9a-f]{64}"),
    ) {
        let reference = Reference {
            host,
            repository: repository.parse::<RepositoryName>().expect("made by the grammar"),
            tag: tag.map(|tag| tag.parse().expect("made by the grammar")),
            digest: digest.map(|hex| format!("sha256:{hex}").parse::<Digest>().expect("made by the grammar")),
        };
        prop_assert_eq!(reference.to_string().parse(), Ok(reference));
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,40}|[a-zA-Z0-9.:/@_\\-\\[\\]]{0,40}") {
        if let Ok(reference) = text.parse::<Reference>() {
            prop_assert_eq!(reference.to_string().parse(), Ok(reference));
        }
    }
}

#[test]
fn link_local_addresses_and_metadata_services_are_known_however_they_are_written() {
    for text in [
        "169.254.0.0",
        "169.254.169.254",
        "169.254.169.254:80",
        "169.254.255.255:5000",
        "[fe80::1]",
        "[FEBF::1]:5000",
        "100.100.100.200",
        "100.100.100.200:443",
        "[fd00:ec2::254]",
        "[fd00:0EC2:0::254]:80",
        "metadata.google.internal",
        "Metadata.Google.Internal:80",
        "metadata",
        "metadata.goog",
        "instance-data",
        // The same address inside an IPv6 one: mapped (RFC 4291) and NAT64 (RFC 6052).
        "[::ffff:169.254.169.254]",
        "[64:ff9b::a9fe:a9fe]",
        // And as the WHATWG URL standard reads numbers.
        "2852039166",
        "0xa9fea9fe:80",
        "169.16689662",
        "169.254.43518",
        "0251.0376.0251.0376",
        "0xA9.254.0xA9.254",
    ] {
        assert!(text.parse::<Host>().unwrap().is_link_local(), "{text}");
    }
    for text in [
        "docker.io",
        "169.253.255.255",
        "169.255.0.0",
        "100.100.100.199",
        "127.0.0.1:5000",
        "localhost",
        "10.0.0.1",
        "[::1]",
        "[fec0::1]",
        "[fd00:ec2::253]",
        "[::ffff:10.0.0.1]",
        "[64:ff9b::a00:1]",
        "169.254.169.254.example",
        "169.254.169.254.1",
        "169.254.169.256",
        "169.254.65536",
        "metadata.example",
        "metadata.google.internal.example",
        "4294967296",
        "2852039165.1",
        "0",
    ] {
        assert!(!text.parse::<Host>().unwrap().is_link_local(), "{text}");
    }
}
