//! When does a host end?

/// Waits until the user (Ctrl-C) or the system (`SIGTERM`) wants the program to end. It listens from this call on,
/// not from the first poll: a host calls it before it says that it is there. Needs a running tokio runtime.
#[cfg(unix)]
pub fn asked_to_end() -> impl Future<Output = ()> + Send {
    use tokio::signal::unix::{SignalKind, signal};
    // A system without signals ends its programs in its own way.
    let (interrupt, terminate) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
    async move {
        match (interrupt, terminate) {
            (Ok(mut interrupt), Ok(mut terminate)) => {
                tokio::select! {
                    _ = interrupt.recv() => {}
                    _ = terminate.recv() => {}
                }
            }
            _ => std::future::pending().await,
        }
    }
}

/// Waits until the user (Ctrl-C) wants the program to end.
#[cfg(not(unix))]
pub fn asked_to_end() -> impl Future<Output = ()> + Send {
    async {
        let _ = tokio::signal::ctrl_c().await;
    }
}
