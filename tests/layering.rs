//! Which crate may know which?
//!
//! The table of ARCHITECTURE.md, held against what cargo says. A new arrow is a decision: it is made here first.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    env, fs,
    path::{Path, PathBuf},
};

use cargo_metadata::{CargoOpt, DependencyKind, Metadata, MetadataCommand, Package};

/// Every crate, and exactly the crates of this workspace that it is built from.
const ARROWS: &[(&str, &[&str])] = &[
    ("oci", &[]),
    ("api", &["oci"]),
    ("view", &["api", "oci"]),
    ("registry", &["oci"]),
    ("service", &["api", "oci", "registry"]),
    // Only it sees a password store; who needs a login is given `registry::Credentials`.
    ("vault", &["oci", "registry"]),
    // Shares no code with `oci`, so that a misreading of the specification cannot confirm itself.
    ("fake-registry", &[]),
    ("sample", &["fake-registry"]),
    // What both hosts have in common, the samples included: nobody else knows their names.
    ("host", &["api", "oci", "registry", "sample", "service", "vault"]),
    ("server", &["api", "host", "oci"]),
    ("ociscope-desktop", &["api", "host"]),
    ("ui", &["api", "oci", "view"]),
    ("xtask", &[]),
    ("e2e", &[]),
];

/// Crates of this workspace that only tests of a crate use.
const ARROWS_OF_TESTS: &[(&str, &[&str])] = &[
    ("api", &["api"]),
    ("registry", &["fake-registry"]),
    ("service", &["fake-registry", "sample"]),
    ("e2e", &["fake-registry", "oci", "registry", "sample"]),
];

/// Dependencies that are the business of few: names (or their beginnings, with `*`) and who may have them.
const RESERVED: &[(&str, &[&str])] = &[
    ("tauri*", &["ociscope-desktop"]),
    ("wry", &[]),
    ("reqwest", &["registry", "e2e"]),
    ("axum", &["server", "fake-registry"]),
    ("tower-http", &["server"]),
    ("fantoccini", &["e2e"]),
    ("keyring*", &["vault"]),
    ("zbus*", &[]),
    ("leptos*", &["ui"]),
    ("web-sys", &["ui"]),
    ("js-sys", &["ui"]),
    ("wasm-bindgen", &["ui"]),
    ("wasm-bindgen-futures", &["ui"]),
    ("wasm-bindgen-cli-support", &["xtask"]),
];

/// What a crate must not reach, over any number of crates in between: (crate, what, why).
const OUT_OF_REACH: &[(&str, &[&str], &str)] = &[
    ("oci", &["tokio", "reqwest", "futures-util"], "it has no IO and nothing asynchronous"),
    ("view", &["tokio", "reqwest", "leptos"], "it is compiled for the browser, and knows no framework"),
    ("api", &["tokio", "reqwest"], "it is compiled for the browser"),
    ("registry", &["axum", "tauri", "leptos"], "it is a client"),
    ("service", &["axum", "tauri", "leptos"], "it knows neither host"),
    ("registry", &["keyring", "keyring-core"], "it is given logins, and does not look for them"),
    ("service", &["keyring", "keyring-core"], "it is given logins, and does not look for them"),
    ("vault", &["axum", "tauri", "leptos"], "it knows neither host"),
    ("server", &["tauri", "wry", "leptos"], "the web host needs no window system"),
];

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn workspace() -> Metadata {
    let mut command = MetadataCommand::new();
    command.current_dir(root()).features(CargoOpt::AllFeatures);
    command.other_options(["--locked".to_owned(), "--filter-platform=x86_64-unknown-linux-gnu".to_owned()]);
    command.exec().expect("cargo knows the workspace")
}

