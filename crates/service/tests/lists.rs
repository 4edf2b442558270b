//! Do lists grow page by page, stop when nobody looks, and keep what is odd about them?
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::time::Duration;

use api::{Backend, Code, Exchange, ListExchanges, ListRepositories, Outcome, RemoveRegistry};
use fake_registry::{Behaviour, EmptyTags, Fault, Hold, PageSize, Times};
use futures_util::StreamExt;
use oci::MediaType;
use service::MOST_AT_ONCE;
use support::{Lab, REPOSITORY};

/// Five tags, two a page.
async fn five_tags() -> Lab {
    let page_size = PageSize { tags: 2, catalog: 2, ..PageSize::default() };
    let lab = Lab::of(Behaviour { page_size, ..Behaviour::default() }).await;
    for tag in ["a", "b", "c", "d", "e"] {
        lab.push(tag, MediaType::OCI_INDEX, br#"{"schemaVersion":2,"manifests":[]}"#);
    }
    lab
}

fn ids(findings: &[oci::Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.id.as_str()).collect()
}

/// Planted fault: second page ignored.
#[tokio::test]
async fn every_page_is_an_event_and_the_last_one_says_so() {
    let lab = five_tags().await;
    let events: Vec<_> = lab.tags().await.into_iter().map(Result::unwrap).collect();
    let pages: Vec<_> =
        events.iter().map(|event| (event.page, event.tags.join(" "), event.complete)).collect();
    let expected = [(1, "a b".to_owned(), false), (2, "c d".to_owned(), false), (3, "e".to_owned(), true)];
    assert_eq!(pages, expected);
    assert!(events.iter().all(|event| event.findings.is_empty()));
    assert_eq!(lab.requests().len(), 3);
}

#[tokio::test]
async fn repositories_come_page_by_page_too() {
    let lab = five_tags().await;
    for name in ["demo/b", "demo/c"] {
        lab.fake.store().put_repository(name);
    }
    let events: Vec<_> = lab.repositories().await.into_iter().map(Result::unwrap).collect();
    let pages: Vec<_> = events.iter().map(|event| (event.repositories.join(" "), event.complete)).collect();
    assert_eq!(pages, [(format!("{REPOSITORY} demo/b"), false), ("demo/c".to_owned(), true)]);
}

/// Slow reading slows the requests down: a page is asked for when somebody waits for it.
#[tokio::test]
async fn nothing_is_asked_for_ahead() {
    let lab = five_tags().await;
    let mut tags = Box::pin(lab.service.list_tags(lab.list_tags()));
    assert_eq!(lab.requests().len(), 0);
    tags.next().await.unwrap().unwrap();
    assert_eq!(lab.requests().len(), 1);
    tags.next().await.unwrap().unwrap();
    assert_eq!(lab.requests().len(), 2);
    drop(tags);
    // A whole exchange later there is still no third page.
    lab.inspect("a").await.unwrap();
    assert_eq!(lab.requests().len(), 3);
    assert!(lab.requests()[2].contains("/manifests/"), "{:?}", lab.requests());
}

/// Planted fault: a stream not cancelled.
#[tokio::test]
async fn dropping_a_list_ends_its_request() {
    let lab = five_tags().await;
    let hold = Hold::new();
    lab.fake.faults().on("GET", "/tags/list?", Fault::Hold(hold.clone()), Times::Always);
    let mut tags = Box::pin(lab.service.list_tags(lab.list_tags()));
    tags.next().await.unwrap().unwrap();
    let task = tokio::spawn(async move { tags.next().await });
    hold.arrived(1).await;
    assert_eq!(exchanges(&lab).await.1, 1, "one request is in flight");
    task.abort();
    let abandoned = tokio::time::timeout(Duration::from_secs(60), hold.abandoned(1)).await;
    abandoned.expect("the request ends with the interest in it");
    assert!(task.await.unwrap_err().is_cancelled());
    let (exchanges, in_flight) = exchanges(&lab).await;
    assert_eq!(in_flight, 0);
    let outcomes: Vec<_> = exchanges.into_iter().map(|exchange| exchange.outcome).collect();
    assert_eq!(outcomes, [Outcome::Status(200), Outcome::Cancelled]);
    assert_eq!(lab.requests().len(), 2);
}

async fn exchanges(lab: &Lab) -> (Vec<Exchange>, u32) {
    let latest = lab.service.list_exchanges(ListExchanges { registry: None }).await.unwrap();
    (latest.exchanges, latest.in_flight)
}

#[tokio::test]
async fn a_registry_that_is_removed_is_not_asked_for_its_next_page() {
    let lab = five_tags().await;
    let mut tags = Box::pin(lab.service.list_tags(lab.list_tags()));
    tags.next().await.unwrap().unwrap();
    lab.service.remove_registry(RemoveRegistry { name: lab.host() }).await.unwrap();
    assert_eq!(tags.next().await.unwrap().unwrap_err().code, Code::NotAdded);
    assert!(tags.next().await.is_none());
    assert_eq!(lab.requests().len(), 1);
}

/// Lists that nobody reads on hold no turn.
#[tokio::test]
async fn waiting_lists_hold_nobody_up() {
    let lab = five_tags().await;
    let mut waiting = Vec::new();
    for _ in 0..=MOST_AT_ONCE {
        let mut tags = Box::pin(lab.service.list_tags(lab.list_tags()));
        tags.next().await.unwrap().unwrap();
        waiting.push(tags);
    }
    lab.inspect("a").await.unwrap();
}

/// A failure after good pages leaves them standing.
#[tokio::test]
async fn a_list_that_fails_half_way() {
    let lab = five_tags().await;
    lab.fault("/tags/list?", Fault::denied());
    let mut events = lab.tags().await;
    let error = events.pop().unwrap().unwrap_err();
    assert_eq!(error.code, Code::Denied);
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].as_ref().unwrap().tags, ["a", "b"]);
}

