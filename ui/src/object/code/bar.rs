//! As which form is a text shown, and how does one find, fold and take away what is in it?

use leptos::{html::Input, prelude::*};
use web_sys::KeyboardEvent;

use super::{doc::Looking, window::Window};
use crate::shared::{copy::CopyButton, icon::Icon};

/// How a text is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Broken into lines here, for reading.
    Formatted,
    /// As it was sent.
    Sent,
}

/// The bar above a text.
#[component]
pub(super) fn Bar(
    /// What is looked at.
    looking: Looking,
    /// The window on its rows.
    window: Window,
    /// Whether the form can be chosen: only JSON can be formatted.
    choice: bool,
    /// Whether something can be folded.
    folds: bool,
    /// The text as it was sent.
    #[prop(into)]
    text: Signal<String>,
    /// The field, so that keys can lead there.
    field: NodeRef<Input>,
    /// What else can be done with the text.
    more: AnyView,
) -> impl IntoView {
    let form = looking.form;
    let option = move |which: Form, label: String, test_id: &'static str| {
        view! {
            <label class="seg-option" class:is-on=move || form.get() == which data-testid=test_id>
                <input type="radio" name="manifest-form" class="vh" prop:checked=move || form.get() == which
                    on:change=move |_| form.set(which) />
                <span>{label}</span>
            </label>
        }
    };
    let options = choice.then(|| {
        view! {
            <div class="seg" role="radiogroup" aria-label=view::text("ui.object.code.view", &[])>
                {option(Form::Formatted, view::text("ui.object.code.formatted", &[]), "manifest-formatted")}
                {option(Form::Sent, view::text("ui.object.code.sent", &[]), "manifest-as-sent")}
            </div>
        }
    });
    let folding = folds.then(|| view! { <Folding looking /> });
    view! {
        <div class="code-bar">
            {options}
            <Search looking window field />
            <span class="code-bar-end">
                <NextFinding looking window />
                {folding}
                <CopyButton text label=view::text("ui.object.code.copy", &[]) />
                {more}
            </span>
        </div>
    }
}

/// Goes to a row, opens what hides it, and puts the cursor there.
pub(super) fn go(looking: Looking, window: Window, row: usize) {
    looking.unfold_to(row);
    looking.cursor.set(Some(row));
    window.reveal(looking.shown.get_untracked().place(row));
}

/// The field that finds a word, with how often it is there.
#[component]
fn Search(looking: Looking, window: Window, field: NodeRef<Input>) -> impl IntoView {
    let Looking { doc, wanted, hits, hit, .. } = looking;
    let show = move |place: usize| {
        hit.set(place);
        let found = hits.read_untracked().places.get(place).map(|range| range.start);
        if let Some(byte) = found {
            go(looking, window, doc.get_untracked().page.row_of(byte));
        }
    };
    let step = move |back: bool| {
        let count = hits.read_untracked().places.len();
        if count > 0 {
            let at = hit.get_untracked();
            show(if back { at.checked_sub(1).unwrap_or(count - 1) } else { (at + 1) % count });
        }
    };
    let keys = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            step(event.shift_key());
        }
        "Escape" if !wanted.read_untracked().is_empty() => {
            event.prevent_default();
            event.stop_propagation();
            wanted.set(String::new());
        }
        _ => {}
    };
    let said = move || {
        let hits = hits.read();
        match (wanted.read().is_empty(), hits.places.len()) {
            (true, _) => String::new(),
            (false, 0) => view::text("ui.object.code.no_hit", &[]),
            (false, count) => {
                let all = view::words::count(count as u64);
                let key = if hits.more { "ui.object.code.hits_more" } else { "ui.object.code.hits" };
                let at = view::words::count((hit.get() + 1).min(count) as u64);
                view::text(key, &[("at", &at), ("all", &all)])
            }
        }
    };
    let none = move || hits.read().places.is_empty();
    let button = move |icon: &'static str, key: &str, back: bool| {
        let name = view::text(key, &[]);
        view! {
            <button type="button" class="copy" aria-label=name.clone() title=name disabled=none
                on:click=move |_| step(back)><Icon name=icon /></button>
        }
    };
    view! {
        <span class="code-search">
            <span class="code-search-field">
                <Icon name="search" />
                <input type="search" node_ref=field class="code-find" data-testid="code-find" data-filter
                    aria-label=view::text("ui.object.code.find", &[])
                    placeholder=view::text("ui.object.code.find", &[]) prop:value=move || wanted.get()
                    on:input=move |event| {
                        wanted.set(event_target_value(&event));
                        show(0);
                    }
                    on:keydown=keys />
            </span>
            <span class="code-hits" role="status" data-testid="code-hits">{said}</span>
            <Show when=move || !wanted.read().is_empty()>
                {button("up", "ui.object.code.previous_hit", true)}
                {button("down", "ui.object.code.next_hit", false)}
            </Show>
        </span>
    }
}

/// How many findings there are in the text, and the way from one to the next.
#[component]
fn NextFinding(looking: Looking, window: Window) -> impl IntoView {
    let doc = looking.doc;
    let count = move || doc.read().marks.at.values().map(|(_, findings)| findings.len()).sum::<usize>();
    let step = move |back: bool| {
        let next = doc.read_untracked().marks.next(looking.cursor.get_untracked(), back);
        if let Some(row) = next {
            go(looking, window, row);
        }
    };
    let button = move |icon: &'static str, key: &str, back: bool| {
        let name = view::text(key, &[]);
        view! {
            <button type="button" class="copy" aria-label=name.clone() title=name
                on:click=move |_| step(back)><Icon name=icon /></button>
        }
    };
    move || {
        (count() > 0).then(|| {
            let words =
                view::text("ui.object.code.findings", &[("count", &view::words::count(count() as u64))]);
            view! {
                <span class="code-findings" data-testid="code-findings">
                    <span>{words}</span>
                    {button("up", "ui.object.code.previous_finding", true)}
                    {button("down", "ui.object.code.next_finding", false)}
                </span>
            }
        })
    }
}

/// Folds all, one level, or nothing.
#[component]
fn Folding(looking: Looking) -> impl IntoView {
    let button = move |icon: &'static str, key: &str, test_id: &'static str, depth: Option<u32>| {
        let name = view::text(key, &[]);
        view! {
            <button type="button" class="copy" aria-label=name.clone() title=name data-testid=test_id
                on:click=move |_| looking.fold_from(depth)><Icon name=icon /></button>
        }
    };
    view! {
        {button("minus", "ui.object.code.fold_all", "code-fold-all", Some(1))}
        {button("filter", "ui.object.code.fold_level", "code-fold-level", Some(2))}
        {button("plus", "ui.object.code.unfold_all", "code-unfold-all", None)}
    }
}
