//! Does a real keyring keep what it is given, and what is said where there is none?
//!
//! Linux alone: gnome-keyring, on a bus and in a folder of its own. Each session runs one part of this very program
//! again, since a process knows one keyring.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test stops where something is not as it must be")]
#![allow(clippy::print_stderr, reason = "a test tells on standard error what it skips")]

use std::{
    env, fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use registry::{Login, Secret};
use vault::{Keyring, OwnName, Store, StoreProblem};

/// Says which part a session is to run.
const PART: &str = "OCISCOPE_KEYRING_PART";
const LIMIT: Duration = Duration::from_secs(20);

/// The folders of a user without a desktop.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        fs::create_dir(home.path().join("run")).unwrap();
        fs::set_permissions(home.path().join("run"), fs::Permissions::from_mode(0o700)).unwrap();
        home
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// A command in this home that knows nothing of the real session.
    fn command(&self, program: &str, part: &str) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env(PART, part).env("HOME", self.path());
        command.env("XDG_RUNTIME_DIR", self.path().join("run"));
        for name in ["PATH", "LD_LIBRARY_PATH", "LLVM_PROFILE_FILE"] {
            command.envs(env::var_os(name).map(|value| (name, value)));
        }
        command
    }

    /// Runs a part on a bus of its own, beside a keyring that was started by this shell command.
    fn session(&self, start: &str, part: &str) {
        let program = env::current_exe().unwrap();
        // The keyring is on the bus a little after its first process has ended; a process that came too early would
        // never see it.
        let run = "\"$0\" --exact a_part_of_a_session --nocapture";
        let here = format!("{PART}=here {run} > /dev/null 2>&1");
        let wait = format!("n=0; until {here} || [ $((n += 1)) -gt 100 ]; do sleep 0.1; done");
        let script = format!("{start} > /dev/null && {wait}; exec {run}");
        let mut command = self.command("dbus-run-session", part);
        finish(command.args(["--", "sh", "-c", &script]).arg(program));
    }
}

fn finish(command: &mut Command) {
    let output = command.output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && out.contains("1 passed"), "{out}\n{err}");
}

const UNLOCKED: &str = "printf password | gnome-keyring-daemon --unlock --components=secrets";
const LOCKED: &str = "gnome-keyring-daemon --start --components=secrets < /dev/null";

/// Whether the programs are there.
///
/// # Panics
/// With `CI=true`, if one is missing.
fn have_programs() -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    for program in ["dbus-run-session", "gnome-keyring-daemon"] {
        if !env::split_paths(&path).any(|folder| folder.join(program).is_file()) {
            let text = format!("skipped: {program} is missing; `cargo xtask test unit` installs it");
            assert!(env::var("CI").as_deref() != Ok("true"), "{text}");
            eprintln!("{text}");
            return false;
        }
    }
    true
}

#[test]
fn a_keyring_keeps_logins_over_sessions_and_lists_them() {
    if have_programs() {
        let home = Home::new();
        home.session(UNLOCKED, "keep");
        home.session(UNLOCKED, "find");
    }
}

#[test]
fn a_locked_keyring_is_a_failure_in_time_and_never_an_empty_one() {
    if have_programs() {
        let home = Home::new();
        home.session(UNLOCKED, "keep");
        home.session(LOCKED, "locked");
    }
}

#[test]
fn without_a_keyring_nothing_is_kept_and_no_file_is_made() {
    let home = Home::new();
    let before = files(home.path());
    let program = env::current_exe().unwrap();
    let mut command = home.command(program.to_str().unwrap(), "none");
    command.env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}/run/bus", home.path().display()));
    finish(command.args(["--exact", "a_part_of_a_session", "--nocapture"]));
    assert_eq!(files(home.path()), before);
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut open = vec![folder.to_owned()];
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        }
        found.push(path);
    }
    found.sort();
    found
}

fn name(text: &str) -> OwnName {
    text.parse().unwrap()
}

fn basic(password: &str) -> Login {
    Login::Basic { user: "alice".to_owned(), password: Secret::new(password) }
}

/// What runs inside a session; outside there is no part to run.
#[tokio::test]
async fn a_part_of_a_session() {
    let keyring = Keyring::new(LIMIT);
    match env::var(PART).as_deref() {
        Ok("here") => assert_eq!(keyring.is_here().await, Ok(())),
        Ok("keep") => keep(&keyring).await,
        Ok("find") => find(&keyring).await,
        Ok("locked") => locked().await,
        Ok("none") => none(&keyring).await,
        other => assert!(other.is_err(), "there is no such part: {other:?}"),
    }
}

async fn keep(keyring: &Keyring) {
    assert_eq!(keyring.is_here().await, Ok(()));
    assert_eq!(keyring.names().await, Ok(Vec::new()));
    assert_eq!(keyring.get(&name("reg.example")).await, Ok(None));
    assert_eq!(keyring.remove(&name("reg.example")).await, Ok(false));
    keyring.set(&name("reg.example"), basic("old")).await.unwrap();
    keyring.set(&name("reg.example"), basic("new")).await.unwrap();
    keyring
        .set(&name("reg.example:5000/team"), Login::Identity(Secret::new("x".repeat(8_000))))
        .await
        .unwrap();
    keyring.set(&name("gone.example"), basic("x")).await.unwrap();
    assert_eq!(keyring.remove(&name("gone.example")).await, Ok(true));
}

async fn find(keyring: &Keyring) {
    assert_eq!(keyring.names().await, Ok(vec![name("reg.example"), name("reg.example:5000/team")]));
    assert_eq!(keyring.get(&name("reg.example")).await, Ok(Some(basic("new"))));
    let long = Login::Identity(Secret::new("x".repeat(8_000)));
    assert_eq!(keyring.get(&name("reg.example:5000/team")).await, Ok(Some(long)));
    for other in ["reg.example:5000", "reg.example/team", "gone.example", "example"] {
        assert_eq!(keyring.get(&name(other)).await, Ok(None), "{other}");
    }
    // Other programs find it by what is written down: the service and the user.
    let entry = keyring::Entry::new("ociscope", "reg.example").unwrap();
    let text = tokio::task::spawn_blocking(move || entry.get_password()).await.unwrap().unwrap();
    assert_eq!(text, r#"{"password":"new","user":"alice"}"#);
}

async fn locked() {
    let limit = Duration::from_secs(3);
    let keyring = Keyring::new(limit);
    let start = Instant::now();
    let problem = keyring.get(&name("reg.example")).await.unwrap_err();
    assert!(matches!(problem, StoreProblem::Refused | StoreProblem::TimedOut(_)), "{problem:?}");
    assert!(start.elapsed() < 3 * limit);
    assert_eq!(keyring.get(&name("other.example")).await, Ok(None), "what is not there needs no key");
}

async fn none(keyring: &Keyring) {
    for _ in 0..2 {
        let problem = keyring.set(&name("reg.example"), basic("canary")).await.unwrap_err();
        assert!(matches!(problem, StoreProblem::NoneHere(_)), "{problem:?}");
        assert!(!format!("{problem} {problem:?}").contains("canary"));
        assert!(matches!(keyring.is_here().await, Err(StoreProblem::NoneHere(_))));
        assert!(matches!(keyring.names().await, Err(StoreProblem::NoneHere(_))));
        assert!(matches!(keyring.get(&name("reg.example")).await, Err(StoreProblem::NoneHere(_))));
    }
}
