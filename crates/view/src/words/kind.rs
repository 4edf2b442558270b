//! What is an object, as a person would say it?

use oci::{Kind, Outline, Reference, Shape, View};

use super::count;
use crate::{digest_tags::lists_referrers, text};

/// The object in a few words: `Helm chart`, `multi-platform image, 2 platforms + 2 attestations`.
pub fn kind(view: &View) -> String {
    kind_of(&view.outline())
}

/// The same, for an object as it was asked for: an index under the tag of a list of referrers is one.
pub fn kind_under(reference: &Reference, view: &View) -> String {
    match lists_referrers(reference, view.shape) {
        Some(_) => text("kind.referrers", &[("count", &count(view.manifests.len() as u64))]),
        None => kind(view),
    }
}

/// The same, from its outline.
pub fn kind_of(outline: &Outline) -> String {
    let key = match outline.kind {
        Kind::Index => return index(outline),
        Kind::Image => "kind.image",
        Kind::HelmChart => "kind.helm_chart",
        Kind::Wasm => "kind.wasm",
        Kind::CosignSignature => "kind.cosign_signature",
        Kind::SigstoreBundle => "kind.sigstore_bundle",
        Kind::NotationSignature => "kind.notation_signature",
        Kind::Spdx => "kind.spdx",
        Kind::CycloneDx => "kind.cyclonedx",
        Kind::Attestation => "kind.attestation",
        Kind::Vex => "kind.vex",
        Kind::Schema1 => "kind.schema1",
        Kind::Artifact if outline.artifact_type.value.is_none() => "kind.artifact_untyped",
        Kind::Artifact => "kind.artifact",
        Kind::Unknown => match outline.shape {
            Shape::Ambiguous => "kind.ambiguous",
            Shape::NotJson => "kind.not_json",
            _ => "kind.unknown",
        },
    };
    text(key, &[])
}

