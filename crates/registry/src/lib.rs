//! How is it fetched? The distribution protocol over HTTP, with limits, retries and a trace of each exchange.
//!
//! [`Client`] is the entry. Bytes are kept exactly as they came and compared with their digest before anyone sees
//! them. Nothing waits or grows without a bound: see [`Limits`].

mod answer;
mod auth;
mod blobs;
mod clock;
mod connection;
mod content;
mod credentials;
mod dns;
mod download;
mod endpoint;
mod engine;
mod error;
mod exchange;
mod fault;
mod limit;
mod manifests;
mod names;
mod open;
mod options;
mod page;
mod path;
mod ping;
mod record;
mod redirect;
mod retry;
mod secret;
mod send;
mod text;
mod trace;
mod trust;
mod untrusted;
mod warning;

use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use oci::{Digest, Finding, MediaType, RepositoryName, TagOrDigest, Verification};
use url::Url;

use engine::Engine;
use names::Listing;

pub use clock::{Clock, SystemClock};
pub use content::decode;
pub use credentials::{Anonymous, Credentials, Login, LookupError};
pub use download::Download;
pub use endpoint::Endpoint;
pub use error::{Error, ErrorKind, Stage};
pub use exchange::{Connection, Exchange, Header, Outcome};
pub use options::{Limits, Options};
pub use secret::Secret;
pub use trace::{TRACE_LENGTH, Trace};
pub use trust::{Trust, TrustError};

/// One page of names, as the registry sent it.
#[derive(Debug, Clone, PartialEq)]
pub struct NamesPage {
    /// Names that no earlier page had, in the registry's order, also those outside the grammar.
    pub names: Vec<String>,
    /// 1 for the first.
    pub page: u32,
    /// Whether this was the last page and nothing is missing. The stream's last page with `false` was stopped: a
    /// finding says why.
    pub complete: bool,
    /// What is wrong with the page: RG009, RG010, RG017, RG018.
    pub findings: Vec<Finding>,
    /// The exchanges for this page.
    pub exchanges: Vec<Exchange>,
}

/// A manifest's bytes exactly as they came.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RawManifest {
    /// The bytes.
    pub bytes: Bytes,
    /// The digest it was asked by; for a tag the SHA-256 of the bytes, whatever the header says.
    pub digest: Digest,
    /// Whether the bytes hash to the digest that was asked for or, for a tag, to the one in the header. `CannotVerify`
    /// where there is none, or one of an algorithm that is not computed here.
    pub verification: Verification,
    /// The `Content-Type` header.
    pub content_type: Option<MediaType>,
    /// The `Docker-Content-Digest` header as it came.
    pub digest_header: Option<String>,
    /// Texts of `Warning: 299` headers, without control characters.
    pub warnings: Vec<String>,
    /// RG002, RG003, RG007.
    pub findings: Vec<Finding>,
    /// The exchanges, oldest first.
    pub exchanges: Vec<Exchange>,
}

/// A blob's bytes exactly as they came.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RawBlob {
    /// The bytes.
    pub bytes: Bytes,
    /// Whether they hash to the digest that was asked for.
    pub verification: Verification,
    /// The exchanges, oldest first.
    pub exchanges: Vec<Exchange>,
}

/// What a `HEAD` of a blob tells.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct BlobHead {
    /// `Content-Length`.
    pub size: Option<u64>,
    /// `Content-Type`.
    pub content_type: Option<MediaType>,
    /// The exchanges, oldest first.
    pub exchanges: Vec<Exchange>,
}

/// What a manifest's `HEAD` told, or the `GET` that was needed in its place.
#[derive(Debug, Clone, PartialEq)]
pub enum Looked {
    /// The `HEAD` told enough.
    Head(ManifestHead),
    /// It did not: the whole manifest.
    Whole(RawManifest),
}

/// What a `HEAD` of a manifest tells.
#[derive(Debug, Clone, PartialEq)]
pub struct ManifestHead {
    /// `Docker-Content-Digest`, where it is a digest.
    pub digest: Option<Digest>,
    /// `Content-Length`.
    pub size: Option<u64>,
    /// `Content-Type`.
    pub content_type: Option<MediaType>,
    /// `Docker-Content-Digest` as it came.
    pub digest_header: Option<String>,
    /// Texts of `Warning: 299` headers, without control characters.
    pub warnings: Vec<String>,
    /// The exchanges, oldest first.
    pub exchanges: Vec<Exchange>,
}

/// What `GET /v2/` tells.
#[derive(Debug, Clone, PartialEq)]
pub struct Ping {
    /// The origin that answered.
    pub origin: Url,
    /// Whether it asked for a token or login there. Many registries do and still serve public repositories.
    pub auth_needed: bool,
    /// `Docker-Distribution-Api-Version`.
    pub api_version: Option<String>,
    /// The exchanges, oldest first.
    pub exchanges: Vec<Exchange>,
}

/// Asks registries. Cheap to clone; clones share connections, tokens, limits and the trace.
///
/// Dropping a future or a stream aborts its request. Every error carries the exchanges that led to it.
#[derive(Clone)]
pub struct Client {
    engine: Arc<Engine>,
}

impl Client {
    /// A client.
    ///
    /// # Errors
    /// When the HTTP library cannot be set up on this machine, or the `User-Agent` is no header value.
    pub fn new(options: Options) -> Result<Self, Error> {
        Ok(Self { engine: Arc::new(Engine::new(options)?) })
    }

