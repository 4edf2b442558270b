//! On which platforms does an index run, and what is attested for each?

use std::sync::Arc;

use api::Inspection;
use leptos::prelude::*;
use oci::{Descriptor, Reference};
use view::digest_tags::{DigestTag, lists_referrers};

use super::{
    clamp::short,
    link::{DigestLink, bytes, path},
    naming::ATTESTS,
    section::Section,
};
use crate::shared::digest::ShortDigest;

/// How many children are listed; the manifest shows all.
const SHOWN: usize = 200;

/// One child of an index, with the attestations that name it.
struct Row<'a> {
    child: &'a Descriptor,
    attestations: Vec<&'a Descriptor>,
}

/// The children of an index. `None` in the page where there are none.
#[component]
pub(super) fn Platforms(inspection: Arc<Inspection>) -> impl IntoView {
    let children = &inspection.view.manifests;
    if children.is_empty() {
        return ().into_any();
    }
    let list = lists_referrers(&inspection.reference, inspection.view.shape);
    let (rows, orphans) = group(children);
    let more = rows.len().saturating_sub(SHOWN);
    let count =
        view::text("ui.object.platforms_caption", &[("count", &view::words::count(rows.len() as u64))]);
    let title = if list.is_some() { "ui.object.referrers" } else { "ui.object.platforms" };
    let subject = list.map(|list| of_list(&inspection.reference, list));
    let listed = rows
        .iter()
        .take(SHOWN)
        .map(|row| {
            view! {
                <li>
                    {child(&inspection, row.child, label(row.child), "platform")}
                    {(!row.attestations.is_empty()).then(|| attestations(&inspection, &row.attestations))}
                </li>
            }
        })
        .collect_view();
    let unplaced = (!orphans.is_empty()).then(|| {
        view! {
            <li>
                <span class="attestations-orphan">{view::text("ui.object.unplaced_attestations", &[])}</span>
                {attestations(&inspection, &orphans)}
            </li>
        }
    });
    view! {
        <Section title=view::text(title, &[]) caption=count>
            {subject}
            <ul class="platforms">{listed}{unplaced}</ul>
            {(more > 0).then(|| view! {
                <p class="object-note">
                    {view::text("ui.object.more_in_manifest", &[("count", &view::words::count(more as u64))])}
                </p>
            })}
        </Section>
    }
    .into_any()
}

/// Whose referrers these are, with the way there where the tag has the whole digest.
fn of_list(beside: &Reference, list: DigestTag) -> impl IntoView + use<> {
    let to = list.digest().map(|digest| {
        let to = path(beside, &digest);
        view! {
            <a class="digest-link" href=to data-testid="referrers-subject">
                <ShortDigest digest />
            </a>
        }
    });
    view! { <p class="object-note">{view::text("ui.object.referrers_of", &[])}" "{to}</p> }
}

/// Children in order, each with the BuildKit attestations that name it; then those that name no child.
fn group(children: &[Descriptor]) -> (Vec<Row<'_>>, Vec<&Descriptor>) {
    let (attested, plain): (Vec<&Descriptor>, Vec<&Descriptor>) =
        children.iter().partition(|child| child.is_attestation());
    let mut rows: Vec<Row<'_>> =
        plain.into_iter().map(|child| Row { child, attestations: Vec::new() }).collect();
    let places: std::collections::HashMap<String, usize> = rows
        .iter()
        .enumerate()
        .filter_map(|(place, row)| row.child.digest.as_ref().map(|digest| (digest.to_string(), place)))
        .collect();
    let mut orphans = Vec::new();
    for attestation in attested {
        let named = attestation.annotations.get(ATTESTS);
        match named.and_then(|named| places.get(named)) {
            Some(&place) => rows[place].attestations.push(attestation),
            None => orphans.push(attestation),
        }
    }
    (rows, orphans)
}

/// The entries of an index that are no attestations.
pub(super) fn children(entries: &[Descriptor]) -> impl Iterator<Item = &Descriptor> {
    entries.iter().filter(|child| !child.is_attestation())
}

/// `linux/arm64/v8`; nothing where an entry names neither system nor architecture.
pub(super) fn name(child: &Descriptor) -> Option<String> {
    let platform = child.platform.as_ref()?;
    (!platform.os.is_empty() || !platform.architecture.is_empty()).then(|| platform.to_string())
}

/// Its platform, or what else tells the child apart.
fn label(child: &Descriptor) -> String {
    let kind = || child.artifact_type.clone().or_else(|| Some(child.media_type.as_ref()?.0.clone()));
    let label = name(child).or_else(kind);
    label.map_or_else(|| view::text("ui.object.no_platform", &[]), |label| short(&label))
}

/// One line: what it is, where it leads, how long its manifest is.
fn child(
    inspection: &Inspection,
    child: &Descriptor,
    label: String,
    kind: &'static str,
) -> impl IntoView + use<> {
    let size = child.size.map(bytes);
    view! {
        <div class=format!("child child-{kind}") data-testid=format!("object-{kind}")>
            <bdi class="child-name" title=label.clone()>{label.clone()}</bdi>
            <DigestLink beside=inspection.reference.clone() descriptor=child.clone() />
            <span class="child-size">{size}</span>
        </div>
    }
}

/// The unknown/unknown entries of BuildKit, under the child that they name.
fn attestations(inspection: &Inspection, list: &[&Descriptor]) -> impl IntoView + use<> {
    let rows = list
        .iter()
        .take(SHOWN)
        .map(|attestation| {
            view! { <li>{child(inspection, attestation, view::text("ui.object.attestation", &[]), "attestation")}</li> }
        })
        .collect_view();
    view! { <ul class="attestations" aria-label=view::text("ui.object.attestations", &[])>{rows}</ul> }
}
