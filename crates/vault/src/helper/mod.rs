//! What does a credential helper say? (docker-credential-helpers, its protocol of `get`.)

mod group;
mod name;
mod run;
#[cfg(test)]
#[cfg(unix)]
pub(crate) mod scripts;
#[cfg(test)]
#[cfg(unix)]
mod tests;

use std::{ffi::OsString, io, time::Duration};

use registry::Login;
use serde::Deserialize;

pub use self::name::HelperName;
use self::run::Said;
use crate::{EntryProblem, Environment, Platform, config::entry};

/// What a helper says where it has no login (docker-credential-helpers, `errCredentialsNotFoundMessage`).
const NOT_FOUND: &[u8] = b"credentials not found in native keychain";

/// Why a helper gave no answer. The words hold nothing of what the helper wrote.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HelperProblem {
    /// The config file names no helper that could exist.
    #[error("is no name of a helper: small letters, digits, \".\", \"_\" and \"-\", at most 64")]
    BadName,
    /// The config file's `credHelpers` has something else than text.
    #[error("is not named by a text")]
    NoName,
    /// Its program is in no absolute entry of `PATH`.
    #[error("is not installed: its program is in no folder of PATH")]
    Missing,
    /// Its program is there, but may not be run.
    #[error("is there, but may not be run")]
    NotExecutable,
    /// Inside WSL, a helper that is a program of Windows could not be started.
    #[error("is a program of Windows, which this Linux (WSL) could not start: {0}")]
    WslProgram(String),
    /// The system did not start it.
    #[error("could not be started: {0}")]
    NotStarted(String),
    /// It did not answer in time, and was stopped with all that it had started.
    #[error("did not answer within {} s and was stopped", .0.as_secs_f64())]
    TimedOut(Duration),
    /// It wrote more than 64 KiB, and was stopped.
    #[error("wrote more than 64 KiB and was stopped")]
    TooMuch,
    /// It reports success, but not in the form that the protocol says.
    #[error("answered with something else than a login")]
    Malformed,
    /// It failed, with this exit code; `None` where a signal ended it.
    #[error("failed{}", .0.map(|code| format!(" with exit code {code}")).unwrap_or_default())]
    Failed(Option<i32>),
    /// The name of the registry has a control character, which would be a line of its own to the helper.
    #[error("was not asked: the registry's name has a control character")]
    BadServer,
    /// It answered with a login that cannot be one.
    #[error("answered with a login that {0}")]
    BadLogin(EntryProblem),
}

/// Runs helpers.
#[derive(Debug, Clone)]
pub(crate) struct Helpers {
    pub(crate) path: OsString,
    pub(crate) platform: Platform,
    pub(crate) limit: Duration,
}

/// What a helper writes on success.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Found {
    username: String,
    secret: String,
}

impl Helpers {
    pub(crate) fn of(environment: &Environment, limit: Duration) -> Self {
        Self { path: environment.helper_path(), platform: environment.platform, limit }
    }

    /// The login that a helper has for a server; `None` where it says that it has none, which is no error.
    pub(crate) async fn get(&self, name: &str, server: &str) -> Result<Option<Login>, HelperProblem> {
        let name = HelperName::new(name)?;
        if server.contains(char::is_control) {
            return Err(HelperProblem::BadServer);
        }
        let program = name.locate(&self.path)?;
        match run::run(&program, &self.path, server, self.limit).await {
            Said::Success(output) => login(&output),
            Said::Failure(_, output) if output.trim_ascii() == NOT_FOUND => Ok(None),
            Said::Failure(code, _) => Err(HelperProblem::Failed(code)),
            Said::TooMuch => Err(HelperProblem::TooMuch),
            Said::TimedOut => Err(HelperProblem::TimedOut(self.limit)),
            Said::NotStarted(error) => Err(self.not_started(&name, &error)),
        }
    }

    /// Docker Desktop writes `desktop.exe` into the config file inside WSL. Where the two systems' interplay is off,
    /// that program fails with "Exec format error" or "Invalid argument" (docker/for-win 14039, 9061).
    fn not_started(&self, name: &HelperName, error: &io::Error) -> HelperProblem {
        let why = error.kind().to_string();
        if self.platform == Platform::Wsl && name.program().ends_with(".exe") {
            HelperProblem::WslProgram(why)
        } else {
            HelperProblem::NotStarted(why)
        }
    }
}

fn login(output: &[u8]) -> Result<Option<Login>, HelperProblem> {
    // The reader's own words would quote the output.
    let found: Found = serde_json::from_slice(output).map_err(|_| HelperProblem::Malformed)?;
    if found.username.is_empty() && found.secret.is_empty() {
        return Ok(None);
    }
    entry::pair_of(&found.username, &found.secret).map_err(HelperProblem::BadLogin)
}
