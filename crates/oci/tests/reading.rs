//! Does reading take whatever comes, and see in it what is there?

use std::fmt::Write as _;

use oci::{ArtifactTypeSource, Kind, MediaType, Platform, Severity, Shape, read};
use proptest::prelude::*;

#[test]
fn an_image_index_is_read_whole() {
    // The example of image-index.md, with a variant and a subject.
    let bytes = br#"{
  "schemaVersion": 2,
  "mediaType": "application/vnd.oci.image.index.v1+json",
  "manifests": [
    {
      "mediaType": "application/vnd.oci.image.manifest.v1+json",
      "size": 7143,
      "digest": "sha256:e692418e4cbaf90ca69d05a66403747baa33ee08806650b51fab815ad7fc331f",
      "platform": {"architecture": "ppc64le", "os": "linux"}
    },
    {
      "mediaType": "application/vnd.oci.image.manifest.v1+json",
      "size": 7682,
      "digest": "sha256:5b0bcabd1ed22e9fb1310cf6c2dec7cdef19f0ad69efa1f392e94a4333501270",
      "platform": {"architecture": "arm64", "os": "linux", "variant": "v8", "os.version": "1"},
      "urls": ["https://example.com/x"],
      "artifactType": "application/vnd.example"
    }
  ],
  "subject": {
    "mediaType": "application/vnd.oci.image.manifest.v1+json",
    "size": 1234,
    "digest": "sha256:a3ed95caeb02ffe68cdd9fd84406680ae93d633cb16422d00e8a7c22955b46d4"
  },
  "annotations": {"com.example.key1": "value1", "com.example.key2": "value2"}
}"#;
    let view = read(bytes, None);
    assert_eq!((view.shape, view.kind.clone()), (Shape::Index, Kind::Index));
    assert_eq!(view.media_type, Some(MediaType::OCI_INDEX.into()));
    assert_eq!(
        (view.artifact_type.value.as_deref(), view.artifact_type.source),
        (None, ArtifactTypeSource::None)
    );
    assert_eq!(view.manifests.len(), 2);
    let arm = &view.manifests[1];
    assert_eq!(arm.pointer, "/manifests/1");
    assert_eq!(arm.size, Some(7682));
    assert_eq!(
        arm.digest.as_ref().map(oci::Digest::as_str),
        Some("sha256:5b0bcabd1ed22e9fb1310cf6c2dec7cdef19f0ad69efa1f392e94a4333501270")
    );
    let platform = Platform {
        os: "linux".to_owned(),
        architecture: "arm64".to_owned(),
        variant: Some("v8".to_owned()),
        os_version: Some("1".to_owned()),
    };
    assert_eq!(arm.platform, Some(platform));
    assert_eq!(arm.urls, ["https://example.com/x"]);
    assert_eq!(arm.artifact_type.as_deref(), Some("application/vnd.example"));
    let subject = view.subject.expect("the index names one");
    assert_eq!((subject.pointer.as_str(), subject.size), ("/subject", Some(1234)));
    assert_eq!(view.annotations["com.example.key2"], "value2");
    assert_eq!(view.findings, []);
}

#[test]
fn the_type_of_a_config_is_not_the_artifact_type_where_the_field_is_set() {
    let bytes = br#"{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
        "artifactType":"application/vnd.example.sbom.v1",
        "config":{"mediaType":"application/vnd.oci.empty.v1+json","size":2,
          "digest":"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"},
        "layers":[]}"#;
    let view = read(bytes, None);
    assert_eq!(view.artifact_type.value.as_deref(), Some("application/vnd.example.sbom.v1"));
    assert_eq!(view.artifact_type.source, ArtifactTypeSource::Field);
    let view = read(String::from_utf8_lossy(bytes).replace("artifactType", "was").as_bytes(), None);
    assert_eq!((view.artifact_type.value, view.artifact_type.source), (None, ArtifactTypeSource::None));
}

