//! Which tokens are there, for whom, and until when?

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;
use url::{Url, form_urlencoded};

use crate::Secret;

/// A token that says nothing of its end, or too little, lives this long (token documentation).
const SHORTEST: Duration = Duration::from_secs(60);
const LONGEST: Duration = Duration::from_secs(24 * 3600);
/// It is renewed so long before its end.
const EARLY: Duration = Duration::from_secs(30);
/// Who asks a token server for a token, by the specification's `client_id`.
const CLIENT: &str = "ociscope";
/// Slots are forgotten when there are more.
const MOST: usize = 4_000;

/// What a token was given for: it is never used for anything else.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    /// The registry's origin.
    pub(crate) registry: String,
    /// The token server's address.
    pub(crate) realm: String,
    pub(crate) service: Option<String>,
    pub(crate) scopes: Vec<String>,
    /// Who asked; `None` for nobody.
    pub(crate) user: Option<Asker>,
}

/// By whose login a token was given.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Asker {
    /// The user name, or what stands for one.
    pub(crate) name: String,
    /// Tells one secret from another.
    pub(crate) mark: u64,
}

/// A token and the end of its use on the clock's own count.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) text: Secret,
    pub(crate) until: Duration,
}

/// The place of one token. Who asks for a token holds its lock, so that others wait for the answer.
pub(crate) type Slot = Arc<tokio::sync::Mutex<Option<Token>>>;

/// All tokens.
#[derive(Debug, Default)]
pub(crate) struct Tokens(Mutex<HashMap<Key, Slot>>);

impl Tokens {
    pub(crate) fn slot(&self, key: &Key) -> Slot {
        let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if slots.len() >= MOST && !slots.contains_key(key) {
            slots.clear();
        }
        Arc::clone(slots.entry(key.clone()).or_default())
    }
}

/// Puts what is asked for into the address, as the token specification says for `GET`.
pub(crate) fn ask(url: &mut Url, key: &Key) {
    url.query_pairs_mut()
        .extend_pairs(key.service.as_ref().map(|service| ("service", service)))
        .extend_pairs(key.scopes.iter().map(|scope| ("scope", scope)));
    if url.query() == Some("") {
        url.set_query(None);
    }
}

/// The form that asks for a token in exchange for an identity token (distribution documentation, "Docker Registry v2
/// authentication using OAuth2", grant `refresh_token`). Scopes are one field there, with spaces.
pub(crate) fn grant(key: &Key, identity: &Secret) -> Secret {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("grant_type", "refresh_token");
    form.extend_pairs(key.service.as_ref().map(|service| ("service", service)));
    form.append_pair("client_id", CLIENT);
    if !key.scopes.is_empty() {
        form.append_pair("scope", &key.scopes.join(" "));
    }
    form.append_pair("refresh_token", identity.expose());
    Secret::new(form.finish())
}

/// Reads a token server's answer.
///
/// # Errors
/// A part of a sentence.
pub(crate) fn read(body: &[u8], now: Duration) -> Result<Token, &'static str> {
    #[derive(Deserialize)]
    struct Answer {
        #[serde(default)]
        token: Value,
        #[serde(default)]
        access_token: Value,
        #[serde(default)]
        expires_in: Value,
    }
    let answer: Answer = serde_json::from_slice(body).map_err(|_| "no JSON object")?;
    let text = [&answer.token, &answer.access_token]
        .into_iter()
        .filter_map(Value::as_str)
        .find(|text| !text.is_empty())
        .ok_or("no token in it")?;
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err("a token that cannot be put into a header");
    }
    let seconds = match &answer.expires_in {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    };
    // A float clamps what is negative, absurd or no number.
    let seconds = seconds.unwrap_or(0.0).clamp(SHORTEST.as_secs_f64(), LONGEST.as_secs_f64());
    let life = Duration::try_from_secs_f64(seconds).unwrap_or(SHORTEST);
    Ok(Token { text: Secret::new(text), until: now + life - EARLY })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn until(body: &str) -> u64 {
        read(body.as_bytes(), Duration::ZERO).unwrap().until.as_secs()
    }

    #[test]
    fn a_token_lives_as_long_as_it_says_less_thirty_seconds_and_at_least_sixty() {
        assert_eq!(until(r#"{"token":"t","expires_in":300}"#), 270);
        assert_eq!(until(r#"{"access_token":"t","expires_in":"300"}"#), 270);
        for short in
            ["", r#","expires_in":0"#, r#","expires_in":-1"#, r#","expires_in":null"#, r#","expires_in":"x""#]
        {
            assert_eq!(until(&format!(r#"{{"token":"t"{short}}}"#)), 30, "{short}");
        }
        assert_eq!(until(r#"{"token":"t","expires_in":1000000000000}"#), 24 * 3600 - 30);
    }

    #[test]
    fn either_name_of_the_token_is_taken() {
        let text =
            |body: &str| read(body.as_bytes(), Duration::ZERO).map(|token| token.text.expose().to_owned());
        assert_eq!(text(r#"{"token":"a","access_token":"b"}"#).unwrap(), "a");
        assert_eq!(text(r#"{"token":"","access_token":"b"}"#).unwrap(), "b");
        for bad in
            ["", "<html>", "[]", "{}", r#"{"token":5}"#, r#"{"token":"a\r\nX: y"}"#, r#"{"token":"a b"}"#]
        {
            assert!(text(bad).is_err(), "{bad}");
        }
    }
}
