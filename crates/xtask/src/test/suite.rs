//! Which test programs are there, and how are they run?
//!
//! All of them are built by one cargo command over one selection of packages, so that every dependency is compiled
//! once, with one set of features. Each ring then runs its own from the list that cargo gave.

use std::{
    env,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Command, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

use super::count::Count;
use crate::{
    command::{cargo, missing},
    failure::Failure,
    place,
    say::say,
};

/// The packages of every build for this machine. One selection everywhere: another one would mean other features of
/// shared dependencies, and these built again. (For that reason examples in documentation are not run: a house rule
/// says that there are none.)
pub(crate) const PACKAGES: [&str; 5] = ["--workspace", "--exclude", "ui", "--exclude", "xtask"];
/// This very program has a selection of its own: cargo has just built it that way in order to run it.
pub(crate) const OURSELVES: [&str; 2] = ["--package", "xtask"];
/// A test program that takes longer than this hangs.
const LONGEST: Duration = Duration::from_secs(20 * 60);

/// One built test program.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    /// The package's folder, from the repository's root: `crates/oci`, `tests`.
    pub(crate) package: String,
    /// The target: `oci`, `layering`.
    pub(crate) name: String,
    path: PathBuf,
}

/// All test programs, built when they are first asked for.
#[derive(Debug, Default)]
pub(crate) struct Suite {
    built: Option<Vec<Program>>,
}

impl Suite {
    /// The test programs, but for those in programs that need WebKitGTK.
    pub(crate) fn programs(&mut self) -> Result<Vec<Program>, Failure> {
        if let Some(built) = &self.built {
            return Ok(built.clone());
        }
        say("Building the tests…");
        let locked = place::in_ci().then_some("--locked");
        let mut found = built(cargo(&["test", "--no-run"]).args(OURSELVES).args(locked))?;
        let mut others = cargo(&["test", "--no-run", "--lib", "--test", "*", "--bin", "ociscope"]);
        found.extend(built(others.args(PACKAGES).args(locked))?);
        self.built = Some(found.clone());
        Ok(found)
    }
}

/// Runs a cargo command that builds, and gives the test programs that it built.
pub(crate) fn built(command: &mut Command) -> Result<Vec<Program>, Failure> {
    command.arg("--message-format=json-render-diagnostics").stdin(Stdio::null()).stdout(Stdio::piped());
    let mut cargo = command.spawn().map_err(|error| missing(command, &error))?;
    let out = cargo.stdout.take().ok_or_else(|| Failure::new("cargo's output was not piped."))?;
    let lines = BufReader::new(out).lines().map_while(Result::ok);
    let mut programs: Vec<Program> = lines.filter_map(|line| program(&line)).collect();
    let status = cargo.wait().map_err(|error| missing(command, &error))?;
    if !status.success() {
        return Err(Failure::new("The tests do not build."));
    }
    programs.sort_by(|one, other| (&one.package, &one.name).cmp(&(&other.package, &other.name)));
    Ok(programs)
}

/// The test program that a message of cargo is about.
fn program(message: &str) -> Option<Program> {
    let message: Value = serde_json::from_str(message).ok()?;
    if message["reason"] != "compiler-artifact" || message["profile"]["test"] != true {
        return None;
    }
    let manifest = PathBuf::from(message["manifest_path"].as_str()?);
    let package = manifest.parent()?.strip_prefix(place::root()).ok()?.to_string_lossy().into_owned();
    let name = message["target"]["name"].as_str()?.to_owned();
    Some(Program { package, name, path: message["executable"].as_str()?.into() })
}

impl Program {
    /// The command that runs it as cargo would.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(&self.path);
        self.place(&mut command);
        command
    }

    /// The same on a display in memory.
    pub(crate) fn command_on_a_display(&self) -> Command {
        let mut command = Command::new("xvfb-run");
        command.args(["--auto-servernum", "--server-args=-screen 0 1600x1000x24"]).arg(&self.path);
        self.place(&mut command);
        command.env_remove("WAYLAND_DISPLAY").env("GDK_BACKEND", "x11");
        command
    }

    fn place(&self, command: &mut Command) {
        let folder = place::root().join(&self.package);
        command.current_dir(&folder).env("CARGO_MANIFEST_DIR", &folder);
        command.env("CARGO", env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    }

    /// Runs it, passes on what it prints, and counts.
    pub(crate) fn run(&self, command: &mut Command) -> Result<Count, Failure> {
        say(&format!("---- {} {}", self.package, self.name));
        run(command)
    }
}

fn run(command: &mut Command) -> Result<Count, Failure> {
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    let mut running = command.spawn().map_err(|error| missing(command, &error))?;
    let out = running.stdout.take().ok_or_else(|| Failure::new("A test's output was not piped."))?;
    let (sender, lines) = mpsc::channel();
    thread::spawn(move || {
        let lines = BufReader::new(out).lines().map_while(Result::ok);
        lines.map_while(|line| sender.send(line).ok()).for_each(drop);
    });
    let end = Instant::now() + LONGEST;
    let mut count = Count::default();
    loop {
        match lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(line) => {
                count = count + Count::of_line(&line).unwrap_or_default();
                say(&line);
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
            Err(mpsc::RecvTimeoutError::Timeout) => {
                let _ = running.kill();
                let _ = running.wait();
                return Err(Failure::new(format!("It took more than {} minutes.", LONGEST.as_secs() / 60)));
            }
        }
    }
    let status = running.wait().map_err(|error| missing(command, &error))?;
    // A program that died, or a test that was left out where nothing may be, has failed.
    if count.failed == 0 && (!status.success() || (place::in_ci() && count.skipped > 0)) {
        say(&format!("It ended with {status}; {} tests were left out.", count.skipped));
        count.failed = 1;
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_test_programs_are_taken() {
        let message = |test: bool, manifest: &std::path::Path| {
            serde_json::json!({
                "reason": "compiler-artifact",
                "manifest_path": manifest,
                "target": { "name": "oci" },
                "profile": { "test": test },
                "executable": "/target/debug/deps/oci-0123",
            })
            .to_string()
        };
        let ours = place::root().join("crates/oci/Cargo.toml");
        let found = program(&message(true, &ours)).unwrap();
        assert_eq!((found.package.as_str(), found.name.as_str()), ("crates/oci", "oci"));
        assert!(program(&message(false, &ours)).is_none());
        assert!(program("{\"reason\":\"build-finished\",\"success\":true}").is_none());
    }
}
