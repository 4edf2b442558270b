//! Does the engine keep the protocol, and its own promises, against a server that breaks both?

// The lint knows tests by their attribute; what they share is part of them.
#![allow(clippy::unwrap_used)]

mod auth;
mod blobs;
mod cancel;
mod content;
mod downloads;
mod errors;
mod identity;
mod manifests;
mod matrix;
mod names;
mod redirects;
mod retries;
mod support;
mod traces;
mod trust;
