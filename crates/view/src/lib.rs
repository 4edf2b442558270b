//! How is it shown?
//!
//! Plain functions from data to what a screen needs: sentences, order, filters, windows of long lists, pictures of
//! digests, lines of JSON. No IO and no browser, so that everything here is tested without one.

pub mod annotations;
mod catalogue;
pub mod commands;
pub mod content;
mod curl;
pub mod digest_tags;
pub mod file_name;
pub mod fuzzy;
mod glyph;
pub mod json;
pub mod natural;
pub mod pattern;
pub mod search;
pub mod shell;
pub mod time;
pub mod types;
mod visible;
pub mod window;
pub mod words;

pub use catalogue::{has_text, say_all, speak, text};
pub use curl::curl;
pub use glyph::{Glyph, glyph};
pub use visible::{is_hidden, visible};
