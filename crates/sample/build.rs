//! Which files do the fixtures have? Writes them down as code, so that they are part of every program.
#![allow(clippy::print_stdout, reason = "this is how cargo is told")]

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

/// The OCI layouts, each a folder.
const LAYOUTS: [&str; 3] = ["chart", "schema1", "signed"];

fn main() -> io::Result<()> {
    let variable = |name: &str| env::var_os(name).map(PathBuf::from).ok_or(io::ErrorKind::NotFound);
    let fixtures = variable("CARGO_MANIFEST_DIR")?.join("fixtures");
    println!("cargo::rerun-if-changed={}", fixtures.display());
    let mut code = String::new();
    for layout in LAYOUTS {
        let folder = fixtures.join(layout);
        let mut blobs: Vec<PathBuf> = fs::read_dir(folder.join("blobs/sha256"))?
            .map(|entry| Ok(entry?.path()))
            .collect::<io::Result<_>>()?;
        blobs.sort();
        let included: String = blobs.iter().map(|blob| format!("{},", bytes(blob))).collect();
        let (name, index) = (layout.to_uppercase(), bytes(&folder.join("index.json")));
        code += &format!("const {name}: Layout = Layout {{ index: {index}, blobs: &[{included}] }};\n");
    }
    fs::write(variable("OUT_DIR")?.join("layouts.rs"), code)
}

fn bytes(path: &Path) -> String {
    format!("include_bytes!({:?})", path.display().to_string())
}
