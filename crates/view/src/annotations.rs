//! What does an annotation mean, and what may its value link to?
//!
//! The keys of annotations.md, and those that BuildKit, containerd, cosign, sigstore, notation, ORAS and Docker write.

use oci::{Digest, Reference};

/// What the value of a known key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Value {
    /// Any text.
    Text,
    /// An address of the web.
    Url,
    /// A digest.
    Digest,
    /// A reference.
    Reference,
    /// A date and time of RFC 3339.
    Date,
}

/// What a key says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// In words.
    pub words: String,
    /// What its value is.
    pub value: Value,
}

/// Where a value leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// Out of the app.
    Web(String),
    /// To an object in this repository.
    Digest(Digest),
    /// To an object anywhere.
    Reference(Reference),
}

/// Keys, the name of their sentence, and what their value is. A key that ends in `*` stands for all that begin so.
const KNOWN: &[(&str, &str, Value)] = &[
    ("org.opencontainers.image.created", "created", Value::Date),
    ("org.opencontainers.image.authors", "authors", Value::Text),
    ("org.opencontainers.image.url", "url", Value::Url),
    ("org.opencontainers.image.documentation", "documentation", Value::Url),
    ("org.opencontainers.image.source", "source", Value::Url),
    ("org.opencontainers.image.version", "version", Value::Text),
    ("org.opencontainers.image.revision", "revision", Value::Text),
    ("org.opencontainers.image.vendor", "vendor", Value::Text),
    ("org.opencontainers.image.licenses", "licenses", Value::Text),
    ("org.opencontainers.image.ref.name", "ref_name", Value::Text),
    ("org.opencontainers.image.title", "title", Value::Text),
    ("org.opencontainers.image.description", "description", Value::Text),
    ("org.opencontainers.image.base.digest", "base_digest", Value::Digest),
    ("org.opencontainers.image.base.name", "base_name", Value::Reference),
    ("org.opencontainers.artifact.created", "artifact_created", Value::Date),
    ("org.opencontainers.referrers.filtersApplied", "filters_applied", Value::Text),
    ("org.label-schema.*", "label_schema", Value::Text),
    ("vnd.docker.reference.type", "docker_reference_type", Value::Text),
    ("vnd.docker.reference.digest", "docker_reference_digest", Value::Digest),
    ("in-toto.io/predicate-type", "predicate_type", Value::Url),
    ("predicateType", "predicate_type", Value::Url),
    ("buildkit/rewritten-timestamp", "rewritten_timestamp", Value::Text),
    ("buildkit/createdat", "buildkit_created", Value::Date),
    ("com.docker.official-images.bashbrew.arch", "bashbrew_arch", Value::Text),
    ("containerd.io/distribution.source.*", "distribution_source", Value::Text),
    ("containerd.io/uncompressed", "uncompressed", Value::Digest),
    ("containerd.io/snapshot/stargz/toc.digest", "stargz_toc", Value::Digest),
    ("io.containerd.image.name", "containerd_image_name", Value::Reference),
    ("io.containers.estargz.uncompressed-size", "estargz_size", Value::Text),
    ("io.github.containers.compression.zstd", "zstd", Value::Text),
    ("io.github.containers.zstd-chunked.manifest-checksum", "zstd_chunked_checksum", Value::Digest),
    ("io.github.containers.zstd-chunked.*", "zstd_chunked", Value::Text),
    ("dev.cosignproject.cosign/signature", "cosign_signature", Value::Text),
    ("dev.sigstore.cosign/certificate", "cosign_certificate", Value::Text),
    ("dev.sigstore.cosign/chain", "cosign_chain", Value::Text),
    ("dev.sigstore.cosign/bundle", "cosign_bundle", Value::Text),
    ("dev.sigstore.cosign/rfc3161timestamp", "cosign_timestamp", Value::Text),
    ("dev.sigstore.bundle.content", "bundle_content", Value::Text),
    ("dev.sigstore.bundle.predicateType", "predicate_type", Value::Url),
    ("io.cncf.notary.x509chain.thumbprint#S256", "notary_thumbprint", Value::Text),
    ("io.deis.oras.content.digest", "oras_digest", Value::Digest),
    ("io.deis.oras.content.unpack", "oras_unpack", Value::Text),
    ("artifacthub.io/*", "artifact_hub", Value::Text),
    ("module.wasm.image/variant", "wasm_variant", Value::Text),
];

