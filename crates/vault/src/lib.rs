//! Where are the credentials? The app's own in the system's keyring or for this session, and those of docker and
//! podman: their config files and helpers, which are read and never written.
//!
//! [`Vault`] is what a client is given; [`Vault::explain`] tells how a login was found. Every secret is a
//! [`registry::Secret`], and no other type of this crate that can be printed or compared holds one.

mod account;
mod config;
mod environment;
mod helper;
mod pull_secret;
mod search;
mod source;
mod store;
mod vault;

pub use account::{Account, Choice, Holder, Looked, Match, Outcome, Problem, Shown, Step, Verdict};
pub use config::{ConfigPlace, EntryProblem, FileProblem, How, Layout};
pub use environment::{Environment, Platform, repaired_path};
pub use helper::{HelperName, HelperProblem};
pub use pull_secret::{PullSecret, PullSecretKind, PullSecretProblem};
pub use source::Source;
pub use store::{Keyring, OwnName, Session, Store, StoreProblem};
pub use vault::{Keep, Options, Vault};
