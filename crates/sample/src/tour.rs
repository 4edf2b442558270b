//! What is worth opening in the samples, and why? A walk through them, which is the manual too.

use crate::ALIASES;

/// Something worth opening, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// Which of the samples has it.
    pub at: Where,
    /// The repository.
    pub repository: &'static str,
    /// The tag; none if the repository itself is meant, or where a digest is given.
    pub tag: Option<&'static str>,
    /// The digest, where no tag names it.
    pub digest: Option<&'static str>,
    /// The heading that it stands under.
    pub topic: &'static str,
    /// What to look at, in a sentence.
    pub look_at: &'static str,
}

impl Item {
    /// The name of the registry to open it in: the modern one where both have it.
    pub fn registry(&self) -> &'static str {
        match self.at {
            Where::Both | Where::Modern => ALIASES[0],
            Where::Legacy => ALIASES[1],
        }
    }
}

/// Which of the samples has something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Where {
    /// Both have it.
    Both,
    /// The modern one alone.
    Modern,
    /// The legacy one alone.
    Legacy,
}

/// What the samples hold, in the order of a walk through them. Stops of one topic stand together.
pub fn tour() -> &'static [Item] {
    TOUR
}

const fn tagged(
    topic: &'static str,
    repository: &'static str,
    tag: &'static str,
    look_at: &'static str,
) -> Item {
    Item { at: Where::Both, repository, tag: Some(tag), digest: None, topic, look_at }
}

const fn whole(topic: &'static str, repository: &'static str, look_at: &'static str) -> Item {
    Item { at: Where::Both, repository, tag: None, digest: None, topic, look_at }
}

const IMAGES: &str = "Images";
const ARTIFACTS: &str = "Other artifacts";
const ATTACHED: &str = "Signatures and what else is attached";
const LISTS: &str = "Long and short lists";

const TOUR: &[Item] = &[
    tagged(
        IMAGES,
        "demo/app",
        "1.2.0",
        "An image for two platforms, with what BuildKit attests of each: an SBOM and its provenance.",
    ),
    tagged(
        IMAGES,
        "demo/app",
        "1.10.0-rc.1",
        "A version that sorts after 1.2.0, though its letters come before.",
    ),
    tagged(IMAGES, "demo/docker-image", "2.4", "A manifest of Docker's own type, as older tools push it."),
    tagged(IMAGES, "demo/docker-image", "list", "A manifest list, Docker's word for an index."),
    tagged(
        ATTACHED,
        "demo/app",
        "sbom-1.2.0",
        "An SPDX SBOM that refers to 1.2.0: its own artifactType says what it is, its config is empty.",
    ),
    tagged(
        ATTACHED,
        "demo/app",
        "sig-1.2.0",
        "A referrer in the form of a cosign signature. It is an example: nothing verifies it.",
    ),
    tagged(
        ARTIFACTS,
        "demo/chart",
        "0.3.1",
        "A Helm chart: no artifactType, so the type of its config stands for it.",
    ),
    whole(LISTS, "demo/many", "5,000 tags of one image, in pages."),
    whole(LISTS, "demo/empty", "A repository without a tag."),
];
