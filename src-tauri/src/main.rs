//! The program `ociscope-desktop`: one window over the service, in this process.
// On Windows a program with a window wants no console beside it.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

mod bridge;
mod cli;
mod dialog;
mod engine;
mod saving;
mod screen;
mod single;
mod window;

use std::process::ExitCode;

use host::Folders;

fn main() -> ExitCode {
    let asked = match cli::read(std::env::args_os().skip(1)) {
        cli::Asked::Window(screen) => screen,
        cli::Asked::Text(text) => return cli::print(&text),
        cli::Asked::Unknown(why) => return cli::refuse(&why),
    };
    if let Err(error) = screen::prepare() {
        return cli::complain(&error);
    }
    let folders = Folders::of_user();
    let further = match single::start(folders.as_ref().map(|it| it.state.as_path()), asked.as_deref()) {
        single::Start::Told => return ExitCode::SUCCESS,
        single::Start::First(further) => Some(further),
        single::Start::Alone => None,
    };
    match window::run(folders, asked, further) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => cli::complain(&error),
    }
}
