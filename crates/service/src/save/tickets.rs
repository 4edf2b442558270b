//! Which saved file belongs to which ticket? Each ticket is good once.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use api::{Code, Error};
use oci::Digest;

/// Tickets that wait to be used; of more, the file of the oldest goes.
const MOST: usize = 100;

/// A file in the host's folder that hashes to its digest. Whoever took it out moves it or deletes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its length in bytes.
    pub size: u64,
    /// What it hashes to.
    pub digest: Digest,
}

/// The tickets that were not used yet, the oldest first.
#[derive(Debug, Default)]
pub(crate) struct Tickets(Mutex<VecDeque<(String, SavedFile)>>);

impl Tickets {
    pub(super) fn give(&self, ticket: &str, file: SavedFile) {
        let mut tickets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tickets.len() == MOST
            && let Some((_, file)) = tickets.pop_front()
        {
            // What cannot be deleted now is deleted at a later start.
            let _ = std::fs::remove_file(file.path);
        }
        tickets.push_back((ticket.to_owned(), file));
    }

    pub(crate) fn take(&self, ticket: &str) -> Option<SavedFile> {
        let mut tickets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = tickets.iter().position(|(given, _)| given == ticket)?;
        tickets.remove(at).map(|(_, file)| file)
    }
}

/// 128 random bits of the operating system, as 32 hexadecimal digits.
pub(super) fn random() -> Result<String, Error> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| {
        Error::new(Code::Internal, format!("the operating system gives no random bytes: {error}"))
    })?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: PathBuf) -> SavedFile {
        SavedFile { path, size: 0, digest: Digest::sha256(b"") }
    }

    #[test]
    fn a_ticket_is_good_once_and_the_oldest_of_too_many_goes_with_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let tickets = Tickets::default();
        for nth in 0..=MOST {
            let path = folder.path().join(nth.to_string());
            std::fs::write(&path, "").unwrap();
            tickets.give(&nth.to_string(), file(path));
        }
        assert_eq!(tickets.take("0"), None);
        assert!(!folder.path().join("0").exists() && folder.path().join("1").exists());
        assert!(tickets.take("1").is_some());
        assert_eq!(tickets.take("1"), None);
        assert_eq!(tickets.take(""), None);
    }

    #[test]
    fn two_tickets_are_never_alike() {
        let (one, other) = (random().unwrap(), random().unwrap());
        assert_ne!(one, other);
        assert!(one.len() == 32 && one.bytes().all(|byte| byte.is_ascii_hexdigit()), "{one}");
    }
}
