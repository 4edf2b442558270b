use std::{
    fs,
    time::{Duration, Instant},
};

use registry::Secret;

use super::{scripts::Scripts, *};

const SECOND: Duration = Duration::from_secs(1);

fn helpers(scripts: &Scripts, limit: Duration) -> Helpers {
    Helpers { path: scripts.as_path(), platform: Platform::Linux, limit }
}

/// What a helper of this script says of `reg.example`.
async fn says(script: &str) -> Result<Option<Login>, HelperProblem> {
    let scripts = Scripts::new().await;
    scripts.add("x", script);
    helpers(&scripts, 20 * SECOND).get("x", "reg.example").await
}

/// Whether a process still runs that has written its number there.
fn runs(file: &std::path::Path) -> bool {
    let number = fs::read_to_string(file).unwrap();
    let state = fs::read_to_string(format!("/proc/{}/stat", number.trim()));
    state.is_ok_and(|state| !state.contains(") Z "))
}

fn soon(mut done: impl FnMut() -> bool) -> bool {
    let start = Instant::now();
    while start.elapsed() < 5 * SECOND {
        if done() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    false
}

// The answer is that of docker-credential-helpers' documentation, "Development".
#[tokio::test]
async fn a_helper_is_asked_by_its_input_and_answers_in_json() {
    let scripts = Scripts::new().await;
    scripts.add(
        "x",
        r#"cat > "$0.in"; echo "$*" > "$0.args"; pwd > "$0.pwd"; echo "$PATH" > "$0.path"
           echo '{ "ServerURL": "reg.example", "Username": "david", "Secret": "passw0rd1", "New": [] }'"#,
    );
    let login = helpers(&scripts, 20 * SECOND).get("x", "reg.example:5000").await.unwrap();
    assert_eq!(login, Some(Login::Basic { user: "david".to_owned(), password: Secret::new("passw0rd1") }));
    let wrote = |ending: &str| {
        fs::read_to_string(scripts.path().join(format!("docker-credential-x.{ending}"))).unwrap()
    };
    assert_eq!(wrote("in"), "reg.example:5000");
    assert_eq!(wrote("args"), "get\n");
    assert_eq!(wrote("path").trim(), scripts.as_path(), "what it starts itself is found where it was found");
    assert_eq!(fs::canonicalize(wrote("pwd").trim()).unwrap(), fs::canonicalize(scripts.path()).unwrap());
}

#[tokio::test]
async fn the_user_token_means_an_identity_token() {
    let answer = says(r#"echo '{"Username":"<token>","Secret":"it"}'"#).await;
    assert_eq!(answer, Ok(Some(Login::Identity(Secret::new("it")))));
}

#[tokio::test]
async fn a_helper_that_has_nothing_says_so_in_fixed_words() {
    assert_eq!(says("echo 'credentials not found in native keychain'; exit 1").await, Ok(None));
    assert_eq!(says(r#"echo '{"Username":"","Secret":""}'"#).await, Ok(None));
    let other = says("echo 'canary: credentials not found in native keychain'; exit 1").await;
    assert_eq!(other, Err(HelperProblem::Failed(Some(1))));
}

#[tokio::test]
async fn what_fails_is_said_without_what_the_helper_wrote() {
    for (script, problem) in [
        ("echo canary >&2; echo canary; exit 3", HelperProblem::Failed(Some(3))),
        ("kill -9 $$", HelperProblem::Failed(None)),
        ("echo canary", HelperProblem::Malformed),
        ("echo '{\"Username\": \"canary\"}'", HelperProblem::Malformed),
        ("echo '{\"Username\": 5, \"Secret\": \"canary\"}'", HelperProblem::Malformed),
        ("true", HelperProblem::Malformed),
        (
            r#"printf '%s' '{"Username":"a","Secret":"canary\r\nX: y"}'"#,
            HelperProblem::BadLogin(EntryProblem::ControlCharacter),
        ),
        (r#"echo '{"Username":"","Secret":"canary"}'"#, HelperProblem::BadLogin(EntryProblem::NoUser)),
    ] {
        let found = says(script).await.unwrap_err();
        assert_eq!(found, problem, "{script}");
        assert!(!format!("{found} {found:?}").contains("canary"), "{script}");
    }
}

#[tokio::test]
async fn a_helper_that_waits_forever_is_stopped_with_its_children() {
    let scripts = Scripts::new().await;
    scripts.add("x", r#"sleep 600 & echo $! > "$0.child"; echo $$ > "$0.self"; wait"#);
    let limit = Duration::from_millis(700);
    let start = Instant::now();
    let answer = helpers(&scripts, limit).get("x", "reg.example").await;
    assert_eq!(answer, Err(HelperProblem::TimedOut(limit)));
    assert!(start.elapsed() < 5 * SECOND);
    for ending in ["self", "child"] {
        let file = scripts.path().join(format!("docker-credential-x.{ending}"));
        assert!(soon(|| !runs(&file)), "{ending} is gone");
    }
}

#[tokio::test]
async fn a_helper_of_which_nobody_waits_any_more_is_stopped() {
    let scripts = Scripts::new().await;
    scripts.add("x", r#"sleep 600 & echo $! > "$0.tmp"; mv "$0.tmp" "$0.child"; wait"#);
    let helpers = helpers(&scripts, 60 * SECOND);
    let asking = tokio::spawn(async move { helpers.get("x", "reg.example").await });
    let file = scripts.path().join("docker-credential-x.child");
    while !file.exists() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(runs(&file));
    asking.abort();
    assert!(asking.await.unwrap_err().is_cancelled());
    assert!(soon(|| !runs(&file)));
}

#[tokio::test]
async fn output_without_end_is_cut_and_the_helper_stopped() {
    let start = Instant::now();
    let scripts = Scripts::new().await;
    scripts.add("x", r#"echo $$ > "$0.self"; exec yes canary"#);
    scripts.add("y", "head -c 100000000 /dev/zero; exit 0");
    for name in ["x", "y"] {
        let answer = helpers(&scripts, 60 * SECOND).get(name, "reg.example").await;
        assert_eq!(answer, Err(HelperProblem::TooMuch));
    }
    assert!(start.elapsed() < 30 * SECOND);
    assert!(soon(|| !runs(&scripts.path().join("docker-credential-x.self"))));
}

#[tokio::test]
async fn a_child_that_keeps_the_output_open_does_not_hold_the_answer_up() {
    let start = Instant::now();
    let answer = says(r#"sleep 600 & echo '{"Username":"a","Secret":"b"}'"#).await;
    assert_eq!(answer, Ok(Some(Login::Basic { user: "a".to_owned(), password: Secret::new("b") })));
    assert!(start.elapsed() < 10 * SECOND);
}

#[tokio::test]
async fn what_must_not_be_run_is_not_run() {
    let scripts = Scripts::new().await;
    scripts.add("x", r#"touch "$0.ran""#);
    let helpers = helpers(&scripts, 20 * SECOND);
    for server in ["reg.example\nhost=evil", "reg.example\r", "reg.example\0", "\u{85}"] {
        assert_eq!(helpers.get("x", server).await, Err(HelperProblem::BadServer), "{server:?}");
    }
    for name in ["../x", "x;x", "x x", ""] {
        assert_eq!(helpers.get(name, "reg.example").await, Err(HelperProblem::BadName), "{name:?}");
    }
    assert_eq!(helpers.get("y", "reg.example").await, Err(HelperProblem::Missing));
    assert!(!scripts.path().join("docker-credential-x.ran").exists());
    let _ = helpers.get("x", "reg.example").await;
    assert!(scripts.path().join("docker-credential-x.ran").exists(), "or this test looks at nothing");
}

#[tokio::test]
async fn a_program_of_windows_that_linux_cannot_start_is_explained() {
    let scripts = Scripts::new().await;
    let program = scripts.add("desktop.exe", "");
    fs::write(&program, b"MZ\x90\x00").unwrap();
    let on = |platform| Helpers { platform, ..helpers(&scripts, 20 * SECOND) };
    let answer = on(Platform::Wsl).get("desktop.exe", "reg.example").await.unwrap_err();
    assert!(matches!(answer, HelperProblem::WslProgram(_)), "{answer:?}");
    let answer = on(Platform::Linux).get("desktop.exe", "reg.example").await.unwrap_err();
    assert!(matches!(answer, HelperProblem::NotStarted(_)), "{answer:?}");
}
