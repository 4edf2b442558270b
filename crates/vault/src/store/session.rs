//! What does the app know until it ends?

use std::{
    collections::BTreeMap,
    future::ready,
    sync::{Mutex, MutexGuard, PoisonError},
};

use futures_util::future::BoxFuture;
use registry::Login;

use super::{OwnName, Store, StoreProblem};

/// Logins of this session: in memory, and nowhere else.
#[derive(Debug, Default)]
pub struct Session(Mutex<BTreeMap<OwnName, Login>>);

impl Session {
    fn logins(&self) -> MutexGuard<'_, BTreeMap<OwnName, Login>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for Session {
    fn get<'a>(&'a self, name: &'a OwnName) -> BoxFuture<'a, Result<Option<Login>, StoreProblem>> {
        Box::pin(ready(Ok(self.logins().get(name).cloned())))
    }

    fn set<'a>(&'a self, name: &'a OwnName, login: Login) -> BoxFuture<'a, Result<(), StoreProblem>> {
        self.logins().insert(name.clone(), login);
        Box::pin(ready(Ok(())))
    }

    fn remove<'a>(&'a self, name: &'a OwnName) -> BoxFuture<'a, Result<bool, StoreProblem>> {
        Box::pin(ready(Ok(self.logins().remove(name).is_some())))
    }

    fn names(&self) -> BoxFuture<'_, Result<Vec<OwnName>, StoreProblem>> {
        Box::pin(ready(Ok(self.logins().keys().cloned().collect())))
    }
}
