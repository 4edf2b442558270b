//! What may the desktop window's page do? Only what the app uses.

use std::fs;

use cargo_metadata::DependencyKind;
use serde_json::Value;

use super::{LINUX, metadata, root};

/// Everything that a page may ask of the program: its own commands, and the zoom.
const PERMISSIONS: [&str; 6] = [
    "allow-call",
    "allow-cancel",
    "allow-choose-place",
    "allow-place-saved",
    "allow-watch",
    "core:webview:allow-set-webview-zoom",
];

fn json(path: &str) -> Value {
    let text = fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// F02: no page of another origin, no window but ours, no permission but those that are used.
#[test]
fn capabilities_grant_what_is_used() {
    let folder = fs::read_dir(root().join("src-tauri/capabilities")).expect("there are capabilities");
    let names: Vec<_> =
        folder.map(|it| it.expect("it can be read").file_name().into_string().expect("UTF-8")).collect();
    assert_eq!(names, ["main.json"], "one capability for the one window");
    let capability = json("src-tauri/capabilities/main.json");
    assert!(capability.get("remote").is_none(), "a remote block lets other pages in");
    assert_eq!(capability["local"], true);
    assert_eq!(capability["windows"], serde_json::json!(["main"]), "windows by label, never `*`");
    assert!(capability.get("webviews").is_none(), "windows by label only");
    let granted = capability["permissions"].as_array().expect("permissions are a list");
    let mut granted: Vec<_> =
        granted.iter().map(|it| it.as_str().expect("by name, without a scope")).collect();
    granted.sort_unstable();
    assert_eq!(granted, PERMISSIONS);
}

/// F03: the policy of the page, and nothing that loosens it.
#[test]
fn the_configuration_is_strict() {
    let config = json("src-tauri/tauri.conf.json");
    assert_eq!(config["app"]["withGlobalTauri"], false);
    let security = &config["app"]["security"];
    assert_eq!(security["freezePrototype"], true);
    assert_eq!(security["assetProtocol"]["enable"], false);
    assert_eq!(security["capabilities"], serde_json::json!(["main"]));
    assert!(security.get("devCsp").is_none(), "one policy, in development too");
    assert!(config["build"].get("devUrl").is_none(), "the UI is inside the program");
    let windows = config["app"]["windows"].as_array().expect("windows are a list");
    assert_eq!(windows.len(), 1);
    assert_eq!(windows[0]["label"], "main");
    assert_eq!(windows[0]["create"], false, "the program makes it, with its own rules about where it may go");
    assert!(windows[0].get("devtools").is_none() && windows[0].get("url").is_none());
    let mut open = vec![&config];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(members) => {
                let dangerous = members.keys().find(|name| name.to_lowercase().starts_with("dangerous"));
                assert!(dangerous.is_none(), "{dangerous:?} is set");
                open.extend(members.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
}

#[test]
fn the_policy_allows_no_inline_and_no_foreign_code() {
    let config = json("src-tauri/tauri.conf.json");
    let policy = config["app"]["security"]["csp"].as_object().expect("the policy is a table of directives");
    let sources = |directive: &str| -> Vec<String> {
        let text =
            policy.get(directive).and_then(Value::as_str).unwrap_or_else(|| panic!("{directive} is missing"));
        text.split_whitespace().map(str::to_owned).collect()
    };
    assert_eq!(sources("default-src"), ["'none'"]);
    assert_eq!(sources("script-src"), ["'self'", "'wasm-unsafe-eval'"]);
    assert_eq!(sources("style-src"), ["'self'"]);
    assert_eq!(sources("base-uri"), ["'none'"]);
    assert_eq!(sources("form-action"), ["'none'"]);
    assert_eq!(sources("frame-ancestors"), ["'none'"]);
    for directive in policy.keys() {
        for source in sources(directive) {
            let refused =
                ["'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:"].contains(&source.as_str());
            assert!(!refused, "{directive} allows {source}");
        }
    }
}

/// Developer tools stay out of what is shipped, and so does every plugin that opens files, shells or addresses.
#[test]
fn the_program_has_no_more_doors_than_it_needs() {
    let metadata = metadata(LINUX);
    let desktop =
        metadata.packages.iter().find(|it| it.name.as_str() == "ociscope-desktop").expect("it is there");
    for dependency in desktop.dependencies.iter().filter(|it| it.kind == DependencyKind::Normal) {
        if dependency.name == "tauri" {
            assert!(!dependency.uses_default_features, "Tauri's features are chosen one by one");
            assert!(!dependency.features.iter().any(|it| it == "devtools"), "developer tools are shipped");
        }
        let refused =
            ["fs", "shell", "http", "process", "localhost"].map(|name| format!("tauri-plugin-{name}"));
        assert!(!refused.contains(&dependency.name), "{} is a door that nobody needs", dependency.name);
    }
}
