//! What went wrong, in a sentence that says what to do?

use std::{fmt::Display, path::Path, process::ExitCode};

use crate::say::say;

/// Why a command stopped.
#[derive(Debug)]
pub(crate) struct Failure {
    sentence: String,
    code: u8,
}

impl Failure {
    /// Something could not be done.
    pub(crate) fn new(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), code: 1 }
    }

    /// The command line says nothing that is known here.
    pub(crate) fn usage(sentence: &str) -> Self {
        Self { sentence: sentence.to_owned(), code: 2 }
    }

    /// The tests said it all already.
    pub(crate) fn told() -> Self {
        Self::new("")
    }

    /// The sentence.
    pub(crate) fn sentence(&self) -> &str {
        &self.sentence
    }

    /// Prints it; gives the exit code.
    pub(crate) fn report(&self) -> ExitCode {
        if !self.sentence.is_empty() {
            say(&self.sentence);
        }
        self.code.into()
    }
}

/// A failure to read or write a file, with its path.
pub(crate) fn at<E: Display>(path: &Path) -> impl FnOnce(E) -> Failure {
    move |error| Failure::new(format!("{}: {error}", path.display()))
}
