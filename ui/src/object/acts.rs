//! What can be done with an object by keys and from the palette?

use std::sync::Arc;

use api::Inspection;
use leptos::prelude::*;

use super::spot::{Spot, Step};
use crate::{
    client::Client,
    links,
    query::Query,
    routes::Tab,
    shell::{
        actions::{Action, Actions},
        toast::Toast,
    },
};

/// Reading again, whether or not the object is here.
pub(super) fn refresh(again: Callback<()>) {
    Actions::here().offer(Action {
        id: "read-object-again",
        words: "ui.object.act.refresh",
        keys: "r",
        run: again,
    });
}

/// The keys of the sides.
const DIGITS: [&str; 5] = ["1", "2", "3", "4", "5"];

/// What can be done with an object that is here.
pub(super) fn offer(inspection: &Arc<Inspection>, sides: &[Tab], spot: Spot) {
    let actions = Actions::here();
    let client = Client::here();
    let toast = Toast::here();
    for (tab, keys) in sides.iter().copied().zip(DIGITS) {
        let (id, words) = named(tab);
        let run = Callback::new(move |()| spot.go.run(Step::Side(tab)));
        actions.offer(Action { id, words, keys, run });
    }
    let side = |id, words, keys, tab| {
        let run = Callback::new(move |()| spot.go.run(Step::Side(tab)));
        actions.offer(Action { id, words, keys, run });
    };
    side("go-manifest", "ui.object.act.manifest", "g m", Tab::Manifest);
    side("show-http", "ui.object.act.http", "h", Tab::Http);
    if !spot.on_page {
        // In a list, its row is what is copied.
        return;
    }
    let text = |id, words, keys, text: String| {
        let run = Callback::new(move |()| {
            toast.copy(text.clone());
        });
        actions.offer(Action { id, words, keys, run });
    };
    text("copy-digest", "ui.object.act.copy_digest", "c", inspection.digest.to_string());
    text("copy-reference", "ui.object.act.copy_reference", "C", inspection.reference.to_string());
    let (object, reference) = (Arc::clone(inspection), inspection.reference.clone());
    let permalink = Callback::new(move |()| {
        let query = Query {
            platform: spot.platform.get_untracked(),
            pointer: spot.pointer.get_untracked(),
            selected: spot.blob.get_untracked(),
            filter: None,
        };
        let side = spot.side.get_untracked();
        let link = links::permalink_of(client, &reference, &object.digest, side, &query);
        toast.copy(link);
    });
    actions.offer(Action {
        id: "copy-permalink",
        words: "ui.object.act.copy_permalink",
        keys: "y",
        run: permalink,
    });
}

/// Name and words of the action that shows a side.
fn named(tab: Tab) -> (&'static str, &'static str) {
    match tab {
        Tab::Overview => ("show-overview", "ui.object.act.overview"),
        Tab::Manifest => ("show-manifest", "ui.object.act.manifest"),
        Tab::Config => ("show-config", "ui.object.act.config"),
        Tab::Layers => ("show-layers", "ui.object.act.layers"),
        Tab::Http => ("show-exchanges", "ui.object.act.http"),
    }
}
