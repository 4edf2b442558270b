//! What does the command line ask for?

use std::{
    ffi::{OsStr, OsString},
    fmt::Display,
    io::{Write, stderr, stdout},
    process::ExitCode,
};

const HELP: &str = "\
Browses OCI registries, in a window.

Usage: ociscope-desktop [OPTIONS] [REF]

Where a window is open already, it comes to the front, and this program ends.

Arguments:
  [REF]  What to show: a reference, a registry, a link of this app (ociscope://r/...), or a command that pulls;
         otherwise the first screen

Options:
  -h, --help     Prints this
  -V, --version  Prints the version

Environment:
  XDG_STATE_HOME
      Holds the state folder. There is one window for each: with another one, another window opens
  WEBKIT_DISABLE_DMABUF_RENDERER
      Set to 1 where there is no graphics device and it is not set; what you set is kept

Exit codes:
  0  the window was closed, or another one shows what was asked for
  1  no window can be opened
  2  the command line cannot be read, or REF names nothing that can be shown

The same app in a browser, and its operations for scripts: ociscope --help
";

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// The window, and in it the screen of this path.
    Window(Option<String>),
    /// This text, and nothing else.
    Text(String),
    /// Something that is not understood, and why.
    Unknown(String),
}

/// Reads the arguments after the program's name.
pub(crate) fn read(arguments: impl Iterator<Item = OsString>) -> Asked {
    let mut asked = Asked::Window(None);
    for argument in arguments {
        match argument.to_str() {
            Some("-h" | "--help") => return Asked::Text(HELP.to_owned()),
            Some("-V" | "--version") => {
                asked = Asked::Text(concat!("ociscope-desktop ", env!("CARGO_PKG_VERSION"), "\n").to_owned());
            }
            Some(text) if !text.starts_with('-') && asked == Asked::Window(None) => {
                match host::screen(text) {
                    Ok(screen) => asked = Asked::Window(Some(screen)),
                    Err(why) => {
                        return Asked::Unknown(format!("{} cannot be shown: {why}", shown(&argument)));
                    }
                }
            }
            Some(text) if !text.starts_with('-') => {
                return Asked::Unknown(format!("{} is one reference too many", shown(&argument)));
            }
            _ => return Asked::Unknown(format!("{} is no option", shown(&argument))),
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

/// Says what is not understood.
pub(crate) fn refuse(why: &str) -> ExitCode {
    say(&format_args!("{why}; see --help"));
    ExitCode::from(2)
}

/// Says why there is no window.
pub(crate) fn complain(error: &dyn Display) -> ExitCode {
    say(error);
    ExitCode::FAILURE
}

/// Says something to whoever started the program.
pub(crate) fn say(text: &dyn Display) {
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
        assert_eq!(asked(&[]), Asked::Window(None));
        assert!(matches!(asked(&["--help"]), Asked::Text(text) if text.contains("Usage: ociscope-desktop")));
        assert!(matches!(asked(&["-V"]), Asked::Text(text) if text.starts_with("ociscope-desktop 0.")));
        assert_eq!(asked(&["--colour"]), Asked::Unknown("--colour is no option".to_owned()));
    }

    #[test]
    fn a_reference_or_a_link_names_the_screen() {
        for text in ["ghcr.io/acme/app:1.0", "ociscope://r/ghcr.io/acme/app:1.0", "/r/ghcr.io/acme/app:1.0"] {
            assert_eq!(asked(&[text]), Asked::Window(Some("/r/ghcr.io/acme/app:1.0".to_owned())));
        }
        for (words, why) in [
            (&["ociscope://me:secret@r/x"][..], "is no link of this app"),
            (&["not a reference"], "cannot be shown"),
            (&["a.example/b:1", "a.example/b:2"], "one reference too many"),
        ] {
            assert!(matches!(asked(words), Asked::Unknown(said) if said.contains(why)), "{words:?}");
        }
    }
}
