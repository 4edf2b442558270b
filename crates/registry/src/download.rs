//! How is a blob fetched that is too long for memory, and how does that go on after a break?
//!
//! Distribution specification, "Pulling blobs"; ranges as RFC 9110, 14. Nobody has compared the pieces with the digest:
//! whoever puts them together does.

use bytes::{Bytes, BytesMut};
use oci::{Digest, RepositoryName};
use reqwest::Method;

use crate::answer::{Wanted, refuse, too_large};
use crate::auth::scope::Scope;
use crate::content::encoding;
use crate::engine::{Ask, AskLogin, Call, Engine, Target};
use crate::fault::Fault;
use crate::open::Open;
use crate::path::blob_path;
use crate::retry::pause;
use crate::send::Answer;
use crate::text::authority;
use crate::{Endpoint, Error, Exchange};

/// A blob on its way. Dropping it aborts the request.
pub struct Download {
    /// From which byte on it comes: from the one that was asked for, or from the first, where the registry does not
    /// go on in the middle.
    pub from: u64,
    /// The length of the whole blob as it comes, where the registry says one.
    pub total: Option<u64>,
    /// How the registry says that it encoded the blob, in spite of `Accept-Encoding: identity` (A-B7). The pieces are
    /// as they came: where they do not hash to the digest, what they decode to may ([`crate::decode`]).
    pub encoding: Option<String>,
    /// The exchanges so far, oldest first.
    pub exchanges: Vec<Exchange>,
    open: Option<Open>,
    host: String,
}

impl Download {
    /// The next piece, `None` at the end.
    ///
    /// # Errors
    /// The connection broke, or nothing comes: what came before is right, and the rest may be asked for again.
    pub async fn next(&mut self) -> Result<Option<Bytes>, Error> {
        let Some(mut open) = self.open.take() else { return Ok(None) };
        match open.next().await {
            Ok(Some(chunk)) => {
                self.open = Some(open);
                Ok(Some(chunk))
            }
            Ok(None) => {
                self.exchanges.push(open.finish(None));
                Ok(None)
            }
            Err(fault) => {
                self.exchanges.push(open.finish(Some(&fault)));
                let error = Error::new(fault.kind(), fault.stage(), fault.sentence(&self.host));
                Err(error.with(self.exchanges.clone()))
            }
        }
    }
}

pub(crate) async fn begin(
    engine: &Engine,
    at: &Endpoint,
    repository: &RepositoryName,
    digest: &Digest,
    from: u64,
) -> Result<Download, Error> {
    let mut call = engine.call(at, Scope::Pull(repository.clone()), Some(repository)).await?;
    match start(engine, &mut call, repository, digest, from).await {
        Ok(download) => Ok(Download { exchanges: call.exchanges, ..download }),
        Err(error) => Err(error.with(call.exchanges)),
    }
}

async fn start(
    engine: &Engine,
    call: &mut Call<'_>,
    repository: &RepositoryName,
    digest: &Digest,
    from: u64,
) -> Result<Download, Error> {
    let path = blob_path(repository, digest);
    let wanted = Wanted::Blob(repository, digest);
    let ask = |from| Ask {
        method: Method::GET,
        target: Target::Path(&path),
        accept: "*/*",
        body_limit: engine.limits.error_body,
        open: Some(from),
        wanted,
        login: AskLogin::Whatever,
    };
    let mut answer = engine.fetch(call, &ask(from)).await?;
    let part = part(&answer).filter(|part| part.from == from && from > 0);
    // A part that was not asked for is of no use, and 416 says that there is no such part.
    if part.is_none() && matches!(answer.status, 206 | 416) {
        drop(answer);
        answer = engine.fetch(call, &ask(0)).await?;
    }
    let (host, encoding) = (authority(&answer.url), encoding(&answer));
    let begun = |from, total, open| Download { from, total, encoding, exchanges: Vec::new(), open, host };
    match (answer.status, part) {
        (206, Some(part)) => Ok(begun(from, part.total, answer.open)),
        (200, _) => {
            let total = answer.header("content-length").and_then(|text| text.trim().parse().ok());
            Ok(begun(0, total, answer.open))
        }
        _ => Err(refuse(call, &answer, wanted)),
    }
}

struct Part {
    from: u64,
    total: Option<u64>,
}

/// A blob that is short enough for memory, as it came.
pub(crate) struct Whole {
    pub(crate) bytes: Bytes,
    /// How the registry says that it encoded it.
    pub(crate) encoding: Option<String>,
    /// Whether it was put together of several answers.
    pub(crate) pieced: bool,
}

/// All of a blob of at most `limit` bytes. Where an answer breaks off, the next one goes on behind it, so that a bad
/// line carries each byte once.
pub(crate) async fn whole(
    engine: &Engine,
    call: &mut Call<'_>,
    repository: &RepositoryName,
    digest: &Digest,
    limit: u64,
) -> Result<Whole, Error> {
    let clock = &engine.sender.clock;
    let (mut body, mut retry) = (BytesMut::new(), 0);
    loop {
        let begun = start(engine, call, repository, digest, body.len() as u64).await?;
        let Download { from, total, encoding, open, host, .. } = begun;
        if from == 0 {
            body.clear();
        }
        let Some(mut open) = open else {
            return Ok(Whole { bytes: body.freeze(), encoding, pieced: from > 0 });
        };
        let fault = loop {
            let length = body.len() as u64;
            if length > limit || total.is_some_and(|total| total > limit) {
                call.exchanges.push(open.finish(None));
                return Err(too_large(call, Wanted::Blob(repository, digest), limit));
            }
            match open.next().await {
                Ok(Some(piece)) => body.extend_from_slice(&piece),
                // A range may be shorter than what was asked for (RFC 9110, 14.4).
                Ok(None) if total.is_some_and(|total| length < total) => break Fault::Cut(length),
                Ok(None) => {
                    call.exchanges.push(open.finish(None));
                    return Ok(Whole { bytes: body.freeze(), encoding, pieced: from > 0 });
                }
                Err(fault) => break fault,
            }
        };
        let error = Error::new(fault.kind(), fault.stage(), fault.sentence(&host));
        call.exchanges.push(open.finish(Some(&fault)));
        if retry >= fault.retries().min(call.patience) {
            return Err(error);
        }
        retry += 1;
        // What was encoded on the fly may be encoded otherwise the next time.
        if encoding.is_some() {
            body.clear();
        }
        clock.sleep(pause(retry, clock.chance(), None)).await;
    }
}

/// `Content-Range: bytes 5-9/10` of a 206; the end is what comes.
fn part(answer: &Answer) -> Option<Part> {
    let text = answer.header("content-range").filter(|_| answer.status == 206)?;
    let (range, total) = text.trim().strip_prefix("bytes ")?.split_once('/')?;
    let (from, _) = range.split_once('-')?;
    Some(Part { from: from.trim().parse().ok()?, total: total.trim().parse().ok() })
}
