//! What went over the wire lately, in the words of [`api`]?

use api::{Connection, Exchange, Exchanges, Header, ListExchanges, Outcome};
use registry::Trace;

/// The latest exchanges, of all registries or of one. Nothing is sent, so a registry that was removed may be asked for.
pub(crate) fn latest(trace: &Trace, request: &ListExchanges) -> Exchanges {
    let wanted = |exchange: &registry::Exchange| {
        request.registry.as_ref().is_none_or(|registry| exchange.registry == *registry)
    };
    let exchanges = trace.exchanges().into_iter().filter(wanted).map(one).collect();
    Exchanges { exchanges, in_flight: trace.in_flight() }
}

pub(crate) fn told(exchanges: Vec<registry::Exchange>) -> Vec<Exchange> {
    exchanges.into_iter().map(one).collect()
}

fn one(exchange: registry::Exchange) -> Exchange {
    Exchange {
        id: exchange.id,
        registry: exchange.registry,
        started_ms: exchange.started_ms,
        method: exchange.method,
        url: exchange.url,
        request_headers: headers(exchange.request_headers),
        outcome: match exchange.outcome {
            registry::Outcome::Status(status) => Outcome::Status(status),
            registry::Outcome::Failed(why) => Outcome::Failed(why),
            registry::Outcome::Cancelled => Outcome::Cancelled,
        },
        response_headers: headers(exchange.response_headers),
        queued_ms: exchange.queued_ms,
        dns_ms: exchange.dns_ms,
        connection: match exchange.connection {
            registry::Connection::New(milliseconds) => Connection::New(milliseconds),
            registry::Connection::Reused => Connection::Reused,
            registry::Connection::None => Connection::None,
        },
        first_byte_ms: exchange.first_byte_ms,
        body_ms: exchange.body_ms,
        body_bytes: exchange.body_bytes,
        because: exchange.because,
    }
}

fn headers(headers: Vec<registry::Header>) -> Vec<Header> {
    headers.into_iter().map(|header| Header { name: header.name, value: header.value }).collect()
}
