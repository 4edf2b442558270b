//! Is what is saved exactly what was asked for, or nothing at all?
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::{fs, path::Path, time::Duration};

use api::{Backend, Code, Error, RemoveRegistry, Save, SaveProgress, SaveWhat, Stage};
use fake_registry::{Drip, Fault, Hold, Times};
use futures_util::{StreamExt, stream::BoxStream};
use oci::{Digest, MediaType};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use support::{Lab, REPOSITORY, service};

/// 600,000 bytes without a pattern that a shift would hide.
fn content() -> Vec<u8> {
    let mut state = 7_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    (0..600_000).map(|_| next()).collect()
}

struct Saving {
    lab: Lab,
    folder: tempfile::TempDir,
    bytes: Vec<u8>,
    digest: Digest,
}

impl Saving {
    async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let lab = Lab::saving(folder.path()).await;
        let bytes = content();
        let digest = lab.fake.store().put_blob(REPOSITORY, &bytes).parse().unwrap();
        Self { lab, folder, bytes, digest }
    }

    fn request(&self) -> Save {
        Save {
            registry: self.lab.host(),
            repository: REPOSITORY.parse().unwrap(),
            digest: self.digest.clone(),
            what: SaveWhat::Blob,
            size: Some(self.bytes.len() as u64),
        }
    }

    fn begin(&self) -> BoxStream<'static, Result<SaveProgress, Error>> {
        self.lab.service.save(self.request()).boxed()
    }

    /// All events of a save that comes to its end.
    async fn save(&self) -> Vec<SaveProgress> {
        self.begin().map(|event| event.unwrap()).collect().await
    }

    /// The failure of one that does not.
    async fn fail(&self, request: Save) -> Error {
        let mut events: Vec<_> = self.lab.service.save(request).collect().await;
        let error = events.pop().unwrap().unwrap_err();
        assert!(events.iter().all(Result::is_ok), "nothing follows a failure");
        error
    }

    fn fault(&self, fault: Fault, times: Times) {
        self.lab.fake.faults().on("GET", "/blobs/", fault, times);
    }

    /// `Range` of each request so far; empty where it has none.
    fn ranges(&self) -> Vec<String> {
        self.lab.fake.requests().iter().map(|request| request.header("range").concat()).collect()
    }

    fn part(&self) -> std::path::PathBuf {
        self.folder.path().join(format!("sha256-{}.part", self.digest.encoded()))
    }

    /// What is in the folder beside locks, which are empty.
    fn left(&self) -> Vec<String> {
        names(self.folder.path()).into_iter().filter(|name| !name.ends_with(".lock")).collect()
    }

    fn parts(&self) -> Vec<String> {
        self.left().into_iter().filter(|name| name.ends_with(".part")).collect()
    }

    /// Takes the file of the last event, and checks it.
    #[track_caller]
    fn take(&self, events: &[SaveProgress]) {
        let last = events.last().unwrap();
        let length = self.bytes.len() as u64;
        assert_eq!((last.received, last.total), (length, Some(length)));
        let ticket = last.ticket.as_ref().unwrap();
        let file = self.lab.service.take_saved(ticket).unwrap();
        assert!(fs::read(&file.path).unwrap() == self.bytes, "the file has the bytes");
        assert_eq!((&file.digest, file.size), (&self.digest, length));
        assert_eq!(self.lab.service.take_saved(ticket), None, "a ticket is good once");
    }
}

/// The rules that an error names, whose sentences a screen can show.
fn rules(error: &Error) -> Vec<&str> {
    error.findings.iter().map(|finding| finding.id.as_str()).collect()
}

fn names(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).unwrap();
    files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
}

#[tokio::test]
async fn size_comes_first_and_the_ticket_last() {
    let saving = Saving::start().await;
    let events = saving.save().await;
    let first = &events[0];
    assert_eq!((first.received, first.total, first.resumed_from), (0, Some(600_000), 0));
    let tickets = events.iter().filter(|event| event.ticket.is_some()).count();
    assert_eq!((tickets, saving.ranges()), (1, vec![String::new()]));
    assert!(events.is_sorted_by_key(|event| event.received), "{events:?}");
    saving.take(&events);
    assert!(!saving.part().exists());
}