/// An index by what it lists: distinct platforms, BuildKit's attestations, and the rest.
fn index(outline: &Outline) -> String {
    let mut parts = Vec::new();
    let mut add = |key: &str, number: u32| {
        if number > 0 {
            parts.push(text(key, &[("count", &count(u64::from(number)))]));
        }
    };
    add("kind.index.platforms", outline.platforms);
    add(if outline.platforms == 0 { "kind.index.entries" } else { "kind.index.others" }, outline.others);
    add("kind.index.attestations", outline.attestations);
    let and =
        |before: String, after: String| text("kind.index.and", &[("before", &before), ("after", &after)]);
    match parts.into_iter().reduce(and) {
        None => text("kind.index.empty", &[]),
        Some(parts) if outline.platforms > 1 => text("kind.multi_platform.with", &[("parts", &parts)]),
        Some(parts) => text("kind.index.with", &[("parts", &parts)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(platform: &str, rest: &str) -> String {
        let platform = match platform.split('/').collect::<Vec<_>>().as_slice() {
            [os, architecture] => format!(r#","platform":{{"os":"{os}","architecture":"{architecture}"}}"#),
            [os, architecture, variant] => format!(
                r#","platform":{{"os":"{os}","architecture":"{architecture}","variant":"{variant}"}}"#
            ),
            _ => String::new(),
        };
        format!(r#"{{"mediaType":"application/vnd.oci.image.manifest.v1+json"{platform}{rest}}}"#)
    }

    fn index_of(entries: &[String]) -> String {
        format!(r#"{{"schemaVersion":2,"manifests":[{}]}}"#, entries.join(","))
    }

    fn manifest(config: &str, layer: &str, rest: &str) -> String {
        format!(
            r#"{{"schemaVersion":2,"config":{{"mediaType":"{config}"}},"layers":[{{"mediaType":"{layer}"}}]{rest}}}"#
        )
    }

    #[track_caller]
    fn says(document: &str, words: &str) {
        assert_eq!(kind(&oci::read(document.as_bytes(), None)), words, "{document}");
    }

    #[test]
    fn an_index_says_what_it_lists() {
        let [amd, arm, v7] =
            ["linux/amd64", "linux/arm64/v8", "linux/arm/v7"].map(|platform| entry(platform, ""));
        let mark = r#","annotations":{"vnd.docker.reference.type":"attestation-manifest"}"#;
        let attestation = entry("unknown/unknown", mark);
        let plain = entry("", "");
        let (amd, arm) = (&amd, &arm);
        let six: Vec<_> = (0..6).map(|number| entry(&format!("linux/cpu{number}"), "")).collect();
        says(&index_of(&six), "multi-platform image, 6 platforms");
        says(
            &index_of(&[amd.clone(), arm.clone(), attestation.clone(), attestation.clone()]),
            "multi-platform image, 2 platforms + 2 attestations",
        );
        // Without its annotations, what runs nowhere is still no platform.
        says(
            &index_of(&[amd.clone(), arm.clone(), entry("unknown/unknown", "")]),
            "multi-platform image, 2 platforms + 1 attestation",
        );
        says(&index_of(&[amd.clone(), attestation]), "image index, 1 platform + 1 attestation");
        says(&index_of(std::slice::from_ref(amd)), "image index, 1 platform");
        // The same platform twice, as with a gzip and a zstd variant, is one platform.
        says(&index_of(&[amd.clone(), amd.clone(), v7]), "multi-platform image, 2 platforms");
        says(
            &index_of(&[amd.clone(), arm.clone(), plain.clone()]),
            "multi-platform image, 2 platforms + 1 other entry",
        );
        says(&index_of(std::slice::from_ref(&plain)), "image index, 1 entry");
        says(&index_of(&[plain.clone(), plain]), "image index, 2 entries");
        says(&index_of(&[]), "image index, no entries");
        says(r#"{"manifests":null}"#, "image index, no entries");
    }

    #[test]
    fn each_kind_has_its_words() {
        let oci_config = "application/vnd.oci.image.config.v1+json";
        let docker_config = "application/vnd.docker.container.image.v1+json";
        let empty = "application/vnd.oci.empty.v1+json";
        let tar = "application/vnd.oci.image.layer.v1.tar+gzip";
        let cases = [
            (oci_config, tar, "", "container image"),
            (docker_config, "application/vnd.docker.image.rootfs.diff.tar.gzip", "", "container image"),
            (
                "application/vnd.cncf.helm.config.v1+json",
                "application/vnd.cncf.helm.chart.content.v1.tar+gzip",
                "",
                "Helm chart",
            ),
            ("application/vnd.wasm.config.v0+json", "application/wasm", "", "Wasm module or component"),
            (
                "application/vnd.wasm.config.v1+json",
                "application/vnd.wasm.content.layer.v1+wasm",
                "",
                "Wasm module or component",
            ),
            // cosign's signature under an image's config.
            (oci_config, "application/vnd.dev.cosign.simplesigning.v1+json", "", "cosign signature"),
            (
                empty,
                "application/octet-stream",
                r#","artifactType":"application/vnd.dev.cosign.artifact.sig.v1+json""#,
                "cosign signature",
            ),
            (
                empty,
                "application/vnd.dev.sigstore.bundle.v0.3+json",
                r#","artifactType":"application/vnd.dev.sigstore.bundle.v0.3+json""#,
                "sigstore bundle",
            ),
            ("application/vnd.cncf.notary.signature", "application/jose+json", "", "notation signature"),
            (
                empty,
                "application/jose+json",
                r#","artifactType":"application/vnd.cncf.notary.signature""#,
                "notation signature",
            ),
            (empty, "application/spdx+json", r#","artifactType":"application/spdx+json""#, "SPDX SBOM"),
            (oci_config, "text/spdx+json", "", "SPDX SBOM"),
            (
                empty,
                "application/vnd.cyclonedx+json",
                r#","artifactType":"application/vnd.cyclonedx+json""#,
                "CycloneDX SBOM",
            ),
            // BuildKit's attestation, and cosign's.
            (oci_config, "application/vnd.in-toto+json", "", "attestation"),
            (oci_config, "application/vnd.dsse.envelope.v1+json", "", "attestation"),
            (
                empty,
                "application/vnd.in-toto+json",
                r#","artifactType":"application/vnd.docker.attestation.manifest.v1+json""#,
                "attestation",
            ),
            (
                empty,
                "application/vnd.openvex+json",
                r#","artifactType":"application/vnd.openvex+json""#,
                "VEX document",
            ),
            (empty, "a/b", r#","artifactType":"application/vnd.example.thing""#, "artifact"),
            ("application/vnd.example.config+json", "a/b", "", "artifact"),
            (empty, "a/b", "", "artifact of no known type"),
        ];
        for (config, layer, rest, words) in cases {
            says(&manifest(config, layer, rest), words);
        }
        says(r#"{"schemaVersion":1,"fsLayers":[]}"#, "Docker schema 1 image");
        says(
            r#"{"mediaType":"application/vnd.oci.artifact.manifest.v1+json","artifactType":"application/spdx+json"}"#,
            "SPDX SBOM",
        );
        says(r#"{"layers":[],"manifests":[]}"#, "ambiguous document");
        says(r#"{"errors":[]}"#, "JSON, but neither manifest nor index");
        says("<html>", "not JSON");
    }
}
