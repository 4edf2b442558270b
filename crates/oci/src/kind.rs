//! What is an object, as a person would say it?
//!
//! By its effective artifactType first, then by the types of its config and its layers, then by annotations. The
//! media type of a thing's config is not yet what the thing is: cosign and BuildKit put signatures and attestations
//! under an image's config.

use serde::{Deserialize, Serialize};

use crate::{ArtifactTypeSource, Descriptor, MediaType, Role, Shape, View};

/// What an object is, as a person would say it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A multi-platform image or another index.
    Index,
    /// A container image.
    Image,
    /// A Helm chart.
    HelmChart,
    /// A WebAssembly module or component.
    Wasm,
    /// A signature by cosign.
    CosignSignature,
    /// A sigstore bundle.
    SigstoreBundle,
    /// A signature by notation.
    NotationSignature,
    /// An SBOM in SPDX.
    Spdx,
    /// An SBOM in CycloneDX.
    CycloneDx,
    /// An in-toto attestation, such as SLSA provenance or BuildKit's.
    Attestation,
    /// A VEX document.
    Vex,
    /// A retired Docker schema 1 image.
    Schema1,
    /// An artifact of a type without a name of its own here.
    Artifact,
    /// Not readable as any of these.
    #[default]
    Unknown,
}

impl Kind {
    /// The kind of a document whose other fields have been read.
    pub(crate) fn of(view: &View) -> Self {
        match view.shape {
            Shape::Schema1 => Self::Schema1,
            Shape::Index => by_field(view).unwrap_or(Self::Index),
            Shape::Manifest => by_field(view).unwrap_or_else(|| by_content(view)),
            Shape::ArtifactManifest => {
                by_field(view).or_else(|| by_layers(&view.layers)).unwrap_or(Self::Artifact)
            }
            Shape::Ambiguous | Shape::Unknown | Shape::NotJson => Self::Unknown,
        }
    }
}

fn by_field(view: &View) -> Option<Kind> {
    let named = view.artifact_type.source == ArtifactTypeSource::Field;
    view.artifact_type.value.as_deref().filter(|_| named).and_then(by_type)
}

fn by_content(view: &View) -> Kind {
    let config = view.config.as_ref().and_then(|config| config.media_type.as_ref());
    if let Some(kind) = config.and_then(|config| by_type(&config.0)) {
        return kind;
    }
    if let Some(kind) = by_annotations(view) {
        return kind;
    }
    let image_config = config.is_some_and(|config| config.role() == Role::Config);
    let named = view.artifact_type.source == ArtifactTypeSource::Field;
    let file_system = view.layers.iter().any(|layer| role(layer) == Some(Role::Layer));
    if image_config && !named && (file_system || view.layers.is_empty()) {
        return Kind::Image;
    }
    by_layers(&view.layers).unwrap_or(match config {
        // Without a config to say otherwise, file system layers are an image's.
        None if file_system && !named => Kind::Image,
        _ => Kind::Artifact,
    })
}

fn by_annotations(view: &View) -> Option<Kind> {
    let annotations = &view.annotations;
    if annotations.get("vnd.docker.reference.type").is_some_and(|kind| kind == "attestation-manifest") {
        return Some(Kind::Attestation);
    }
    // An image whose one layer holds a module, for runtimes of before 2023.
    annotations.contains_key("module.wasm.image/variant").then_some(Kind::Wasm)
}

/// The kind that the first layer with a known type gives.
fn by_layers(layers: &[Descriptor]) -> Option<Kind> {
    layers.iter().find_map(|layer| {
        if layer.annotations.contains_key("dev.cosignproject.cosign/signature")
            && layer.media_type.as_ref().is_none_or(|kind| !kind.essence().contains("dsse"))
        {
            return Some(Kind::CosignSignature);
        }
        layer.media_type.as_ref().and_then(|media_type| by_type(&media_type.0))
    })
}

fn role(layer: &Descriptor) -> Option<Role> {
    layer.media_type.as_ref().map(MediaType::role)
}

/// The kind that a media type stands for, wherever it is written: as artifactType, of a config or of a layer.
fn by_type(media_type: &str) -> Option<Kind> {
    let essence = MediaType::from(media_type).essence();
    KNOWN.iter().find(|(shape, _)| shape.matches(&essence)).map(|(_, kind)| kind.clone())
}

enum Known {
    Whole(&'static str),
    Start(&'static str),
    Part(&'static str),
}

impl Known {
    fn matches(&self, essence: &str) -> bool {
        match self {
            Self::Whole(text) => essence == *text,
            Self::Start(text) => essence.starts_with(text),
            Self::Part(text) => essence.contains(text),
        }
    }
}

/// Types by the tools that write them; the first match counts.
const KNOWN: &[(Known, Kind)] = &[
    (Known::Start("application/vnd.cncf.helm.config."), Kind::HelmChart),
    (Known::Start("application/vnd.cncf.helm.chart."), Kind::HelmChart),
    (Known::Start("application/vnd.wasm.config."), Kind::Wasm),
    (Known::Start("application/vnd.wasm.content."), Kind::Wasm),
    (Known::Start("application/vnd.module.wasm."), Kind::Wasm),
    (Known::Whole("application/wasm"), Kind::Wasm),
    (Known::Whole("application/vnd.dev.cosign.simplesigning.v1+json"), Kind::CosignSignature),
    (Known::Start("application/vnd.dev.cosign.artifact.sig."), Kind::CosignSignature),
    (Known::Start("application/vnd.dev.sigstore.bundle"), Kind::SigstoreBundle),
    (Known::Start("application/vnd.cncf.notary.signature"), Kind::NotationSignature),
    (Known::Part("openvex"), Kind::Vex),
    (Known::Start("application/vex+"), Kind::Vex),
    (Known::Start("application/csaf+"), Kind::Vex),
    (Known::Part("cyclonedx.vex"), Kind::Vex),
    (Known::Part("cyclonedx"), Kind::CycloneDx),
    (Known::Part("spdx"), Kind::Spdx),
    (Known::Part("in-toto"), Kind::Attestation),
    (Known::Part("slsa"), Kind::Attestation),
    (Known::Start("application/vnd.dsse.envelope."), Kind::Attestation),
    (Known::Start("application/vnd.docker.attestation.manifest."), Kind::Attestation),
    (Known::Start("application/vnd.dev.cosign.artifact.att."), Kind::Attestation),
];
