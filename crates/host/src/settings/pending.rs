//! Which changes are not in the file yet?
//!
//! None, as long as it can be written. Where it cannot, they are made to whatever the file says at the moment, each
//! time anew: so they hold until this host ends, and are written as soon as that works again.

use std::mem::discriminant;

use api::{AddRegistry, SettingsChange};
use service::{Change, MOST_RECENTS, MOST_REGISTRIES, apply};

use super::document::Document;

/// More changes than anybody makes by hand; the oldest are forgotten.
const MOST_PENDING: usize = 2_000;

/// Something that the user changed.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Edit {
    /// The list of registries.
    Registry(Change),
    /// Everything else.
    Setting(SettingsChange),
}

/// Changes in their order.
#[derive(Debug, Default)]
pub(super) struct Pending(Vec<Edit>);

impl Pending {
    /// Adds a change. An earlier one that it makes up for is forgotten.
    pub(super) fn add(&mut self, edit: Edit) {
        self.0.retain(|earlier| !edit.replaces(earlier));
        let visits = self.0.iter().filter(|it| it.is_visit()).count();
        if edit.is_visit() && visits >= MOST_RECENTS {
            let oldest = self.0.iter().position(Edit::is_visit);
            oldest.map(|at| self.0.remove(at));
        }
        if self.0.len() >= MOST_PENDING {
            self.0.remove(0);
        }
        self.0.push(edit);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Makes the changes.
    pub(super) fn make(&self, document: &mut Document) {
        let (mut settings, mut registries) = (document.settings(), document.registries());
        for edit in &self.0 {
            match edit {
                Edit::Registry(change) => change_registries(&mut registries, change),
                Edit::Setting(change) => match apply(settings.clone(), change.clone()) {
                    Ok(changed) => settings = changed,
                    // The other host pinned the last that fits.
                    Err(error) => tracing::warn!(%error, "a change of the settings was left out"),
                },
            }
        }
        document.put(&settings);
        document.put_registries(&registries);
    }
}

impl Edit {
    fn is_visit(&self) -> bool {
        matches!(self, Self::Setting(SettingsChange::Visited(_)))
    }

    /// Whether nothing is left of an earlier change after this one.
    fn replaces(&self, earlier: &Self) -> bool {
        use SettingsChange::{Keys, Pin, Unpin, Visited};
        let name = |change: &Change| match change {
            Change::Added(added) => added.name.clone(),
            Change::Removed(name) => name.clone(),
        };
        match (self, earlier) {
            (Self::Registry(new), Self::Registry(old)) => name(new) == name(old),
            (Self::Setting(new), Self::Setting(old)) => match (new, old) {
                // Unpinning and pinning again changes the order.
                (Unpin(new), Pin(old) | Unpin(old)) | (Pin(new), Pin(old)) => new == old,
                (Pin(_), _) => false,
                (Visited(new), Visited(old)) => new.reference == old.reference,
                (Visited(_) | Unpin(_), _) => false,
                (Keys(new), Keys(old)) => {
                    old.iter().all(|old| new.iter().any(|new| new.action == old.action))
                }
                (SettingsChange::ForgetRecents, Visited(_)) => true,
                _ => discriminant(new) == discriminant(old),
            },
            _ => false,
        }
    }
}

fn change_registries(registries: &mut Vec<AddRegistry>, change: &Change) {
    match change {
        Change::Added(added) => match registries.iter().position(|known| known.name == added.name) {
            Some(at) => registries[at] = added.clone(),
            None if registries.len() < MOST_REGISTRIES => registries.push(added.clone()),
            None => {}
        },
        Change::Removed(name) => registries.retain(|known| known.name != *name),
    }
}
