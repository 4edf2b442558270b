//! Which manifest is sent for this `Accept`? The stored one, a child of it, a conversion, or none.
//!
//! The answers of docker-registry 2.8.2 and of olareg v0.1.2 were measured. No registry measured honours `*/*`,
//! and all drop q-values.

use axum::http::{HeaderMap, header};
use bytes::Bytes;
use serde_json::{Value, json};

use crate::{
    behaviour::Accept,
    digest,
    manifests::{DOCKER_LIST, DOCKER_MANIFEST, OCI_INDEX, OCI_MANIFEST, SCHEMA_1},
    reply::Refusal,
    schema1,
    store::{Content, Manifest, Repository},
};

/// What is sent.
#[derive(Debug)]
pub(crate) struct Chosen {
    pub(crate) digest: String,
    pub(crate) media_type: String,
    pub(crate) bytes: Bytes,
}

impl Chosen {
    fn stored(digest: &str, manifest: &Manifest) -> Self {
        Self {
            digest: digest.to_owned(),
            media_type: manifest.media_type.clone(),
            bytes: manifest.bytes.clone(),
        }
    }
}

/// Chooses the answer to a GET or HEAD of a tag or digest.
pub(crate) fn choose(
    how: Accept,
    content: &Content,
    headers: &HeaderMap,
    name: &str,
    target: &str,
) -> Result<Chosen, Refusal> {
    let unknown = || match target.contains(':') {
        true => Refusal::manifest_unknown().detail(json!({ "Name": name, "Revision": target })),
        false => Refusal::manifest_unknown().detail(json!({ "Tag": target })),
    };
    let by_digest = target.contains(':');
    if by_digest && !digest::is_known(target) {
        return Err(Refusal::digest_invalid().detail("no digest"));
    }
    let repository = content.repositories.get(name).ok_or_else(unknown)?;
    let digest = if by_digest { target } else { repository.tags.get(target).ok_or_else(unknown)? };
    let manifest = repository.manifests.get(digest).ok_or_else(unknown)?;
    let listed = listed(how, headers);
    let lists = |media_type: &str| listed.iter().any(|one| one == media_type);
    if how == Accept::Ignored || lists(&manifest.media_type) {
        return Ok(Chosen::stored(digest, manifest));
    }
    match (how, manifest.media_type.as_str()) {
        (Accept::Listed, media_type) => {
            let child = children(manifest)
                .find(|(_, descriptor)| !by_digest && descriptor["mediaType"].as_str().is_some_and(lists))
                .and_then(|(digest, _)| Some((repository.manifests.get(&digest)?, digest)));
            match child {
                Some((manifest, digest)) => Ok(Chosen::stored(&digest, manifest)),
                None => Err(Refusal::manifest_unknown()
                    .detail(format!("requested media type not found, available media type is {media_type}"))),
            }
        }
        (_, OCI_MANIFEST) => {
            Err(without_oci("OCI manifest found, but accept header does not support OCI manifests"))
        }
        (_, OCI_INDEX) => Err(without_oci("OCI index found, but accept header does not support OCI indexes")),
        (_, DOCKER_LIST) if !by_digest => {
            let (digest, child) = for_linux_amd64(repository, manifest).ok_or_else(unknown)?;
            if lists(DOCKER_MANIFEST) {
                return Ok(Chosen::stored(&digest, child));
            }
            converted(content, name, target, child)
        }
        (_, DOCKER_MANIFEST) if !by_digest => converted(content, name, target, manifest),
        _ => Ok(Chosen::stored(digest, manifest)),
    }
}

fn without_oci(message: &'static str) -> Refusal {
    Refusal::new(404, "MANIFEST_UNKNOWN", message)
}

/// The types that `Accept` names, without their parameters.
fn listed(how: Accept, headers: &HeaderMap) -> Vec<String> {
    let lines = headers.get_all(header::ACCEPT).iter().filter_map(|line| line.to_str().ok());
    let lines = lines.take(if how == Accept::FirstLineOnly { 1 } else { usize::MAX });
    let essence = |part: &str| part.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    lines.flat_map(|line| line.split(',').map(essence)).collect()
}

fn children(manifest: &Manifest) -> impl Iterator<Item = (String, Value)> {
    let parsed: Value = serde_json::from_slice(&manifest.bytes).unwrap_or_default();
    let children = parsed["manifests"].as_array().cloned().unwrap_or_default();
    children.into_iter().map(|child| (child["digest"].as_str().unwrap_or_default().to_owned(), child))
}

fn for_linux_amd64<'a>(repository: &'a Repository, list: &Manifest) -> Option<(String, &'a Manifest)> {
    let fits =
        |child: &Value| child["platform"]["os"] == "linux" && child["platform"]["architecture"] == "amd64";
    let (digest, _) = children(list).find(|(_, child)| fits(child))?;
    let manifest = repository.manifests.get(&digest)?;
    Some((digest, manifest))
}

fn converted(content: &Content, name: &str, tag: &str, manifest: &Manifest) -> Result<Chosen, Refusal> {
    let parsed: Value = serde_json::from_slice(&manifest.bytes).unwrap_or_default();
    let config = parsed["config"]["digest"].as_str().and_then(|digest| content.blob(name, digest));
    let config = config.ok_or_else(|| Refusal::manifest_invalid("the config is missing"))?;
    let (digest, bytes) = schema1::convert(name, tag, &parsed, &config);
    Ok(Chosen { digest, media_type: SCHEMA_1.to_owned(), bytes })
}
