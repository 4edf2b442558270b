//! What does a change make of the settings, and who keeps them?

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use api::{AddRegistry, Code, Error, Pin, Recent, Settings, SettingsChange};

use crate::{keys, text::shorten};

/// Pins that are kept at most.
pub const MOST_PINS: usize = 200;
/// Recents that are kept at most; of more, the oldest are forgotten.
pub const MOST_RECENTS: usize = 30;

/// Keeps the settings of one user. It may wait for a disk, so it is asked away from other work.
pub trait Keep: Send + Sync + 'static {
    /// What they are now.
    fn read(&self) -> Settings;

    /// The registries that the user has added, where they are kept beyond this run and it is certain what is kept: by
    /// another host of this user too. `None` says nothing about them.
    fn added(&self) -> Option<KeptRegistries> {
        None
    }

    /// Changes them, and gives what they are then. A change that cannot be kept beyond this run is made all the same
    /// and told by [`Settings::notice`].
    ///
    /// # Errors
    /// Those of [`apply`].
    fn change(&self, change: SettingsChange) -> Result<Settings, Error>;
}

/// The registries that a user has added, as they are kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeptRegistries {
    /// All that is kept.
    pub registries: Vec<AddRegistry>,
    /// What was kept before was lost in part: a name for that event. What is missing since then nobody has removed.
    pub lost: Option<String>,
}

/// Keeps them until the host ends.
#[derive(Debug, Default)]
pub struct InMemory(Mutex<Settings>);

impl InMemory {
    fn settings(&self) -> MutexGuard<'_, Settings> {
        // A change is made to a copy, so a panic leaves whole settings.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Keep for InMemory {
    fn read(&self) -> Settings {
        self.settings().clone()
    }

    fn change(&self, change: SettingsChange) -> Result<Settings, Error> {
        let mut settings = self.settings();
        *settings = apply(settings.clone(), change)?;
        Ok(settings.clone())
    }
}

/// Asks the keeper away from other work: it may wait for a disk.
pub(crate) async fn asked<T: Send + 'static>(
    keeper: &Arc<dyn Keep>,
    ask: impl FnOnce(&dyn Keep) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let keeper = Arc::clone(keeper);
    let asked = tokio::task::spawn_blocking(move || ask(&*keeper)).await;
    asked.unwrap_or_else(|_| Err(Error::new(Code::Internal, "The settings broke off: see the host's log.")))
}

/// What a change makes of settings.
///
/// # Errors
/// [`Code::BadRequest`] at one pin too many, and at keys that are none.
pub fn apply(mut settings: Settings, change: SettingsChange) -> Result<Settings, Error> {
    match change {
        SettingsChange::Pin(pin) => add_pin(&mut settings.pins, pin)?,
        SettingsChange::Unpin(pin) => settings.pins.retain(|kept| *kept != pin),
        SettingsChange::Visited(recent) => visit(&mut settings.recents, recent),
        SettingsChange::ForgetRecents => settings.recents.clear(),
        SettingsChange::Platform(platform) => settings.platform = platform.map(shorten),
        SettingsChange::SingleKeys(on) => settings.single_keys = on,
        SettingsChange::Keys(changes) => keys::change(&mut settings.keys, changes)?,
        SettingsChange::DismissNotice => settings.notice = None,
    }
    Ok(settings)
}

fn add_pin(pins: &mut Vec<Pin>, pin: Pin) -> Result<(), Error> {
    if pins.contains(&pin) {
        return Ok(());
    }
    if pins.len() >= MOST_PINS {
        let message = format!("{MOST_PINS} things are pinned already: unpin one of them first.");
        return Err(Error::new(Code::BadRequest, message));
    }
    pins.push(pin);
    Ok(())
}

/// What was seen again moves to the front, as it is now.
fn visit(recents: &mut Vec<Recent>, mut recent: Recent) {
    // An artifactType is text of the registry, of any length.
    let value = &mut recent.outline.artifact_type.value;
    *value = value.take().map(shorten);
    recents.retain(|kept| kept.reference != recent.reference);
    recents.insert(0, recent);
    recents.truncate(MOST_RECENTS);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pin(repository: &str) -> Pin {
        Pin { registry: "a.example".parse().unwrap(), repository: Some(repository.parse().unwrap()) }
    }

    fn recent(tag: &str) -> Recent {
        Recent {
            reference: format!("a.example/app:{tag}").parse().unwrap(),
            digest: oci::Digest::sha256(tag.as_bytes()),
            outline: oci::Outline::default(),
        }
    }

    #[test]
    fn pins_stay_in_the_order_of_pinning_each_once() {
        let keeper = InMemory::default();
        for name in ["b", "a", "b"] {
            keeper.change(SettingsChange::Pin(pin(name))).unwrap();
        }
        assert_eq!(keeper.read().pins, [pin("b"), pin("a")]);
        let whole = Pin { repository: None, ..pin("a") };
        keeper.change(SettingsChange::Unpin(whole)).unwrap();
        assert_eq!(keeper.read().pins.len(), 2, "a registry is another pin than its repositories");
        let left = keeper.change(SettingsChange::Unpin(pin("b"))).unwrap();
        assert_eq!(left.pins, [pin("a")]);
    }

    #[test]
    fn the_two_hundred_and_first_pin_is_refused_and_nothing_is_lost() {
        let keeper = InMemory::default();
        for nth in 0..200 {
            keeper.change(SettingsChange::Pin(pin(&format!("r{nth}")))).unwrap();
        }
        let error = keeper.change(SettingsChange::Pin(pin("more"))).unwrap_err();
        assert_eq!(error.code, Code::BadRequest);
        keeper.change(SettingsChange::Pin(pin("r7"))).unwrap();
        assert_eq!(keeper.read().pins.len(), 200);
    }

    #[test]
    fn the_latest_thirty_visits_are_kept_each_reference_once() {
        let keeper = InMemory::default();
        for nth in 0..31 {
            keeper.change(SettingsChange::Visited(recent(&format!("t{nth}")))).unwrap();
        }
        let moved = Recent { digest: oci::Digest::sha256(b"moved"), ..recent("t5") };
        let recents = keeper.change(SettingsChange::Visited(moved.clone())).unwrap().recents;
        assert_eq!((recents.len(), &recents[0]), (30, &moved));
        assert_eq!((&recents[1], &recents[29]), (&recent("t30"), &recent("t1")));
        assert_eq!(keeper.change(SettingsChange::ForgetRecents).unwrap().recents, []);
    }

    #[test]
    fn a_text_of_a_registry_is_kept_shortened() {
        let keeper = InMemory::default();
        let mut visited = recent("long");
        visited.outline.artifact_type.value = Some("ä".repeat(1 << 20));
        let kept = keeper.change(SettingsChange::Visited(visited)).unwrap();
        let value = kept.recents[0].outline.artifact_type.value.clone().unwrap();
        assert!(value.len() <= 256 && value.ends_with("ä…"), "{}", value.len());
    }

    #[test]
    fn choices_are_what_was_chosen_last() {
        let keeper = InMemory::default();
        keeper.change(SettingsChange::Platform(Some("linux/arm64".to_owned()))).unwrap();
        let now = keeper.change(SettingsChange::SingleKeys(false)).unwrap();
        assert_eq!((now.platform.as_deref(), now.single_keys), (Some("linux/arm64"), false));
        assert_eq!(keeper.change(SettingsChange::Platform(None)).unwrap().platform, None);
    }
}
