//! How is one row of JSON drawn: links for digests, media types and addresses, nothing hidden?

use std::ops::Range;

use leptos::prelude::*;
use oci::{Digest, Reference};
use view::json::{Kind, Span};

use crate::{
    object::{link, naming, outside::outside},
    shared::digest::{DigestGlyph, GlyphSize},
};

/// What the strings of a document lead to.
pub(in crate::object) struct Links {
    /// The object that names them.
    pub(in crate::object) beside: Reference,
    /// Whether a digest leads to a manifest; every other one is a blob's.
    pub(in crate::object) is_manifest: Box<dyn Fn(&Digest) -> bool + Send + Sync>,
    /// Asks whether an address outside may be opened.
    pub(in crate::object) ask: Callback<String>,
    /// Opens a blob, where it can be opened beside what is shown.
    pub(in crate::object) blob: Option<Callback<Digest>>,
}

/// Rows of more bytes than this have colours for links and media types only: thousands of elements a screen are slow.
const COLOURED: usize = 400;

/// Draws the spans of a row; `hits` are places of a word that is looked for.
pub(super) fn draw(spans: &[Span<'_>], links: &Links, hits: &[Range<usize>]) -> AnyView {
    let is_long = spans.iter().map(|span| span.text.len()).sum::<usize>() > COLOURED;
    let mut drawn = Vec::with_capacity(spans.len());
    let mut plain: Option<Range<usize>> = None;
    let text_of = |range: &Range<usize>| -> String {
        spans
            .iter()
            .filter(|span| range.start <= span.start && span.start < range.end)
            .map(|span| span.text)
            .collect()
    };
    for span in spans {
        let range = span.start..span.start + span.text.len();
        let is_hit = hits.iter().any(|hit| hit.start < range.end && range.start < hit.end);
        let part = match span.kind {
            Some(Kind::Digest) => {
                quoted(span.text, |inner| Some(digest_text(inner.parse().ok()?, links, is_hit)))
            }
            Some(Kind::MediaType) => quoted(span.text, |inner| {
                Some(
                    view! { <span class="tok-type" class=("is-hit", is_hit)>{inner.to_owned()}</span> }
                        .into_any(),
                )
            }),
            Some(Kind::Url) => quoted(span.text, |inner| Some(address(inner, links, is_hit))),
            Some(Kind::Key) if !is_long => {
                view! { <span class="tok-key">{marked(span.text, span.start, hits)}</span> }.into_any()
            }
            Some(Kind::Mark(_)) if !is_long && !is_hit => {
                view! { <span class="tok-punct">{span.text.to_owned()}</span> }.into_any()
            }
            _ => {
                plain = Some(plain.map_or(range.clone(), |before| before.start..range.end));
                continue;
            }
        };
        if let Some(range) = plain.take() {
            drawn.push(marked(&text_of(&range), range.start, hits));
        }
        drawn.push(part);
    }
    if let Some(range) = plain.take() {
        drawn.push(marked(&text_of(&range), range.start, hits));
    }
    drawn.into_any()
}

/// A string with its content drawn; as plain text where a long line cuts it, or where it cannot be drawn.
fn quoted(text: &str, draw: impl FnOnce(&str) -> Option<AnyView>) -> AnyView {
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    match inner.and_then(draw) {
        Some(drawn) => view! { "\"" {drawn} "\"" }.into_any(),
        None => hidden_shown(text),
    }
}

/// A digest: a link to the manifest, or to the blob among the layers.
fn digest_text(digest: Digest, links: &Links, is_hit: bool) -> AnyView {
    let text = digest.to_string();
    let glyph = view! { <DigestGlyph digest=digest.clone() size=GlyphSize::Row /> };
    let name = view::text("ui.object.open_digest", &[("digest", &text)]);
    if (links.is_manifest)(&digest) {
        let path = link::path(&links.beside, &digest);
        return view! {
            <a class="tok-link" class=("is-hit", is_hit) href=path aria-label=name data-testid="manifest-link"
                data-digest=text.clone()>
                {glyph}{text.clone()}
            </a>
        }
        .into_any();
    }
    let open = links.blob;
    let path = match open {
        Some(_) => link::blob_path(&links.beside, &digest),
        None if !naming::of(&links.beside, &digest).is_empty() => link::alone_address(&links.beside, &digest),
        // A content may name digests of whatever: a config those of uncompressed layers, which are in no registry.
        None => {
            return view! { <span class="tok-digest" class=("is-hit", is_hit)>{glyph}{text}</span> }
                .into_any();
        }
    };
    view! {
        <a class="tok-link tok-blob" class=("is-hit", is_hit) href=path aria-label=name data-testid="blob-link"
            data-digest=text.clone()
            on:click=move |event| {
                if let Some(open) = open && !link::elsewhere(&event) {
                    event.prevent_default();
                    event.stop_propagation();
                    open.run(digest.clone());
                }
            }>
            {glyph}{text.clone()}
        </a>
    }
    .into_any()
}

/// A web address: a link that asks before it leads outside. What no browser should open stays text.
fn address(text: &str, links: &Links, is_hit: bool) -> AnyView {
    let Some(target) = outside(text) else { return hidden_shown(text) };
    let ask = links.ask;
    let asked = text.to_owned();
    view! {
        <a class="tok-link" class=("is-hit", is_hit) href=target.href target="_blank" rel="noopener noreferrer"
            data-testid="outside-link"
            on:click=move |event| {
                event.prevent_default();
                ask.run(asked.clone());
            }>{hidden_shown(text)}</a>
    }
    .into_any()
}

/// A text that begins at a byte of the document, with what is looked for marked in it.
fn marked(text: &str, start: usize, hits: &[Range<usize>]) -> AnyView {
    let mut parts = Vec::new();
    let mut at = 0;
    for hit in hits {
        let (from, to) = (hit.start.max(start) - start, hit.end.saturating_sub(start).min(text.len()));
        let (Some(before), Some(found)) = (text.get(at..from), text.get(from..to)) else { continue };
        if found.is_empty() {
            continue;
        }
        parts.push(hidden_shown(before));
        parts.push(view! { <mark class="hit">{hidden_shown(found)}</mark> }.into_any());
        at = to;
    }
    if parts.is_empty() {
        return hidden_shown(text);
    }
    parts.push(hidden_shown(text.get(at..).unwrap_or_default()));
    parts.into_any()
}

/// The text as it is; characters that hide or turn the reading direction are written out, and marked as that.
pub(super) fn hidden_shown(text: &str) -> AnyView {
    let hides = |c: char| view::is_hidden(c) && !matches!(c, '\t' | '\r');
    if !text.contains(hides) {
        return text.to_owned().into_any();
    }
    text.split_inclusive(hides)
        .map(|part| match part.char_indices().next_back() {
            Some((place, last)) if hides(last) => {
                let shown = view::visible(&part[place..]);
                view! { {part[..place].to_owned()} <span class="tok-hidden">{shown}</span> }.into_any()
            }
            _ => part.to_owned().into_any(),
        })
        .collect_view()
        .into_any()
}
