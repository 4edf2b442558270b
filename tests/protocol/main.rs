//! Our client against each real registry, and against the samples, with the same cases.

mod access;
mod logins;
mod reading;
mod tls;
mod token_server;

use std::sync::Arc;

use e2e::peers::{self, Peer, Registry};
use oci::Host;
use registry::{Client, Endpoint, Options};

/// A registry under test: one of the field, one that the user named, or a sample.
struct Subject {
    name: String,
    address: String,
    _peer: Option<Peer>,
    _sample: Option<sample::Sample>,
}

/// Every registry that can be had here, each started with an empty store (but the samples and those given).
async fn subjects() -> Vec<Subject> {
    let mut subjects = Vec::new();
    for registry in Registry::ALL {
        subjects.extend(peers::start(registry).await.map(of_peer));
    }
    subjects.extend(peers::given().into_iter().map(of_peer));
    for sample in [sample::start_modern().await, sample::start_legacy().await] {
        let sample = sample.expect("a sample starts");
        subjects.push(Subject {
            name: sample.alias.to_owned(),
            address: sample.address.to_string(),
            _peer: None,
            _sample: Some(sample),
        });
    }
    subjects
}

fn of_peer(peer: Peer) -> Subject {
    Subject { name: peer.name.clone(), address: peer.address.clone(), _peer: Some(peer), _sample: None }
}

fn client(credentials: Option<Arc<dyn registry::Credentials>>) -> Client {
    let mut options = Options::default();
    if let Some(credentials) = credentials {
        options.credentials = credentials;
    }
    Client::new(options).expect("a client builds")
}

fn endpoint(address: &str) -> Endpoint {
    let name: Host = address.parse().expect("an address is a host");
    let origin = format!("http://{address}").parse().expect("an address makes a URL");
    Endpoint { login: Some(name.clone()), name, origins: vec![origin], trust: None }
}
