//! Does a well-behaved registry do what the distribution specification wants?
#![allow(clippy::unwrap_used, reason = "a test may fail by panic, and so may what it calls")]

mod support;

use fake_registry::{
    Behaviour, Catalog, ContentType, Delete, DigestHeader, EmptyTags, FakeRegistry, LastPage, Limits,
    LinkStyle, MultiTag, PageSize, Referrers, SubjectHeader, sha256, sha512,
};
use reqwest::{Method, Response};
use support::{EMPTY, OCI_INDEX, OCI_MANIFEST, SMALL, get, header, http, json, registry, with_app};

async fn send(registry: &FakeRegistry, method: Method, path: &str, body: &str) -> Response {
    send_as(registry, method, path, body, OCI_MANIFEST).await
}

async fn send_as(registry: &FakeRegistry, method: Method, path: &str, body: &str, kind: &str) -> Response {
    let url = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", registry.origin()) };
    http().request(method, url).header("content-type", kind).body(body.to_owned()).send().await.unwrap()
}

/// The code of the first error.
async fn code(answer: Response) -> String {
    let text = answer.text().await.unwrap();
    let errors: serde_json::Value = serde_json::from_str(&text).unwrap();
    errors["errors"][0]["code"].as_str().unwrap().to_owned()
}

/// A manifest of empty blobs, with more members.
fn manifest(more: &str) -> String {
    let empty = format!(r#"{{"mediaType":"application/vnd.oci.empty.v1+json","digest":"{EMPTY}","size":2}}"#);
    format!(r#"{{"schemaVersion":2,"mediaType":"{OCI_MANIFEST}","config":{empty},"layers":[{empty}]{more}}}"#)
}

#[tokio::test]
async fn the_base_says_that_this_is_a_registry() {
    let answer = get(&registry().await, "/v2/").await;
    assert_eq!(answer.status(), 200);
    assert_eq!(header(&answer, "docker-distribution-api-version"), Some("registry/2.0"));
}

#[tokio::test]
async fn a_manifest_comes_back_byte_for_byte() {
    let registry = registry().await;
    registry.store().put_blob("demo/app", "{}");
    let odd = manifest(" , \"x\" :\t\"é\\u00e9\"\n");
    let pushed = send(&registry, Method::PUT, "/v2/demo/app/manifests/v1", &odd).await;
    let digest = sha256(odd.as_bytes());
    assert_eq!(pushed.status(), 201);
    assert_eq!(header(&pushed, "location"), Some(format!("/v2/demo/app/manifests/{digest}").as_str()));
    assert_eq!(header(&pushed, "docker-content-digest"), Some(digest.as_str()));
    for target in ["v1", &digest] {
        let answer = get(&registry, &format!("/v2/demo/app/manifests/{target}")).await;
        assert_eq!(header(&answer, "content-type"), Some(OCI_MANIFEST));
        assert_eq!(header(&answer, "docker-content-digest"), Some(digest.as_str()));
        assert_eq!(answer.text().await.unwrap(), odd);
    }
    let head = send(&registry, Method::HEAD, "/v2/demo/app/manifests/v1", "").await;
    assert_eq!(header(&head, "content-length"), Some(odd.len().to_string().as_str()));
    assert_eq!(header(&head, "docker-content-digest"), Some(digest.as_str()));
}

#[tokio::test]
async fn what_is_not_there_has_the_code_of_the_specification() {
    let registry = with_app(Behaviour::default()).await;
    for (path, expected) in [
        ("/v2/demo/app/manifests/nothing".to_owned(), "MANIFEST_UNKNOWN"),
        (format!("/v2/demo/app/manifests/{EMPTY}"), "MANIFEST_UNKNOWN"),
        (format!("/v2/demo/app/blobs/{EMPTY}"), "BLOB_UNKNOWN"),
        ("/v2/demo/nothing/tags/list".to_owned(), "NAME_UNKNOWN"),
    ] {
        let answer = get(&registry, &path).await;
        assert_eq!(answer.status(), 404, "{path}");
        assert_eq!(code(answer).await, expected, "{path}");
    }
    for path in ["/v2/demo/app/nothing", "/v2/Demo/App/tags/list", "/other"] {
        assert_eq!(get(&registry, path).await.status(), 404, "{path}");
    }
}

#[tokio::test]
async fn bad_manifests_are_refused() {
    let registry = registry().await;
    let put = async |target: &str, body: &str, kind: &str| {
        let path = format!("/v2/demo/app/manifests/{target}");
        let answer = send_as(&registry, Method::PUT, &path, body, kind).await;
        (answer.status().as_u16(), code(answer).await)
    };
    let good = manifest("");
    let unknown = (400, "MANIFEST_BLOB_UNKNOWN".to_owned());
    let invalid = (400, "MANIFEST_INVALID".to_owned());
    assert_eq!(put("v1", &good, OCI_MANIFEST).await, unknown);
    registry.store().put_blob("demo/app", "{}");
    assert_eq!(put("v1", "not JSON", OCI_MANIFEST).await, invalid);
    assert_eq!(put("v1", &good, OCI_INDEX).await, invalid);
    assert_eq!(put("v1", &good, "application/json").await, invalid);
    assert_eq!(put("v1", &manifest(",\"manifests\":[]"), OCI_MANIFEST).await, invalid);
    let wrong = (400, "DIGEST_INVALID".to_owned());
    assert_eq!(put(EMPTY, &good, OCI_MANIFEST).await, wrong);
    assert!(registry.store().tags("demo/app").is_empty());
}

#[tokio::test]
async fn a_blob_comes_in_at_once_in_chunks_or_by_loan() {
    let registry = registry().await;
    let start = "/v2/demo/app/blobs/uploads/";
    let origin = registry.origin();
    let at = |answer: &Response| format!("{origin}{}", header(answer, "location").unwrap());

    let begun = send(&registry, Method::POST, start, "").await;
    assert_eq!(begun.status(), 202);
    let stored = send(&registry, Method::PUT, &format!("{}&digest={EMPTY}", at(&begun)), "{}").await;
    assert_eq!(stored.status(), 201);
    assert_eq!(header(&stored, "location"), Some(format!("/v2/demo/app/blobs/{EMPTY}").as_str()));

    let whole = sha256(b"in chunks");
    let begun = send(&registry, Method::POST, start, "").await;
    let first = send(&registry, Method::PATCH, &at(&begun), "in ").await;
    assert_eq!((first.status().as_u16(), header(&first, "range")), (202, Some("0-2")));
    let wrong = http().patch(at(&first)).header("content-range", "9-14").body("chunks").send().await.unwrap();
    assert_eq!(wrong.status(), 416);
    let second = http().patch(at(&first)).header("content-range", "3-8").body("chunks").send().await.unwrap();
    assert_eq!(second.status(), 202);
    let status = get(&registry, header(&second, "location").unwrap()).await;
    assert_eq!((status.status().as_u16(), header(&status, "range")), (204, Some("0-8")));
    let stored = send(&registry, Method::PUT, &format!("{}&digest={whole}", at(&second)), "").await;
    assert_eq!(stored.status(), 201);
    assert_eq!(
        get(&registry, &format!("/v2/demo/app/blobs/{whole}")).await.text().await.unwrap(),
        "in chunks"
    );

    let once = sha512(b"at once");
    let stored = send(&registry, Method::POST, &format!("{start}?digest={once}"), "at once").await;
    assert_eq!(stored.status(), 201);

    let mount = |digest: &str| format!("/v2/demo/other/blobs/uploads/?mount={digest}&from=demo/app");
    assert_eq!(send(&registry, Method::POST, &mount(&whole), "").await.status(), 201);
    assert!(registry.store().blob("demo/other", &whole).is_some());
    assert_eq!(send(&registry, Method::POST, &mount(&sha256(b"absent")), "").await.status(), 202);
}

#[tokio::test]
async fn an_upload_with_another_digest_or_after_its_end_is_refused() {
    let registry = registry().await;
    let begun = send(&registry, Method::POST, "/v2/demo/app/blobs/uploads/", "").await;
    let location = header(&begun, "location").unwrap().to_owned();
    let path = format!("{location}&digest={EMPTY}");
    let answer = send(&registry, Method::PUT, &path, "other").await;
    assert_eq!((answer.status().as_u16(), code(answer).await.as_str()), (400, "DIGEST_INVALID"));
    let answer = send(&registry, Method::PUT, &path, "{}").await;
    assert_eq!((answer.status().as_u16(), code(answer).await.as_str()), (404, "BLOB_UPLOAD_UNKNOWN"));
    let begun = send(&registry, Method::POST, "/v2/demo/app/blobs/uploads/", "").await;
    let location = header(&begun, "location").unwrap().to_owned();
    assert_eq!(send(&registry, Method::DELETE, &location, "").await.status(), 204);
    assert_eq!(get(&registry, &location).await.status(), 404);
}

#[tokio::test]
async fn a_range_of_a_blob_is_sent_alone() {
    let registry = registry().await;
    let digest = registry.store().put_blob("demo/app", "0123456789");
    let url = format!("{}/v2/demo/app/blobs/{digest}", registry.origin());
    let answer = http().get(&url).header("range", "bytes=3-5").send().await.unwrap();
    assert_eq!((answer.status().as_u16(), header(&answer, "content-range")), (206, Some("bytes 3-5/10")));
    assert_eq!(answer.text().await.unwrap(), "345");
    let answer = http().get(&url).header("range", "bytes=10-").send().await.unwrap();
    assert_eq!((answer.status().as_u16(), header(&answer, "content-range")), (416, Some("bytes */10")));
}

/// Follows `Link` and gives the size of each page.
async fn pages(registry: &FakeRegistry, path: &str, key: &str) -> Vec<usize> {
    let mut sizes = Vec::new();
    let mut next = Some(path.to_owned());
    while let Some(path) = next {
        assert!(sizes.len() < 20, "the list has no end");
        let answer = get(registry, &path).await;
        let link = header(&answer, "link").map(str::to_owned);
        let text = answer.text().await.unwrap();
        let page: serde_json::Value = serde_json::from_str(&text).unwrap();
        sizes.push(page[key].as_array().unwrap().len());
        next = link.map(|link| {
            let target = link.trim_start_matches('<').split('>').next().unwrap();
            target.strip_prefix(&registry.origin()).unwrap_or(target).to_owned()
        });
    }
    sizes
}

#[tokio::test]
async fn lists_are_paged_by_n_last_and_link() {
    let page_size = PageSize { tags: 4, catalog: 1, referrers: 2 };
    for links in [LinkStyle::Relative, LinkStyle::Unquoted, LinkStyle::Absolute] {
        let registry =
            FakeRegistry::start(Behaviour { page_size, links, ..Behaviour::default() }).await.unwrap();
        let store = registry.store();
        let subject = store.put_manifest("a/b", None, OCI_INDEX, SMALL);
        for number in 0..8 {
            let more = format!(r#","n":{number},"subject":{{"digest":"{subject}"}}"#);
            store.put_manifest("a/b", Some(&format!("v{number}")), OCI_MANIFEST, manifest(&more));
        }
        store.put_repository("c");
        assert_eq!(pages(&registry, "/v2/a/b/tags/list", "tags").await, [4, 4]);
        assert_eq!(pages(&registry, "/v2/a/b/tags/list?n=3", "tags").await, [3, 3, 2]);
        assert_eq!(pages(&registry, "/v2/a/b/tags/list?n=0", "tags").await, [0]);
        assert_eq!(pages(&registry, "/v2/a/b/tags/list?last=v5", "tags").await, [2]);
        assert_eq!(pages(&registry, "/v2/_catalog", "repositories").await, [1, 1]);
        let referrers = format!("/v2/a/b/referrers/{subject}");
        assert_eq!(pages(&registry, &referrers, "manifests").await, [2, 2, 2, 2]);
        let link = header(&get(&registry, "/v2/_catalog").await, "link").unwrap().to_owned();
        let expected = match links {
            LinkStyle::Relative => "</v2/_catalog?last=a%2Fb&n=1>; rel=\"next\"".to_owned(),
            LinkStyle::Unquoted => "</v2/_catalog?last=a%2Fb&n=1>; rel=next".to_owned(),
            LinkStyle::Absolute => {
                format!("<{}/v2/_catalog?last=a%2Fb&n=1>; rel=\"next\"", registry.origin())
            }
        };
        assert_eq!(link, expected);
        assert_eq!(get(&registry, "/v2/a/b/tags/list?n=x").await.status(), 400);
    }
}

#[tokio::test]
async fn a_full_last_page_can_have_a_link_all_the_same() {
    let page_size = PageSize { tags: 2, ..PageSize::default() };
    let behaviour = Behaviour { page_size, last_page: LastPage::LinkIfFull, ..Behaviour::default() };
    let registry = FakeRegistry::start(behaviour).await.unwrap();
    for tag in ["a", "b", "c", "d"] {
        registry.store().put_tag("demo/app", tag, EMPTY);
    }
    assert_eq!(pages(&registry, "/v2/demo/app/tags/list", "tags").await, [2, 2, 0]);
}

#[tokio::test]
async fn a_repository_without_tags_is_an_empty_list_or_null() {
    for (empty_tags, is_null) in [(EmptyTags::List, false), (EmptyTags::Null, true)] {
        let registry = FakeRegistry::start(Behaviour { empty_tags, ..Behaviour::default() }).await.unwrap();
        registry.store().put_repository("demo/empty");
        assert_eq!(json(&registry, "/v2/demo/empty/tags/list").await["tags"].is_null(), is_null);
    }
}

#[tokio::test]
async fn referrers_carry_their_own_type_and_annotations_and_are_filtered() {
    let registry = with_app(Behaviour::default()).await;
    registry.store().put_blob("demo/app", "{}");
    let subject = registry.store().tag("demo/app", "v1").unwrap();
    let about = format!(r#","subject":{{"mediaType":"{OCI_INDEX}","digest":"{subject}","size":1}}"#);
    let sbom =
        manifest(&format!(r#","artifactType":"application/spdx+json","annotations":{{"a":"b"}}{about}"#));
    let pushed = send(&registry, Method::PUT, "/v2/demo/app/manifests/sbom", &sbom).await;
    assert_eq!(header(&pushed, "oci-subject"), Some(subject.as_str()));
    send(&registry, Method::PUT, "/v2/demo/app/manifests/plain", &manifest(&about)).await;

    let path = format!("/v2/demo/app/referrers/{subject}");
    let answer = get(&registry, &path).await;
    assert_eq!(header(&answer, "content-type"), Some(OCI_INDEX));
    assert_eq!(header(&answer, "oci-filters-applied"), None);
    let all = json(&registry, &path).await;
    assert_eq!(all["manifests"][0]["artifactType"], "application/spdx+json");
    assert_eq!(all["manifests"][0]["annotations"]["a"], "b");
    assert_eq!(all["manifests"][0]["digest"], sha256(sbom.as_bytes()));
    assert_eq!(all["manifests"][0]["size"], sbom.len());
    // Without a type of its own, the config's stands for it.
    assert_eq!(all["manifests"][1]["artifactType"], "application/vnd.oci.empty.v1+json");

    let filtered = format!("{path}?artifactType=application%2Fspdx%2Bjson");
    assert_eq!(header(&get(&registry, &filtered).await, "oci-filters-applied"), Some("artifactType"));
    assert_eq!(json(&registry, &filtered).await["manifests"].as_array().unwrap().len(), 1);
    assert_eq!(
        json(&registry, &format!("/v2/demo/app/referrers/{EMPTY}")).await["manifests"][0],
        serde_json::Value::Null
    );
    assert_eq!(get(&registry, "/v2/demo/app/referrers/sha256:zz").await.status(), 400);
}

#[tokio::test]
async fn the_referrers_of_other_registries_are_missing_or_wrong() {
    let about = |digest: &str| {
        manifest(&format!(
            r#","artifactType":"a/b","annotations":{{"a":"b"}},"subject":{{"digest":"{digest}"}}"#
        ))
    };
    for (referrers, artifact_type, annotated) in [
        (Referrers::ConfigTypes, Some("application/vnd.oci.empty.v1+json"), false),
        (Referrers::Untyped, None, false),
    ] {
        let registry = with_app(Behaviour { referrers, ..Behaviour::default() }).await;
        let subject = registry.store().tag("demo/app", "v1").unwrap();
        registry.store().put_manifest("demo/app", None, OCI_MANIFEST, about(&subject));
        let all = json(&registry, &format!("/v2/demo/app/referrers/{subject}?artifactType=other")).await;
        assert_eq!(all["manifests"][0]["artifactType"].as_str(), artifact_type);
        assert_eq!(all["manifests"][0].get("annotations").is_some(), annotated);
    }
    for (referrers, kind) in [
        (Referrers::NotFoundText, "text/plain; charset=utf-8"),
        (Referrers::NotFoundJson, "application/json"),
    ] {
        let registry = with_app(Behaviour { referrers, ..Behaviour::default() }).await;
        let answer = get(&registry, &format!("/v2/demo/app/referrers/{EMPTY}")).await;
        assert_eq!((answer.status().as_u16(), header(&answer, "content-type")), (404, Some(kind)));
    }
}

#[tokio::test]
async fn subject_tags_digest_and_type_can_be_left_out_or_wrong() {
    let legacy = with_app(Behaviour::legacy()).await;
    legacy.store().put_blob("demo/app", "{}");
    let body = manifest(&format!(r#","subject":{{"digest":"{EMPTY}"}}"#));
    let digest = sha256(body.as_bytes());
    let path = format!("/v2/demo/app/manifests/{digest}?tag=a&tag=b");
    let answer = send(&legacy, Method::PUT, &path, &body).await;
    assert_eq!((header(&answer, "oci-subject"), header(&answer, "oci-tag")), (None, None));
    assert_eq!(legacy.store().tags("demo/app"), ["v1"]);

    let behaviour = Behaviour {
        subject: SubjectHeader::Wrong,
        digest_header: DigestHeader::Wrong,
        content_type: ContentType::Wrong,
        multi_tag: MultiTag::Honoured,
        ..Behaviour::default()
    };
    let registry = with_app(behaviour).await;
    registry.store().put_blob("demo/app", "{}");
    let answer = send(&registry, Method::PUT, &path, &body).await;
    assert_ne!(header(&answer, "oci-subject"), Some(EMPTY));
    assert_ne!(header(&answer, "docker-content-digest"), Some(digest.as_str()));
    let tags: Vec<_> = answer.headers().get_all("oci-tag").iter().collect();
    assert_eq!(tags, ["a", "b"]);
    assert_eq!(registry.store().tag("demo/app", "b"), Some(digest));
    let answer = get(&registry, "/v2/demo/app/manifests/v1").await;
    assert_eq!(header(&answer, "content-type"), Some(OCI_MANIFEST));

    let behaviour = Behaviour {
        digest_header: DigestHeader::Absent,
        content_type: ContentType::Missing,
        ..Behaviour::default()
    };
    let answer = get(&with_app(behaviour).await, "/v2/demo/app/manifests/v1").await;
    assert_eq!((header(&answer, "docker-content-digest"), header(&answer, "content-type")), (None, None));
    let behaviour = Behaviour { content_type: ContentType::Parameters, ..Behaviour::default() };
    let answer = get(&with_app(behaviour).await, "/v2/demo/app/manifests/v1").await;
    assert_eq!(header(&answer, "content-type"), Some(format!("{OCI_INDEX}; charset=utf-8").as_str()));
}

#[tokio::test]
async fn a_delete_by_digest_takes_every_tag_along() {
    let registry = with_app(Behaviour::default()).await;
    let digest = registry.store().tag("demo/app", "v1").unwrap();
    registry.store().put_tag("demo/app", "v2", &digest);
    registry.store().put_tag("demo/app", "v3", &digest);
    let used = registry.store().used();
    assert_eq!(send(&registry, Method::DELETE, "/v2/demo/app/manifests/v3", "").await.status(), 202);
    assert_eq!(registry.store().tags("demo/app"), ["v1", "v2"]);
    let path = format!("/v2/demo/app/manifests/{digest}");
    assert_eq!(send(&registry, Method::DELETE, &path, "").await.status(), 202);
    assert!(registry.store().tags("demo/app").is_empty());
    assert_eq!(send(&registry, Method::DELETE, &path, "").await.status(), 404);
    assert!(registry.store().used() < used);

    for (delete, status) in [(Delete::DigestOnly, 400), (Delete::Off, 405)] {
        let registry = with_app(Behaviour { delete, ..Behaviour::default() }).await;
        let answer = send(&registry, Method::DELETE, "/v2/demo/app/manifests/v1", "").await;
        assert_eq!(answer.status(), status);
    }
}

#[tokio::test]
async fn the_catalog_can_be_missing() {
    let behaviour = Behaviour { catalog: Catalog::Off, ..Behaviour::default() };
    assert_eq!(get(&with_app(behaviour).await, "/v2/_catalog").await.status(), 404);
}

#[tokio::test]
async fn an_unchanged_manifest_is_not_sent_again_where_there_are_etags() {
    let registry = with_app(Behaviour::legacy()).await;
    let url = format!("{}/v2/demo/app/manifests/v1", registry.origin());
    let ask = || http().get(&url).header("accept", OCI_INDEX);
    let etag = header(&ask().send().await.unwrap(), "etag").unwrap().to_owned();
    let answer = ask().header("if-none-match", etag).send().await.unwrap();
    assert_eq!(answer.status(), 304);
    assert_eq!(answer.text().await.unwrap(), "");
}

#[tokio::test]
async fn writes_are_bounded() {
    let limits = Limits { total: 200_000, manifest: 100_000, uploads: 2 };
    let registry = FakeRegistry::start(Behaviour { limits, ..Behaviour::default() }).await.unwrap();
    let put = "/v2/demo/app/manifests/v1";
    let answer = send(&registry, Method::PUT, put, &"x".repeat(100_001)).await;
    assert_eq!((answer.status().as_u16(), code(answer).await.as_str()), (413, "SIZE_INVALID"));

    let start = "/v2/demo/app/blobs/uploads/";
    let half = "x".repeat(110_000);
    let first = format!("{start}?digest={}", sha256(half.as_bytes()));
    assert_eq!(send(&registry, Method::POST, &first, &half).await.status(), 201);
    let other = "y".repeat(110_000);
    let second = format!("{start}?digest={}", sha256(other.as_bytes()));
    let answer = send(&registry, Method::POST, &second, &other).await;
    assert_eq!((answer.status().as_u16(), code(answer).await.as_str()), (507, "DENIED"));
    assert!(registry.store().used() < 200_000, "{}", registry.store().used());
    let digest = sha256(half.as_bytes());
    assert_eq!(
        send(&registry, Method::DELETE, &format!("/v2/demo/app/blobs/{digest}"), "").await.status(),
        202
    );
    assert_eq!(send(&registry, Method::POST, &second, &other).await.status(), 201);

    for expected in [202, 202, 429] {
        assert_eq!(send(&registry, Method::POST, start, "").await.status(), expected);
    }
}
