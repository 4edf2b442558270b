//! Helpers made of shell scripts, for tests.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use tokio::sync::{Mutex, MutexGuard};

/// One test at a time: a script that is being written while another test starts a process is "busy".
static ONE: Mutex<()> = Mutex::const_new(());

/// A folder with helpers.
pub(crate) struct Scripts {
    folder: tempfile::TempDir,
    _one: MutexGuard<'static, ()>,
}

impl Scripts {
    pub(crate) async fn new() -> Self {
        let one = ONE.lock().await;
        Self { folder: tempfile::tempdir().unwrap(), _one: one }
    }

    /// Adds `docker-credential-<name>`.
    pub(crate) fn add(&self, name: &str, script: &str) -> PathBuf {
        use std::os::unix::fs::PermissionsExt as _;
        let path = self.path().join(format!("docker-credential-{name}"));
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
        path
    }

    /// Where they are.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// That, as `PATH`, with what the scripts themselves need.
    pub(crate) fn as_path(&self) -> OsString {
        let mut path = self.path().as_os_str().to_owned();
        path.push(":/usr/bin:/bin");
        path
    }
}
