//! What is a thing called, in words?

mod digest;
mod error;
mod finding;
mod history;
mod kind;
mod login;
mod number;
mod pasted;
mod place;
mod reference;

pub use digest::short_digest;
pub use error::{error_advice, error_name, error_title};
pub use finding::{finding, finding_breaks, finding_spec};
pub use history::{Instruction, history};
pub use kind::{kind, kind_of, kind_under};
pub use login::{login_outcome, login_source, login_step};
pub use number::{count, exact_size, size};
pub use pasted::{pasted, pasted_note, pasted_reason};
pub use place::place;
pub use reference::{last_name, whole_name};
