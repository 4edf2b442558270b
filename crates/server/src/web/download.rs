//! How does a saved file reach the browser's downloads?
//!
//! `GET /saved/<ticket>?name=<name>`. A download carries no header of ours, so the ticket is the key: 128 random bits
//! that count once; a download that breaks off gives it back, for the browser's own "try again". The file is handed
//! out as bytes and nothing else, never to be shown, and is removed when all of it is on its way.

use std::{fs, io, sync::Arc};

use axum::{
    body::Body,
    extract::{Path, RawQuery, State},
    http::{HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use futures_util::{Stream, stream};
use host::{Returned, Saved, Saves, decode, file_name};
use tokio::{fs::File, io::AsyncReadExt};

use super::routes::Web;

/// Bytes that are read and sent at a time.
const PIECE: usize = 64 << 10;

/// What is left of a name in plain ASCII for programs that know no better (RFC 6266, appendix D).
const PLAIN: &[u8] = b"-._ +()[],@~";

/// What stands unescaped in a `filename*` (RFC 8187, attr-char).
const ATTR_CHAR: &[u8] = b"!#$&+-.^_`|~";

/// Answers with the file of a ticket.
pub(crate) async fn download<B: Saves>(
    State(web): State<Arc<Web<B>>>,
    method: Method,
    Path(ticket): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    if method != Method::GET {
        // A `HEAD` would use up the ticket.
        let allow = [(header::ALLOW, HeaderValue::from_static("GET"))];
        return (StatusCode::METHOD_NOT_ALLOWED, allow, "A file is fetched by GET, once.\n").into_response();
    }
    let gone =
        "This file was fetched before, or the host was started anew since. Save it again in Ociscope.\n";
    let Some(saved) = web.returned.or_new(&web.backend, &ticket) else {
        return (StatusCode::NOT_FOUND, gone).into_response();
    };
    let file = match File::open(&saved.path).await {
        Ok(file) => file,
        Err(error) => {
            tracing::warn!(%error, "a saved file cannot be read");
            return (StatusCode::NOT_FOUND, gone).into_response();
        }
    };
    let name = file_name(&name(query.as_deref().unwrap_or_default()));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream")),
        (header::CONTENT_LENGTH, HeaderValue::from(saved.size)),
        (header::CONTENT_DISPOSITION, disposition(&name)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    let sending = Sending { left: saved.size, ticket, returned: web.returned.clone(), saved };
    (headers, Body::from_stream(pieces(file, sending))).into_response()
}

/// A file on its way. Dropped with nothing left to send, it is removed; before that, it can be taken again.
struct Sending {
    saved: Saved,
    left: u64,
    ticket: String,
    returned: Returned,
}

impl Drop for Sending {
    fn drop(&mut self) {
        if self.left == 0 {
            let _ = fs::remove_file(&self.saved.path);
        } else {
            self.returned.give(&self.ticket, self.saved.clone());
        }
    }
}

fn pieces(file: File, sending: Sending) -> impl Stream<Item = io::Result<Bytes>> {
    stream::try_unfold((file, sending), |(mut file, mut sending)| async move {
        if sending.left == 0 {
            return Ok(None);
        }
        let mut piece = vec![0; PIECE.min(usize::try_from(sending.left).unwrap_or(PIECE))];
        let read = file.read(&mut piece).await?;
        if read == 0 {
            // Shorter than it was: the answer is cut, and the browser says so.
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        piece.truncate(read);
        sending.left -= read as u64;
        Ok(Some((Bytes::from(piece), (file, sending))))
    })
}

/// The name that the page asks for.
fn name(query: &str) -> String {
    query.split('&').find_map(|pair| pair.strip_prefix("name=")).and_then(decode).unwrap_or_default()
}

/// RFC 6266: the name in ASCII, and as it is for who reads that (RFC 8187).
fn disposition(name: &str) -> HeaderValue {
    let plain = |c: char| c.is_ascii_alphanumeric() || (c.is_ascii() && PLAIN.contains(&(c as u8)));
    let ascii: String = name.chars().map(|c| if plain(c) { c } else { '_' }).collect();
    let mut value = format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''");
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || ATTR_CHAR.contains(&byte) {
            value.push(char::from(byte));
        } else {
            value.push_str(&format!("%{byte:02X}"));
        }
    }
    HeaderValue::try_from(value).expect("it is made of visible ASCII")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The escapes of the second and third are those of RFC 8187, section 3.2.3.
    #[test]
    fn a_name_is_written_as_rfc_6266_and_8187_say() {
        for (name, header) in [
            ("a b.json", r#"attachment; filename="a b.json"; filename*=UTF-8''a%20b.json"#),
            ("€ rates", r#"attachment; filename="_ rates"; filename*=UTF-8''%E2%82%AC%20rates"#),
            ("£.tgz", r#"attachment; filename="_.tgz"; filename*=UTF-8''%C2%A3.tgz"#),
            ("a%41;=\"'.x", r#"attachment; filename="a_41____.x"; filename*=UTF-8''a%2541%3B%3D%22%27.x"#),
        ] {
            assert_eq!(disposition(name), header);
        }
    }

    #[test]
    fn the_name_is_read_from_the_query() {
        assert_eq!(name("name=a%20b%2Fc.json"), "a b/c.json");
        assert_eq!(name("x=1&name=%E2%82%AC"), "€");
        for none in ["", "nam=a", "name=%zz", "name=%ff"] {
            assert_eq!(name(none), "", "{none}");
        }
    }
}
