//! What does the command line ask for?

use std::{
    ffi::{OsStr, OsString},
    fmt::Display,
    io::{Write, stderr, stdout},
    process::ExitCode,
};

const HELP: &str = "\
Browses OCI registries, in a window.

Usage: ociscope-desktop [OPTIONS]

Options:
  -h, --help     Prints this
  -V, --version  Prints the version

Environment:
  WEBKIT_DISABLE_DMABUF_RENDERER
      Set to 1 where there is no graphics device and it is not set; what you set is kept

Exit codes:
  0  the window was closed
  1  no window can be opened
  2  the command line cannot be read

The same app in a browser, and its operations for scripts: ociscope --help
";

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// The window.
    Window,
    /// This text, and nothing else.
    Text(String),
    /// Something that is not known.
    Unknown(String),
}

/// Reads the arguments after the program's name.
pub(crate) fn read(arguments: impl Iterator<Item = OsString>) -> Asked {
    let mut asked = Asked::Window;
    for argument in arguments {
        match argument.to_str() {
            Some("-h" | "--help") => return Asked::Text(HELP.to_owned()),
            Some("-V" | "--version") => {
                asked = Asked::Text(concat!("ociscope-desktop ", env!("CARGO_PKG_VERSION"), "\n").to_owned());
            }
            _ => return Asked::Unknown(shown(&argument)),
        }
    }
    asked
}

fn shown(argument: &OsStr) -> String {
    argument.to_string_lossy().escape_debug().to_string()
}

/// Prints a text that was asked for.
pub(crate) fn print(text: &str) -> ExitCode {
    match stdout().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// Says that an argument is not known.
pub(crate) fn refuse(argument: &str) -> ExitCode {
    say(&format_args!("{argument} is no option; see --help"));
    ExitCode::from(2)
}

/// Says why there is no window.
pub(crate) fn complain(error: &dyn Display) -> ExitCode {
    say(error);
    ExitCode::FAILURE
}

fn say(text: &dyn Display) {
    // Nobody reads it: then there is nobody to tell.
    let _ = writeln!(stderr(), "ociscope-desktop: {text}");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(arguments: &[&str]) -> Asked {
        read(arguments.iter().map(OsString::from))
    }

    #[test]
    fn help_version_and_unknown_arguments() {
        assert_eq!(asked(&[]), Asked::Window);
        assert!(matches!(asked(&["--help"]), Asked::Text(text) if text.contains("Usage: ociscope-desktop")));
        assert!(matches!(asked(&["-V"]), Asked::Text(text) if text.starts_with("ociscope-desktop 0.")));
        assert_eq!(asked(&["--colour"]), Asked::Unknown("--colour".to_owned()));
    }
}
