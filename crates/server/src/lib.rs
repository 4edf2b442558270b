//! The two doors of the program `ociscope`: the web host, and the one for scripts.
//!
//! Both answer the operations of [`api`] through [`host`]; neither decides anything about registries.

pub mod cli;
pub mod run;
pub mod scripting;
pub mod web;
