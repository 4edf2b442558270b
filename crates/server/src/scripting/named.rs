//! Which registries does a request name?
//!
//! Who types a registry into a command means it: it counts as added. Requests name registries in two ways, as
//! `registry` and inside a `reference`; both are looked for at every depth.

use api::{AddRegistry, Transport};
use host::is_sample;
use oci::{Host, Reference};
use serde_json::Value;

/// The registries that a request names, each once. What cannot be read names none: the operation will say so.
pub(crate) fn named(request: &[u8]) -> Vec<Host> {
    let mut hosts = Vec::new();
    if let Ok(request) = serde_json::from_slice(request) {
        collect(&request, &mut hosts);
    }
    hosts
}

/// Whether the samples have a part in it: a request names one of them, or no registry at all.
pub(crate) fn wants_samples(named: &[Host]) -> bool {
    named.is_empty() || named.iter().any(is_sample)
}

/// What the service is told about the registries that were named. Samples it knows by itself; a registry that was
/// added with more to say about it keeps that.
pub(crate) fn added(named: Vec<Host>, mut by_flag: Vec<AddRegistry>) -> Vec<AddRegistry> {
    for name in named {
        if !is_sample(&name) && by_flag.iter().all(|added| added.name != name) {
            by_flag.push(AddRegistry { name, address: None, transport: Transport::Auto });
        }
    }
    by_flag
}

// The request was parsed with a bound on its depth, so this is bounded too.
fn collect(value: &Value, hosts: &mut Vec<Host>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                let host = match (key.as_str(), value) {
                    ("registry", Value::String(text)) => text.parse().ok(),
                    ("reference", Value::String(text)) => text.parse().ok().map(|r: Reference| r.host),
                    _ => None,
                };
                hosts.extend(host.filter(|host| !hosts.contains(host)));
                collect(value, hosts);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, hosts)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(request: &str) -> Vec<String> {
        named(request.as_bytes()).iter().map(|host| host.as_str().to_owned()).collect()
    }

    #[test]
    fn registries_are_found_by_key_at_any_depth() {
        assert_eq!(names(r#"{"registry":"127.0.0.1:5000"}"#), ["127.0.0.1:5000"]);
        assert_eq!(names(r#"{"reference":"modern.sample/demo/app:latest"}"#), ["modern.sample"]);
        assert_eq!(names(r#"{"reference":"debian"}"#), ["docker.io"]);
        assert_eq!(
            names(
                r#"{"steps":[{"registry":"a.example"},{"to":{"registry":"b.example"}},{"registry":"a.example"}]}"#
            ),
            ["a.example", "b.example"]
        );
    }

    #[test]
    fn what_names_nothing_adds_nothing() {
        for request in [
            "",
            "{",
            "{}",
            "[1]",
            r#"{"registry":7}"#,
            r#"{"registry":"no host"}"#,
            r#"{"name":"a.example"}"#,
        ] {
            assert!(names(request).is_empty(), "{request}");
        }
    }

    #[test]
    fn samples_run_when_they_are_named_or_nothing_is() {
        assert!(wants_samples(&named(b"{}")));
        assert!(wants_samples(&named(br#"{"registry":"legacy.sample"}"#)));
        assert!(!wants_samples(&named(br#"{"registry":"a.example"}"#)));
        assert!(!wants_samples(&named(br#"{"registry":"other.sample"}"#)));
        assert!(!wants_samples(&named(br#"{"registry":"modern.sample:5000"}"#)));
    }

    #[test]
    fn a_flag_says_more_than_a_name() {
        let flag =
            AddRegistry { name: "a.example".parse().unwrap(), address: None, transport: Transport::Http };
        let named = ["a.example", "b.example", "modern.sample", "my.sample"]
            .map(|name| name.parse().unwrap())
            .to_vec();
        let added = added(named, vec![flag.clone()]);
        assert_eq!(added[0], flag);
        let names: Vec<_> = added.iter().map(|added| added.name.as_str()).collect();
        assert_eq!(names, ["a.example", "b.example", "my.sample"]);
    }
}
