//! What is a media type, in words?

use oci::MediaType;

/// What a type is, and where that is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// In words.
    pub words: String,
    /// Document and section.
    pub spec: String,
    /// The page where that is read.
    pub page: Option<&'static str>,
}

/// Types and the name of their sentence. A type that ends in `*` stands for all that begin so; the first match counts.
const KNOWN: &[(&str, &str)] = &[
    (MediaType::OCI_MANIFEST, "oci_manifest"),
    (MediaType::OCI_INDEX, "oci_index"),
    (MediaType::OCI_CONFIG, "oci_config"),
    (MediaType::EMPTY, "empty"),
    ("application/vnd.oci.image.layer.v1.tar+gzip", "oci_layer_gzip"),
    ("application/vnd.oci.image.layer.v1.tar+zstd", "oci_layer_zstd"),
    ("application/vnd.oci.image.layer.v1.tar", "oci_layer"),
    ("application/vnd.oci.image.layer.nondistributable.v1.tar*", "nondistributable"),
    ("application/vnd.oci.image.layer.v1.tar*", "oci_layer_other"),
    ("application/vnd.oci.descriptor.v1+json", "descriptor"),
    ("application/vnd.oci.layout.header.v1+json", "layout"),
    (MediaType::OCI_ARTIFACT, "artifact_manifest"),
    (MediaType::ORAS_ARTIFACT, "artifact_manifest"),
    (MediaType::DOCKER_MANIFEST, "docker_manifest"),
    (MediaType::DOCKER_LIST, "docker_list"),
    (MediaType::DOCKER_CONFIG, "docker_config"),
    (MediaType::DOCKER_SCHEMA1, "schema1"),
    (MediaType::DOCKER_SCHEMA1_SIGNED, "schema1"),
    ("application/vnd.docker.image.rootfs.diff.tar*", "docker_layer"),
    ("application/vnd.docker.image.rootfs.foreign.diff.tar*", "docker_foreign_layer"),
    ("application/vnd.docker.plugin.v1+json", "docker_plugin"),
    ("application/vnd.docker.ai.*", "docker_model"),
    ("application/vnd.buildkit.cacheconfig.v0", "buildkit_cache"),
    ("application/vnd.in-toto+json", "in_toto"),
    ("application/vnd.in-toto.*", "in_toto"),
    ("application/vnd.dsse.envelope.v1+json", "dsse"),
    ("application/vnd.cncf.helm.config.v1+json", "helm_config"),
    ("application/vnd.cncf.helm.chart.content.v1.tar+gzip", "helm_chart"),
    ("application/vnd.cncf.helm.chart.provenance.v1.prov", "helm_provenance"),
    ("application/vnd.wasm.config.v0+json", "wasm_config"),
    ("application/vnd.wasm.*", "wasm_old"),
    ("application/wasm", "wasm"),
    ("application/vnd.dev.cosign.simplesigning.v1+json", "cosign_payload"),
    ("application/vnd.dev.cosign.artifact.*", "cosign_artifact"),
    ("application/vnd.dev.sigstore.bundle*", "sigstore_bundle"),
    ("application/vnd.cncf.notary.signature", "notation"),
    ("application/jose+json", "jose"),
    ("application/cose", "cose"),
    ("application/spdx+json", "spdx"),
    ("text/spdx*", "spdx"),
    ("application/vnd.cyclonedx*", "cyclonedx"),
    ("application/vnd.openvex*", "openvex"),
    ("application/sarif+json", "sarif"),
    ("application/vnd.cncf.flux.*", "flux"),
    ("application/vnd.cnab.*", "cnab"),
    ("application/octet-stream", "octets"),
];

