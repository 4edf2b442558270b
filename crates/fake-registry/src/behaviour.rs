//! How does this registry behave? One switch for each aspect; the default is a correct modern registry.

use crate::auth::Auth;

/// What a registry does and leaves out. `Default` follows the distribution specification 1.1 in everything.
#[derive(Debug, Clone, Default)]
pub struct Behaviour {
    /// `GET /v2/<name>/referrers/<digest>`.
    pub referrers: Referrers,
    /// `OCI-Subject` on the answer to a pushed manifest with a subject.
    pub subject: SubjectHeader,
    /// `PUT /v2/<name>/manifests/<digest>?tag=a&tag=b`.
    pub multi_tag: MultiTag,
    /// How a repository without tags is listed.
    pub empty_tags: EmptyTags,
    /// What is done with `Accept` on a manifest.
    pub accept: Accept,
    /// `Content-Type` of a manifest.
    pub content_type: ContentType,
    /// `Docker-Content-Digest` of manifests and blobs.
    pub digest_header: DigestHeader,
    /// `Etag`, and 304 for `If-None-Match`.
    pub etag: Etag,
    /// Who may do what.
    pub auth: Auth,
    /// How `Link` is written.
    pub links: LinkStyle,
    /// Whether the last page of a list has a `Link`.
    pub last_page: LastPage,
    /// How many entries a page has at most.
    pub page_size: PageSize,
    /// How `Location` is written.
    pub locations: Locations,
    /// `GET /v2/_catalog`.
    pub catalog: Catalog,
    /// What may be deleted.
    pub delete: Delete,
    /// Whether `POST …/blobs/uploads/?digest=` stores a blob at once.
    pub single_post: SinglePost,
    /// `Content-Type` of an error with a JSON body.
    pub error_type: ErrorType,
    /// How much may be written.
    pub limits: Limits,
}

impl Behaviour {
    /// Like Debian's docker-registry 2.8.2 and distribution v3: no referrers API, no `OCI-Subject`, no `?tag=`,
    /// `Accept` taken at its word, `tags: null`, deletes by digest only.
    pub fn legacy() -> Self {
        Self {
            referrers: Referrers::NotFoundText,
            subject: SubjectHeader::Absent,
            multi_tag: MultiTag::Ignored,
            empty_tags: EmptyTags::Null,
            accept: Accept::Distribution28,
            etag: Etag::Sent,
            last_page: LastPage::LinkIfFull,
            locations: Locations::Absolute,
            delete: Delete::DigestOnly,
            single_post: SinglePost::Ignored,
            ..Self::default()
        }
    }
}

/// The referrers API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Referrers {
    /// As "Listing Referrers" wants it.
    #[default]
    On,
    /// As go-containerregistry's registry up to v0.21.9: the config's type instead of the manifest's own, no
    /// annotations, the filter ignored.
    ConfigTypes,
    /// As Quay before 3.12: neither type nor annotations.
    Untyped,
    /// 404 with `404 page not found` as text.
    NotFoundText,
    /// 404 with an error in JSON.
    NotFoundJson,
}

/// `OCI-Subject`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SubjectHeader {
    /// The digest of the subject.
    #[default]
    Sent,
    /// Not sent: the client has to keep the fallback tag.
    Absent,
    /// The digest of something else.
    Wrong,
}

/// `?tag=` on a push by digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MultiTag {
    /// Tags are made and confirmed in `OCI-Tag`.
    #[default]
    Honoured,
    /// Nothing is tagged, and nothing is said.
    Ignored,
}

/// A repository without tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EmptyTags {
    /// `"tags":[]`.
    #[default]
    List,
    /// `"tags":null`.
    Null,
}

/// `Accept` on a manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Accept {
    /// The manifest is sent whatever `Accept` says.
    #[default]
    Ignored,
    /// Only a type that is listed by name is sent, `*/*` counts for nothing (olareg). An index whose own type is
    /// not listed is answered with its first child whose type is.
    Listed,
    /// As docker-registry 2.8.2: OCI types must be listed, Docker types are converted by tag, down to schema 1.
    Distribution28,
    /// Only the first `Accept` line is read; else as [`Accept::Distribution28`].
    FirstLineOnly,
}

/// `Content-Type` of a manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ContentType {
    /// The type it was pushed with.
    #[default]
    Right,
    /// Another manifest type.
    Wrong,
    /// The right one, in other letters and with a parameter.
    Parameters,
    /// Not sent.
    Missing,
}

/// `Docker-Content-Digest`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DigestHeader {
    /// The digest of the body.
    #[default]
    Right,
    /// Not sent.
    Absent,
    /// The digest of something else.
    Wrong,
}

/// `Etag`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Etag {
    /// Not sent, as olareg and zot.
    #[default]
    Absent,
    /// The digest in quotes, as distribution.
    Sent,
}

/// `Link` of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LinkStyle {
    /// `</v2/…>; rel="next"`.
    #[default]
    Relative,
    /// `</v2/…>; rel=next`, as olareg.
    Unquoted,
    /// `<http://host/v2/…>; rel="next"`.
    Absolute,
}

/// The end of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LastPage {
    /// No `Link` when nothing follows.
    #[default]
    NoLink,
    /// A full page has a `Link` even if nothing follows, as distribution.
    LinkIfFull,
}

/// Entries of a page. A client's `n` can only make a page smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageSize {
    /// Tags.
    pub tags: usize,
    /// Repositories.
    pub catalog: usize,
    /// Referrers.
    pub referrers: usize,
}

impl Default for PageSize {
    fn default() -> Self {
        Self { tags: 1000, catalog: 1000, referrers: 1000 }
    }
}

/// `Location` of uploads and of what was stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Locations {
    /// A path.
    #[default]
    Relative,
    /// A whole URL, as distribution.
    Absolute,
}

/// The list of repositories.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Catalog {
    /// Answered.
    #[default]
    On,
    /// 404: the specification does not have it.
    Off,
}

/// Deletion of manifests and tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Delete {
    /// By tag and by digest.
    #[default]
    TagAndDigest,
    /// By digest; a tag is 400 `DIGEST_INVALID`, as docker-registry 2.8.2.
    DigestOnly,
    /// 405 `UNSUPPORTED`.
    Off,
}

/// An upload in one POST.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SinglePost {
    /// 201, the blob is stored.
    #[default]
    Stored,
    /// 202, an upload begins and the body is lost, as distribution.
    Ignored,
}

/// `Content-Type` of errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ErrorType {
    /// `application/json`.
    #[default]
    Json,
    /// `text/plain; charset=utf-8`, though the body is JSON, as olareg.
    Text,
}

/// What the memory may hold. A write beyond it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// All manifests, blobs, uploads and names together, in bytes.
    pub total: u64,
    /// One manifest, in bytes.
    pub manifest: u64,
    /// Uploads that are begun and not yet finished.
    pub uploads: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { total: 256 << 20, manifest: 4 << 20, uploads: 256 }
    }
}
