//! Which authorities and client certificates were docker and podman given for a registry? Ours are the same.
//!
//! `certs.d/<host:port>/` holds `*.crt`, authorities, and pairs of `*.cert` and `*.key`, who this machine is: docker's
//! "Verify repository client with certificates", podman's containers-certs.d(5). Of several such folders the first that
//! is there counts, as with podman. Nothing is ever written to them.

use std::collections::HashMap;
use std::fs::{self, File, ReadDir};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;
use std::{env, io};

use oci::Host;
use registry::Trust;
use service::Trusts;

/// Bytes of one file that are read at most.
const LONGEST: u64 = 1 << 20;
/// Files of one folder that are looked at.
const MOST_FILES: usize = 200;
/// Folders whose contents are remembered.
const MOST_KNOWN: usize = 1_000;

/// The folders, and what was found in them. Files that change are read anew.
#[derive(Debug, Default)]
pub struct Certs {
    folders: Vec<PathBuf>,
    known: Mutex<HashMap<PathBuf, Known>>,
}

/// What a folder was and gave.
#[derive(Debug)]
struct Known {
    prints: Vec<Print>,
    trust: Option<Arc<Trust>>,
}

type Read = Result<Option<Arc<Trust>>, String>;

/// By which it is seen that a file is another one.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Print {
    path: PathBuf,
    length: u64,
    changed: Option<SystemTime>,
}

impl Certs {
    /// Those of this user and this machine.
    pub fn of_user() -> Self {
        let absolute = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let home = absolute("HOME").or_else(|| absolute("USERPROFILE"));
        let config = absolute("XDG_CONFIG_HOME").or_else(|| Some(home.as_ref()?.join(".config")));
        let machine = if cfg!(windows) { absolute("ProgramData") } else { Some(PathBuf::from("/etc")) };
        let places = [
            (&config, "containers/certs.d"),
            (&machine, "containers/certs.d"),
            // Docker Desktop's, then docker's without root, then docker's.
            (&home, ".docker/certs.d"),
            (&config, "docker/certs.d"),
            (&machine, "docker/certs.d"),
        ];
        Self::in_folders(
            places.into_iter().filter_map(|(base, inside)| Some(base.as_ref()?.join(inside))).collect(),
        )
    }

    /// Those in these folders; an earlier one counts more.
    pub fn in_folders(folders: Vec<PathBuf>) -> Self {
        Self { folders, known: Mutex::default() }
    }

    fn read(&self, folder: &Path, entries: ReadDir) -> Read {
        let prints = prints(folder, entries)?;
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(folder).filter(|known| known.prints == prints) {
            return Ok(known.trust.clone());
        }
        // What fails is tried again: a file that may be read now looks as it did.
        let trust = trust(&prints)?;
        if known.len() >= MOST_KNOWN {
            known.clear();
        }
        known.insert(folder.to_owned(), Known { prints, trust: trust.clone() });
        Ok(trust)
    }
}

impl Trusts for Certs {
    fn of(&self, address: &Host) -> Read {
        // A host has no separators; what only leads elsewhere is no name of a folder either.
        let name = address.as_str();
        if name.starts_with('.') || name.contains(['/', '\\']) {
            return Ok(None);
        }
        for folder in self.folders.iter().map(|folder| folder.join(name)) {
            match fs::read_dir(&folder) {
                Ok(entries) => return self.read(&folder, entries),
                // One that may not be looked into is passed over, as podman does.
                Err(error)
                    if matches!(
                        error.kind(),
                        io::ErrorKind::NotFound
                            | io::ErrorKind::NotADirectory
                            | io::ErrorKind::PermissionDenied
                    ) => {}
                Err(error) => return Err(wrong(&folder, &error)),
            }
        }
        Ok(None)
    }
}

/// The files of a folder that mean something, in the order of their names.
fn prints(folder: &Path, entries: ReadDir) -> Result<Vec<Print>, String> {
    let mut prints = Vec::new();
    for entry in entries.take(MOST_FILES) {
        let path = entry.map_err(|error| wrong(folder, &error))?.path();
        if !["crt", "cert", "key"].into_iter().any(|ending| has_ending(&path, ending)) {
            continue;
        }
        // A link to a file is as good as the file; a device or a pipe is none.
        let about = fs::metadata(&path).map_err(|error| wrong(&path, &error))?;
        if about.is_file() {
            prints.push(Print { path, length: about.len(), changed: about.modified().ok() });
        }
    }
    prints.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(prints)
}

/// What the system says of a path.
fn wrong(path: &Path, error: &io::Error) -> String {
    format!("{}: {error}.", path.display())
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|found| found == ending)
}

fn trust(prints: &[Print]) -> Read {
    let mut trust = Trust::new();
    let mut shown = false;
    let there = |path: &Path| prints.iter().any(|print| print.path == path);
    for Print { path, .. } in prints {
        if has_ending(path, "crt") {
            trust.authority(&bytes(path)?).map_err(|why| format!("{} {why}.", path.display()))?;
        } else if has_ending(path, "cert") {
            let key = path.with_extension("key");
            if !there(&key) {
                return Err(format!(
                    "{} is a client certificate without its key, {}. An authority's certificate ends in .crt.",
                    path.display(),
                    key.display()
                ));
            }
            // One is shown to a server; of several the first by name.
            if !shown {
                trust
                    .identity(&bytes(path)?, &bytes(&key)?)
                    .map_err(|why| format!("{} {why}.", path.display()))?;
                shown = true;
            }
        } else if !there(&path.with_extension("cert")) {
            return Err(format!("{} is the key of a client certificate that is not there.", path.display()));
        }
    }
    Ok((!trust.is_empty()).then(|| Arc::new(trust)))
}

fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LONGEST + 1).read_to_end(&mut bytes));
    read.map_err(|error| wrong(path, &error))?;
    if bytes.len() as u64 > LONGEST {
        return Err(format!("{} is longer than any certificate.", path.display()));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests;
