//! How does a question become an answer? Origin, queue, retries, redirects and logins, in this one place.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use oci::{Host, RepositoryName};
use reqwest::Method;
use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, RANGE, USER_AGENT,
};
use url::Url;

use crate::answer::{Wanted, no_registry, texts};
use crate::auth::challenge::challenges;
use crate::auth::scope::Scope;
use crate::auth::{Auth, Authorization, Sent};
use crate::dns::Lookup;
use crate::endpoint::serving;
use crate::fault::Fault;
use crate::limit::Gates;
use crate::redirect::{is_redirect, same_origin, target};
use crate::retry::{LONGEST_PAUSE, RETRIES, is_passing, pause, retry_after};
use crate::send::{Answer, Guard, Request, Sender};
use crate::text::authority;
use crate::{Credentials, Endpoint, Error, ErrorKind, Exchange, Limits, Login, Options, Secret, Stage};

/// Answers to challenges for one request: one, and one more where the registry then names another scope.
const AUTH_ROUNDS: u32 = 2;
/// Hosts whose working origin is remembered.
const MOST_ORIGINS: usize = 1_000;

/// What all clones of a client share.
pub(crate) struct Engine {
    pub(crate) sender: Sender,
    pub(crate) auth: Auth,
    pub(crate) credentials: Arc<dyn Credentials>,
    pub(crate) limits: Limits,
    gates: Gates,
    user_agent: HeaderValue,
    /// Which of several origins answered.
    origins: Mutex<HashMap<Host, Url>>,
}

/// One operation: what it may use and what it has done so far.
pub(crate) struct Call<'a> {
    pub(crate) at: &'a Endpoint,
    pub(crate) scope: Scope,
    pub(crate) login: Option<Login>,
    pub(crate) exchanges: Vec<Exchange>,
    /// The host of a token server that would have liked the login and did not get it.
    pub(crate) withheld: Option<String>,
    /// What the last 429 or 5xx asked for.
    pub(crate) retry_after: Option<Duration>,
    /// How often a request is sent again at most.
    pub(crate) patience: u32,
}

/// One question of an operation.
pub(crate) struct Ask<'a> {
    pub(crate) method: Method,
    pub(crate) target: Target<'a>,
    pub(crate) accept: &'static str,
    pub(crate) body_limit: u64,
    /// Whether a good answer's body is left to be read piece by piece, and from which byte on it is wanted.
    pub(crate) open: Option<u64>,
    pub(crate) wanted: Wanted<'a>,
    pub(crate) login: AskLogin,
}

/// Where a question goes.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Target<'a> {
    /// A path below the origin, percent-encoded, without a slash in front.
    Path(&'a str),
    /// A whole URL on an origin that has answered before.
    Url(&'a Url),
}

/// Whether a 401 is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AskLogin {
    /// With a login or an anonymous token.
    Whatever,
    /// Only where there is a login: an anonymous token would tell nothing.
    WithLogin,
}

/// One request with its retries.
pub(crate) struct Errand<'a> {
    pub(crate) method: Method,
    pub(crate) url: &'a Url,
    pub(crate) accept: &'static str,
    pub(crate) authorization: Option<&'a Authorization>,
    pub(crate) because: Option<&'a str>,
    pub(crate) body_limit: u64,
    pub(crate) open: Option<u64>,
    /// A form to send with it, for a token server.
    pub(crate) form: Option<&'a Secret>,
    pub(crate) guard: Guard,
}

/// Why there is no answer to be read.
enum Stopped {
    /// At this host.
    Fault(Fault, Url),
    Error(Error),
}

impl From<Error> for Stopped {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl Engine {
    pub(crate) fn new(options: Options) -> Result<Self, Error> {
        Self::looking_up(options, crate::dns::system)
    }

    fn looking_up(options: Options, lookup: Lookup) -> Result<Self, Error> {
        let user_agent = HeaderValue::from_str(&options.user_agent).map_err(|_| {
            Error::new(ErrorKind::BadRequest, Stage::Request, "The User-Agent cannot be put into a header.")
        })?;
        Ok(Self {
            sender: Sender::new(&options, lookup)?,
            auth: Auth::default(),
            credentials: options.credentials,
            limits: options.limits,
            gates: Gates::default(),
            user_agent,
            origins: Mutex::default(),
        })
    }

