//! What is set up, built, started and tested by one command?

mod bench;
mod command;
mod dist;
mod failure;
mod files;
mod npm;
mod packages;
mod peers;
mod place;
mod run;
mod say;
mod shots;
mod test;
mod ui;

use std::{env, process::ExitCode};

use crate::{failure::Failure, say::say};

const USAGE: &str = "\
cargo xtask run [--web | --desktop] [--port N] [--yes]
    Sets up what is missing, builds the app and opens it: a desktop window where there is a display, otherwise a
    page on a loopback port. --yes answers the question before system packages are installed.
cargo xtask test [RING]... [--yes]
    Sets up and runs the tests: all rings, or those named.
cargo xtask bench [FIGURE]... [--yes]
    Measures speed, size and memory beside other clients: all figures (P1, P2, P9 to P14), or those named.
cargo xtask shots [--yes]
    Takes the README's pictures from the running app.
cargo xtask ui [--dev]
    Builds the UI into ui/dist. --dev builds fast instead of small.
cargo xtask dist [--dev] [--yes]
    Makes the package for Debian and the web host as one file, in dist/files of cargo's target folder. --dev builds
    fast, to try how it installs.
cargo xtask peers
    Makes the real registries and clients that the tests use, in the user's cache folder.";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.split_first() {
        Some((&"run", rest)) => run::run(rest),
        Some((&"test", rest)) => test::test(rest),
        Some((&"bench", rest)) => bench::bench(rest),
        Some((&"shots", rest)) => shots::shots(rest),
        Some((&"ui", [])) => ui::build(ui::Kind::Small),
        Some((&"ui", ["--dev"])) => ui::build(ui::Kind::Fast),
        Some((&"dist", rest)) => dist::dist(rest),
        Some((&"peers", [])) => peers::make(),
        Some((&("help" | "--help" | "-h"), _)) => {
            say(&format!("{USAGE}\n\nRings, in their order:\n{}", test::rings()));
            return ExitCode::SUCCESS;
        }
        _ => Err(Failure::usage(USAGE)),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
