//! Each rule with a document that breaks it and one that does not.

use crate::{MediaType, Severity, read};

const OCI: &str = r#"{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
    "config":{"mediaType":"application/vnd.oci.image.config.v1+json","size":7023,
      "digest":"sha256:b5b2b2c507a0944348e0303114d8d93aaaa081732b86451d9bce1f432a537bc7"},
    "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","size":32654,
      "digest":"sha256:9834876dcfb05cb167a5c24953eba58c4ac89b1adf57f28f2f9d09af107ee8f0"}]}"#;

const DOCKER: &str = r#"{"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v2+json",
    "config":{"mediaType":"application/vnd.docker.container.image.v1+json","size":7023,
      "digest":"sha256:b5b2b2c507a0944348e0303114d8d93aaaa081732b86451d9bce1f432a537bc7"},
    "layers":[{"mediaType":"application/vnd.docker.image.rootfs.diff.tar.gzip","size":32654,
      "digest":"sha256:9834876dcfb05cb167a5c24953eba58c4ac89b1adf57f28f2f9d09af107ee8f0"}]}"#;

const INDEX: &str = r#"{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[
    {"mediaType":"application/vnd.oci.image.manifest.v1+json","size":7143,
      "digest":"sha256:e692418e4cbaf90ca69d05a66403747baa33ee08806650b51fab815ad7fc331f",
      "platform":{"architecture":"ppc64le","os":"linux"}}]}"#;

const LIST: &str = r#"{"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.list.v2+json",
    "manifests":[{"mediaType":"application/vnd.docker.distribution.manifest.v2+json","size":7143,
      "digest":"sha256:e692418e4cbaf90ca69d05a66403747baa33ee08806650b51fab815ad7fc331f",
      "platform":{"architecture":"ppc64le","os":"linux"}}]}"#;

const SBOM: &str = r#"{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
    "artifactType":"application/spdx+json",
    "config":{"mediaType":"application/vnd.oci.empty.v1+json","size":2,
      "digest":"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"},
    "layers":[{"mediaType":"application/spdx+json","size":32654,
      "digest":"sha256:9834876dcfb05cb167a5c24953eba58c4ac89b1adf57f28f2f9d09af107ee8f0"}],
    "subject":{"mediaType":"application/vnd.oci.image.manifest.v1+json","size":1234,
      "digest":"sha256:e692418e4cbaf90ca69d05a66403747baa33ee08806650b51fab815ad7fc331f"},
    "annotations":{"org.example.format":"json"}}"#;

const SCHEMA1: &str = r#"{"schemaVersion":1,"name":"library/hello","tag":"latest","architecture":"amd64",
    "fsLayers":[{"blobSum":"sha256:a3ed95caeb02ffe68cdd9fd84406680ae93d633cb16422d00e8a7c22955b46d4"}],
    "history":[{"v1Compatibility":"{}"}]}"#;

const ARTIFACT: &str = r#"{"mediaType":"application/vnd.oci.artifact.manifest.v1+json",
    "artifactType":"application/spdx+json","blobs":[]}"#;

/// A document with one part of its text replaced. The part must be there, or the case would test nothing.
fn with(document: &str, part: &str, by: &str) -> String {
    assert!(document.contains(part), "{part} is not in the document");
    document.replace(part, by)
}

/// Rule, severity and pointer of each finding.
fn found(document: &str, content_type: Option<&str>) -> Vec<String> {
    let content_type = content_type.map(MediaType::from);
    let view = read(document.as_bytes(), content_type.as_ref());
    let severity = |severity| match severity {
        Severity::Error => "E",
        Severity::Warning => "W",
        Severity::Info => "I",
    };
    let known: std::collections::HashMap<_, _> = super::rules().collect();
    for finding in &view.findings {
        let allowed = known.get(finding.id.as_str()).is_some_and(|all| all.contains(&finding.severity));
        assert!(allowed, "{} is never {:?}", finding.id, finding.severity);
    }
    let findings = view.findings.iter();
    findings
        .map(|finding| {
            format!("{} {} {}", finding.id, severity(finding.severity), finding.pointer).trim().to_owned()
        })
        .collect()
}

#[track_caller]
fn expect(document: &str, wanted: &[&str]) {
    assert_eq!(found(document, None), wanted, "{document}");
}

#[track_caller]
fn expect_served(document: &str, content_type: &str, wanted: &[&str]) {
    assert_eq!(found(document, Some(content_type)), wanted, "{content_type}: {document}");
}