fn list<'a>(table: &[(&str, &'a [&'a str])], name: &str) -> &'a [&'a str] {
    table.iter().find(|(crate_name, _)| *crate_name == name).map_or(&[], |(_, list)| list)
}

fn own(metadata: &Metadata, package: &Package, kind: DependencyKind) -> BTreeSet<String> {
    let members: HashSet<_> =
        metadata.workspace_packages().iter().map(|member| member.name.to_string()).collect();
    let dependencies = package.dependencies.iter().filter(|it| it.kind == kind && members.contains(&it.name));
    dependencies.map(|it| it.name.clone()).collect()
}

#[test]
fn every_crate_knows_exactly_what_the_table_says() {
    let metadata = workspace();
    let tabled: BTreeSet<_> = ARROWS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let members: BTreeSet<_> = metadata.workspace_packages().iter().map(|it| it.name.to_string()).collect();
    assert_eq!(tabled, members, "every crate has its line in the table");
    for package in metadata.workspace_packages() {
        let allowed: BTreeSet<_> = list(ARROWS, &package.name).iter().map(|it| (*it).to_owned()).collect();
        let found = own(&metadata, package, DependencyKind::Normal);
        assert_eq!(found, allowed, "{} is built from other crates than the table says", package.name);
    }
}

#[test]
fn tests_and_build_scripts_know_no_more_than_they_need() {
    let metadata = workspace();
    for package in metadata.workspace_packages() {
        let allowed: BTreeSet<_> =
            list(ARROWS_OF_TESTS, &package.name).iter().map(|it| (*it).to_owned()).collect();
        let found = own(&metadata, package, DependencyKind::Development);
        assert!(found.is_subset(&allowed), "the tests of {} use {found:?}", package.name);
        let built = own(&metadata, package, DependencyKind::Build);
        assert!(built.is_empty(), "the build script of {} uses {built:?}", package.name);
    }
}

#[test]
fn some_dependencies_are_the_business_of_few() {
    let metadata = workspace();
    for package in metadata.workspace_packages() {
        for dependency in package.dependencies.iter().filter(|it| it.kind != DependencyKind::Development) {
            for (name, holders) in RESERVED {
                let is_it = match name.strip_suffix('*') {
                    Some(beginning) => dependency.name.starts_with(beginning),
                    None => dependency.name == *name,
                };
                let may = !is_it || holders.contains(&package.name.as_str());
                assert!(may, "{} depends on {}, which is for {holders:?}", package.name, dependency.name);
            }
        }
    }
}

#[test]
fn some_things_are_out_of_reach() {
    let metadata = workspace();
    let graph = metadata.resolve.as_ref().expect("cargo resolved the workspace");
    let names: HashMap<_, _> = metadata.packages.iter().map(|it| (&it.id, it.name.as_str())).collect();
    let nodes: HashMap<_, _> = graph.nodes.iter().map(|node| (&node.id, node)).collect();
    for (start, forbidden, why) in OUT_OF_REACH {
        let start_id = metadata.workspace_packages().into_iter().find(|it| it.name.as_str() == *start);
        let mut open = vec![&start_id.expect("the crate exists").id];
        let mut seen: HashSet<_> = open.iter().copied().collect();
        while let Some(id) = open.pop() {
            assert!(!forbidden.contains(&names[id]), "{start} reaches {}, but {why}", names[id]);
            for dependency in &nodes[id].deps {
                let built_in = dependency.dep_kinds.iter().any(|it| it.kind == DependencyKind::Normal);
                if built_in && seen.insert(&dependency.pkg) {
                    open.push(&dependency.pkg);
                }
            }
        }
        assert!(seen.len() > 1, "{start} reaches something, or this test looks at nothing");
    }
}

#[test]
fn only_the_client_of_the_ui_touches_the_bridge() {
    let touching = sources_with(&["__TAURI_INTERNALS__"]);
    assert!(!touching.is_empty(), "the bridge has this name");
    for path in touching {
        assert!(path.starts_with("client"), "ui/src/{} touches the bridge to the host", path.display());
    }
}

/// Text of a registry is never markup, and never a program.
#[test]
fn the_ui_writes_no_markup() {
    let writing = sources_with(&[
        "inner_html",
        "outer_html",
        "insert_adjacent_html",
        "document().write",
        "js_sys::eval",
    ]);
    assert!(writing.is_empty(), "these write markup or run text: {writing:?}");
}

/// Time comes in from outside, so that a test can say what it is.
#[test]
fn meaning_does_not_look_at_the_clock() {
    for name in ["oci", "api", "view", "service"] {
        let folder = root().join("crates").join(name).join("src");
        let looking = files_with(&folder, &["SystemTime::now", "Instant::now", "Utc::now", "Local::now"]);
        assert!(looking.is_empty(), "{name} looks at the clock: {looking:?}");
    }
}

fn sources_with(words: &[&str]) -> Vec<PathBuf> {
    files_with(&root().join("ui/src"), words)
}

/// The Rust files under a folder in which one of the words stands.
fn files_with(folder: &Path, words: &[&str]) -> Vec<PathBuf> {
    let mut open = vec![folder.to_owned()];
    let mut found = Vec::new();
    let mut read = 0;
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(
                fs::read_dir(&path)
                    .expect("a folder can be read")
                    .map(|it| it.expect("so can its entry").path()),
            );
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            read += 1;
            let text = fs::read_to_string(&path).expect("sources are text");
            if words.iter().any(|word| text.contains(word)) {
                found.push(path.strip_prefix(folder).unwrap_or(&path).to_owned());
            }
        }
    }
    assert!(read > 0, "there are sources in {}", folder.display());
    found
}
