//! Is there a window already, and how is it told what to show?
//!
//! The first start holds a lock in the state folder for as long as it runs, and listens on a socket beside it that
//! only this user can open. A later start says there which screen it was asked for, and ends. Programs with other
//! state folders know nothing of each other.

#[cfg(unix)]
pub(crate) use unix::start;

/// What a start is.
#[derive(Debug)]
pub(crate) enum Start {
    /// The first one: further ones are heard through this.
    #[cfg_attr(not(unix), allow(dead_code, reason = "there is no socket to hear them by"))]
    First(Heard),
    /// A further one: the window knows.
    #[cfg_attr(not(unix), allow(dead_code, reason = "there is no socket to tell it by"))]
    Told,
    /// One that knows of no other: it opens a window of its own.
    Alone,
}

#[cfg(unix)]
pub(crate) use unix::Heard;

/// Nobody.
#[cfg(not(unix))]
#[derive(Debug)]
pub(crate) struct Heard;

#[cfg(not(unix))]
impl Heard {
    pub(crate) fn tell(self, _: impl Fn(Option<String>) + Send + 'static) {}
}

#[cfg(not(unix))]
pub(crate) fn start(_: Option<&std::path::Path>, _: Option<&str>) -> Start {
    Start::Alone
}

#[cfg(unix)]
mod unix {
    use std::{
        fs::{self, File, Permissions},
        io::{self, BufRead, BufReader, Read, Write},
        os::unix::{
            fs::{DirBuilderExt, PermissionsExt},
            net::{UnixListener, UnixStream},
        },
        path::Path,
        thread,
        time::{Duration, Instant},
    };

    use super::Start;

    /// How long a window may take to listen, and to answer.
    const PATIENCE: Duration = Duration::from_secs(5);
    /// How long another start may take to say what it wants.
    const HEARING: Duration = Duration::from_secs(2);
    /// More than a screen's path has.
    const LONGEST: u64 = 16 << 10;

    const HEARD: &[u8] = b"ok\n";

    /// Further starts.
    #[derive(Debug)]
    pub(crate) struct Heard {
        listener: UnixListener,
        lock: File,
    }

    /// Finds out what this start is, and tells the window that is there already.
    pub(crate) fn start(folder: Option<&Path>, screen: Option<&str>) -> Start {
        folder.map_or(Start::Alone, |folder| {
            // Without a lock or a socket everything works but this.
            in_folder(folder, screen).unwrap_or(Start::Alone)
        })
    }

    fn in_folder(folder: &Path, screen: Option<&str>) -> io::Result<Start> {
        let (lock, socket) = (folder.join("window.lock"), folder.join("window.socket"));
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        let lock = File::options().create(true).truncate(false).write(true).open(lock)?;
        match lock.try_lock() {
            Ok(()) => {
                // Whose lock is gone is gone, and its socket is only a name.
                let _ = fs::remove_file(&socket);
                let listener = UnixListener::bind(&socket)?;
                fs::set_permissions(&socket, Permissions::from_mode(0o600))?;
                Ok(Start::First(Heard { listener, lock }))
            }
            Err(fs::TryLockError::WouldBlock) => {
                tell(&socket, screen.unwrap_or_default()).map(|()| Start::Told)
            }
            Err(fs::TryLockError::Error(error)) => Err(error),
        }
    }

    fn tell(socket: &Path, screen: &str) -> io::Result<()> {
        let start = Instant::now();
        let mut stream = loop {
            match UnixStream::connect(socket) {
                Ok(stream) => break stream,
                // It has the lock, and is about to listen.
                Err(_) if start.elapsed() < PATIENCE => thread::sleep(Duration::from_millis(20)),
                Err(error) => return Err(error),
            }
        };
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        stream.write_all(format!("{screen}\n").as_bytes())?;
        let mut answer = [0; HEARD.len()];
        stream.read_exact(&mut answer)?;
        if answer == HEARD { Ok(()) } else { Err(io::ErrorKind::InvalidData.into()) }
    }

