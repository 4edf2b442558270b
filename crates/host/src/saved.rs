//! Who hands out what was saved?
//!
//! The operation `save` answers with a ticket; how the file behind it becomes the user's is each host's own way: a
//! download, or the place that was chosen in a dialog.

use std::{
    collections::VecDeque,
    fs,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use service::Service;

/// Files that wait to be taken again; of more, the oldest goes.
const MOST_RETURNED: usize = 100;

/// A file that was fetched and verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// Where it is. It belongs to whoever has this.
    pub path: PathBuf,
    /// Its length.
    pub size: u64,
}

/// Hands out saved files.
pub trait Saves: Send + Sync + 'static {
    /// The file of a ticket, once.
    fn take_saved(&self, ticket: &str) -> Option<Saved>;
}

impl Saves for Service {
    fn take_saved(&self, ticket: &str) -> Option<Saved> {
        let file = Service::take_saved(self, ticket)?;
        Some(Saved { path: file.path, size: file.size })
    }
}

/// Files that were taken and did not arrive: a download broke off, a place could not be written. Their tickets are
/// good again. Clones are the same.
#[derive(Debug, Clone, Default)]
pub struct Returned(Arc<Mutex<VecDeque<(String, Saved)>>>);

impl Returned {
    /// The file of a ticket: one that came back, or one that was not taken yet.
    pub fn or_new(&self, saves: &impl Saves, ticket: &str) -> Option<Saved> {
        let mut returned = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match returned.iter().position(|(given, _)| given == ticket) {
            Some(at) => returned.remove(at).map(|(_, saved)| saved),
            None => saves.take_saved(ticket),
        }
    }

    /// Takes a file back.
    pub fn give(&self, ticket: &str, saved: Saved) {
        let mut returned = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if returned.len() == MOST_RETURNED
            && let Some((_, oldest)) = returned.pop_front()
        {
            // What cannot be removed now is tidied up with the other old saves.
            let _ = fs::remove_file(oldest.path);
        }
        returned.push_back((ticket.to_owned(), saved));
    }
}