#[test]
fn shapes_are_decided_by_fields() {
    let cases = [
        (r#"{"config":{}}"#, Shape::Manifest),
        (r#"{"layers":[]}"#, Shape::Manifest),
        (r#"{"config":null,"layers":null}"#, Shape::Manifest),
        (r#"{"manifests":[]}"#, Shape::Index),
        (r#"{"manifests":null}"#, Shape::Index),
        (r#"{"manifests":[],"config":null}"#, Shape::Ambiguous),
        (r#"{"manifests":[],"layers":[]}"#, Shape::Ambiguous),
        (r#"{"manifests":[],"fsLayers":[]}"#, Shape::Ambiguous),
        (r#"{"fsLayers":[],"layers":[]}"#, Shape::Ambiguous),
        (r#"{"fsLayers":[]}"#, Shape::Schema1),
        (r#"{"blobs":[]}"#, Shape::ArtifactManifest),
        (r#"{"blobs":[],"layers":[]}"#, Shape::Manifest),
        (r#"{"mediaType":"application/vnd.oci.artifact.manifest.v1+json"}"#, Shape::ArtifactManifest),
        (r#"{"errors":[]}"#, Shape::Unknown),
        ("[]", Shape::Unknown),
        ("7", Shape::Unknown),
        ("", Shape::NotJson),
        ("<!doctype html>", Shape::NotJson),
    ];
    for (text, shape) in cases {
        assert_eq!(read(text.as_bytes(), None).shape, shape, "{text}");
        // Whatever the label says.
        let label = MediaType::from(MediaType::OCI_INDEX);
        assert_eq!(read(text.as_bytes(), Some(&label)).shape, shape, "{text}");
    }
}

#[test]
fn no_part_of_an_ambiguous_document_is_taken_for_true() {
    let bytes = br#"{"schemaVersion":2,"artifactType":"a/b","config":{"mediaType":"a/b"},"layers":[{}],
        "manifests":[{}],"subject":{},"annotations":{"a":"b"}}"#;
    let view = read(bytes, Some(&MediaType::OCI_INDEX.into()));
    assert_eq!((view.shape, view.kind), (Shape::Ambiguous, Kind::Unknown));
    assert_eq!((view.config, view.subject, view.artifact_type.value), (None, None, None));
    assert!(view.layers.is_empty() && view.manifests.is_empty());
}

#[test]
fn wrong_values_do_not_hide_the_right_ones() {
    let bytes = br#"{"schemaVersion":2,"mediaType":7,"config":"x","layers":[null,{"size":3,"digest":7},[]],
        "annotations":{"a":1,"b":"c"},"artifactType":[],"subject":[]}"#;
    let view = read(bytes, None);
    assert_eq!(view.shape, Shape::Manifest);
    assert_eq!((view.media_type, view.config, view.subject), (None, None, None));
    assert_eq!(view.layers.len(), 1);
    assert_eq!((view.layers[0].pointer.as_str(), view.layers[0].size), ("/layers/1", Some(3)));
    assert_eq!(view.annotations.into_iter().collect::<Vec<_>>(), [("b".to_owned(), "c".to_owned())]);
    assert!(view.findings.iter().any(|finding| finding.severity == Severity::Error));
}

#[test]
fn many_layers_are_read_in_order() {
    let mut text = r#"{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":null,"layers":["#.to_owned();
    for number in 0..20_000 {
        let comma = if number == 0 { "" } else { "," };
        write!(text, r#"{comma}{{"mediaType":"a/b","size":{number},"digest":"sha256:{number:064x}"}}"#)
            .unwrap();
    }
    text.push_str("]}");
    let view = read(text.as_bytes(), None);
    assert_eq!(view.layers.len(), 20_000);
    assert!(view.layers.iter().zip(0..).all(|(layer, number)| layer.size == Some(number)));
}

#[test]
fn of_a_list_without_end_the_first_20_000_entries_are_read_and_a_finding_says_so() {
    for (field, label) in [
        ("manifests", MediaType::OCI_INDEX),
        ("layers", MediaType::OCI_MANIFEST),
        ("blobs", MediaType::OCI_ARTIFACT),
    ] {
        let document = |entries: usize| {
            let entries = vec!["{}"; entries].join(",");
            format!(r#"{{"mediaType":"{label}","{field}":[{entries}]}}"#)
        };
        let cut = read(document(20_001).as_bytes(), None);
        assert_eq!(cut.manifests.len() + cut.layers.len(), 20_000, "{field}");
        let found: Vec<_> = cut.findings.iter().filter(|finding| finding.id == "JS005").collect();
        let [finding] = found[..] else { panic!("one finding about {field}: {found:?}") };
        assert_eq!((finding.severity, finding.pointer.as_str()), (Severity::Warning, &*format!("/{field}")));
        let values = (finding.actual.as_deref(), finding.expected.as_deref());
        assert_eq!(values, (Some("20001"), Some("20000")));

        let whole = read(document(20_000).as_bytes(), None);
        assert_eq!(whole.manifests.len() + whole.layers.len(), 20_000, "{field}");
        assert!(whole.findings.iter().all(|finding| finding.id != "JS005"), "{field}");
    }
}

/// Any JSON, with the names and values that documents are made of, so that checks are reached.
fn json() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        Just("application/vnd.oci.image.manifest.v1+json".to_owned()),
        Just("application/vnd.oci.image.index.v1+json".to_owned()),
        Just("application/vnd.docker.distribution.manifest.v2+json".to_owned()),
        Just("application/vnd.oci.empty.v1+json".to_owned()),
        Just("sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a".to_owned()),
        "[a-z:/]{0,8}",
    ];
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        any::<i64>().prop_map(|number| number.to_string()),
        any::<u64>().prop_map(|number| number.to_string()),
        Just("1e30".to_owned()),
        Just("2".to_owned()),
        text.prop_map(|text| format!("{text:?}")),
    ];
    let name = proptest::sample::select(vec![
        "schemaVersion",
        "mediaType",
        "artifactType",
        "config",
        "layers",
        "manifests",
        "subject",
        "annotations",
        "fsLayers",
        "blobs",
        "digest",
        "size",
        "platform",
        "os",
        "urls",
        "data",
        "a/b~c",
    ]);
    leaf.prop_recursive(4, 48, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(","))),
            proptest::collection::vec((name.clone(), inner), 0..8).prop_map(|members| {
                let members: Vec<_> =
                    members.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
                format!("{{{}}}", members.join(","))
            }),
        ]
    })
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..200), label in ".{0,20}") {
        let view = read(&bytes, Some(&MediaType(label)));
        if serde_json::from_slice::<serde::de::IgnoredAny>(&bytes).is_err() {
            prop_assert_eq!(view.shape, Shape::NotJson);
            prop_assert!(view.findings.iter().any(|finding| finding.id == "JS001"));
        }
    }

    #[test]
    fn any_json_is_read(text in json(), label in proptest::option::of("application/vnd\\.oci\\.image\\.(index|manifest)\\.v1\\+json")) {
        let view = read(text.as_bytes(), label.map(MediaType).as_ref());
        prop_assert!(view.shape != Shape::NotJson, "{}", text);
        // Each pointer leads to something, or to where something is missing.
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        for finding in &view.findings {
            let parent = finding.pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
            let twice = view.findings.iter().any(|finding| finding.id == "JS003");
            prop_assert!(twice || value.pointer(parent).is_some(), "{} at {}", finding.id, finding.pointer);
        }
        // And the view itself is what the wire carries.
        let again: oci::View = serde_json::from_str(&serde_json::to_string(&view).unwrap()).unwrap();
        prop_assert_eq!(again, view);
    }
}
