//! Which files does the web host hand out?
//!
//! Exactly those that lay in the UI's folder at start, or are inside this program, under exactly their names. A request never reaches the disk,
//! so no path of a request can lead out of that folder.

use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
};

use axum::http::{HeaderValue, header};
use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use host::decode;

/// More files than any build of the UI has.
const MOST_FILES: usize = 500;
/// More bytes than any build of the UI has.
const MOST_BYTES: u64 = 128 << 20;
/// More folders inside each other than any build of the UI has.
const DEEPEST: usize = 4;

/// The UI inside this program: names and bytes; none without the feature `embedded-ui`.
static EMBEDDED: &[(&str, &[u8])] = &include!(concat!(env!("OUT_DIR"), "/ui.rs"));

/// The built UI, in memory.
#[derive(Debug)]
pub struct Assets {
    files: HashMap<String, Asset>,
    page: Asset,
}

/// Why the folder cannot be served.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AssetsError {
    /// It cannot be read.
    #[error("{} cannot be read: {error}", path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// There is no page in it.
    #[error("{} holds no index.html", .0.display())]
    NoPage(PathBuf),
    /// It is no build of the UI.
    #[error("{} is too large for a built UI", .0.display())]
    TooLarge(PathBuf),
}

#[derive(Debug, Default)]
struct Asset {
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
    media_type: &'static str,
    cache: &'static str,
}

impl Assets {
    /// Reads the folder of a built UI: `index.html`, what it names, and `.br` and `.gz` beside it.
    ///
    /// # Errors
    /// It cannot be read, has no `index.html`, or is far larger than a UI.
    pub fn read(folder: &Path) -> Result<Self, AssetsError> {
        let mut read = HashMap::new();
        let mut bytes = 0;
        collect(folder, "", 0, &mut bytes, &mut read)?;
        Self::of(&read).ok_or_else(|| AssetsError::NoPage(folder.to_owned()))
    }

    /// The UI that is inside this program, if one is.
    pub fn embedded() -> Option<Self> {
        let files = EMBEDDED.iter().map(|(name, bytes)| ((*name).to_owned(), Bytes::from_static(bytes)));
        Self::of(&files.collect())
    }

    fn of(read: &HashMap<String, Bytes>) -> Option<Self> {
        let plain: Vec<_> = read.keys().filter(|name| !is_compressed(name)).cloned().collect();
        let mut files: HashMap<_, _> = plain
            .into_iter()
            .map(|name| {
                let asset = Asset {
                    brotli: read.get(&format!("{name}.br")).cloned(),
                    gzip: read.get(&format!("{name}.gz")).cloned(),
                    media_type: media_type(&name),
                    cache: cache(&name),
                    plain: read.get(&name).cloned().unwrap_or_default(),
                };
                (name, asset)
            })
            .collect();
        let page = files.remove("/index.html")?;
        Some(Self { files, page: Asset { cache: "no-store", ..page } })
    }

    /// The answer for a path, if there is one: a file, or the app's page for the app's own paths.
    pub(crate) fn answer(&self, path: &str, accept_encoding: &str) -> Option<Response> {
        let asset = match self.files.get(path) {
            Some(file) => file,
            None if is_application_path(path) => &self.page,
            None => return None,
        };
        Some(asset.answer(accept_encoding))
    }
}

impl Asset {
    fn answer(&self, accept_encoding: &str) -> Response {
        let (encoding, bytes) = match (&self.brotli, &self.gzip) {
            (Some(bytes), _) if accepts(accept_encoding, "br") => (Some("br"), bytes),
            (_, Some(bytes)) if accepts(accept_encoding, "gzip") => (Some("gzip"), bytes),
            _ => (None, &self.plain),
        };
        let mut response = Body::from(bytes.clone()).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.media_type));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(self.cache));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if let Some(encoding) = encoding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        response
    }
}

/// `/`, `/tour`, and `/r/…` for what registries hold. What is odd in such a path is nobody's link: empty, `.` and `..` parts,
/// backslashes, control characters, and anything that is still escaped after one decoding.
fn is_application_path(path: &str) -> bool {
    if matches!(path, "/" | "/tour") {
        return true;
    }
    let Some(decoded) = path.strip_prefix("/r/").and_then(decode) else { return false };
    let odd = |c: char| c.is_control() || c == '\\' || c == '%';
    let tail = decoded.strip_suffix('/').unwrap_or(&decoded);
    !decoded.contains(odd) && !tail.split('/').any(|part| matches!(part, "" | "." | ".."))
}

fn collect(
    folder: &Path,
    under: &str,
    depth: usize,
    bytes: &mut u64,
    read: &mut HashMap<String, Bytes>,
) -> Result<(), AssetsError> {
    let unreadable = |error| AssetsError::Unreadable { path: folder.to_owned(), error };
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let path = entry.path();
        // `file_type` does not follow links: a link in the folder is not part of the build.
        let kind = entry.file_type().map_err(unreadable)?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let name = format!("{under}/{name}");
        if kind.is_dir() && depth < DEEPEST {
            collect(&path, &name, depth + 1, bytes, read)?;
        } else if kind.is_file() {
            *bytes += entry.metadata().map_err(unreadable)?.len();
            if *bytes > MOST_BYTES || read.len() >= MOST_FILES {
                return Err(AssetsError::TooLarge(folder.to_owned()));
            }
            let content = fs::read(&path).map_err(|error| AssetsError::Unreadable { path, error })?;
            read.insert(name, content.into());
        }
    }
    Ok(())
}

fn is_compressed(name: &str) -> bool {
    matches!(name.rsplit_once('.'), Some((_, "br" | "gz")))
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "ico" => "image/x-icon",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

/// A name with a hash of its content stands for that content for ever; any other is asked for anew each time.
fn cache(name: &str) -> &'static str {
    let file = name.rsplit('/').next().unwrap_or(name);
    let hashed = file
        .split(['-', '.', '_'])
        .skip(1)
        .any(|part| part.len() >= 8 && part.bytes().all(|byte| byte.is_ascii_hexdigit()));
    if hashed { "public, max-age=31536000, immutable" } else { "no-cache" }
}

/// Whether `Accept-Encoding` names the coding, and not with weight 0 (RFC 9110, 12.5.3).
fn accepts(accept_encoding: &str, coding: &str) -> bool {
    accept_encoding.split(',').any(|entry| {
        let mut parts = entry.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(coding));
        let refused = parts.any(|part| {
            part.strip_prefix("q=")
                .and_then(|weight| weight.parse::<f32>().ok())
                .is_some_and(|weight| weight <= 0.0)
        });
        named && !refused
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_a_hash_are_kept_for_ever() {
        for name in ["/app-0123456789abcdef.js", "/app-0123456789abcdef_bg.wasm", "/app.0a1b2c3d.css"] {
            assert!(cache(name).ends_with("immutable"), "{name}");
        }
        for name in ["/app.js", "/deadbeef.js", "/favicon.ico", "/app-0123-4567.js"] {
            assert_eq!(cache(name), "no-cache", "{name}");
        }
    }

    #[test]
    fn codings_are_chosen_as_rfc_9110_says() {
        assert!(accepts("gzip, deflate, br, zstd", "br"));
        assert!(accepts("br;q=0.5", "br"));
        assert!(!accepts("br;q=0", "br"));
        assert!(!accepts("br; q=0.000, gzip", "br"));
        assert!(!accepts("", "gzip"));
        assert!(!accepts("brotli", "br"));
    }
}
