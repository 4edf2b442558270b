use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
    time::{Instant, SystemTime},
};

use registry::Secret;

use super::*;
use crate::{
    EntryProblem, FileProblem, HelperProblem, Holder, Looked, Outcome, Platform, Problem, Shown, Source,
    Verdict, helper::scripts::Scripts,
};

/// Time that the test moves.
#[derive(Default)]
struct Hand(AtomicU64);

impl Clock for Hand {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH
    }

    fn elapsed(&self) -> Duration {
        Duration::from_secs(self.0.load(Ordering::Relaxed))
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::ready(()))
    }

    fn limit(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::pending())
    }

    fn chance(&self) -> f64 {
        0.0
    }
}

/// A user's folder, and helpers.
struct World {
    scripts: Scripts,
    clock: Arc<Hand>,
}

impl World {
    async fn new() -> Self {
        Self { scripts: Scripts::new().await, clock: Arc::default() }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.scripts.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.at(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn environment(&self) -> Environment {
        Environment {
            platform: Platform::Linux,
            home: Some(self.at("home")),
            registry_auth_file: None,
            runtime: Some(self.at("run")),
            config: None,
            docker_config: None,
            user: None,
            path: self.scripts.as_path(),
        }
    }

    fn vault(&self) -> Vault {
        self.vault_in(&self.environment())
    }

    fn vault_in(&self, environment: &Environment) -> Vault {
        let clock: Arc<dyn Clock> = Arc::clone(&self.clock) as _;
        Vault::new(environment, Options { helper_limit: Duration::from_secs(20), keyring_limit: None, clock })
    }
}

const RUN: &str = "run/containers/auth.json";
const DOCKER: &str = "home/.docker/config.json";

fn host() -> Host {
    "reg.example".parse().unwrap()
}

fn basic(user: &str, password: &str) -> Login {
    Login::Basic { user: user.to_owned(), password: Secret::new(password) }
}

fn auths(user: &str) -> String {
    format!(r#"{{ "auths": {{ "reg.example": {{ "username": "{user}", "password": "p" }} }} }}"#)
}

/// The steps that have a match, as source and verdicts.
fn verdicts(account: &Account) -> Vec<(Source, Vec<Verdict>)> {
    let steps = account.steps.iter().filter(|step| !step.matches.is_empty());
    steps
        .map(|step| (step.source, step.matches.iter().map(|found| found.verdict.clone()).collect()))
        .collect()
}

fn user(name: &str) -> Shown {
    Shown::User(name.to_owned())
}

#[tokio::test]
async fn the_sources_are_asked_in_the_order_that_is_written_down() {
    let world = World::new().await;
    let environment = Environment { registry_auth_file: Some(world.at("named.json")), ..world.environment() };
    let places = [
        ("home/.dockercfg", Source::Dockercfg),
        (DOCKER, Source::Docker),
        ("home/.config/containers/auth.json", Source::PodmanConfig),
        (RUN, Source::PodmanRuntime),
        ("named.json", Source::RegistryAuthFile),
    ];
    let vault = world.vault_in(&environment);
    assert_eq!(vault.lookup(&host(), None).await, Ok(None));
    for (file, source) in places {
        let text = auths(file);
        let text = if source == Source::Dockercfg {
            r#"{ "reg.example": { "username": "home/.dockercfg", "password": "p" } }"#.to_owned()
        } else {
            text
        };
        world.write(file, &text);
        vault.forget(&host());
        assert_eq!(vault.lookup(&host(), None).await, Ok(Some(basic(file, "p"))));
        let account = vault.explain(&host(), None, None).await;
        let (first, found) = verdicts(&account).remove(0);
        assert_eq!((first, found), (source, vec![Verdict::Used(user(file))]));
    }
    let own = OwnName { host: host(), namespace: None };
    vault.keep(&own, basic("own", "p"), Keep::Session).await.unwrap();
    assert_eq!(vault.lookup(&host(), None).await, Ok(Some(basic("own", "p"))));
    let account = vault.explain(&host(), None, None).await;
    assert_eq!(account.outcome, Outcome::Login(0, 0));
    assert_eq!(verdicts(&account).len(), 6, "the others could have been");
    assert!(verdicts(&account)[1..].iter().all(|(_, found)| matches!(found[..], [Verdict::Usable(_)])));
    let sources: Vec<Source> = account.steps.iter().map(|step| step.source).collect();
    assert!(sources.is_sorted(), "{sources:?}");
    assert_eq!(vault.names(Keep::Session).await.unwrap(), vec![own.clone()]);
    assert!(vault.remove(&own, Keep::Session).await.unwrap());
    assert_eq!(vault.lookup(&host(), None).await, Ok(Some(basic("named.json", "p"))));
}

#[tokio::test]
async fn the_user_may_prefer_a_source_or_none() {
    let world = World::new().await;
    world.write(RUN, &auths("podman"));
    world.write(DOCKER, &auths("docker"));
    let vault = world.vault();
    vault.choose(&host(), Choice::Prefer(Source::Docker));
    assert_eq!(vault.lookup(&host(), None).await, Ok(Some(basic("docker", "p"))));
    vault.choose(&host(), Choice::Prefer(Source::Dockercfg));
    assert_eq!(vault.lookup(&host(), None).await, Ok(Some(basic("podman", "p"))), "it has nothing");
    vault.choose(&host(), Choice::Anonymous);
    assert_eq!(vault.lookup(&host(), None).await, Ok(None));
    let account = vault.explain(&host(), None, None).await;
    assert_eq!(account.outcome, Outcome::ChosenAnonymous);
    assert_eq!(
        verdicts(&account),
        [
            (Source::PodmanRuntime, vec![Verdict::Usable(user("podman"))]),
            (Source::Docker, vec![Verdict::Usable(user("docker"))])
        ]
    );
    let tried = vault.explain(&host(), None, Some(Choice::InOrder)).await;
    assert!(matches!(tried.outcome, Outcome::Login(..)), "what another choice would do");
    assert_eq!(vault.lookup(&host(), None).await, Ok(None), "and it holds no longer than that");
}

#[tokio::test]
async fn a_helper_that_fails_ends_the_search() {
    let world = World::new().await;
    world.scripts.add("broken", r#"touch "$0.ran"; echo canary; exit 1"#);
    let hub = r#""https://index.docker.io/v1/": { "auth": "YTpi" }"#;
    let elsewhere = r#""reg.example": { "auth": "YTpi" }"#;
    world.write(
        RUN,
        &format!(r#"{{ "credHelpers": {{ "reg.example": "broken" }}, "auths": {{ {hub}, {elsewhere} }} }}"#),
    );
    world.write(DOCKER, &auths("docker"));
    world.write("home/.dockercfg", r#"{ "other.example": { "auth": "YTpi" } }"#);
    let vault = world.vault();
    let error = vault.lookup(&host(), None).await.unwrap_err();
    assert_eq!(
        error.message,
        format!(
            "The login for reg.example cannot be had: the helper \"broken\", which the key \"reg.example\" of {} \
             names, failed with exit code 1.",
            world.at(RUN).display()
        )
    );
    let account = vault.explain(&host(), None, None).await;
    let failed = || Verdict::Failed(Problem::Helper(HelperProblem::Failed(Some(1))));
    assert_eq!(
        verdicts(&account),
        [
            (Source::PodmanRuntime, vec![failed(), Verdict::Usable(user("a"))]),
            (Source::Docker, vec![Verdict::Usable(user("docker"))])
        ]
    );
    assert!(matches!(account.outcome, Outcome::Stopped(..)));
    // Anonymous, or another source, only by the user's word; then the helper is not even run.
    for (choice, expected) in
        [(Choice::Anonymous, None), (Choice::Prefer(Source::Docker), Some(basic("docker", "p")))]
    {
        fs::remove_file(world.at("docker-credential-broken.ran")).unwrap_or_default();
        vault.choose(&host(), choice);
        assert_eq!(vault.lookup(&host(), None).await, Ok(expected));
        assert!(!world.at("docker-credential-broken.ran").exists());
    }
}

#[tokio::test]
async fn a_store_that_is_missing_is_no_reason_to_take_the_login_of_docker_hub() {
    let world = World::new().await;
    world.write(
        DOCKER,
        r#"{ "credsStore": "gone", "auths": { "https://index.docker.io/v1/": { "auth": "YTpi" } } }"#,
    );
    let vault = world.vault();
    assert!(vault.lookup(&host(), None).await.is_err());
    let account = vault.explain(&host(), None, None).await;
    assert_eq!(
        verdicts(&account),
        [(Source::Docker, vec![Verdict::Failed(Problem::Helper(HelperProblem::Missing))])]
    );
    assert_eq!(account.steps.last().unwrap().source, Source::Dockercfg, "every source is in the account");
    assert_eq!(
        account.failure().unwrap(),
        format!(
            "The login for reg.example cannot be had: the helper \"gone\", the credsStore of {}, is not installed: \
             its program is in no folder of PATH.",
            world.at(DOCKER).display()
        )
    );
}

#[tokio::test]
async fn a_helper_without_a_login_is_no_error_and_the_search_goes_on() {
    let world = World::new().await;
    world
        .scripts
        .add("none", r#"cat >> "$0.asked"; echo 'credentials not found in native keychain'; exit 1"#);
    world.write(RUN, r#"{ "credsStore": "none", "auths": { "reg.example": {} } }"#);
    world.write(DOCKER, &auths("docker"));
    let vault = world.vault();
    assert_eq!(vault.lookup(&host(), None).await, Ok(Some(basic("docker", "p"))));
    let account = vault.explain(&host(), None, None).await;
    assert_eq!(verdicts(&account)[0], (Source::PodmanRuntime, vec![Verdict::NotFound, Verdict::Empty]));
    fs::remove_file(world.at("docker-credential-none.asked")).unwrap();
    assert_eq!(vault.lookup(&"docker.io".parse().unwrap(), None).await, Ok(None));
    let asked = fs::read_to_string(world.at("docker-credential-none.asked")).unwrap();
    assert_eq!(asked, "https://index.docker.io/v1/");
}

#[tokio::test]
async fn once_the_answer_is_known_no_helper_is_asked() {
    let world = World::new().await;
    world.scripts.add("x", r#"touch "$0.ran""#);
    world.write(RUN, &auths("podman"));
    world.write(DOCKER, r#"{ "credsStore": "x" }"#);
    let account = world.vault().explain(&host(), None, None).await;
    assert_eq!(verdicts(&account)[1], (Source::Docker, vec![Verdict::NotAsked]));
    assert_eq!(account.steps[4].matches[0].holder, Holder::CredsStore("x".to_owned()));
    assert!(!world.at("docker-credential-x.ran").exists());
}

#[tokio::test]
async fn a_file_that_is_no_config_is_passed_over_and_a_broken_entry_is_not() {
    let world = World::new().await;
    world.write(RUN, "{ canary");
    world.write(DOCKER, &auths("docker"));
    let vault = world.vault();
    assert_eq!(vault.lookup(&host(), None).await, Ok(Some(basic("docker", "p"))));
    let account = vault.explain(&host(), None, None).await;
    assert_eq!(account.steps[2].file.as_deref(), Some(Path::new(&world.at(RUN))));
    assert_eq!(account.steps[2].looked, Looked::Unusable(FileProblem::NotJson { line: 1, column: 3 }));
    assert_eq!(account.steps[3].looked, Looked::Missing);
    world.write(RUN, r#"{ "auths": { "reg.example": { "auth": "*canary*" } } }"#);
    vault.forget(&host());
    assert_eq!(
        vault.lookup(&host(), None).await.unwrap_err().message,
        format!(
            "The login for reg.example cannot be had: the entry \"reg.example\" of {} has an \"auth\" that is not base64.",
            world.at(RUN).display()
        )
    );
    let account = vault.explain(&host(), None, None).await;
    let broken = Verdict::Failed(Problem::Entry(EntryProblem::NotBase64));
    assert_eq!(verdicts(&account)[0], (Source::PodmanRuntime, vec![broken]));
    assert_eq!(
        vault.lookup(&"other.example".parse().unwrap(), None).await,
        Ok(None),
        "it is of one registry"
    );
}

#[tokio::test]
async fn an_own_login_for_a_namespace_is_closer_than_one_for_the_registry() {
    let world = World::new().await;
    let vault = world.vault();
    for (name, user) in [("reg.example", "all"), ("reg.example/team", "team")] {
        vault.keep(&name.parse().unwrap(), basic(user, "p"), Keep::Session).await.unwrap();
    }
    for (repository, user) in [("team/app", "team"), ("team", "team"), ("teams/app", "all")] {
        let repository = repository.parse().unwrap();
        assert_eq!(vault.lookup(&host(), Some(&repository)).await, Ok(Some(basic(user, "p"))));
    }
    let none = vault.keep(&"reg.example".parse().unwrap(), basic("a", "p"), Keep::Keyring).await;
    assert!(matches!(none, Err(StoreProblem::NoneHere(_))), "the keyring is not used here");
}

#[tokio::test]
async fn a_helper_runs_once_for_many_who_ask_and_again_after_a_while() {
    let world = World::new().await;
    world.scripts.add("x", r#"echo x >> "$0.ran"; sleep 0.2; echo '{"Username":"a","Secret":"b"}'"#);
    world.write(DOCKER, r#"{ "credsStore": "x" }"#);
    let vault = world.vault();
    let ran = || fs::read_to_string(world.at("docker-credential-x.ran")).unwrap().lines().count();
    let asked = futures_util::future::join_all((0..5).map(|_| vault.lookup(&host(), None))).await;
    assert!(asked.iter().all(|answer| *answer == Ok(Some(basic("a", "b")))));
    assert_eq!(ran(), 1);
    world.clock.0.store(59, Ordering::Relaxed);
    vault.lookup(&host(), None).await.unwrap();
    assert_eq!(ran(), 1);
    world.clock.0.store(61, Ordering::Relaxed);
    vault.lookup(&host(), None).await.unwrap();
    assert_eq!(ran(), 2);
}

/// Whoever is refused logs in elsewhere and tries again; a list of a hundred refused rows asks a helper once.
#[tokio::test]
async fn what_was_refused_is_soon_looked_up_anew() {
    let world = World::new().await;
    let vault = world.vault();
    let found = async || vault.lookup(&host(), None).await.unwrap();
    assert_eq!(found().await, None);
    world.write("home/.docker/config.json", &auths("alice"));
    world.clock.0.fetch_add(6, Ordering::Relaxed);
    assert_eq!(found().await, None, "remembered");
    vault.refused(&host());
    assert_eq!(found().await, None, "for a moment still");
    world.clock.0.fetch_add(6, Ordering::Relaxed);
    assert_eq!(found().await, Some(basic("alice", "p")));
}

#[tokio::test]
async fn no_secret_is_in_anything_that_can_be_printed_and_nothing_is_written() {
    let world = World::new().await;
    world.scripts.add("x", "echo '{\"Username\":\"h\",\"Secret\":\"canary\"}'; echo canary >&2");
    world.scripts.add("y", "echo canary; echo canary >&2; exit 1");
    // `printf 'a:canary' | base64`
    let entries = r#""reg.example": { "auth": "YTpjYW5hcnk=" }, "reg.example/a": { "identitytoken": "canary" },
        "reg.example/a/b": { "auth": "canary" }, "https://reg.example/v1/": { "registrytoken": "canary" }"#;
    world.write(RUN, &format!(r#"{{ "auths": {{ {entries} }} }}"#));
    world.write("home/.config/containers/auth.json", r#"{ "credHelpers": { "reg.example": "y" } }"#);
    world.write(DOCKER, r#"{ "credHelpers": { "reg.example": "x" }, "auths": "canary" }"#);
    world.write("home/.dockercfg", r#"{ "reg.example": { "username": "u", "password": "canary" } }"#);
    let before = contents(world.scripts.path());
    let vault = world.vault();
    vault.keep(&"reg.example".parse().unwrap(), basic("own", "canary"), Keep::Session).await.unwrap();
    let repository = "a/b/c".parse().unwrap();
    let mut choices = vec![Choice::InOrder, Choice::Anonymous];
    choices.extend(
        [Source::PodmanRuntime, Source::PodmanConfig, Source::Docker, Source::Dockercfg].map(Choice::Prefer),
    );
    let start = Instant::now();
    for choice in choices {
        for repository in [None, Some(&repository)] {
            vault.choose(&host(), choice);
            let account = vault.explain(&host(), repository, None).await;
            let answer = vault.lookup(&host(), repository).await;
            let shown = format!("{account:?} {account:#?} {:?} {answer:?}", account.failure());
            assert!(!shown.contains("canary"), "{shown}");
            assert!(!shown.contains("YTpj"), "{shown}");
        }
    }
    assert!(start.elapsed() < Duration::from_secs(60));
    assert_eq!(contents(world.scripts.path()), before, "no file was made, none was changed");
}

/// Every file below a folder, with its content.
fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut open = vec![folder.to_owned()];
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            let bytes = fs::read(&path).unwrap();
            found.push((path, bytes));
        }
    }
    found.sort();
    found
}
