//! Which bytes did the registry mean, where it encoded them in spite of `Accept-Encoding: identity`?

use std::io::Read;

use bytes::Bytes;
use oci::{Finding, Severity};

use crate::send::Answer;

/// The bytes of an answer, with gzip undone, and RG007 where there was an encoding. Bytes that cannot be decoded, or
/// are more than `limit` then, stay as they came.
pub(crate) fn identity(answer: &Answer, limit: u64) -> (Bytes, Option<Finding>) {
    let Some(encoding) = encoding(answer) else { return (answer.body.clone(), None) };
    let decoded = gunzip(&encoding, &answer.body, limit);
    let finding = Finding::new("RG007", Severity::Warning).values(encoding, "identity");
    (decoded.unwrap_or_else(|| answer.body.clone()), Some(finding))
}

/// `Content-Encoding`, where it says that the body is another one than was asked for (RFC 9110, 8.4).
pub(crate) fn encoding(answer: &Answer) -> Option<String> {
    let encoding = answer.header("content-encoding").map(str::trim).unwrap_or_default();
    let encoded = !encoding.is_empty() && !encoding.eq_ignore_ascii_case("identity");
    encoded.then(|| crate::text::sanitise(encoding))
}

/// Undoes an encoding while reading. `None` for one that is not undone here: only gzip is.
pub fn decode<R: Read>(encoding: &str, encoded: R) -> Option<impl Read + use<R>> {
    let gzip = encoding.eq_ignore_ascii_case("gzip") || encoding.eq_ignore_ascii_case("x-gzip");
    gzip.then(|| flate2::read::GzDecoder::new(encoded))
}

/// Bytes with an encoding undone; `None` where they cannot be decoded, or are more than `limit` then.
pub(crate) fn gunzip(encoding: &str, bytes: &[u8], limit: u64) -> Option<Bytes> {
    let mut decoded = Vec::new();
    decode(encoding, bytes)?.take(limit + 1).read_to_end(&mut decoded).ok()?;
    (decoded.len() as u64 <= limit).then(|| Bytes::from(decoded))
}
