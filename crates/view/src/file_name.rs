//! Under which name does something become a file?
//!
//! Names come from whoever pushed it, so that nothing of them may lead out of a folder, hide or confuse.

use oci::{Descriptor, Digest, MediaType, Reference};

/// The longest name, in characters.
const LONGEST: usize = 120;

/// The name for a manifest or an index: `app-1.2.0.json`.
pub fn of_manifest(reference: &Reference, digest: &Digest) -> String {
    let what = reference.tag.as_ref().map_or_else(|| short(digest), ToString::to_string);
    clean(&format!("{}-{what}.json", last(reference)))
}

/// The name for a blob: its title where its author gave it one, else `app-0f664fdb1234.tar.gz`, and of a
/// statement about an image what it states: `app-0f664fdb1234.spdx.intoto.json`.
pub fn of_blob(beside: &Reference, descriptor: &Descriptor) -> String {
    let title = descriptor.annotations.get("org.opencontainers.image.title");
    let title = title.map(|title| clean(title.rsplit(['/', '\\']).next().unwrap_or_default()));
    if let Some(title) = title.filter(|title| title.chars().any(char::is_alphanumeric)) {
        return title;
    }
    let digest = descriptor.digest.as_ref().map(short).unwrap_or_default();
    let about = crate::annotations::predicate_of(&descriptor.annotations);
    let about = about.map(|about| format!(".{about}")).unwrap_or_default();
    clean(&format!("{}-{digest}{about}{}", last(beside), extension(descriptor.media_type.as_ref())))
}

fn last(reference: &Reference) -> &str {
    reference.repository.as_str().rsplit('/').next().unwrap_or_default()
}

fn short(digest: &Digest) -> String {
    digest.encoded().chars().take(12).collect()
}

/// What the names of files of a type end with. SPDX, CycloneDX, in-toto, DSSE and OpenVEX ask for names of their own, by
/// which tools know them.
fn extension(media_type: Option<&MediaType>) -> &'static str {
    let essence = media_type.map(MediaType::essence).unwrap_or_default();
    const ENDS: [(&str, &str); 19] = [
        ("/spdx+json", ".spdx.json"),
        ("vnd.cyclonedx+json", ".cdx.json"),
        ("vnd.cyclonedx+xml", ".cdx.xml"),
        ("vnd.in-toto+json", ".intoto.json"),
        ("dsse.envelope.v1+json", ".dsse.json"),
        ("/openvex+json", ".openvex.json"),
        ("tar+gzip", ".tar.gz"),
        ("tar.gzip", ".tar.gz"),
        ("tar+zstd", ".tar.zst"),
        ("tar.zstd", ".tar.zst"),
        (".tar", ".tar"),
        ("json", ".json"),
        ("yaml", ".yaml"),
        ("wasm", ".wasm"),
        ("xml", ".xml"),
        ("markdown", ".md"),
        ("text/plain", ".txt"),
        ("zip", ".zip"),
        ("pdf", ".pdf"),
    ];
    ENDS.iter().find(|(end, _)| essence.ends_with(end)).map_or(".bin", |(_, extension)| extension)
}

/// The name without what a file system or a reader could take amiss.
fn clean(name: &str) -> String {
    let harmless = |c: char| !(crate::is_hidden(c) || "/\\:*?\"<>|".contains(c));
    let name: String = name.chars().filter(|c| harmless(*c)).take(LONGEST).collect();
    name.trim_matches(['.', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIGEST: &str = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

    fn blob(media_type: &str, title: Option<&str>) -> String {
        let annotations =
            title.map(|title| ("org.opencontainers.image.title".to_owned(), title.to_owned())).into_iter();
        let descriptor = Descriptor {
            media_type: Some(media_type.into()),
            digest: DIGEST.parse().ok(),
            annotations: annotations.collect(),
            ..Descriptor::default()
        };
        of_blob(&"ghcr.io/acme/app:1.2.0".parse().unwrap(), &descriptor)
    }

    #[test]
    fn a_name_says_what_it_is() {
        let reference: Reference = "ghcr.io/acme/app:1.2.0".parse().unwrap();
        let digest: Digest = DIGEST.parse().unwrap();
        assert_eq!(of_manifest(&reference, &digest), "app-1.2.0.json");
        let pinned = Reference { tag: None, digest: Some(digest.clone()), ..reference };
        assert_eq!(of_manifest(&pinned, &digest), "app-44136fa355b3.json");
        let cases = [
            ("application/vnd.oci.image.layer.v1.tar+gzip", "app-44136fa355b3.tar.gz"),
            ("application/vnd.docker.image.rootfs.diff.tar.gzip", "app-44136fa355b3.tar.gz"),
            ("application/vnd.oci.image.layer.v1.tar+zstd", "app-44136fa355b3.tar.zst"),
            ("application/vnd.oci.image.layer.v1.tar", "app-44136fa355b3.tar"),
            ("application/spdx+json", "app-44136fa355b3.spdx.json"),
            ("application/vnd.cyclonedx+json", "app-44136fa355b3.cdx.json"),
            ("application/vnd.cyclonedx+json; version=1.5", "app-44136fa355b3.cdx.json"),
            ("application/vnd.in-toto+json", "app-44136fa355b3.intoto.json"),
            ("application/vnd.oci.image.config.v1+json", "app-44136fa355b3.json"),
            ("application/wasm", "app-44136fa355b3.wasm"),
            ("application/x-thing", "app-44136fa355b3.bin"),
        ];
        for (media_type, name) in cases {
            assert_eq!(blob(media_type, None), name, "{media_type}");
        }
    }

    #[test]
    fn a_statement_says_what_it_states() {
        // BuildKit, attestation storage: each layer names its predicate type in an annotation.
        let cases = [
            ("https://spdx.dev/Document", "app-44136fa355b3.spdx.intoto.json"),
            ("https://slsa.dev/provenance/v1", "app-44136fa355b3.provenance.intoto.json"),
            ("https://example.com/../evil", "app-44136fa355b3.intoto.json"),
        ];
        for (predicate, name) in cases {
            let statement = Descriptor {
                media_type: Some("application/vnd.in-toto+json".into()),
                digest: DIGEST.parse().ok(),
                annotations: [("in-toto.io/predicate-type".to_owned(), predicate.to_owned())].into(),
                ..Descriptor::default()
            };
            assert_eq!(of_blob(&"ghcr.io/acme/app:1.2.0".parse().unwrap(), &statement), name);
        }
    }

    #[test]
    fn a_title_leads_out_of_no_folder() {
        let cases = [
            ("sbom.spdx.json", "sbom.spdx.json"),
            ("../../.ssh/authorized_keys", "authorized_keys"),
            ("C:\\temp\\a.txt", "a.txt"),
            ("a\u{202e}txt.exe\0", "atxt.exe"),
            ("..", "app-44136fa355b3.json"),
            ("dir/", "app-44136fa355b3.json"),
            (".bashrc", "bashrc"),
        ];
        for (title, name) in cases {
            assert_eq!(blob("application/json", Some(title)), name, "{title:?}");
        }
        assert_eq!(blob("application/json", Some(&"x".repeat(5000))).len(), LONGEST);
    }
}