#[tokio::test]
async fn without_a_size_the_registry_says_it() {
    let saving = Saving::start().await;
    let request = Save { size: None, ..saving.request() };
    let events: Vec<_> = saving.lab.service.save(request).map(|event| event.unwrap()).collect().await;
    assert_eq!((events[0].received, events[0].total), (0, None));
    assert_eq!((events[1].received, events[1].total), (0, Some(600_000)));
    saving.take(&events);
}

#[tokio::test]
async fn a_manifest_is_saved_to_the_byte() {
    let mut saving = Saving::start().await;
    saving.bytes = b"{\"schemaVersion\": 2,\n \"manifests\":[]}".to_vec();
    let store = saving.lab.fake.store();
    let digest = store.put_manifest(REPOSITORY, None, MediaType::OCI_INDEX, &saving.bytes);
    saving.digest = digest.parse().unwrap();
    let request = Save { what: SaveWhat::Manifest, ..saving.request() };
    let events: Vec<_> = saving.lab.service.save(request).map(|event| event.unwrap()).collect().await;
    saving.take(&events);
    assert_eq!(saving.lab.requests(), [format!("GET /v2/{REPOSITORY}/manifests/{}", saving.digest)]);
}

#[tokio::test]
async fn a_break_in_the_middle_is_got_over_with_a_range() {
    let saving = Saving::start().await;
    saving.fault(Fault::CutBody { after: 1_000 }, Times::Once);
    saving.fault(Fault::ResetBody { after: 300_000 }, Times::Once);
    let events = saving.save().await;
    let ranges = saving.ranges();
    assert_eq!((ranges.len(), ranges[0].as_str(), ranges[1].as_str()), (3, "", "bytes=1000-"));
    // A reset may overtake bytes that were sent before it.
    let from = ranges[2].strip_prefix("bytes=").unwrap().strip_suffix('-').unwrap();
    assert!((1_000..=301_000).contains(&from.parse::<u64>().unwrap()), "{from}");
    saving.take(&events);
}

#[tokio::test]
async fn what_breaks_again_and_again_is_given_up_and_kept() {
    let saving = Saving::start().await;
    saving.fault(Fault::CutBody { after: 100 }, Times::Exactly(5));
    let error = saving.fail(saving.request()).await;
    assert_eq!(error.code, Code::BadAnswer);
    assert!(error.message.contains("500 bytes are kept"), "{error}");
    assert_eq!(fs::read(saving.part()).unwrap(), &saving.bytes[..500]);
    let events = saving.save().await;
    assert_eq!((events[0].received, events[0].resumed_from), (500, 500));
    assert_eq!(saving.ranges()[5], "bytes=500-");
    saving.take(&events);
}

#[tokio::test]
async fn stopped_it_ends_on_the_wire_and_the_next_one_goes_on() {
    let saving = Saving::start().await;
    let drip = Drip::new();
    saving.fault(Fault::Slow(drip.clone()), Times::Once);
    let mut events = saving.begin();
    drip.give(1_000);
    let progress = async {
        while let Some(event) = events.next().await {
            event.unwrap();
        }
    };
    tokio::select! {
        () = progress => panic!("it ended with a part of its bytes"),
        () = drip.sent(1_000) => {}
    }
    // What was sent has to arrive before it is stopped.
    let arrived = async {
        loop {
            tokio::select! {
                event = events.next() => drop(event.unwrap().unwrap()),
                () = tokio::time::sleep(Duration::from_millis(200)) => return,
            }
        }
    };
    arrived.await;
    drop(events);
    drip.abandoned(1).await;
    let kept = fs::read(saving.part()).unwrap();
    assert!(!kept.is_empty() && kept == saving.bytes[..kept.len()], "{} bytes", kept.len());
    let events = saving.save().await;
    assert_eq!((events[0].received, events[0].resumed_from), (kept.len() as u64, kept.len() as u64));
    assert_eq!(saving.ranges()[1], format!("bytes={}-", kept.len()));
    saving.take(&events);
}

