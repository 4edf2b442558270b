//! How does something get out of a registry into a file, whole and verified or not at all?
//!
//! It streams into a part in the host's folder. A break, a full disk and a user who stops leave the part, and the next
//! attempt goes on from there; other bytes than asked for leave nothing.

mod decode;
mod folder;
mod part;
mod rate;
mod tickets;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use api::{Code, Error, Save, SaveProgress, SaveWhat, Stage};
use futures_util::{Stream, stream};
use oci::{Algorithm, Digest, Finding, Severity, Verification};
use registry::{Download, ErrorKind};
use tokio::sync::mpsc;

use crate::{Shared, compare, error, exchanges, read::Place};
use part::Part;
use rate::Rate;

pub(crate) use folder::clear_old;
pub use tickets::SavedFile;
pub(crate) use tickets::Tickets;

/// Breaks in a row that are got over, where little came in between.
const MOST_BREAKS: u32 = 4;
/// Bytes that make a break one of its own.
const MUCH: u64 = 1 << 20;
/// The shortest time between two events.
const BETWEEN_EVENTS: Duration = Duration::from_millis(100);
/// The pause after a break, times the breaks in a row.
const PAUSE: Duration = Duration::from_millis(500);

type Events = mpsc::Sender<Result<SaveProgress, Error>>;

/// Saves, telling how far it is. Dropping the stream stops it, on the wire too.
pub(crate) fn save(
    shared: Arc<Shared>,
    request: Save,
) -> impl Stream<Item = Result<SaveProgress, Error>> + Send + 'static {
    let (tell, events) = mpsc::channel(4);
    let work = Box::pin(async move {
        if let Err(error) = run(&shared, request, &tell).await {
            // Nobody who listens is nobody to tell.
            let _ = tell.send(Err(error)).await;
        }
    });
    // The work goes on only while its events are waited for, and ends with them.
    stream::unfold((events, Some(work)), |(mut events, mut work)| async move {
        loop {
            let event = match &mut work {
                None => events.recv().await?,
                Some(running) => tokio::select! {
                    biased;
                    event = events.recv() => event?,
                    () = running => {
                        work = None;
                        continue;
                    }
                },
            };
            return Some((event, (events, work)));
        }
    })
}

async fn run(shared: &Shared, request: Save, tell: &Events) -> Result<(), Error> {
    let place = shared.place(&request.registry, &request.repository)?;
    let Some(folder) = &shared.saves else {
        let message = "This host has no folder to save through, so nothing can be saved here.";
        return Err(Error::new(Code::Unsupported, message));
    };
    if let Algorithm::Other(name) = request.digest.algorithm() {
        let message = format!(
            "{name} digests are not computed here, so nobody could tell whether the right bytes came: it is not saved."
        );
        return Err(Error::new(Code::Unsupported, message));
    }
    let part = Part::open(shared, folder, &request.digest, request.size).await?;
    let mut job = Job {
        shared,
        place,
        request,
        part,
        total: None,
        resumed_from: 0,
        encoding: None,
        rate: Rate::default(),
        tell,
    };
    job.total = job.request.size;
    job.resumed_from = job.part.length();
    job.say(None).await;
    let _turn = shared.saving.turn().await;
    match job.request.what {
        SaveWhat::Manifest => job.manifest().await?,
        SaveWhat::Blob => job.blob().await?,
    }
    job.finish(folder).await
}

/// One save under way.
struct Job<'a> {
    shared: &'a Shared,
    place: Place,
    request: Save,
    part: Part,
    total: Option<u64>,
    resumed_from: u64,
    /// How the registry says that it encoded what it sends: then lengths are those of what comes.
    encoding: Option<String>,
    rate: Rate,
    tell: &'a Events,
}

