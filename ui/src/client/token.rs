//! Which launch token opens the web host?
//!
//! The host prints an address with `#token=…`. The page takes the token out of the address, so that it is neither
//! copied with a link nor kept in the history. Anybody can write such an address, so what it offers counts only once
//! the host has accepted it: until then the token that is remembered stays.

use leptos::prelude::window;
use wasm_bindgen::JsValue;

use crate::shared::memory;

/// Where the token that the host accepted is remembered.
pub(crate) const KEY: &str = "ociscope.token";

/// Where a token from an address is until the host has judged it.
const OFFERED: &str = "ociscope.token.offered";

/// How many digits a launch token has: 256 bits.
const DIGITS: usize = 64;

/// Takes the token out of the address. Gives whether there was one to try.
pub(crate) fn take() -> bool {
    let location = window().location();
    let hash = location.hash().unwrap_or_default();
    let Some(token) = hash.trim_start_matches('#').split('&').find_map(|part| part.strip_prefix("token="))
    else {
        return false;
    };
    let path = location.pathname().unwrap_or_default();
    let clean = format!("{path}{}", location.search().unwrap_or_default());
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&clean));
    }
    let offered = is_well_formed(token);
    if offered {
        memory::keep_text(OFFERED, token);
    }
    offered
}

fn is_well_formed(token: &str) -> bool {
    token.len() == DIGITS && token.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// The tokens to try, in this order: what an address offered, what was accepted before. At least one, if only an
/// empty one: the host then says what is wrong.
pub(super) fn candidates() -> Vec<String> {
    let mut tokens: Vec<_> = [OFFERED, KEY].into_iter().filter_map(memory::text).collect();
    tokens.dedup();
    if tokens.is_empty() { vec![String::new()] } else { tokens }
}

/// The host knows this token.
pub(super) fn accepted(token: &str) {
    if memory::text(OFFERED).as_deref() == Some(token) {
        memory::keep_text(KEY, token);
        memory::forget(OFFERED);
    }
}

/// The host does not know this token.
pub(super) fn refused(token: &str) {
    if memory::text(OFFERED).as_deref() == Some(token) {
        memory::forget(OFFERED);
    }
}
