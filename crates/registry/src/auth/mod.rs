//! How does `WWW-Authenticate` become `Authorization`? Basic, Bearer by a token server, or a token of the user's own.

pub(crate) mod challenge;
pub(crate) mod realm;
pub(crate) mod scope;
pub(crate) mod token;

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use reqwest::Method;
use reqwest::header::HeaderValue;
use url::Url;

use self::challenge::Challenge;
use self::token::{Asker, Key, Token, Tokens};
use crate::answer::texts;
use crate::engine::{Call, Engine, Errand};
use crate::send::{Answer, Guard};
use crate::text::{authority, redact_url};
use crate::{Error, ErrorKind, Login, Stage};

/// Bytes of a token server's answer that are read at most.
const TOKEN_LIMIT: u64 = 1 << 20;
/// What was learnt of registries is forgotten when it is more.
const MOST_KNOWN: usize = 4_000;

/// What is known of how registries want to be asked.
#[derive(Debug, Default)]
pub(crate) struct Auth {
    tokens: Tokens,
    known: Mutex<HashMap<Want, Way>>,
    /// Of this process alone: a mark tells nothing of the secret that it is of.
    salt: RandomState,
}

/// Whoever asks what of which registry.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Want {
    registry: String,
    scopes: Vec<String>,
    user: Option<Asker>,
}

/// The way that worked: it is taken at once the next time.
#[derive(Debug, Clone)]
enum Way {
    /// The login in every request.
    Login,
    /// A token of a token server.
    Token(Key),
}

/// Where the authorization came from that was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sent {
    /// From an earlier request, or there was none: it may have become old.
    Known,
    /// From a challenge of this very request.
    Fresh,
}

/// What goes into the `Authorization` header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Authorization(pub(crate) HeaderValue);

impl Auth {
    /// Whose login it is. Two logins of one name are two: another password, the identity token of another person.
    fn asker(&self, login: &Login) -> Asker {
        let (name, secret) = match login {
            Login::Basic { user, password } => (user.as_str(), password),
            Login::Bearer(token) => ("<bearer>", token),
            Login::Identity(token) => ("<identity>", token),
        };
        Asker { name: name.to_owned(), mark: self.salt.hash_one(secret.expose()) }
    }

    fn want(&self, call: &Call<'_>, home: &Url) -> Want {
        Want {
            registry: home.origin().ascii_serialization(),
            scopes: call.scope.texts(),
            user: call.login.as_ref().map(|login| self.asker(login)),
        }
    }

    fn known(&self) -> MutexGuard<'_, HashMap<Want, Way>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn learn(&self, want: Want, way: Way) {
        let mut known = self.known();
        if known.len() >= MOST_KNOWN {
            known.clear();
        }
        known.insert(want, way);
    }
}

impl Engine {
    /// What to send without having been asked, from what worked before. A token near its end is renewed first.
    pub(crate) async fn authorization(
        &self,
        call: &mut Call<'_>,
        home: &Url,
    ) -> Result<Option<Authorization>, Error> {
        let way = self.auth.known().get(&self.auth.want(call, home)).cloned();
        match way {
            None => Ok(None),
            Some(Way::Login) => Ok(call.login.as_ref().and_then(of_login)),
            Some(Way::Token(key)) => self.token(call, home, &key, None).await.map(Some),
        }
    }

    /// The answer to challenges; `None` where nothing that is at hand answers them. `refused` is what was sent
    /// before: the same is not sent again.
    pub(crate) async fn answer_challenges(
        &self,
        call: &mut Call<'_>,
        home: &Url,
        challenges: &[Challenge],
        refused: Option<&Authorization>,
        sent: Sent,
    ) -> Result<Option<Authorization>, Error> {
        let want = self.auth.want(call, home);
        let bearer = challenges.iter().find(|challenge| challenge.scheme == "bearer");
        if let (Some(_), Some(login @ Login::Bearer(_))) = (bearer, &call.login) {
            let own = of_login(login).filter(|own| Some(own) != refused);
            self.auth.learn(want, Way::Login);
            return Ok(own);
        }
        if let Some((bearer, address)) = bearer.and_then(|bearer| Some((bearer, bearer.param("realm")?))) {
            let address = realm::check(address, home).map_err(|why| {
                let message =
                    format!("{} wants a token from a server {why}; it was not asked.", call.at.name);
                Error::new(ErrorKind::BadAnswer, Stage::Token, message)
            })?;
            let key = self.key(call, home, bearer, &address, refused.is_some());
            let again = matches!(self.auth.known().get(&want), Some(Way::Token(known)) if *known == key);
            // A new token for the same would be refused again (A-U4).
            if again && sent == Sent::Fresh {
                return Ok(None);
            }
            let authorization = self.token(call, home, &key, refused).await?;
            self.auth.learn(want, Way::Token(key));
            return Ok(Some(authorization).filter(|new| Some(new) != refused));
        }
        if challenges.iter().any(|challenge| challenge.scheme == "basic")
            && let Some(login @ Login::Basic { .. }) = &call.login
        {
            let own = of_login(login).filter(|own| Some(own) != refused);
            self.auth.learn(want, Way::Login);
            return Ok(own);
        }
        Ok(None)
    }

