//! Are the files of the repository short, and free of what belongs to one machine?

use std::{fs, path::PathBuf, process::Command};

use super::root;

/// A file longer than this answers more than one question.
const MOST_LINES: usize = 600;

/// What is known to git here, or would be with `git add`: (path from the root, content).
fn files() -> Vec<(String, Vec<u8>)> {
    let mut list = Command::new("git");
    list.current_dir(root()).args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let output = list.output().expect("git is there");
    assert!(output.status.success(), "git lists the files: {}", String::from_utf8_lossy(&output.stderr));
    let names = String::from_utf8(output.stdout).expect("file names are UTF-8");
    let files: Vec<_> = names
        .split('\0')
        .filter(|name| !name.is_empty())
        .filter_map(|name| Some((name.to_owned(), fs::read(root().join(name)).ok()?)))
        .collect();
    assert!(files.iter().any(|(name, _)| name == "Cargo.toml"), "the list is that of this repository");
    files
}

#[test]
fn no_file_is_long() {
    for (name, bytes) in files() {
        if [".rs", ".css", ".sh", ".html", ".js"].iter().any(|ending| name.ends_with(ending)) {
            let lines = bytes.iter().filter(|byte| **byte == b'\n').count();
            assert!(lines <= MOST_LINES, "{name} has {lines} lines");
        }
    }
}

/// Examples are tests, beside the code or in `tests/`: those in documentation would be built with other features of
/// all dependencies, for a minute, and are not run.
#[test]
fn documentation_holds_no_code_that_nobody_runs() {
    for (name, bytes) in files().into_iter().filter(|(name, _)| name.ends_with(".rs")) {
        let text = String::from_utf8(bytes).expect("sources are UTF-8");
        let fence =
            |line: &str| ["/// ```", "//! ```"].iter().any(|start| line.trim_start().starts_with(start));
        let opened = text.lines().filter(|line| fence(line)).step_by(2);
        let code = opened.filter(|line| !line.trim_end().ends_with("```text")).count();
        assert_eq!(code, 0, "{name} has code in its documentation");
    }
}

/// Everyone builds with the Rust that they have, from the version on that the manifest names.
#[test]
fn no_toolchain_is_prescribed() {
    for (name, _) in files() {
        let file = name.rsplit('/').next().unwrap_or(&name);
        assert!(!file.starts_with("rust-toolchain"), "{name} prescribes a toolchain");
    }
}

/// Package managers know where their registries are, and paths of one machine mean nothing on another.
#[test]
fn nothing_names_a_package_host_or_a_machine() {
    let words = [
        concat!("crates", ".io"),
        concat!("npmjs", ".org"),
        concat!("npmjs", ".com"),
        concat!("proxy.", "golang.org"),
        concat!("sum.", "golang.org"),
        concat!("pypi", ".org"),
        concat!("deb.", "debian.org"),
        concat!("/ro", "ot/"),
        concat!("/wo", "rk/"),
    ];
    // cargo's own file names cargo's registry, by its own rules.
    for (name, bytes) in files().into_iter().filter(|(name, _)| name != "Cargo.lock") {
        let Ok(text) = String::from_utf8(bytes) else { continue };
        for word in words {
            // Within a longer word or path it is something else: `//desk/x` is a reference's registry.
            let named =
                |(at, _): (usize, &str)| !text[..at].ends_with(|c: char| c == '/' || c.is_alphanumeric());
            assert!(!text.match_indices(word).any(named), "{name} names {word}");
        }
    }
}

/// npm takes the file from the registry of whoever builds, and checks it against the lock file.
#[test]
fn the_optimiser_is_pinned_by_its_content() {
    let lock = fs::read_to_string(root().join("crates/xtask/npm/package-lock.json"))
        .expect("the lock file is there");
    let lock: serde_json::Value = serde_json::from_str(&lock).expect("it is JSON");
    let packages = lock["packages"].as_object().expect("it lists packages");
    let mut pinned = 0;
    for (name, package) in packages.iter().filter(|(name, _)| !name.is_empty()) {
        assert!(
            package["integrity"].as_str().is_some_and(|it| it.starts_with("sha512-")),
            "{name} has no hash"
        );
        assert!(package.get("resolved").is_none(), "{name} names a host");
        pinned += 1;
    }
    assert!(pinned > 0, "something is pinned");
}

#[test]
fn both_licences_are_there() {
    for (name, words) in
        [("LICENSE-MIT", "The Ociscope authors"), ("LICENSE-APACHE", "Version 2.0, January 2004")]
    {
        let path: PathBuf = root().join(name);
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(text.contains(words), "{name} does not say {words:?}");
    }
}
