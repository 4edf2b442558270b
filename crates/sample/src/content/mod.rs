//! What do the samples hold?

mod app;
mod attestations;
mod chart;
mod docker_image;
mod many;
mod referrers;
mod spdx;

use fake_registry::Store;

use crate::{Item, build::Descriptor};

/// The newest version of demo/app, and what refers to it.
pub(crate) struct Referred {
    subject: Descriptor,
    referring: [Descriptor; 2],
}

/// Fills a registry.
pub(crate) fn fill(store: &Store) -> Referred {
    let subject = app::fill(store);
    let referring = referrers::fill(store, &subject);
    docker_image::fill(store);
    chart::fill(store);
    many::fill(store);
    store.put_repository("demo/empty");
    Referred { subject, referring }
}

/// Adds what clients keep in a registry without the referrers API: the list under the fallback tag.
pub(crate) fn fill_fallback(store: &Store, referred: &Referred) {
    referrers::fill_fallback(store, &referred.subject, &referred.referring);
}

/// The walk.
pub(crate) const TOUR: &[Item] = &[
    Item {
        repository: "demo/app",
        tag: Some("1.2.0"),
        look_at: "An image for two platforms, with what BuildKit attests of each: an SBOM and its provenance.",
    },
    Item {
        repository: "demo/app",
        tag: Some("1.10.0-rc.1"),
        look_at: "A version that sorts after 1.2.0, though its letters come before.",
    },
    Item {
        repository: "demo/app",
        tag: Some("sbom-1.2.0"),
        look_at: "An SPDX SBOM that refers to 1.2.0: its own artifactType says what it is, its config is empty.",
    },
    Item {
        repository: "demo/app",
        tag: Some("sig-1.2.0"),
        look_at: "A referrer in the form of a cosign signature. It is an example: nothing verifies it.",
    },
    Item {
        repository: "demo/docker-image",
        tag: Some("2.4"),
        look_at: "A manifest of Docker's own type, as older tools push it.",
    },
    Item {
        repository: "demo/docker-image",
        tag: Some("list"),
        look_at: "A manifest list, Docker's word for an index.",
    },
    Item {
        repository: "demo/chart",
        tag: Some("0.3.1"),
        look_at: "A Helm chart: no artifactType, so the type of its config stands for it.",
    },
    Item { repository: "demo/many", tag: None, look_at: "5,000 tags of one image, in pages." },
    Item { repository: "demo/empty", tag: None, look_at: "A repository without a tag." },
];
