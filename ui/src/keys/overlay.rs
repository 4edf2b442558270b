//! Which keys are there, here and now, and how are they changed? Shown by `?` and by Ctrl and `/`.

use api::SettingsChange;
use leptos::{
    html::{Button, H2},
    prelude::*,
    task::spawn_local,
};
use web_sys::HtmlInputElement;

use super::{
    Keys,
    acts::{Act, Place},
    bound,
    caps::Caps,
    clash,
    edit::{Editor, First, Said},
};
use crate::{
    later::{Later, nothing},
    settings::Settings,
    shared::{icon::Icon, modal::Modal},
    shell::actions::Actions,
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
    let everything = RwSignal::new(false);
    let open = RwSignal::new(None::<Act>);
    let heading = NodeRef::<H2>::new();
    // Nothing moves while keys are changed: what is offered is looked up when the dialog opens.
    let here = StoredValue::new(untrack(here));
    view! {
        <div class="keys-head">
            <h2 class="dialog-title" node_ref=heading>{view::text("ui.keys.title", &[])}</h2>
            <button type="button" class="btn small toggle" aria-pressed=move || everything.get().to_string()
                title=view::text("ui.keys.all_why", &[]) data-testid="keys-all"
                on:click=move |_| everything.update(|everything| *everything = !*everything)>
                {view::text("ui.keys.all", &[])}
            </button>
            <span class="keys-gap"></span>
            <button type="button" class="icon-btn" aria-label=view::text("ui.keys.close", &[])
                data-testid="keys-close" on:click=move |_| keys.overlay.set(false)>
                <Icon name="x" />
            </button>
        </div>
        <div class="keys-columns">
            {move || {
                let all = everything.get();
                let acts = if all { Act::ALL.to_vec() } else { here.get_value() };
                columns(&acts, all).map(|groups| {
                    let groups = groups.into_iter().map(|group| view! { <Group group open /> }).collect_view();
                    view! { <div class="keys-column">{groups}</div> }
                }).collect_view()
            }}
        </div>
        <div class="keys-foot">
            <p class="keys-note">{view::text("ui.keys.fixed", &[])}</p>
            <RestoreAll open heading />
        </div>
        <SingleKeys single />
    }
}

/// Whether keys that are one character do anything. A dialog lies over the toast: here it is said why they cannot be
/// changed.
#[component]
fn SingleKeys(single: Memo<bool>) -> impl IntoView {
    let settings = Settings::here();
    let said = RwSignal::new(Said::nothing());
    let toggle = move |event| {
        let wanted = !single.get_untracked();
        let field = event_target::<HtmlInputElement>(&event);
        said.set(Said::nothing());
        spawn_local(async move {
            if let Err(why) = settings.try_change(SettingsChange::SingleKeys(wanted)).await {
                field.set_checked(!wanted);
                let _ = said.try_set(Said::Refused(why));
            }
        });
    };
    view! {
        <label class="keys-switch">
            <input type="checkbox" role="switch" class="switch" data-testid="single-keys"
                prop:checked=single on:change=toggle />
            <span class="keys-switch-text">
                <b>{view::text("ui.keys.single", &[])}</b>
                <small>
                    {move || view::text(if single.get() { "ui.keys.single_on" } else { "ui.keys.single_off" }, &[])}
                </small>
                <small class="keys-said is-refused" role="status" data-testid="single-keys-said">
                    {move || said.read().words()}
                </small>
            </span>
        </label>
    }
}

/// A heading, what stays as it is, and actions.
#[derive(Clone)]
struct Lines {
    heading: &'static str,
    fixed: &'static [(&'static str, &'static str)],
    acts: Vec<Act>,
}

/// The actions that are offered now and have keys or came with some, and those of a list's rows.
fn here() -> Vec<Act> {
    let offered: Vec<Act> = Actions::here().all().iter().map(|action| action.act).collect();
    let settings = Settings::here().now.get();
    let keyed = |act: &Act| !act.own_keys().is_empty() || !bound::keys(&settings, *act).is_empty();
    let list = document().query_selector(".main .rows").ok().flatten().is_some();
    let of_rows = |act: &Act| list && matches!(act, Act::RowDown | Act::RowUp | Act::OpenRow);
    Act::ALL.iter().copied().filter(|act| of_rows(act) || (offered.contains(act) && keyed(act))).collect()
}

/// What belongs to a screen in one column, what works everywhere in the other.
fn columns(acts: &[Act], all: bool) -> impl Iterator<Item = Vec<Lines>> + use<> {
    let of = |places: &[Place]| {
        acts.iter().copied().filter(|act| places.contains(&act.place())).collect::<Vec<_>>()
    };
    let list = of(&[Place::Rows, Place::List]);
    let arrows: &[_] =
        if list.contains(&Act::RowDown) { &[("ArrowUp ArrowDown", "ui.keys.rows")] } else { &[] };
    let heading = |one, many| if all { many } else { one };
    let list =
        Lines { heading: heading("ui.keys.place.list", "ui.keys.place.lists"), fixed: arrows, acts: list };
    let object = Lines {
        heading: heading("ui.keys.place.object", "ui.keys.place.objects"),
        fixed: &[],
        acts: of(&[Place::Object, Place::Page]),
    };
    let everywhere = Lines {
        heading: "ui.keys.place.everywhere",
        fixed: &[("F6", "ui.keys.panes"), ("Escape", "ui.keys.leave")],
        acts: of(&[Place::Everywhere]),
    };
    [vec![list, object], vec![everywhere]].into_iter().filter_map(|mut column| {
        column.retain(|lines| !lines.acts.is_empty());
        (!column.is_empty()).then_some(column)
    })
}

