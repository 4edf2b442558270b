//! What does this user want to be remembered, by both hosts and from one start to the next?
//!
//! One file, `settings.json` in the folder for configuration: pins and registries are the user's own choices, which
//! belong into a backup and onto the next machine; the recents beside them are few. (The folder for state is for what
//! only this machine needs, such as the last port.) Before there was this file, registries stood in one of the state
//! folder: what is there is taken over, once.
//!
//! Both hosts may run, and each change is made to what the file says now. A file that is broken is put aside under
//! another name, and what can be read of it goes on. In it are names, addresses and digests, and nothing secret.

mod document;
mod file;
mod pending;

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use api::{AddRegistry, Error, Settings, SettingsChange, SettingsNotice};
use chrono::Utc;
use service::{Change, Keep, KeptRegistries, apply};

use document::{Document, Reading};
use file::Content;
use pending::{Edit, Pending};

/// The longest file that is read: far more than that many registries, pins and recents need.
const LONGEST_FILE: u64 = 4 << 20;

/// The settings file of a user.
#[derive(Debug)]
pub(crate) struct Kept {
    path: PathBuf,
    /// Where registries stood before.
    earlier: Option<PathBuf>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    pending: Pending,
    /// Why changes are not in the file.
    trouble: Option<String>,
    /// Whether the user has read it.
    read: bool,
}

/// What the file says, or would say.
#[derive(Debug)]
struct Look {
    document: Document,
    trouble: Option<String>,
}

impl Kept {
    /// Those in a folder for configuration; what is in a folder for state from before is taken over.
    pub(crate) fn in_folder(folder: &Path, state: Option<&Path>) -> Self {
        Self {
            path: folder.join("settings.json"),
            earlier: state.map(|state| state.join("registries.json")),
            state: Mutex::default(),
        }
    }

    /// The registries that the user added.
    pub(crate) fn registries(&self) -> Vec<AddRegistry> {
        self.look(&mut self.state()).document.registries()
    }

