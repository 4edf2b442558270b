//! Who may do this? Nobody's business, Basic, or Bearer with a token server on the same listener.
//!
//! Distribution's "Token Authentication Specification"; RFC 7617.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use axum::http::{HeaderMap, Method};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use crate::{
    behaviour::{Behaviour, ErrorType},
    blobs::header,
    lock,
    reply::{Refusal, Reply},
    route::{Route, first},
};

/// Who may do what.
#[derive(Debug, Clone, Default)]
pub enum Auth {
    /// Everybody may do everything.
    #[default]
    None,
    /// One login for everything.
    Basic {
        /// The user.
        user: String,
        /// The password.
        password: String,
    },
    /// Tokens. `/token` of this listener gives them out.
    Bearer(TokenServer),
}

/// A token server, and the registry's trust in it.
#[derive(Debug, Clone)]
pub struct TokenServer {
    /// Where the challenge sends the client; `/token` on this listener if nothing is given.
    pub realm: Option<String>,
    /// `service` of the challenge.
    pub service: String,
    /// The login that the token server takes.
    pub user: String,
    /// Its password.
    pub password: String,
    /// An identity token that stands for that login, by the grant `refresh_token`; `None` takes none.
    pub identity: Option<String>,
    /// What the user may do. Nobody may do more.
    pub user_may: Vec<Grant>,
    /// What may be done without a login.
    pub anyone_may: Vec<Grant>,
    /// `expires_in` of the answer, as JSON; left out if nothing is given.
    pub expires_in: Option<Value>,
    /// In which field the token is.
    pub field: TokenField,
    /// The tokens given out. Registries that share them trust each other's token server.
    pub tokens: Tokens,
}

impl TokenServer {
    /// A server where this user may pull and push everything, and nobody else anything.
    pub fn new(user: &str, password: &str) -> Self {
        Self {
            realm: None,
            service: "fake-registry".to_owned(),
            user: user.to_owned(),
            password: password.to_owned(),
            identity: None,
            user_may: vec![Grant::new("*", "pull,push,delete,*")],
            anyone_may: Vec::new(),
            expires_in: Some(json!(300)),
            field: TokenField::Token,
            tokens: Tokens::default(),
        }
    }
}

/// A right on repositories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// A name, the beginning of names with a final `*`, or `catalog` for the list of repositories.
    pub name: String,
    /// `pull,push`, or `*` for the list of repositories.
    pub actions: String,
}

impl Grant {
    /// A right on the repositories of this name.
    pub fn new(name: &str, actions: &str) -> Self {
        Self { name: name.to_owned(), actions: actions.to_owned() }
    }

    fn gives(&self, name: &str, action: &str) -> bool {
        let named = match self.name.strip_suffix('*') {
            Some(beginning) => name.starts_with(beginning),
            None => name == self.name,
        };
        named && self.actions.split(',').any(|one| one == action)
    }
}

/// The field of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TokenField {
    /// `token`.
    #[default]
    Token,
    /// `access_token`.
    AccessToken,
    /// Both, with the same value.
    Both,
}

/// The tokens that were given out, each with its scopes. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct Tokens(Arc<Mutex<Book>>);

#[derive(Debug, Default)]
struct Book {
    valid: HashMap<String, Vec<Scope>>,
    issued: u64,
}

/// Tokens that are valid at once; then all of them expire.
const MOST_TOKENS: usize = 10_000;

/// `repository:<name>:pull,push`.
type Scope = (String, String, Vec<String>);

impl Tokens {
    /// Makes every token so far worthless.
    pub fn expire(&self) {
        lock(&self.0).valid.clear();
    }

    fn scopes(&self, token: &str) -> Option<Vec<Scope>> {
        lock(&self.0).valid.get(token).cloned()
    }

    fn issue(&self, scopes: Vec<Scope>) -> String {
        let mut book = lock(&self.0);
        if book.valid.len() >= MOST_TOKENS {
            book.valid.clear();
        }
        book.issued += 1;
        let token = format!("token-{}", book.issued);
        book.valid.insert(token.clone(), scopes);
        token
    }
}

/// The scope that a request needs.
fn needed(method: &Method, route: &Route) -> Option<(&'static str, String, Vec<&'static str>)> {
    if *route == Route::Catalog {
        return Some(("registry", "catalog".to_owned(), vec!["*"]));
    }
    let name = route.name()?.to_owned();
    let actions = match *method {
        Method::GET | Method::HEAD => vec!["pull"],
        Method::DELETE => vec!["delete"],
        _ => vec!["pull", "push"],
    };
    Some(("repository", name, actions))
}

