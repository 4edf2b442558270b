//! How is a helper stopped with all that it has started?

use tokio::process::{Child, Command};

/// The processes of a helper. Whatever happens to who waits for it, they are gone when this is dropped.
///
/// On Unix the helper leads a group of its own, and the group is killed. Windows has no such group: the helper itself
/// is killed, and what it leaves behind holds nothing of ours.
pub(crate) struct Group {
    #[cfg(unix)]
    leader: Option<rustix::process::Pid>,
}

/// Makes a command that will lead a group, and that ends with the one who waits for it.
pub(crate) fn leading(command: &mut Command) {
    command.kill_on_drop(true);
    #[cfg(unix)]
    command.process_group(0);
}

#[cfg(unix)]
impl Group {
    pub(crate) fn of(child: &Child) -> Self {
        let number = child.id().and_then(|number| i32::try_from(number).ok());
        Self { leader: number.and_then(rustix::process::Pid::from_raw) }
    }

    /// Kills them all. While the leader has not been waited for, its number is nobody else's.
    pub(crate) fn kill(&mut self) {
        if let Some(leader) = self.leader.take() {
            let _ = rustix::process::kill_process_group(leader, rustix::process::Signal::KILL);
        }
    }

    /// Until the leader has ended, without waiting for it in the system's sense: its number stays its own.
    pub(crate) async fn ended(leader: Option<rustix::process::Pid>) {
        use rustix::process::{WaitId, WaitIdOptions, waitid};
        let look = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        while let Some(leader) = leader
            && matches!(waitid(WaitId::Pid(leader), look), Ok(None))
        {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }

    pub(crate) fn leader(&self) -> Option<rustix::process::Pid> {
        self.leader
    }
}

#[cfg(not(unix))]
impl Group {
    pub(crate) fn of(_: &Child) -> Self {
        Self {}
    }

    pub(crate) fn kill(&mut self) {}

    /// Without a group there is nothing to be done when the leader has ended before its output.
    pub(crate) async fn ended((): ()) {
        std::future::pending::<()>().await;
    }

    pub(crate) fn leader(&self) {}
}

impl Drop for Group {
    fn drop(&mut self) {
        self.kill();
    }
}
