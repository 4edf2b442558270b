//! Which keys are there, here and now? Shown by `?` and by Ctrl and `/`.

use api::SettingsChange;
use leptos::prelude::*;

use super::{Keys, caps::Caps};
use crate::{
    later::{Later, nothing},
    settings::Settings,
    shared::{icon::Icon, modal::Modal},
    shell::actions::{Action, Actions, Place},
};

/// The dialog. It lists what is offered while it opens.
#[component]
pub(crate) fn KeysOverlay() -> impl IntoView {
    let keys = Keys::here();
    view! {
        <Modal open=keys.overlay class="keys-overlay" label="ui.keys.title" test_id="keys-overlay">
            {move || Later::here().draw(nothing, |parts| (parts.keys)())}
        </Modal>
    }
}

/// What the dialog holds.
#[component]
pub(crate) fn Content() -> impl IntoView {
    let (keys, settings) = (Keys::here(), Settings::here());
    let single = Memo::new(move |_| settings.now.read().single_keys);
    let toggle = move |_| settings.change(SettingsChange::SingleKeys(!single.get_untracked()));
    let groups = untrack(groups);
    view! {
        <div class="keys-head">
            <h2 class="dialog-title">{view::text("ui.keys.title", &[])}</h2>
            <button type="button" class="icon-btn" aria-label=view::text("ui.keys.close", &[])
                data-testid="keys-close" on:click=move |_| keys.overlay.set(false)>
                <Icon name="x" />
            </button>
        </div>
        <div class="keys-groups">{groups.into_iter().map(group).collect_view()}</div>
        <label class="keys-switch">
            <input type="checkbox" role="switch" class="switch" data-testid="single-keys"
                prop:checked=single on:change=toggle />
            <span class="keys-switch-text">
                <b>{view::text("ui.keys.single", &[])}</b>
                <small>
                    {move || view::text(if single.get() { "ui.keys.single_on" } else { "ui.keys.single_off" }, &[])}
                </small>
            </span>
        </label>
    }
}

/// A heading, and keys with their words.
type Group = (&'static str, Vec<Line>);

/// The keys that do the same thing, and its words.
type Line = (Vec<&'static str>, &'static str);

/// What is offered, by place; then what works everywhere.
fn groups() -> Vec<Group> {
    let offered = Actions::here().placed();
    let of = |place: Place| {
        let mut shown: Vec<Action> = Vec::new();
        for (_, action) in offered.iter().filter(|(at, action)| *at == place && !action.keys.is_empty()) {
            // Of two with the same keys the later one counts.
            shown.retain(|other| other.keys != action.keys);
            shown.push(*action);
        }
        let mut lines: Vec<Line> = Vec::new();
        for action in shown {
            match lines.iter_mut().find(|(_, words)| *words == action.words) {
                Some((keys, _)) => keys.push(action.keys),
                None => lines.push((vec![action.keys], action.words)),
            }
        }
        lines
    };
    let mut list = of(Place::List);
    if has_list() {
        list.splice(
            0..0,
            [(vec!["ArrowUp ArrowDown", "j k"], "ui.keys.rows"), (vec!["Enter"], "ui.keys.open_row")],
        );
    }
    let mut everywhere = of(Place::Everywhere);
    everywhere.extend([(vec!["F6"], "ui.keys.panes"), (vec!["Escape"], "ui.keys.leave")]);
    [
        ("ui.keys.place.list", list),
        ("ui.keys.place.object", of(Place::Object)),
        ("ui.keys.place.everywhere", everywhere),
    ]
    .into_iter()
    .filter(|(_, keys)| !keys.is_empty())
    .collect()
}

fn has_list() -> bool {
    document().query_selector(".main [role=grid]").ok().flatten().is_some()
}

fn group((heading, keys): Group) -> impl IntoView {
    view! {
        <section class="keys-group">
            <h3 class="keys-place">{view::text(heading, &[])}</h3>
            <dl class="keys-list">
                {keys
                    .into_iter()
                    .map(|(keys, words)| view! {
                        <div class="keys-line" data-testid="key-line" data-name=keys[0]>
                            <dt>{view::text(words, &[])}</dt>
                            <dd>{either(&keys)}</dd>
                        </div>
                    })
                    .collect_view()}
            </dl>
        </section>
    }
}

/// One or the other.
fn either(keys: &[&'static str]) -> impl IntoView + use<> {
    keys.iter()
        .copied()
        .enumerate()
        .map(|(place, keys)| {
            let or =
                (place > 0).then(|| view! { <span class="keys-or">{view::text("ui.keys.or", &[])}</span> });
            view! { {or}<Caps keys /> }
        })
        .collect_view()
}
