//! As what is a blob shown?

use api::Body;
use oci::{Descriptor, Role};

/// What a blob is shown as. Nothing of it ever runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// JSON, with its digests and addresses as links.
    Json,
    /// YAML, as text.
    Yaml,
    /// Markdown, as text.
    Markdown,
    /// Any other text.
    Text,
    /// No text: as numbers.
    Binary,
}

impl Shape {
    /// Its name in the page and in keys of sentences.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Yaml => "yaml",
            Self::Markdown => "markdown",
            Self::Text => "text",
            Self::Binary => "binary",
        }
    }
}

/// What the bytes are shown as: by what they are, then by what they are said to be.
pub(super) fn shape(descriptor: &Descriptor, bytes: &Body) -> Shape {
    let Some(text) = bytes.text().filter(|text| !text.contains('\0')) else { return Shape::Binary };
    let kind = essence(descriptor);
    let title = descriptor.annotations.get("org.opencontainers.image.title").map(String::as_str);
    let ends = |end: &str| title.is_some_and(|title| title.to_ascii_lowercase().ends_with(end));
    if kind.ends_with("json") || text.trim_start().starts_with(['{', '[']) {
        Shape::Json
    } else if kind.ends_with("yaml") || ends(".yaml") || ends(".yml") {
        Shape::Yaml
    } else if kind.ends_with("markdown") || ends(".md") {
        Shape::Markdown
    } else {
        Shape::Text
    }
}

/// Whether a blob may be text, by its type: archives and programs are not.
pub(super) fn is_readable(descriptor: &Descriptor) -> bool {
    let kind = essence(descriptor);
    let layer = descriptor.media_type.as_ref().is_some_and(|kind| kind.role() == Role::Layer);
    const NEVER: [&str; 7] = ["gzip", "zstd", "tar", "wasm", "zip", "xz", "bzip2"];
    !layer && !NEVER.iter().any(|end| kind.ends_with(end))
}

fn essence(descriptor: &Descriptor) -> String {
    descriptor.media_type.as_ref().map(oci::MediaType::essence).unwrap_or_default()
}
