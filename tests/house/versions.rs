//! Is nothing in a program twice without a reason, and nothing older than a known hole?

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::semver::Version;

use super::{BROWSER, LINUX, SHIPPED, inside, metadata};

/// What is in a program in more than one version, and why that stays: (program, package, versions, reason).
const TWICE: &[(&str, &str, usize, &str)] = &[
    ("server", "getrandom", 2, "ring, a part of the TLS library, is a version behind; a few lines of code"),
    ("ociscope-desktop", "getrandom", 3, "as in the server; Tauri is between the two"),
    ("ociscope-desktop", "bitflags", 2, "the bindings of WebKitGTK are of the old generation"),
    ("ociscope-desktop", "thiserror", 2, "the bindings of GTK are of the old generation"),
    ("ociscope-desktop", "indexmap", 2, "optional parts of Tauri's configuration reader, not compiled in"),
    ("ociscope-desktop", "hashbrown", 2, "comes with indexmap"),
    ("ociscope-desktop", "schemars", 3, "optional parts of Tauri's configuration reader, not compiled in"),
    ("ociscope-desktop", "jiff", 2, "optional parts of Tauri's configuration reader, not compiled in"),
    ("ociscope-desktop", "jiff-core", 2, "comes with jiff"),
    ("ui", "base64", 2, "Leptos is a version behind; a few lines of code"),
    ("ui", "thiserror", 2, "Leptos' fetch library is of the old generation; macros, no code"),
];

/// What must not be older, where it is there at all: (package, version, the hole before it).
const AT_LEAST: &[(&str, &str, &str)] = &[
    ("reqwest", "0.13.5", "keeps Authorization from https to http on one host and port"),
    ("tauri", "2.11.1", "CVE-2026-42184: a page of another origin is taken for the app's"),
    ("tauri-plugin-opener", "2.2.1", "the scope was not applied"),
    ("tauri-plugin-shell", "2.2.1", "CVE-2025-31477: the scope was not applied"),
    ("tracing-subscriber", "0.3.20", "RUSTSEC-2025-0055: escape sequences reach the terminal"),
    ("h2", "0.4.16", "RUSTSEC-2026-0258: floods of empty frames"),
    ("tar", "0.4.45", "CVE-2026-33055: two readings of one archive"),
    ("astral-tokio-tar", "0.7.0", "RUSTSEC-2026-0145 and before"),
    ("idna", "1.0.0", "RUSTSEC-2024-0421: two names for one host"),
    ("ruzstd", "0.7.3", "RUSTSEC-2024-0400: uninitialised memory"),
    ("quick-xml", "0.41.0", "RUSTSEC-2026-0194 and -0195: floods of attributes"),
    ("comrak", "0.10.1", "RUSTSEC-2021-0063: markup gets through"),
    ("ammonia", "4.1.4", "RUSTSEC-2026-0213 and before: markup gets through"),
    ("webbrowser", "1.2.2", "RUSTSEC-2026-0257: the variable BROWSER is a command"),
];

#[test]
fn nothing_is_in_a_program_twice_without_a_reason() {
    let mut found = BTreeSet::new();
    for (program, target) in SHIPPED {
        let metadata = metadata(target);
        let mut versions: BTreeMap<&str, BTreeSet<&Version>> = BTreeMap::new();
        for package in inside(&metadata, program) {
            versions.entry(package.name.as_str()).or_default().insert(&package.version);
        }
        let twice = versions.into_iter().filter(|(_, versions)| versions.len() > 1);
        found.extend(twice.map(|(name, versions)| (program, name.to_owned(), versions.len())));
    }
    let reasoned: BTreeSet<_> =
        TWICE.iter().map(|(program, name, times, _)| (*program, (*name).to_owned(), *times)).collect();
    let new: Vec<_> = found.difference(&reasoned).collect();
    assert!(new.is_empty(), "in a program more than once, without a reason: {new:?}");
    let gone: Vec<_> = reasoned.difference(&found).collect();
    assert!(gone.is_empty(), "no longer so, and still excused: {gone:?}");
}

#[test]
fn nothing_is_older_than_a_known_hole() {
    let mut seen = BTreeSet::new();
    for target in [LINUX, BROWSER] {
        for package in metadata(target).packages {
            if let Some((name, least, hole)) =
                AT_LEAST.iter().find(|(name, _, _)| *name == package.name.as_str())
            {
                let least = Version::parse(least).expect("the table holds versions");
                assert!(package.version >= least, "{name} {} is older than {least}: {hole}", package.version);
                seen.insert(*name);
            }
        }
    }
    for name in ["reqwest", "tauri"] {
        assert!(seen.contains(name), "{name} is there, or this test looks at nothing");
    }
}
