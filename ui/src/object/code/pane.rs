//! How do rows of a text look: numbers, marks in the gutter, what is folded, the cursor?

use std::sync::Arc;

use leptos::prelude::*;
use view::json::Fold;
use web_sys::KeyboardEvent;

use super::{
    About,
    doc::{Doc, Looking},
    row::{self, Links},
    window::Window,
};
use crate::{object::findings::severity_mark, shared::icon::Icon};

/// The rows of a text: one tab stop, arrows move the cursor, left and right fold.
#[component]
pub(super) fn Pane(
    /// What is looked at.
    looking: Looking,
    /// The window on its rows.
    window: Window,
    /// What its strings lead to.
    links: Arc<Links>,
    /// Says in a few words what is folded at a JSON pointer.
    about: About,
    /// `sent` or `formatted`.
    form: Signal<&'static str>,
    /// What it is, for screen readers.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let Looking { doc, closed, shown, cursor, hits, .. } = looking;
    let range = Memo::new(move |_| window.seen());
    let rows = move || {
        let ((first, end), shown, doc) = (range.get(), shown.get(), doc.get());
        let (closed, hits) = (closed.read(), hits.read());
        (first..end.min(shown.count))
            .map(|place| {
                let row = shown.row(place);
                let fold = doc.fold_at(row).copied();
                let folded = fold.filter(|fold| closed.contains(&fold.container));
                let mark = doc.marks.at.get(&row).map(|(severity, _)| severity_mark(*severity).into_any());
                let number = doc.page.rows.get(row).map(|row| row.number).filter(|number| *number > 0);
                let found = doc.page.rows.get(row).map(|row| row.start as usize..row.end as usize);
                let found = found.map(|range| hits.within(&range).to_vec()).unwrap_or_default();
                let text = line(&doc, row, folded, &links, &about, &found);
                let toggle = fold.map(|_| toggle(looking, row, folded.is_some()));
                view! {
                    <div class="code-row" role="row" id=format!("code-row-{row}")
                        class:is-current=move || cursor.get() == Some(row)
                        aria-rowindex=(place + 1).to_string()
                        on:click=move |_| cursor.set(Some(row))>
                        <span class="code-gutter" role="gridcell">
                            <span class="code-mark">{mark}</span>
                            <span class="code-number" aria-hidden="true">{number}</span>
                            <span class="code-fold">{toggle}</span>
                        </span>
                        <span class="code-text" role="gridcell" data-testid="manifest-line">{text}</span>
                    </div>
                }
            })
            .collect_view()
    };
    let keys = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let shown = shown.get_untracked();
        let row = cursor.get_untracked();
        let place = row.map(|row| shown.place(row));
        let last = shown.count.saturating_sub(1);
        let page = window.fit().max(1);
        let to = match event.key().as_str() {
            "ArrowDown" => place.map_or(0, |place| place + 1),
            "ArrowUp" => place.map_or(0, |place| place.saturating_sub(1)),
            "PageDown" => place.map_or(page, |place| place + page),
            "PageUp" => place.map_or(0, |place| place.saturating_sub(page)),
            "Home" => 0,
            "End" => last,
            key @ ("ArrowLeft" | "ArrowRight") => {
                let Some(row) = row else { return };
                let doc = doc.get_untracked();
                let Some(fold) = doc.fold_at(row) else { return };
                let is_closed = closed.read_untracked().contains(&fold.container);
                if is_closed == (key == "ArrowRight") {
                    event.prevent_default();
                    looking.toggle(row);
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        let to = to.min(last);
        cursor.set(Some(shown.row(to)));
        window.reveal(to);
    };
    let columns = move || doc.read().page.columns;
    view! {
        <div class="code" node_ref=window.pane role="grid" tabindex="0" aria-label=label
            aria-rowcount=move || shown.read().count.to_string()
            aria-activedescendant=move || cursor.get().map(|row| format!("code-row-{row}"))
            data-testid="manifest-text" data-as=form on:scroll=move |_| window.follow() on:keydown=keys>
            <div class="code-space" role="presentation" style:height=move || format!("{}px", window.drawn())
                style:min-width=move || format!("calc({}ch + 88px)", columns())>
                <div class="code-rows" role="presentation"
                    style:transform=move || format!("translateY({}px)", window.shift())>
                    {rows}
                </div>
            </div>
        </div>
    }
}

/// The button that folds what begins in a row.
fn toggle(looking: Looking, row: usize, is_folded: bool) -> impl IntoView {
    let name = view::text(if is_folded { "ui.object.code.unfold" } else { "ui.object.code.fold" }, &[]);
    view! {
        <button type="button" class="code-toggle" tabindex="-1" aria-label=name.clone() title=name
            aria-expanded=(!is_folded).to_string() data-testid="code-fold"
            on:click=move |_| looking.toggle(row)>
            <Icon name=if is_folded { "right" } else { "down" } />
        </button>
    }
}

/// The text of a row; of a folded one its first row, what is in it, and the end of its last row.
fn line(
    doc: &Doc,
    row: usize,
    folded: Option<Fold>,
    links: &Links,
    about: &About,
    hits: &[std::ops::Range<usize>],
) -> AnyView {
    let Some(here) = doc.page.rows.get(row) else { return ().into_any() };
    let text = row::draw(&doc.page.spans(*here), links, hits);
    let Some(fold) = folded else { return text };
    let open = doc.tree.containers.get(fold.container as usize);
    let byte = open.and_then(|container| doc.page.tokens.get(container.open as usize));
    let place = byte.and_then(|token| doc.tree.at(&doc.page, token.start as usize));
    let count = view::words::count(u64::from(fold.last - fold.row) + 1);
    let lines = view::text("ui.object.code.lines", &[("count", &count)]);
    let words = match place.and_then(|place| about(&place.pointer)) {
        Some(words) => view::text("ui.object.code.folded", &[("what", &words), ("lines", &lines)]),
        None => lines,
    };
    let last = doc.page.rows.get(fold.last as usize);
    let tail = last.and_then(|last| doc.page.text.get(fold.tail as usize..last.end as usize));
    let tail = tail.unwrap_or_default().to_owned();
    view! { {text} <span class="code-folded">{words}</span> <span class="tok-punct">{tail}</span> }.into_any()
}
