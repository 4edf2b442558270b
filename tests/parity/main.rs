//! Do the samples behave like the registries that they stand for? *modern* beside olareg, *legacy* beside
//! distribution: the same requests, then status, headers and body side by side.

use e2e::{
    peers::{self, Peer, Registry},
    push,
};
use reqwest::{Method, Response};

const OCI_MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
const OCI_INDEX: &str = "application/vnd.oci.image.index.v1+json";
const REPOSITORY: &str = "parity/app";

/// One request: method, path under `/v2/`, `Accept`.
type Ask<'a> = (Method, String, &'a str);

/// What is compared of an answer. `Location` and `Link` hold names of the server's own, so their shape is.
#[derive(Debug, PartialEq, Eq)]
struct Answer {
    status: u16,
    content_type: Option<String>,
    digest: Option<String>,
    subject: Option<String>,
    filters: Option<String>,
    tags: Option<String>,
    has_link: bool,
    body: Body,
}

#[derive(Debug, PartialEq, Eq)]
enum Body {
    /// The codes of the registry's errors; messages are each server's own words.
    Errors(Vec<String>),
    Json(serde_json::Value),
    Text(String),
}

async fn ask(address: &str, (method, path, accept): &Ask<'_>) -> Answer {
    let request = push::http().request(method.clone(), format!("http://{address}/v2/{path}"));
    let answer = request.header("accept", *accept).send().await.expect("the registry answers");
    of(answer).await
}

async fn of(answer: Response) -> Answer {
    let header =
        |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let essence = |value: String| value.split(';').next().unwrap_or_default().trim().to_owned();
    let (content_type, digest) = (header("content-type").map(essence), header("docker-content-digest"));
    let (subject, filters) = (header("oci-subject"), header("oci-filters-applied"));
    let (tags, has_link) = (header("oci-tag"), header("link").is_some());
    let status = answer.status().as_u16();
    let text = answer.text().await.expect("the body is text");
    let body = match serde_json::from_str::<serde_json::Value>(&text) {
        Ok(mut json) => match json["errors"].as_array() {
            Some(errors) => Body::Errors(
                errors.iter().filter_map(|error| error["code"].as_str()).map(str::to_owned).collect(),
            ),
            None => {
                // olareg writes an empty list of referrers as null; the specification wants a list (S0-24).
                if json["manifests"].is_null() && json["schemaVersion"] == 2 {
                    json["manifests"] = serde_json::json!([]);
                }
                Body::Json(json)
            }
        },
        Err(_) => Body::Text(text),
    };
    Answer { status, content_type, digest, subject, filters, tags, has_link, body }
}

/// A subject and a referrer that names it, so that both servers hold the same.
async fn fill(address: &str) -> (String, String) {
    push::empty_blob(address, REPOSITORY).await;
    let subject = push::odd_manifest();
    push::manifest(address, REPOSITORY, "v1", OCI_MANIFEST, &subject).await;
    push::manifest(address, REPOSITORY, "v2", OCI_MANIFEST, &subject).await;
    push::manifest(address, REPOSITORY, "v3", OCI_MANIFEST, &subject).await;
    let digest = oci::Digest::sha256(&subject).to_string();
    let empty = serde_json::json!({
        "mediaType": "application/vnd.oci.empty.v1+json", "digest": push::EMPTY, "size": 2
    });
    let referrer = serde_json::json!({
        "schemaVersion": 2, "mediaType": OCI_MANIFEST, "artifactType": "application/spdx+json",
        "config": empty, "layers": [empty],
        "subject": { "mediaType": OCI_MANIFEST, "digest": digest, "size": subject.len() },
        "annotations": { "org.example.format": "json" }
    })
    .to_string();
    (digest, referrer)
}

