//! How is a helper asked once, for so long and for so much?

use std::{ffi::OsStr, io, path::Path, process::Stdio, time::Duration};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    process::{Child, Command},
    time::{sleep, timeout},
};

use super::group::{self, Group};

/// Bytes of output that are read at most.
const MOST: usize = 64 << 10;
/// How long output is read on once the helper has ended: a program that left its group may hold the pipe open.
const AFTER: Duration = Duration::from_millis(200);

/// How a helper ended.
pub(crate) enum Said {
    /// Exit code 0, with this output.
    Success(Vec<u8>),
    /// Another exit code, or none, with this output.
    Failure(Option<i32>, Vec<u8>),
    /// More output than is read.
    TooMuch,
    /// Not in time.
    TimedOut,
    /// Not at all.
    NotStarted(io::Error),
}

/// Runs `program get` with the server on its input: no shell, its folder as the current one, the `PATH` in which it was
/// found for what it starts itself, and its error output, which may hold a secret, going nowhere.
pub(crate) async fn run(program: &Path, path: &OsStr, server: &str, limit: Duration) -> Said {
    let mut command = Command::new(program);
    command.arg("get").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    command.env("PATH", path);
    if let Some(folder) = program.parent() {
        command.current_dir(folder);
    }
    group::leading(&mut command);
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) => return Said::NotStarted(error),
    };
    let mut group = Group::of(&child);
    let said = timeout(limit, converse(&mut child, &mut group, server)).await.unwrap_or(Said::TimedOut);
    group.kill();
    said
}

async fn converse(child: &mut Child, group: &mut Group, server: &str) -> Said {
    if let Some(mut input) = child.stdin.take() {
        // A helper that ends without reading is judged by its answer.
        let _ = input.write_all(server.as_bytes()).await;
    }
    let mut output = Vec::new();
    let Some(mut pipe) = child.stdout.take() else { return Said::Failure(None, output) };
    let ended = Group::ended(group.leader());
    let late = async {
        ended.await;
        group.kill();
        sleep(AFTER).await;
    };
    let all = async {
        let mut chunk = [0; 4096];
        loop {
            match pipe.read(&mut chunk).await {
                Ok(0) | Err(_) => return true,
                Ok(length) => output.extend_from_slice(&chunk[..length]),
            }
            if output.len() > MOST {
                return false;
            }
        }
    };
    let bounded = tokio::select! {
        biased;
        bounded = all => bounded,
        () = late => true,
    };
    if !bounded {
        return Said::TooMuch;
    }
    match child.wait().await {
        Ok(status) if status.success() => Said::Success(output),
        Ok(status) => Said::Failure(status.code(), output),
        Err(error) => Said::NotStarted(error),
    }
}
