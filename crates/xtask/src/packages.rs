//! Which system packages does the app need, and are they there?
//!
//! What is looked for is what a package brings (a program, a library), so that systems with other package names are
//! understood too. apt installs what is missing; elsewhere the names are said.

use std::{
    fs,
    io::{IsTerminal, Write},
    process::Command,
};

use crate::{
    command::{find, line, output, run},
    failure::Failure,
    place,
    say::say,
};

/// A package of Debian, and what it is for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Package {
    name: &'static str,
    /// Ubuntu's name for it, where it differs.
    ubuntu: Option<&'static str>,
    why: &'static str,
    brings: Brings,
}

#[derive(Debug, Clone, Copy)]
enum Brings {
    Program(&'static str),
    Library(&'static str),
}

/// Who says yes before something is installed?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Consent {
    /// The person, on the terminal.
    Ask,
    /// `--yes` or a continuous integration said it.
    Given,
}

impl Consent {
    /// What the command line and the environment say.
    pub(crate) fn from(words: &[&str]) -> Self {
        if words.contains(&"--yes") || place::in_ci() { Self::Given } else { Self::Ask }
    }
}

const fn program(name: &'static str, program: &'static str, why: &'static str) -> Package {
    Package { name, ubuntu: None, why, brings: Brings::Program(program) }
}

/// For every build.
pub(crate) const COMPILER: Package =
    program("build-essential", "cc", "links Rust programs, and compiles the C parts of the TLS library");
/// For the desktop window.
pub(crate) const WINDOW: [Package; 2] = [
    program("pkg-config", "pkg-config", "tells where the window's libraries are"),
    Package {
        name: "libwebkit2gtk-4.1-dev",
        ubuntu: None,
        why: "the desktop window: WebKitGTK and GTK 3",
        brings: Brings::Library("webkit2gtk-4.1"),
    },
];
/// For the package of the desktop app.
pub(crate) const PACKING: [Package; 2] = [
    program("dpkg-dev", "dpkg-shlibdeps", "finds the packages that the programs need"),
    program("git", "git", "tells when what is packed was made"),
];
/// For a small UI.
pub(crate) const NPM: Package = program("npm", "npm", "brings the optimiser that halves the size of the UI");
/// For journeys in the browser.
pub(crate) const BROWSER: [Package; 2] = [
    Package {
        ubuntu: Some("chromium-browser"),
        ..program("chromium", "chromium", "the browser of the journeys")
    },
    Package {
        ubuntu: Some("chromium-chromedriver"),
        ..program("chromium-driver", "chromedriver", "drives Chromium in the journeys")
    },
];
/// For journeys in the desktop window.
pub(crate) const SCREEN: [Package; 3] = [
    program("xvfb", "Xvfb", "a display in memory, for the window of the journeys"),
    program("xauth", "xauth", "lets the window onto that display"),
    program("webkit2gtk-driver", "WebKitWebDriver", "drives the desktop window in the journeys"),
];
/// For real registries and clients beside ours.
pub(crate) const PEERS: [Package; 2] = [
    program("skopeo", "skopeo", "a second client: what it reads, we must read"),
    program("openssl", "openssl", "makes the keys of a real token server"),
];
/// For logins in a real keyring.
pub(crate) const KEYRING: [Package; 2] = [
    program("dbus-daemon", "dbus-run-session", "a bus of their own for the programs of a test"),
    program("gnome-keyring", "gnome-keyring-daemon", "a keyring, in which tests keep logins"),
];
/// For what ends the programs that a test started, and for what the house rules look at.
pub(crate) const TESTS: [Package; 2] = [
    program("procps", "kill", "ends the programs that tests start"),
    program("git", "git", "tells the house rules which files are ours"),
];

/// Sees to it that packages are there: names what is missing and why, asks, installs.
pub(crate) fn have(needed: &[Package], consent: Consent) -> Result<(), Failure> {
    let missing: Vec<Package> = needed.iter().copied().filter(|package| !there(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let ubuntu = is_ubuntu();
    let names: Vec<&str> = missing.iter().map(|package| name(package, ubuntu)).collect();
    say("These system packages are missing:");
    for (package, name) in missing.iter().zip(&names) {
        say(&format!("    {name}: {}", package.why));
    }
    if find("apt-get").is_none() {
        return Err(Failure::new(
            "Packages are installed by apt only. Install what your system calls these (the names are Debian's), \
             then start again.",
        ));
    }
    let prefix = privilege()?;
    let mut install = apt(prefix);
    install.args(["install", "--yes", "--no-install-recommends"]).args(&names);
    agreed(consent, &line(&install))?;
    run(apt(prefix).args(["update", "--quiet"]))?;
    run(&mut install)?;
    match missing.iter().find(|package| !there(package)) {
        None => Ok(()),
        Some(package) => Err(Failure::new(format!(
            "{} is installed, and {} is still missing. What is on PATH?",
            name(package, ubuntu),
            match package.brings {
                Brings::Program(it) | Brings::Library(it) => it,
            }
        ))),
    }
}

fn there(package: &Package) -> bool {
    match package.brings {
        Brings::Program("chromium") => find("chromium").or_else(|| find("chromium-browser")).is_some(),
        Brings::Program(name) => find(name).is_some(),
        Brings::Library(name) => {
            find("pkg-config").is_some_and(|it| output(Command::new(it).args(["--exists", name])).is_ok())
        }
    }
}

fn name(package: &Package, ubuntu: bool) -> &'static str {
    package.ubuntu.filter(|_| ubuntu).unwrap_or(package.name)
}

fn is_ubuntu() -> bool {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    release.lines().any(|line| line.trim() == "ID=ubuntu")
}

/// What goes before a command that only root may run.
fn privilege() -> Result<Option<&'static str>, Failure> {
    if output(Command::new("id").arg("-u"))?.trim() == "0" {
        Ok(None)
    } else if find("sudo").is_some() {
        Ok(Some("sudo"))
    } else {
        Err(Failure::new(
            "Installing needs root, and there is no sudo. As root, apt-get install the packages above.",
        ))
    }
}

/// apt-get, which never asks and never waits for a dialog.
pub(crate) fn apt(prefix: Option<&str>) -> Command {
    let mut command = Command::new(prefix.unwrap_or("env"));
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    command
}

fn agreed(consent: Consent, command: &str) -> Result<(), Failure> {
    if consent == Consent::Given {
        return Ok(());
    }
    let refused = || {
        Failure::new(format!(
            "Nothing was installed. Install the packages above, for example by\n    {command}\nor start again with --yes."
        ))
    };
    let stdin = std::io::stdin();
    if !stdin.is_terminal() {
        return Err(refused());
    }
    let mut out = std::io::stdout().lock();
    let _ = write!(out, "Install them now? [Y/n] ").and_then(|()| out.flush());
    drop(out);
    let mut answer = String::new();
    stdin
        .read_line(&mut answer)
        .map_err(|error| Failure::new(format!("The answer cannot be read: {error}.")))?;
    match answer.trim().to_lowercase().as_str() {
        "y" | "yes" => Ok(()),
        // An empty line is Enter; no line at all is the end of the input.
        "" if answer.ends_with('\n') => Ok(()),
        _ => Err(refused()),
    }
}
