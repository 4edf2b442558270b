//! Does every crate of the workspace stand under the same rules?

use std::fs;

use super::{LINUX, metadata};

#[test]
fn every_crate_is_under_the_house_rules() {
    let metadata = metadata(LINUX);
    for package in metadata.workspace_packages() {
        let name = &package.name;
        let manifest = fs::read_to_string(&package.manifest_path).expect("a manifest is text");
        assert!(manifest.contains("\n[lints]\nworkspace = true\n"), "{name} has lints of its own");
        assert!(package.rust_version.is_some(), "{name} does not say which Rust it needs");
        assert_eq!(package.publish.as_deref(), Some(&[][..]), "{name} could be published by mistake");
        assert_eq!(package.license.as_deref(), Some("MIT OR Apache-2.0"), "{name}'s licence");
        assert!(package.description.is_some(), "{name} does not say what it answers");
        assert_eq!(package.edition.as_str(), "2024", "{name}'s edition");
    }
}

#[test]
fn unsafe_code_is_forbidden() {
    let manifest = fs::read_to_string(super::root().join("Cargo.toml")).expect("a manifest is text");
    for rule in
        ["unsafe_code = \"forbid\"", "unwrap_used = \"deny\"", "print_stdout = \"deny\"", "todo = \"deny\""]
    {
        assert!(manifest.contains(rule), "the workspace's lints no longer say {rule}");
    }
}

/// The binder and the bound must be of one version, and the lock file is what says so.
#[test]
fn wasm_bindgen_is_one_version() {
    let version = |name: &str| {
        let metadata = metadata(if name == "wasm-bindgen" { super::BROWSER } else { LINUX });
        let found = metadata.packages.into_iter().find(|it| it.name.as_str() == name);
        found.map(|it| it.version).expect("it is in the lock file")
    };
    assert_eq!(version("wasm-bindgen"), version("wasm-bindgen-cli-support"));
}
