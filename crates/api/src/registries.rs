//! Which registries this host may contact.

use oci::Host;
use serde::{Deserialize, Serialize};

use crate::Exchange;

/// Lists the registries.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ListRegistries {}

/// The registries that this host may contact, in the order in which they were added.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Registries {
    /// One for each.
    pub registries: Vec<RegistryEntry>,
}

/// One registry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistryEntry {
    /// The name that references and links use.
    pub name: Host,
    /// Where its requests go: the same as `name`, unless `name` is an alias.
    pub address: Host,
    /// How it is reached.
    pub transport: Transport,
    /// Whether it is one of the user's or a sample that this host serves.
    pub kind: RegistryKind,
    /// A sentence about a sample; empty for the user's own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
}

/// How a registry is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Transport {
    /// TLS; on a loopback address plain http where TLS is not answered.
    #[default]
    Auto,
    /// TLS only.
    Https,
    /// Plain http, by the user's word.
    Http,
}

/// Whose registry it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegistryKind {
    /// Added by the user.
    #[default]
    Added,
    /// Served by this host, for looking around.
    Sample,
}

/// Adds a registry. Nothing is sent to it yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddRegistry {
    /// `host[:port]`, or an alias of the user's choice where `address` is given.
    pub name: Host,
    /// Where its requests go, if elsewhere than `name` says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Host>,
    /// How it is reached.
    #[serde(default)]
    pub transport: Transport,
}

/// Forgets a registry. Samples cannot be forgotten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoveRegistry {
    /// Its name.
    pub name: Host,
}

/// Asks a registry who it is (`GET /v2/`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckRegistry {
    /// Its name.
    pub registry: Host,
}

/// What a registry said to `GET /v2/`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RegistryCheck {
    /// The registry.
    pub registry: Host,
    /// Scheme, host and port that answered, for example `http://127.0.0.1:5000`.
    pub origin: String,
    /// Whether it wants a login before it shows anything.
    pub auth_needed: bool,
    /// `Docker-Distribution-Api-Version`, if sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api_version: Option<String>,
    /// The exchanges that it took, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exchanges: Vec<Exchange>,
}
