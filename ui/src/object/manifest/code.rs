//! How do rows of bytes look: numbers, marks in the gutter, the text?

use std::sync::Arc;

use leptos::prelude::*;

use super::window::Window;

/// One drawn row: what stands in the gutter, and its text.
pub(super) struct Drawn {
    /// The line number; `None` where a long line goes on.
    pub(super) number: Option<u32>,
    /// The mark of a finding.
    pub(super) mark: Option<AnyView>,
    /// The text.
    pub(super) text: AnyView,
}

/// The code pane: as many rows as are on the screen, and room for the others.
#[component]
pub(super) fn Code(
    /// How many rows there are.
    count: usize,
    /// The longest row, in characters.
    columns: usize,
    /// `sent`, `formatted` or `hex`.
    form: &'static str,
    /// What it is, for screen readers.
    #[prop(into)]
    label: String,
    /// Draws the row at a place.
    draw: Arc<dyn Fn(usize) -> Drawn + Send + Sync>,
) -> impl IntoView {
    let window = Window::new(count);
    let range = Memo::new(move |_| {
        let seen = window.seen();
        (seen.first, seen.end)
    });
    let rows = move || {
        let (first, end) = range.get();
        (first..end)
            .map(|place| {
                let Drawn { number, mark, text } = draw(place);
                view! {
                    <div class="code-row">
                        <span class="code-gutter" aria-hidden="true">
                            <span class="code-mark">{mark}</span>
                            <span class="code-number">{number}</span>
                        </span>
                        <span class="code-text" data-testid="manifest-line">{text}</span>
                    </div>
                }
            })
            .collect_view()
    };
    view! {
        <div class="code" node_ref=window.pane role="region" tabindex="0" aria-label=label
            data-testid="manifest-text" data-as=form on:scroll=move |_| window.follow()>
            <div class="code-space" style:height=format!("{}px", window.drawn())
                style:min-width=format!("calc({columns}ch + 80px)")>
                <div class="code-rows" style:transform=move || format!("translateY({}px)", window.shift())>
                    {rows}
                </div>
            </div>
        </div>
    }
}
