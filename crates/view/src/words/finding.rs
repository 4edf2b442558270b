//! What does a finding say?

use oci::Finding;

/// The sentence of a finding's rule; for a rule without one, what it found.
pub fn finding(finding: &Finding) -> String {
    of_rule(&finding.id, "").unwrap_or_else(|| {
        let values = [("id", &*finding.id), ("actual", finding.actual.as_deref().unwrap_or("?"))];
        crate::text("finding.unnamed", &values)
    })
}

/// Who or what breaks by it, where that is known.
pub fn finding_breaks(finding: &Finding) -> Option<String> {
    of_rule(&finding.id, ".breaks")
}

/// Where the rule is written: document and section.
pub fn finding_spec(finding: &Finding) -> Option<String> {
    of_rule(&finding.id, ".spec")
}

fn of_rule(id: &str, part: &str) -> Option<String> {
    let key = format!("finding.{id}{part}");
    crate::has_text(&key).then(|| crate::text(&key, &[]))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use oci::{MediaType, Severity};

    use super::*;

    /// What the rules of `oci` are found by: one document, or more, for each.
    fn rules_of_documents() -> BTreeSet<String> {
        let manifest = MediaType::OCI_MANIFEST;
        let docker = MediaType::DOCKER_MANIFEST;
        let layer =
            |media_type: &str| format!(r#"{{"mediaType":"{media_type}","digest":"md5:0","size":-1}}"#);
        let oci_layer = "application/vnd.oci.image.layer.v1.tar";
        let docker_layer = "application/vnd.docker.image.rootfs.diff.tar";
        let documents = [
            "<html>".to_owned(),
            "[]".to_owned(),
            "{\"a\":1,\"a\":2,\"Layers\":0}\n".to_owned(),
            r#"{"schemaVersion":1,"manifests":null,"config":null}"#.to_owned(),
            format!(r#"{{"mediaType":"{manifest}","manifests":null}}"#),
            r#"{"layers":null,"config":null}"#.to_owned(),
            format!(r#"{{"config":{{"mediaType":"{}"}},"layers":[]}}"#, MediaType::DOCKER_CONFIG),
            format!(r#"{{"mediaType":"x","layers":[{}]}}"#, layer("")),
            format!(r#"{{"mediaType":"{}","manifests":[{}]}}"#, MediaType::OCI_INDEX, layer(docker)),
            format!(
                r#"{{"mediaType":"{manifest}","config":{},"layers":[{}]}}"#,
                layer(MediaType::DOCKER_CONFIG),
                layer(docker_layer)
            ),
            format!(r#"{{"mediaType":"{docker}","layers":[{},7]}}"#, layer(oci_layer)),
            r#"{"fsLayers":[]}"#.to_owned(),
            format!(r#"{{"mediaType":"{}"}}"#, MediaType::OCI_ARTIFACT),
            format!(r#"{{"config":{},"artifactType":"","annotations":null}}"#, layer(MediaType::EMPTY)),
            format!(r#"{{"config":{},"artifactType":"{}"}}"#, layer("a/b"), MediaType::EMPTY),
            r#"{"config":{"digest":"x","annotations":{"a":1}},"artifactType":"a b"}"#.to_owned(),
            r#"{"config":{"digest":"sha256:x"}}"#.to_owned(),
            format!(r#"{{"manifests":[{}0]}}"#, "0,".repeat(20_000)),
        ];
        let label = MediaType::from("text/html; charset=utf-8");
        let views = documents.iter().flat_map(|document| {
            [oci::read(document.as_bytes(), None), oci::read(document.as_bytes(), Some(&label))]
        });
        views.flat_map(|view| view.findings).map(|finding| finding.id).collect()
    }

    #[test]
    fn each_rule_has_a_sentence_and_its_section() {
        let mut rules = rules_of_documents();
        let wanted = [
            "AN001", "AN002", "AT001", "AT002", "AT007", "DS001", "DS002", "DS003", "DS004", "DS005",
            "DS007", "EM005", "EM008", "IX001", "JS001", "JS002", "JS003", "JS004", "JS005", "JS008",
            "JS009", "MT001", "MT002", "MT003", "MT004", "MT005", "MT006", "MT007", "MT008", "MT009",
            "MT010", "MT011", "MT012", "MT013", "MT014", "MT026",
        ];
        assert_eq!(rules, wanted.into_iter().map(str::to_owned).collect());
        // The rules of answers, which are not found in documents.
        for rule in [
            "002", "003", "004", "005", "006", "007", "008", "009", "010", "011", "012", "015", "017", "018",
            "020",
        ] {
            rules.insert(format!("RG{rule}"));
        }
        for rule in rules {
            let found = Finding::new(&rule, Severity::Error);
            let sentence = finding(&found);
            assert!(!sentence.contains(&rule), "{rule} has no sentence: {sentence}");
            assert!(sentence.ends_with('.'), "{rule}: {sentence}");
            assert!(finding_spec(&found).is_some(), "{rule} has no section");
        }
    }

    #[test]
    fn a_rule_without_a_sentence_says_what_it_found() {
        let found = Finding::new("ZZ999", Severity::Info).values("seven", "eight");
        assert_eq!(finding(&found), "Rule ZZ999 found: seven.");
        assert_eq!((finding_breaks(&found), finding_spec(&found)), (None, None));
    }
}
