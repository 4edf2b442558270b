//! The web host over real sockets: who is let in, what is handed out, and what it withstands.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, wherever it does")]

#[path = "../../../host/tests/support/stub.rs"]
mod stub;

mod assets;
mod binding;
mod bounds;
mod guard;
mod raw;
mod saved;
mod streams;
mod token;
