//! What is this object? Its kind, its true artifactType, its exact bytes.
//!
//! `page` is the object's own screen, `inspector` the pane beside a list; both draw `body`, which draws what `load`
//! has read: `overview`, one file a section, and `manifest`, the bytes.

mod annotations;
mod artifact_type;
mod body;
mod breaks;
mod content;
mod findings;
mod head;
mod inspector;
mod layers;
mod link;
mod load;
mod manifest;
mod neighbours;
mod outside;
mod overview;
mod page;
mod platforms;
mod section;

pub(crate) use inspector::Inspector;
pub(crate) use page::ObjectPage;
