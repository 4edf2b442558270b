//! How do blobs come in? In one request, in two, in chunks, or lent by another repository.
//!
//! Distribution specification, "Pushing blobs" and "Mounting a blob from another repository".

use bytes::Bytes;

use crate::{
    behaviour::{Behaviour, SinglePost},
    digest,
    manifests::{digest_header, located},
    reply::{Refusal, Reply},
    route::first,
    store::Content,
};

/// A request of the upload endpoints.
pub(crate) struct Sent<'a> {
    pub(crate) behaviour: &'a Behaviour,
    pub(crate) host: &'a str,
    pub(crate) name: &'a str,
    pub(crate) query: &'a [(String, String)],
    pub(crate) content_range: Option<&'a str>,
    pub(crate) bytes: &'a Bytes,
}

/// `POST /v2/<name>/blobs/uploads/`.
pub(crate) fn begin(sent: &Sent<'_>, content: &mut Content) -> Result<Reply, Refusal> {
    if let Some(mount) = first(sent.query, "mount") {
        let from = first(sent.query, "from").unwrap_or_default();
        if content.mount(sent.name, mount, from) {
            return Ok(stored(sent, mount));
        }
    } else if let (Some(wanted), SinglePost::Stored) =
        (first(sent.query, "digest"), sent.behaviour.single_post)
    {
        return store(sent, content, wanted, sent.bytes.clone());
    }
    content.room(0).map_err(|_| Refusal::full())?;
    let too_many = |_| Refusal::new(429, "TOOMANYREQUESTS", "too many uploads are under way");
    let id = content.begin_upload(sent.name).map_err(too_many)?;
    Ok(under_way(sent, 202, &id, 0))
}

/// `GET /v2/<name>/blobs/uploads/<id>`: how far is it?
pub(crate) fn status(sent: &Sent<'_>, content: &Content, id: &str) -> Result<Reply, Refusal> {
    let length = known(sent, content, id)?;
    Ok(under_way(sent, 204, id, length))
}

/// `PATCH /v2/<name>/blobs/uploads/<id>`: one more chunk.
pub(crate) fn append(sent: &Sent<'_>, content: &mut Content, id: &str) -> Result<Reply, Refusal> {
    let length = add(sent, content, id)?;
    Ok(under_way(sent, 202, id, length))
}

/// `PUT /v2/<name>/blobs/uploads/<id>?digest=`: the last chunk, which may be empty.
pub(crate) fn end(sent: &Sent<'_>, content: &mut Content, id: &str) -> Result<Reply, Refusal> {
    known(sent, content, id)?;
    let wanted = first(sent.query, "digest").unwrap_or_default();
    if !digest::is_known(wanted) {
        return Err(Refusal::digest_invalid().detail("digest missing"));
    }
    add(sent, content, id)?;
    let bytes = content.end_upload(id).unwrap_or_default();
    store(sent, content, wanted, bytes)
}

/// `DELETE /v2/<name>/blobs/uploads/<id>`.
pub(crate) fn cancel(sent: &Sent<'_>, content: &mut Content, id: &str) -> Result<Reply, Refusal> {
    known(sent, content, id)?;
    content.end_upload(id);
    Ok(Reply::new(204))
}

fn known(sent: &Sent<'_>, content: &Content, id: &str) -> Result<usize, Refusal> {
    let upload = content.uploads.get(id).filter(|upload| upload.repository == sent.name);
    let unknown = || Refusal::new(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");
    upload.map(|upload| upload.bytes.len()).ok_or_else(unknown)
}

fn add(sent: &Sent<'_>, content: &mut Content, id: &str) -> Result<usize, Refusal> {
    let length = known(sent, content, id)?;
    let begins = sent.content_range.map(|range| range.trim_start_matches("bytes ").split('-').next());
    if let Some(start) = begins
        && start.and_then(|start| start.trim().parse().ok()) != Some(length)
    {
        return Err(Refusal::new(416, "RANGE_INVALID", "invalid content range"));
    }
    content.room(sent.bytes.len()).map_err(|_| Refusal::full())?;
    Ok(content.append(id, sent.bytes).unwrap_or(length))
}

fn store(sent: &Sent<'_>, content: &mut Content, wanted: &str, bytes: Bytes) -> Result<Reply, Refusal> {
    if !digest::is_known(wanted) || digest::like(wanted, &bytes) != wanted {
        return Err(Refusal::digest_invalid().detail("content does not match digest"));
    }
    content.room(bytes.len()).map_err(|_| Refusal::full())?;
    content.put_blob(sent.name, wanted, bytes);
    Ok(stored(sent, wanted))
}

fn stored(sent: &Sent<'_>, digest: &str) -> Reply {
    let mut reply = Reply::new(201);
    digest_header(sent.behaviour, &mut reply, digest);
    let path = format!("/v2/{}/blobs/{digest}", sent.name);
    reply.with("location", &located(sent.behaviour, sent.host, &path))
}

fn under_way(sent: &Sent<'_>, status: u16, id: &str, length: usize) -> Reply {
    let path = format!("/v2/{}/blobs/uploads/{id}?_state={length}", sent.name);
    Reply::new(status)
        .with("location", &located(sent.behaviour, sent.host, &path))
        .with("docker-upload-uuid", id)
        .with("range", &format!("0-{}", length.saturating_sub(1)))
}
