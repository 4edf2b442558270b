//! How does one exchange get into the trace, however it ends?

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use reqwest::Response;

use crate::connection::Notes;
use crate::send::{Request, Sender};
use crate::text::{redact_headers, redact_url};
use crate::{Clock, Connection, Exchange, Outcome, Trace};

/// An exchange while it goes on. Dropped unfinished, it is one that was cancelled.
pub(crate) struct Record {
    clock: Arc<dyn Clock>,
    trace: Arc<Trace>,
    notes: Arc<Notes>,
    pub(crate) host: String,
    sent: Duration,
    head: Option<Duration>,
    exchange: Option<Exchange>,
}

impl Record {
    pub(crate) fn new(sender: &Sender, request: &Request<'_>, notes: Arc<Notes>) -> Self {
        let queued_at = sender.clock.now().checked_sub(request.queued).unwrap_or(SystemTime::UNIX_EPOCH);
        let since_epoch = queued_at.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let exchange = Exchange {
            id: sender.trace.next_id(),
            registry: request.registry.clone(),
            started_ms: u64::try_from(since_epoch.as_millis()).unwrap_or(u64::MAX),
            method: request.method.to_string(),
            url: redact_url(request.url),
            request_headers: redact_headers(&request.headers),
            outcome: Outcome::Cancelled,
            response_headers: Vec::new(),
            queued_ms: milliseconds(request.queued),
            dns_ms: None,
            connection: Connection::None,
            first_byte_ms: None,
            body_ms: None,
            body_bytes: 0,
            because: request.because.clone(),
        };
        sender.trace.begin();
        let host = crate::text::authority(request.url);
        Self {
            notes,
            host,
            sent: sender.clock.elapsed(),
            head: None,
            exchange: Some(exchange),
            clock: Arc::clone(&sender.clock),
            trace: Arc::clone(&sender.trace),
        }
    }

    pub(crate) fn head(&mut self, response: &Response) -> Duration {
        let now = self.clock.elapsed();
        let took = now.saturating_sub(self.sent);
        self.head = Some(now);
        if let Some(exchange) = &mut self.exchange {
            exchange.first_byte_ms = Some(milliseconds(took));
            exchange.response_headers = redact_headers(response.headers());
            exchange.connection = self.notes.of_answer(response.extensions());
        }
        took
    }

    pub(crate) fn read(&mut self, bytes: u64) {
        if let Some(exchange) = &mut self.exchange {
            exchange.body_bytes += bytes;
        }
    }

    pub(crate) fn body_bytes(&self) -> u64 {
        self.exchange.as_ref().map_or(0, |exchange| exchange.body_bytes)
    }

    pub(crate) fn finish(&mut self, outcome: Outcome) -> Exchange {
        let mut exchange = self.exchange.take().expect("an exchange is finished once");
        exchange.dns_ms = self.notes.dns().map(milliseconds);
        match self.head {
            Some(head) => {
                exchange.body_ms = Some(milliseconds(self.clock.elapsed().saturating_sub(head)));
            }
            None if outcome == Outcome::Cancelled => exchange.connection = self.notes.of_cancellation(),
            None => exchange.connection = self.notes.of_failure(),
        }
        exchange.outcome = outcome;
        tracing::debug!(method = exchange.method, url = exchange.url, outcome = ?exchange.outcome, "exchange");
        self.trace.end(exchange.clone());
        exchange
    }
}

impl Drop for Record {
    fn drop(&mut self) {
        if self.exchange.is_some() {
            self.finish(Outcome::Cancelled);
        }
    }
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}
