//! How is a text of any length shown without filling the page?

use leptos::prelude::*;

/// Longer texts are cut to this many characters until they are opened.
const SHORT: usize = 160;
/// Opened, so many bytes are drawn at once: a browser that lays out a line of megabytes stands still.
const PART: usize = 64 * 1024;

/// The beginning of a text from outside, for places where it cannot be opened.
pub(super) fn short(text: &str) -> String {
    match text.char_indices().nth(SHORT) {
        Some((end, _)) => format!("{}…", view::visible(&text[..end])),
        None => view::visible(text),
    }
}

/// A text from outside; a long one is cut, and opens with a button that says how long it is.
#[component]
pub(super) fn Clamped(
    /// The text.
    text: String,
) -> impl IntoView {
    let is_long = text.len() > SHORT && text.chars().nth(SHORT).is_some() || text.contains('\n');
    if !is_long {
        return view! { <bdi class="clamped">{view::visible(&text)}</bdi> }.into_any();
    }
    let limit = RwSignal::new(0_usize);
    let size = view::words::size(text.len() as u64);
    let whole = text.len();
    let shown = move || {
        if limit.get() == 0 {
            let first = text.lines().next().unwrap_or_default();
            let mut short = view::visible(&first.chars().take(SHORT).collect::<String>());
            short.push('…');
            return short;
        }
        let end = text.floor_char_boundary(limit.get().min(text.len()));
        // Lines of the author stay lines; what hides is written out.
        text[..end]
            .split('\n')
            .map(|line| view::visible(line.trim_end_matches('\r')))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let words = move || match limit.get() {
        0 => view::text("ui.object.show_all", &[("size", &size)]),
        limit if limit < whole => view::text("ui.object.show_further", &[("size", &size)]),
        _ => view::text("ui.object.less", &[]),
    };
    let step = move |_| {
        limit.update(|limit| *limit = if *limit >= whole { 0 } else { *limit + PART });
    };
    view! {
        <bdi class="clamped" class:is-open=move || limit.get() != 0>{shown}</bdi>
        <button type="button" class="more" data-testid="show-all"
            aria-expanded=move || (limit.get() != 0).to_string() on:click=step>{words}</button>
    }
    .into_any()
}