/// A registry that goes between two pages leaves the names that came, and the list is not called whole.
#[tokio::test]
async fn a_registry_that_goes_in_the_middle_of_a_list() {
    let lab = five_tags().await;
    let mut events = lab.service.list_tags(lab.list_tags()).boxed();
    let first = events.next().await.unwrap().unwrap();
    assert_eq!((first.tags, first.complete), (vec!["a".to_owned(), "b".to_owned()], false));
    lab.fake.shutdown().await;
    let error = events.next().await.unwrap().unwrap_err();
    assert_eq!(error.code, Code::Unreachable);
    assert!(!error.exchanges.is_empty(), "what was tried is shown");
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn null_is_an_empty_list_and_is_noted() {
    let lab = Lab::of(Behaviour { empty_tags: EmptyTags::Null, ..Behaviour::default() }).await;
    lab.fake.store().put_repository(REPOSITORY);
    let events = lab.tags().await;
    assert_eq!(events.len(), 1);
    let event = events[0].as_ref().unwrap();
    assert_eq!((event.tags.len(), event.complete), (0, true));
    assert_eq!(ids(&event.findings), ["RG018"]);
}

/// Names with markup arrive as they are, as text; showing them safely is the page's part.
#[tokio::test]
async fn odd_names_are_kept_and_noted() {
    let lab = five_tags().await;
    lab.fault("/tags/list", Fault::names_with_markup());
    lab.fault("/_catalog", Fault::names_with_markup());
    let tags = lab.tags().await.remove(0).unwrap();
    assert_eq!(tags.tags[0], "<img src=x onerror=\"window.__xss=1\">");
    assert_eq!(tags.tags[3], "white space\nand a line");
    assert_eq!(ids(&tags.findings), ["RG017"]);
    let repositories = lab.repositories().await.remove(0).unwrap();
    assert_eq!(repositories.repositories, tags.tags);
    assert_eq!(ids(&repositories.findings), ["RG017"]);
}

#[tokio::test]
async fn a_link_in_a_circle_ends_the_list_with_a_finding() {
    let lab = five_tags().await;
    lab.fault("/tags/list", Fault::SelfLink);
    let last = lab.tags().await.pop().unwrap().unwrap();
    assert!(!last.complete);
    assert!(ids(&last.findings).contains(&"RG010"), "{:?}", last.findings);
    assert!(lab.requests().len() <= 2, "{:?}", lab.requests());
}

#[tokio::test]
async fn a_link_to_another_host_is_not_followed() {
    let lab = five_tags().await;
    let other = Lab::start().await;
    lab.fault("/tags/list", Fault::ForeignLink(other.fake.origin()));
    let last = lab.tags().await.pop().unwrap().unwrap();
    assert!(!last.complete);
    assert_eq!(ids(&last.findings), ["RG010"]);
    assert_eq!(other.requests(), Vec::<String>::new());
}

#[tokio::test]
async fn an_endless_list_can_be_left_at_any_page() {
    let lab = five_tags().await;
    lab.fault("/_catalog", Fault::endless_link());
    let request = ListRepositories { registry: lab.host() };
    let events: Vec<_> = lab.service.list_repositories(request).take(20).collect().await;
    assert_eq!(events.len(), 20);
    assert!(events.into_iter().all(|event| !event.unwrap().complete));
    assert_eq!(lab.requests().len(), 20);
}
