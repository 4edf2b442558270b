//! What was asked? Every request as it came, oldest first.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use axum::http::{HeaderMap, Method, Uri};

use crate::{digest, lock};

/// Requests that are remembered; older ones are forgotten, so that a registry that runs for weeks stays small.
pub const REMEMBERED: usize = 10_000;
/// Bytes that the remembered requests take at most, for the same reason.
pub const REMEMBERED_BYTES: usize = 8 << 20;

/// One request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// `GET`.
    pub method: String,
    /// Path and query as sent: `/v2/demo/app/tags/list?n=2`.
    pub path: String,
    /// Every header line: name in lower case, value. In the order of arrival; lines of one name stand together.
    pub headers: Vec<(String, String)>,
    /// Length of the body in bytes.
    pub body_length: u64,
    /// Digest of the body, as `sha256:…`; that of nothing for a request without one.
    pub body_digest: String,
}

impl Recorded {
    pub(crate) fn new(method: &Method, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Self {
        let line = |(name, value): (&axum::http::HeaderName, &axum::http::HeaderValue)| {
            (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        Self {
            method: method.as_str().to_owned(),
            path: uri.path_and_query().map_or("/", |whole| whole.as_str()).to_owned(),
            headers: headers.iter().map(line).collect(),
            body_length: body.len() as u64,
            body_digest: digest::sha256(body),
        }
    }

    /// Memory that it takes, near enough.
    fn bytes(&self) -> usize {
        let line =
            |(name, value): &(String, String)| size_of::<(String, String)>() + name.len() + value.len();
        let headers: usize = self.headers.iter().map(line).sum();
        size_of::<Self>() + self.method.len() + self.path.len() + self.body_digest.len() + headers
    }

    /// The values of one header, a line each.
    pub fn header(&self, name: &str) -> Vec<&str> {
        let lines = self.headers.iter().filter(|(line, _)| line.eq_ignore_ascii_case(name));
        lines.map(|(_, value)| value.as_str()).collect()
    }
}

/// The requests so far. Clones share them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Record(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    requests: VecDeque<Recorded>,
    /// Of all of them.
    bytes: usize,
}

impl Record {
    pub(crate) fn push(&self, request: Recorded) {
        let mut kept = lock(&self.0);
        kept.bytes += request.bytes();
        kept.requests.push_back(request);
        while kept.requests.len() > REMEMBERED || kept.bytes > REMEMBERED_BYTES {
            let Some(oldest) = kept.requests.pop_front() else { break };
            kept.bytes -= oldest.bytes();
        }
    }

    pub(crate) fn all(&self) -> Vec<Recorded> {
        lock(&self.0).requests.iter().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        *lock(&self.0) = Kept::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(number: usize, header_bytes: usize) -> Recorded {
        let mut headers = HeaderMap::new();
        headers.insert("x-long", "a".repeat(header_bytes).parse().unwrap());
        Recorded::new(&Method::GET, &format!("/{number}").parse().unwrap(), &headers, b"")
    }

    #[test]
    fn long_requests_push_out_the_oldest_before_there_are_very_many() {
        let record = Record::default();
        let header = 64 << 10;
        for number in 0..1_000 {
            record.push(request(number, header));
        }
        let kept = record.all();
        // 128 headers of 64 KiB are 8 MiB; with what else there is to a request there is room for one less.
        assert_eq!((kept.len(), kept[0].path.as_str(), kept[126].path.as_str()), (127, "/873", "/999"));

        // Room that was given back is room again.
        for number in 0..REMEMBERED {
            record.push(request(number, 1));
        }
        assert_eq!(record.all().len(), REMEMBERED);
        record.clear();
        assert_eq!((record.all().len(), lock(&record.0).bytes), (0, 0));
    }
}
