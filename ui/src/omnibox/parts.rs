//! How does the omnibox show what it understood?

use leptos::prelude::*;
use oci::{
    Digest, Host, Reference, RepositoryName,
    pasted::{Pasted, Target},
};

use super::reading::Reading;
use crate::{routes::Route, shared::icon::Icon};

/// The kind of text, the parts that were found in it, what Enter does with them, and what was assumed.
#[component]
pub(super) fn Understood(
    /// What was understood.
    reading: Reading,
) -> impl IntoView {
    match reading {
        Reading::Nothing => ().into_any(),
        Reading::Link(route, _) => {
            let parts = match &route {
                Route::Object(reference, _) => parts(reference).into_any(),
                Route::Repository(host, repository) => parts(&Reference {
                    host: host.clone(),
                    repository: repository.clone(),
                    tag: None,
                    digest: None,
                })
                .into_any(),
                Route::Registry(host) => registry(&host.to_string()).into_any(),
                Route::Blob(host, repository, digest) => blob(host, repository, digest).into_any(),
                Route::Home | Route::Tour | Route::Unknown(_) => ().into_any(),
            };
            view! { <How said=view::text("ui.omni.how.link", &[]) />{parts} }.into_any()
        }
        Reading::Here(reference, pasted) => {
            let notes = notes(&pasted);
            view! {
                <How said=view::words::pasted(&pasted) />
                {parts(&reference)}
                <span class="omni-then">{view::text("ui.omni.then_here", &[])}</span>
                {notes}
            }
            .into_any()
        }
        Reading::Pasted(pasted) => {
            let found = match &pasted.target {
                Target::Registry(host) => registry(&host.to_string()).into_any(),
                Target::Reference(reference) => parts(reference).into_any(),
                Target::Blob(host, repository, digest) => blob(host, repository, digest).into_any(),
                Target::Digest(digest) => {
                    view! { <Part name="ui.omni.digest" value=digest.to_string() /> }.into_any()
                }
            };
            let notes = notes(&pasted);
            view! { <How said=view::words::pasted(&pasted) />{found}{notes} }.into_any()
        }
        Reading::Homeless(digest) => view! {
            <Part name="ui.omni.digest" value=digest.to_string() />
            <Bad why=view::text("ui.omni.why.homeless", &[]) />
        }
        .into_any(),
        Reading::Unreadable(reason) => view! { <Bad why=view::words::pasted_reason(&reason) /> }.into_any(),
    }
}

fn registry(host: &str) -> impl IntoView + use<> {
    view! {
        <Part name="ui.omni.registry" value=host.to_owned() />
        <span class="omni-then">{view::text("ui.omni.then_repositories", &[])}</span>
    }
}

fn parts(reference: &Reference) -> impl IntoView + use<> {
    let tag = reference.tag.as_ref().map(ToString::to_string);
    let digest = reference.digest.as_ref().map(ToString::to_string);
    let list = tag.is_none() && digest.is_none();
    view! {
        <Part name="ui.omni.registry" value=reference.host.to_string() />
        <Part name="ui.omni.repository" value=reference.repository.to_string() />
        {tag.map(|tag| view! { <Part name="ui.omni.tag" value=tag /> })}
        {digest.map(|digest| view! { <Part name="ui.omni.digest" value=digest /> })}
        {list.then(|| view! { <span class="omni-then">{view::text("ui.omni.then_tags", &[])}</span> })}
    }
}

/// A blob is told apart from a manifest: by its digest alone nobody can.
fn blob(host: &Host, repository: &RepositoryName, digest: &Digest) -> impl IntoView + use<> {
    view! {
        <Part name="ui.omni.registry" value=host.to_string() />
        <Part name="ui.omni.repository" value=repository.to_string() />
        <Part name="ui.omni.blob" value=digest.to_string() />
        <span class="omni-then">{view::text("ui.omni.then_blob", &[])}</span>
    }
}

fn notes(pasted: &Pasted) -> impl IntoView + use<> {
    let notes: Vec<String> = pasted.notes.iter().map(view::words::pasted_note).collect();
    notes.into_iter().map(|note| view! { <span class="omni-note">{note}</span> }).collect_view()
}

#[component]
fn How(said: String) -> impl IntoView {
    view! { <span class="omni-how" data-testid="omnibox-how">{said}</span> }
}

#[component]
fn Bad(why: String) -> impl IntoView {
    view! { <span class="bad"><Icon name="sev-error" /><span>{why}</span></span> }
}

#[component]
fn Part(name: &'static str, value: String) -> impl IntoView {
    view! {
        <span class="part">
            <span class="part-name">{view::text(name, &[])}</span>" "
            <b class="part-value mono" title=value.clone()>{value.clone()}</b>
        </span>
    }
}
