//! As what is a blob shown, and may it be read as text at all?

use api::Body;
use oci::{Descriptor, Role};
use view::content::{Content, content};

/// What the bytes are shown as.
pub(super) fn shape(descriptor: &Descriptor, bytes: &Body) -> Content {
    let title = descriptor.annotations.get("org.opencontainers.image.title");
    content(descriptor.media_type.as_ref(), title.map(String::as_str), &bytes.0)
}

/// The name of it in the page and in keys of sentences.
pub(super) fn name(of: Content) -> &'static str {
    match of {
        Content::Json => "json",
        Content::Yaml => "yaml",
        Content::Markdown => "markdown",
        Content::Text => "text",
        Content::Binary => "binary",
    }
}

/// Whether a blob may be text, by its type: archives and programs are not.
pub(super) fn is_readable(descriptor: &Descriptor) -> bool {
    let kind = descriptor.media_type.as_ref().map(oci::MediaType::essence).unwrap_or_default();
    let layer = descriptor.media_type.as_ref().is_some_and(|kind| kind.role() == Role::Layer);
    const NEVER: [&str; 7] = ["gzip", "zstd", "tar", "wasm", "zip", "xz", "bzip2"];
    !layer && !NEVER.iter().any(|end| kind.ends_with(end))
}
