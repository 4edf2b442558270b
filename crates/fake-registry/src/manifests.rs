//! How are manifests read, pushed and deleted?
//!
//! Distribution specification, "Pulling manifests", "Pushing Manifests", "Deleting Manifests".

use axum::http::{HeaderMap, StatusCode};
use bytes::Bytes;
use serde_json::Value;

use crate::{
    accept::{self, Chosen},
    behaviour::{Behaviour, ContentType, Delete, DigestHeader, Etag, Locations, MultiTag, SubjectHeader},
    blobs::header,
    digest,
    reply::{Refusal, Reply},
    route::is_tag,
    store::Content,
};

pub(crate) const OCI_MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
pub(crate) const OCI_INDEX: &str = "application/vnd.oci.image.index.v1+json";
pub(crate) const OCI_ARTIFACT: &str = "application/vnd.oci.artifact.manifest.v1+json";
pub(crate) const DOCKER_MANIFEST: &str = "application/vnd.docker.distribution.manifest.v2+json";
pub(crate) const DOCKER_LIST: &str = "application/vnd.docker.distribution.manifest.list.v2+json";
pub(crate) const SCHEMA_1: &str = "application/vnd.docker.distribution.manifest.v1+prettyjws";

/// What may be pushed over HTTP. Seeding by the store takes every type.
const PUSHED: [&str; 5] = [OCI_MANIFEST, OCI_INDEX, OCI_ARTIFACT, DOCKER_MANIFEST, DOCKER_LIST];

/// `GET` and `HEAD /v2/<name>/manifests/<tag or digest>`.
pub(crate) fn get(
    behaviour: &Behaviour,
    content: &Content,
    headers: &HeaderMap,
    name: &str,
    target: &str,
) -> Result<Reply, Refusal> {
    let Chosen { digest, media_type, bytes } =
        accept::choose(behaviour.accept, content, headers, name, target)?;
    let mut reply = Reply::new(200);
    if behaviour.etag == Etag::Sent {
        let etag = format!("\"{digest}\"");
        if header(headers, "if-none-match").is_some_and(|seen| seen == etag || seen == digest) {
            reply.status = StatusCode::NOT_MODIFIED;
            return Ok(reply);
        }
        reply.set("etag", &etag);
    }
    digest_header(behaviour, &mut reply, &digest);
    reply.body = bytes;
    let sent = match behaviour.content_type {
        ContentType::Right => media_type,
        ContentType::Wrong if media_type == OCI_MANIFEST => DOCKER_MANIFEST.to_owned(),
        ContentType::Wrong => OCI_MANIFEST.to_owned(),
        ContentType::Parameters => format!("{media_type}; charset=utf-8"),
        ContentType::Missing => return Ok(reply),
    };
    reply.set("content-type", &sent);
    Ok(reply)
}

/// Sets `Docker-Content-Digest` as the behaviour wants it.
pub(crate) fn digest_header(behaviour: &Behaviour, reply: &mut Reply, digest: &str) {
    match behaviour.digest_header {
        DigestHeader::Right => reply.set("docker-content-digest", digest),
        DigestHeader::Wrong => reply.set("docker-content-digest", &digest::sha256(b"something else")),
        DigestHeader::Absent => {}
    }
}

/// `PUT /v2/<name>/manifests/<tag or digest>`.
pub(crate) fn put(
    behaviour: &Behaviour,
    content: &mut Content,
    pushed: &Pushed<'_>,
) -> Result<Reply, Refusal> {
    let Pushed { name, target, bytes, .. } = *pushed;
    let by_digest = target.contains(':');
    if by_digest && !digest::is_known(target) {
        return Err(Refusal::digest_invalid().detail("no digest"));
    }
    if !by_digest && !is_tag(target) {
        return Ok(Reply::no_such_path());
    }
    let json: Value =
        serde_json::from_slice(bytes).map_err(|error| Refusal::manifest_invalid(&error.to_string()))?;
    let media_type = media_type(pushed.content_type, &json)?;
    check_form(&json, &media_type)?;
    check_references(content, name, &json)?;
    let digest = if by_digest { digest::like(target, bytes) } else { digest::sha256(bytes) };
    if by_digest && digest != target {
        return Err(Refusal::digest_invalid());
    }
    content.room(bytes.len() + target.len()).map_err(|_| Refusal::full())?;

    content.put_manifest(name, &digest, &media_type, bytes.clone());
    let mut reply = Reply::new(201);
    if !by_digest {
        content.put_tag(name, target, &digest);
    } else if behaviour.multi_tag == MultiTag::Honoured {
        let tags = pushed.query.iter().filter(|(key, tag)| key == "tag" && is_tag(tag));
        for (_, tag) in tags {
            content.room(tag.len()).map_err(|_| Refusal::full())?;
            content.put_tag(name, tag, &digest);
            reply.add("oci-tag", tag);
        }
    }
    let subject = json["subject"]["digest"].as_str();
    match (behaviour.subject, subject) {
        (SubjectHeader::Sent, Some(subject)) => reply.set("oci-subject", subject),
        (SubjectHeader::Wrong, Some(_)) => reply.set("oci-subject", &digest::sha256(b"something else")),
        _ => {}
    }
    digest_header(behaviour, &mut reply, &digest);
    let location = format!("/v2/{name}/manifests/{digest}");
    reply.set("location", &located(behaviour, pushed.host, &location));
    Ok(reply)
}