/// What a key means; `None` for one that is known to nobody here.
pub fn about(key: &str) -> Option<About> {
    let (_, name, value) = KNOWN.iter().find(|(known, ..)| match known.strip_suffix('*') {
        Some(beginning) => key.starts_with(beginning),
        None => key == *known,
    })?;
    Some(About { words: crate::text(&format!("annotation.{name}"), &[]), value: *value })
}

/// Where the value of a key leads. A value that is an address of the web leads there under any key.
pub fn link(key: &str, value: &str) -> Option<Link> {
    let web = || web_address(value).map(|address| Link::Web(address.to_owned()));
    match about(key).map(|about| about.value) {
        Some(Value::Digest) => value.parse().ok().map(Link::Digest),
        // Without a registry nobody knows which image is meant.
        Some(Value::Reference) => {
            let named = value.split('/').next().is_some_and(|first| first.contains(['.', ':']));
            value.parse().ok().filter(|_| named && value.contains('/')).map(Link::Reference)
        }
        Some(Value::Date) => None,
        Some(Value::Text | Value::Url) | None => web(),
    }
}

/// An address of the web that may be opened: http or https with a host, and nothing in it that hides what it is. Never
/// `javascript:` or any other scheme.
pub fn web_address(text: &str) -> Option<&str> {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    let length = ["https://", "http://"].into_iter().find(|scheme| lower.starts_with(scheme))?.len();
    let host = text[length..].split(['/', '?', '#']).next().unwrap_or_default();
    // `https://good.example@evil.example/` shows one host and leads to another.
    let honest = !host.is_empty() && !host.contains(['@', '\\']);
    let odd = |c: char| c.is_whitespace() || crate::is_hidden(c) || matches!(c, '"' | '<' | '>' | '`');
    (honest && text.len() <= 2048 && !text.chars().any(odd)).then_some(text)
}

/// Where BuildKit writes the predicate type of a statement beside its layer.
const PREDICATE: &str = "in-toto.io/predicate-type";

/// What in-toto statements are about, by the beginning of their predicate type: SPDX, CycloneDX and SLSA name theirs so,
/// and BuildKit writes it beside each layer of an attestation.
const PREDICATES: &[(&str, &str)] = &[
    ("https://spdx.dev/Document", "spdx"),
    ("https://cyclonedx.org/bom", "cyclonedx"),
    ("https://slsa.dev/provenance/", "provenance"),
    ("https://slsa.dev/verification_summary/", "summary"),
    ("https://openvex.dev/ns", "vex"),
    ("https://in-toto.io/attestation/vulns", "vulns"),
    ("https://in-toto.io/attestation/test-result/", "test"),
];

/// What a descriptor calls its content: its title, or what its in-toto statement is about; nothing where it says neither.
pub fn name_of(annotations: &std::collections::BTreeMap<String, String>) -> Option<String> {
    if let Some(title) = annotations.get("org.opencontainers.image.title").filter(|title| !title.is_empty()) {
        return Some(title.clone());
    }
    let known = predicate_of(annotations).map(|name| crate::text(&format!("predicate.{name}"), &[]));
    known.or_else(|| annotations.get(PREDICATE).cloned())
}

