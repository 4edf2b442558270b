//! What are the rings of tests, in the order of their cost?

use std::process::Command;

use super::{
    count::Count,
    suite::{self, OURSELVES, PACKAGES, Program, Suite},
};
use crate::{
    command::{cargo, find, output, run},
    failure::Failure,
    npm::Tools,
    packages::{self, Package},
    peers, place,
    say::say,
    ui,
};

/// One ring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ring {
    Format,
    House,
    Unit,
    Lint,
    Ui,
    Chromium,
    Desktop,
    Protocol,
}

/// All rings, cheapest first.
pub(crate) const RINGS: [Ring; 8] = [
    Ring::Format,
    Ring::House,
    Ring::Unit,
    Ring::Lint,
    Ring::Ui,
    Ring::Chromium,
    Ring::Protocol,
    Ring::Desktop,
];

/// The test programs of the house rules, and those against real registries. What is left in `tests` are journeys.
const HOUSE: [&str; 3] = ["e2e", "house", "layering"];
const REAL: [&str; 3] = ["protocol", "oracles", "parity"];

impl Ring {
    /// What it is called on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::House => "house",
            Self::Unit => "unit",
            Self::Lint => "lint",
            Self::Ui => "ui",
            Self::Chromium => "chromium",
            Self::Desktop => "desktop",
            Self::Protocol => "protocol",
        }
    }

    /// What it is about.
    pub(crate) fn about(self) -> &'static str {
        match self {
            Self::Format => "every file as rustfmt writes it",
            Self::House => "layers, licences, versions, capabilities",
            Self::Unit => "meaning, protocol, service and the wire contract, each crate alone",
            Self::Lint => "clippy, for this machine and for the browser",
            Self::Ui => "the UI, built as it is shipped",
            Self::Chromium => "journeys in Chromium, over the web host",
            Self::Desktop => "journeys in the desktop window, on a display in memory",
            Self::Protocol => "the protocol on real registries, beside real clients",
        }
    }

    /// The system packages that it needs.
    pub(crate) fn packages(self) -> Vec<Package> {
        match self {
            Self::Format => vec![packages::COMPILER],
            Self::Unit => [&[packages::COMPILER][..], &packages::KEYRING].concat(),
            Self::House => [&[packages::COMPILER][..], &packages::TESTS].concat(),
            Self::Lint => packages::WINDOW.to_vec(),
            Self::Ui if place::in_ci() => vec![packages::NPM],
            Self::Ui => Vec::new(),
            Self::Chromium => {
                let npm: &[Package] = if place::in_ci() { &[packages::NPM] } else { &[] };
                [&packages::BROWSER[..], &packages::TESTS, &packages::PEERS, npm].concat()
            }
            Self::Desktop => {
                [&packages::WINDOW[..], &packages::SCREEN, &packages::TESTS, &packages::PEERS].concat()
            }
            Self::Protocol => [&packages::TESTS[..], &packages::PEERS].concat(),
        }
    }

    /// Runs it.
    pub(crate) fn run(self, suite: &mut Suite) -> Result<Count, Failure> {
        match self {
            Self::Format => {
                component("fmt", "rustfmt")?;
                run(&mut cargo(&["fmt", "--all", "--check"])).map(|()| Count::PASSED)
            }
            Self::House => all(suite, |it| it.package == "tests" && HOUSE.contains(&it.name.as_str())),
            Self::Unit => all(suite, |it| it.package != "tests"),
            Self::Lint => lint().map(|()| Count::PASSED),
            Self::Ui => ui::build(ui::Kind::Small).map(|()| Count::PASSED),
            Self::Chromium => {
                ui::build(ui::Kind::Small)?;
                journeys(suite, "chromium")
            }
            Self::Desktop => desktop(suite),
            Self::Protocol => protocol(suite),
        }
    }
}