/// The answer that stops a request, if it may not pass.
pub(crate) fn check(
    behaviour: &Behaviour,
    method: &Method,
    headers: &HeaderMap,
    host: &str,
    route: &Route,
) -> Option<Reply> {
    match &behaviour.auth {
        Auth::None => None,
        Auth::Basic { user, password } => {
            if login(headers) == Some((user.clone(), password.clone())) {
                return None;
            }
            Some(unauthorized(behaviour, None).with("www-authenticate", "Basic realm=\"fake-registry\""))
        }
        Auth::Bearer(_) if *route == Route::Token => None,
        Auth::Bearer(server) => {
            let token = header(headers, "authorization").and_then(|value| value.strip_prefix("Bearer "));
            let scopes = token.and_then(|token| server.tokens.scopes(token));
            let needed = needed(method, route);
            let error = match (&needed, token, scopes) {
                (_, None, _) => None,
                (_, Some(_), None) => Some("invalid_token"),
                (None, Some(_), Some(_)) => return None,
                (Some((kind, name, actions)), _, Some(scopes)) => {
                    let covers = |action: &&str| {
                        scopes.iter().any(|(of, on, may)| {
                            of == kind && on == name && may.iter().any(|one| one == action)
                        })
                    };
                    if actions.iter().all(covers) {
                        return None;
                    }
                    Some("insufficient_scope")
                }
            };
            let realm = server.realm.clone().unwrap_or_else(|| format!("http://{host}/token"));
            let mut challenge = format!("Bearer realm=\"{realm}\",service=\"{}\"", server.service);
            if let Some((kind, name, actions)) = &needed {
                challenge += &format!(",scope=\"{kind}:{name}:{}\"", actions.join(","));
            }
            if let Some(error) = error {
                challenge += &format!(",error=\"{error}\"");
            }
            Some(unauthorized(behaviour, needed).with("www-authenticate", &challenge))
        }
    }
}

fn unauthorized(behaviour: &Behaviour, needed: Option<(&str, String, Vec<&str>)>) -> Reply {
    let detail = needed.map(|(kind, name, actions)| {
        let one = |action: &&str| json!({ "Type": kind, "Class": "", "Name": name, "Action": action });
        json!(actions.iter().map(one).collect::<Vec<_>>())
    });
    let refusal = Refusal::new(401, "UNAUTHORIZED", "authentication required");
    refusal.detail(detail.unwrap_or(Value::Null)).into_reply(behaviour.error_type)
}

/// User and password of `Authorization: Basic`.
fn login(headers: &HeaderMap) -> Option<(String, String)> {
    let encoded = header(headers, "authorization")?.strip_prefix("Basic ")?;
    let decoded = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
    let (user, password) = decoded.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}

/// `GET /token?service=…&scope=…`: a token for what may be done of what was asked, without a word about the rest.
pub(crate) fn token(server: &TokenServer, headers: &HeaderMap, query: &[(String, String)]) -> Reply {
    let grants = match login(headers) {
        None if headers.contains_key("authorization") => return wrong_login(),
        None => &server.anyone_may,
        Some((user, password)) if user == server.user && password == server.password => &server.user_may,
        Some(_) => return wrong_login(),
    };
    Reply::json(200, &given(server, grants, query))
}

/// `POST /token` with a form: the same for an identity token, where `service` and `client_id` must be there too
/// (distribution documentation, "Docker Registry v2 authentication using OAuth2").
pub(crate) fn exchange(server: &TokenServer, form: &[(String, String)]) -> Reply {
    let whole = ["service", "client_id"].iter().all(|name| first(form, name).is_some());
    if !whole || first(form, "grant_type") != Some("refresh_token") {
        return Refusal::new(400, "UNSUPPORTED", "no grant that is given here").into_reply(ErrorType::Json);
    }
    let (sent, known) = (first(form, "refresh_token"), server.identity.as_deref());
    if known.is_none() || sent != known {
        return wrong_login();
    }
    let mut answer = given(server, &server.user_may, form);
    if let Some(token) = answer.get("token").cloned() {
        answer["access_token"] = token;
    }
    Reply::json(200, &answer)
}

/// The answer with a token for what may be done of what was asked.
fn given(server: &TokenServer, grants: &[Grant], asked: &[(String, String)]) -> Value {
    let asked = asked.iter().filter(|(key, _)| key == "scope").flat_map(|(_, value)| value.split(' '));
    let scopes = asked.filter_map(|scope| {
        let (kind, rest) = scope.split_once(':')?;
        // A name may hold a port, so the actions are what follows the last colon.
        let (name, actions) = rest.rsplit_once(':')?;
        let may = |action: &&str| grants.iter().any(|grant| grant.gives(name, action));
        let actions: Vec<String> = actions.split(',').filter(may).map(str::to_owned).collect();
        Some((kind.to_owned(), name.to_owned(), actions))
    });
    let token = server.tokens.issue(scopes.collect());
    let mut body = json!({});
    if server.field != TokenField::AccessToken {
        body["token"] = json!(token);
    }
    if server.field != TokenField::Token {
        body["access_token"] = json!(token);
    }
    if let Some(expires_in) = &server.expires_in {
        body["expires_in"] = expires_in.clone();
    }
    body
}

fn wrong_login() -> Reply {
    Refusal::new(401, "UNAUTHORIZED", "incorrect username or password").into_reply(ErrorType::Json)
}
