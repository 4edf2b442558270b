//! Which files are there, what is in them, and how do new ones take their place at once?

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use crate::failure::{Failure, at};

/// All files under a folder (or the file itself), sorted.
pub(crate) fn under(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    let mut open = vec![path.to_owned()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            for entry in fs::read_dir(&path).map_err(at(&path))? {
                open.push(entry.map_err(at(&path))?.path());
            }
        } else if path.is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The first 16 hexadecimal digits of the content's SHA-256: enough to tell two builds apart.
pub(crate) fn short_hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// A hash over names and contents. A file that cannot be read counts as absent: it may be an editor's lock.
pub(crate) fn hash_of(files: &[PathBuf]) -> String {
    let mut hash = Sha256::new();
    for (path, bytes) in files.iter().filter_map(|path| Some((path, fs::read(path).ok()?))) {
        hash.update(path.as_os_str().as_encoded_bytes());
        hash.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_le_bytes());
        hash.update(&bytes);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Waits until no other one has this lock; it is free again when what is given here is dropped.
pub(crate) fn alone(lock: &Path) -> Result<fs::File, Failure> {
    fs::create_dir_all(lock.parent().unwrap_or(lock)).map_err(at(lock))?;
    let file = fs::File::create(lock).map_err(at(lock))?;
    file.lock().map_err(at(lock))?;
    Ok(file)
}

/// An empty folder of this name.
pub(crate) fn fresh(folder: &Path) -> Result<(), Failure> {
    remove(folder).map_err(at(folder))?;
    fs::create_dir_all(folder).map_err(at(folder))
}

/// Puts a finished folder in the place of another one: nobody ever sees half of it.
pub(crate) fn replace(place: &Path, finished: &Path) -> Result<(), Failure> {
    let old = place.with_extension("old");
    remove(&old).map_err(at(&old))?;
    if place.exists() {
        fs::rename(place, &old).map_err(at(place))?;
    }
    fs::rename(finished, place).map_err(at(finished))?;
    remove(&old).map_err(at(&old))
}

/// Removes a folder, if it is there.
pub(crate) fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // SHA-256 of "abc": FIPS 180-2, appendix B.1.
    #[test]
    fn a_short_hash_is_the_start_of_sha_256() {
        assert_eq!(short_hash(b"abc"), "ba7816bf8f01cfea");
    }
}