/// A registry that does not go on in the middle, one that says that there is no such part, one that sends another.
#[tokio::test]
async fn without_ranges_it_begins_anew() {
    let saving = Saving::start().await;
    let whole = || Fault::Status { code: 200, headers: Vec::new(), body: saving.bytes.clone().into() };
    let others = [whole(), Fault::status(416), Fault::header("content-range", "bytes 7-599999/600000")];
    for (nth, other) in others.into_iter().enumerate() {
        saving.lab.fake.clear_requests();
        fs::write(saving.part(), &saving.bytes[..50_000]).unwrap();
        saving.fault(other, Times::Once);
        let events = saving.save().await;
        assert_eq!((events[0].resumed_from, events.last().unwrap().resumed_from), (50_000, 0), "{nth}");
        assert_eq!(saving.ranges()[0], "bytes=50000-", "{nth}");
        saving.take(&events);
    }
}

#[tokio::test]
async fn a_part_with_all_its_bytes_needs_no_request() {
    let saving = Saving::start().await;
    fs::write(saving.part(), &saving.bytes).unwrap();
    let events = saving.save().await;
    assert_eq!(saving.lab.requests(), Vec::<String>::new());
    saving.take(&events);
}

#[tokio::test]
async fn a_wrong_byte_leaves_nothing_and_both_digests_are_named() {
    let saving = Saving::start().await;
    saving.fault(Fault::WrongByte, Times::Once);
    let error = saving.fail(saving.request()).await;
    assert_eq!((error.code, error.stage), (Code::BadAnswer, Some(Stage::Read)));
    assert!(error.message.contains(saving.digest.as_str()), "{error}");
    assert_eq!(error.message.matches("sha256:").count(), 2, "{error}");
    assert_eq!(saving.left(), Vec::<String>::new());
    // What an earlier attempt left may be wrong too: then it goes, and the next attempt is good.
    fs::write(saving.part(), vec![0; 1_000]).unwrap();
    assert_eq!(saving.fail(saving.request()).await.code, Code::BadAnswer);
    assert_eq!(saving.left(), Vec::<String>::new());
    saving.take(&saving.save().await);
}

#[tokio::test]
async fn more_bytes_than_the_descriptor_states_are_refused_early() {
    let saving = Saving::start().await;
    let error = saving.fail(Save { size: Some(599_999), ..saving.request() }).await;
    assert_eq!(error.code, Code::BadAnswer);
    assert!(error.message.contains("599999") && error.message.contains("DS008"), "{error}");
    assert_eq!(rules(&error), ["DS008"]);
    assert_eq!(saving.left(), Vec::<String>::new());
    // Where its length is not said before, it is found out by reading, and no further than needed.
    saving.fault(Fault::huge(1 << 40), Times::Once);
    let error = saving.fail(saving.request()).await;
    assert!(error.message.contains("600000"), "{error}");
    assert_eq!(saving.left(), Vec::<String>::new());
}

#[tokio::test]
async fn what_cannot_be_verified_is_not_asked_for() {
    let saving = Saving::start().await;
    let digest = "blake3:af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262".parse().unwrap();
    let error = saving.fail(Save { digest, ..saving.request() }).await;
    assert_eq!(error.code, Code::Unsupported);
    assert!(error.message.contains("blake3"), "{error}");
    assert_eq!(saving.lab.requests(), Vec::<String>::new());
}

#[tokio::test]
async fn where_there_is_no_folder_that_is_said() {
    let saving = Saving::start().await;
    let added =
        vec![api::AddRegistry { name: saving.lab.host(), address: None, transport: api::Transport::Http }];
    let events: Vec<_> = service(added).save(saving.request()).collect().await;
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].as_ref().unwrap_err().code, Code::Unsupported);
    assert_eq!(saving.lab.requests(), Vec::<String>::new());
}

/// `/dev/full` answers every write as a full disk does.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_full_disk_is_said_and_nothing_looks_complete() {
    let saving = Saving::start().await;
    std::os::unix::fs::symlink("/dev/full", saving.part()).unwrap();
    let error = saving.fail(saving.request()).await;
    assert_eq!((error.code, error.stage), (Code::Disk, Some(Stage::Disk)));
    assert!(
        error.message.contains("full") && error.message.contains("of 600000 bytes are missing"),
        "{error}"
    );
    let name = saving.part().file_name().unwrap().to_str().unwrap().to_owned();
    assert_eq!(saving.left(), [name]);
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_said() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let saving = Saving { lab: Lab::saving(&file.path().join("below")).await, ..Saving::start().await };
    let error = saving.fail(saving.request()).await;
    assert_eq!((error.code, error.stage), (Code::Disk, Some(Stage::Disk)), "{error}");
}

