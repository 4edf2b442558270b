//! What has the system's keyring for the app?
//!
//! An entry is of the service `ociscope` and the user `host` or `host/namespace`; its secret is the login as JSON.
//! Which entries there are is asked of the keyring itself, by the attributes that it keeps beside each of them: an
//! index of our own would be a second truth, which two running hosts would overwrite for each other.

use std::{collections::HashMap, sync::Arc, thread, time::Duration};

use futures_util::future::BoxFuture;
use keyring::{Entry, Error};
use registry::{Login, Secret};
use serde_json::{Value, json};
use tokio::{
    sync::{Mutex, oneshot},
    time::timeout,
};

use super::{OwnName, Store, StoreProblem};

/// The keyring of the system: Secret Service on Linux, Keychain on macOS, Credential Manager on Windows.
///
/// Calls wait for the system, and a locked keyring for the user. Each is made on a thread of its own, for no longer
/// than a limit, and one at a time: a call that hangs holds up the next ones no longer than that, one prompt is on the
/// screen and not five, and the program can end meanwhile, which a runtime's own threads for blocking calls would
/// keep it from.
#[derive(Debug, Clone)]
pub struct Keyring {
    service: String,
    limit: Duration,
    turn: Arc<Mutex<()>>,
}

impl Keyring {
    /// The app's entries. `limit` is how long each call may take, a prompt included.
    pub fn new(limit: Duration) -> Self {
        Self::of_service("ociscope", limit)
    }

    fn of_service(service: &str, limit: Duration) -> Self {
        Self { service: service.to_owned(), limit, turn: Arc::default() }
    }

    /// Whether there is a keyring. What is found first holds until the program ends: one that comes later is not seen.
    ///
    /// # Errors
    /// [`StoreProblem::NoneHere`], and `TimedOut`.
    pub async fn is_here(&self) -> Result<(), StoreProblem> {
        self.ask(is_here).await
    }

    async fn ask<T: Send + 'static>(
        &self,
        call: impl FnOnce() -> Result<T, StoreProblem> + Send + 'static,
    ) -> Result<T, StoreProblem> {
        let late = || StoreProblem::TimedOut(self.limit);
        let turn = timeout(self.limit, Arc::clone(&self.turn).lock_owned()).await.map_err(|_| late())?;
        let (tell, told) = oneshot::channel();
        let work = move || {
            let _ = tell.send(call());
            drop(turn);
        };
        thread::Builder::new().name("keyring".to_owned()).spawn(work).map_err(|_| StoreProblem::Failed)?;
        timeout(self.limit, told).await.map_err(|_| late())?.unwrap_or(Err(StoreProblem::Failed))
    }

    /// A call with the entry of a name.
    async fn with_entry<T: Send + 'static>(
        &self,
        name: &OwnName,
        call: impl FnOnce(&Entry) -> Result<T, StoreProblem> + Send + 'static,
    ) -> Result<T, StoreProblem> {
        let (service, user) = (self.service.clone(), name.to_string());
        self.ask(move || {
            is_here()?;
            call(&Entry::new(&service, &user).map_err(|error| problem(&error))?)
        })
        .await
    }
}

impl Store for Keyring {
    fn get<'a>(&'a self, name: &'a OwnName) -> BoxFuture<'a, Result<Option<Login>, StoreProblem>> {
        Box::pin(self.with_entry(name, |entry| match entry.get_password() {
            Ok(text) => read(&text).map(Some),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(problem(&error)),
        }))
    }

    fn set<'a>(&'a self, name: &'a OwnName, login: Login) -> BoxFuture<'a, Result<(), StoreProblem>> {
        Box::pin(self.with_entry(name, move |entry| {
            entry.set_password(written(&login).expose()).map_err(|error| problem(&error))
        }))
    }

    fn remove<'a>(&'a self, name: &'a OwnName) -> BoxFuture<'a, Result<bool, StoreProblem>> {
        Box::pin(self.with_entry(name, |entry| match entry.delete_credential() {
            Ok(()) => Ok(true),
            Err(Error::NoEntry) => Ok(false),
            Err(error) => Err(problem(&error)),
        }))
    }

    fn names(&self) -> BoxFuture<'_, Result<Vec<OwnName>, StoreProblem>> {
        let service = self.service.clone();
        Box::pin(self.ask(move || {
            is_here()?;
            let found = keyring_core::Entry::search(&search(&service).as_spec());
            let users = found.map_err(|error| problem(&error))?.into_iter().filter_map(|entry| user(&entry));
            let mut names: Vec<OwnName> = users.filter_map(|user| user.parse().ok()).collect();
            names.sort();
            names.dedup();
            Ok(names)
        }))
    }
}

fn is_here() -> Result<(), StoreProblem> {
    match Entry::store_status() {
        Ok(()) => Ok(()),
        // There is no login in it: nothing has been asked for yet.
        Err(error) => Err(StoreProblem::NoneHere(error.to_string())),
    }
}

