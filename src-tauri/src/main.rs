//! The program `ociscope-desktop`: one window over the service, in this process.
// On Windows a program with a window wants no console beside it.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

mod bridge;
mod cli;
mod screen;
mod window;

use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::read(std::env::args_os().skip(1)) {
        cli::Asked::Window => {}
        cli::Asked::Text(text) => return cli::print(&text),
        cli::Asked::Unknown(argument) => return cli::refuse(&argument),
    }
    if let Err(error) = screen::prepare() {
        return cli::complain(&error);
    }
    match window::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => cli::complain(&error),
    }
}