    /// Begins an operation: looks up the login once.
    pub(crate) async fn call<'a>(
        &self,
        at: &'a Endpoint,
        scope: Scope,
        repository: Option<&RepositoryName>,
    ) -> Result<Call<'a>, Error> {
        let login = match &at.login {
            Some(address) => self.credentials.lookup(address, repository).await,
            None => Ok(None),
        };
        let login = login.map_err(|error| Error {
            // No step of an exchange: there was none.
            stage: None,
            ..Error::new(ErrorKind::LoginFailed, Stage::Request, error.message)
        })?;
        Ok(Call {
            at,
            scope,
            login,
            exchanges: Vec::new(),
            withheld: None,
            retry_after: None,
            patience: RETRIES,
        })
    }

    /// Asks and brings the answer, whatever its status: after retries, redirects and logins. A web page in the place
    /// of data is an error already.
    pub(crate) async fn fetch(&self, call: &mut Call<'_>, ask: &Ask<'_>) -> Result<Answer, Error> {
        let starts = match ask.target {
            Target::Url(url) => vec![url.clone()],
            Target::Path(path) => {
                self.origins(call.at).into_iter().filter_map(|origin| origin.join(path).ok()).collect()
            }
        };
        let last = starts.len().saturating_sub(1);
        for (nth, start) in starts.iter().enumerate() {
            match Box::pin(self.follow(call, ask, start)).await {
                Ok(answer) => {
                    self.remember(call.at, start);
                    if answer.is_html() && (answer.moved || (200..300).contains(&answer.status)) {
                        return Err(no_registry(call, &answer, ask.wanted));
                    }
                    return Ok(answer);
                }
                Err(Stopped::Fault(fault, _))
                    if nth < last && may_be_plain(&fault, start, &starts[nth + 1]) => {}
                Err(Stopped::Fault(fault, url)) => {
                    self.forget(call.at);
                    return Err(Error::new(fault.kind(), fault.stage(), fault.sentence(&authority(&url))));
                }
                Err(Stopped::Error(error)) => return Err(error),
            }
        }
        Err(Error::new(
            ErrorKind::BadRequest,
            Stage::Request,
            format!("{} has no address to ask.", call.at.name),
        ))
    }

    /// What was looked up for an operation did not do.
    pub(crate) fn refused(&self, call: &Call<'_>) {
        if let Some(address) = &call.at.login {
            self.credentials.refused(address);
        }
    }

    /// From a URL of the registry itself along redirects and challenges to an answer.
    async fn follow(&self, call: &mut Call<'_>, ask: &Ask<'_>, home: &Url) -> Result<Answer, Stopped> {
        let mut url = home.clone();
        let mut authorization = self.authorization(call, home).await?;
        let mut because = ask.open.filter(|from| *from > 0).map(|_| "resume");
        let (mut hops, mut rounds, mut moved) = (0, 0, false);
        loop {
            let errand = Errand {
                method: ask.method.clone(),
                url: &url,
                accept: ask.accept,
                // A credential belongs to one origin, and what has once left it gets none any more.
                authorization: authorization.as_ref().filter(|_| !moved),
                because,
                body_limit: ask.body_limit,
                open: ask.open,
                form: None,
                // Where a redirect leads is text of the registry, as a realm is.
                guard: if moved { Guard::LinkLocal } else { Guard::Nothing },
            };
            let answer =
                self.persist(call, &errand).await.map_err(|fault| Stopped::Fault(fault, url.clone()))?;
            if is_redirect(answer.status) {
                hops += 1;
                let next = target(&url, answer.header("location"), hops).map_err(|why| {
                    Error::new(ErrorKind::BadAnswer, Stage::Request, why).status(answer.status)
                })?;
                moved |= !same_origin(&next, home);
                url = next;
                because = Some("redirect");
                continue;
            }
            let may_answer = !moved
                && answer.status == 401
                && rounds < AUTH_ROUNDS
                && (ask.login == AskLogin::Whatever || call.login.is_some());
            if may_answer {
                let sent = if rounds == 0 { Sent::Known } else { Sent::Fresh };
                rounds += 1;
                let asked = challenges(&answer.headers);
                let refused = authorization.take();
                let next = self.answer_challenges(call, home, &asked, refused.as_ref(), sent).await;
                let next = next.map_err(|error| error.also_says(texts(&answer)))?;
                // A second refusal is final, unless the first answer left out a scope that the registry names.
                if next.is_some() {
                    authorization = next;
                    because = Some("login");
                    continue;
                }
            }
            if !moved && matches!(answer.status, 401 | 403) {
                self.refused(call);
            }
            return Ok(Answer { asked: home.clone(), moved, ..answer });
        }
    }

    /// Sends a request, and again where that may help. Each try waits for its turn at the host.
    pub(crate) async fn persist(&self, call: &mut Call<'_>, errand: &Errand<'_>) -> Result<Answer, Fault> {
        let host = authority(errand.url);
        let clock = &self.sender.clock;
        let (mut retry, mut one) = (0, false);
        loop {
            let queued_from = clock.elapsed();
            let permit = self.gates.enter(&host).await;
            let request = Request {
                registry: &call.at.name,
                method: errand.method.clone(),
                url: errand.url,
                headers: self.headers(errand),
                because: because(errand.because, retry),
                body_limit: errand.body_limit,
                open: errand.open.is_some(),
                form: errand.form,
                queued: clock.elapsed().saturating_sub(queued_from),
                guard: errand.guard,
                trust: call.at.trust_of(errand.url),
                one,
            };
            let mut result = self.sender.exchange(request, &mut call.exchanges).await;
            let (allowed, asked) = match &mut result {
                Ok(answer) if is_passing(answer.status) => {
                    permit.overloaded();
                    (RETRIES, retry_after(&answer.headers, clock.now()))
                }
                Ok(answer) => {
                    permit.answered(answer.head_took);
                    if let Some(open) = &mut answer.open {
                        open.hold(permit);
                    }
                    return result;
                }
                Err(fault) => {
                    if fault.is_slowness() {
                        permit.overloaded();
                    }
                    (fault.retries(), None)
                }
            };
            drop(permit);
            one |= matches!(result, Err(Fault::Closed)) && errand.url.scheme() == "https";
            call.retry_after = asked;
            if retry >= allowed.min(call.patience) || asked.is_some_and(|asked| asked > LONGEST_PAUSE) {
                return result;
            }
            retry += 1;
            clock.sleep(pause(retry, clock.chance(), asked)).await;
        }
    }

    fn headers(&self, errand: &Errand<'_>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static(errand.accept));
        // Digests are over the bytes as they are (A-B7).
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        headers.insert(USER_AGENT, self.user_agent.clone());
        if let Some(from) = errand.open.filter(|from| *from > 0) {
            headers.insert(
                RANGE,
                HeaderValue::from_str(&format!("bytes={from}-")).expect("digits are header text"),
            );
        }
        if errand.form.is_some() {
            let form = HeaderValue::from_static("application/x-www-form-urlencoded");
            headers.insert(CONTENT_TYPE, form);
        }
        if let Some(Authorization(value)) = errand.authorization {
            headers.insert(AUTHORIZATION, value.clone());
        }
        headers
    }

    /// The origins to try: the one that answered before, else all of them in order.
    fn origins(&self, at: &Endpoint) -> Vec<Url> {
        let given: Vec<Url> = at.origins.iter().map(serving).filter(is_plain).collect();
        let known = self.origins.lock().unwrap_or_else(PoisonError::into_inner);
        match known.get(&at.name) {
            Some(known) if given.len() > 1 && given.iter().any(|origin| same_origin(origin, known)) => {
                vec![known.clone()]
            }
            _ => given,
        }
    }

    /// What answered before may be another program now.
    fn forget(&self, at: &Endpoint) {
        self.origins.lock().unwrap_or_else(PoisonError::into_inner).remove(&at.name);
    }

    fn remember(&self, at: &Endpoint, answered: &Url) {
        if at.origins.len() > 1
            && let Ok(origin) = answered.join("/")
        {
            let mut known = self.origins.lock().unwrap_or_else(PoisonError::into_inner);
            if known.len() >= MOST_ORIGINS {
                known.clear();
            }
            known.insert(at.name.clone(), origin);
        }
    }
}

