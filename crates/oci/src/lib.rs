//! What do these bytes mean, and what is wrong with them?
//!
//! The words of the OCI specifications: references, digests, media types, descriptors, and manifests as views
//! over bytes that stay as they are. No IO, no async; compiles for wasm32.
//!
//! Reading never fails because of content: [`read`] gives a [`View`] and its [`Finding`]s.

mod address;
mod artifact;
mod check;
mod config;
mod descriptor;
mod digest;
mod finding;
mod json;
mod kind;
mod manifest;
mod media_type;
mod outline;
pub mod pasted;
mod platform;
mod reference;

pub use address::{inner_v4, is_link_local};
pub use artifact::{ArtifactType, ArtifactTypeSource};
pub use check::rules;
pub use config::{DiffId, Fit, HealthCheck, ImageConfig, Layers, Run, Step, Variable};
pub use descriptor::Descriptor;
pub use digest::{Algorithm, Digest, DigestError, Hasher, Verification};
pub use finding::{Finding, Severity};
pub use kind::Kind;
pub use manifest::{Shape, View, read};
pub use media_type::{Family, MediaType, Role};
pub use outline::Outline;
pub use platform::{Match, Platform};
pub use reference::{Host, Reference, ReferenceError, RepositoryName, Tag, TagOrDigest};
