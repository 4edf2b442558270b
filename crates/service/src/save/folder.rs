//! What is in the folder that saves go through, and what of it is old?
//!
//! `sha256-<hex>.part` is what came so far; `….2.part` belongs to a second save of the same at the same time. A `.lock`
//! beside a part says, by the system's lock on it, that somebody writes there. `sha256-<hex>.<ticket>.saved` is whole.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use oci::Digest;

/// Saves of the same thing at the same time.
const MOST_AT_ONCE: u32 = 8;
/// What nobody touched for so long is deleted at a start.
const OLD: Duration = Duration::from_hours(7 * 24);

/// A part that nobody else writes to while the lock is held.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) path: PathBuf,
    pub(super) lock: File,
}

/// `sha256-<hex>`: the parts of a digest are letters, digits and `=_-+.`, never a separator of paths.
pub(super) fn stem(digest: &Digest) -> String {
    format!("{}-{}", digest.algorithm().as_str(), digest.encoded())
}

/// The first part of a digest that nobody writes to; `None` where all are taken.
pub(super) fn free(folder: &Path, digest: &Digest, only_first: bool) -> io::Result<Option<Place>> {
    make(folder)?;
    for nth in 1..=if only_first { 1 } else { MOST_AT_ONCE } {
        let name = if nth == 1 { stem(digest) } else { format!("{}.{nth}", stem(digest)) };
        let lock = folder.join(format!("{name}.lock"));
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(lock)?;
        match lock.try_lock() {
            Ok(()) => return Ok(Some(Place { path: folder.join(format!("{name}.part")), lock })),
            Err(fs::TryLockError::WouldBlock) => {}
            Err(fs::TryLockError::Error(error)) => return Err(error),
        }
    }
    Ok(None)
}

/// Only this user may look into it.
fn make(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Deletes what an earlier run left, and nobody came back for. Only files of our names, and none that is locked.
pub(crate) fn clear_old(folder: &Path, now: SystemTime) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let ours =
            path.extension().is_some_and(|kind| ["part", "saved", "lock"].iter().any(|own| kind == *own));
        let modified = entry.metadata().and_then(|about| about.modified());
        let old = modified.is_ok_and(|then| now.duration_since(then).is_ok_and(|age| age > OLD));
        if ours && old && !is_locked(&path) {
            // What cannot be deleted now is old the next time too.
            let _ = fs::remove_file(path);
        }
    }
}

fn is_locked(path: &Path) -> bool {
    File::open(path.with_extension("lock")).is_ok_and(|lock| lock.try_lock_shared().is_err())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_saves_of_one_digest_get_two_parts_and_a_freed_one_is_used_again() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("not/yet/there");
        let digest = Digest::sha256(b"");
        let one = free(&folder, &digest, false).unwrap().unwrap();
        assert!(free(&folder, &digest, true).unwrap().is_none());
        let two = free(&folder, &digest, false).unwrap().unwrap();
        assert_ne!(one.path, two.path);
        drop(one);
        let again = free(&folder, &digest, false).unwrap().unwrap();
        assert_eq!(again.path, folder.join(format!("sha256-{}.part", digest.encoded())));
        drop(two);
    }

    #[test]
    fn what_is_older_than_a_week_goes_unless_somebody_writes_to_it() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["old.part", "old.saved", "held.part", "held.lock", "note.txt"] {
            fs::write(at(name), "x").unwrap();
        }
        let held = File::open(at("held.lock")).unwrap();
        held.lock().unwrap();
        let written = fs::metadata(at("held.lock")).unwrap().modified().unwrap();
        let later = written + Duration::from_hours(7 * 24 + 1);
        clear_old(folder.path(), written);
        assert!(at("old.part").exists() && at("old.saved").exists());
        clear_old(folder.path(), later);
        let left =
            ["old.part", "old.saved", "held.part", "held.lock", "note.txt"].map(|name| at(name).exists());
        assert_eq!(left, [false, false, true, true, true]);
    }
}
