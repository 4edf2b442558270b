//! What is put on the clipboard of a tag?

use std::sync::Arc;

use leptos::{prelude::*, task::spawn_local};
use oci::Reference;

use crate::{
    client::Client,
    keys::Act,
    links,
    query::Query,
    routes::Tab,
    shared::{
        copy::copy,
        seen::{Answer, Seen, Sight, Whose},
    },
    shell::{actions::Actions, toast::Toast},
};

/// What of a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// The digest that it points to.
    Digest,
    /// The whole reference by the tag.
    Reference,
    /// The address of exactly these bytes.
    Permalink,
}

/// Puts things of tags on the clipboard. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Copier {
    client: Client,
    seen: Seen,
    toast: Toast,
}

impl Copier {
    /// The one of this page.
    pub(super) fn here() -> Self {
        Self { client: Client::here(), seen: Seen::here(), toast: Toast::here() }
    }

    /// The text; `None` where it needs a digest that is not known.
    pub(super) fn text(self, what: What, whose: &Whose, name: &str) -> Option<String> {
        let reference = reference(whose, name)?;
        let digest = self.seen.digest_now(whose, name);
        Some(match what {
            What::Digest => digest?.to_string(),
            What::Reference => reference.to_string(),
            What::Permalink => {
                links::permalink_of(self.client, &reference, &digest?, Tab::Overview, &Query::default())
            }
        })
    }

    /// Puts it on the clipboard, with a digest that is asked for first where it is not known; gives whether it is
    /// there.
    pub(super) async fn put(self, what: What, whose: Whose, name: Arc<str>) -> bool {
        if self.text(what, &whose, &name).is_none()
            && let Some(reference) = reference(&whose, &name)
            && let Ok(headed) = self.client.call(api::Head { reference: reference.clone() }).await
            && headed.reference == reference
        {
            let sight = Sight { digest: headed.digest, media_type: headed.media_type };
            self.seen.head_is(&whose, Arc::clone(&name), Answer::Here(Arc::new(sight)));
        }
        match self.text(what, &whose, &name) {
            Some(text) => {
                let done = copy(&text).await;
                self.toast.say(if done {
                    view::text("ui.toast.copied", &[("text", &view::visible(&text))])
                } else {
                    view::text("ui.shared.copy.refused", &[])
                });
                done
            }
            None => {
                self.toast.say(view::text("ui.tags.no_digest", &[("tag", &view::visible(&name))]));
                false
            }
        }
    }
}

fn reference((host, repository): &Whose, name: &str) -> Option<Reference> {
    let tag = name.parse().ok()?;
    Some(Reference { host: host.clone(), repository: repository.clone(), tag: Some(tag), digest: None })
}

/// Offers the keys for the current tag.
pub(super) fn offer(whose: Memo<Option<Whose>>, current: Memo<Option<Arc<str>>>) {
    let copier = Copier::here();
    let actions = [
        (Act::CopyTagDigest, What::Digest),
        (Act::CopyTagReference, What::Reference),
        (Act::CopyTagPermalink, What::Permalink),
    ];
    for (act, what) in actions {
        let run = Callback::new(move |()| {
            if let (Some(whose), Some(name)) = (whose.get_untracked(), current.get_untracked()) {
                spawn_local(async move {
                    copier.put(what, whose, name).await;
                });
            }
        });
        Actions::here().offer(act, run);
    }
}
