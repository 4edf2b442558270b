//! What is in demo/app? Its SBOM, as an SPDX 2.3 document in JSON.

use super::app::Release;

/// The document for one version; `part` says of what of it, such as `linux-amd64`.
pub(super) fn document(release: &Release, part: &str) -> String {
    let Release { version, created, .. } = release;
    let runtime = if *version == "1.0.0" { "3.1" } else { "3.2" };
    let depends = [
        ("base", "sample-linux", "1", "MIT", "OPERATING-SYSTEM"),
        ("runtime", "runtime", runtime, "Apache-2.0", "LIBRARY"),
        ("fonts", "fonts", "1.4", "OFL-1.1", "LIBRARY"),
        ("tzdata", "tzdata", "2026a", "LicenseRef-public-domain", "LIBRARY"),
    ];
    let packages =
        depends.map(|(id, name, version, licence, purpose)| package(id, name, version, licence, purpose));
    let relationships = depends.map(|(id, ..)| {
        format!(
            ",\n    {{\n      \"spdxElementId\": \"SPDXRef-Package-app\",\n      \"relationshipType\": \
             \"DEPENDS_ON\",\n      \"relatedSpdxElement\": \"SPDXRef-Package-{id}\"\n    }}"
        )
    });
    let (packages, relationships) = (packages.concat(), relationships.concat());
    format!(
        r#"{{
  "spdxVersion": "SPDX-2.3",
  "dataLicense": "CC0-1.0",
  "SPDXID": "SPDXRef-DOCUMENT",
  "name": "demo-app-{version}-{part}",
  "documentNamespace": "https://example.org/spdx/demo-app-{version}-{part}",
  "creationInfo": {{
    "created": "{created}",
    "creators": ["Organization: Sample", "Tool: by hand"]
  }},
  "packages": [
    {{
      "SPDXID": "SPDXRef-Package-app",
      "name": "demo-app",
      "versionInfo": "{version}",
      "downloadLocation": "https://example.org/demo/app",
      "filesAnalyzed": false,
      "licenseConcluded": "NOASSERTION",
      "licenseDeclared": "MIT OR Apache-2.0",
      "copyrightText": "NOASSERTION",
      "primaryPackagePurpose": "APPLICATION",
      "externalRefs": [
        {{
          "referenceCategory": "PACKAGE-MANAGER",
          "referenceType": "purl",
          "referenceLocator": "pkg:oci/demo-app@{version}"
        }}
      ]
    }}{packages}
  ],
  "relationships": [
    {{
      "spdxElementId": "SPDXRef-DOCUMENT",
      "relationshipType": "DESCRIBES",
      "relatedSpdxElement": "SPDXRef-Package-app"
    }}{relationships}
  ]
}}"#
    )
}

fn package(id: &str, name: &str, version: &str, licence: &str, purpose: &str) -> String {
    format!(
        r#",
    {{
      "SPDXID": "SPDXRef-Package-{id}",
      "name": "{name}",
      "versionInfo": "{version}",
      "downloadLocation": "NOASSERTION",
      "filesAnalyzed": false,
      "licenseConcluded": "NOASSERTION",
      "licenseDeclared": "{licence}",
      "copyrightText": "NOASSERTION",
      "primaryPackagePurpose": "{purpose}"
    }}"#
    )
}
