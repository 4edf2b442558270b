//! What was chosen last in the palette? Remembered in this browser.

use serde::{Deserialize, Serialize};

use super::choice::{Choice, Does, Sort};
use crate::shared::memory;

const KEY: &str = "ociscope.palette";
/// How many are remembered.
const MOST: usize = 5;

/// One thing that was chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Lately {
    id: String,
    sort: Sort,
    words: String,
    note: String,
    address: Option<String>,
}

impl Lately {
    /// The choice that it is now; none where an action is not offered here.
    pub(super) fn choice(&self, all: &[Choice]) -> Option<Choice> {
        all.iter().find(|choice| choice.id == self.id).cloned().or_else(|| {
            let address = self.address.clone()?;
            Some(Choice {
                id: self.id.clone(),
                sort: self.sort,
                words: self.words.clone(),
                note: self.note.clone(),
                act: None,
                does: Does::Go(address),
            })
        })
    }
}

/// The latest first.
pub(super) fn read() -> Vec<Lately> {
    let mut lately: Vec<Lately> = memory::value(KEY).unwrap_or_default();
    // Storage is the user's: an address in it leads nowhere but into this app.
    lately.retain(|one| one.address.as_ref().is_none_or(|address| address.starts_with('/')));
    lately.truncate(MOST);
    lately
}

/// Remembers a choice.
pub(super) fn note(choice: &Choice) {
    let mut lately = read();
    lately.retain(|other| other.id != choice.id);
    let address = match &choice.does {
        Does::Run(_) => None,
        Does::Go(address) => Some(address.clone()),
    };
    lately.insert(
        0,
        Lately {
            id: choice.id.clone(),
            sort: choice.sort,
            words: choice.words.clone(),
            note: choice.note.clone(),
            address,
        },
    );
    lately.truncate(MOST);
    memory::keep(KEY, &lately);
}
