//! What does a pasted text point to?
//!
//! People paste what they have: a reference, a digest, a command, a line of a Dockerfile or of YAML, the address of a
//! registry's web page, a whole file. Read is what it names, and said is how it was understood and what was assumed.

mod command;
mod line;
mod options;
mod page;
mod switches;
mod text;
mod url;

use crate::{Algorithm, Digest, Host, Reference, ReferenceError, RepositoryName};

/// What a text points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pasted {
    /// The thing itself.
    pub target: Target,
    /// As what kind of text it was understood.
    pub how: How,
    /// What was assumed, or left out.
    pub notes: Vec<Note>,
}

/// What can be pointed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A registry by its name.
    Registry(Host),
    /// A repository, or with a tag or digest an object in it.
    Reference(Reference),
    /// A blob of a repository, by its own digest.
    Blob(Host, RepositoryName, Digest),
    /// A digest of a repository that the text does not name.
    Digest(Digest),
}

/// As what a text was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// A reference, a registry or a digest, by itself.
    Itself,
    /// A command, by its words: `docker run`.
    Command(String),
    /// A line of a Dockerfile, by its instruction: `FROM`.
    Instruction(&'static str),
    /// A member of YAML or JSON, by its name: `image`.
    Member(String),
    /// A page of a registry's web site.
    Page(Site),
    /// An address of the registry protocol: `https://…/v2/…`.
    Protocol,
    /// An address whose path is that of a repository.
    Address,
    /// A reference among other words.
    Word,
}

/// Whose web site a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Site {
    /// hub.docker.com
    DockerHub,
    /// Packages of github.com.
    GitHub,
    /// quay.io, or a Quay of one's own.
    Quay,
    /// Google's Artifact Registry, and the Container Registry before it.
    Google,
    /// gallery.ecr.aws, and the console of Amazon's private registries.
    Amazon,
    /// mcr.microsoft.com
    Microsoft,
    /// oci.dag.dev and explore.ggcr.dev.
    Explorer,
}

/// What was assumed, or left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// No registry is named, so it is Docker Hub.
    DockerHub,
    /// The text names more images: how many others.
    Others(usize),
    /// A variable has the value that the text gives as its default.
    Default {
        /// The variable.
        name: String,
        /// Its value.
        value: String,
    },
    /// The page is that of one version, and its address does not say which.
    SomeVersion,
    /// In a tag a `+` of a chart's version is written `_`.
    Underscore,
    /// 64 hex digits alone were taken for a SHA-256.
    Sha256,
    /// Only the registry is named, no image in it.
    NoImage,
}

/// Why a text points to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// There is no text.
    Empty,
    /// A part stands for something that the text does not say: `$TAG`, `<tag>`, `{{ .Values.tag }}`.
    Placeholder(String),
    /// `FROM scratch`: nothing is there to see.
    Scratch,
    /// The command names no image; its words.
    Command(String),
    /// The chart is of a repository of charts, not of a registry; its name.
    Chart(String),
    /// The page of a web site that names no image; its address.
    Page(String),
    /// The address begins with something other than http, https, docker or oci.
    Scheme(String),
    /// Several words, none of which is a reference.
    Words,
    /// One word that is no reference.
    Reference(ReferenceError),
}

/// Of a text, so much is looked at.
const LONGEST: usize = 64 << 10;

/// Reads a text as it is typed or pasted.
pub fn read(text: &str) -> Result<Pasted, Reason> {
    text::read(&text[..text.floor_char_boundary(LONGEST)])
}

/// One word that should be a reference, a registry or a digest.
fn word(text: &str, how: How) -> Result<Pasted, Reason> {
    let bare = text.trim_end_matches('/');
    if let Some(placeholder) = line::placeholder(bare) {
        return Err(Reason::Placeholder(placeholder.to_owned()));
    }
    if let Some(pasted) = digest(bare) {
        return Ok(Pasted { how, ..pasted });
    }
    if let Some(host) = registry(text) {
        return Ok(Pasted { target: Target::Registry(host), how, notes: Vec::new() });
    }
    let reference: Reference = bare.parse().map_err(Reason::Reference)?;
    let mut notes = Vec::new();
    let named = ["docker://", "oci://"].iter().find_map(|scheme| bare.strip_prefix(scheme)).unwrap_or(bare);
    let first = named.split('/').next().unwrap_or_default().parse::<Host>();
    if reference.host.as_str() == Host::DOCKER_HUB && first.map_or(true, |first| first != reference.host) {
        notes.push(Note::DockerHub);
    }
    Ok(Pasted { target: Target::Reference(reference), how, notes })
}

/// A digest by itself, also with the `@` before it, as the tag that tools make of it, or its digits alone.
fn digest(text: &str) -> Option<Pasted> {
    let bare = text.strip_prefix('@').unwrap_or(text);
    let (found, notes) = match bare.parse::<Digest>() {
        Ok(digest) => (digest, Vec::new()),
        Err(_) if bare.len() == 64 => (format!("sha256:{bare}").parse().ok()?, vec![Note::Sha256]),
        Err(_) => {
            let (algorithm, hex) = bare.split_once('-')?;
            (format!("{algorithm}:{hex}").parse().ok()?, Vec::new())
        }
    };
    is_known(&found).then_some(Pasted { target: Target::Digest(found), how: How::Itself, notes })
}

/// Whether a digest is no reference to a tag: `debian:12` follows the grammar of digests too. The algorithms that the
/// image specification registers, descriptor.md: each has hex digits of one length.
fn is_known(digest: &Digest) -> bool {
    let hex = |b: u8| matches!(b, b'0'..=b'9' | b'a'..=b'f');
    match digest.algorithm() {
        Algorithm::Sha256 | Algorithm::Sha512 => true,
        Algorithm::Other(name) => {
            name == "blake3" && digest.encoded().len() == 64 && digest.encoded().bytes().all(hex)
        }
    }
}

/// A registry alone: a name with a dot, a port or brackets, and nothing behind it.
fn registry(text: &str) -> Option<Host> {
    let name = text.strip_suffix('/').unwrap_or(text);
    if name.contains(['/', '@']) {
        return None;
    }
    let host: Host = name.parse().ok()?;
    let named = text.ends_with('/') || host.name() == "localhost" || name.starts_with('[');
    // `debian:12` is a tag of Docker Hub, `registry.example:5000` is a port.
    (named || host.name().contains('.')).then_some(host)
}
