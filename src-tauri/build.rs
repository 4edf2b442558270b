//! Takes the UI, the icons and the capabilities into the desktop program.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::exit,
};

/// The commands that a page may call: each gets a permission of its own, and `capabilities/main.json` names them.
const COMMANDS: &[&str] = &["call", "watch", "cancel", "choose_place", "place_saved"];

/// Where `cargo xtask ui` puts the UI, and what tauri.conf.json names.
const BUILT_UI: &str = "../ui/dist";

fn main() {
    println!("cargo::rerun-if-changed=src/zoom.js");
    println!("cargo::rerun-if-env-changed=OCISCOPE_UI");
    println!("cargo::rerun-if-env-changed=OCISCOPE_UI_PLACEHOLDER");
    let named = env::var_os("OCISCOPE_UI").map(PathBuf::from);
    let folder = named.clone().unwrap_or_else(|| BUILT_UI.into());
    println!("cargo::rerun-if-changed={}", folder.display());
    let elsewhere = match folder.join("index.html").is_file() {
        true => named,
        false => Some(placeholder(&folder)),
    };
    if let Some(folder) = elsewhere {
        let config = format!(r#"{{"build":{{"frontendDist":{:?}}}}}"#, folder.display().to_string());
        println!("cargo::rustc-env=TAURI_CONFIG={config}");
    }
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    if let Err(error) = tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest)) {
        println!("cargo::error=the desktop program cannot be prepared: {error:#}");
        exit(1);
    }
}

/// Lints read this program without the UI in it. Anything that is run wants the UI.
fn placeholder(missing: &Path) -> PathBuf {
    if env::var_os("OCISCOPE_UI_PLACEHOLDER").is_none() {
        println!(
            "cargo::error=there is no built UI in {}: run `cargo xtask ui` first \
             (or set OCISCOPE_UI_PLACEHOLDER=1 to check this program without it)",
            missing.display()
        );
        exit(1);
    }
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR for build scripts");
    let folder = Path::new(&out).join("placeholder");
    fs::create_dir_all(&folder).expect("OUT_DIR can be written");
    fs::write(folder.join("index.html"), "<!doctype html><title>Ociscope without its UI</title>\n")
        .expect("OUT_DIR can be written");
    folder
}
