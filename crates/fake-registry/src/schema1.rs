//! What does a Docker manifest look like in the old form? The down-conversion of docker-registry 2.8.2.
//!
//! Only the form is true: the signature has the shape that the old clients parsed, and verifies nothing.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use bytes::Bytes;
use serde_json::{Value, json};

use crate::digest;

/// The manifest as signed schema 1. The digest is that of the payload without its signatures, as the registry
/// sends it, so it never fits the bytes.
pub(crate) fn convert(name: &str, tag: &str, manifest: &Value, config: &[u8]) -> (String, Bytes) {
    let config: Value = serde_json::from_slice(config).unwrap_or_default();
    let layers: Vec<&str> = manifest["layers"]
        .as_array()
        .map(|layers| layers.iter().filter_map(|layer| layer["digest"].as_str()).collect())
        .unwrap_or_default();
    // Schema 1 lists the newest layer first.
    let fs_layers: Vec<Value> = layers.iter().rev().map(|digest| json!({ "blobSum": digest })).collect();
    let id = |at: usize| digest::sha256(layers[..=at].join(" ").as_bytes()).replace("sha256:", "");
    let history: Vec<Value> = (0..layers.len())
        .rev()
        .map(|at| {
            let mut layer = if at + 1 == layers.len() { config.clone() } else { json!({}) };
            if let Some(fields) = layer.as_object_mut() {
                fields.remove("rootfs");
                fields.remove("history");
            }
            layer["id"] = json!(id(at));
            if at > 0 {
                layer["parent"] = json!(id(at - 1));
            }
            json!({ "v1Compatibility": layer.to_string() })
        })
        .collect();
    let payload = json!({
        "schemaVersion": 1, "name": name, "tag": tag,
        "architecture": config["architecture"].as_str().unwrap_or_default(),
        "fsLayers": fs_layers, "history": history
    });
    let payload = format!("{payload:#}");
    let signed = signed(&payload);
    (digest::sha256(payload.as_bytes()), Bytes::from(signed))
}

/// Puts `signatures` before the last brace, as the "pretty" form of JWS does.
fn signed(payload: &str) -> String {
    let tail = "\n}";
    let head = payload.strip_suffix(tail).unwrap_or(payload);
    let protected = json!({
        "formatLength": head.len(), "formatTail": URL_SAFE_NO_PAD.encode(tail), "time": "2016-01-01T00:00:00Z"
    });
    let signature = json!([{
        "header": { "alg": "ES256" },
        "signature": URL_SAFE_NO_PAD.encode([0_u8; 64]),
        "protected": URL_SAFE_NO_PAD.encode(protected.to_string())
    }]);
    format!("{head},\n  \"signatures\": {signature}{tail}")
}
