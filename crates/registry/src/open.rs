//! How does a body come piece by piece, and how slowly may it come?

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use reqwest::Response;

use crate::fault::Fault;
use crate::limit::Permit;
use crate::record::Record;
use crate::{Clock, Exchange, Outcome};

/// Bytes that must come within the stall limit: fewer is a body that never ends.
const STALL_BYTES: u64 = 1_024;

/// Waits for pieces, and not for ever.
pub(crate) struct Pace {
    clock: Arc<dyn Clock>,
    stall: Duration,
    since: u64,
    watchdog: BoxFuture<'static, ()>,
}

impl Pace {
    pub(crate) fn new(clock: &Arc<dyn Clock>, stall: Duration) -> Self {
        Self { clock: Arc::clone(clock), stall, since: 0, watchdog: clock.limit(stall) }
    }

    /// The next piece, `None` at the end. `before` is how many bytes came before it.
    pub(crate) async fn chunk(
        &mut self,
        response: &mut Response,
        before: u64,
    ) -> Result<Option<Bytes>, Fault> {
        let chunk = tokio::select! {
            biased;
            chunk = response.chunk() => chunk.map_err(|_| Fault::Cut(before))?,
            () = &mut self.watchdog => return Err(Fault::Stalled(before, self.stall)),
        };
        self.since += chunk.as_ref().map_or(0, |chunk| chunk.len() as u64);
        if self.since >= STALL_BYTES {
            self.since = 0;
            self.watchdog = self.clock.limit(self.stall);
        }
        Ok(chunk)
    }
}

/// The body of a good answer that is still coming. It holds its host's permit until it ends: it is under way. Dropped
/// before, its exchange is one that was cancelled.
pub(crate) struct Open {
    response: Response,
    record: Record,
    pace: Pace,
    permit: Option<Permit>,
}

impl Open {
    pub(crate) fn new(response: Response, record: Record, clock: &Arc<dyn Clock>, stall: Duration) -> Self {
        Self { response, record, pace: Pace::new(clock, stall), permit: None }
    }

    pub(crate) fn hold(&mut self, permit: Permit) {
        self.permit = Some(permit);
    }

    /// The next piece, `None` at the end.
    pub(crate) async fn next(&mut self) -> Result<Option<Bytes>, Fault> {
        let chunk = self.pace.chunk(&mut self.response, self.record.body_bytes()).await?;
        if let Some(chunk) = &chunk {
            self.record.read(chunk.len() as u64);
        }
        Ok(chunk)
    }

    /// Its exchange: it ended well, or so.
    pub(crate) fn finish(mut self, fault: Option<&Fault>) -> Exchange {
        let outcome = match fault {
            Some(fault) => Outcome::Failed(fault.sentence(&self.record.host)),
            None => Outcome::Status(self.response.status().as_u16()),
        };
        self.record.finish(outcome)
    }
}
