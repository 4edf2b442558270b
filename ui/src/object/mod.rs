//! What is this object? Its kind, its true artifactType, its exact bytes.
//!
//! `page` is the object's own screen, `inspector` the pane beside a list; both draw `body`, which draws what `load`
//! has read, side by side: `overview` with one file a section, `manifest`, `config`, `layers` with what is in a `blob`,
//! and `http`. `blob_page` is the screen of a blob by itself, `naming` says which manifests name it,
//! and for `listed` which index a manifest. `spot` says where the reader is, `code` draws exact bytes.

mod acts;
mod aliases;
mod annotations;
mod artifact_type;
mod below;
mod blob;
mod blob_page;
mod body;
mod breaks;
mod clamp;
mod code;
mod config;
mod content;
mod findings;
mod head;
mod http;
mod inspector;
mod layers;
mod link;
mod listed;
mod load;
mod manifest;
mod naming;
mod neighbours;
mod of_platform;
mod outside;
mod overview;
mod overview_layers;
mod page;
mod parts;
mod platform_picker;
mod platform_sizes;
mod platforms;
mod pulling;
mod said;
mod save;
mod section;
mod sides;
mod sizes;
mod spec;
mod spot;
mod waiting;

pub(crate) use blob_page::BlobPage;
pub(crate) use inspector::Inspector;
pub(crate) use page::ObjectPage;
pub(crate) use waiting::Bones;
