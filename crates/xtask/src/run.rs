//! How does a person get from a clone to the open app?

use std::{env, process::Command};

use crate::{
    command::{cargo, line, run as run_command},
    failure::Failure,
    packages::{self, Consent},
    place,
    say::{Steps, say},
    ui,
};

const USAGE: &str = "cargo xtask run [--web | --desktop] [--port N] [--yes]";

/// Where the app opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Host {
    Web { port: Option<u16> },
    Desktop,
}

/// Sets up, builds and opens the app.
pub(crate) fn run(words: &[&str]) -> Result<(), Failure> {
    let host = host(words, has_display())?;
    let consent = Consent::from(words);
    let mut steps = Steps::of(4);
    steps.take("System packages", || {
        let mut needed = vec![packages::COMPILER];
        if host == Host::Desktop {
            needed.extend(packages::WINDOW);
        }
        packages::have(&needed, consent)
    })?;
    steps.take("The UI", || ui::build(ui::Kind::Small))?;
    let (package, program) = match host {
        Host::Web { .. } => ("server", "ociscope"),
        Host::Desktop => ("ociscope-desktop", "ociscope-desktop"),
    };
    steps.take(&format!("The program, {program}"), || {
        run_command(&mut cargo(&["build", "--package", package, "--bin", program]))
    })?;
    say(&format!("[4/4] {}", opening(host)));
    open(host, program)
}

fn opening(host: Host) -> &'static str {
    match host {
        Host::Web { .. } => "Serving; Ctrl-C ends it",
        Host::Desktop => "Opening the window; closing it ends the program",
    }
}

fn open(host: Host, program: &str) -> Result<(), Failure> {
    let mut command = Command::new(place::programs().join(program));
    if let Host::Web { port } = host {
        command.arg("--ui").arg(place::root().join("ui/dist"));
        command.args(port.map(|port| format!("--port={port}")));
        if has_display() {
            command.arg("--open");
        }
    }
    let status = command.status().map_err(|error| Failure::new(format!("{}: {error}.", line(&command))))?;
    // No code: a signal ended it, as Ctrl-C does.
    match status.code() {
        None | Some(0 | 130) => Ok(()),
        Some(_) => Err(Failure::new(format!("{program} ended with an error ({status}); it said why above."))),
    }
}

fn host(words: &[&str], display: bool) -> Result<Host, Failure> {
    let (mut web, mut desktop, mut port) = (false, false, None);
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        match *word {
            "--web" => web = true,
            "--desktop" => desktop = true,
            "--yes" => {}
            "--port" => port = Some(number(rest.next())?),
            word => match word.strip_prefix("--port=") {
                Some(value) => port = Some(number(Some(&value))?),
                None => return Err(Failure::usage(&format!("{word:?} is not known.\n{USAGE}"))),
            },
        }
    }
    match (web, desktop, port) {
        (true, true, _) => Err(Failure::usage(&format!("The web and the desktop: choose one.\n{USAGE}"))),
        (_, true, Some(_)) => {
            Err(Failure::usage(&format!("The desktop window listens on no port.\n{USAGE}")))
        }
        (_, true, None) => Ok(Host::Desktop),
        (true, _, port) | (_, _, port @ Some(_)) => Ok(Host::Web { port }),
        _ if display => Ok(Host::Desktop),
        _ => Ok(Host::Web { port: None }),
    }
}

fn number(word: Option<&&str>) -> Result<u16, Failure> {
    let port = word.and_then(|word| word.parse().ok());
    port.ok_or_else(|| Failure::usage(&format!("--port takes a number from 0 to 65535.\n{USAGE}")))
}

fn has_display() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()))
        || cfg!(any(target_os = "macos", windows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_display_decides_unless_a_word_does() {
        assert_eq!(host(&[], true).unwrap(), Host::Desktop);
        assert_eq!(host(&["--yes"], false).unwrap(), Host::Web { port: None });
        assert_eq!(host(&["--web"], true).unwrap(), Host::Web { port: None });
        assert_eq!(host(&["--desktop"], false).unwrap(), Host::Desktop);
        assert_eq!(host(&["--port", "8080"], true).unwrap(), Host::Web { port: Some(8080) });
        assert_eq!(host(&["--port=8080"], false).unwrap(), Host::Web { port: Some(8080) });
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for words in [
            &["--web", "--desktop"][..],
            &["--desktop", "--port", "1"],
            &["--port"],
            &["--port", "70000"],
            &["--x"],
        ] {
            assert!(host(words, true).is_err(), "{words:?}");
        }
    }
}
