//! Are all pages read, only when asked for, and does a list that never ends still end?

use futures_util::{StreamExt as _, TryStreamExt as _};
use registry::{ErrorKind, NamesPage};

use crate::support::{Reply, Seen, Server, answer, client, ids, json, repository};

async fn tags_of(server: &Server) -> Vec<NamesPage> {
    client().0.tags(&server.endpoint(), &repository()).try_collect().await.unwrap()
}

fn linked(link: &str, body: &str) -> Reply {
    answer(200, &[("content-type", "application/json"), ("link", link)], body)
}

#[tokio::test]
async fn every_page_is_read_and_the_link_is_followed_byte_for_byte() {
    let server = Server::start(|seen: &Seen, _| match seen.target.as_str() {
        "/v2/demo/app/tags/list" => linked(
            "</v2/demo/app/tags/list?next_page=gA%2Bb%3D&x=1%20y>; rel=next",
            r#"{"name":"demo/app","tags":["b","a"]}"#,
        ),
        "/v2/demo/app/tags/list?next_page=gA%2Bb%3D&x=1%20y" => {
            let link = format!(
                "<http://{}/v2/demo/app/tags/list?last=c>; rel=\"next\"",
                seen.header("host").unwrap()
            );
            linked(&link, r#"{"tags":["a","c"]}"#)
        }
        _ => json(r#"{"name":"demo/app","tags":["d"]}"#),
    })
    .await;
    let pages = tags_of(&server).await;
    assert_eq!(
        server.lines(),
        [
            "GET /v2/demo/app/tags/list",
            "GET /v2/demo/app/tags/list?next_page=gA%2Bb%3D&x=1%20y",
            "GET /v2/demo/app/tags/list?last=c",
        ],
        "asked without n, and each link as given"
    );
    let names: Vec<_> = pages.iter().flat_map(|page| page.names.clone()).collect();
    assert_eq!(names, ["b", "a", "c", "d"], "in the registry's order, each once");
    assert_eq!(pages.iter().map(|page| page.page).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(pages.iter().map(|page| page.complete).collect::<Vec<_>>(), [false, false, true]);
    assert_eq!(ids(&pages[1].findings), ["RG009"], "a tag came twice");
}

#[tokio::test]
async fn repositories_are_listed_the_same_way() {
    let server = Server::start(|seen: &Seen, _| match seen.target.as_str() {
        "/v2/_catalog" => {
            linked("</v2/_catalog?last=a%2Fb&n=1>; rel=\"next\"", r#"{"repositories":["a/b"]}"#)
        }
        _ => json(r#"{"repositories":["c"]}"#),
    })
    .await;
    let pages: Vec<_> = client().0.repositories(&server.endpoint()).try_collect().await.unwrap();
    assert_eq!(server.lines(), ["GET /v2/_catalog", "GET /v2/_catalog?last=a%2Fb&n=1"]);
    assert_eq!(pages.iter().flat_map(|page| page.names.clone()).collect::<Vec<_>>(), ["a/b", "c"]);
    assert!(pages[1].complete);
}

#[tokio::test]
async fn null_and_empty_are_empty_and_a_list_that_is_missing_is_no_answer() {
    for (body, rules) in [
        (r#"{"name":"demo/app","tags":null}"#, vec!["RG018"]),
        (r#"{"name":"demo/app"}"#, vec!["RG018"]),
        (r#"{"name":"demo/app","tags":[]}"#, vec![]),
    ] {
        let server = Server::start(move |_, _| json(body)).await;
        let pages = tags_of(&server).await;
        assert_eq!(pages.len(), 1, "{body}");
        assert!(pages[0].names.is_empty() && pages[0].complete, "{body}");
        assert_eq!(ids(&pages[0].findings), rules, "{body}");
    }
    for body in [
        "{}",
        "[]",
        "",
        "null",
        r#"{"tags":{}}"#,
        r#"{"tags":["a"#,
        r#"{"tags":["a"],"tags":["b"]}"#,
        "not json",
    ] {
        let server = Server::start(move |_, _| json(body)).await;
        let pages: Vec<_> = client().0.tags(&server.endpoint(), &repository()).collect().await;
        assert_eq!(pages.len(), 1, "the stream ends after an error: {body}");
        assert_eq!(pages[0].as_ref().unwrap_err().kind, ErrorKind::BadAnswer, "{body}");
    }
}

#[tokio::test]
async fn names_outside_the_grammar_are_kept_and_flagged() {
    let server = Server::start(|_, _| json(r#"{"tags":["1.0","<b>bold</b>",".dot",7]}"#)).await;
    let pages = tags_of(&server).await;
    assert_eq!(pages[0].names, ["1.0", "<b>bold</b>", ".dot"]);
    assert_eq!(ids(&pages[0].findings), ["RG009", "RG017"]);
    assert_eq!(pages[0].findings[1].actual.as_deref(), Some("<b>bold</b> and 1 more"));
}

#[tokio::test]
async fn a_link_to_itself_stops_with_what_was_read() {
    let server =
        Server::start(|_, _| linked("</v2/demo/app/tags/list>; rel=next", r#"{"tags":["a"]}"#)).await;
    let pages = tags_of(&server).await;
    assert_eq!(server.requests().len(), 1);
    assert_eq!(pages[0].names, ["a"]);
    assert!(!pages[0].complete);
    assert_eq!(ids(&pages[0].findings), ["RG010"]);
}

#[tokio::test]
async fn a_registry_that_ignores_the_cursor_stops_at_the_first_page_without_a_new_name() {
    let server = Server::start(|_, nth| {
        linked(&format!("</v2/demo/app/tags/list?last={nth}>; rel=next"), r#"{"tags":["a","b"]}"#)
    })
    .await;
    let pages = tags_of(&server).await;
    assert_eq!(server.requests().len(), 2);
    assert!(pages[1].names.is_empty() && !pages[1].complete);
    assert!(ids(&pages[1].findings).contains(&"RG010"));
}

#[tokio::test]
async fn endless_pages_stop_after_two_thousand() {
    let server = Server::start(|_, nth| {
        linked(
            &format!("</v2/demo/app/tags/list?last={nth}>; rel=next"),
            &format!(r#"{{"tags":["t{nth}"]}}"#),
        )
    })
    .await;
    let pages = tags_of(&server).await;
    assert_eq!(server.requests().len(), 2_000);
    assert_eq!(pages.len(), 2_000);
    assert!(!pages[1_999].complete);
    assert_eq!(ids(&pages[1_999].findings), ["RG010"]);
    assert_eq!(pages.iter().map(|page| page.names.len()).sum::<usize>(), 2_000);
}

#[tokio::test]
async fn a_link_to_a_foreign_host_is_not_followed() {
    let foreign = Server::start(|_, _| json(r#"{"tags":["evil"]}"#)).await;
    let link = format!("<{}>; rel=\"next\"", foreign.url("/v2/demo/app/tags/list"));
    let server = Server::start(move |_, _| linked(&link, r#"{"tags":["a"]}"#)).await;
    let pages = tags_of(&server).await;
    assert_eq!(pages.len(), 1);
    assert!(!pages[0].complete);
    assert_eq!(ids(&pages[0].findings), ["RG010"]);
    assert!(foreign.requests().is_empty());
}

#[tokio::test]
async fn a_page_of_more_than_sixteen_mebibytes_is_too_large() {
    let server = Server::start(|_, _| {
        let mut body = br#"{"tags":[""#.to_vec();
        body.resize((16 << 20) + 10, b'a');
        answer(200, &[("content-type", "application/json")], body)
    })
    .await;
    let error = client().0.tags(&server.endpoint(), &repository()).next().await.unwrap().unwrap_err();
    assert_eq!(error.kind, ErrorKind::TooLarge);
}

#[tokio::test]
async fn an_error_on_the_second_page_ends_the_stream_after_the_first() {
    let server = Server::start(|_, nth| match nth {
        0 => linked("<?last=a>; rel=next", r#"{"tags":["a"]}"#),
        _ => answer(403, &[], r#"{"errors":[{"code":"DENIED","message":"no"}]}"#),
    })
    .await;
    let pages: Vec<_> = client().0.tags(&server.endpoint(), &repository()).collect().await;
    assert_eq!(pages.len(), 2);
    assert_eq!(pages[0].as_ref().unwrap().names, ["a"]);
    assert_eq!(pages[1].as_ref().unwrap_err().kind, ErrorKind::Denied);
}

#[tokio::test]
async fn the_next_page_is_fetched_only_when_the_stream_is_polled() {
    let server = Server::start(|_, nth| {
        linked(&format!("<?last={nth}>; rel=next"), &format!(r#"{{"tags":["t{nth}"]}}"#))
    })
    .await;
    let (client, _) = client();
    let mut tags = client.tags(&server.endpoint(), &repository());
    assert!(server.requests().is_empty(), "nothing is asked before the first poll");
    tags.next().await.unwrap().unwrap();
    assert_eq!(server.requests().len(), 1);
    tags.next().await.unwrap().unwrap();
    assert_eq!(server.requests().len(), 2);
    drop(tags);
    // Another question on the same connection proves that the dropped stream has sent nothing in between.
    client.ping(&server.endpoint()).await.unwrap();
    assert_eq!(server.lines()[2], "GET /v2/");
}
