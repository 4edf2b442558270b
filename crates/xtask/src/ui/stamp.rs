//! Is the built UI still that of its inputs?

use std::{fs, path::Path};

use super::Kind;
use crate::{
    command::output,
    failure::{Failure, at},
    files, place,
};

/// What the UI is made from, beside the compiler.
const INPUTS: [&str; 10] = [
    "Cargo.toml",
    "Cargo.lock",
    "assets/logo.svg",
    "crates/api",
    "crates/oci",
    "crates/view",
    "crates/xtask/npm",
    "crates/xtask/src/ui",
    "ui/Cargo.toml",
    "ui/index.html",
];

/// What stands for the inputs as they are now.
pub(super) fn of(kind: Kind, optimised: bool) -> Result<String, Failure> {
    let root = place::root();
    let mut inputs = files::under(&root.join("ui/src"))?;
    for input in INPUTS {
        inputs.extend(files::under(&root.join(input))?);
    }
    let compiler = output(std::process::Command::new("rustc").arg("-vV"))?;
    let parts = format!("{kind:?} {optimised} {compiler} {}", files::hash_of(&inputs));
    Ok(files::short_hash(parts.as_bytes()))
}

/// Whether the built UI is that of these inputs, and whole.
pub(super) fn stands(dist: &Path, stamp: &str) -> bool {
    let kept = fs::read_to_string(place::target().join("xtask/ui-stamp"));
    kept.is_ok_and(|kept| whole(dist).is_some_and(|whole| kept == format!("{stamp} {whole}")))
}

/// Remembers the inputs of the built UI.
pub(super) fn put(dist: &Path, stamp: &str) -> Result<(), Failure> {
    let path = place::target().join("xtask/ui-stamp");
    let whole = whole(dist).unwrap_or_default();
    fs::write(&path, format!("{stamp} {whole}")).map_err(at(&path))
}

fn whole(dist: &Path) -> Option<String> {
    let files = files::under(dist).ok().filter(|files| !files.is_empty())?;
    Some(files::hash_of(&files))
}
