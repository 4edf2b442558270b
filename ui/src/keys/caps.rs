//! How is a key drawn beside its action?

use leptos::prelude::*;

use super::{acts::Act, bound, refused::held};

/// The caps of an action's keys, from left to right; empty for an action without any.
fn caps(keys: &str) -> Vec<String> {
    keys.split(' ').filter(|key| !key.is_empty()).flat_map(of_one).collect()
}

/// The same in words: `Ctrl+K`, `G, then T`.
pub(super) fn spelled(keys: &str) -> String {
    let mut all = keys.split(' ').map(|key| of_one(key).join("+"));
    match (all.next(), all.next()) {
        (Some(first), Some(second)) => view::text("ui.keys.then", &[("first", &first), ("second", &second)]),
        (first, _) => first.unwrap_or_default(),
    }
}

fn of_one(key: &str) -> Vec<String> {
    let (held, last) = held(key);
    let mut caps: Vec<String> = held.split('+').filter(|held| !held.is_empty()).map(named).collect();
    let mut characters = last.chars();
    match (characters.next(), characters.next()) {
        // Caps show the letter that is printed on the key.
        (Some(letter), None) if letter.is_ascii_uppercase() => {
            caps.push(named("Shift"));
            caps.push(letter.to_string());
        }
        (Some(letter), None) => caps.push(letter.to_ascii_uppercase().to_string()),
        _ => caps.push(named(last)),
    }
    caps
}

fn named(key: &str) -> String {
    match key {
        "Mod" if is_mac() => "⌘".to_owned(),
        "Mod" => view::text("ui.keys.cap.control", &[]),
        "Shift" => view::text("ui.keys.cap.shift", &[]),
        "Escape" => view::text("ui.keys.cap.escape", &[]),
        "Space" => view::text("ui.keys.cap.space", &[]),
        "ArrowLeft" => "←".to_owned(),
        "ArrowRight" => "→".to_owned(),
        "ArrowUp" => "↑".to_owned(),
        "ArrowDown" => "↓".to_owned(),
        other => other.to_owned(),
    }
}

fn is_mac() -> bool {
    let platform = window().navigator().platform().unwrap_or_default();
    platform.starts_with("Mac") || platform.starts_with("iP")
}

/// The caps in a row. Decorative: the action's own words say what it is.
#[component]
pub(crate) fn Caps(
    /// The keys, `g t` for one after the other.
    #[prop(into)]
    keys: String,
) -> impl IntoView {
    let caps = caps(&keys);
    (!caps.is_empty()).then(|| {
        view! { <span class="caps">{caps.into_iter().map(|cap| view! { <kbd>{cap}</kbd> }).collect_view()}</span> }
    })
}

/// The key that an action has now; nothing where it has none.
#[component]
pub(crate) fn ActCaps(
    /// Which action.
    act: Act,
) -> impl IntoView {
    move || bound::shown(act).map(|keys| view! { <Caps keys /> })
}
