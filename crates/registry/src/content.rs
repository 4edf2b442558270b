//! Which bytes did the registry mean, where it encoded them in spite of `Accept-Encoding: identity`?

use std::io::Read as _;

use bytes::Bytes;
use oci::{Finding, Severity};

use crate::send::Answer;

/// The bytes of an answer, with gzip undone, and RG007 where there was an encoding. Bytes that cannot be decoded, or
/// are more than `limit` then, stay as they came.
pub(crate) fn identity(answer: &Answer, limit: u64) -> (Bytes, Option<Finding>) {
    let encoding = answer.header("content-encoding").map(str::trim).unwrap_or_default();
    if encoding.is_empty() || encoding.eq_ignore_ascii_case("identity") {
        return (answer.body.clone(), None);
    }
    let finding =
        Finding::new("RG007", Severity::Warning).values(crate::text::sanitise(encoding), "identity");
    let gzip = encoding.eq_ignore_ascii_case("gzip") || encoding.eq_ignore_ascii_case("x-gzip");
    let decoded = if gzip { gunzip(&answer.body, limit) } else { None };
    (decoded.unwrap_or_else(|| answer.body.clone()), Some(finding))
}

fn gunzip(bytes: &[u8], limit: u64) -> Option<Bytes> {
    let mut decoded = Vec::new();
    flate2::read::GzDecoder::new(bytes).take(limit + 1).read_to_end(&mut decoded).ok()?;
    (decoded.len() as u64 <= limit).then(|| Bytes::from(decoded))
}
