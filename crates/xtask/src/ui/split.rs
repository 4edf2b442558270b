//! Which part of the wasm does the first screen need, and which may come later?
//!
//! What is reached only through a function that `ui/src/later.rs` marks becomes a wasm file of its own, with a script
//! that loads it into the memory of the first one. The linker's relocations say what is reached from where.

use std::{fs, path::Path};

use wasm_split_cli_support::{Options, transform};

use crate::failure::{Failure, at};

/// What rustc is told for it: without relocations nothing can be taken apart.
pub(super) const FLAG: &str = "-Clink-arg=--emit-relocs";

/// The script that loads the later parts.
pub(super) const LOADER: &str = "later.js";

/// Takes the wasm of cargo apart, into `main.wasm`, the parts and their loader.
pub(super) fn split(wasm: &Path, folder: &Path) -> Result<(), Failure> {
    let input = fs::read(wasm).map_err(at(wasm))?;
    let main = folder.join("main.wasm");
    let loader = format!("./{LOADER}");
    let mut options = Options::new(&input);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.link_name = &loader;
    options.main_module = "./app.js";
    transform(options).map(drop).map_err(|error| Failure::new(format!("{}: {error:#}", wasm.display())))
}
