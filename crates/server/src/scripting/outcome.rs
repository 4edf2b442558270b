//! How did it end, as an exit code?

use api::Code;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// As asked.
    Done,
    /// With this error.
    Failed(Code),
    /// A list ended without being complete.
    StoppedEarly,
    /// The user pressed Ctrl-C.
    Interrupted,
    /// The reader of standard output went away.
    Unread,
}

impl Outcome {
    /// The exit code, as `--help` explains it.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed(code) => failed(code),
            Self::StoppedEarly => 9,
            Self::Interrupted => 130,
            Self::Unread => 141,
        }
    }
}

fn failed(code: Code) -> u8 {
    match code {
        Code::Internal | Code::HostGone | Code::Disk => 1,
        Code::BadRequest => 2,
        Code::RepositoryNotFound | Code::ManifestNotFound => 3,
        Code::AuthNeeded | Code::Denied | Code::LoginFailed => 4,
        Code::Unreachable | Code::Tls => 5,
        Code::NotARegistry | Code::BadAnswer | Code::TooLarge | Code::RegistryFailed | Code::Unsupported => 6,
        Code::RateLimited => 7,
        Code::NotAdded => 8,
    }
}
