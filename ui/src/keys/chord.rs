//! What is a pressed key called?
//!
//! As in the list of actions: `c`, `C`, `?`, `Space`, `Escape`, `Mod+k`. `Mod` is Ctrl, or Cmd on a Mac.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent};

/// The name, or `None` for what is no key of its own: a modifier, a dead key, part of a composed character.
pub(crate) fn name(event: &KeyboardEvent) -> Option<String> {
    let key = match event.key() {
        space if space == " " => "Space".to_owned(),
        key => key,
    };
    if event.is_composing()
        || matches!(
            key.as_str(),
            "" | "Dead"
                | "Process"
                | "Unidentified"
                | "Shift"
                | "Control"
                | "Alt"
                | "Meta"
                | "AltGraph"
                | "CapsLock"
                | "NumLock"
                | "ScrollLock"
                | "Fn"
                | "FnLock"
        )
    {
        return None;
    }
    // AltGr writes characters; some systems report it as Ctrl and Alt.
    let composed = event.get_modifier_state("AltGraph");
    let control = (event.ctrl_key() || event.meta_key()) && !composed;
    let alt = event.alt_key() && !composed;
    let letter = letter(event, &key);
    let mut name = String::new();
    if control {
        name.push_str("Mod+");
    }
    if alt {
        name.push_str("Alt+");
    }
    match letter {
        // Caps Lock changes no key.
        Some(letter) if event.shift_key() && (control || alt) => {
            name.push_str("Shift+");
            name.push(letter);
        }
        Some(letter) if event.shift_key() => name.push(letter.to_ascii_uppercase()),
        Some(letter) => name.push(letter),
        None => {
            // Shift is part of how `?` is written, but not of how F6 is.
            if event.shift_key() && key.chars().count() > 1 {
                name.push_str("Shift+");
            }
            name.push_str(&key);
        }
    }
    Some(name)
}

/// The Latin letter on a key, in lower case: the one that it writes, or the one that it stands for on a keyboard of
/// another script.
fn letter(event: &KeyboardEvent, key: &str) -> Option<char> {
    let mut characters = key.chars();
    let (first, None) = (characters.next()?, characters.next()) else { return None };
    if first.is_ascii_alphabetic() {
        return Some(first.to_ascii_lowercase());
    }
    if first.is_ascii() || !first.is_alphabetic() {
        return None;
    }
    event.code().strip_prefix("Key")?.chars().next().map(|letter| letter.to_ascii_lowercase())
}

/// Whether a key writes or moves in a field: it holds nothing down but Shift, and is none of F1 to F12.
pub(super) fn writes(name: &str) -> bool {
    let held = ["Mod+", "Alt+"].iter().any(|held| name.starts_with(held));
    let function = name
        .trim_start_matches("Shift+")
        .strip_prefix('F')
        .is_some_and(|number| number.parse::<u8>().is_ok());
    !held && !function
}

/// Whether the key writes into a field.
pub(super) fn is_typing(event: &KeyboardEvent) -> bool {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
        return false;
    };
    if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
        return !matches!(
            input.type_().as_str(),
            "checkbox" | "radio" | "button" | "submit" | "reset" | "range" | "color" | "file" | "image"
        );
    }
    matches!(target.tag_name().as_str(), "TEXTAREA" | "SELECT")
        || target.dyn_ref::<HtmlElement>().is_some_and(HtmlElement::is_content_editable)
        || matches!(target.get_attribute("role").as_deref(), Some("textbox" | "combobox" | "searchbox"))
}
