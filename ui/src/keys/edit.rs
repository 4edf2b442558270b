//! How does an action get other keys?

use api::MOST_KEYS;
use leptos::{either::Either, html::Button, prelude::*, task::spawn_local};
use web_sys::KeyboardEvent;

use super::{
    Keys,
    acts::Act,
    bound,
    caps::{Caps, spelled},
    clash::Wish,
    focus,
    record::{Recorded, Recorder},
    refused::is_fixed,
};
use crate::{settings::Settings, shared::icon::Icon, shell::toast::Toast};

/// What is being done to the keys of the action that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Stage {
    /// They are looked at.
    Shown,
    /// One is recorded, instead of one of them or besides.
    Recording(Option<String>),
    /// Others have what was recorded, instead of one of them or besides.
    Clash(Wish, Vec<Act>, Option<String>),
}

/// What is said of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// What happened to it, or what is waited for.
    Done(String),
    /// Why it cannot be.
    Refused(String),
}

impl Said {
    /// Not a word.
    pub(super) const fn nothing() -> Self {
        Self::Done(String::new())
    }

    pub(super) fn words(&self) -> String {
        let (Self::Done(words) | Self::Refused(words)) = self;
        words.clone()
    }
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
    let stage = RwSignal::new(Stage::Shown);
    let said = RwSignal::new(Said::nothing());
    let (toast, changing) = (Toast::here(), Keys::here().changing);
    let show = move |now: Stage| {
        said.set(Said::nothing());
        stage.set(now);
    };
    let go_home = move || {
        if let Some(home) = home.get_untracked() {
            let _ = home.focus();
        }
    };
    // What came of it is said once it is known.
    let change = move |wish: &Wish, done: String| {
        let change = wish.change(&settings.now.read_untracked());
        changing.set(true);
        show(Stage::Shown);
        go_home();
        spawn_local(async move {
            let changed = settings.try_change(change).await;
            let _ = changing.try_set(false);
            let unsaid = said.try_set(changed.map_or_else(Said::Refused, |()| Said::Done(done)));
            if let Some(Said::Refused(why)) = unsaid {
                toast.say(why);
            }
        });
    };
    let fulfil = move |wish: &Wish| {
        let single = settings.now.read_untracked().single_keys;
        let mut done = match wish.new.as_slice() {
            [key] if !single && bound::is_of_characters(key) => {
                view::text("ui.keys.given_off", &[("keys", &spelled(key))])
            }
            [key] => view::text("ui.keys.given", &[("keys", &spelled(key))]),
            _ => view::text("ui.keys.put_back", &[]),
        };
        if !wish.gone.is_empty() {
            let gone: Vec<String> = wish.gone.iter().map(|key| format!("“{}”", spelled(key))).collect();
            done.push(' ');
            done.push_str(&view::text("ui.keys.gave_way", &[("keys", &gone.join(" "))]));
        }
        change(wish, done);
    };
    let try_to = move |wish: Wish, instead: Option<String>| {
        let others = wish.others(&settings.now.read_untracked());
        if others.is_empty() { fulfil(&wish) } else { show(Stage::Clash(wish, others, instead)) }
    };
    let take_away = Callback::new(move |key: String| {
        let wish = Wish::without(&settings.now.read_untracked(), act, &key);
        change(&wish, view::text("ui.keys.taken_away", &[("keys", &spelled(&key))]));
    });
    let again = Callback::new(move |key: Option<String>| show(Stage::Recording(key)));
    let restore = move |_| {
        let wish = Wish::restored(&settings.now.read_untracked(), act);
        try_to(wish, None);
    };
    let recorded = move |instead: Option<String>| {
        Callback::new(move |how: Recorded| match how {
            Recorded::Keys(key) => {
                let wish = Wish::key(&settings.now.read_untracked(), act, key, instead.as_deref());
                try_to(wish, instead.clone());
            }
            Recorded::Left | Recorded::Gone => {
                show(Stage::Shown);
                if how == Recorded::Left {
                    go_home();
                }
            }
        })
    };
    let pressed = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !event.default_prevented() {
            event.prevent_default();
            if *stage.read_untracked() == Stage::Shown {
                close.run(());
            } else {
                show(Stage::Shown);
            }
            go_home();
        }
    };
    let chips = move || {
        keys.get().into_iter().map(|key| view! { <Chip key changing again take_away /> }).collect_view()
    };
    let more = Memo::new(move |_| keys.read().iter().filter(|key| !is_fixed(key)).count() < MOST_KEYS);
    let add = move || {
        more.get().then(|| {
            view! {
                <button type="button" class="btn small" data-testid="key-add"
                    disabled=move || changing.get() on:click=move |_| again.run(None)>
                    <Icon name="plus" /><span>{view::text("ui.keys.add", &[])}</span>
                </button>
            }
        })
    };
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
            view! {
                <button type="button" class="btn small ghost" data-testid="key-restore"
                    disabled=move || changing.get() on:click=restore>{words}</button>
            }
        })
    };
    view! {
        <dd class="keys-more"><div class="keys-editor" role="group" aria-label=view::text("ui.keys.of", &[("words", &act.words())])
            data-testid="key-editor" on:keydown=pressed>
            {move || match stage.get() {
                Stage::Recording(instead) => view! { <Recorder act said done=recorded(instead) /> }.into_any(),
                Stage::Clash(wish, others, instead) => {
                    let over = wish.clone();
                    view! {
                        <Taken wish others />
                        <div class="keys-acts">
                            <First words="ui.keys.take_over" test_id="key-take-over"
                                run=Callback::new(move |()| fulfil(&over)) />
                            <button type="button" class="btn small" data-testid="key-another"
                                on:click=move |_| again.run(instead.clone())>{view::text("ui.keys.another", &[])}</button>
                            <button type="button" class="btn small ghost"
                                on:click=move |_| {
                                    show(Stage::Shown);
                                    go_home();
                                }>{view::text("ui.keys.leave_it", &[])}</button>
                        </div>
                    }.into_any()
                }
                Stage::Shown => view! { <div class="keys-acts">{chips}{add}{restored}</div> }.into_any(),
            }}
            // Always there, so that what it comes to say is announced.
            <p class="keys-said" role="status" data-testid="key-said"
                class:is-refused=move || matches!(*said.read(), Said::Refused(_))>{move || said.read().words()}</p>
        </div></dd>
    }
}

/// One key: pressed, it is recorded anew; the button beside takes it away. What is fixed is neither.
#[component]
fn Chip(
    key: String,
    changing: RwSignal<bool>,
    again: Callback<Option<String>>,
    take_away: Callback<String>,
) -> impl IntoView {
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
                data-testid="key-instead" disabled=move || changing.get() on:click=move |_| again.run(Some(replaced.clone()))><Caps keys=key /></button>
            <button type="button" class="keys-chip-act" aria-label=away.clone() title=away data-testid="key-away"
                disabled=move || changing.get() on:click=move |_| take_away.run(taken.clone())><Icon name="x" /></button>
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
pub(super) fn First(words: &'static str, test_id: &'static str, run: Callback<()>) -> impl IntoView {
    let button = NodeRef::<Button>::new();
    focus::when_drawn(button);
    view! {
        <button type="button" class="btn small" data-testid=test_id node_ref=button on:click=move |_| run.run(())>
            {view::text(words, &[])}
        </button>
    }
}