    impl Heard {
        /// Tells of each further start from now on, with the screen that it was asked for.
        pub(crate) fn tell(self, tell: impl Fn(Option<String>) + Send + 'static) {
            thread::spawn(move || {
                let Self { listener, lock: _held } = self;
                for stream in listener.incoming().flatten() {
                    // One that says nothing wants nothing.
                    let _ = hear(&stream, &tell);
                }
            });
        }
    }

    fn hear(mut stream: &UnixStream, tell: &impl Fn(Option<String>)) -> io::Result<()> {
        stream.set_read_timeout(Some(HEARING))?;
        stream.set_write_timeout(Some(HEARING))?;
        let mut line = String::new();
        BufReader::new(stream.take(LONGEST)).read_line(&mut line)?;
        let screen = line.strip_suffix('\n').ok_or(io::ErrorKind::UnexpectedEof)?;
        match screen {
            "" => tell(None),
            // It comes from this user, and is read like everything that comes from outside.
            screen => tell(Some(host::screen(screen).map_err(io::Error::other)?)),
        }
        stream.write_all(HEARD)
    }

    #[cfg(test)]
    mod tests {
        use std::sync::mpsc;

        use super::*;

        #[test]
        fn a_second_start_tells_the_first_and_a_third_one_later_is_first_again() {
            let home = tempfile::tempdir().unwrap();
            let folder = home.path().join("not/yet");
            let Start::First(heard) = start(Some(&folder), None) else { panic!("nobody else is there") };
            let mode = fs::metadata(folder.join("window.socket")).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
            let (told, tells) = mpsc::channel();
            heard.tell(move |screen| told.send(screen).unwrap());
            assert!(matches!(start(Some(&folder), Some("/r/ghcr.io/a/b:1")), Start::Told));
            assert_eq!(tells.recv().unwrap().as_deref(), Some("/r/ghcr.io/a/b:1"));
            assert!(matches!(start(Some(&folder), None), Start::Told));
            assert_eq!(tells.recv().unwrap(), None);
            // Another state folder is another app.
            assert!(matches!(start(Some(&home.path().join("other")), None), Start::First(_)));
        }

        #[test]
        fn what_a_dead_program_left_is_no_window() {
            let home = tempfile::tempdir().unwrap();
            fs::write(home.path().join("window.lock"), "").unwrap();
            fs::write(home.path().join("window.socket"), "").unwrap();
            let first = start(Some(home.path()), None);
            assert!(matches!(first, Start::First(_)), "{first:?}");
        }

        #[test]
        fn without_a_folder_or_a_socket_a_window_opens_all_the_same() {
            assert!(matches!(start(None, None), Start::Alone));
            let home = tempfile::tempdir().unwrap();
            // The name of a socket has at most 108 bytes.
            let long = home.path().join("x".repeat(120));
            assert!(matches!(start(Some(&long), None), Start::Alone));
        }

        #[test]
        fn what_is_no_screen_is_not_shown() {
            let home = tempfile::tempdir().unwrap();
            let Start::First(heard) = start(Some(home.path()), None) else { panic!("nobody else is there") };
            let (told, tells) = mpsc::channel();
            heard.tell(move |screen| told.send(screen).unwrap());
            for wrong in ["ociscope://x@r/a\n", "/r/ghcr.io/a\"+alert(1)+\"\n", "no end"] {
                let mut stream = UnixStream::connect(home.path().join("window.socket")).unwrap();
                stream.write_all(wrong.as_bytes()).unwrap();
                stream.shutdown(std::net::Shutdown::Write).unwrap();
                let mut answer = Vec::new();
                stream.read_to_end(&mut answer).unwrap();
                assert_eq!(answer, b"", "{wrong:?}");
            }
            assert!(tells.try_recv().is_err());
        }
    }
}
