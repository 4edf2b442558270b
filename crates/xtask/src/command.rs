//! How is another program run?

use std::{
    env,
    path::PathBuf,
    process::{Command, Stdio},
};

use crate::{failure::Failure, place};

/// A command of cargo, in the repository: the cargo that runs this.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(place::root()).args(arguments);
    // Set by the cargo around us for our own crate; build scripts would see them change from run to run.
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// Runs a command to its end; its output goes where ours goes.
pub(crate) fn run(command: &mut Command) -> Result<(), Failure> {
    let status = command.stdin(Stdio::null()).status().map_err(|error| missing(command, &error))?;
    if status.success() { Ok(()) } else { Err(Failure::new(format!("{} failed ({status}).", line(command)))) }
}

/// Runs a command to its end and gives what it printed on standard output; its standard error is part of a failure.
pub(crate) fn output(command: &mut Command) -> Result<String, Failure> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| missing(command, &error))?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        let end: Vec<&str> = said.lines().rev().take(20).collect();
        let end: Vec<&str> = end.into_iter().rev().collect();
        return Err(Failure::new(format!(
            "{} failed ({}).\n{}",
            line(command),
            output.status,
            end.join("\n")
        )));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Where a program of this name lies on PATH.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let paths = env::var_os("PATH")?;
    env::split_paths(&paths).map(|folder| folder.join(name)).find(|path| path.is_file())
}

/// The command as a person would type it.
pub(crate) fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

pub(crate) fn missing(command: &Command, error: &std::io::Error) -> Failure {
    Failure::new(format!("{} does not start: {error}.", command.get_program().to_string_lossy()))
}