#[tokio::test]
async fn two_at_once_do_not_meet() {
    let saving = Saving::start().await;
    let hold = Hold::new();
    saving.fault(Fault::Hold(hold.clone()), Times::Always);
    let release = async {
        hold.arrived(2).await;
        hold.release();
    };
    let (one, other, ()) = tokio::join!(saving.save(), saving.save(), release);
    assert_eq!(saving.left().len(), 2);
    saving.take(&one);
    saving.take(&other);
}

/// Ten at once would take every place that a registry has.
#[tokio::test]
async fn many_saves_leave_room_to_look_around() {
    let saving = Saving::start().await;
    saving.lab.push("1", MediaType::OCI_INDEX, b"{}");
    let hold = Hold::new();
    saving.fault(Fault::Hold(hold.clone()), Times::Always);
    let requests = (0..10_u8).map(|nth| {
        let digest = saving.lab.fake.store().put_blob(REPOSITORY, [nth]).parse().unwrap();
        Save { digest, size: Some(1), ..saving.request() }
    });
    let saves: Vec<_> =
        requests.map(|request| saving.lab.service.save(request).collect::<Vec<_>>()).collect();
    let look = async {
        hold.arrived(4).await;
        saving.lab.inspect("1").await.unwrap();
        tokio::time::sleep(Duration::from_millis(100)).await;
        let blobs = saving.lab.requests().iter().filter(|line| line.contains("/blobs/")).count();
        hold.release();
        blobs
    };
    let (saves, blobs) = tokio::join!(futures_util::future::join_all(saves), look);
    assert_eq!(blobs, 4);
    let tickets = saves.iter().filter(|events| events.last().unwrap().as_ref().unwrap().ticket.is_some());
    assert_eq!(tickets.count(), 10);
}

/// The end of an answer without a length looks like any other end.
#[tokio::test]
async fn an_answer_without_a_length_that_ends_early_is_gone_on_with() {
    let saving = Saving::start().await;
    let lengthless = "HTTP/1.0 200 OK\r\n\r\n";
    let (front, back) = (saving.bytes[..1_000].to_vec(), saving.bytes[1_000..].to_vec());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host: oci::Host = listener.local_addr().unwrap().to_string().parse().unwrap();
    let answering = tokio::spawn(async move {
        for body in [front, back] {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = [0; 4096];
            let length = stream.read(&mut request).await.unwrap();
            let text = String::from_utf8_lossy(&request[..length]).to_lowercase();
            let head = match text.contains("range: bytes=1000-") {
                true => "HTTP/1.0 206 Partial\r\ncontent-range: bytes 1000-599999/600000\r\n\r\n",
                false => lengthless,
            };
            stream.write_all(head.as_bytes()).await.unwrap();
            stream.write_all(&body).await.unwrap();
        }
    });
    let added = api::AddRegistry { name: host.clone(), address: None, transport: api::Transport::Http };
    saving.lab.service.add_registry(added).await.unwrap();
    let request = Save { registry: host, ..saving.request() };
    let events: Vec<_> = saving.lab.service.save(request).map(|event| event.unwrap()).collect().await;
    saving.take(&events);
    answering.await.unwrap();
}

/// RFC 9110, 14.4: a server may answer with less than was asked for.
#[tokio::test]
async fn a_range_that_is_shorter_than_asked_for_is_gone_on_with() {
    let saving = Saving::start().await;
    fs::write(saving.part(), &saving.bytes[..50_000]).unwrap();
    let body = saving.bytes[50_000..60_000].to_vec().into();
    let headers = vec![("content-range".to_owned(), "bytes 50000-59999/600000".to_owned())];
    saving.fault(Fault::Status { code: 206, headers, body }, Times::Once);
    let events = saving.save().await;
    assert_eq!(saving.ranges(), ["bytes=50000-", "bytes=60000-"]);
    saving.take(&events);
}

/// `printf '{ "schemaVersion" : 2 }\n' | gzip -n`, by another implementation than ours.
const GZIP: [u8; 44] = [
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xab, 0x56, 0x50, 0x2a, 0x4e, 0xce, 0x48,
    0xcd, 0x4d, 0x0c, 0x4b, 0x2d, 0x2a, 0xce, 0xcc, 0xcf, 0x53, 0x52, 0xb0, 0x52, 0x30, 0x52, 0xa8, 0xe5,
    0x02, 0x00, 0x44, 0xd9, 0xd9, 0xd4, 0x18, 0x00, 0x00, 0x00,
];

