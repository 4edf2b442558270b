//! Does a registry answer here? (Distribution specification, "Determining Support".)

use reqwest::Method;
use serde_json::Value;

use crate::answer::{Wanted, refuse};
use crate::auth::scope::Scope;
use crate::engine::{Ask, AskLogin, Call, Engine, Target};
use crate::{Endpoint, Error, ErrorKind, Ping, Stage};

const API_VERSION: &str = "docker-distribution-api-version";

pub(crate) async fn ping(engine: &Engine, at: &Endpoint) -> Result<Ping, Error> {
    let mut call = engine.call(at, Scope::None, None).await?;
    let result = ask(engine, &mut call).await;
    result
        .map(|ping| Ping { exchanges: std::mem::take(&mut call.exchanges), ..ping })
        .map_err(|error| error.with(call.exchanges))
}

async fn ask(engine: &Engine, call: &mut Call<'_>) -> Result<Ping, Error> {
    let ask = Ask {
        method: Method::GET,
        target: Target::Path("v2/"),
        accept: "application/json",
        body_limit: engine.limits.error_body,
        open: None,
        wanted: Wanted::Support,
        login: AskLogin::WithLogin,
    };
    let answer = engine.fetch(call, &ask).await?;
    let api_version = answer.header(API_VERSION).map(crate::text::sanitise);
    // With a login, a 401 is no question any more: it is a refusal.
    let auth_needed = answer.status == 401 && !answer.moved && call.login.is_none();
    if !auth_needed && answer.status != 200 {
        return Err(refuse(call, &answer, Wanted::Support));
    }
    let says_so = api_version.is_some() || answer.headers.contains_key("www-authenticate");
    let data = answer.body.is_empty() || serde_json::from_slice::<Value>(&answer.body).is_ok();
    if !says_so && !data {
        let message = format!("{} is no registry: something else answers at its /v2/.", call.at.name);
        return Err(Error::new(ErrorKind::NotARegistry, Stage::Read, message).status(answer.status));
    }
    let origin = answer.url.join("/").unwrap_or(answer.url);
    Ok(Ping { origin, auth_needed, api_version, exchanges: Vec::new() })
}
