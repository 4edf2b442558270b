//! Does each operation answer its example request as its example says? Asked of the sample registries, in the order
//! of the list, as one story: what an example adds, the next one removes.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use api::{Frame, OperationKind, TourStop, operations};
use futures_util::StreamExt;
use registry::Client;
use sample::Sample;
use serde_json::{Map, Value, json};
use service::{Options, SampleRegistry, Service};

/// What differs from run to run, whatever its value.
const VOLATILE: &[&str] = &[
    "id",
    "started_ms",
    "queued_ms",
    "first_byte_ms",
    "body_ms",
    "connection",
    "ticket",
    "bytes_per_second",
];

fn named(sample: &Sample) -> SampleRegistry {
    SampleRegistry {
        name: sample.alias.parse().unwrap(),
        address: sample.address.to_string().parse().unwrap(),
        about: sample.about.to_owned(),
    }
}

fn stop(item: &sample::Item) -> TourStop {
    TourStop {
        registry: item.registry().parse().unwrap(),
        repository: item.repository.parse().unwrap(),
        tag: item.tag.map(|tag| tag.parse().unwrap()),
        digest: item.digest.map(|digest| digest.parse().unwrap()),
        topic: item.topic.to_owned(),
        look_at: item.look_at.to_owned(),
    }
}

async fn answer(service: &Service, name: &str, kind: OperationKind, request: &Value) -> Value {
    let body = serde_json::to_vec(request).unwrap();
    match kind {
        OperationKind::Call => {
            let reply = api::answer(service, name, &body).await;
            let reply = reply.unwrap_or_else(|error| panic!("{name}: {error}"));
            json!({"request": request, "reply": serde_json::from_slice::<Value>(&reply).unwrap()})
        }
        OperationKind::Watch => {
            let frames: Vec<_> = api::watch(service, name, &body).unwrap().collect().await;
            let mut events = Vec::new();
            for frame in frames {
                match serde_json::from_slice(&frame).unwrap() {
                    Frame::<Value>::Event(event) => events.push(event),
                    Frame::Failed(error) => panic!("{name}: {error}"),
                    Frame::End => {}
                }
            }
            if name == "save" {
                // How many events are between the first and the last is a question of time.
                events.drain(1..events.len() - 1);
            }
            json!({"request": request, "events": events})
        }
    }
}

/// The same JSON without what differs from run to run.
fn masked(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            Value::Object(fields.iter().map(|(key, value)| mask_field(fields, key, value)).collect())
        }
        Value::Array(items) if items.iter().all(is_header) => {
            // The order of headers is the server's.
            let mut headers: Vec<_> = items.iter().map(masked).collect();
            headers.sort_by_key(|header| header["name"].to_string());
            Value::Array(headers)
        }
        Value::Array(items) => items.iter().map(masked).collect(),
        Value::String(text) => Value::String(without_ports(text)),
        other => other.clone(),
    }
}

fn mask_field(fields: &Map<String, Value>, key: &str, value: &Value) -> (String, Value) {
    let volatile_header = matches!(fields.get("name").and_then(Value::as_str), Some("date" | "user-agent"));
    let volatile = VOLATILE.contains(&key) || (key == "value" && volatile_header);
    (key.to_owned(), if volatile { json!("…") } else { masked(value) })
}

fn is_header(value: &Value) -> bool {
    value.as_object().is_some_and(|fields| {
        fields.len() == 2 && fields.contains_key("name") && fields.contains_key("value")
    })
}

fn without_ports(text: &str) -> String {
    const LOOPBACK: &str = "127.0.0.1:";
    let mut parts = text.split(LOOPBACK);
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        result.push_str("127.0.0.1:PORT");
        result.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    result
}

#[test]
fn only_what_is_volatile_is_masked() {
    let exchange = json!({"id": 7, "body_bytes": 2, "url": "http://127.0.0.1:41001/v2/?at=127.0.0.1:1",
        "response_headers": [{"name": "date", "value": "today"}, {"name": "etag", "value": "x"}]});
    let expected = json!({"id": "…", "body_bytes": 2, "url": "http://127.0.0.1:PORT/v2/?at=127.0.0.1:PORT",
        "response_headers": [{"name": "date", "value": "…"}, {"name": "etag", "value": "x"}]});
    assert_eq!(masked(&exchange), expected);
}

#[tokio::test]
async fn each_example_is_what_the_samples_answer() {
    let samples = [sample::start_modern().await.unwrap(), sample::start_legacy().await.unwrap()];
    let client = Client::new(registry::Options::default()).unwrap();
    let samples_of_host = samples.iter().map(named).collect();
    // One stop is an example; the walk itself grows with the samples.
    let chart = |item: &&sample::Item| item.repository == "demo/chart" && item.tag == Some("0.3.1");
    let tour = sample::tour().iter().filter(chart).take(1).map(stop).collect();
    let folder = tempfile::tempdir().unwrap();
    let saves = Some(folder.path().to_owned());
    let service =
        Service::new(Options { samples: samples_of_host, tour, saves, ..Options::new(client) }).unwrap();
    for operation in operations::ALL {
        let example: Value = serde_json::from_str(operation.example).unwrap();
        let answered = answer(&service, operation.name, operation.kind, &example["request"]).await;
        let (expected, answered) = (masked(&example), masked(&answered));
        assert!(
            expected == answered,
            "{}\nexample:  {}\nanswered: {}",
            operation.name,
            serde_json::to_string_pretty(&expected).unwrap(),
            serde_json::to_string_pretty(&answered).unwrap()
        );
    }
}