/// Runs the test programs that fit, all of them, whatever fails.
fn all(suite: &mut Suite, fits: impl Fn(&Program) -> bool) -> Result<Count, Failure> {
    let mut count = Count::default();
    for program in suite.programs()?.iter().filter(|program| fits(program)) {
        count = count + program.run(&mut program.command())?;
    }
    Ok(count)
}

/// Adds a component of the toolchain if it is missing: rustup's smallest profile has neither.
fn component(command: &str, name: &str) -> Result<(), Failure> {
    if output(&mut cargo(&[command, "--version"])).is_ok() {
        return Ok(());
    }
    say(&format!("Adding {name} to the Rust toolchain."));
    run(Command::new("rustup").args(["component", "add", name]))
}

fn lint() -> Result<(), Failure> {
    component("clippy", "clippy")?;
    let mut here = cargo(&["clippy", "--all-targets"]);
    // The desktop program is read, not run: it can do without the UI inside.
    here.env("OCISCOPE_UI_PLACEHOLDER", "1").args(PACKAGES).args(["--", "--deny", "warnings"]);
    run(&mut here)?;
    run(cargo(&["clippy", "--all-targets"]).args(OURSELVES).args(["--", "--deny", "warnings"]))?;
    // `oci`, `api` and `view` are named because they must compile for the browser whether or not the UI uses all.
    ui::wasm_target()?;
    let mut browser = cargo(&["clippy", "--target", ui::WASM, "--profile", ui::Kind::Small.profile()]);
    browser.args(["--package", "ui", "--package", "oci", "--package", "api", "--package", "view"]);
    browser.env("CARGO_ENCODED_RUSTFLAGS", ui::flags(ui::Kind::Small));
    run(browser.args(["--", "--deny", "warnings"]))
}

fn journeys(suite: &mut Suite, window: &str) -> Result<Count, Failure> {
    real_ones()?;
    let programs = suite.programs()?;
    let found = programs.iter().find(|it| it.package == "tests" && it.name == "journeys");
    let journeys = found.ok_or_else(|| Failure::new("There are no journeys in tests/."))?;
    let (mut command, at_once) = match window {
        "desktop" => (journeys.command_on_a_display(), "1"),
        _ => (journeys.command(), "2"),
    };
    command.env("OCISCOPE_JOURNEYS_IN", window).env("OCISCOPE_BIN", place::programs());
    if window != "desktop"
        && let Some(tools) = Tools::find()?
    {
        command.env("OCISCOPE_AXE", tools.ready()?.file("axe-core/axe.min.js"));
    }
    journeys.run(command.arg(format!("--test-threads={at_once}")))
}

/// Builds the desktop program with the same features of shared dependencies as the tests: `--test layering` makes
/// cargo count the tests' own dependencies in, as it did before.
fn desktop(suite: &mut Suite) -> Result<Count, Failure> {
    ui::build(ui::Kind::Small)?;
    say("Building ociscope-desktop…");
    let mut build = cargo(&["build", "--bin", "ociscope-desktop", "--test", "layering"]);
    run(build.args(PACKAGES))?;
    let own = suite::built(cargo(&["test", "--no-run", "--bin", "ociscope-desktop"]).args(PACKAGES))?;
    let mut count = Count::default();
    for program in own {
        count = count + program.run(&mut program.command())?;
    }
    Ok(count + journeys(suite, "desktop")?)
}

/// Makes the real registries and clients. Without them their cases say that they do not run; in a continuous
/// integration that is a failure.
fn real_ones() -> Result<(), Failure> {
    if let Err(failure) = peers::make() {
        if place::in_ci() {
            return Err(failure);
        }
        say(failure.sentence());
        let why = if find("go").is_none() { "Go is missing" } else { "they could not be made" };
        say(&format!("The cases on these registries and with these clients do not run: {why}."));
    }
    Ok(())
}

fn protocol(suite: &mut Suite) -> Result<Count, Failure> {
    real_ones()?;
    all(suite, |it| it.package == "tests" && REAL.contains(&it.name.as_str()))
}
