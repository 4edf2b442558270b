//! What does an answer that is no success mean, and what does the registry itself say about it?

use std::fmt;

use oci::{Digest, RepositoryName, TagOrDigest};
use serde_json::Value;

use crate::engine::Call;
use crate::fault::proxy_wants_login;
use crate::send::Answer;
use crate::text::{authority, sanitise};
use crate::{Error, ErrorKind, Stage};

/// Errors of one body that are passed on at most.
const MOST_ERRORS: usize = 100;

/// What was asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Wanted<'a> {
    Support,
    Repositories,
    Tags(&'a RepositoryName),
    Manifest(&'a RepositoryName, &'a TagOrDigest),
    Blob(&'a RepositoryName, &'a Digest),
}

impl fmt::Display for Wanted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Support => f.write_str("the version check"),
            Self::Repositories => f.write_str("the list of repositories"),
            Self::Tags(repository) => write!(f, "the tags of {repository}"),
            Self::Manifest(repository, TagOrDigest::Tag(tag)) => write!(f, "{repository}:{tag}"),
            Self::Manifest(repository, TagOrDigest::Digest(digest)) => write!(f, "{repository}@{digest}"),
            Self::Blob(repository, digest) => write!(f, "{repository}@{digest}"),
        }
    }
}

/// One error in the registry's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    /// In upper case; empty where there is none.
    pub(crate) code: String,
    /// `CODE: message`.
    pub(crate) text: String,
}

/// All that the body says: errors in the form of the specification, one of the other forms that are seen, or plain
/// text. Never HTML.
pub(crate) fn words(answer: &Answer) -> Vec<Said> {
    match serde_json::from_slice::<Value>(&answer.body) {
        Ok(Value::Object(body)) => match body.get("errors") {
            Some(Value::Array(errors)) => errors.iter().filter_map(said).take(MOST_ERRORS).collect(),
            Some(one) => said(one).into_iter().collect(),
            None => said(&Value::Object(body)).into_iter().collect(),
        },
        Ok(other) => said(&other).into_iter().collect(),
        Err(_) if answer.is_html() => Vec::new(),
        Err(_) => {
            let text = sanitise(&String::from_utf8_lossy(&answer.body));
            if text.is_empty() { Vec::new() } else { vec![Said { code: String::new(), text }] }
        }
    }
}

/// The same as texts.
pub(crate) fn texts(answer: &Answer) -> Vec<String> {
    words(answer).into_iter().map(|said| said.text).collect()
}

