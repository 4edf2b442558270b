//! How does a program start for a test, and end with it?

use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    os::unix::process::CommandExt,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// A running program. It and everything that it started in its group end when this is dropped.
#[derive(Debug)]
pub struct Running(Child);

impl Running {
    /// Starts a program in a process group of its own.
    ///
    /// # Panics
    /// If it cannot be started, with its name and the reason.
    pub fn start(command: &mut Command) -> Self {
        match command.process_group(0).stdin(Stdio::null()).spawn() {
            Ok(child) => Self(child),
            Err(error) => panic!("{:?} does not start: {error}", command.get_program()),
        }
    }

    /// Reads standard output until a line fits, and keeps reading the rest so that the program never blocks.
    ///
    /// # Panics
    /// If the program ends before such a line.
    pub fn line(&mut self, fits: impl Fn(&str) -> bool) -> String {
        let output = self.0.stdout.take().expect("standard output was piped");
        let mut lines = BufReader::new(output).lines();
        let found = lines
            .by_ref()
            .map_while(Result::ok)
            .find(|line| fits(line))
            .unwrap_or_else(|| panic!("the program ended without the line that was waited for"));
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        found
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// Ends it now.
    pub fn stop(&mut self) {
        let group = format!("-{}", self.0.id());
        let _ = Command::new("kill").args(["-TERM", "--", &group]).stderr(Stdio::null()).status();
        let until = Instant::now() + Duration::from_secs(3);
        while Instant::now() < until {
            if matches!(self.0.try_wait(), Ok(Some(_))) {
                break;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        // Where there is no `kill`, at least the program itself ends.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
    }
}

/// A loopback port that is free now.
///
/// # Panics
/// If the machine has none.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
    listener.local_addr().expect("a bound listener has an address").port()
}