/// How the entries of a service are found, in the words of the system's store.
struct Search {
    word: &'static str,
    value: String,
}

impl Search {
    fn as_spec(&self) -> HashMap<&str, &str> {
        HashMap::from([(self.word, self.value.as_str())])
    }
}

/// Credential Manager knows one text for each entry, `user.service`, and is searched by a pattern over it; the other
/// two keep the service beside it.
fn search(service: &str) -> Search {
    if cfg!(windows) {
        Search { word: "pattern", value: format!("\\.{service}$") }
    } else {
        Search { word: "service", value: service.to_owned() }
    }
}

/// The user of an entry that was found: an attribute, or what the entry was found by.
fn user(entry: &keyring_core::Entry) -> Option<String> {
    if cfg!(target_os = "macos") {
        return entry.get_specifiers().map(|(_, user)| user);
    }
    entry.get_attributes().ok()?.remove("username")
}

/// The words of an error may quote what was kept: only their kind goes on.
fn problem(error: &Error) -> StoreProblem {
    match error {
        Error::NoStorageAccess(_) => StoreProblem::Refused,
        Error::TooLong(_, most) => StoreProblem::TooLong(*most),
        Error::BadEncoding(_) | Error::BadDataFormat(..) => StoreProblem::Damaged,
        Error::NoDefaultStore => StoreProblem::NoneHere("it could not be opened".to_owned()),
        _ => StoreProblem::Failed,
    }
}

/// A login as it is kept.
fn written(login: &Login) -> Secret {
    let value = match login {
        Login::Basic { user, password } => json!({ "user": user, "password": password.expose() }),
        Login::Identity(token) => json!({ "identity": token.expose() }),
        Login::Bearer(token) => json!({ "bearer": token.expose() }),
    };
    Secret::new(value.to_string())
}

fn read(text: &str) -> Result<Login, StoreProblem> {
    let value: Value = serde_json::from_str(text).map_err(|_| StoreProblem::Damaged)?;
    let part = |name: &str| value.get(name).and_then(Value::as_str);
    match (part("user"), part("password"), part("identity"), part("bearer")) {
        (Some(user), Some(password), None, None) => {
            Ok(Login::Basic { user: user.to_owned(), password: Secret::new(password) })
        }
        (None, None, Some(token), None) => Ok(Login::Identity(Secret::new(token))),
        (None, None, None, Some(token)) => Ok(Login::Bearer(Secret::new(token))),
        _ => Err(StoreProblem::Damaged),
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::mpsc, time::Instant};

    use super::*;

    #[test]
    fn a_login_is_read_as_it_is_written() {
        let basic = Login::Basic { user: "a\"b".to_owned(), password: Secret::new("c:\u{1f511}") };
        let others = [Login::Identity(Secret::new("i")), Login::Bearer(Secret::new("b"))];
        for login in [basic].into_iter().chain(others) {
            assert_eq!(read(written(&login).expose()), Ok(login));
        }
        assert_eq!(written(&Login::Identity(Secret::new("i"))).expose(), r#"{"identity":"i"}"#);
        for text in
            ["", "plain", "{}", "[]", r#"{"user":"a"}"#, r#"{"user":"a","password":"b","bearer":"c"}"#]
        {
            assert_eq!(read(text), Err(StoreProblem::Damaged), "{text}");
        }
    }

    #[tokio::test]
    async fn a_call_that_hangs_is_given_up_and_the_next_one_waits_no_longer() {
        let keyring = Keyring::of_service("x", Duration::from_millis(200));
        let (release, held) = mpsc::channel::<()>();
        let start = Instant::now();
        let hanging = keyring.ask(move || {
            let _ = held.recv();
            Ok(())
        });
        let late = StoreProblem::TimedOut(Duration::from_millis(200));
        assert_eq!(hanging.await, Err(late.clone()));
        assert_eq!(keyring.ask(|| Ok(1)).await, Err(late), "one at a time");
        release.send(()).unwrap();
        let patient = Keyring { limit: Duration::from_secs(20), ..keyring };
        assert_eq!(patient.ask(|| Ok(2)).await, Ok(2));
        assert!(start.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn an_error_of_the_keyring_keeps_its_kind_and_loses_its_words() {
        let canary = || b"canary".to_vec();
        for (error, expected) in [
            (Error::BadEncoding(canary()), StoreProblem::Damaged),
            (Error::TooLong("canary".to_owned(), 2560), StoreProblem::TooLong(2560)),
            (Error::BadStoreFormat("canary".to_owned()), StoreProblem::Failed),
            (Error::NoStorageAccess("canary".into()), StoreProblem::Refused),
        ] {
            let found = problem(&error);
            assert_eq!(found, expected);
            assert!(!format!("{found} {found:?}").contains("canary"));
        }
    }
}
