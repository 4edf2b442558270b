//! What is wrong with a document?
//!
//! One file a family of rules (oci-rules, part B). Every check looks once at the raw JSON, where the view has already
//! left out what it could not read.

mod annotations;
mod artifact_type;
mod descriptors;
mod label;
mod mixed;
mod object;
mod required;
mod retired;
mod rules;
#[cfg(test)]
mod tests;

pub(crate) use descriptors::too_many;
pub use rules::rules;

use crate::{Family, MediaType, Role, Shape, View, finding::Findings, json::Json};

/// What the checks look at.
pub(crate) struct Document<'a> {
    /// The raw document.
    pub(crate) json: &'a Json,
    /// What was read of it.
    pub(crate) view: &'a View,
    /// The answer's `Content-Type`.
    pub(crate) content_type: Option<&'a MediaType>,
}

/// Checks a document that is JSON.
pub(crate) fn document(json: &Json, view: &View, content_type: Option<&MediaType>, findings: &mut Findings) {
    let document = Document { json, view, content_type };
    if !whole(json, findings) {
        label(content_type, findings);
        return;
    }
    object::letter_case(json, findings);
    object::ambiguous(&document, findings);
    object::schema_version(&document, findings);
    label(content_type, findings);
    label::own(&document, findings);
    label::shape(&document, findings);
    retired::check(&document, findings);
    required::check(&document, findings);
    artifact_type::check(&document, findings);
    mixed::check(&document, findings);
    annotations::check(json, "", findings);
    descriptors::check(&document, findings);
}

/// Checks any document that should be one JSON object; says whether it is.
pub(crate) fn whole(json: &Json, findings: &mut Findings) -> bool {
    object::duplicates(json, findings);
    let object = matches!(json, Json::Object(_));
    if !object {
        object::not_an_object(json, findings);
    }
    object
}

/// Checks the bytes of a document that is JSON.
pub(crate) fn bytes(bytes: &[u8], findings: &mut Findings) {
    object::bytes(bytes, findings);
}

/// Checks the label of an answer, whatever the answer is.
pub(crate) fn label(content_type: Option<&MediaType>, findings: &mut Findings) {
    if let Some(content_type) = content_type {
        label::served(content_type, findings);
    }
}

impl Document<'_> {
    /// The type that the document claims: its own, else the one that it was served with.
    pub(crate) fn claimed(&self) -> Option<&MediaType> {
        self.view.media_type.as_ref().filter(|own| !own.0.is_empty()).or(self.content_type)
    }

    /// What the claimed type is for.
    pub(crate) fn claimed_role(&self) -> Option<Role> {
        self.claimed().map(MediaType::role)
    }

    /// The family that the document belongs to. Where no label says so, its config does, or all its children.
    pub(crate) fn family(&self) -> Family {
        let labels = [self.view.media_type.as_ref(), self.content_type];
        let current = |label: &&MediaType| matches!(label.role(), Role::Manifest | Role::Index);
        if let Some(label) = labels.into_iter().flatten().find(current) {
            return label.family();
        }
        let docker = |media_type: Option<&MediaType>| {
            media_type.is_some_and(|media_type| media_type.family() == Family::Docker)
        };
        let by_content = match self.view.shape {
            Shape::Manifest => {
                docker(self.view.config.as_ref().and_then(|config| config.media_type.as_ref()))
            }
            Shape::Index => {
                !self.view.manifests.is_empty()
                    && self.view.manifests.iter().all(|child| docker(child.media_type.as_ref()))
            }
            Shape::Schema1 => true,
            _ => false,
        };
        if by_content { Family::Docker } else { Family::Oci }
    }
}