#[test]
fn sound_documents_have_no_findings() {
    for document in [OCI, DOCKER, INDEX, LIST, SBOM] {
        expect(document, &[]);
        let own = read(document.as_bytes(), None).media_type.unwrap();
        expect_served(document, &own.0, &[]);
        expect_served(document, &own.0.to_ascii_uppercase(), &[]);
    }
}

#[test]
fn js001_what_is_no_json() {
    let cases: [&[u8]; 9] = [
        b"",
        b"<!doctype html><title>Sign in</title>",
        b"{\"schemaVersion\":2",
        b"{\"schemaVersion\":2}}",
        b"\xef\xbb\xbf{\"schemaVersion\":2}",
        b"{\"a\":\"\xff\"}",
        b"{\"size\":NaN}",
        b"{'a':1}",
        b"\0\0\0\0",
    ];
    for bytes in cases {
        let view = read(bytes, None);
        assert_eq!(view.shape, crate::Shape::NotJson, "{bytes:?}");
        assert_eq!(view.findings.len(), 1, "{bytes:?}");
        assert_eq!(view.findings[0].id, "JS001", "{bytes:?}");
    }
    let deep = format!("{}{}", "[".repeat(4000), "]".repeat(4000));
    expect(&deep, &["JS001 E"]);
}

#[test]
fn js001_says_where() {
    let actual = |bytes: &[u8]| read(bytes, None).findings[0].actual.clone().unwrap();
    assert_eq!(actual(b"{\"a\":\"\xff\"}"), "byte 6 is no UTF-8");
    assert_eq!(actual(b"\xef\xbb\xbf{}"), "a byte order mark at the start");
    assert_eq!(actual(b"{\n]"), "key must be a string at line 2 column 1");
}

#[test]
fn js002_the_top_level_is_an_object() {
    for document in ["[]", "null", "\"text\"", "2", "[{\"schemaVersion\":2}]"] {
        expect(document, &["JS002 E"]);
    }
}

