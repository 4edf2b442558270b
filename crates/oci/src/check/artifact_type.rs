//! Does it say what kind of artifact it is, where it must? (AT001, AT002, AT007)

use super::{Document, label::A_MEDIA_TYPE};
use crate::{Finding, MediaType, Role, Severity, Shape, finding::Findings, json::Json};

/// AT001: the empty config needs an artifactType. AT002: an artifactType is a media type. AT007: it is not the type
/// of the empty JSON object, which says nothing.
pub(super) fn check(document: &Document<'_>, findings: &mut Findings) {
    let field = document.json.get("artifactType").filter(|field| **field != Json::Null);
    let at = |id, severity| Finding::new(id, severity).at("/artifactType");
    match field {
        Some(Json::Text(text)) if text.is_empty() => {}
        Some(Json::Text(text)) => {
            let own = MediaType::from(text.as_str());
            if own.role() == Role::Empty {
                findings.add(at("AT007", Severity::Warning).values(text, "the type of the artifact"));
            } else if !own.is_well_formed() {
                findings.add(at("AT002", Severity::Error).values(text, A_MEDIA_TYPE));
            }
        }
        Some(other) => findings.add(at("AT002", Severity::Error).values(other.kind(), A_MEDIA_TYPE)),
        None => {}
    }
    let config = document.view.config.as_ref().and_then(|config| config.media_type.as_ref());
    let empty_config =
        document.view.shape == Shape::Manifest && config.is_some_and(|config| config.role() == Role::Empty);
    let named = field.and_then(Json::as_text).is_some_and(|text| !text.is_empty());
    if empty_config && !named {
        let actual = field.map_or_else(|| "nothing".to_owned(), Json::to_string);
        findings.add(at("AT001", Severity::Error).values(actual, A_MEDIA_TYPE));
    }
}
