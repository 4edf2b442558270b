//! How does the UI become files that a browser and the desktop window can load?
//!
//! cargo builds the wasm, the wasm-bindgen library of the same lock file binds it, binaryen makes it small, and every
//! file gets a name that holds a hash of its content. Nothing is downloaded but what the lock files name.

mod compress;
mod optimise;
mod page;
mod split;
mod stamp;
mod styles;

use std::{fs, path::Path, time::Instant};

use wasm_bindgen_cli_support::Bindgen;

use crate::{
    command::{cargo, output, run},
    failure::{Failure, at},
    files,
    npm::Tools,
    place,
    say::{say, span},
};

/// What a build is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// As it is shipped: optimised for size, compressed files beside it.
    Small,
    /// For trying things out: built fast.
    Fast,
}

impl Kind {
    /// The cargo profile.
    pub(crate) fn profile(self) -> &'static str {
        match self {
            Self::Small => "ui",
            Self::Fast => "dev",
        }
    }

    fn folder(self) -> &'static str {
        match self {
            Self::Small => "ui",
            Self::Fast => "debug",
        }
    }
}

/// The target that browsers run.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Builds the UI into `ui/dist`, unless what is there comes from the same inputs.
pub(crate) fn build(kind: Kind) -> Result<(), Failure> {
    let start = Instant::now();
    wasm_target()?;
    let optimiser = match kind {
        Kind::Small => Tools::find()?,
        Kind::Fast => None,
    };
    let dist = place::root().join("ui/dist");
    let stamp = stamp::of(kind, optimiser.is_some())?;
    if stamp::stands(&dist, &stamp) {
        say("ui/dist is up to date.");
        return Ok(());
    }
    let _alone = files::alone(&place::target().join("xtask/ui.lock"))?;
    if stamp::stands(&dist, &stamp) {
        say("ui/dist was built by another one meanwhile.");
        return Ok(());
    }
    let optimiser = match optimiser.map(Tools::ready).transpose() {
        // Without a network npm brings nothing; the app does not need it.
        Err(failure) if !place::in_ci() => {
            say(&format!("{} The UI is built without it.", failure.sentence()));
            None
        }
        optimiser => optimiser?,
    };
    let stamp = stamp::of(kind, optimiser.is_some())?;
    compile(kind)?;
    let folder = place::root().join(format!("ui/.dist-{}", std::process::id()));
    files::fresh(&folder)?;
    let laid = lay_out(kind, optimiser.as_ref(), &folder).and_then(|()| {
        let _alone = files::alone(&place::root().join("ui/.dist-lock"))?;
        files::replace(&dist, &folder)
    });
    files::remove(&folder).map_err(at(&folder))?;
    laid?;
    stamp::put(&dist, &stamp)?;
    say(&format!("ui/dist is built, in {}.", span(start.elapsed())));
    Ok(())
}

fn compile(kind: Kind) -> Result<(), Failure> {
    say("Compiling for the browser…");
    let mut command = cargo(&["build", "--package", "ui", "--target", WASM, "--profile", kind.profile()]);
    run(command.env("CARGO_ENCODED_RUSTFLAGS", flags(kind)))
}

/// What rustc is told, for `CARGO_ENCODED_RUSTFLAGS`.
///
/// Leptos builds the type of a screen out of the types of all that is in it; where they are erased, code that many
/// screens need is there once: a fifth of the wasm less.
pub(crate) fn flags(kind: Kind) -> String {
    let mut flags = vec!["--cfg=erase_components".to_owned(), split::FLAG.to_owned()];
    if kind == Kind::Small {
        // No path of the machine that built it gets into the file.
        let remap = |from: &Path, to: &str| format!("--remap-path-prefix={}={to}", from.display());
        flags.extend([remap(&place::cargo_home(), "/cargo"), remap(&place::root(), "/ociscope")]);
    }
    flags.join("\u{1f}")
}

/// Adds the target if rustc lacks it.
pub(crate) fn wasm_target() -> Result<(), Failure> {
    let mut ask = std::process::Command::new("rustc");
    ask.args(["--print", "target-libdir", "--target", WASM]);
    if Path::new(output(&mut ask)?.trim()).is_dir() {
        return Ok(());
    }
    say(&format!("Adding Rust's target {WASM}: the UI runs in the browser."));
    run(std::process::Command::new("rustup").args(["target", "add", WASM])).map_err(|failure| {
        Failure::new(format!(
            "{}\nRust's standard library for {WASM} is missing. With rustup, `rustup target add {WASM}` installs it; \
             with a Rust from a distribution, its package (Debian: libstd-rust-dev-wasm32).",
            failure.sentence()
        ))
    })
}

/// Makes the files of the UI in an empty folder.
fn lay_out(kind: Kind, optimiser: Option<&Tools>, folder: &Path) -> Result<(), Failure> {
    let wasm = place::target().join(WASM).join(kind.folder()).join("ui.wasm");
    let bound = place::target().join("xtask/bound");
    files::fresh(&bound)?;
    say("Splitting…");
    split::split(&wasm, &bound)?;
    say("Binding…");
    let main = bound.join("main.wasm");
    bind(&main, &bound).map_err(|error| Failure::new(format!("{}: {error:#}", wasm.display())))?;
    fs::remove_file(&main).map_err(at(&main))?;
    if let Some(optimiser) = optimiser {
        say("Optimising (wasm-opt -Oz)…");
        for part in
            files::under(&bound)?.iter().filter(|path| path.extension().is_some_and(|is| is == "wasm"))
        {
            optimise::optimise(optimiser, part)?;
        }
    }
    let snippets = bound.join("snippets");
    for snippet in files::under(&snippets)? {
        let to = folder.join(snippet.strip_prefix(&bound).unwrap_or(&snippet));
        fs::create_dir_all(to.parent().unwrap_or(folder)).map_err(at(&to))?;
        fs::copy(&snippet, &to).map_err(at(&snippet))?;
    }
    page::write(&bound, folder)?;
    if kind == Kind::Small {
        say("Compressing…");
        compress::beside(folder)?;
    }
    Ok(())
}

fn bind(wasm: &Path, folder: &Path) -> Result<(), impl std::fmt::Display> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(wasm).out_name("app").typescript(false);
    // The later parts find the stack and the table by what the linker called them.
    bindgen.keep_lld_exports(true).demangle(false);
    bindgen.web(true).and_then(|bindgen| bindgen.generate(folder))
}