async fn side_by_side(ours: &str, theirs: &Peer) {
    let (digest, referrer) = fill(ours).await;
    fill(&theirs.address).await;
    for registry in [ours, theirs.address.as_str()] {
        // The referrer goes in by its digest, without a tag.
        let name = oci::Digest::sha256(referrer.as_bytes());
        push::manifest(registry, REPOSITORY, name.as_str(), OCI_MANIFEST, referrer.as_bytes()).await;
    }
    let zero = format!("sha256:{}", "0".repeat(64));
    let asks: Vec<Ask<'_>> = vec![
        (Method::GET, String::new(), "*/*"),
        (Method::GET, format!("{REPOSITORY}/tags/list"), "*/*"),
        (Method::GET, format!("{REPOSITORY}/tags/list?n=2"), "*/*"),
        (Method::GET, format!("{REPOSITORY}/tags/list?n=2&last=v2"), "*/*"),
        (Method::GET, format!("{REPOSITORY}/manifests/v1"), OCI_MANIFEST),
        (Method::HEAD, format!("{REPOSITORY}/manifests/v1"), OCI_MANIFEST),
        (Method::GET, format!("{REPOSITORY}/manifests/{digest}"), OCI_MANIFEST),
        (Method::GET, format!("{REPOSITORY}/manifests/nothing"), OCI_MANIFEST),
        (Method::GET, format!("{REPOSITORY}/manifests/{zero}"), OCI_MANIFEST),
        (Method::GET, format!("{REPOSITORY}/blobs/{}", push::EMPTY), "*/*"),
        (Method::GET, format!("{REPOSITORY}/blobs/{zero}"), "*/*"),
        (Method::GET, format!("{REPOSITORY}/referrers/{digest}"), OCI_INDEX),
        (Method::GET, format!("{REPOSITORY}/referrers/{zero}"), OCI_INDEX),
        (
            Method::GET,
            format!("{REPOSITORY}/referrers/{digest}?artifactType=application%2Fspdx%2Bjson"),
            OCI_INDEX,
        ),
        (Method::GET, format!("{REPOSITORY}/referrers/{digest}?artifactType=application%2Fnone"), OCI_INDEX),
    ];
    // olareg makes a repository out of any name that is asked for; the specification wants 404, as distribution does.
    let nowhere = (Method::GET, "parity/nowhere/tags/list".to_owned(), "*/*");
    let nowhere = Some(nowhere).filter(|_| !theirs.name.starts_with("olareg"));
    for asked in asks.iter().chain(&nowhere) {
        let (here, there) = (ask(ours, asked).await, ask(&theirs.address, asked).await);
        assert_eq!(here, there, "{} {} beside {}", asked.0, asked.1, theirs.name);
    }
    let accepted = push_answers(ours, &referrer).await;
    assert_eq!(accepted, push_answers(&theirs.address, &referrer).await, "a push beside {}", theirs.name);
}

/// What a push of a referrer, and one with a wrong digest, are answered.
async fn push_answers(address: &str, referrer: &str) -> Vec<Answer> {
    let mut answers = Vec::new();
    let wrong = format!("sha256:{}", "1".repeat(64));
    for name in ["tagged", wrong.as_str()] {
        let answer = push::http()
            .put(format!("http://{address}/v2/{REPOSITORY}/manifests/{name}"))
            .header("content-type", OCI_MANIFEST)
            .body(referrer.to_owned())
            .send()
            .await
            .expect("the registry answers");
        answers.push(of(answer).await);
    }
    answers
}

#[tokio::test]
async fn the_modern_sample_answers_as_olareg_does() {
    let Some(olareg) = peers::start(Registry::Olareg).await else { return };
    let sample = sample::start_modern().await.expect("the sample starts");
    side_by_side(&sample.address.to_string(), &olareg).await;
}

#[tokio::test]
async fn the_legacy_sample_answers_as_distribution_does() {
    let Some(distribution) = peers::start(Registry::Distribution).await else { return };
    let sample = sample::start_legacy().await.expect("the sample starts");
    side_by_side(&sample.address.to_string(), &distribution).await;
}

#[tokio::test]
async fn many_tags_at_once_are_confirmed_by_the_modern_sample_only() {
    for (sample, confirms) in [(sample::start_modern().await, true), (sample::start_legacy().await, false)] {
        let sample = sample.expect("the sample starts");
        let address = sample.address.to_string();
        let (digest, _) = fill(&address).await;
        let answer = push::http()
            .put(format!("http://{address}/v2/{REPOSITORY}/manifests/{digest}?tag=a&tag=b"))
            .header("content-type", OCI_MANIFEST)
            .body(push::odd_manifest())
            .send()
            .await
            .expect("the sample answers");
        assert_eq!(answer.status(), 201);
        let tags: Vec<_> = answer.headers().get_all("oci-tag").iter().collect();
        assert_eq!(!tags.is_empty(), confirms, "{tags:?}");
    }
}
