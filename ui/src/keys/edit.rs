//! How does an action get other keys?

use leptos::{either::Either, html::Button, prelude::*};
use web_sys::KeyboardEvent;

use super::{
    acts::Act,
    bound,
    caps::{Caps, spelled},
    clash::Wish,
    record::{Recorded, Recorder},
    refused::is_fixed,
};
use crate::{settings::Settings, shared::icon::Icon};

/// What is being done to the keys of the action that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Stage {
    /// They are looked at; the last thing that was done to them.
    Shown(String),
    /// One is recorded, instead of one of them or besides.
    Recording(Option<String>),
    /// Others have what was recorded.
    Clash(Wish, Vec<Act>),
}

/// The keys of an action, each to be taken away or replaced; one more; those that it came with.
#[component]
pub(super) fn Editor(
    /// Whose.
    act: Act,
    /// What opened it: the focus goes back there.
    home: NodeRef<Button>,
    /// Closes it.
    close: Callback<()>,
) -> impl IntoView {
    let settings = Settings::here();
    let keys = Memo::new(move |_| bound::keys(&settings.now.read(), act));
    let changed = Memo::new(move |_| bound::is_changed(&settings.now.read(), act));
    let stage = RwSignal::new(Stage::Shown(String::new()));
    let go_home = move || {
        if let Some(home) = home.get_untracked() {
            let _ = home.focus();
        }
    };
    let fulfil = move |wish: Wish| {
        let now = settings.now.read_untracked();
        settings.change(wish.change(&now));
        let said = match wish.new.as_slice() {
            [key] if !now.single_keys && bound::is_of_characters(key) => ("ui.keys.given_off", spelled(key)),
            [key] => ("ui.keys.given", spelled(key)),
            _ => ("ui.keys.put_back", String::new()),
        };
        stage.set(Stage::Shown(view::text(said.0, &[("keys", &said.1)])));
        go_home();
    };
    let try_to = move |wish: Wish| {
        let others = wish.others(&settings.now.read_untracked());
        if others.is_empty() { fulfil(wish) } else { stage.set(Stage::Clash(wish, others)) }
    };
    let take_away = Callback::new(move |key: String| {
        let now = settings.now.read_untracked();
        settings.change(Wish::without(&now, act, &key).change(&now));
        stage.set(Stage::Shown(view::text("ui.keys.taken_away", &[("keys", &spelled(&key))])));
        go_home();
    });
    let again = Callback::new(move |key: Option<String>| stage.set(Stage::Recording(key)));
    let restore = move |_| try_to(Wish::restored(&settings.now.read_untracked(), act));
    let recorded = move |instead: Option<String>| {
        Callback::new(move |how: Recorded| match how {
            Recorded::Keys(key) => {
                let now = settings.now.read_untracked();
                let wish = Wish::key(&now, act, key, instead.as_deref());
                drop(now);
                try_to(wish);
            }
            Recorded::Left | Recorded::Gone => {
                stage.set(Stage::Shown(String::new()));
                if how == Recorded::Left {
                    go_home();
                }
            }
        })
    };
    let pressed = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !event.default_prevented() {
            event.prevent_default();
            if matches!(*stage.read_untracked(), Stage::Shown(_)) {
                close.run(());
            } else {
                stage.set(Stage::Shown(String::new()));
            }
            go_home();
        }
    };
    let chips =
        move || keys.get().into_iter().map(|key| view! { <Chip key again take_away /> }).collect_view();
    let restored = move || {
        changed.get().then(|| {
            let own: Vec<String> = act.own_keys().iter().map(|key| spelled(key)).collect();
            let words = match own.as_slice() {
                [] => view::text("ui.keys.restore_none", &[]),
                own => {
                    let or = format!(" {} ", view::text("ui.keys.or", &[]));
                    view::text("ui.keys.restore", &[("keys", &own.join(&or))])
                }
            };
            view! { <button type="button" class="btn small ghost" data-testid="key-restore" on:click=restore>{words}</button> }
        })
    };
    view! {
        <dd class="keys-more"><div class="keys-editor" role="group" aria-label=view::text("ui.keys.of", &[("words", &act.words())])
            data-testid="key-editor" on:keydown=pressed>
            {move || match stage.get() {
                Stage::Recording(instead) => view! { <Recorder act done=recorded(instead) /> }.into_any(),
                Stage::Clash(wish, others) => {
                    let over = wish.clone();
                    view! {
                        <Taken wish others />
                        <div class="keys-acts">
                            <First words="ui.keys.take_over" test_id="key-take-over"
                                run=Callback::new(move |()| fulfil(over.clone())) />
                            <button type="button" class="btn small" data-testid="key-another"
                                on:click=move |_| again.run(None)>{view::text("ui.keys.another", &[])}</button>
                            <button type="button" class="btn small ghost"
                                on:click=move |_| {
                                    stage.set(Stage::Shown(String::new()));
                                    go_home();
                                }>{view::text("ui.keys.leave_it", &[])}</button>
                        </div>
                    }.into_any()
                }
                Stage::Shown(said) => view! {
                    <div class="keys-acts">
                        {chips}
                        <button type="button" class="btn small" data-testid="key-add" on:click=move |_| again.run(None)>
                            <Icon name="plus" /><span>{view::text("ui.keys.add", &[])}</span>
                        </button>
                        {restored}
                    </div>
                    <p class="keys-said" role="status" data-testid="key-said">{said}</p>
                }.into_any(),
            }}
        </div></dd>
    }
}

