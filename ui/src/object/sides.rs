//! Which sides does an object have?

use oci::{MediaType, Role, Shape, View};

use crate::routes::Tab;

/// Its sides, in the order of the tabs. What does not apply is absent.
pub(super) fn sides(document: &View) -> Vec<Tab> {
    Tab::ALL.into_iter().filter(|tab| has(document, *tab)).collect()
}

fn has(document: &View, tab: Tab) -> bool {
    let child = document.shape == Shape::Index && document.child_for(None).is_some();
    match tab {
        Tab::Overview | Tab::Manifest | Tab::Http => true,
        Tab::Config => {
            let role = |kind: &MediaType| kind.role();
            let config = document.config.as_ref().filter(|config| config.digest.is_some());
            child || config.is_some_and(|config| config.media_type.as_ref().map(role) != Some(Role::Empty))
        }
        Tab::Layers => child || !document.layers.is_empty(),
    }
}