    /// Asks `GET /v2/` (distribution specification, "Determining Support"). A 401 is an answer of a registry too;
    /// with a login it is followed up.
    ///
    /// # Errors
    /// [`ErrorKind::NotARegistry`] where something else answers, and the kinds of a failed exchange.
    pub async fn ping(&self, at: &Endpoint) -> Result<Ping, Error> {
        Box::pin(ping::ping(&self.engine, at)).await
    }

    /// Lists repositories page by page (`GET /v2/_catalog`). A page is fetched when the stream is polled for it.
    ///
    /// # Errors
    /// Items: [`ErrorKind::Unsupported`] where a registry has no such list, and the kinds of a failed exchange. The
    /// stream ends after an error.
    pub fn repositories(&self, at: &Endpoint) -> BoxStream<'static, Result<NamesPage, Error>> {
        names::pages(Arc::clone(&self.engine), at.clone(), Listing::Repositories)
    }

    /// Lists tags page by page (distribution specification, "Listing Tags"). A page is fetched when the stream is
    /// polled for it.
    ///
    /// # Errors
    /// Items: [`ErrorKind::RepositoryNotFound`], and the kinds of a failed exchange. The stream ends after an error.
    pub fn tags(
        &self,
        at: &Endpoint,
        repository: &RepositoryName,
    ) -> BoxStream<'static, Result<NamesPage, Error>> {
        names::pages(Arc::clone(&self.engine), at.clone(), Listing::Tags(repository.clone()))
    }

    /// Fetches a manifest of at most 4 MiB (distribution specification, "Pulling manifests").
    ///
    /// # Errors
    /// [`ErrorKind::BadAnswer`] (RG004) where it was asked by digest and the bytes hash to another one,
    /// [`ErrorKind::ManifestNotFound`], [`ErrorKind::TooLarge`], and the kinds of a failed exchange.
    pub async fn manifest(
        &self,
        at: &Endpoint,
        repository: &RepositoryName,
        target: &TagOrDigest,
    ) -> Result<RawManifest, Error> {
        Box::pin(manifests::get(&self.engine, at, repository, target)).await
    }

    /// Asks for a manifest's digest, size and type by `HEAD`; by `GET` where the answer does not tell them or gives
    /// no reason for an error.
    ///
    /// # Errors
    /// As [`Client::manifest`].
    pub async fn head_manifest(
        &self,
        at: &Endpoint,
        repository: &RepositoryName,
        target: &TagOrDigest,
    ) -> Result<ManifestHead, Error> {
        Ok(match self.look_at_manifest(at, repository, target).await? {
            Looked::Head(head) => head,
            Looked::Whole(manifest) => ManifestHead {
                digest: Some(manifest.digest),
                size: Some(manifest.bytes.len() as u64),
                content_type: manifest.content_type,
                digest_header: manifest.digest_header,
                warnings: manifest.warnings,
                exchanges: manifest.exchanges,
            },
        })
    }

    /// The same, and the whole manifest where that was fetched anyway.
    ///
    /// # Errors
    /// As [`Client::manifest`].
    pub async fn look_at_manifest(
        &self,
        at: &Endpoint,
        repository: &RepositoryName,
        target: &TagOrDigest,
    ) -> Result<Looked, Error> {
        Box::pin(manifests::look(&self.engine, at, repository, target)).await
    }

    /// Fetches a blob of at most `limit` bytes and compares it with its digest (distribution specification, "Pulling
    /// blobs").
    ///
    /// # Errors
    /// [`ErrorKind::TooLarge`] at `limit` + 1 bytes, [`ErrorKind::ManifestNotFound`] where there is no such blob, and
    /// the kinds of a failed exchange. Other bytes than asked for are no error: see [`RawBlob::verification`].
    pub async fn blob(
        &self,
        at: &Endpoint,
        repository: &RepositoryName,
        digest: &Digest,
        limit: u64,
    ) -> Result<RawBlob, Error> {
        Box::pin(blobs::get(&self.engine, at, repository, digest, limit)).await
    }

    /// Asks for a blob's length by `HEAD`; where that is refused by `GET`, of which no body is read (distribution
    /// specification, "Checking if content exists").
    ///
    /// # Errors
    /// [`ErrorKind::ManifestNotFound`] where there is no such blob, and the kinds of a failed exchange.
    pub async fn head_blob(
        &self,
        at: &Endpoint,
        repository: &RepositoryName,
        digest: &Digest,
    ) -> Result<BlobHead, Error> {
        Box::pin(blobs::head(&self.engine, at, repository, digest)).await
    }

    /// Begins to fetch a blob of any length, from a byte on (RFC 9110, 14): 0 for all of it. Its bytes have not been
    /// compared with its digest.
    ///
    /// # Errors
    /// [`ErrorKind::ManifestNotFound`] where there is no such blob, and the kinds of a failed exchange.
    pub async fn download(
        &self,
        at: &Endpoint,
        repository: &RepositoryName,
        digest: &Digest,
        from: u64,
    ) -> Result<Download, Error> {
        Box::pin(download::begin(&self.engine, at, repository, digest, from)).await
    }

    /// The clock that this client goes by.
    pub fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.engine.sender.clock)
    }

    /// The latest exchanges of this client and its clones.
    pub fn trace(&self) -> &Trace {
        &self.engine.sender.trace
    }
}
