//! What does the command line ask for?

use std::path::PathBuf;

use api::{AddRegistry, Transport};
use clap::{Args, Parser, Subcommand};

const EXIT_CODES: &str = "\
Exit codes:
  0    done; of a watch: the whole list was read
  1    a fault of this program or of its surroundings
  2    the command line or the request cannot be read
  3    the registry has no such repository, tag or digest
  4    the registry wants a login, or refuses, or the login cannot be had
  5    the registry cannot be reached, or the connection is not trusted
  6    what answers is no registry, breaks the protocol, fails, or does not offer this
  7    the registry asks for fewer requests
  8    the registry was not named on the command line
  9    the list was stopped early: what was printed is not all, its findings say why
  130  interrupted
  141  nobody reads the output any more";

/// Browses OCI registries.
///
/// Without a command: serves the app on a loopback port and prints its address, which holds the key to it.
#[derive(Debug, Parser)]
#[command(name = "ociscope", version, after_help = EXIT_CODES, args_conflicts_with_subcommands = true)]
pub struct Cli {
    /// How the app is served.
    #[command(flatten)]
    pub serve: Serve,
    /// Something else than serving the app.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// How the app is served.
#[derive(Debug, Args)]
pub struct Serve {
    /// What to show: a reference, a registry, a link of this app, or a command that pulls; otherwise the first screen
    #[arg(value_name = "REF", value_parser = screen)]
    pub screen: Option<String>,
    /// Listens on this port of 127.0.0.1; otherwise on that of the last time where it is free, else on any
    #[arg(long, value_name = "PORT")]
    pub port: Option<u16>,
    /// The folder of the built UI [otherwise: $OCISCOPE_UI, the UI in this program, share/ociscope/ui beside bin, or ui/dist]
    #[arg(long, value_name = "DIR")]
    pub ui: Option<PathBuf>,
    /// Opens the app in the browser
    #[arg(long)]
    pub open: bool,
    /// The registries that may be contacted from the start.
    #[command(flatten)]
    pub added: Added,
}

/// The registries that may be contacted from the start.
#[derive(Debug, Args)]
pub struct Added {
    /// Adds a registry: HOST[:PORT], NAME=HOST[:PORT] for a name of one's own, http://HOST[:PORT] for plain http;
    /// may be given more than once
    #[arg(long = "add", value_name = "HOST", value_parser = registry)]
    pub add: Vec<AddRegistry>,
}

/// The door for scripts.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Calls an operation: its reply is printed as one line of JSON, an error as one line on standard error
    #[command(after_help = EXIT_CODES)]
    Call(Operation),
    /// Watches an operation: every event is printed as one line of JSON, an error as one line on standard error
    #[command(after_help = EXIT_CODES)]
    Watch(Operation),
    /// Prints every operation as one line of JSON, with an example request and its reply or events
    Operations,
}

/// One operation and its request. A registry that the request names counts as added.
#[derive(Debug, Args)]
pub struct Operation {
    /// Its name, as `ociscope operations` prints it
    #[arg(value_name = "OPERATION")]
    pub name: String,
    /// The request as JSON; - reads it from standard input
    #[arg(value_name = "JSON", default_value = "{}")]
    pub request: String,
    /// The registries that may be contacted, besides those that the request names.
    #[command(flatten)]
    pub added: Added,
}

/// One bare word is a command that is misspelt, more often than an image of Docker Hub.
fn screen(text: &str) -> Result<String, String> {
    if !text.contains(['/', ':', '.', '@']) {
        return Err(format!("there is no such command; for an image of Docker Hub, write {text}:latest"));
    }
    host::screen(text).map_err(|error| error.to_string())
}

/// `[NAME=][http://|https://]HOST[:PORT]`.
fn registry(text: &str) -> Result<AddRegistry, oci::ReferenceError> {
    let (name, place) = match text.split_once('=') {
        Some((name, place)) => (Some(name), place),
        None => (None, text),
    };
    let (transport, place) = match place.split_once("://") {
        Some(("http", place)) => (Transport::Http, place),
        Some(("https", place)) => (Transport::Https, place),
        _ => (Transport::Auto, place),
    };
    let address: oci::Host = place.strip_suffix('/').unwrap_or(place).parse()?;
    Ok(match name {
        Some(name) => AddRegistry { name: name.parse()?, address: Some(address), transport },
        None => AddRegistry { name: address, address: None, transport },
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn what_to_show_is_named_by_a_reference_or_a_link() {
        let shown = |words: &[&str]| Cli::try_parse_from([&["ociscope"], words].concat());
        let screen = shown(&["--open", "ghcr.io/acme/app:1.0"]).unwrap().serve.screen;
        assert_eq!(screen.as_deref(), Some("/r/ghcr.io/acme/app:1.0"));
        assert!(shown(&["operations"]).unwrap().command.is_some());
        let error = shown(&["operation"]).unwrap_err();
        assert_eq!(error.exit_code(), 2);
        assert!(error.to_string().contains("no such command"), "{error}");
        let error = shown(&["ociscope://user@r/x"]).unwrap_err();
        assert_eq!(error.exit_code(), 2);
        assert!(error.to_string().contains("is no link of this app"), "{error}");
    }

    #[test]
    fn registries_are_added_by_name_alias_and_scheme() {
        let plain = registry("ghcr.io").unwrap();
        assert_eq!((plain.name.as_str(), plain.address, plain.transport), ("ghcr.io", None, Transport::Auto));
        let alias = registry("lab.local=http://10.0.0.7:5000/").unwrap();
        assert_eq!(alias.name.as_str(), "lab.local");
        assert_eq!(alias.address.unwrap().as_str(), "10.0.0.7:5000");
        assert_eq!(alias.transport, Transport::Http);
        assert_eq!(registry("https://a.example").unwrap().transport, Transport::Https);
        for bad in ["", "ftp://a.example", "a b", "=a.example", "http://"] {
            assert!(registry(bad).is_err(), "{bad}");
        }
    }
}
