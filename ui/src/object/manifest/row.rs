//! How is one row of JSON drawn: links for digests, dots under media types, nothing hidden?

use std::collections::HashSet;

use leptos::{prelude::*, task::spawn_local};
use oci::{Digest, Reference, View};
use view::json::{Kind, Span};

use crate::{
    object::link,
    shared::{
        copy::copy,
        digest::{DigestGlyph, GlyphSize},
    },
};

/// What the digests of a document mean.
pub(super) struct Digests {
    /// The object that names them.
    pub(super) beside: Reference,
    /// Those that lead to a manifest.
    pub(super) manifests: HashSet<Digest>,
}

/// Which digests lead to manifests: those of children and subject. Every other one is a blob's.
pub(super) fn manifests(document: &View) -> HashSet<Digest> {
    document
        .manifests
        .iter()
        .chain(&document.subject)
        .filter(|descriptor| link::is_manifest(descriptor))
        .filter_map(|descriptor| descriptor.digest.clone())
        .collect()
}

/// Rows of more bytes than this have colours for links and media types only: thousands of elements a screen are slow.
const COLOURED: usize = 400;

/// Draws the spans of a row.
pub(super) fn draw(spans: &[Span<'_>], digests: &Digests) -> AnyView {
    let is_long = spans.iter().map(|span| span.text.len()).sum::<usize>() > COLOURED;
    let mut drawn = Vec::with_capacity(spans.len());
    let mut plain = String::new();
    for span in spans {
        let part = match span.kind {
            Some(Kind::Digest) => quoted(span.text, |inner| Some(digest_text(inner.parse().ok()?, digests))),
            Some(Kind::MediaType) => quoted(span.text, |inner| {
                Some(view! { <span class="tok-type">{inner.to_owned()}</span> }.into_any())
            }),
            Some(Kind::Key) if !is_long => {
                view! { <span class="tok-key">{hidden_shown(span.text)}</span> }.into_any()
            }
            Some(Kind::Mark(_)) if !is_long => {
                view! { <span class="tok-punct">{span.text.to_owned()}</span> }.into_any()
            }
            _ => {
                plain.push_str(span.text);
                continue;
            }
        };
        if !plain.is_empty() {
            drawn.push(hidden_shown(&std::mem::take(&mut plain)));
        }
        drawn.push(part);
    }
    if !plain.is_empty() {
        drawn.push(hidden_shown(&plain));
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

/// A digest: a link where it leads to a manifest, otherwise a button that copies it, marked as a blob.
fn digest_text(digest: Digest, digests: &Digests) -> AnyView {
    let text = digest.to_string();
    let glyph = view! { <DigestGlyph digest=digest.clone() size=GlyphSize::Row /> };
    if digests.manifests.contains(&digest) {
        let path = link::path(&digests.beside, &digest);
        let name = view::text("ui.object.open_digest", &[("digest", &text)]);
        view! {
            <a class="tok-link" href=path aria-label=name data-testid="manifest-link" data-digest=text.clone()>
                {glyph}{text.clone()}
            </a>
        }
        .into_any()
    } else {
        let name = view::text("ui.object.code.blob", &[("digest", &text)]);
        let copied = text.clone();
        let done = RwSignal::new(false);
        let click = move |_| {
            let text = copied.clone();
            spawn_local(async move {
                let copied = copy(&text).await;
                let _ = done.try_set(copied);
            });
        };
        let mark = move || {
            view::text(if done.get() { "ui.object.code.copied" } else { "ui.object.code.blob_mark" }, &[])
        };
        view! {
            <button type="button" class="tok-blob" aria-label=name.clone() title=name data-mark=mark on:click=click>
                {glyph}{text}
            </button>
        }
        .into_any()
    }
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