/// One key: pressed, it is recorded anew; the button beside takes it away. What is fixed is neither.
#[component]
fn Chip(key: String, again: Callback<Option<String>>, take_away: Callback<String>) -> impl IntoView {
    let spelt = spelled(&key);
    if is_fixed(&key) {
        let stays = view::text("ui.keys.stays", &[("keys", &spelt)]);
        return Either::Left(
            view! { <span class="keys-chip" title=stays><Caps keys=key /><Icon name="lock" /></span> },
        );
    }
    let instead = view::text("ui.keys.instead", &[("keys", &spelt)]);
    let away = view::text("ui.keys.away", &[("keys", &spelt)]);
    let (name, replaced, taken) = (key.clone(), key.clone(), key.clone());
    Either::Right(view! {
        <span class="keys-chip" data-testid="key-chip" data-name=name>
            <button type="button" class="keys-chip-act" aria-label=instead.clone() title=instead
                data-testid="key-instead" on:click=move |_| again.run(Some(replaced.clone()))><Caps keys=key /></button>
            <button type="button" class="keys-chip-act" aria-label=away.clone() title=away data-testid="key-away"
                on:click=move |_| take_away.run(taken.clone())><Icon name="x" /></button>
        </span>
    })
}

/// Whose the keys are already.
#[component]
fn Taken(wish: Wish, others: Vec<Act>) -> impl IntoView {
    let names: Vec<String> = others.iter().map(|other| format!("“{}”", other.words())).collect();
    let keys: Vec<String> = wish.new.iter().map(|key| spelled(key)).collect();
    let values = [("keys", keys.join(", ")), ("names", names.join(", "))];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    view! { <p class="keys-said is-refused" role="alert" data-testid="key-clash">{view::text("ui.keys.clash", &values)}</p> }
}

/// A button that takes the focus when it comes.
#[component]
fn First(words: &'static str, test_id: &'static str, run: Callback<()>) -> impl IntoView {
    let button = NodeRef::<Button>::new();
    Effect::new(move |_| {
        if let Some(button) = button.get() {
            let _ = button.focus();
        }
    });
    view! {
        <button type="button" class="btn small" data-testid=test_id node_ref=button on:click=move |_| run.run(())>
            {view::text(words, &[])}
        </button>
    }
}
