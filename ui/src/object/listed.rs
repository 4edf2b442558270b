//! Which index lists this manifest, and of which of its entries is it an attestation?

use std::sync::Arc;

use api::Inspection;
use leptos::prelude::*;
use oci::{Digest, Kind, Reference};

use super::{
    link::{path, tag_link},
    naming::{self, ATTESTS, Naming},
    platforms,
    section::Section,
};
use crate::shared::{
    digest::ShortDigest,
    kv::{Fact, Facts},
};

/// How many indexes are listed.
const SHOWN: usize = 20;

/// The indexes of this repository that list it, as far as they were read on this page. Of an attestation, whose index
/// nobody read, the way to what it speaks of; nothing in the page where there is nothing to say.
#[component]
pub(super) fn Listed(inspection: Arc<Inspection>) -> impl IntoView {
    let beside = inspection.reference.clone();
    let namings = naming::of(&beside, &inspection.digest);
    let is_attestation = inspection.view.kind == Kind::Attestation;
    if namings.is_empty() && (!is_attestation || inspection.view.subject.is_some()) {
        return ().into_any();
    }
    let inner = if namings.is_empty() {
        let note = view::text("ui.object.listed_unknown", &[]);
        view! { <p class="object-note" data-testid="object-listed-unknown">{note}</p> }.into_any()
    } else {
        let rows = namings.iter().take(SHOWN).map(|naming| row(&beside, naming)).collect_view();
        view! { <div data-testid="object-listed">{rows}</div> }.into_any()
    };
    view! { <Section title=view::text("ui.object.listed", &[])>{inner}</Section> }.into_any()
}

/// One index: its tag, its digest, and what in it this speaks of.
fn row(beside: &Reference, naming: &Naming) -> impl IntoView + use<> {
    let index = naming.manifest.clone();
    let by_tag = naming.tag.clone().map(|tag| tag_link(beside, tag, "object-listed-tag"));
    let attested = naming.descriptor.annotations.get(ATTESTS).and_then(|named| named.parse::<Digest>().ok());
    let attested = attested.map(|attested| {
        let of = naming::of(beside, &attested);
        let entry = of.iter().find(|other| other.manifest == naming.manifest);
        let on = entry.and_then(|entry| platforms::name(&entry.descriptor)).map(|on| view::visible(&on));
        let to = path(beside, &attested);
        view! {
            <Fact name=view::text("ui.object.listed_attests", &[])>
                <span class="listed-line">
                    <a class="digest-link" href=to data-testid="object-attests"><ShortDigest digest=attested /></a>
                    <bdi>{on}</bdi>
                </span>
            </Fact>
        }
    });
    let to = path(beside, &index);
    view! {
        <Facts>
            {attested}
            <Fact name=view::text("ui.object.listed_index", &[])>
                <span class="listed-line">
                    <a class="digest-link" href=to><ShortDigest digest=index /></a>
                    {by_tag}
                </span>
            </Fact>
        </Facts>
    }
}
