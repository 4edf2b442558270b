//! The program `ociscope` from outside: what it prints, and how it ends.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, wherever it does")]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Output, Stdio},
};

use serde_json::{Value, json};

/// The program in a world of its own: no state of this user, no UI by accident.
fn program(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ociscope"));
    command
        .current_dir(home)
        .env("HOME", home)
        .env("XDG_STATE_HOME", home.join("state"))
        .env_remove("OCISCOPE_UI");
    command.stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    let home = tempfile::tempdir().unwrap();
    program(home.path()).args(arguments).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn complaint(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    out(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn help_and_version_are_everywhere() {
    let version = run(&["--version"]);
    assert_eq!((code(&version), out(&version)), (0, concat!("ociscope ", env!("CARGO_PKG_VERSION"), "\n")));
    for arguments in [&["--help"][..], &["call", "--help"], &["watch", "--help"], &["operations", "--help"]] {
        let help = run(arguments);
        assert_eq!(code(&help), 0, "{arguments:?}");
        assert!(out(&help).contains("Usage: ociscope"), "{}", out(&help));
    }
    assert!(out(&run(&["--help"])).contains("Exit codes:"));
}

#[test]
fn a_command_line_that_cannot_be_read_ends_with_2() {
    for arguments in [&["--no-such"][..], &["--port", "70000"], &["call"], &["no-such"], &["--add", "a b"]] {
        let output = run(arguments);
        assert_eq!((code(&output), out(&output)), (2, ""), "{arguments:?}");
        assert!(!complaint(&output).is_empty());
    }
}

#[test]
fn operations_are_printed_from_the_one_list() {
    let output = run(&["operations"]);
    assert_eq!(code(&output), 0);
    let printed = lines(&output);
    let names: Vec<_> = printed.iter().map(|line| line["name"].as_str().unwrap()).collect();
    let known: Vec<_> = api::operations::ALL.iter().map(|operation| operation.name).collect();
    assert_eq!(names, known);
    for line in printed {
        assert!(line["kind"] == "call" || line["kind"] == "watch", "{line}");
        assert!(line["about"].as_str().unwrap().ends_with('.'), "{line}");
        assert!(line["example"]["request"].is_object(), "{line}");
    }
}

#[test]
fn a_call_prints_its_reply_as_one_line() {
    let output = run(&["call", "inspect", r#"{"reference":"modern.sample/demo/app:latest"}"#]);
    assert_eq!(code(&output), 0, "{}", complaint(&output));
    let replies = lines(&output);
    assert_eq!(replies.len(), 1);
    let digest = replies[0]["digest"].as_str().unwrap();
    assert!(digest.starts_with("sha256:") && digest.len() == 71, "{digest}");

    let samples = run(&["call", "list_registries"]);
    let names: Vec<_> =
        lines(&samples)[0]["registries"].as_array().unwrap().iter().map(|r| r["name"].clone()).collect();
    assert_eq!(names, ["modern.sample", "legacy.sample"]);
}

#[test]
fn a_watch_prints_each_event_as_one_line() {
    for registry in ["modern.sample", "legacy.sample"] {
        let request = json!({"registry": registry, "repository": "demo/many"}).to_string();
        let output = run(&["watch", "list_tags", &request]);
        assert_eq!(code(&output), 0, "{}", complaint(&output));
        let events = lines(&output);
        assert!(events.len() > 1, "5,000 tags come in more than one page");
        let tags: Vec<_> = events.iter().flat_map(|event| event["tags"].as_array().unwrap()).collect();
        assert_eq!(tags.len(), 5_000);
        assert_eq!(events.last().unwrap()["complete"], json!(true));
    }
}

#[test]
fn the_request_can_come_from_standard_input() {
    let home = tempfile::tempdir().unwrap();
    let mut child = program(home.path())
        .args(["call", "inspect", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(br#"{"reference":"legacy.sample/demo/chart:0.3.1"}"#).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(code(&output), 0);
    assert_eq!(lines(&output).len(), 1);
}

#[test]
fn the_exit_code_says_how_it_failed() {
    // Nobody listens on port 1 of this machine: connections are refused.
    for (arguments, exit, error) in [
        (["call", "no_such", "{}"], 2, "bad_request"),
        (["watch", "no_such", "{}"], 2, "bad_request"),
        (["call", "inspect", "{"], 2, "bad_request"),
        (["call", "inspect", r#"{"reference":"modern.sample/demo/app:none"}"#], 3, "manifest_not_found"),
        (
            ["watch", "list_tags", r#"{"registry":"modern.sample","repository":"demo/none"}"#],
            3,
            "repository_not_found",
        ),
        (["call", "check_registry", r#"{"registry":"127.0.0.1:1"}"#], 5, "unreachable"),
        (["watch", "list_repositories", r#"{"registry":"127.0.0.1:1"}"#], 5, "unreachable"),
    ] {
        let output = run(&arguments);
        assert_eq!((code(&output), out(&output)), (exit, ""), "{arguments:?} {}", complaint(&output));
        let complaint: Value = serde_json::from_str(complaint(&output)).unwrap();
        assert_eq!(complaint["code"], json!(error), "{arguments:?}");
    }
}

#[test]
fn without_a_ui_it_says_how_to_get_one() {
    let home = tempfile::tempdir().unwrap();
    let missing = home.path().join("nowhere");
    for arguments in [&[][..], &["--ui", missing.to_str().unwrap()]] {
        let output = program(home.path()).args(arguments).output().unwrap();
        assert_eq!((code(&output), out(&output)), (1, ""));
        assert!(complaint(&output).contains("cargo xtask ui"), "{}", complaint(&output));
    }
}

/// A started web host, ended with this.
struct Web(Child);

impl Drop for Web {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts the web host, and reads the one line that it prints: the port and the token.
fn web(home: &Path, arguments: &[&str]) -> (Web, u16, String) {
    let ui = home.join("ui/dist");
    std::fs::create_dir_all(&ui).unwrap();
    std::fs::write(ui.join("index.html"), "<!doctype html><title>page</title>").unwrap();
    let mut child =
        program(home).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let url = line.strip_prefix("Ociscope is at http://127.0.0.1:").unwrap_or_else(|| panic!("{line:?}"));
    let (port, token) = url.trim_end().split_once("/#token=").unwrap();
    assert_eq!(token.len(), 64);
    (Web(child), port.parse().unwrap(), token.to_owned())
}

fn ask(port: u16, head: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    let length = body.len();
    write!(
        stream,
        "{head}\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn call(port: u16, token: &str, operation: &str, request: &str) -> String {
    let head = format!(
        "POST /api/call/{operation} HTTP/1.1\r\nx-ociscope-token: {token}\r\nContent-Type: application/json"
    );
    ask(port, &head, request)
}

/// E05, E06, E07 and E10 at the real program.
#[test]
fn the_app_is_served_with_its_samples_to_who_knows_the_token() {
    let home = tempfile::tempdir().unwrap();
    let (first, port, token) = web(home.path(), &[]);
    assert!(ask(port, "GET /r/modern.sample HTTP/1.1", "").contains("<title>page</title>"));
    let samples = call(port, &token, "list_registries", "{}");
    assert!(samples.starts_with("HTTP/1.1 200 OK\r\n"), "{samples}");
    assert!(samples.contains("modern.sample") && samples.contains("legacy.sample"), "{samples}");

    // E10: a request for a registry that nobody added is contact with nobody, loopback or not.
    for host in ["127.0.0.1:1", "169.254.169.254", "a.example"] {
        let refused = call(port, &token, "inspect", &format!(r#"{{"reference":"{host}/a/b:c"}}"#));
        assert!(
            refused.starts_with("HTTP/1.1 403 ") && refused.contains(r#""code":"not_added""#),
            "{refused}"
        );
    }
    let added = call(port, &token, "add_registry", r#"{"name":"kept.example"}"#);
    assert!(added.starts_with("HTTP/1.1 200 "), "{added}");
    let same_name = call(port, &token, "add_registry", r#"{"name":"lab.local","address":"10.0.0.7:1"}"#);
    assert!(same_name.starts_with("HTTP/1.1 200 "), "{same_name}");
    // E07: what other users of the machine can read of a process.
    #[cfg(target_os = "linux")]
    {
        let arguments = std::fs::read(format!("/proc/{}/cmdline", first.0.id())).unwrap();
        assert!(!String::from_utf8_lossy(&arguments).contains(&token));
    }
    drop(first);

    let (_again, same, new) = web(home.path(), &["--add", "lab.local=http://127.0.0.1:1"]);
    assert_eq!(same, port, "the port of the last time");
    assert_ne!(new, token);
    assert!(
        call(port, &token, "list_registries", "{}").starts_with("HTTP/1.1 401 "),
        "the old token is stale"
    );
    let added = call(port, &new, "list_registries", "{}");
    assert!(
        added.contains(r#""name":"lab.local","address":"127.0.0.1:1","transport":"http","kind":"added""#),
        "{added}"
    );
}

#[test]
#[cfg(unix)]
fn it_ends_in_order_when_asked_to() {
    let home = tempfile::tempdir().unwrap();
    for signal in ["-INT", "-TERM"] {
        let (mut web, port, _) = web(home.path(), &["--port", "0"]);
        let sent = Command::new("kill").args([signal, &web.0.id().to_string()]).status().unwrap();
        assert!(sent.success());
        assert_eq!(web.0.wait().unwrap().code(), Some(0), "{signal}");
        assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
        let mut more = String::new();
        web.0.stdout.take().unwrap().read_to_string(&mut more).unwrap();
        assert_eq!(more, "", "exactly one line");
    }
}
