use registry::Secret;

use super::*;

/// `echo -n '{"auths":{"reg.example":{"auth":"YTpiLWNhbmFyeQ=="}}}' | base64`, where the `auth` is `a:b-canary`.
const CONFIG_JSON: &str = "eyJhdXRocyI6eyJyZWcuZXhhbXBsZSI6eyJhdXRoIjoiWVRwaUxXTmhibUZ5ZVE9PSJ9fX0=";
/// `echo -n '{"reg.example":{"auth":"YTpiLWNhbmFyeQ=="}}' | base64`
const DOCKERCFG: &str = "eyJyZWcuZXhhbXBsZSI6eyJhdXRoIjoiWVRwaUxXTmhibUZ5ZVE9PSJ9fQ==";

fn login(text: &str) -> Option<Login> {
    let secret = PullSecret::parse(text).unwrap_or_else(|problem| panic!("{problem}: {text}"));
    secret.login(&"reg.example".parse().unwrap(), None)
}

// The manifests are those of the Kubernetes documentation, "Docker config Secrets" and "Pull an Image from a Private
// Registry".
#[test]
fn both_kinds_are_read_in_every_form() {
    let expected = Some(Login::Basic { user: "a".to_owned(), password: Secret::new("b-canary") });
    let inner = r#"{ "auths": { "reg.example": { "auth": "YTpiLWNhbmFyeQ==" } } }"#;
    let folded = format!("{}\n    {}", &CONFIG_JSON[..40], &CONFIG_JSON[40..]);
    for text in [
        format!(
            "apiVersion: v1\nkind: Secret\nmetadata:\n  name: myregistrykey\n  namespace: awesomeapps\ndata:\n  \
             .dockerconfigjson: {CONFIG_JSON}\ntype: kubernetes.io/dockerconfigjson\n"
        ),
        format!("kind: Secret\ntype: kubernetes.io/dockercfg\ndata:\n  .dockercfg: |\n    {DOCKERCFG}\n"),
        format!("---\nkind: Secret\ndata:\n  .dockerconfigjson: >-\n    {folded}\n"),
        format!(
            "kind: Secret\ntype: kubernetes.io/dockerconfigjson\nstringData:\n  .dockerconfigjson: |\n    {inner}\n"
        ),
        format!(
            r#"{{ "apiVersion": "v1", "kind": "Secret", "type": "kubernetes.io/dockerconfigjson", "data": {{ ".dockerconfigjson": "{CONFIG_JSON}" }} }}"#
        ),
        inner.to_owned(),
        format!("\u{feff}\n{inner}\n"),
        r#"{ "reg.example": { "username": "a", "password": "b-canary", "email": "x" } }"#.to_owned(),
    ] {
        assert_eq!(login(&text), expected, "{text}");
    }
}

#[test]
fn what_is_no_pull_secret_is_said_without_its_text() {
    let bad = "kind: Secret\ntype: kubernetes.io/dockerconfigjson\n";
    for (text, problem) in [
        ("kind: Pod\ncanary: x".to_owned(), PullSecretProblem::NotASecret),
        ("canary".to_owned(), PullSecretProblem::NotASecret),
        ("{}".to_owned(), PullSecretProblem::NotASecret),
        (String::new(), PullSecretProblem::NotASecret),
        ("kind: Secret\ntype: Opaque\ndata: { x: canary }".to_owned(), PullSecretProblem::OtherType),
        ("kind: Secret\ndata: { x: canary }".to_owned(), PullSecretProblem::OtherType),
        (bad.to_owned(), PullSecretProblem::NoData(".dockerconfigjson")),
        (format!("{bad}data: {{ .dockercfg: {DOCKERCFG} }}"), PullSecretProblem::NoData(".dockerconfigjson")),
        (
            format!("{bad}data: {{ .dockerconfigjson: '*canary*' }}"),
            PullSecretProblem::NotBase64(".dockerconfigjson"),
        ),
        (
            format!("{bad}stringData: {{ .dockerconfigjson: '[\"canary\"]' }}"),
            PullSecretProblem::Config(FileProblem::NotAnObject),
        ),
        ("x".repeat(3 << 20), PullSecretProblem::TooLong),
    ] {
        let shown: String = text.chars().take(80).collect();
        assert_eq!(PullSecret::parse(&text).unwrap_err(), problem, "{shown}");
        assert!(!format!("{problem} {problem:?}").contains("canary"));
    }
    let unreadable = PullSecret::parse("a: [canary\nb: }").unwrap_err();
    assert!(matches!(unreadable, PullSecretProblem::Unreadable { line: Some(_) }), "{unreadable:?}");
    assert!(!format!("{unreadable} {unreadable:?}").contains("canary"));
}

#[test]
fn aliases_that_multiply_are_refused() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let before = format!("*a{}, ", level - 1).repeat(10);
        text.push_str(&format!("a{level}: &a{level} [{}]\n", before.trim_end_matches(", ")));
    }
    assert!(PullSecret::parse(&text).is_err());
}

#[test]
fn it_tells_what_it_has_for_a_registry() {
    let text = r#"{ "auths": {
        "https://index.docker.io/v1/": { "auth": "YTpi" },
        "user:canary@reg.example": { "auth": "YTpi" },
        "*.example": { "auth": "YTpi" },
        "reg.example": { "auth": "*" },
        "reg.example/team": { "username": "robot", "password": "canary" }
    }, "credsStore": "canary" }"#;
    let secret = PullSecret::parse(text).unwrap();
    assert_eq!(
        secret.keys(),
        ["*.example", "https://index.docker.io/v1/", "reg.example", "reg.example/team", "…@reg.example"]
    );
    let host: Host = "reg.example".parse().unwrap();
    let repository: RepositoryName = "team/app".parse().unwrap();
    let matches = secret.explain(&host, Some(&repository));
    let shown: Vec<(&str, &Verdict)> =
        matches.iter().map(|found| (found.key.as_str(), &found.verdict)).collect();
    let user = |name: &str| Shown::User(name.to_owned());
    assert_eq!(
        shown,
        [
            ("reg.example/team", &Verdict::Used(user("robot"))),
            ("reg.example", &Verdict::Failed(Problem::Entry(crate::EntryProblem::NotBase64))),
            ("*.example", &Verdict::Usable(user("a"))),
        ]
    );
    assert_eq!(secret.explain(&"other.test".parse().unwrap(), None), [], "no helper is asked");
    assert!(!format!("{secret:?} {matches:?}").contains("canary"));
}

#[test]
fn a_name_and_a_namespace_are_kept() {
    let text = "kind: Secret\nmetadata: { name: regcred, namespace: prod }\nstringData: { .dockercfg: '{}' }";
    let secret = PullSecret::parse(text).unwrap();
    assert_eq!(secret.name.as_deref(), Some("regcred"));
    assert_eq!(secret.namespace.as_deref(), Some("prod"));
    assert_eq!(secret.kind, PullSecretKind::Dockercfg);
}
