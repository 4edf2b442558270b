//! Which address does one pass on? The tag's, which moves with the tag, or the digest's, which never moves.
//!
//! On the desktop an address begins with `ociscope://`; on the web it is the page's own, and the launch token is never
//! part of it. The omnibox reads both.

use leptos::prelude::window;
use oci::{Digest, Reference};

use crate::{
    client::Client,
    query::Query,
    routes::{Route, Tab},
};

/// The link to a screen.
pub(crate) fn link_to(client: Client, route: &Route, query: &Query) -> String {
    let address = route.address(query);
    if client.is_desktop() {
        format!("ociscope:/{address}")
    } else {
        format!("{}{address}", window().location().origin().unwrap_or_default())
    }
}

/// The link to an object: by its tag where it has one, else by its digest.
pub(crate) fn link_of(client: Client, reference: &Reference, tab: Tab, query: &Query) -> String {
    link_to(client, &Route::Object(by_tag(reference), tab), query)
}

/// The link to exactly these bytes: by their digest, whatever the tag becomes.
pub(crate) fn permalink_of(
    client: Client,
    reference: &Reference,
    digest: &Digest,
    tab: Tab,
    query: &Query,
) -> String {
    link_to(client, &Route::Object(by_digest(reference, digest), tab), query)
}

/// The reference in its moving form: the tag alone, where there is one.
fn by_tag(reference: &Reference) -> Reference {
    let digest = if reference.tag.is_some() { None } else { reference.digest.clone() };
    Reference { digest, ..reference.clone() }
}

/// The reference in its lasting form: the digest alone.
pub(crate) fn by_digest(reference: &Reference, digest: &Digest) -> Reference {
    Reference { tag: None, digest: Some(digest.clone()), ..reference.clone() }
}
