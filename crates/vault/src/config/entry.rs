//! Which login does one entry of a config file hold?

use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use registry::{Login, Secret};
use serde_json::{Map, Value};

/// docker pads its base64, other tools do not always.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The user name by which docker says that a password is an identity token (docker-credential-helpers,
/// `credentials.Credentials`).
const IDENTITY: &str = "<token>";

/// Why an entry holds no login that can be used. The words name no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EntryProblem {
    /// Not an object.
    #[error("is no JSON object")]
    NotAnObject,
    /// A field holds something else than text.
    #[error("has a field {0:?} that is no text")]
    NotText(&'static str),
    /// `auth` is not base64.
    #[error("has an \"auth\" that is not base64")]
    NotBase64,
    /// `auth` is base64 of something that is no UTF-8.
    #[error("has an \"auth\" that is base64 of something that is no UTF-8 text")]
    NotUtf8,
    /// What `auth` says has no colon.
    #[error("has an \"auth\" without a colon between user name and password")]
    NoColon,
    /// No user name.
    #[error("has a password without a user name")]
    NoUser,
    /// A NUL or another control character, which RFC 7617 forbids.
    #[error("has a control character in its user name, password or token")]
    ControlCharacter,
}

/// Reads an entry; `None` where it holds no login, as docker writes it for what is in a store.
///
/// A `registrytoken` is the closest, then an `identitytoken`, then `auth`, which docker prefers to `username` and
/// `password`. Fields of other names mean nothing here.
pub(crate) fn read(entry: &Value) -> Result<Option<Login>, EntryProblem> {
    let entry = entry.as_object().ok_or(EntryProblem::NotAnObject)?;
    if let Some(token) = text(entry, "registrytoken")? {
        return clean(token).map(|token| Some(Login::Bearer(token)));
    }
    if let Some(token) = text(entry, "identitytoken")? {
        return clean(token).map(|token| Some(Login::Identity(token)));
    }
    if let Some(auth) = text(entry, "auth")? {
        let bytes = BASE64.decode(auth.trim_ascii()).map_err(|_| EntryProblem::NotBase64)?;
        let pair = String::from_utf8(bytes).map_err(|_| EntryProblem::NotUtf8)?;
        let (user, password) = pair.split_once(':').ok_or(EntryProblem::NoColon)?;
        // docker and containers/image take NULs from the password's end, which old versions padded with.
        return pair_of(user, password.trim_end_matches('\0'));
    }
    match (text(entry, "username")?, text(entry, "password")?) {
        (None, None) => Ok(None),
        (user, password) => pair_of(user.unwrap_or_default(), password.unwrap_or_default()),
    }
}

/// The login of a user name and a password, of which one may stand for an identity token.
pub(crate) fn pair_of(user: &str, password: &str) -> Result<Option<Login>, EntryProblem> {
    let password = clean(password)?;
    if user == IDENTITY {
        return Ok(Some(Login::Identity(password)));
    }
    if user.is_empty() {
        return Err(EntryProblem::NoUser);
    }
    if user.contains(char::is_control) {
        return Err(EntryProblem::ControlCharacter);
    }
    Ok(Some(Login::Basic { user: user.to_owned(), password }))
}

fn text<'a>(entry: &'a Map<String, Value>, name: &'static str) -> Result<Option<&'a str>, EntryProblem> {
    match entry.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.as_str()).filter(|text| !text.is_empty())),
        Some(_) => Err(EntryProblem::NotText(name)),
    }
}

fn clean(secret: &str) -> Result<Secret, EntryProblem> {
    if secret.contains(char::is_control) {
        return Err(EntryProblem::ControlCharacter);
    }
    Ok(Secret::new(secret))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn basic(user: &str, password: &str) -> Result<Option<Login>, EntryProblem> {
        Ok(Some(Login::Basic { user: user.to_owned(), password: Secret::new(password) }))
    }

    // The base64 is that of RFC 7617, 2 ("Aladdin:open sesame"), or was made with base64(1).
    #[test]
    fn each_kind_of_login_is_read() {
        let aladdin = "QWxhZGRpbjpvcGVuIHNlc2FtZQ==";
        assert_eq!(read(&json!({ "auth": aladdin })), basic("Aladdin", "open sesame"));
        assert_eq!(read(&json!({ "auth": "QWxhZGRpbjpvcGVuIHNlc2FtZQ" })), basic("Aladdin", "open sesame"));
        assert_eq!(read(&json!({ "auth": "YTpiOmM=" })), basic("a", "b:c"));
        assert_eq!(read(&json!({ "auth": "YTpiAAA=" })), basic("a", "b"), "a:b and two NULs");
        assert_eq!(read(&json!({ "username": "a", "password": "b" })), basic("a", "b"));
        assert_eq!(
            read(&json!({ "auth": aladdin, "username": "x", "password": "y" })),
            basic("Aladdin", "open sesame")
        );
        let identity = || Ok(Some(Login::Identity(Secret::new("it"))));
        assert_eq!(read(&json!({ "auth": aladdin, "identitytoken": "it" })), identity());
        assert_eq!(read(&json!({ "username": "<token>", "password": "it" })), identity());
        assert_eq!(
            read(&json!({ "registrytoken": "rt", "identitytoken": "it", "auth": aladdin })),
            Ok(Some(Login::Bearer(Secret::new("rt"))))
        );
    }

    #[test]
    fn an_entry_of_a_store_holds_no_login() {
        for entry in [json!({}), json!({ "email": "a@b" }), json!({ "auth": "" }), json!({ "auth": null })] {
            assert_eq!(read(&entry), Ok(None), "{entry}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_by_its_kind() {
        for (entry, problem) in [
            (json!("x"), EntryProblem::NotAnObject),
            (json!({ "auth": 5 }), EntryProblem::NotText("auth")),
            (json!({ "auth": "***" }), EntryProblem::NotBase64),
            (json!({ "auth": "/////w==" }), EntryProblem::NotUtf8),
            (json!({ "auth": "YWJj" }), EntryProblem::NoColon),
            (json!({ "auth": "OmI=" }), EntryProblem::NoUser),
            (json!({ "auth": "YQA6Yg==" }), EntryProblem::ControlCharacter),
            (json!({ "auth": "YTpiAGM=" }), EntryProblem::ControlCharacter),
            (json!({ "username": "a", "password": "b\r\nX: y" }), EntryProblem::ControlCharacter),
            (json!({ "identitytoken": "a\nb" }), EntryProblem::ControlCharacter),
            (json!({ "password": "b" }), EntryProblem::NoUser),
        ] {
            assert_eq!(read(&entry), Err(problem), "{entry}");
        }
    }
}
