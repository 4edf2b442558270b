//! What makes the wasm small?
//!
//! wasm-opt of npm's binaryen. Without it the UI is about twice as large, and works.

use std::{fs, path::Path};

use crate::{
    command::run,
    failure::{Failure, at},
    npm::Tools,
};

/// What Rust's wasm32 target may use of WebAssembly (all of it in the engines of 2023 and later).
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-mutable-globals",
    "--enable-multivalue",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Makes a wasm file small, in place.
pub(super) fn optimise(tools: &Tools, wasm: &Path) -> Result<(), Failure> {
    let small = wasm.with_extension("small");
    let mut command = tools.program("binaryen/bin/wasm-opt");
    command.arg("-Oz").args(FEATURES).arg(wasm).arg("-o").arg(&small);
    run(&mut command)?;
    fs::rename(&small, wasm).map_err(at(&small))
}
