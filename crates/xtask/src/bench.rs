//! How are the figures taken that the project promises?
//!
//! What is measured is built as it is shipped; `tests/bench` measures it, on a display in memory, beside the clients of
//! the field.

use std::process::Command;

use crate::{
    command::{cargo, find, output, run},
    failure::Failure,
    packages::{self, Consent},
    peers, place,
    say::{Steps, say},
    ui,
};

/// Takes the figures that were named, or all.
pub(crate) fn bench(words: &[&str]) -> Result<(), Failure> {
    let figures: Vec<&str> = words.iter().copied().filter(|word| *word != "--yes").collect();
    let mut steps = Steps::of(4);
    let windows = figures.is_empty() || figures.iter().any(|it| matches!(*it, "P12" | "P13"));
    steps.take("System packages", || {
        let mut needed =
            [&[packages::COMPILER][..], &packages::BROWSER, &packages::TESTS, &packages::PEERS].concat();
        if windows {
            needed.extend(packages::WINDOW.iter().chain(&packages::SCREEN));
        }
        packages::have(&needed, Consent::from(words))
    })?;
    steps.take("The other clients and registries", || {
        if let Err(failure) = peers::make() {
            say(&format!("{} They are not measured.", failure.sentence()));
        }
    });
    steps.take("What is measured, as it is shipped", || {
        ui::build(ui::Kind::Small)?;
        run(&mut cargo(&["build", "--profile", "dist", "--package", "server", "--bin", "ociscope"]))?;
        if windows {
            run(&mut cargo(&["build", "--profile", "dist", "--package", "ociscope-desktop"]))?;
        }
        run(&mut cargo(&["bench", "--package", "e2e", "--bench", "bench", "--no-run"]))
    })?;
    steps.take("Measuring", || measure(&figures))
}

fn measure(figures: &[&str]) -> Result<(), Failure> {
    let mut git = Command::new("git");
    git.current_dir(place::root()).args(["describe", "--always", "--dirty"]);
    let commit = output(&mut git).unwrap_or_else(|_| "of an unknown commit".to_owned());
    let mut bench = cargo(&["bench", "--package", "e2e", "--bench", "bench", "--quiet", "--"]);
    bench.args(figures);
    let mut command = match find("xvfb-run") {
        Some(display) => {
            let mut command = Command::new(display);
            command.args(["--auto-servernum", "--server-args=-screen 0 1600x1000x24"]);
            // A desktop has a session bus; without one, every start of a window would start a bus too.
            if let Some(session) = find("dbus-run-session") {
                command.arg(session).arg("--");
            }
            command.arg(bench.get_program()).args(bench.get_args());
            command.current_dir(place::root());
            command
        }
        None => bench,
    };
    command.env("OCISCOPE_BIN", place::target().join("dist"));
    command.env("OCISCOPE_UI", place::root().join("ui/dist"));
    command.env("OCISCOPE_BENCH", place::target().join("bench"));
    command.env("OCISCOPE_COMMIT", commit.trim());
    run(&mut command)
}
