//! Which icon and which words say what a thing is?

use leptos::prelude::*;
use oci::Kind;

use super::icon::Icon;

/// A kind's icon in its colour, with its words.
#[component]
pub(crate) fn KindMark(
    /// The kind.
    kind: Kind,
    /// It in words: `Multi-platform image, 6 platforms`.
    #[prop(into)]
    words: String,
) -> impl IntoView {
    let (icon, class) = mark(&kind);
    let title = words.clone();
    view! {
        <span class=format!("kind {class}")>
            <Icon name=icon />
            <span class="kind-word" title=title>{words}</span>
        </span>
    }
}

/// The icon of a kind, and the class that sets its colour.
pub(crate) fn mark(kind: &Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Index => ("index", "kind-index"),
        Kind::Image | Kind::Schema1 => ("image", "kind-image"),
        Kind::HelmChart => ("chart", "kind-chart"),
        Kind::Wasm => ("wasm", "kind-wasm"),
        Kind::CosignSignature | Kind::SigstoreBundle | Kind::NotationSignature => {
            ("signature", "kind-signature")
        }
        Kind::Spdx | Kind::CycloneDx => ("sbom", "kind-sbom"),
        Kind::Attestation => ("provenance", "kind-provenance"),
        Kind::Vex => ("vex", "kind-vex"),
        Kind::Artifact | Kind::Unknown => ("other", "kind-other"),
    }
}
