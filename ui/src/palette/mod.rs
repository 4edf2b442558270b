//! How is anything done or reached by a few letters of it? The command palette.

mod choice;
mod drawn;
mod gather;
mod lately;
mod rank;

use std::{sync::Arc, time::Duration};

use leptos::{html::Input, prelude::*};
use leptos_router::hooks::use_navigate;
use web_sys::KeyboardEvent;

use crate::keys::focus;
use crate::later::Later;
use crate::shared::{icon::Icon, modal::Modal};
use choice::{Choice, Does};
use drawn::{Group, option_id};

/// The palette of this page. Copies are the same.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Palette {
    /// Whether it is open.
    pub(crate) open: RwSignal<bool>,
    typed: RwSignal<String>,
    /// Whether Enter came before what can be chosen.
    entered: RwSignal<bool>,
}

impl Palette {
    /// It is closed at first.
    pub(crate) fn provide() {
        let (open, typed) = (RwSignal::new(false), RwSignal::new(String::new()));
        provide_context(Self { open, typed, entered: RwSignal::new(false) });
    }

    /// The palette of this page.
    pub(crate) fn here() -> Self {
        expect_context()
    }
}

/// The dialog.
#[component]
pub(crate) fn CommandPalette() -> impl IntoView {
    let palette = Palette::here();
    // Each time it begins anew.
    Effect::new(move |_| {
        if !palette.open.get() {
            palette.typed.set(String::new());
            palette.entered.set(false);
        }
    });
    view! {
        <Modal open=palette.open class="palette" label="ui.palette.title" test_id="palette">
            {move || Later::here().draw(early, |parts| (parts.palette)())}
        </Modal>
    }
}

/// The field alone, until what can be chosen is there: what is typed meanwhile counts.
fn early() -> AnyView {
    let palette = Palette::here();
    let input = NodeRef::<Input>::new();
    focus::when_drawn(input);
    view! {
        <div class="palette-field">
            <Icon name="search" />
            <input class="palette-input" type="text" autocomplete="off" spellcheck="false" maxlength="400"
                aria-label=view::text("ui.palette.label", &[]) placeholder=view::text("ui.palette.placeholder", &[])
                data-testid="palette-early" node_ref=input prop:value=palette.typed
                on:input=move |event| {
                    palette.entered.set(false);
                    palette.typed.set(event_target_value(&event));
                }
                on:keydown=move |event| {
                    if event.key() == "Enter" && !event.is_composing() {
                        event.prevent_default();
                        palette.entered.set(true);
                    }
                } />
        </div>
    }
    .into_any()
}

/// How far Page up and Page down move.
const PAGE: usize = 8;

/// What the dialog holds.
#[component]
pub(crate) fn Content() -> impl IntoView {
    let palette = Palette::here();
    let typed = palette.typed;
    let at = RwSignal::new(0_usize);
    let input = NodeRef::<Input>::new();
    // What can be chosen is looked up once: nothing moves under the hand while it types.
    let all: Arc<Vec<Choice>> = Arc::new(untrack(gather::choices));
    let lately = lately::read();
    let ranked = Memo::new(move |_| rank::groups(&all, &lately, &typed.read()));
    let flat = Memo::new(move |_| {
        ranked
            .read()
            .iter()
            .flat_map(|group| group.hits.iter().map(|hit| hit.choice.clone()))
            .collect::<Vec<_>>()
    });
    let navigate = use_navigate();
    let choose = Callback::new(move |place: usize| {
        let Some(choice) = flat.read_untracked().get(place).cloned() else { return };
        lately::note(&choice);
        palette.open.set(false);
        let navigate = navigate.clone();
        // First the focus goes back to where it was; then what is chosen may move it.
        set_timeout(
            move || match choice.does {
                Does::Run(run) => run.run(()),
                Does::Go(address) => navigate(&address, Default::default()),
            },
            Duration::ZERO,
        );
    });
    focus::when_drawn(input);
    Effect::new(move |_| {
        if palette.entered.get_untracked() && !typed.read_untracked().trim().is_empty() {
            choose.run(0);
        }
    });
    let keys = move |event: KeyboardEvent| {
        let count = flat.read_untracked().len();
        if event.is_composing() || event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let now = at.get_untracked();
        let last = count.saturating_sub(1);
        let to = match event.key().as_str() {
            "ArrowDown" => (now + 1) % count.max(1),
            "ArrowUp" => now.checked_sub(1).unwrap_or(last),
            "PageDown" => (now + PAGE).min(last),
            "PageUp" => now.saturating_sub(PAGE),
            "Enter" => {
                event.prevent_default();
                choose.run(now);
                return;
            }
            _ => return,
        };
        event.prevent_default();
        at.set(to);
        drawn::reveal(to);
    };
    let active = move || (!flat.read().is_empty()).then(|| option_id(at.get()));
    let count = move || {
        let count = flat.read().len();
        match count {
            0 => String::new(),
            count => view::text("ui.palette.count", &[("count", &view::words::count(count as u64))]),
        }
    };
    view! {
        <div class="palette-field">
            <Icon name="search" />
            <input
                class="palette-input"
                type="text"
                role="combobox"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                maxlength="400"
                aria-label=view::text("ui.palette.label", &[])
                aria-expanded="true"
                aria-autocomplete="list"
                aria-controls="palette-list"
                aria-activedescendant=active
                placeholder=view::text("ui.palette.placeholder", &[])
                data-testid="palette-input"
                node_ref=input
                prop:value=typed
                on:input=move |event| {
                    typed.set(event_target_value(&event));
                    at.set(0);
                    drawn::reveal(0);
                }
                on:keydown=keys
            />
            <button type="button" class="icon-btn" aria-label=view::text("ui.palette.close", &[])
                on:click=move |_| palette.open.set(false)>
                <Icon name="x" />
            </button>
        </div>
        <div id="palette-list" class="palette-list" role="listbox" aria-label=view::text("ui.palette.title", &[])
            data-testid="palette-list">
            {move || {
                let mut first = 0;
                ranked
                    .get()
                    .into_iter()
                    .map(|group| {
                        let from = first;
                        first += group.hits.len();
                        view! { <Group group from at choose /> }
                    })
                    .collect_view()
            }}
        </div>
        <Show when=move || flat.read().is_empty()>
            <p class="palette-none" data-testid="palette-none">
                {move || {
                    let text = typed.read();
                    view::text("ui.palette.none", &[("text", &view::visible(text.trim()))])
                }}
            </p>
        </Show>
        <p class="vh" role="status">{count}</p>
        <div class="palette-foot">
            <span class="keys">
                <kbd>"↑"</kbd><kbd>"↓"</kbd>{view::text("ui.keys.move", &[])}
                <kbd>"Enter"</kbd>{view::text("ui.palette.choose", &[])}
                <kbd>{view::text("ui.keys.cap.escape", &[])}</kbd>{view::text("ui.palette.leave", &[])}
            </span>
            <span class="keys">
                <kbd>">"</kbd>{view::text("ui.palette.only_actions", &[])}
                <kbd>":"</kbd>{view::text("ui.palette.only_tags", &[])}
            </span>
        </div>
    }
}