impl Job<'_> {
    fn progress(&mut self, ticket: Option<String>) -> SaveProgress {
        let received = self.part.length();
        let now = self.shared.client.clock().elapsed();
        SaveProgress {
            received,
            total: self.total,
            resumed_from: self.resumed_from,
            bytes_per_second: self.rate.at(now, received),
            ticket,
        }
    }

    /// An event that has to arrive.
    async fn say(&mut self, ticket: Option<String>) {
        let event = self.progress(ticket);
        let _ = self.tell.send(Ok(event)).await;
    }

    /// An event that may be left out, where the last one is young or has not been read yet.
    fn hint(&mut self) {
        let now = self.shared.client.clock().elapsed();
        if self.rate.is_due(now, BETWEEN_EVENTS) {
            let event = self.progress(None);
            let _ = self.tell.try_send(Ok(event));
        }
    }

    async fn manifest(&mut self) -> Result<(), Error> {
        let digest = &self.request.digest;
        let manifest = self.shared.by_digest(&self.place, digest).await.map_err(error::told)?;
        let bytes = &manifest.kept.bytes;
        self.part.restart().await?;
        self.resumed_from = 0;
        self.total = Some(bytes.len() as u64);
        if let Err(error) = self.fits(bytes.len() as u64, false) {
            self.part.discard().await;
            return Err(error);
        }
        self.part.write(bytes).await
    }

    async fn blob(&mut self) -> Result<(), Error> {
        let mut breaks = 0;
        loop {
            // An earlier attempt may have fetched the last byte and have been stopped then.
            if self.part.length() > 0 && self.part.is(&self.request.digest) {
                return Ok(());
            }
            // A registry that is removed meanwhile is asked for nothing more.
            self.place = self.shared.place(&self.request.registry, &self.request.repository)?;
            let before = self.part.length();
            let Err(failure) = self.fetch().await else { return Ok(()) };
            let Failure::Broken(error) = failure else { return Err(failure.error()) };
            breaks = if self.part.length() >= before.saturating_add(MUCH) { 1 } else { breaks + 1 };
            if breaks > MOST_BREAKS {
                return Err(self.gave_up(error));
            }
            self.shared.client.clock().sleep(PAUSE * breaks).await;
        }
    }

    /// Fetches the rest, as far as it comes.
    async fn fetch(&mut self) -> Result<(), Failure> {
        let mut from = self.part.length();
        let mut download = {
            let _turn = self.shared.limit.turn().await;
            let Place { at, repository, .. } = &self.place;
            let begun = self.shared.client.download(at, repository, &self.request.digest, from).await;
            begun.map_err(|error| match error.kind {
                // It may be starting anew; an answer of any kind is an answer.
                ErrorKind::Unreachable if from > 0 => Failure::Broken(error::told(error)),
                _ => Failure::Final(error::told(error)),
            })?
        };
        if download.from != from {
            self.part.restart().await.map_err(Failure::Final)?;
            from = 0;
        }
        self.resumed_from = self.resumed_from.min(from);
        self.encoding.clone_from(&download.encoding);
        if let Some(total) = download.total {
            if let Err(error) = self.fits(total, true) {
                self.part.discard().await;
                return Err(Failure::Final(error));
            }
            self.total = Some(total);
            self.part.will_be(total);
        }
        self.say(None).await;
        self.pour(&mut download).await
    }

    async fn pour(&mut self, download: &mut Download) -> Result<(), Failure> {
        while let Some(chunk) = match download.next().await {
            Ok(chunk) => chunk,
            Err(error) => {
                self.part.flush().await.map_err(Failure::Final)?;
                return Err(Failure::Broken(error::told(error)));
            }
        } {
            let length = self.part.length().saturating_add(chunk.len() as u64);
            if let Err(error) = self.fits(length, true) {
                self.part.discard().await;
                return Err(Failure::Final(Error {
                    exchanges: exchanges::told(download.exchanges.clone()),
                    ..error
                }));
            }
            self.part.write(&chunk).await.map_err(Failure::Final)?;
            self.hint();
        }
        self.part.flush().await.map_err(Failure::Final)?;
        // A range may be shorter than what was asked for (RFC 9110, 14.4), and where the answer did not say how long it
        // is, its end may be a break that looks like one.
        let received = self.part.length();
        let stated = self.request.size.filter(|_| self.encoding.is_none());
        match download.total.or(stated) {
            Some(whole) if received < whole => {
                let message = format!("The answer ended after {received} of {whole} bytes.");
                let exchanges = exchanges::told(download.exchanges.clone());
                Err(Failure::Broken(Error {
                    stage: Some(Stage::Body),
                    exchanges,
                    ..Error::new(Code::BadAnswer, message)
                }))
            }
            _ => Ok(()),
        }
    }

    /// Whether so many bytes are not more than the descriptor states.
    fn fits(&self, length: u64, of_registry: bool) -> Result<(), Error> {
        let encoded = self.encoding.is_some();
        match self.request.size {
            Some(stated) if length > if encoded { decode::most(stated) } else { stated } => {
                let whose = if of_registry { "the registry sends" } else { "it has" };
                let message = format!(
                    "Its descriptor states {stated} bytes, and {whose} {length} or more (DS008): nothing was saved."
                );
                let findings = compare::length(Some(stated), length, "").into_iter().collect();
                Err(Error { stage: Some(Stage::Body), findings, ..Error::new(Code::BadAnswer, message) })
            }
            _ => Ok(()),
        }
    }

    fn gave_up(&self, error: Error) -> Error {
        let kept = self.part.length();
        let fact = error.message.trim_end_matches('.');
        let message = format!("{fact}; {kept} bytes are kept, and saving again goes on from there.");
        Error { message, ..error }
    }

    /// Only what hashes to its digest gets a ticket.
    async fn finish(mut self, folder: &Path) -> Result<(), Error> {
        self.part.flush().await?;
        let digest = self.request.digest.clone();
        match self.part.verify(&digest) {
            Verification::Verified => {}
            Verification::Mismatch(actual) => {
                if !self.part.decode(self.encoding.as_deref(), self.request.size, &digest).await? {
                    self.part.discard().await;
                    return Err(other_bytes(&digest, &actual, self.encoding.as_deref()));
                }
            }
            // Refused at the start: an algorithm does not change.
            Verification::CannotVerify => return Err(Error::new(Code::Internal, "an unknown algorithm")),
        }
        let ticket = tickets::random()?;
        let size = self.part.length();
        let path = self.part.complete(folder, &ticket).await?;
        self.shared.tickets.give(&ticket, SavedFile { path, size, digest });
        self.total = Some(size);
        self.say(Some(ticket)).await;
        Ok(())
    }
}

/// Why a blob did not come to its end.
enum Failure {
    /// The connection broke in the middle: it may go on.
    Broken(Error),
    Final(Error),
}

impl Failure {
    fn error(self) -> Error {
        match self {
            Self::Broken(error) | Self::Final(error) => error,
        }
    }
}

fn other_bytes(asked: &Digest, actual: &Digest, encoding: Option<&str>) -> Error {
    let encoded = encoding.map_or_else(String::new, |encoding| {
        format!(
            " The registry, or a proxy before it, says that it encoded them as {encoding}, which it was asked not to \
             do (RG007): that is to be switched off there."
        )
    });
    let message = format!(
        "Other bytes came than were asked for (DS009): wanted {asked}, they hash to {actual}. Nothing was \
         saved.{encoded}"
    );
    let encoding = encoding.map(|it| Finding::new("RG007", Severity::Warning).values(it, "identity"));
    let findings = [compare::other_bytes(asked, actual, "")].into_iter().chain(encoding).collect();
    Error { stage: Some(Stage::Read), findings, ..Error::new(Code::BadAnswer, message) }
}
