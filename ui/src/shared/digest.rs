//! What picture and which short text stand for a digest?

use leptos::prelude::*;
use oci::{Algorithm, Digest};

use super::copy::CopyButton;

/// How large a glyph is drawn: whole multiples of 19 px only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GlyphSize {
    /// 19 px, in lists.
    Row,
    /// 38 px, in headers.
    Header,
}

impl GlyphSize {
    fn pixels(self) -> &'static str {
        match self {
            Self::Row => "19",
            Self::Header => "38",
        }
    }
}

/// The picture of a digest. Decorative: its hex always stands beside it.
#[component]
pub(crate) fn DigestGlyph(
    /// The digest.
    digest: Digest,
    /// How large.
    size: GlyphSize,
) -> impl IntoView {
    let glyph = view::glyph(&digest);
    // SHA-512 has a cut corner, so that two digests of one content are told apart.
    let tile = match digest.algorithm() {
        Algorithm::Sha512 => "M4 0h10l5 5v10a4 4 0 0 1-4 4H4a4 4 0 0 1-4-4V4a4 4 0 0 1 4-4z",
        _ => "M4 0h11a4 4 0 0 1 4 4v11a4 4 0 0 1-4 4H4a4 4 0 0 1-4-4V4a4 4 0 0 1 4-4z",
    };
    view! {
        <svg class=format!("glyph glyph-{}", glyph.ink) viewBox="0 0 19 19" aria-hidden="true"
            width=size.pixels() height=size.pixels()>
            <path class="glyph-tile" d=tile />
            <path class="glyph-cells" d=glyph.path() />
        </svg>
    }
}

/// The first 8 digits, split 4 + 4.
#[component]
pub(crate) fn ShortHex(
    /// The digest.
    digest: Digest,
) -> impl IntoView {
    let (first, second) = short(&digest);
    view! { <span class="hex" title=digest.to_string()>{first}<span class="hex-2">{second}</span></span> }
}

/// Glyph and short hex side by side: how a digest stands in a list.
#[component]
pub(crate) fn ShortDigest(
    /// The digest.
    digest: Digest,
) -> impl IntoView {
    view! {
        <span class="dig">
            <DigestGlyph digest=digest.clone() size=GlyphSize::Row />
            <ShortHex digest />
        </span>
    }
}

/// The whole digest in one line, cut with dots where it is narrow, with a copy button.
#[component]
pub(crate) fn DigestLine(
    /// The digest.
    digest: Digest,
) -> impl IntoView {
    let (first, second) = short(&digest);
    let rest = digest.encoded().get(first.len() + second.len()..).unwrap_or_default().to_owned();
    let algorithm = format!("{}:", digest.algorithm().as_str());
    let whole = digest.to_string();
    view! {
        <span class="digest-line">
            <span class="digest-text" title=whole.clone() data-testid="object-digest">
                <span class="digest-alg">{algorithm}</span>
                <b>{first}</b><b class="hex-2">{second}</b>{rest}
            </span>
            <CopyButton text=Signal::stored(whole) label=view::text("ui.shared.copy_digest", &[]) />
        </span>
    }
}

/// The first eight characters of the encoded part, in two halves. It is ASCII by its grammar.
fn short(digest: &Digest) -> (String, String) {
    let encoded = digest.encoded();
    let eight = encoded.get(..8).unwrap_or(encoded);
    let (first, second) = eight.split_at(eight.len().min(4));
    (first.to_owned(), second.to_owned())
}
