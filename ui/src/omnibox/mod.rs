//! Where does the user want to go? Anything with a reference in it, completed from what was seen.

mod complete;
mod examples;
mod list;
mod parts;
pub(crate) mod reading;
mod sources;
mod understanding;

use leptos::{html::Input, prelude::*};
use leptos_router::hooks::use_navigate;
use web_sys::{ClipboardEvent, KeyboardEvent};

use crate::{
    keys::{Act, ActCaps, focus},
    later::Later,
    routes::{Here, Route},
    shared::icon::Icon,
};
use complete::{Seen, Sort, last_word};
use examples::Examples;
use list::{Completions, option_id};
use reading::Reading;
pub(crate) use understanding::Understanding;

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the top bar.
    Bar,
    /// Large, on the first screen.
    Home,
}

/// The field. Below it, while it has the focus: how its text was understood, and how it may go on.
#[component]
pub(crate) fn Omnibox(
    /// Where it stands.
    place: Place,
) -> impl IntoView {
    let here: Here = expect_context();
    let route = here.route;
    let navigate = use_navigate();
    let current = Memo::new(move |_| written(&route.read()));
    let text = RwSignal::new(String::new());
    // A text of several lines, of which the field shows one: what is read is the whole.
    let whole = RwSignal::new(None::<String>);
    let focused = RwSignal::new(false);
    // The completion that arrows have reached.
    let at = RwSignal::new(None::<usize>);
    // Whether completions are asked for though nothing was typed.
    let asked = RwSignal::new(false);
    // Whether Enter came before what understands the text.
    let entered = RwSignal::new(false);
    let input = NodeRef::<Input>::new();
    let back = move || {
        text.set(current.get_untracked());
        whole.set(None);
        at.set(None);
        asked.set(false);
        entered.set(false);
    };
    Effect::new(move |_| {
        current.track();
        back();
    });
    // What understands the text comes with the later parts, at the latest at the first letter.
    let later = Later::here();
    let understanding = move || later.parts().map(|parts| parts.omnibox);
    let understood = Memo::new(move |_| {
        let Some(Understanding { read, .. }) = understanding() else { return Reading::Nothing };
        let route = route.read();
        let open = route.host().zip(route.repository());
        match &*whole.read() {
            Some(whole) => read(whole, open),
            None => read(&text.read(), open),
        }
    });
    let edited = Memo::new(move |_| !text.read().trim().is_empty() && *text.read() != *current.read());
    let completions = Memo::new(move |_| {
        if !focused.get() || whole.read().is_some() || !(edited.get() || asked.get()) {
            return Vec::new();
        }
        let typed = if edited.get() { text.get() } else { String::new() };
        understanding().map(|it| (it.complete)(&typed)).unwrap_or_default()
    });
    let shown = Memo::new(move |_| focused.get() && (edited.get() || !completions.read().is_empty()));
    let leave = move || {
        if let Some(input) = input.get_untracked() {
            let _ = input.blur();
        }
    };
    let go = Callback::new(move |address: String| {
        back();
        leave();
        navigate(&address, Default::default());
    });
    Effect::new(move |_| {
        if entered.get() && later.parts().is_some() {
            entered.set(false);
            if let Some(address) = understood.read().address() {
                go.run(address);
            }
        }
    });
    let fill = move |seen: &Seen| {
        let typed = text.get_untracked();
        let before = if edited.get_untracked() { last_word(&typed).0 } else { "" };
        // A registry goes on with its repositories.
        let after = if seen.sort == Sort::Registry { "/" } else { "" };
        text.set(format!("{before}{}{after}", seen.text));
        at.set(None);
    };
    let chosen = move || at.get_untracked().and_then(|at| completions.read_untracked().get(at).cloned());
    let keys = move |event: KeyboardEvent| {
        if event.is_composing() || event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        match event.key().as_str() {
            "Enter" => {
                match chosen().map(|seen| seen.address).or_else(|| understood.read_untracked().address()) {
                    Some(address) => go.run(address),
                    None if edited.get_untracked() && untrack(|| later.parts()).is_none() => {
                        entered.set(true);
                        later.again();
                    }
                    None => return,
                }
            }
            "Escape" if at.get_untracked().is_some() => at.set(None),
            "Escape" => {
                back();
                leave();
            }
            "ArrowDown" | "ArrowUp" => {
                asked.set(true);
                at.set(list::step(
                    at.get_untracked(),
                    completions.read_untracked().len(),
                    event.key() == "ArrowDown",
                ));
            }
            "Tab" if !event.shift_key() => {
                // What goes on from the very letters is completed; anything else that Tab did would be in its way.
                let first = || {
                    let Understanding { goes_on, .. } = untrack(understanding)?;
                    let completions = completions.read_untracked();
                    let first = completions.first()?;
                    goes_on(first, &text.read_untracked()).then(|| first.clone())
                };
                match chosen().or_else(first) {
                    Some(seen) => fill(&seen),
                    None => return,
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let pasted = move |event: ClipboardEvent| {
        let lines = event.clipboard_data().and_then(|data| data.get_data("text").ok()).unwrap_or_default();
        let lines = lines.trim();
        if lines.contains('\n') {
            // A field of one line would join them into nonsense.
            event.prevent_default();
            text.set(lines.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(400).collect());
            whole.set(Some(lines.to_owned()));
            at.set(None);
            later.want();
        }
    };
    if place == Place::Home {
        // The first screen asks one question: typing answers it, unless a link led to another field.
        focus::when_drawn(input);
    }
    let (id, list_id) = match place {
        Place::Bar => ("omnibox-bar", "omnibox-list-bar"),
        Place::Home => ("omnibox-home", "omnibox-list-home"),
    };
    view! {
        <div class="omni" class:omni-home=place == Place::Home role="search">
            <div class="omni-field" class:is-bad=move || {
                edited.get() && !focused.get() && understood.read().is_bad()
            }>
                <Icon name="search" />
                <input
                    id=id
                    class="omni-input mono"
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    aria-label=view::text("ui.omni.label", &[])
                    aria-describedby="omnibox-reading"
                    aria-autocomplete="list"
                    aria-expanded=move || (!completions.read().is_empty()).to_string()
                    aria-controls=list_id
                    aria-activedescendant=move || at.get().map(|at| option_id(list_id, at))
                    placeholder=view::text("ui.omni.placeholder", &[])
                    data-testid="omnibox"
                    data-first
                    node_ref=input
                    prop:value=text
                    on:input=move |event| {
                        whole.set(None);
                        at.set(None);
                        entered.set(false);
                        text.set(event_target_value(&event));
                        later.want();
                    }
                    on:paste=pasted
                    on:focus=move |_| {
                        focused.set(true);
                        if let Some(input) = input.get_untracked() {
                            input.select();
                        }
                    }
                    on:blur=move |_| {
                        focused.set(false);
                        asked.set(false);
                        entered.set(false);
                        at.set(None);
                    }
                    on:keydown=keys
                />
                <span class="omni-keys" aria-hidden="true">
                    {move || if edited.get() {
                        view! { <kbd>"Enter"</kbd> }.into_any()
                    } else {
                        view! { <ActCaps act=Act::Omnibox /> }.into_any()
                    }}
                </span>
            </div>
            <div class="omni-pop" class:is-shown=shown>
                <div id="omnibox-reading" class="omni-reading" role="status" data-testid="omnibox-reading">
                    {move || (shown.get() && edited.get()).then(|| {
                        match later.parts() {
                            Some(parts) => (parts.omnibox.drawn)(understood),
                            None if later.failed() => view! { <Unread /> }.into_any(),
                            None => ().into_any(),
                        }
                    })}
                </div>
                <Completions id=list_id completions at go />
            </div>
            {(place == Place::Home).then(|| view! { <Examples text input /> })}
        </div>
    }
}

/// What understands the text did not come.
#[component]
fn Unread() -> impl IntoView {
    let later = Later::here();
    view! {
        <span class="bad" data-testid="omnibox-unread">
            <Icon name="broken" /><span>{view::text("ui.later.title", &[])}</span>
            // The field keeps the focus.
            <button type="button" class="btn" data-testid="omnibox-retry" on:mousedown=|event| event.prevent_default()
                on:click=move |_| later.again()>
                {view::text("ui.shared.error.retry", &[])}
            </button>
        </span>
    }
}

/// What the field shows on a screen: the reference that the screen is about.
fn written(route: &Route) -> String {
    match route {
        Route::Home | Route::Tour | Route::Unknown(_) => String::new(),
        Route::Registry(host) => host.to_string(),
        Route::Repository(host, repository) => format!("{host}/{repository}"),
        Route::Object(reference, _) => reference.to_string(),
        // As the registry's protocol writes it: the reference alone would be read as a manifest's.
        Route::Blob(host, repository, digest) => format!("{host}/v2/{repository}/blobs/{digest}"),
    }
}
