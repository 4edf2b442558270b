//! How is a document's exact text divided into lines and marked, without changing it?
//!
//! Tolerant: any text has tokens and rows, JSON or not, and nothing recurses. Everything is bounded by the length of
//! the text, which is a manifest's: at most 4 MiB.

mod find;
mod fold;
mod format;
mod rows;
mod token;
mod tree;

pub use find::{Hits, find};
pub use fold::{Fold, Shown, folds};
pub use format::format;
pub use rows::{LONGEST_ROW, Page, Row, Span};
pub use token::{Kind, Token, tokens};
pub use tree::{Container, Place, Tree};

/// The longest text that is divided into tokens: the limit of manifests. A longer one is shown as plain rows.
pub const LONGEST: usize = 4 << 20;