    /// What to ask the token server for: the operation's own scope, and after a refusal also what the registry
    /// names, as far as reading needs it.
    fn key(&self, call: &mut Call<'_>, home: &Url, bearer: &Challenge, address: &Url, refused: bool) -> Key {
        let mut scopes = call.scope.texts();
        if refused || scopes.is_empty() {
            for scope in scope::of_challenge(bearer.param("scope").unwrap_or_default()) {
                if !scopes.contains(&scope) {
                    scopes.push(scope);
                }
            }
        }
        let may_see = |registry| realm::may_see_login(address, home, registry, &*self.credentials);
        let may_see = call.at.login.as_ref().is_some_and(may_see);
        if call.login.is_some() && !may_see {
            call.withheld = Some(authority(address));
        }
        Key {
            registry: home.origin().ascii_serialization(),
            realm: address.as_str().to_owned(),
            service: bearer.param("service").map(str::to_owned),
            scopes,
            user: call.login.as_ref().filter(|_| may_see).map(|login| self.auth.asker(login)),
        }
    }

    /// The token of a key: the one at hand, or a new one. Those who want the same at the same time wait for one
    /// request.
    async fn token(
        &self,
        call: &mut Call<'_>,
        home: &Url,
        key: &Key,
        refused: Option<&Authorization>,
    ) -> Result<Authorization, Error> {
        let slot = self.auth.tokens.slot(key);
        let mut token = slot.lock().await;
        if let Some(token) = &*token
            && token.until > self.sender.clock.elapsed()
            && let Some(authorization) = of_token(token)
            && Some(&authorization) != refused
        {
            return Ok(authorization);
        }
        let new = self.fetch_token(call, home, key).await?;
        let authorization =
            of_token(&new).ok_or_else(|| token_error(call, ErrorKind::BadAnswer, "unusable"))?;
        *token = Some(new);
        Ok(authorization)
    }

    async fn fetch_token(&self, call: &mut Call<'_>, home: &Url, key: &Key) -> Result<Token, Error> {
        let mut url =
            realm::check(&key.realm, home).map_err(|why| token_error(call, ErrorKind::BadAnswer, &why))?;
        let login = call.login.as_ref().filter(|_| key.user.is_some());
        let form = match login {
            Some(Login::Identity(identity)) => Some(token::grant(key, identity)),
            _ => None,
        };
        if form.is_none() {
            token::ask(&mut url, key);
        }
        let (with_login, login) = (login.is_some(), login.and_then(of_login));
        let errand = Errand {
            method: if form.is_some() { Method::POST } else { Method::GET },
            url: &url,
            accept: "application/json",
            authorization: login.as_ref(),
            because: Some("token"),
            body_limit: TOKEN_LIMIT,
            open: None,
            form: form.as_ref(),
            guard: if realm::same_host(&url, home) { Guard::Nothing } else { Guard::LinkLocal },
        };
        let answer = self.persist(call, &errand).await.map_err(|fault| {
            let server = format!("the token server {}", authority(&url));
            let message = format!("No token for {}: {}", call.at.name, fault.sentence(&server));
            Error::new(fault.kind(), Stage::Token, message)
        })?;
        if matches!(answer.status, 401 | 403) {
            self.refused(call);
        }
        if answer.status != 200 {
            return Err(refusal(call, &answer, with_login));
        }
        let read = if answer.whole {
            token::read(&answer.body, self.sender.clock.elapsed())
        } else {
            Err("too much")
        };
        read.map_err(|why| {
            token_error(call, ErrorKind::BadAnswer, &format!("it answered with {why}")).status(200)
        })
    }
}

fn of_login(login: &Login) -> Option<Authorization> {
    let text = match login {
        Login::Basic { user, password } => {
            let pair = format!("{user}:{}", password.expose());
            format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(pair))
        }
        Login::Bearer(token) => format!("Bearer {}", token.expose()),
        // It goes into a form to the token server, and into no header.
        Login::Identity(_) => return None,
    };
    sensitive(&text)
}

fn of_token(token: &Token) -> Option<Authorization> {
    sensitive(&format!("Bearer {}", token.text.expose()))
}

fn sensitive(text: &str) -> Option<Authorization> {
    let mut value = HeaderValue::from_str(text).ok()?;
    value.set_sensitive(true);
    Some(Authorization(value))
}

fn token_error(call: &Call<'_>, kind: ErrorKind, why: &str) -> Error {
    Error::new(kind, Stage::Token, format!("No token for {} from its token server: {why}.", call.at.name))
}

/// What a token server's refusal means.
fn refusal(call: &Call<'_>, answer: &Answer, with_login: bool) -> Error {
    let (kind, why) = match answer.status {
        301..=308 => {
            let to = answer.header("location").and_then(|location| answer.url.join(location).ok());
            let to = to.map_or_else(|| "nowhere".to_owned(), |to| redact_url(&to));
            (ErrorKind::BadAnswer, format!("it redirects to {to}, which is not followed"))
        }
        401 | 403 if with_login => (ErrorKind::Denied, "it refuses the login".to_owned()),
        401 | 403 => match &call.withheld {
            Some(realm) => (
                ErrorKind::AuthNeeded,
                format!("it wants a login, which was not sent to {realm}, another site"),
            ),
            None => (ErrorKind::AuthNeeded, "it wants a login".to_owned()),
        },
        429 => (ErrorKind::RateLimited { retry_after: call.retry_after }, "too many requests".to_owned()),
        500.. => (ErrorKind::RegistryFailed, format!("it failed with status {}", answer.status)),
        status => (ErrorKind::BadAnswer, format!("it answered with status {status}")),
    };
    token_error(call, kind, &why).status(answer.status).says(texts(answer))
}
