//! What is in demo/app? Its SBOM, as an SPDX 2.3 document in JSON.

use super::app::Release;

/// The document for one version; `part` says of what of it, such as `linux-amd64`.
pub(super) fn document(release: &Release, part: &str) -> String {
    let Release { version, created, .. } = release;
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
    }},
    {{
      "SPDXID": "SPDXRef-Package-base",
      "name": "sample-linux",
      "versionInfo": "1",
      "downloadLocation": "NOASSERTION",
      "filesAnalyzed": false,
      "licenseConcluded": "NOASSERTION",
      "licenseDeclared": "MIT",
      "copyrightText": "NOASSERTION",
      "primaryPackagePurpose": "OPERATING-SYSTEM"
    }}
  ],
  "relationships": [
    {{
      "spdxElementId": "SPDXRef-DOCUMENT",
      "relationshipType": "DESCRIBES",
      "relatedSpdxElement": "SPDXRef-Package-app"
    }},
    {{
      "spdxElementId": "SPDXRef-Package-app",
      "relationshipType": "DEPENDS_ON",
      "relatedSpdxElement": "SPDXRef-Package-base"
    }}
  ]
}}"#
    )
}