/// Planted fault: what came encoded is compared with digest and length as it came.
#[tokio::test]
async fn what_is_encoded_in_spite_of_identity_is_decoded_where_that_has_the_digest() {
    let mut saving = Saving::start().await;
    let encoded = |encoding: &str| {
        let headers = vec![("content-encoding".to_owned(), encoding.to_owned())];
        Fault::Status { code: 200, headers, body: GZIP.to_vec().into() }
    };
    let put = |bytes: &[u8]| saving.lab.fake.store().put_blob(REPOSITORY, bytes).parse::<Digest>().unwrap();
    let (plain, gzip) = (put(b"{ \"schemaVersion\" : 2 }\n"), put(&GZIP));
    saving.bytes = b"{ \"schemaVersion\" : 2 }\n".to_vec();
    saving.digest = plain;
    saving.fault(encoded("gzip"), Times::Once);
    saving.take(&saving.save().await);
    assert_eq!(saving.parts(), Vec::<String>::new());

    // One that is not undone here is named, and nothing is left.
    saving.fault(encoded("br"), Times::Once);
    let error = saving.fail(saving.request()).await;
    assert!(error.message.contains("encoded them as br") && error.message.contains("RG007"), "{error}");
    assert_eq!(rules(&error), ["DS009", "RG007"]);
    saving.fault(encoded("gzip"), Times::Once);
    let error = saving.fail(Save { digest: Digest::sha256(b"else"), ..saving.request() }).await;
    assert!(error.message.contains("encoded them as gzip"), "{error}");
    assert_eq!(saving.parts(), Vec::<String>::new());

    // A layer that is gzip itself, which its registry calls its encoding.
    saving.bytes = GZIP.to_vec();
    saving.digest = gzip;
    saving.fault(encoded("gzip"), Times::Once);
    saving.take(&saving.save().await);
}

#[tokio::test]
async fn a_registry_that_goes_in_the_middle_leaves_the_part() {
    let saving = Saving::start().await;
    let drip = Drip::new();
    saving.fault(Fault::Slow(drip.clone()), Times::Always);
    drip.give(4_000);
    let mut events = saving.begin();
    let going = async { while let Some(Ok(_)) = events.next().await {} };
    tokio::select! {
        () = going => panic!("it ended with a part of its bytes"),
        () = drip.sent(4_000) => {}
    }
    let Saving { lab, folder, bytes, digest } = saving;
    lab.fake.shutdown().await;
    let mut failed = None;
    while let Some(event) = events.next().await {
        failed = event.err();
    }
    let error = failed.unwrap();
    assert!(matches!(error.code, Code::Unreachable | Code::BadAnswer), "{error:?}");
    let part = fs::read(folder.path().join(format!("sha256-{}.part", digest.encoded()))).unwrap();
    assert!(!part.is_empty() && part == bytes[..part.len()], "{} bytes", part.len());
    assert!(error.message.contains(&format!("{} bytes are kept", part.len())), "{error}");
}

#[tokio::test]
async fn a_registry_that_is_removed_meanwhile_is_asked_nothing_more() {
    let saving = Saving::start().await;
    let hold = Hold::new();
    saving.fault(Fault::CutBody { after: 4_000 }, Times::Once);
    saving.fault(Fault::Hold(hold.clone()), Times::Once);
    saving.fault(Fault::CutBody { after: 0 }, Times::Once);
    let mut events = saving.begin();
    let going = async { while let Some(Ok(_)) = events.next().await {} };
    tokio::select! {
        () = going => panic!("it ended with a part of its bytes"),
        () = hold.arrived(1) => {}
    }
    let service = &saving.lab.service;
    service.remove_registry(RemoveRegistry { name: saving.lab.host() }).await.unwrap();
    drop(events);
    hold.release();
    assert_eq!(fs::read(saving.part()).unwrap(), &saving.bytes[..4_000]);
    assert_eq!(saving.fail(saving.request()).await.code, Code::NotAdded);
    assert_eq!(saving.ranges().len(), 2);
}
