//! Do both hosts have the same policy?
//!
//! The desktop's is read from its configuration: building that program takes WebKitGTK, and this must hold wherever
//! the tests run.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, wherever it does")]

use std::{collections::BTreeMap, fs, path::Path};

use host::policy;
use serde_json::Value;

#[test]
fn both_hosts_have_the_same_policy() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src-tauri/tauri.conf.json");
    let config: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let desktop: BTreeMap<String, String> =
        serde_json::from_value(config["app"]["security"]["csp"].clone()).unwrap();
    let mut expected: BTreeMap<_, _> =
        policy::DIRECTIVES.iter().map(|(name, sources)| (name.to_string(), sources.to_string())).collect();
    expected.insert("connect-src".to_owned(), "'self' ipc: http://ipc.localhost".to_owned());
    assert_eq!(desktop, expected);
    let web = policy::web();
    for (name, sources) in expected.iter().filter(|(name, _)| *name != "connect-src") {
        assert!(web.split("; ").any(|directive| directive == format!("{name} {sources}")), "{name}");
    }
    assert!(web.split("; ").any(|directive| directive == "connect-src 'self'"), "{web}");
    assert!(!web.contains("unsafe-inline") && !web.contains("'unsafe-eval'"), "{web}");
}