    /// Makes a change of them.
    pub(crate) fn change_registries(&self, change: Change) {
        let mut state = self.state();
        state.pending.add(Edit::Registry(change));
        self.look(&mut state);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // The list of pending changes is whole after each line of this file.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads, and writes what is pending.
    fn look(&self, state: &mut State) -> Look {
        let look = if state.pending.is_empty() { self.read_file() } else { self.write_file(&state.pending) };
        if look.trouble.is_none() {
            state.pending.clear();
        }
        if look.trouble != state.trouble {
            if let Some(why) = &look.trouble {
                tracing::warn!(why, "the settings are not kept");
            }
            state.trouble.clone_from(&look.trouble);
            state.read = false;
        }
        look
    }

    fn settings(&self, state: &State, look: &Look) -> Settings {
        let mut settings = look.document.settings();
        if let Some(why) = state.trouble.clone().filter(|_| !state.read) {
            settings.notice = Some(SettingsNotice::NotKept { why });
        }
        settings
    }

    fn read_file(&self) -> Look {
        match self.bytes() {
            Err(why) => Look { document: Document::default(), trouble: Some(why) },
            Ok(None) => Look { document: self.begin(), trouble: None },
            Ok(Some(Reading::Good(document))) => Look { document, trouble: None },
            Ok(Some(Reading::Newer(document, version))) => {
                Look { document, trouble: Some(self.of_version(version)) }
            }
            // It is put aside with the right to change it: the other host may be doing that.
            Ok(Some(Reading::Broken(..))) => self.write_file(&Pending::default()),
        }
    }

    fn write_file(&self, pending: &Pending) -> Look {
        // Read with the right to change it: what the other host wrote a moment ago counts.
        let lock = match file::lock(&self.path) {
            Ok(lock) => lock,
            Err(error) => {
                let mut document = self.readable();
                pending.make(&mut document);
                return Look { document, trouble: Some(self.unable(&error)) };
            }
        };
        let mut broken = None;
        let (mut document, before) = match self.bytes() {
            Err(why) => return Self::unwritten(pending, Document::default(), why),
            Ok(Some(Reading::Newer(document, version))) => {
                return Self::unwritten(pending, document, self.of_version(version));
            }
            Ok(None) => (self.begin(), None),
            Ok(Some(Reading::Good(document))) => (document.clone(), Some(document)),
            Ok(Some(Reading::Broken(mut rest, why))) => {
                let word = format!("broken-{}", Utc::now().format("%Y%m%dT%H%M%SZ"));
                match lock.keep_beside(&word) {
                    Ok(kept) => {
                        let kept_as = kept.display().to_string();
                        rest.put_notice(&SettingsNotice::Broken { kept_as, why });
                        broken = Some(kept);
                    }
                    Err(error) => {
                        return Self::unwritten(pending, rest, format!("{why}; {}", self.unable(&error)));
                    }
                }
                (rest, None)
            }
        };
        pending.make(&mut document);
        if before.as_ref() == Some(&document) {
            return Look { document, trouble: None };
        }
        let trouble = lock.write(&document.bytes()).err().map(|error| self.unable(&error));
        match (&trouble, broken) {
            // The broken file still stands where it stood.
            (Some(_), Some(kept)) => drop(fs::remove_file(kept)),
            (None, Some(kept)) => tracing::warn!(?kept, "the settings cannot be read and were put aside"),
            _ => {}
        }
        if trouble.is_none()
            && let Some(earlier) = &self.earlier
        {
            // All of it is in the new file. Most of the time there is none.
            let _ = fs::remove_file(earlier);
        }
        Look { document, trouble }
    }

    fn unwritten(pending: &Pending, mut document: Document, why: String) -> Look {
        pending.make(&mut document);
        Look { document, trouble: Some(why) }
    }

    fn readable(&self) -> Document {
        match self.bytes() {
            Err(_) => Document::default(),
            Ok(None) => self.begin(),
            Ok(Some(Reading::Good(it) | Reading::Newer(it, _) | Reading::Broken(it, _))) => it,
        }
    }

    fn unable(&self, error: &io::Error) -> String {
        let advice = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                " Free some space, and change something again."
            }
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                " Allow writing there, and change something again."
            }
            _ => "",
        };
        format!("{}: {error}.{advice}", self.path.display())
    }

    fn bytes(&self) -> Result<Option<Reading>, String> {
        match file::read(&self.path, LONGEST_FILE) {
            Err(error) => Err(self.unable(&error)),
            Ok(Content::Missing) => Ok(None),
            Ok(Content::Bytes(bytes)) => Ok(Some(Document::read(&bytes))),
            Ok(Content::TooLong) => {
                let why = format!("it is longer than {} MiB", LONGEST_FILE >> 20);
                Ok(Some(Reading::Broken(Document::default(), why)))
            }
        }
    }

    fn of_version(&self, version: u64) -> String {
        format!(
            "{} was written by a later Ociscope (version {version} of the settings). It is read, and left as it is. \
             Change settings in that Ociscope, or move the file away to begin new ones.",
            self.path.display()
        )
    }

    /// What stands in a file that is not there yet.
    fn begin(&self) -> Document {
        let mut document = Document::default();
        if let Some(Ok(Content::Bytes(bytes))) = self.earlier.as_ref().map(|it| file::read(it, LONGEST_FILE))
        {
            document.put_registries(&serde_json::from_slice::<Vec<_>>(&bytes).unwrap_or_default());
        }
        document
    }
}

impl Keep for Kept {
    fn read(&self) -> Settings {
        let mut state = self.state();
        let look = self.look(&mut state);
        self.settings(&state, &look)
    }

    /// Not where the file cannot be read or written. A file that was broken has lost what could not be read of it.
    fn added(&self) -> Option<KeptRegistries> {
        let look = self.look(&mut self.state());
        let lost = match look.document.settings().notice {
            Some(SettingsNotice::Broken { kept_as, .. }) => Some(kept_as),
            _ => None,
        };
        look.trouble.is_none().then(|| KeptRegistries { registries: look.document.registries(), lost })
    }

    fn change(&self, change: SettingsChange) -> Result<Settings, Error> {
        let mut state = self.state();
        let look = self.look(&mut state);
        if change == SettingsChange::DismissNotice && state.trouble.is_some() && !state.read {
            state.read = true;
            return Ok(self.settings(&state, &look));
        }
        apply(look.document.settings(), change.clone())?;
        state.pending.add(Edit::Setting(change));
        let look = self.look(&mut state);
        Ok(self.settings(&state, &look))
    }
}

#[cfg(test)]
mod tests;