/// A pushed manifest with what its request says of it.
#[derive(Clone, Copy)]
pub(crate) struct Pushed<'a> {
    pub(crate) name: &'a str,
    pub(crate) target: &'a str,
    pub(crate) query: &'a [(String, String)],
    pub(crate) content_type: Option<&'a str>,
    pub(crate) host: &'a str,
    pub(crate) bytes: &'a Bytes,
}

/// A path, or the whole URL where the behaviour wants that.
pub(crate) fn located(behaviour: &Behaviour, host: &str, path: &str) -> String {
    match behaviour.locations {
        Locations::Relative => path.to_owned(),
        Locations::Absolute => format!("http://{host}{path}"),
    }
}

/// The header's type without parameters, or the body's where there is no header.
fn media_type(header: Option<&str>, json: &Value) -> Result<String, Refusal> {
    let of_body = json["mediaType"].as_str().filter(|text| !text.is_empty());
    let of_header = header.map(|text| text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase());
    let media_type = of_header.or(of_body.map(str::to_owned)).unwrap_or_default();
    if !PUSHED.contains(&media_type.as_str()) {
        return Err(Refusal::manifest_invalid(&format!("unsupported media type: {media_type}")));
    }
    if of_body.is_some_and(|of_body| of_body != media_type) {
        return Err(Refusal::manifest_invalid("mediaType differs from Content-Type"));
    }
    Ok(media_type)
}

fn check_form(json: &Value, media_type: &str) -> Result<(), Refusal> {
    if !json.is_object() {
        return Err(Refusal::manifest_invalid("a manifest is a JSON object"));
    }
    let (layers, manifests) = (json.get("layers").is_some(), json.get("manifests").is_some());
    if (layers || json.get("config").is_some()) && manifests {
        return Err(Refusal::manifest_invalid("expected a manifest or an index, found both"));
    }
    match media_type {
        OCI_ARTIFACT => Ok(()),
        _ if json["schemaVersion"] != 2 => Err(Refusal::manifest_invalid("schemaVersion is not 2")),
        OCI_INDEX | DOCKER_LIST if manifests => Ok(()),
        OCI_INDEX | DOCKER_LIST => Err(Refusal::manifest_invalid("expected an index")),
        _ if layers => Ok(()),
        _ => Err(Refusal::manifest_invalid("expected a manifest")),
    }
}

/// Refuses a manifest whose blobs or children are not in the repository, with one error for each.
fn check_references(content: &Content, name: &str, json: &Value) -> Result<(), Refusal> {
    let repository = content.repositories.get(name);
    let blob = |digest: &str| repository.is_some_and(|held| held.blobs.contains(digest));
    let child = |digest: &str| repository.is_some_and(|held| held.manifests.contains_key(digest));
    let list = |key: &str| json[key].as_array().map(Vec::as_slice).unwrap_or_default().iter();
    let fetched = |descriptor: &&Value| descriptor["urls"].as_array().is_none_or(Vec::is_empty);
    let digest = |descriptor: &Value| descriptor["digest"].as_str().unwrap_or_default().to_owned();

    let config = json.get("config").filter(|config| config.is_object());
    let blobs = config.into_iter().chain(list("layers")).chain(list("blobs")).filter(fetched).map(digest);
    let missing_blobs = blobs.filter(|digest| !blob(digest));
    let missing_children = list("manifests").map(digest).filter(|digest| !child(digest));
    let error =
        |digest: String| ("MANIFEST_BLOB_UNKNOWN", "blob unknown to registry", Some(Value::String(digest)));
    let errors: Vec<_> = missing_blobs.chain(missing_children).map(error).collect();
    if errors.is_empty() { Ok(()) } else { Err(Refusal { status: 400, errors }) }
}

/// `DELETE /v2/<name>/manifests/<tag or digest>`. By digest, every tag of it goes too.
pub(crate) fn delete(
    behaviour: &Behaviour,
    content: &mut Content,
    name: &str,
    target: &str,
) -> Result<Reply, Refusal> {
    let by_digest = target.contains(':');
    match behaviour.delete {
        Delete::Off => return Err(Refusal::unsupported()),
        Delete::DigestOnly if !by_digest => return Err(Refusal::digest_invalid()),
        Delete::DigestOnly | Delete::TagAndDigest => {}
    }
    if !by_digest {
        let removed = content.remove_tag(name, target);
        return if removed { Ok(Reply::new(202)) } else { Err(Refusal::manifest_unknown()) };
    }
    if !content.remove_manifest(name, target) {
        return Err(Refusal::manifest_unknown());
    }
    let pointing = |(tag, digest): (&String, &String)| (digest == target).then(|| tag.clone());
    let tags: Vec<String> = content
        .repositories
        .get(name)
        .map(|held| held.tags.iter().filter_map(pointing).collect())
        .unwrap_or_default();
    for tag in tags {
        content.remove_tag(name, &tag);
    }
    Ok(Reply::new(202))
}