#[component]
fn Group(group: Lines, open: RwSignal<Option<Act>>) -> impl IntoView {
    let fixed = group.fixed.iter().map(|(keys, words)| {
        view! {
            <div class="keys-line">
                <dt>{view::text(words, &[])}</dt>
                <dd class="keys-now"><Caps keys=*keys /><span class="keys-fixed"><Icon name="lock" /></span></dd>
            </div>
        }
    });
    view! {
        <section class="keys-group">
            <h3 class="keys-place">{view::text(group.heading, &[])}</h3>
            <dl class="keys-list">
                {group.acts.into_iter().map(|act| view! { <Line act open /> }).collect_view()}
                {fixed.collect_view()}
            </dl>
        </section>
    }
}

/// An action, its keys, and what changes them.
#[component]
fn Line(act: Act, open: RwSignal<Option<Act>>) -> impl IntoView {
    let settings = Settings::here();
    let keys = Memo::new(move |_| bound::keys(&settings.now.read(), act));
    let changed = Memo::new(move |_| bound::is_changed(&settings.now.read(), act));
    let is_open = Memo::new(move |_| open.get() == Some(act));
    let button = NodeRef::<Button>::new();
    let label = view::text("ui.keys.change", &[("words", &act.words())]);
    let close = Callback::new(move |()| open.set(None));
    view! {
        <div class="keys-line" class:is-open=move || is_open.get() class:is-changed=move || changed.get()
            data-testid="key-line" data-name=act.id()>
            <dt>{act.words()}</dt>
            <dd class="keys-now">
                {move || match keys.get() {
                    none if none.is_empty() => view! { <span class="keys-or">{view::text("ui.keys.none", &[])}</span> }.into_any(),
                    keys => either(keys).into_any(),
                }}
                <button type="button" class="keys-edit" aria-label=label.clone() title=label data-testid="key-edit"
                    aria-expanded=move || is_open.get().to_string() node_ref=button
                    on:click=move |_| open.set((!is_open.get_untracked()).then_some(act))>
                    <Icon name="config" />
                </button>
            </dd>
            <Show when=move || is_open.get()><Editor act home=button close /></Show>
        </div>
    }
}

/// Every action as it came, after a second word.
#[component]
fn RestoreAll(
    /// What is open is closed: it speaks of keys that are gone.
    open: RwSignal<Option<Act>>,
    /// Takes the focus when all that is here goes.
    heading: NodeRef<H2>,
) -> impl IntoView {
    let (settings, changing) = (Settings::here(), Keys::here().changing);
    let count = Memo::new(move |_| {
        let now = settings.now.read();
        Act::ALL.iter().filter(|act| bound::is_changed(&now, **act)).count()
    });
    let asked = RwSignal::new(false);
    let said = RwSignal::new(Said::nothing());
    Effect::new(move |_| match count.get() {
        0 => asked.set(false),
        _ => said.set(Said::nothing()),
    });
    let words = move || view::text("ui.keys.changed", &[("count", &view::words::count(count.get() as u64))]);
    let restore = Callback::new(move |()| {
        if let Some(heading) = heading.get_untracked() {
            heading.set_tab_index(-1);
            let _ = heading.focus();
        }
        asked.set(false);
        open.set(None);
        let change = clash::all_restored(&settings.now.read_untracked());
        changing.set(true);
        spawn_local(async move {
            let changed = settings.try_change(change).await;
            let _ = changing.try_set(false);
            let done = || Said::Done(view::text("ui.keys.all_put_back", &[]));
            let _ = said.try_set(changed.map_or_else(Said::Refused, |()| done()));
        });
    });
    let ask = Callback::new(move |()| {
        said.set(Said::nothing());
        asked.set(true);
    });
    // What was pressed goes: what comes in its place takes the focus.
    let kept = NodeRef::<Button>::new();
    let leave = Callback::new(move |()| {
        asked.set(false);
        request_animation_frame(move || {
            if let Some(Some(kept)) = kept.try_get_untracked() {
                let _ = kept.focus();
            }
        });
    });
    let buttons = move || {
        if asked.get() {
            view! {
                <First words="ui.keys.restore_all_sure" test_id="keys-restore-sure" run=restore />
                <button type="button" class="btn small" data-testid="keys-restore-not" on:click=move |_| leave.run(())>
                    {view::text("ui.keys.restore_all_not", &[])}
                </button>
            }
            .into_any()
        } else {
            view! {
                <button type="button" class="btn small" data-testid="keys-restore" node_ref=kept
                    disabled=move || changing.get() on:click=move |_| ask.run(())>
                    {view::text("ui.keys.restore_all", &[])}
                </button>
            }
            .into_any()
        }
    };
    view! {
        <div class="keys-restore">
            <p class="keys-said" role="status" class:is-refused=move || matches!(*said.read(), Said::Refused(_))>
                {move || said.read().words()}
            </p>
            <Show when=move || count.get() != 0><span>{words}</span>{buttons}</Show>
        </div>
    }
}

/// One or the other.
fn either(keys: Vec<String>) -> impl IntoView + use<> {
    keys.into_iter()
        .enumerate()
        .map(|(place, keys)| {
            let or =
                (place > 0).then(|| view! { <span class="keys-or">{view::text("ui.keys.or", &[])}</span> });
            view! { {or}<Caps keys /> }
        })
        .collect_view()
}
