//! Which port does the web host listen on?
//!
//! The browser keeps the launch token and the user's settings by origin, and the port is part of the origin. So the
//! port of the last run is taken again where it is free, and pasted links keep working.

use std::{
    fs, io,
    net::Ipv4Addr,
    path::{Path, PathBuf},
};

use tokio::net::TcpListener;

/// How the port is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ports {
    /// This one and no other.
    This(u16),
    /// The one noted in this folder where it is free, else any; the choice is noted there.
    AsLastTime(PathBuf),
    /// Any.
    Any,
}

/// Listens on 127.0.0.1, and on nothing else.
///
/// # Errors
/// The asked port is taken or not allowed, or there is none left.
pub async fn listen(ports: &Ports) -> io::Result<TcpListener> {
    match ports {
        Ports::This(port) => on(*port).await,
        Ports::Any => on(0).await,
        Ports::AsLastTime(folder) => {
            let listener = match noted(folder) {
                Some(port) => match on(port).await {
                    Ok(listener) => listener,
                    Err(_) => on(0).await?,
                },
                None => on(0).await?,
            };
            if let Err(error) = note(folder, listener.local_addr()?.port()) {
                tracing::warn!(%error, "the port could not be noted for the next start");
            }
            Ok(listener)
        }
    }
}

async fn on(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await
}

fn noted(folder: &Path) -> Option<u16> {
    fs::read_to_string(folder.join("web-port")).ok()?.trim().parse().ok()
}

fn note(folder: &Path, port: u16) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("web-port"), format!("{port}\n"))
}
