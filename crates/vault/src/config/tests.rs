use registry::{Login, Secret};

use super::*;

fn parse(text: &str) -> Config {
    Config::parse(text.as_bytes(), Layout::Docker).unwrap()
}

fn keys(config: &Config, host: &str, repository: &str) -> Vec<(String, &'static str)> {
    let repository = repository.parse().ok();
    let what = |what: &What| match what {
        What::CredHelper(_) => "credHelpers",
        What::CredsStore(_) => "credsStore",
        What::Auths(Ok(Some(_))) => "login",
        What::Auths(Ok(None)) => "empty",
        What::Auths(Err(_)) | What::NoHelperName => "broken",
    };
    let held = config.held(&host.parse().unwrap(), repository.as_ref());
    held.iter().map(|held| (held.key.clone(), what(&held.what))).collect()
}

fn rows<'a>(rows: &[(&str, &'a str)]) -> Vec<(String, &'a str)> {
    rows.iter().map(|(key, what)| ((*key).to_owned(), *what)).collect()
}

// docker's documentation, "docker login", "Credential helpers".
#[test]
fn a_helper_of_the_registry_beats_the_store_beats_the_file() {
    let config = parse(
        r#"{
            "credsStore": "osxkeychain",
            "credHelpers": { "registry.example.com": "registryhelper", "awesomereg.example.org": "hip-star" },
            "auths": { "registry.example.com": { "auth": "YTpi" }, "other.example": { "auth": "YTpi" } }
        }"#,
    );
    assert_eq!(
        keys(&config, "registry.example.com", "a"),
        rows(&[
            ("registry.example.com", "credHelpers"),
            ("", "credsStore"),
            ("registry.example.com", "login")
        ])
    );
    assert_eq!(keys(&config, "other.example", "a"), rows(&[("", "credsStore"), ("other.example", "login")]));
    assert_eq!(keys(&config, "registry.example.com:444", "a"), rows(&[("", "credsStore")]));
}

#[test]
fn an_empty_helper_sends_a_registry_back_to_the_file() {
    let config = parse(
        r#"{ "credsStore": "pass", "credHelpers": { "r.example": "" }, "auths": { "r.example": { "auth": "YTpi" } } }"#,
    );
    assert_eq!(keys(&config, "r.example", "a"), rows(&[("r.example", "login")]));
    let config = parse(r#"{ "credHelpers": { "r.example": 5 } }"#);
    assert_eq!(keys(&config, "r.example", "a"), rows(&[("r.example", "broken")]));
}

// containers-auth.json(5), its example of namespaces.
#[test]
fn the_longest_namespace_comes_first() {
    let config = parse(
        r#"{ "auths": {
            "my-registry.local": { "auth": "YTpi" },
            "my-registry.local/foo": { "auth": "YTpi" },
            "https://my-registry.local/v1/": { "auth": "YTpi" },
            "my-registry.local/foo/bar": { "auth": "YTpi" },
            "my-registry.local/foo/ba": { "auth": "YTpi" }
        } }"#,
    );
    assert_eq!(
        keys(&config, "my-registry.local", "foo/bar/img"),
        rows(&[
            ("my-registry.local/foo/bar", "login"),
            ("my-registry.local/foo", "login"),
            ("my-registry.local", "login"),
            ("https://my-registry.local/v1/", "login"),
        ])
    );
    assert_eq!(keys(&config, "my-registry.local", "").len(), 2);
}

#[test]
fn docker_hubs_own_key_comes_before_its_other_names() {
    let config = parse(
        r#"{ "auths": { "docker.io": { "auth": "YTpi" }, "index.docker.io": {},
             "https://index.docker.io/v1/": { "auth": "YTpi" } } }"#,
    );
    assert_eq!(
        keys(&config, "docker.io", "library/debian"),
        rows(&[
            ("https://index.docker.io/v1/", "login"),
            ("docker.io", "login"),
            ("index.docker.io", "empty")
        ])
    );
}

#[test]
fn dockercfg_has_its_entries_at_the_root() {
    let text = br#"{ "https://index.docker.io/v1/": { "auth": "YTpi", "email": "a@b" } }"#;
    let config = Config::parse(text, Layout::Dockercfg).unwrap();
    let held = config.held(&"docker.io".parse().unwrap(), None);
    let login = Login::Basic { user: "a".to_owned(), password: Secret::new("b") };
    assert_eq!(held[0].what, What::Auths(Ok(Some(login))));
}

#[test]
fn what_is_no_config_is_said_with_its_place_and_without_its_content() {
    let problem = |bytes: &[u8]| Config::parse(bytes, Layout::Docker).err();
    assert_eq!(
        problem(b"{\n  \"auths\": { \"canary\" }"),
        Some(FileProblem::NotJson { line: 2, column: 23 })
    );
    assert_eq!(problem(b"[]"), Some(FileProblem::NotAnObject));
    assert_eq!(problem(br#"{ "auths": "canary" }"#), Some(FileProblem::Shape("auths")));
    assert_eq!(problem(br#"{ "credHelpers": ["canary"] }"#), Some(FileProblem::Shape("credHelpers")));
    assert_eq!(problem(br#"{ "credsStore": 5 }"#), Some(FileProblem::Shape("credsStore")));
    assert!(problem(b"\xff\xfe{\0}\0").is_some(), "UTF-16 is not JSON");
    let deep = "[".repeat(100_000);
    assert!(problem(deep.as_bytes()).is_some(), "and no stack overflow");
}

#[test]
fn a_byte_order_mark_unknown_fields_and_nothing_at_all_are_no_problem() {
    let text = "\u{feff}{ \"auths\": { \"r.example\": { \"auth\": \"YTpi\", \"new\": [1] } }, \"x\": {} }";
    assert_eq!(keys(&parse(text), "r.example", "a"), rows(&[("r.example", "login")]));
    assert_eq!(keys(&parse(" \n"), "r.example", "a"), []);
    assert_eq!(keys(&parse("{ \"auths\": null }"), "r.example", "a"), []);
}

#[test]
fn one_broken_entry_spoils_no_other() {
    let config = parse(r#"{ "auths": { "a.example": { "auth": "*" }, "b.example": { "auth": "YTpi" } } }"#);
    assert_eq!(keys(&config, "b.example", "x"), rows(&[("b.example", "login")]));
    assert_eq!(keys(&config, "a.example", "x"), rows(&[("a.example", "broken")]));
}
