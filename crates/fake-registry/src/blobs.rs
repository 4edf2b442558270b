//! How are blobs read and deleted? Whole or by one range.
//!
//! Distribution specification, "Pulling blobs"; ranges as RFC 9110, 14.

use axum::http::HeaderMap;
use bytes::Bytes;

use crate::{
    behaviour::{Behaviour, Etag},
    digest,
    manifests::digest_header,
    reply::{Refusal, Reply},
    store::Content,
};

const OCTETS: &str = "application/octet-stream";

/// `GET` and `HEAD /v2/<name>/blobs/<digest>`.
pub(crate) fn get(
    behaviour: &Behaviour,
    content: &Content,
    headers: &HeaderMap,
    name: &str,
    wanted: &str,
) -> Result<Reply, Refusal> {
    let bytes = find(content, name, wanted)?;
    let etag = format!("\"{wanted}\"");
    let mut reply = Reply::new(200);
    digest_header(behaviour, &mut reply, wanted);
    if behaviour.etag == Etag::Sent {
        reply = reply.with("etag", &etag).with("cache-control", "max-age=31536000");
        if header(headers, "if-none-match") == Some(&etag) {
            reply.status = axum::http::StatusCode::NOT_MODIFIED;
            return Ok(reply);
        }
    }
    reply.set("accept-ranges", "bytes");
    match range(header(headers, "range"), bytes.len()) {
        Range::Whole => Ok(reply.body(OCTETS, bytes)),
        Range::Part(from, to) => {
            reply.status = axum::http::StatusCode::PARTIAL_CONTENT;
            let whole = bytes.len();
            Ok(reply
                .with("content-range", &format!("bytes {from}-{to}/{whole}"))
                .body(OCTETS, bytes.slice(from..=to)))
        }
        Range::Outside => Ok(Reply::text(416, "invalid range: failed to overlap\n")
            .with("content-range", &format!("bytes */{}", bytes.len()))),
    }
}

/// `DELETE /v2/<name>/blobs/<digest>`.
pub(crate) fn delete(content: &mut Content, name: &str, wanted: &str) -> Result<Reply, Refusal> {
    find(content, name, wanted)?;
    content.remove_blob(name, wanted);
    Ok(Reply::new(202))
}

fn find(content: &Content, name: &str, wanted: &str) -> Result<Bytes, Refusal> {
    if !digest::is_known(wanted) {
        return Err(Refusal::digest_invalid().detail("no digest"));
    }
    let unknown = || Refusal::new(404, "BLOB_UNKNOWN", "blob unknown to registry").detail(wanted);
    content.blob(name, wanted).ok_or_else(unknown)
}

pub(crate) fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[derive(Debug, PartialEq, Eq)]
enum Range {
    Whole,
    /// First and last byte.
    Part(usize, usize),
    Outside,
}

/// Reads one range. Several ranges, and what is none, are answered with the whole, as RFC 9110 allows.
fn range(header: Option<&str>, length: usize) -> Range {
    let Some((from, to)) = header.and_then(|text| text.strip_prefix("bytes=")?.split_once('-')) else {
        return Range::Whole;
    };
    let end = length.saturating_sub(1);
    let (from, to) = match (from.parse::<usize>(), to.parse::<usize>()) {
        (Ok(from), Ok(to)) if from <= to => (from, to.min(end)),
        (Ok(from), Err(_)) if to.is_empty() => (from, end),
        (Err(_), Ok(last)) if from.is_empty() && last > 0 => (length.saturating_sub(last), end),
        _ => return Range::Whole,
    };
    if from < length { Range::Part(from, to) } else { Range::Outside }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_rfc_9110_writes_them() {
        assert_eq!(range(None, 10), Range::Whole);
        assert_eq!(range(Some("bytes=0-0"), 10), Range::Part(0, 0));
        assert_eq!(range(Some("bytes=2-"), 10), Range::Part(2, 9));
        assert_eq!(range(Some("bytes=-3"), 10), Range::Part(7, 9));
        assert_eq!(range(Some("bytes=-30"), 10), Range::Part(0, 9));
        assert_eq!(range(Some("bytes=0-100"), 10), Range::Part(0, 9));
        assert_eq!(range(Some("bytes=10-"), 10), Range::Outside);
        assert_eq!(range(Some("bytes=0-1,4-5"), 10), Range::Whole);
        assert_eq!(range(Some("bytes=0-"), 0), Range::Outside);
    }
}
