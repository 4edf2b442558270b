//! Where is it written what a media type is?

use leptos::prelude::*;
use view::types::About;

use crate::{client::Client, shell::toast::Toast};

/// Document and section: a link where they have a page, which is ours and no author's, so that nothing is asked.
pub(super) fn spec(about: &About) -> AnyView {
    let name = about.spec.clone();
    let Some(page) = about.page else { return view! { <span class="quiet">{name}</span> }.into_any() };
    // The window of the desktop opens no other pages: there the address is copied.
    let copies = Client::here().is_desktop();
    let toast = Toast::here();
    view! {
        <a class="spec-link" href=page title=page target="_blank" rel="noopener noreferrer" data-testid="type-page"
            on:click=move |event| {
                event.stop_propagation();
                if copies {
                    event.prevent_default();
                    toast.copy(page.to_owned());
                }
            }>{name}</a>
    }
    .into_any()
}