/// What an in-toto statement is about, in one word, where its descriptor says so and it is known: `spdx`.
pub fn predicate_of(annotations: &std::collections::BTreeMap<String, String>) -> Option<&'static str> {
    let predicate = annotations.get(PREDICATE)?;
    PREDICATES.iter().find(|(beginning, _)| predicate.starts_with(beginning)).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_key_has_its_words() {
        for (key, name, _) in KNOWN {
            let words = about(&key.replace('*', "x")).unwrap().words;
            assert!(crate::has_text(&format!("annotation.{name}")), "{key}: {words}");
        }
        let distinct: BTreeSet<_> = KNOWN.iter().map(|(key, ..)| key).collect();
        assert_eq!(distinct.len(), KNOWN.len(), "each key stands here once");
        assert_eq!(about("org.opencontainers.image.Created"), None);
        assert_eq!(about("org.opencontainers.image"), None);
    }

    #[test]
    fn the_fourteen_of_the_specification_are_known() {
        // annotations.md, "Pre-Defined Annotation Keys".
        let keys = "created authors url documentation source version revision vendor licenses ref.name title \
                    description base.digest base.name";
        let mut count = 0;
        for key in keys.split_whitespace() {
            assert!(about(&format!("org.opencontainers.image.{key}")).is_some(), "{key}");
            count += 1;
        }
        assert_eq!(count, 14);
    }

    #[test]
    fn values_lead_where_they_say_and_nowhere_else() {
        let digest = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
        let key = |name: &str| format!("org.opencontainers.image.{name}");
        assert_eq!(link(&key("base.digest"), digest), Some(Link::Digest(digest.parse().unwrap())));
        assert_eq!(link(&key("base.digest"), "sha256:44"), None);
        let base = "docker.io/library/debian:12";
        assert_eq!(link(&key("base.name"), base), Some(Link::Reference(base.parse().unwrap())));
        assert_eq!(link(&key("base.name"), "debian:12"), None);
        assert_eq!(link(&key("base.name"), "javascript:alert(1)"), None);
        assert_eq!(
            link(&key("source"), "https://example.com/x"),
            Some(Link::Web("https://example.com/x".to_owned()))
        );
        assert_eq!(
            link("com.example.home", "http://example.com"),
            Some(Link::Web("http://example.com".to_owned()))
        );
        assert_eq!(link(&key("source"), "git@example.com:a/b.git"), None);
        assert_eq!(link(&key("title"), "README.md"), None);
    }

    #[test]
    fn only_plain_addresses_are_opened() {
        for good in [
            "https://example.com",
            "HTTP://example.com:8080/a?b=c#d",
            "https://[::1]/",
            "https://bücher.example/",
        ] {
            assert_eq!(web_address(good), Some(good));
        }
        for bad in [
            "javascript:alert(1)",
            " https://example.com",
            "https://example.com/ x",
            "https://",
            "https:///x",
            "https://good.example@evil.example/",
            "https://good.example\\@evil.example/",
            "https://example.com/\u{202e}gpj",
            "https://example.com/\"onmouseover=x",
            "data:text/html,x",
            "ftp://example.com",
            "//example.com",
            "https",
            "",
        ] {
            assert_eq!(web_address(bad), None, "{bad}");
        }
    }

    #[test]
    fn content_is_called_by_its_title_or_its_predicate() {
        let annotated = |pairs: &[(&str, &str)]| {
            name_of(&pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect())
        };
        let title = "org.opencontainers.image.title";
        let predicate = "in-toto.io/predicate-type";
        assert_eq!(
            annotated(&[(title, "chart.tgz"), (predicate, "https://spdx.dev/Document")]).as_deref(),
            Some("chart.tgz")
        );
        assert_eq!(annotated(&[(predicate, "https://spdx.dev/Document")]).as_deref(), Some("SBOM, SPDX"));
        assert_eq!(
            annotated(&[(predicate, "https://spdx.dev/Document/v2.3")]).as_deref(),
            Some("SBOM, SPDX")
        );
        assert_eq!(
            annotated(&[(predicate, "https://slsa.dev/provenance/v0.2")]).as_deref(),
            Some("Provenance, SLSA")
        );
        assert_eq!(
            annotated(&[(predicate, "https://example.org/x")]).as_deref(),
            Some("https://example.org/x")
        );
        assert_eq!(annotated(&[(title, "")]), None);
        assert_eq!(annotated(&[]), None);
    }
}
