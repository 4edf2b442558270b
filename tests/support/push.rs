//! How does content get into any registry? By plain requests, so that no client's habits are in the way.

use reqwest::{Client, StatusCode};

/// A plain HTTP client for pushing and for asking a registry something as it is.
pub fn http() -> Client {
    Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client builds")
}

/// The two bytes of the empty JSON object (image specification, "Guidance for an Empty Descriptor").
pub const EMPTY: &str = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

/// Pushes the empty JSON object, which most small manifests here use as config and layer.
///
/// # Panics
/// If the registry refuses it.
pub async fn empty_blob(address: &str, repository: &str) {
    blob(address, repository, EMPTY, b"{}").await;
}

/// Pushes a blob, in two requests.
///
/// # Panics
/// If the registry refuses it.
pub async fn blob(address: &str, repository: &str, digest: &str, bytes: &[u8]) {
    let http = http();
    let start = http
        .post(format!("http://{address}/v2/{repository}/blobs/uploads/"))
        .header("content-length", "0")
        .send()
        .await
        .expect("the registry answers");
    assert_eq!(start.status(), StatusCode::ACCEPTED, "an upload starts");
    let location = start.headers()["location"].to_str().expect("a Location is text").to_owned();
    let location = if location.starts_with('/') { format!("http://{address}{location}") } else { location };
    let join = if location.contains('?') { '&' } else { '?' };
    let end = http
        .put(format!("{location}{join}digest={digest}"))
        .header("content-type", "application/octet-stream")
        .body(bytes.to_vec())
        .send()
        .await
        .expect("the registry answers");
    assert_eq!(end.status(), StatusCode::CREATED, "{digest} is stored");
}

/// Puts a manifest under a tag.
///
/// # Panics
/// If the registry refuses it, with what it said.
pub async fn manifest(address: &str, repository: &str, tag: &str, media_type: &str, bytes: &[u8]) {
    let answer = http()
        .put(format!("http://{address}/v2/{repository}/manifests/{tag}"))
        .header("content-type", media_type)
        .body(bytes.to_vec())
        .send()
        .await
        .expect("the registry answers");
    let status = answer.status();
    let says = answer.text().await.unwrap_or_default();
    assert_eq!(status, StatusCode::CREATED, "{repository}:{tag} at {address}: {says}");
}

/// A manifest of one empty layer, with odd white space that must survive.
pub fn odd_manifest() -> Vec<u8> {
    let empty = format!(
        "{{ \"mediaType\":\"application/vnd.oci.empty.v1+json\", \"digest\":\"{EMPTY}\",\"size\" : 2 }}"
    );
    format!(
        "{{ \"schemaVersion\":2,\n\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\n\
         \t\"artifactType\":\"application/vnd.example.sbom.v1\", \"config\":{empty},\n  \"layers\":[{empty}]}}"
    )
    .into_bytes()
}
