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

const fn digested(
    topic: &'static str,
    repository: &'static str,
    digest: &'static str,
    look_at: &'static str,
) -> Item {
    Item { at: Where::Both, repository, tag: None, digest: Some(digest), topic, look_at }
}

const fn in_legacy(item: Item) -> Item {
    Item { at: Where::Legacy, ..item }
}

const IMAGES: &str = "Images";
const ARTIFACTS: &str = "Other artifacts";
const ATTACHED: &str = "Signatures and what else is attached";
const LISTS: &str = "Long and odd lists";
const MIXED: &str = "Types that are mixed";
const LABELS: &str = "Labels that do not fit";
const MISSING: &str = "Things that are missing";
const BYTES: &str = "Bytes that do not fit";
const TEXT: &str = "Text to be wary of";

const TOUR: &[Item] = &[
    tagged(
        IMAGES,
        "demo/app",
        "1.2.0",
        "An image for two platforms: five layers, of which the one of `pkg add` is by far the \
         largest, as its line of the history says; an SBOM that refers to it can be saved as a \
         file.",
    ),
    tagged(
        IMAGES,
        "demo/app",
        "1.1.0",
        "The version before: it shares its base and its packages with 1.2.0, and BuildKit's \
         attestations of each platform stand beside the image as unknown/unknown.",
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
        IMAGES,
        "demo/schema1",
        "1",
        "Docker's retired schema 1, with the signature inside the document: layers stand newest \
         first, and there is no config (MT010).",
    ),
    tagged(
        IMAGES,
        "demo/nested",
        "1.0.0",
        "An index of indexes: each child opens as an image for two platforms.",
    ),
    tagged(
        ARTIFACTS,
        "demo/chart",
        "0.3.1",
        "A Helm chart as helm pushed it: no artifactType, so the type of its config stands for \
         it, and no mediaType either (MT004).",
    ),
    tagged(
        ARTIFACTS,
        "demo/wasm",
        "0.1.0",
        "A WebAssembly module: the config says for which system it is, and the one layer is the \
         module itself.",
    ),
    tagged(
        ATTACHED,
        "demo/signed",
        "1.0.0",
        "An image with everything attached to it that the field has, under tags and as referrers; \
         a README beside the fixtures says how to verify it with the test keys.",
    ),
    tagged(
        ATTACHED,
        "demo/signed-by-tag",
        "sha256-69e604ae9ac1a2fb4b3ce5248f5efdd9663e090a93fa350b1bd7eb0da948751a.sig",
        "The signature by cosign 2, under a tag made of the image's digest: no subject, so only \
         its name says what it signs.",
    ),
    tagged(
        ATTACHED,
        "demo/signed-by-tag",
        "sha256-69e604ae9ac1a2fb4b3ce5248f5efdd9663e090a93fa350b1bd7eb0da948751a.att",
        "Attestations by cosign 2: SLSA provenance and VEX, each a signed envelope, together in \
         one manifest.",
    ),
    tagged(
        ATTACHED,
        "demo/signed-by-tag",
        "sha256-69e604ae9ac1a2fb4b3ce5248f5efdd9663e090a93fa350b1bd7eb0da948751a.sbom",
        "An SBOM as `cosign attach sbom` left it, unsigned; newer tools attach it as a referrer.",
    ),
    digested(
        ATTACHED,
        "demo/signed",
        "sha256:f6f272957fbf44027f55912ea1e697a7d57917bfcd20bdacc601eb69c374e3df",
        "The signature by cosign 3: a sigstore bundle, which refers to the image by its subject.",
    ),
    digested(
        ATTACHED,
        "demo/signed",
        "sha256:51dc86245e54e72bc45868f23e3b02cab70f6ab6eb09726436cbc5e171b99179",
        "SLSA provenance by cosign 3: the same kind of bundle, told apart by the predicate inside.",
    ),
    digested(
        ATTACHED,
        "demo/signed",
        "sha256:518b5cb1ccbea30c37289c18d402da66b9cceacbde25c6ea6cbc60eeaf9b00b3",
        "The signature by notation: its annotation has the thumbprint of the certificate.",
    ),
    digested(
        ATTACHED,
        "demo/signed",
        "sha256:35436e1ab789359f601186675e10491e6a4dfae3a789e87542c98cf624b876e7",
        "An SPDX SBOM as oras attaches it: artifactType and the title of the file say what to save.",
    ),
    digested(
        ATTACHED,
        "demo/signed",
        "sha256:eb6b7543b9a2c869885bf1a539335cf8665a08597d5b96871a99808e55dd877b",
        "A referrer of a referrer: this signs the SBOM, not the image.",
    ),
    digested(
        ATTACHED,
        "demo/signed",
        "sha256:321744c6d3c82b62301375edc4933fc8cfc0801fff1a36daa5db1248c9752cc9",
        "A CycloneDX SBOM of the same image.",
    ),
    digested(
        ATTACHED,
        "demo/signed",
        "sha256:46f9a61f44ddfc0a48f3097027fa82693672480f9df6fdc06bb36478392b1664",
        "An OpenVEX document: which vulnerability does not matter here, and why.",
    ),
    digested(
        ATTACHED,
        "demo/signed",
        "sha256:8cef66ae5e21b24c479618c94ba102f22e01e46080b4236e143e025d00b8bac6",
        "An index as a referrer: two test reports, one for each platform, under one subject.",
    ),
    in_legacy(tagged(
        ATTACHED,
        "demo/signed",
        "sha256-69e604ae9ac1a2fb4b3ce5248f5efdd9663e090a93fa350b1bd7eb0da948751a",
        "The fallback tag: the list of referrers that clients keep where the registry has no \
         referrers API.",
    )),
    tagged(
        ATTACHED,
        "demo/app",
        "sbom-1.2.0",
        "An SPDX SBOM that refers to 1.2.0: its own artifactType says what it is, its config is \
         empty.",
    ),
    tagged(
        ATTACHED,
        "demo/app",
        "sig-1.2.0",
        "A referrer in the form of a cosign signature. It is an example: nothing verifies it.",
    ),
    whole(LISTS, "demo/many", "5,000 tags of one image, in pages."),
    whole(
        LISTS,
        "trouble/tags",
        "Every name that a tag may have: numbers in their order, words of programmers, the \
         longest one, and tags made of digests.",
    ),
    whole(LISTS, "demo/empty", "A repository without a tag."),
    tagged(
        MIXED,
        "trouble/mixed",
        "docker-layer",
        "An OCI manifest with a layer of Docker's type (MT026): skopeo cannot make an archive of it.",
    ),
    tagged(MIXED, "trouble/mixed", "docker-layer-without-type", "The same without mediaType (MT004, MT026)."),
    tagged(
        MIXED,
        "trouble/mixed",
        "docker-layer-empty-type",
        "The same with an empty mediaType (MT006, MT026).",
    ),
    tagged(
        MIXED,
        "trouble/mixed",
        "oci-layer",
        "A Docker manifest with an OCI layer (MT009): skopeo, podman and CRI-O refuse to read it.",
    ),
    tagged(
        MIXED,
        "trouble/mixed",
        "docker-config",
        "An OCI manifest with Docker's config (MT008): Docker pulls it, skopeo and podman do not.",
    ),
    tagged(
        MIXED,
        "trouble/mixed",
        "oci-config",
        "A Docker manifest with an OCI config (MT009): nobody is known to refuse it.",
    ),
    tagged(MIXED, "trouble/mixed", "index-of-docker", "An OCI index whose child is Docker's (MT007): legal."),
    tagged(
        MIXED,
        "trouble/mixed",
        "list-of-oci",
        "A Docker list whose child is the OCI's (MT007): undefined, so old clients differ.",
    ),
    tagged(
        MIXED,
        "trouble/mixed",
        "mislabelled-child",
        "An index that says OCI of a child that is Docker's (IX005): strict registries answer 404 \
         to clients that believe it.",
    ),
    tagged(
        LABELS,
        "trouble/labels",
        "ambiguous",
        "A manifest and an index at once (MT001): two clients may run two things under one digest.",
    ),
    tagged(
        LABELS,
        "trouble/labels",
        "name-twice",
        "The same annotation twice, with two values (JS003): parsers disagree which one counts.",
    ),
    tagged(LABELS, "trouble/labels", "index-without-type", "An index without mediaType (MT004)."),
    tagged(
        LABELS,
        "trouble/labels",
        "annotation-number",
        "An annotation that is a number (AN001): clients in Go cannot read the whole manifest.",
    ),
    tagged(
        LABELS,
        "trouble/labels",
        "no-artifact-type",
        "An empty config and no artifactType (AT001): nothing says what it is.",
    ),
    tagged(
        LABELS,
        "trouble/labels",
        "artifact-type-with-parameter",
        "An artifactType with a parameter (AT002): ECR refuses it.",
    ),
    tagged(
        LABELS,
        "trouble/labels",
        "retired-artifact-manifest",
        "An artifact manifest, which never left the release candidates of OCI 1.1 (MT012).",
    ),
    tagged(
        LABELS,
        "trouble/labels",
        "content-type-differs",
        "The registry says OCI, the document says Docker (MT002).",
    ),
    tagged(
        LABELS,
        "trouble/labels",
        "content-type-text",
        "A manifest served as text/plain (MT002, MT013), as a wrongly set up proxy does.",
    ),
    tagged(
        LABELS,
        "trouble/labels",
        "content-type-with-charset",
        "A Content-Type with a parameter (MT014), which some clients take for another type.",
    ),
    tagged(
        LABELS,
        "trouble/labels",
        "digest-of-something-else",
        "An answer whose Docker-Content-Digest is not that of its bytes (RG003).",
    ),
    tagged(
        LABELS,
        "trouble/labels",
        "no-digest-header",
        "An answer without Docker-Content-Digest (RG002): the digest shown is computed.",
    ),
    tagged(
        MISSING,
        "trouble/missing",
        "child",
        "An index whose arm64 image was deleted: one platform opens, the other is not found.",
    ),
    tagged(
        MISSING,
        "trouble/missing",
        "config",
        "An image whose config is gone: the manifest can be read, the image not pulled.",
    ),
    tagged(
        MISSING,
        "trouble/missing",
        "layer",
        "An image whose layer is gone: the config can be read, saving the layer fails with the \
         reason.",
    ),
    tagged(
        MISSING,
        "trouble/missing",
        "subject",
        "An SBOM whose image is gone: the link to its subject leads to a clear \"not found\".",
    ),
    in_legacy(tagged(
        MISSING,
        "trouble/missing",
        "referrer",
        "The list under the fallback tag has two referrers; one of them was deleted.",
    )),
    tagged(BYTES, "trouble/bytes", "child-size", "An index with a wrong size of its child (DS008)."),
    tagged(
        BYTES,
        "trouble/bytes",
        "layer-damaged",
        "A layer with one bit turned: saving it must fail, and leave no file.",
    ),
    tagged(
        BYTES,
        "trouble/bytes",
        "config-damaged",
        "A config with one bit turned (DS009): what it says must not be believed.",
    ),
    tagged(
        BYTES,
        "trouble/bytes",
        "child-damaged",
        "An index whose child comes with one bit turned (RG004): what was asked for by digest is \
         refused.",
    ),
    tagged(
        BYTES,
        "trouble/bytes",
        "history-longer",
        "Three lines of history for one layer: which line made it cannot be known.",
    ),
    tagged(BYTES, "trouble/bytes", "history-shorter", "Two layers and one line of history."),
    tagged(
        TEXT,
        "trouble/text",
        "markup",
        "Markup in titles, keys, labels and history, and links that would run code: all of it is \
         shown, none of it is done.",
    ),
    tagged(
        TEXT,
        "trouble/text",
        "directions",
        "Characters that turn the direction of writing or do not show at all: they are made visible.",
    ),
    tagged(
        TEXT,
        "trouble/text",
        "long",
        "An annotation of 10 kB: it folds, and the rest stays within reach.",
    ),
];
