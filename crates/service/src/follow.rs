//! What did the other host of this user change in the list of registries?
//!
//! Both hosts keep it in one place, and each looks there when it is asked for the list. What it says is held against
//! what it said before: what was added or changed there is added here, and what is gone from there goes, unless it was
//! lost there. What was named at the start of this host counts for as long as it runs, and what it has of its own that
//! could not be kept stays.

use std::sync::{Mutex, MutexGuard, PoisonError};

use oci::Host;

use crate::{Keep, KeptRegistries, memory::Memory, registries::Known};

/// The list as it was kept when it was last looked at.
#[derive(Debug)]
pub(crate) struct Followed {
    named: Vec<Host>,
    last: Mutex<KeptRegistries>,
}

impl Followed {
    /// All but what was named at the start.
    pub(crate) fn without(named: Vec<Host>) -> Self {
        Self { named, last: Mutex::default() }
    }

    /// A change of this host: nobody looks between the change and its keeping.
    pub(crate) fn changing(&self) -> MutexGuard<'_, KeptRegistries> {
        // What is in it is replaced as a whole.
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks, and does here what was done there.
    pub(crate) fn look(&self, keeper: &dyn Keep, known: &Known, memory: &Memory) {
        let mut last = self.changing();
        let Some(now) = keeper.added() else { return };
        let is_followed = |name: &Host| !self.named.contains(name);
        let is_kept = |name: &Host| now.registries.iter().any(|kept| kept.name == *name);
        // What is missing at the first look after a loss was lost; what goes later was removed.
        let may_go = now.lost.is_none() || now.lost == last.lost;
        let before = last.registries.iter().filter(|before| may_go && is_followed(&before.name));
        for gone in before.filter(|before| !is_kept(&before.name)) {
            if known.remove(&gone.name).is_ok() {
                memory.forget(&gone.name);
            }
        }
        for kept in now.registries.iter().filter(|kept| is_followed(&kept.name)) {
            // One that cannot be added, because its name is a sample's here, is told at the start.
            if !known.has(kept) && known.add(kept.clone()).is_ok() {
                // The name may have meant another registry before.
                memory.forget(&kept.name);
            }
        }
        *last = now;
    }
}