#[test]
fn js003_no_name_stands_twice_at_any_depth() {
    let twice = with(OCI, r#""schemaVersion":2"#, r#""schemaVersion":2,"schemaVersion":2"#);
    expect(&twice, &["JS003 E /schemaVersion"]);
    let deep = with(OCI, r#""size":32654"#, r#""size":32654,"annotations":{"a/b":"x","a/b":"y"}"#);
    expect(&deep, &["JS003 E /layers/0/annotations/a~1b"]);
    // An escape is the same name.
    expect(&with(SBOM, r#""annotations""#, r#""sub\u006aect":null,"annotations""#), &["JS003 E /subject"]);
    // The same name in two objects is not twice.
    expect(&with(SBOM, r#"{"org"#, r#"{"size":"x","digest":"y","org"#), &[]);
}

#[test]
fn js004_names_differ_in_more_than_case() {
    let upper = with(OCI, r#""layers":"#, r#""Layers":"#);
    expect(&upper, &["JS004 E /Layers", "EM005 E /layers"]);
    let both = with(OCI, r#""schemaVersion":2"#, r#""schemaVersion":2,"MEDIATYPE":"x","Annotations":{}"#);
    expect(&both, &["JS004 E /MEDIATYPE", "JS004 W /Annotations"]);
    expect(&with(OCI, r#""schemaVersion":2"#, r#""schemaVersion":2,"other":1,"OTHER":2"#), &[]);
}

#[test]
fn js005_and_js009_the_bytes_themselves() {
    let document = |length: usize| {
        let empty = with(OCI, r#""schemaVersion":2"#, r#""schemaVersion":2,"annotations":{"a":""}"#);
        with(&empty, r#""a":"""#, &format!(r#""a":"{}""#, "x".repeat(length - empty.len())))
    };
    assert_eq!(document(1000).len(), 1000);
    expect(&document(3_670_016), &[]);
    expect(&document(3_670_017), &["JS005 W"]);
    expect(&document(4_194_304), &["JS005 W"]);
    expect(&document(4_194_305), &["JS005 E"]);
    for behind in ["\n", "  ", "\r\n"] {
        expect(&format!("{OCI}{behind}"), &["JS009 I"]);
    }
    expect(&format!(" \n{OCI}"), &[]);
}

#[test]
fn js008_the_schema_version_is_two() {
    for bad in [r#""schemaVersion":1,"#, r#""schemaVersion":"2","#, r#""schemaVersion":2.0,"#, ""] {
        expect(&with(OCI, r#""schemaVersion":2,"#, bad), &["JS008 E /schemaVersion"]);
        expect(&with(INDEX, r#""schemaVersion":2,"#, bad), &["JS008 E /schemaVersion"]);
    }
}

#[test]
fn mt001_fields_of_both_kinds() {
    let both = with(OCI, r#""layers""#, r#""manifests":[],"layers""#);
    expect(&both, &["MT001 E"]);
    // Presence with null counts: parsers disagree about it.
    expect(&with(INDEX, r#""manifests""#, r#""config":null,"manifests""#), &["MT001 E"]);
    expect(&with(OCI, r#""layers""#, r#""manifests":null,"layers""#), &["MT001 E"]);
    expect(&with(INDEX, r#""manifests""#, r#""layers":[],"manifests""#), &["MT001 E"]);
    expect(&with(OCI, r#""layers""#, r#""fsLayers":[],"layers""#), &["MT001 E"]);
    expect(&with(INDEX, r#""manifests""#, r#""fsLayers":[],"manifests""#), &["MT001 E"]);
    let view = read(both.as_bytes(), None);
    assert_eq!(view.findings[0].actual.as_deref(), Some("manifests, config, layers"));
}

#[test]
fn mt002_the_header_and_the_document_agree() {
    expect_served(OCI, MediaType::DOCKER_MANIFEST, &["MT002 E /mediaType"]);
    expect_served(OCI, MediaType::OCI_INDEX, &["MT002 E /mediaType"]);
    let view = read(OCI.as_bytes(), Some(&MediaType::DOCKER_MANIFEST.into()));
    assert_eq!(view.findings[0].actual.as_deref(), Some(MediaType::DOCKER_MANIFEST));
    assert_eq!(view.findings[0].expected.as_deref(), Some(MediaType::OCI_MANIFEST));
    // The type is decided by the document.
    assert_eq!(view.shape, crate::Shape::Manifest);
}

#[test]
fn mt003_the_type_fits_the_fields() {
    expect(&with(OCI, "image.manifest", "image.index"), &["MT003 E /mediaType"]);
    expect(&with(INDEX, "image.index", "image.manifest"), &["MT003 E /mediaType"]);
    expect(
        r#"{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json"}"#,
        &["MT003 E /mediaType", "IX001 E /manifests"],
    );
    expect(
        r#"{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json"}"#,
        &["MT003 E /mediaType", "EM008 E /config", "EM005 E /layers"],
    );
    expect_served(
        "{\"errors\":[]}",
        MediaType::OCI_INDEX,
        &["JS008 E /schemaVersion", "MT003 E", "IX001 E /manifests"],
    );
    expect("{\"errors\":[]}", &[]);
}

#[test]
fn mt004_and_mt005_a_document_without_its_type() {
    let own = r#""mediaType":"application/vnd.oci.image.manifest.v1+json","#;
    let without = with(OCI, own, "");
    expect(&without, &["MT004 W /mediaType"]);
    expect_served(&without, MediaType::OCI_MANIFEST, &["MT004 W /mediaType"]);
    let index = with(INDEX, r#""mediaType":"application/vnd.oci.image.index.v1+json","#, "");
    expect(&index, &["MT004 W /mediaType"]);

    let docker = with(DOCKER, r#""mediaType":"application/vnd.docker.distribution.manifest.v2+json","#, "");
    expect(&docker, &["MT005 E /mediaType"]);
    expect_served(&docker, MediaType::DOCKER_MANIFEST, &["MT005 E /mediaType"]);
    let list = with(LIST, r#""mediaType":"application/vnd.docker.distribution.manifest.list.v2+json","#, "");
    expect(&list, &["MT005 E /mediaType"]);
    expect_served(&list, MediaType::OCI_INDEX, &["MT004 W /mediaType", "MT007 I /manifests/0/mediaType"]);
}

#[test]
fn mt006_a_type_is_a_type() {
    let own = r#""application/vnd.oci.image.manifest.v1+json""#;
    for bad in [r#""""#, "7", "null", "{}"] {
        expect(&with(OCI, own, bad), &["MT006 E /mediaType"]);
    }
    expect(&with(OCI, own, r#""manifest""#), &["MT006 E /mediaType", "MT011 W /mediaType"]);
    let parameters = r#""application/vnd.oci.image.manifest.v1+json; charset=utf-8""#;
    expect(&with(OCI, own, parameters), &["MT006 E /mediaType"]);
    let layer = r#""application/vnd.oci.image.layer.v1.tar+gzip""#;
    for bad in [r#""""#, "7", r#""tar""#] {
        expect(&with(OCI, layer, bad), &["MT006 E /layers/0/mediaType"]);
    }
}

#[test]
fn mt007_children_of_the_other_family() {
    let docker = with(INDEX, MediaType::OCI_MANIFEST, MediaType::DOCKER_MANIFEST);
    expect(&docker, &["MT007 I /manifests/0/mediaType"]);
    let oci = with(LIST, MediaType::DOCKER_MANIFEST, MediaType::OCI_MANIFEST);
    expect(&oci, &["MT007 W /manifests/0/mediaType"]);
    expect(&with(INDEX, MediaType::OCI_MANIFEST, "application/xml"), &[]);
}

#[test]
fn mt008_an_oci_manifest_with_a_docker_config() {
    expect(&with(OCI, MediaType::OCI_CONFIG, MediaType::DOCKER_CONFIG), &["MT008 E /config/mediaType"]);
}

#[test]
fn mt009_a_docker_manifest_with_oci_parts() {
    let docker_layer = "application/vnd.docker.image.rootfs.diff.tar.gzip";
    let layer = with(DOCKER, docker_layer, "application/vnd.oci.image.layer.v1.tar+gzip");
    expect(&layer, &["MT009 E /layers/0/mediaType"]);
    assert_eq!(read(layer.as_bytes(), None).findings[0].expected.as_deref(), Some(docker_layer));
    expect(&with(DOCKER, MediaType::DOCKER_CONFIG, MediaType::OCI_CONFIG), &["MT009 I /config/mediaType"]);
    expect(&with(DOCKER, docker_layer, "application/vnd.example.layer"), &[]);
}

#[test]
fn mt026_an_oci_manifest_with_docker_layers() {
    let docker_layer = "application/vnd.docker.image.rootfs.diff.tar.gzip";
    let mixed = with(OCI, "application/vnd.oci.image.layer.v1.tar+gzip", docker_layer);
    expect(&mixed, &["MT026 W /layers/0/mediaType"]);
    let own = r#""mediaType":"application/vnd.oci.image.manifest.v1+json","#;
    expect(&with(&mixed, own, ""), &["MT004 W /mediaType", "MT026 W /layers/0/mediaType"]);
    expect(&with(&mixed, own, r#""mediaType":"","#), &["MT006 E /mediaType", "MT026 W /layers/0/mediaType"]);
    // S4-9: an artifact's own types are of no family.
    expect(&with(OCI, "application/vnd.oci.image.layer.v1.tar+gzip", "application/vnd.example.layer"), &[]);
}

#[test]
fn mt010_docker_schema_1() {
    expect(SCHEMA1, &["MT010 E"]);
    expect_served(SCHEMA1, MediaType::DOCKER_SCHEMA1_SIGNED, &["MT010 E"]);
    let claimed = with(OCI, MediaType::OCI_MANIFEST, MediaType::DOCKER_SCHEMA1);
    expect(&claimed, &["MT003 E /mediaType", "MT010 E"]);
}

#[test]
fn mt011_a_type_that_is_no_manifest_type() {
    let own = with(OCI, MediaType::OCI_MANIFEST, "application/vnd.example.manifest+json");
    expect(&own, &["MT011 W /mediaType"]);
}

#[test]
fn mt012_retired_artifact_manifests() {
    expect(ARTIFACT, &["MT012 W"]);
    expect(&with(ARTIFACT, MediaType::OCI_ARTIFACT, MediaType::ORAS_ARTIFACT), &["MT012 W"]);
    expect(&with(ARTIFACT, r#","blobs":[]"#, ""), &["MT012 W"]);
}

#[test]
fn mt013_types_of_servers_that_do_not_know() {
    let own = r#""mediaType":"application/vnd.oci.image.manifest.v1+json","#;
    for generic in ["application/octet-stream", "text/plain", "text/html", "application/json", ""] {
        expect_served(&with(OCI, own, ""), generic, &["MT013 W", "MT004 W /mediaType"]);
        expect_served("not json", generic, &["JS001 E", "MT013 W"]);
    }
    expect_served(OCI, "text/plain", &["MT013 W", "MT002 E /mediaType"]);
}

#[test]
fn mt014_a_header_with_parameters() {
    let with_parameters = format!("{}; charset=utf-8", MediaType::OCI_MANIFEST);
    // S3-13: with parameters MT014 only.
    expect_served(OCI, &with_parameters, &["MT014 W"]);
}

#[test]
fn at001_the_empty_config_needs_an_artifact_type() {
    for missing in ["", r#""artifactType":"","#, r#""artifactType":null,"#] {
        expect(
            &with(SBOM, r#""artifactType":"application/spdx+json","#, missing),
            &["AT001 E /artifactType"],
        );
    }
    // Another config needs none.
    let other = with(SBOM, MediaType::EMPTY, "application/vnd.example.config.v1+json");
    expect(&with(&other, r#""artifactType":"application/spdx+json","#, ""), &[]);
}

#[test]
fn at002_and_at007_an_artifact_type_says_something() {
    let own = r#""artifactType":"application/spdx+json""#;
    let old_bundle = r#""artifactType":"application/vnd.dev.sigstore.bundle+json;version=0.2""#;
    expect(&with(SBOM, own, old_bundle), &["AT002 E /artifactType"]);
    expect(&with(SBOM, own, r#""artifactType":"my type""#), &["AT002 E /artifactType"]);
    expect(&with(SBOM, own, r#""artifactType":7"#), &["AT002 E /artifactType", "AT001 E /artifactType"]);
    let empty = format!(r#""artifactType":"{}""#, MediaType::EMPTY);
    expect(&with(SBOM, own, &empty), &["AT007 W /artifactType"]);
}

#[test]
fn em005_and_em008_a_manifest_has_config_and_layers() {
    let no_layers = r#"{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
        "config":{"mediaType":"application/vnd.oci.image.config.v1+json","size":2,
        "digest":"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"}}"#;
    expect(no_layers, &["EM005 E /layers"]);
    expect(&with(no_layers, r#""config""#, r#""layers":null,"config""#), &["EM005 E /layers"]);
    expect(&with(no_layers, r#""config""#, r#""layers":{},"config""#), &["EM005 E /layers"]);
    expect(&with(no_layers, r#""config""#, r#""layers":[],"config""#), &[]);

    let no_config =
        r#"{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","layers":[]}"#;
    expect(no_config, &["EM008 E /config"]);
    expect(&with(no_config, r#","layers""#, r#","config":null,"layers""#), &["EM008 E /config"]);
    expect(&with(no_config, r#","layers""#, r#","config":"x","layers""#), &["DS002 E /config"]);
}

#[test]
fn ix001_an_index_has_manifests() {
    for bad in ["null", "{}", "\"x\""] {
        let index = format!(
            r#"{{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":{bad}}}"#
        );
        expect(&index, &["IX001 E /manifests"]);
    }
    expect(
        r#"{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}"#,
        &[],
    );
}

#[test]
fn ds001_a_descriptor_has_type_digest_and_size() {
    expect(&with(OCI, r#""size":32654,"#, ""), &["DS001 E /layers/0/size"]);
    expect(&with(OCI, r#""size":32654,"#, r#""size":null,"#), &["DS001 E /layers/0/size"]);
    let layer_type = r#""mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","#;
    expect(&with(OCI, layer_type, ""), &["DS001 E /layers/0/mediaType"]);
    expect(
        &with(SBOM, r#""subject":{"#, r#""subject":{},"was":{"#),
        &["DS001 E /subject/mediaType", "DS001 E /subject/digest", "DS001 E /subject/size"],
    );
    let no_digest = with(
        INDEX,
        r#""digest":"sha256:e692418e4cbaf90ca69d05a66403747baa33ee08806650b51fab815ad7fc331f","#,
        "",
    );
    expect(&no_digest, &["DS001 E /manifests/0/digest"]);
}

#[test]
fn ds002_values_have_their_json_type() {
    for bad in ["\"32654\"", "32654.5", "1.0", "1e3", "[]", "true"] {
        expect(&with(OCI, r#""size":32654"#, &format!(r#""size":{bad}"#)), &["DS002 E /layers/0/size"]);
    }
    let digest = r#""sha256:9834876dcfb05cb167a5c24953eba58c4ac89b1adf57f28f2f9d09af107ee8f0""#;
    expect(&with(OCI, digest, "7"), &["DS002 E /layers/0/digest"]);
    expect(
        &with(OCI, r#""layers":[{"#, r#""layers":[null,"x",{"#),
        &["DS002 E /layers/0", "DS002 E /layers/1"],
    );
    for (bad, field) in [
        (r#""urls":"x""#, "urls"),
        (r#""urls":[7]"#, "urls"),
        (r#""data":7"#, "data"),
        (r#""artifactType":[]"#, "artifactType"),
        (r#""platform":"linux""#, "platform"),
    ] {
        let document = with(OCI, r#""size":32654"#, &format!(r#""size":32654,{bad}"#));
        expect(&document, &[&format!("DS002 E /layers/0/{field}")]);
    }
    let good =
        r#""size":32654,"urls":["https://example.com/"],"data":"e30=","artifactType":"a/b","platform":{}"#;
    expect(&with(OCI, r#""size":32654"#, good), &[]);
}

#[test]
fn ds003_ds004_ds005_digests() {
    let digest = "sha256:9834876dcfb05cb167a5c24953eba58c4ac89b1adf57f28f2f9d09af107ee8f0";
    let cases = [
        ("sha256", &["DS003 E /layers/0/digest"] as &[&str]),
        (
            "SHA256:9834876dcfb05cb167a5c24953eba58c4ac89b1adf57f28f2f9d09af107ee8f0",
            &["DS003 E /layers/0/digest"],
        ),
        ("sha256:../../etc/passwd", &["DS003 E /layers/0/digest"]),
        ("", &["DS003 E /layers/0/digest"]),
        ("sha256:9834876d", &["DS004 E /layers/0/digest"]),
        (
            "sha256:9834876DCFB05CB167A5C24953EBA58C4AC89B1ADF57F28F2F9D09AF107EE8F0",
            &["DS004 E /layers/0/digest"],
        ),
        ("md5:9834876dcfb05cb167a5c24953eba58c", &["DS005 W /layers/0/digest"]),
        ("multihash+base58:QmRZxt2b1FVZPNqd8hsiykDL3TdBDeTSPX9Kv46HmX4Gx8", &["DS005 W /layers/0/digest"]),
        ("blake3:af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262", &[]),
        (
            "sha512:27c74670adb75075fad058d5ceaf7b20c4e7786c83bae8a32f626f9782af34c9\
             a33c2046ef60fd2a7878d378e29fec851806bbd9a67878f3a9f1cda4830763fd",
            &[],
        ),
    ];
    for (bad, wanted) in cases {
        expect(&with(OCI, digest, bad), wanted);
    }
    let view = read(with(OCI, digest, "sha256:9834876d").as_bytes(), None);
    assert_eq!(view.layers[0].digest, None);
    assert_eq!(view.layers[0].digest_text.as_deref(), Some("sha256:9834876d"));
}

#[test]
fn ds007_sizes_are_in_range() {
    for bad in ["-1", "-9223372036854775809", "9223372036854775808", "18446744073709551616", "1e30"] {
        let document = with(OCI, "32654", bad);
        expect(&document, &["DS007 E /layers/0/size"]);
        assert_eq!(read(document.as_bytes(), None).layers[0].size, None);
    }
    for (good, size) in [("0", 0), ("9223372036854775807", 9_223_372_036_854_775_807)] {
        let document = with(OCI, "32654", good);
        expect(&document, &[]);
        assert_eq!(read(document.as_bytes(), None).layers[0].size, Some(size));
    }
}

#[test]
fn an001_and_an002_annotations_are_texts() {
    for bad in ["7", "true", "null", "{}", "[]"] {
        let document = with(SBOM, r#""org.example.format":"json""#, &format!(r#""a/b":{bad},"c":"d""#));
        expect(&document, &["AN001 E /annotations/a~1b"]);
        // The rest stays readable.
        assert_eq!(read(document.as_bytes(), None).annotations.get("c").map(String::as_str), Some("d"));
    }
    expect(&with(SBOM, r#"{"org.example.format":"json"}"#, "[]"), &["AN001 E /annotations"]);
    expect(&with(SBOM, r#"{"org.example.format":"json"}"#, "null"), &["AN002 W /annotations"]);
    let child = with(INDEX, r#""size":7143"#, r#""size":7143,"annotations":{"n":1}"#);
    expect(&child, &["AN001 E /manifests/0/annotations/n"]);
}

#[test]
fn of_each_rule_the_first_hundred() {
    let layer = r#"{"mediaType":"x","digest":"y","size":-1}"#;
    let layers = vec![layer; 5000].join(",");
    let document = format!(r#"{{"schemaVersion":2,"config":null,"layers":[{layers}]}}"#);
    let view = read(document.as_bytes(), None);
    assert_eq!(view.layers.len(), 5000);
    for id in ["MT006", "DS003", "DS007"] {
        assert_eq!(view.findings.iter().filter(|finding| finding.id == id).count(), 100, "{id}");
    }
    assert!(view.findings.iter().any(|finding| finding.id == "EM008"));
}
