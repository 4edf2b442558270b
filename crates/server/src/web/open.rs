//! How does the browser get the first URL without anybody else seeing it?
//!
//! Arguments of a program can be read by every user of the machine, and the URL holds the launch token. So the
//! browser is given a file instead, which only this user can read and which sends it on.

use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// Why no browser was opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The file cannot be written.
    #[error("the file that sends the browser on cannot be written: {0}")]
    File(io::Error),
    /// The system's opener does not start.
    #[error("{0} does not start: {1}")]
    Opener(&'static str, io::Error),
}

/// The file that sends the browser on. It is removed when this is dropped.
#[derive(Debug)]
pub struct Opened(PathBuf);

impl Drop for Opened {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// Opens the URL in the user's browser, by way of a file in `folder`.
///
/// # Errors
/// The file cannot be written, or the system has no opener.
pub fn open_in_browser(url: &str, folder: &Path) -> Result<Opened, OpenError> {
    let opener = if cfg!(windows) {
        "explorer"
    } else if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    };
    let file = Opened(folder.join(format!("open-{}.html", std::process::id())));
    send_on(&file.0, url).map_err(OpenError::File)?;
    let mut command = Command::new(opener);
    command.arg(&file.0).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().map_err(|error| OpenError::Opener(opener, error))?;
    Ok(file)
}

fn send_on(path: &Path, url: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let _ = fs::remove_file(path);
    let mut options = fs::OpenOptions::new();
    // A file that is there in spite of the removal is somebody else's.
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    // Nothing in it ends the attribute: a screen is made of names and digests, and a query has no quotes.
    let url = url.replace('&', "&amp;");
    let page = format!(
        "<!doctype html><meta charset=\"utf-8\"><title>Ociscope</title>\
         <meta name=\"referrer\" content=\"no-referrer\"><meta http-equiv=\"refresh\" content=\"0; url={url}\">\n"
    );
    options.open(path)?.write_all(page.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn only_this_user_can_read_the_file_and_it_goes_away() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let file = Opened(folder.path().join("state/open-1.html"));
        send_on(&file.0, "http://127.0.0.1:1/#token=00").unwrap();
        assert_eq!(fs::metadata(&file.0).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(fs::read_to_string(&file.0).unwrap().contains("url=http://127.0.0.1:1/#token=00\""));
        let path = file.0.clone();
        drop(file);
        assert!(!path.exists());
    }
}
