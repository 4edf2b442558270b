//! How heavy is it: its own bytes, what it consists of, and on each platform?

use std::collections::HashMap;

use api::Inspection;
use leptos::prelude::*;
use oci::{Descriptor, Digest, Shape};

use super::{parts::Parts, platform_sizes::PlatformSizes, section::Section};
use crate::shared::kv::{Fact, Facts};

/// The sizes.
#[component]
pub(super) fn Sizes(parts: Parts) -> impl IntoView {
    let inspection = parts.inspection.clone();
    let own = view::words::exact_size(inspection.size);
    let content = (inspection.view.shape == Shape::Manifest).then(|| content(&inspection));
    let platforms = (inspection.view.shape == Shape::Index).then(|| view! { <PlatformSizes parts /> });
    view! {
        <Section title=view::text("ui.object.sizes", &[])>
            <Facts>
                <Fact name=view::text("ui.object.sizes_own", &[])><span data-testid="object-size">{own}</span></Fact>
                {content}
            </Facts>
            {platforms}
        </Section>
    }
}

/// Config and layers together, and each blob once.
fn content(inspection: &Inspection) -> impl IntoView + use<> {
    let parts: Vec<&Descriptor> = inspection.view.layers.iter().chain(&inspection.view.config).collect();
    let all = parts.iter().filter_map(|part| part.size).fold(0_u64, u64::saturating_add);
    let unique: HashMap<&Digest, u64> =
        parts.iter().filter_map(|part| Some((part.digest.as_ref()?, part.size?))).collect();
    let once = unique.values().copied().fold(0_u64, u64::saturating_add);
    let all_words = view::words::exact_size(all);
    let once_words = view::words::exact_size(once);
    view! {
        <Fact name=view::text("ui.object.sizes_content", &[])>
            <span data-testid="size-content">{all_words}</span>
        </Fact>
        <Fact name=view::text("ui.object.sizes_unique", &[])>
            <span data-testid="size-unique">{once_words}</span>
        </Fact>
    }
}
