//! What can be done with an object by keys and from the palette?

use std::sync::Arc;

use api::Inspection;
use leptos::prelude::*;

use super::spot::{Spot, Step};
use crate::{
    client::Client,
    keys::Act,
    links,
    query::Query,
    routes::Tab,
    shell::{actions::Actions, toast::Toast},
};

/// Reading again, whether or not the object is here.
pub(super) fn refresh(again: Callback<()>) {
    Actions::here().offer(Act::ReadObjectAgain, again);
}

/// What can be done with an object that is here.
pub(super) fn offer(inspection: &Arc<Inspection>, sides: &[Tab], spot: Spot) {
    let actions = Actions::here();
    let client = Client::here();
    let toast = Toast::here();
    for tab in sides.iter().copied() {
        actions.offer(shows(tab), Callback::new(move |()| spot.go.run(Step::Side(tab))));
    }
    if !spot.on_page {
        // In a list, its row is what is copied.
        return;
    }
    let text = |act, text: String| {
        let run = Callback::new(move |()| {
            toast.copy(text.clone());
        });
        actions.offer(act, run);
    };
    text(Act::CopyDigest, inspection.digest.to_string());
    text(Act::CopyReference, inspection.reference.to_string());
    let (object, reference) = (Arc::clone(inspection), inspection.reference.clone());
    let permalink = Callback::new(move |()| {
        let query = Query {
            platform: spot.platform.get_untracked(),
            pointer: spot.pointer.get_untracked(),
            selected: spot.blob.get_untracked(),
            ..Query::default()
        };
        let side = spot.side.get_untracked();
        let link = links::permalink_of(client, &reference, &object.digest, side, &query);
        toast.copy(link);
    });
    actions.offer(Act::CopyPermalink, permalink);
}

/// The action that shows a side: a side has its keys whichever other sides there are.
fn shows(tab: Tab) -> Act {
    match tab {
        Tab::Overview => Act::ShowOverview,
        Tab::Manifest => Act::ShowManifest,
        Tab::Config => Act::ShowConfig,
        Tab::Layers => Act::ShowLayers,
        Tab::Http => Act::ShowHttp,
    }
}
