//! Takes the built UI into the program, where the feature `embedded-ui` asks for it.

use std::{
    env,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    process::exit,
};

/// Where `cargo xtask ui` puts the UI.
const BUILT_UI: &str = "../../ui/dist";

fn main() {
    println!("cargo::rerun-if-env-changed=OCISCOPE_UI");
    println!("cargo::rerun-if-env-changed=OCISCOPE_UI_PLACEHOLDER");
    let mut table = "[\n".to_owned();
    if env::var_os("CARGO_FEATURE_EMBEDDED_UI").is_some() {
        let folder = env::var_os("OCISCOPE_UI").map_or_else(|| PathBuf::from(BUILT_UI), PathBuf::from);
        println!("cargo::rerun-if-changed={}", folder.display());
        if folder.join("index.html").is_file() {
            let folder = fs::canonicalize(folder).expect("it is there");
            add(&folder, "", &mut table);
        } else if env::var_os("OCISCOPE_UI_PLACEHOLDER").is_none() {
            println!(
                "cargo::error=there is no built UI in {}: run `cargo xtask ui` first \
                 (or set OCISCOPE_UI_PLACEHOLDER=1 to check this program without it)",
                folder.display()
            );
            exit(1);
        }
    }
    table.push_str("]\n");
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR for build scripts");
    fs::write(Path::new(&out).join("ui.rs"), table).expect("OUT_DIR can be written");
}

fn add(folder: &Path, under: &str, table: &mut String) {
    let mut entries: Vec<_> =
        fs::read_dir(folder).expect("the UI can be read").map(|it| it.expect("so can its entries")).collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = format!("{under}/{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().expect("a file has a type");
        if kind.is_dir() {
            add(&entry.path(), &name, table);
        } else if kind.is_file() && !name.starts_with("/.") {
            writeln!(table, "    ({name:?}, include_bytes!({:?}) as &[u8]),", entry.path())
                .expect("a string grows");
        }
    }
}
