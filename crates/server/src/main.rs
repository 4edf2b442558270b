//! The program `ociscope`.

use std::process::ExitCode;

fn main() -> ExitCode {
    server::run::run(std::env::args_os())
}
