//! Which key shall it be? What is pressed is shown, and taken unless it can be nobody's.

use leptos::{html::Div, prelude::*};
use web_sys::KeyboardEvent;

use super::{
    SECOND,
    acts::{Act, Place},
    bound::is_of_characters,
    caps::{Caps, spelled},
    chord,
    edit::Said,
    focus,
    refused::refusal,
};

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Recorded {
    /// With these keys.
    Keys(String),
    /// With Escape.
    Left,
    /// With the focus elsewhere.
    Gone,
}

/// Listens while it has the focus, which it takes. It has every key until Escape, and says so.
#[component]
pub(super) fn Recorder(
    /// What the key is for.
    act: Act,
    /// Where it says what it waits for, and why a key is refused.
    said: RwSignal<Said>,
    /// Told once.
    done: Callback<Recorded>,
) -> impl IntoView {
    let place = NodeRef::<Div>::new();
    focus::when_drawn(place);
    let first = RwSignal::new(None::<String>);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop_waiting = move || {
        if let Some(Some(timer)) = timer.try_update_value(Option::take) {
            timer.clear();
        }
    };
    on_cleanup(stop_waiting);
    let over = StoredValue::new(false);
    let end = move |how: Recorded| {
        stop_waiting();
        // Without its focus it would end once more.
        if over.try_get_value() == Some(false) {
            over.set_value(true);
            done.run(how);
        }
    };
    let take = move |keys: String| match refusal(act, &keys) {
        None => end(Recorded::Keys(keys)),
        Some(why) => {
            first.set(None);
            said.set(Said::Refused(view::text(why, &[("keys", &spelled(&keys))])));
        }
    };
    let pairs = act.place() != Place::Rows;
    let pressed = move |event: KeyboardEvent| {
        event.prevent_default();
        event.stop_propagation();
        let Some(chord) = chord::name(&event).filter(|_| !event.repeat()) else { return };
        stop_waiting();
        let before = first.get_untracked();
        match before {
            _ if chord == "Escape" => end(Recorded::Left),
            Some(before) if chord == "Enter" => take(before),
            Some(before) if is_of_characters(&chord) => take(format!("{before} {chord}")),
            _ if pairs && is_of_characters(&chord) => {
                said.set(Said::Done(view::text("ui.keys.second", &[("keys", &spelled(&chord))])));
                first.set(Some(chord.clone()));
                timer.set_value(set_timeout_with_handle(move || take(chord), SECOND).ok());
            }
            _ => take(chord),
        }
    };
    let asks = if pairs { "ui.keys.press" } else { "ui.keys.press_one" };
    view! {
        <div class="keys-recorder" role="application" tabindex="0" aria-label=view::text(asks, &[])
            data-testid="key-recorder" node_ref=place on:keydown=pressed on:blur=move |_| end(Recorded::Gone)>
            {move || match first.get() {
                Some(keys) => view! { <Caps keys />"…" }.into_any(),
                None => view! { <span>{view::text(asks, &[])}</span> }.into_any(),
            }}
        </div>
    }
}
