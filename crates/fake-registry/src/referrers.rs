//! What refers to a digest? The answer of the referrers API.
//!
//! Distribution specification, "Listing Referrers".

use serde_json::{Value, json};

use crate::{
    behaviour::{ErrorType, Referrers},
    digest,
    lists::{Ask, link},
    reply::{Refusal, Reply},
    route::{first, percent_encoded},
    store::{Content, Manifest},
};

const INDEX: &str = "application/vnd.oci.image.index.v1+json";

/// `GET /v2/<name>/referrers/<digest>`.
pub(crate) fn list(ask: &Ask<'_>, content: &Content, name: &str, subject: &str) -> Result<Reply, Refusal> {
    match ask.behaviour.referrers {
        Referrers::NotFoundText => return Ok(Reply::no_such_path()),
        Referrers::NotFoundJson => {
            return Ok(Refusal::new(404, "NOT_FOUND", "not found").into_reply(ErrorType::Json));
        }
        Referrers::On | Referrers::ConfigTypes | Referrers::Untyped => {}
    }
    if !digest::is_known(subject) {
        return Err(Refusal::digest_invalid().detail("no digest"));
    }
    let filters = ask.behaviour.referrers == Referrers::On;
    let wanted = first(ask.query, "artifactType").filter(|wanted| filters && !wanted.is_empty());
    let mut descriptors = descriptors(ask.behaviour.referrers, content, name, subject);
    if let Some(wanted) = wanted {
        descriptors.retain(|descriptor| descriptor["artifactType"] == wanted);
    }
    let last = first(ask.query, "last").unwrap_or_default();
    let seen = descriptors.iter().position(|descriptor| descriptor["digest"] == last).map_or(0, |at| at + 1);
    let rest = descriptors.split_off(seen);
    let size = ask.behaviour.page_size.referrers.max(1);
    let page = &rest[..rest.len().min(size)];

    let body = format!("{{\"schemaVersion\":2,\"mediaType\":\"{INDEX}\",\"manifests\":{}}}", json!(page));
    let mut reply = Reply::new(200).body(INDEX, body);
    if wanted.is_some() {
        reply.set("oci-filters-applied", "artifactType");
    }
    let following = page.last().filter(|_| rest.len() > size).and_then(|last| last["digest"].as_str());
    if let Some(last) = following {
        let filter = wanted.map(|wanted| format!("artifactType={}&", percent_encoded(wanted)));
        let target = format!("{}?{}last={last}", ask.path, filter.unwrap_or_default());
        reply.set("link", &link(ask.behaviour.links, ask.host, &target));
    }
    Ok(reply)
}

fn descriptors(how: Referrers, content: &Content, name: &str, subject: &str) -> Vec<Value> {
    let Some(repository) = content.repositories.get(name) else { return Vec::new() };
    let mut referring: Vec<(&String, &Manifest)> = repository
        .manifests
        .iter()
        .filter(|(_, manifest)| manifest.subject.as_deref() == Some(subject))
        .collect();
    referring.sort_by_key(|(_, manifest)| manifest.number);
    referring.into_iter().map(|(digest, manifest)| descriptor(how, digest, manifest)).collect()
}

fn descriptor(how: Referrers, digest: &str, manifest: &Manifest) -> Value {
    let mut descriptor = json!({
        "mediaType": manifest.media_type, "digest": digest, "size": manifest.bytes.len()
    });
    let parsed: Value = serde_json::from_slice(&manifest.bytes).unwrap_or_default();
    let own = text(&parsed["artifactType"]);
    let config = text(&parsed["config"]["mediaType"]);
    let artifact_type = match how {
        Referrers::ConfigTypes => config,
        Referrers::Untyped => None,
        _ => own.or(config),
    };
    if let Some(artifact_type) = artifact_type {
        descriptor["artifactType"] = json!(artifact_type);
    }
    if let (Referrers::On, Value::Object(annotations)) = (how, &parsed["annotations"]) {
        descriptor["annotations"] = json!(annotations);
    }
    descriptor
}

fn text(value: &Value) -> Option<&str> {
    value.as_str().filter(|text| !text.is_empty())
}
