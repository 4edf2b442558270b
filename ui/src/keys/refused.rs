//! Which keys can be nobody's?
//!
//! Escape leaves and F6 leads through the panes, so that nobody can lock themselves out; some keys move the focus and
//! press what has it; some edit text; and some never reach the page, because browser or system have them.

use super::acts::{Act, Place};

/// Whether a key stays what it is.
pub(super) fn is_fixed(key: &str) -> bool {
    matches!(key, "Escape" | "F6" | "Shift+F6")
}

/// The key of the sentence that says why these cannot be an action's keys.
pub(super) fn refusal(act: Act, keys: &str) -> Option<&'static str> {
    if act.own_keys().contains(&keys) {
        return None;
    }
    match keys.split_once(' ') {
        None => of_one(act, keys),
        // A second key is waited for where the first one is a character; the keys of rows are held down.
        Some(_) if act.place() == Place::Rows => Some("ui.keys.refused.pair"),
        Some((first, second)) if [first, second].iter().all(|key| key.chars().count() == 1) => None,
        Some(_) => Some("ui.keys.refused.pair"),
    }
}

fn of_one(act: Act, key: &str) -> Option<&'static str> {
    if is_fixed(key) {
        return Some("ui.keys.refused.fixed");
    }
    let (held, last) = held(key);
    match (held, last) {
        // Heard by the list alone, it presses nothing.
        ("", "Space") if act.place() == Place::Rows => None,
        ("" | "Shift+", "Enter" | "Space" | "Home" | "End" | "PageUp" | "PageDown" | "ContextMenu")
        | (_, "Tab") => Some("ui.keys.refused.moves"),
        ("Mod+" | "Mod+Shift+", "Home" | "End") => Some("ui.keys.refused.moves"),
        ("" | "Shift+" | "Mod+" | "Mod+Shift+", last) if last.starts_with("Arrow") => {
            Some("ui.keys.refused.moves")
        }
        ("Mod+", "a" | "c" | "v" | "x" | "y" | "z" | "Backspace" | "Delete")
        | ("Mod+Shift+", "v" | "z" | "Backspace" | "Delete")
        | ("" | "Shift+" | "Alt+", "Backspace" | "Delete") => Some("ui.keys.refused.edits"),
        // Windows, tabs, reloading, looking for text, size of the page, tools of developers.
        (
            "Mod+",
            "f" | "g" | "n" | "p" | "q" | "r" | "t" | "w" | "+" | "-" | "=" | "F4" | "F5" | "PageUp"
            | "PageDown",
        )
        | ("Mod+Shift+", "c" | "g" | "i" | "j" | "n" | "p" | "q" | "r" | "t" | "w")
        | ("" | "Shift+", "F1" | "F3" | "F5" | "F7" | "F10" | "F11" | "F12")
        | ("Alt+", "d" | "e" | "f" | "F4" | "Home") => Some("ui.keys.refused.browser"),
        ("Mod+" | "Alt+", digit) if digit.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some("ui.keys.refused.browser")
        }
        _ => None,
    }
}

/// What is held, and what is pressed: `Mod+Shift+`, `t`. `+` joins, but is also a key.
pub(super) fn held(key: &str) -> (&str, &str) {
    let mut rest = key;
    for held in ["Mod+", "Alt+", "Shift+"] {
        rest = rest.strip_prefix(held).filter(|rest| !rest.is_empty()).unwrap_or(rest);
    }
    (&key[..key.len() - rest.len()], rest)
}