/// The page of a sentence's document. What is left open has none that stays where it is.
const PAGES: &[(&str, &str)] = &[
    ("oci_manifest", "https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md"),
    ("oci_index", "https://github.com/opencontainers/image-spec/blob/v1.1.1/image-index.md"),
    ("oci_config", "https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md"),
    (
        "empty",
        "https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md#guidance-for-an-empty-descriptor",
    ),
    ("oci_layer", "https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md"),
    ("oci_layer_gzip", "https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md#gzip-media-types"),
    ("oci_layer_zstd", "https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md#zstd-media-types"),
    ("oci_layer_other", "https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md"),
    (
        "nondistributable",
        "https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md#non-distributable-layers",
    ),
    ("descriptor", "https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md"),
    ("layout", "https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md#oci-layout-file"),
    ("artifact_manifest", "https://github.com/opencontainers/image-spec/releases/tag/v1.1.0"),
    ("docker_manifest", "https://distribution.github.io/distribution/spec/manifest-v2-2/"),
    ("docker_list", "https://distribution.github.io/distribution/spec/manifest-v2-2/#manifest-list"),
    ("docker_layer", "https://distribution.github.io/distribution/spec/manifest-v2-2/"),
    ("docker_foreign_layer", "https://distribution.github.io/distribution/spec/manifest-v2-2/"),
    ("docker_config", "https://github.com/moby/docker-image-spec/blob/v1.3.1/spec.md"),
    ("docker_plugin", "https://docs.docker.com/engine/extend/config/"),
    ("schema1", "https://distribution.github.io/distribution/spec/deprecated-schema-v1/"),
    ("buildkit_cache", "https://docs.docker.com/build/cache/backends/registry/"),
    ("in_toto", "https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md"),
    ("dsse", "https://github.com/secure-systems-lab/dsse/blob/master/envelope.md"),
    ("helm_config", "https://github.com/helm/community/blob/main/hips/hip-0006.md"),
    ("helm_chart", "https://github.com/helm/community/blob/main/hips/hip-0006.md"),
    ("helm_provenance", "https://helm.sh/docs/topics/provenance/"),
    ("wasm_config", "https://tag-runtime.cncf.io/wgs/wasm/deliverables/wasm-oci-artifact/"),
    ("wasm", "https://tag-runtime.cncf.io/wgs/wasm/deliverables/wasm-oci-artifact/"),
    ("cosign_payload", "https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md"),
    ("cosign_artifact", "https://github.com/sigstore/cosign/tree/main/specs"),
    ("sigstore_bundle", "https://docs.sigstore.dev/about/bundle/"),
    (
        "notation",
        "https://github.com/notaryproject/specifications/blob/main/specs/signature-specification.md",
    ),
    ("jose", "https://github.com/notaryproject/specifications/blob/main/specs/signature-envelope-jws.md"),
    ("cose", "https://github.com/notaryproject/specifications/blob/main/specs/signature-envelope-cose.md"),
    ("spdx", "https://spdx.github.io/spdx-spec/"),
    ("cyclonedx", "https://cyclonedx.org/specification/overview/"),
    ("openvex", "https://github.com/openvex/spec"),
    ("sarif", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html"),
    ("flux", "https://fluxcd.io/flux/cheatsheets/oci-artifacts/"),
    ("cnab", "https://github.com/cnabio/cnab-to-oci"),
    ("octets", "https://www.rfc-editor.org/rfc/rfc2046#section-4.5.1"),
];

/// What a type is; `None` for one that is not known here. Parameters and letter case do not count.
pub fn about(media_type: &str) -> Option<About> {
    let essence = MediaType::from(media_type).essence();
    let (_, name) = KNOWN.iter().find(|(known, _)| match known.strip_suffix('*') {
        Some(beginning) => essence.starts_with(beginning),
        None => essence == *known,
    })?;
    let text = |part: &str| crate::text(&format!("type.{name}{part}"), &[]);
    let page = PAGES.iter().find(|(of, _)| of == name).map(|(_, page)| *page);
    Some(About { words: text(""), spec: text(".spec"), page })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_has_its_words_and_its_section() {
        for (known, name) in KNOWN {
            let found = about(&known.replace('*', "x")).unwrap();
            for text in [found.words, found.spec] {
                assert!(!text.starts_with("type.") && text.contains(' '), "{known}, {name}: {text}");
            }
        }
    }

    #[test]
    fn each_page_belongs_to_a_type() {
        for (name, page) in PAGES {
            assert!(KNOWN.iter().any(|(_, known)| known == name), "{name}");
            assert!(page.starts_with("https://"), "{page}");
        }
        assert_eq!(about(MediaType::OCI_INDEX).and_then(|about| about.page), Some(PAGES[1].1));
        assert_eq!(about("application/vnd.wasm.content.layer.v1+wasm").unwrap().page, None);
    }

    #[test]
    fn the_first_match_counts_and_case_does_not() {
        let words = |media_type: &str| about(media_type).map(|about| about.words);
        let name = |name: &str| Some(crate::text(&format!("type.{name}"), &[]));
        assert_eq!(words("Application/vnd.oci.image.INDEX.v1+json; charset=utf-8"), name("oci_index"));
        assert_eq!(words("application/vnd.oci.image.layer.v1.tar+gzip"), name("oci_layer_gzip"));
        assert_eq!(words("application/vnd.oci.image.layer.v1.tar+gzip+encrypted"), name("oci_layer_other"));
        assert_eq!(words("application/vnd.wasm.config.v0+json"), name("wasm_config"));
        assert_eq!(words("application/vnd.wasm.content.layer.v1+wasm"), name("wasm_old"));
        assert_eq!(words("application/vnd.example"), None);
        assert_eq!(words(""), None);
    }
}