fn said(error: &Value) -> Option<Said> {
    let text_of = |key: &str| match error.get(key) {
        Some(Value::String(text)) => Some(sanitise(text)).filter(|text| !text.is_empty()),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    if let Value::String(text) = error {
        return Some(Said { code: String::new(), text: sanitise(text) });
    }
    let code = text_of("code").unwrap_or_default();
    let message = ["message", "error_description", "error", "detail", "details"]
        .into_iter()
        .find_map(text_of)
        .unwrap_or_default();
    let text = match (code.is_empty(), message.is_empty()) {
        (true, true) => return None,
        (true, false) => message,
        (false, true) => code.clone(),
        (false, false) => sanitise(&format!("{code}: {message}")),
    };
    Some(Said { code: code.to_ascii_uppercase(), text })
}

/// A good answer with all of its body. Anything else is no data: it is an error, never something empty or in part.
pub(crate) fn good(call: &Call<'_>, answer: Answer, wanted: Wanted<'_>, limit: u64) -> Result<Answer, Error> {
    if answer.status != 200 {
        return Err(refuse(call, &answer, wanted));
    }
    if !answer.whole {
        return Err(too_large(call, wanted, limit));
    }
    Ok(answer)
}

/// The error of an answer that is not 2xx.
pub(crate) fn refuse(call: &Call<'_>, answer: &Answer, wanted: Wanted<'_>) -> Error {
    let said = words(answer);
    let has = |code: &str| said.iter().any(|said| said.code == code);
    let name = &call.at.name;
    let status = answer.status;
    let (kind, message) = match status {
        407 => (ErrorKind::Unreachable, proxy_wants_login(&authority(&answer.url))),
        401 | 403 if answer.moved => {
            let there = authority(&answer.url);
            (ErrorKind::Denied, format!("{name} redirects to {there}, which refuses {wanted} ({status})."))
        }
        401 if call.login.is_none() => {
            (ErrorKind::AuthNeeded, format!("{name} wants a login for {wanted}{}.", hidden(wanted)))
        }
        401 => match &call.withheld {
            Some(realm) => (
                ErrorKind::AuthNeeded,
                format!(
                    "{name} refuses {wanted}: it wants its login sent to {realm}, another site, which was not done."
                ),
            ),
            None => (ErrorKind::Denied, format!("{name} refuses {wanted} to this login{}.", hidden(wanted))),
        },
        403 => (ErrorKind::Denied, format!("{name} refuses {wanted}{} (403).", hidden(wanted))),
        404 => not_found(call, wanted, &said),
        405 | 406 | 501 => (ErrorKind::Unsupported, format!("{name} does not offer {wanted} ({status}).")),
        _ if has("UNSUPPORTED") => {
            (ErrorKind::Unsupported, format!("{name} does not offer {wanted} ({status})."))
        }
        429 => (
            ErrorKind::RateLimited { retry_after: call.retry_after },
            format!("{name} takes no more requests for now (429)."),
        ),
        408 | 500.. => (ErrorKind::RegistryFailed, format!("{name} failed at {wanted} ({status}).")),
        400 => (
            ErrorKind::BadRequest,
            format!("{name} says that the request for {wanted} is no valid one (400)."),
        ),
        _ => (
            ErrorKind::BadAnswer,
            format!("{name} answered the request for {wanted} with the status {status}."),
        ),
    };
    Error::new(kind, Stage::Request, message)
        .status(status)
        .says(said.into_iter().map(|said| said.text).collect())
}

/// Registries answer 401 and 403 also for what does not exist (A-U10).
fn hidden(wanted: Wanted<'_>) -> &'static str {
    match wanted {
        Wanted::Support | Wanted::Repositories => "",
        Wanted::Tags(_) | Wanted::Manifest(..) | Wanted::Blob(..) => ", or hides that it does not exist",
    }
}

fn not_found(call: &Call<'_>, wanted: Wanted<'_>, said: &[Said]) -> (ErrorKind, String) {
    let name = &call.at.name;
    let has = |code: &str| said.iter().any(|said| said.code == code);
    let coded = said.iter().any(|said| !said.code.is_empty());
    match wanted {
        Wanted::Support => (ErrorKind::NotARegistry, format!("{name} is no registry: it has no /v2/ (404).")),
        Wanted::Repositories => {
            (ErrorKind::Unsupported, format!("{name} does not list its repositories (404)."))
        }
        Wanted::Tags(repository) | Wanted::Manifest(repository, _) | Wanted::Blob(repository, _)
            if has("NAME_UNKNOWN") =>
        {
            (ErrorKind::RepositoryNotFound, format!("{name} has no repository {repository}."))
        }
        Wanted::Tags(repository) if coded => {
            (ErrorKind::RepositoryNotFound, format!("{name} has no repository {repository}."))
        }
        Wanted::Tags(_) => (
            ErrorKind::Unsupported,
            format!("{name} does not offer {wanted}: it answered 404 without an error of a registry."),
        ),
        // The registry has it, but says that it may not send it in this form.
        Wanted::Manifest(..) if said.iter().any(|said| hides_behind_accept(&said.text)) => (
            ErrorKind::ManifestNotFound,
            format!("{name} has {wanted}, but answers 404 because of the types that were asked for."),
        ),
        Wanted::Manifest(..) | Wanted::Blob(..) if coded => {
            (ErrorKind::ManifestNotFound, format!("{name} has no {wanted}."))
        }
        Wanted::Manifest(..) | Wanted::Blob(..) => (
            ErrorKind::ManifestNotFound,
            format!("{name} has no {wanted}: it answered 404 without an error of a registry."),
        ),
    }
}

/// "OCI manifest found, but accept header does not support OCI manifests", in any case (S3-7).
fn hides_behind_accept(text: &str) -> bool {
    text.to_ascii_lowercase().contains("found, but accept header does not support")
}

/// Something answers that is no registry: a web page in the place of data.
pub(crate) fn no_registry(call: &Call<'_>, answer: &Answer, wanted: Wanted<'_>) -> Error {
    let name = &call.at.name;
    let there = authority(&answer.url);
    let message = if answer.moved {
        format!(
            "{name} is no registry, or hides it: it leads to a web page of {there} in the place of {wanted}."
        )
    } else {
        format!("{name} is no registry: it answered with a web page in the place of {wanted}.")
    };
    Error::new(ErrorKind::NotARegistry, Stage::Read, message).status(answer.status)
}

/// More came than is read.
pub(crate) fn too_large(call: &Call<'_>, wanted: Wanted<'_>, limit: u64) -> Error {
    let message =
        format!("{} of {} is larger than the {limit} bytes that are read.", capital(wanted), call.at.name);
    Error::new(ErrorKind::TooLarge, Stage::Body, message).status(200)
}

fn capital(wanted: Wanted<'_>) -> String {
    let text = wanted.to_string();
    match text.strip_prefix("the ") {
        Some(rest) => format!("The {rest}"),
        None => text,
    }
}