/// Whether the next origin is worth a try: TLS is not spoken here, or the other one is another port.
fn may_be_plain(fault: &Fault, here: &Url, next: &Url) -> bool {
    let other_port = here.port_or_known_default() != next.port_or_known_default();
    match fault {
        Fault::NotTls | Fault::NotHttp => true,
        Fault::Refused => other_port,
        // A server that takes the greeting of TLS for nonsense may also reset the connection.
        Fault::Connect(_) => here.scheme() == "https" && next.scheme() == "http",
        _ => false,
    }
}

/// An origin carries no user info: it would turn into an `Authorization` header.
fn is_plain(origin: &Url) -> bool {
    origin.username().is_empty() && origin.password().is_none() && matches!(origin.scheme(), "http" | "https")
}

fn because(first: Option<&str>, retry: u32) -> Option<String> {
    let again = (retry > 0).then(|| format!("retry {retry} of {RETRIES}"));
    match (first, again) {
        (Some(first), Some(again)) => Some(format!("{first}, {again}")),
        (first, again) => again.or(first.map(str::to_owned)),
    }
}

#[cfg(test)]
mod tests {
    use fake_registry::{Behaviour, FakeRegistry, Fault, Times};

    use super::*;

    /// Every name leads to an address next to where clouds keep the secrets of a machine.
    const LINK_LOCAL: Lookup = |_| Box::pin(std::future::ready(Ok(vec!["169.254.7.7:0".parse().unwrap()])));

    #[tokio::test]
    async fn a_redirect_to_a_name_with_a_link_local_address_is_refused_before_it_connects() {
        let registry = FakeRegistry::start(Behaviour::default()).await.unwrap();
        let fault = Fault::redirect(307, "http://elsewhere.localhost:9/latest");
        registry.faults().on("GET", "/manifests/", fault, Times::Always);
        let engine = Engine::looking_up(Options::default(), LINK_LOCAL).unwrap();
        let at = Endpoint::http(registry.address().to_string().parse().unwrap());
        let target = oci::TagOrDigest::Tag("1".parse().unwrap());
        let repository = "demo/app".parse().unwrap();
        let error = crate::manifests::get(&engine, &at, &repository, &target).await.unwrap_err();
        assert_eq!((error.kind, error.stage), (ErrorKind::Unreachable, Some(Stage::Dns)), "{error}");
        assert!(error.message.contains("link-local address 169.254.7.7"), "{error}");
    }
}
