//! What do both hosts have in common?
//!
//! The desktop window and the web host differ in how bytes come in and go out. Everything between is here: the
//! service with its sample registries ([`compose()`]), the work that can be stopped by id ([`Running`]), what a page
//! may do ([`policy`]), where the user keeps things ([`Folders`]), and what docker and podman were given to trust
//! ([`Certs`]).

mod certs;
mod compose;
mod ending;
mod file_name;
mod folders;
mod link;
mod logins;
mod percent;
mod placing;
pub mod policy;
mod running;
mod saved;
mod settings;

pub use certs::Certs;
pub use compose::{Composed, Samples, Setup, compose, is_sample};
pub use ending::asked_to_end;
pub use file_name::file_name;
pub use folders::Folders;
pub use link::{NoScreen, screen};
pub use logins::UserLogins;
pub use percent::decode;
pub use placing::place;
pub use running::{MOST_RUNNING, Running};
pub use saved::{Returned, Saved, Saves};
