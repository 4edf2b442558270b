//! Which clients stand beside ours, and what do they say that they are?

use std::{
    path::PathBuf,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// One client of the field.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    /// Name and version, as it says them.
    pub(crate) name: String,
    program: PathBuf,
}

/// A client from the cache of peers, `crane-v0.22.1`; why not, where it is missing.
pub(crate) fn cached(folder: &str, name: &str) -> Result<Client, String> {
    let program = e2e::peers::cache().join(folder).join(name);
    if !program.is_file() {
        return Err(format!("{folder} is not there; cargo xtask peers makes it"));
    }
    Ok(Client { name: folder.replace('-', " "), program })
}

/// A client on PATH, with the version that `--version` ends its first line with.
pub(crate) fn installed(name: &str) -> Result<Client, String> {
    let output = Command::new(name).arg("--version").output().map_err(|error| format!("{name}: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let version = text.split_whitespace().find(|word| word.starts_with(|first: char| first.is_ascii_digit()));
    Ok(Client { name: format!("{name} {}", version.unwrap_or_default()), program: name.into() })
}

impl Client {
    /// A command of it, and the line that a person would type.
    pub(crate) fn command(&self, arguments: &[&str]) -> (Command, String) {
        let mut command = Command::new(&self.program);
        command.args(arguments);
        let name =
            self.program.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        (command, format!("{name} {}", arguments.join(" ")))
    }
}

/// Runs a command to its end. Its time in seconds and its standard output, or why it failed.
pub(crate) fn timed(command: &mut Command) -> Result<(f64, Vec<u8>), String> {
    let start = Instant::now();
    let output = command.stdin(Stdio::null()).output().map_err(|error| error.to_string())?;
    let time: Duration = start.elapsed();
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{}: {}", output.status, said.lines().last().unwrap_or("it said nothing")));
    }
    Ok((time.as_secs_f64(), output.stdout))
}
