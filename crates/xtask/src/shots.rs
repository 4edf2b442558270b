//! How do the README's pictures come about? From the running app, by one command.

use crate::{
    command::{cargo, run},
    failure::Failure,
    packages::{self, Consent},
    place,
    say::Steps,
    ui,
};

/// Takes every picture into `assets/screenshots`.
pub(crate) fn shots(words: &[&str]) -> Result<(), Failure> {
    let mut steps = Steps::of(3);
    steps.take("System packages", || {
        let needed = [&[packages::COMPILER][..], &packages::BROWSER, &packages::TESTS].concat();
        packages::have(&needed, Consent::from(words))
    })?;
    steps.take("The app", || {
        ui::build(ui::Kind::Small)?;
        run(&mut cargo(&["build", "--package", "server", "--bin", "ociscope"]))
    })?;
    steps.take("Its pictures", || {
        let mut command = cargo(&["run", "--quiet", "--package", "e2e", "--bin", "shots", "--"]);
        command.arg(place::root().join("assets/screenshots"));
        command.env("OCISCOPE_BIN", place::programs()).env("OCISCOPE_UI", place::root().join("ui/dist"));
        run(&mut command)
    })
}
