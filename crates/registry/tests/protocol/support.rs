//! What do the tests talk to? A server that sends exactly the bytes it is told, and a clock that never waits.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use futures_util::future::BoxFuture;
use registry::{Client, Clock, Credentials, Endpoint, Login, LookupError, Options, Secret};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// A request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) method: String,
    /// Path and query, byte for byte.
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    pub(crate) fn line(&self) -> String {
        format!("{} {}", self.method, self.target)
    }
}

/// What the server does with a request.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// Sends these bytes and keeps the connection.
    Bytes(Vec<u8>),
    /// Sends these bytes and closes.
    Close(Vec<u8>),
    /// Sends these bytes and nothing more, until the client goes.
    Hang(Vec<u8>),
    /// Resets the connection.
    Reset,
}

/// A whole answer with its length.
pub(crate) fn answer(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Reply {
    let mut bytes = head(status, headers);
    let body = body.as_ref();
    bytes.truncate(bytes.len() - 2);
    bytes.extend_from_slice(format!("content-length: {}\r\n\r\n", body.len()).as_bytes());
    bytes.extend_from_slice(body);
    Reply::Bytes(bytes)
}

/// The head of an answer, without a length.
pub(crate) fn head(status: u16, headers: &[(&str, &str)]) -> Vec<u8> {
    let mut text = format!("HTTP/1.1 {status} Status\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str("\r\n");
    text.into_bytes()
}

pub(crate) fn json(body: &str) -> Reply {
    answer(200, &[("content-type", "application/json")], body)
}

type Script = dyn Fn(&Seen, usize) -> Reply + Send + Sync;

/// A server on loopback. It ends with its runtime.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
    came: watch::Receiver<usize>,
    gone: watch::Receiver<usize>,
    connections: watch::Receiver<usize>,
}

impl Server {
    /// Answers the nth request (from 0) by the script.
    pub(crate) async fn start(script: impl Fn(&Seen, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let seen: Arc<Mutex<Vec<Seen>>> = Arc::default();
        let (came_tx, came) = watch::channel(0);
        let (gone_tx, gone) = watch::channel(0);
        let (connections_tx, connections) = watch::channel(0);
        let script: Arc<Script> = Arc::new(script);
        let all = Arc::clone(&seen);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                connections_tx.send_modify(|count| *count += 1);
                let (script, all, came, gone) =
                    (Arc::clone(&script), Arc::clone(&all), came_tx.clone(), gone_tx.clone());
                tokio::spawn(async move {
                    serve(stream, &*script, &all, &came).await;
                    gone.send_modify(|count| *count += 1);
                });
            }
        });
        Self { address, seen, came, gone, connections }
    }

    pub(crate) fn requests(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// Method and target of each request.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.requests().iter().map(Seen::line).collect()
    }

    pub(crate) fn connections(&self) -> usize {
        *self.connections.borrow()
    }

    /// Until so many requests have come.
    pub(crate) async fn came(&self, count: usize) {
        until(self.came.clone(), count).await;
    }

    /// Until so many connections have ended.
    pub(crate) async fn gone(&self, count: usize) {
        until(self.gone.clone(), count).await;
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn endpoint(&self) -> Endpoint {
        Endpoint::http(self.address.to_string().parse().unwrap())
    }
}

/// Until a count is reached. What never happens fails the test instead of hanging it.
async fn until(mut counter: watch::Receiver<usize>, count: usize) {
    let reached = counter.wait_for(|now| *now >= count);
    tokio::time::timeout(Duration::from_secs(30), reached).await.expect("it happens").unwrap();
}

async fn serve(mut stream: TcpStream, script: &Script, all: &Mutex<Vec<Seen>>, came: &watch::Sender<usize>) {
    let mut buffer = Vec::new();
    loop {
        let Some(seen) = read(&mut stream, &mut buffer).await else { return };
        let nth = {
            let mut all = all.lock().unwrap();
            all.push(seen.clone());
            all.len() - 1
        };
        came.send_modify(|count| *count += 1);
        match script(&seen, nth) {
            Reply::Bytes(bytes) => {
                if stream.write_all(&bytes).await.is_err() {
                    return;
                }
            }
            Reply::Close(bytes) => {
                let _ = stream.write_all(&bytes).await;
                return;
            }
            Reply::Hang(bytes) => {
                let _ = stream.write_all(&bytes).await;
                let _ = stream.read(&mut [0; 64]).await;
                return;
            }
            Reply::Reset => {
                stream.set_zero_linger().unwrap();
                return;
            }
        }
    }
}

/// One request; `None` where the client went, or greeted in TLS, which is answered as Go's server does.
async fn read(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Seen> {
    loop {
        if let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            let text = String::from_utf8_lossy(&buffer[..end]).into_owned();
            buffer.drain(..end + 4);
            let mut lines = text.split("\r\n");
            let mut first = lines.next()?.split(' ');
            let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
            let headers = lines
                .filter_map(|line| line.split_once(": "))
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect();
            let mut seen = Seen { method, target, headers, body: String::new() };
            let length = seen.header("content-length").map_or(0, |length| length.parse().unwrap());
            while buffer.len() < length {
                let mut chunk = [0; 4096];
                let more = stream.read(&mut chunk).await.ok().filter(|more| *more > 0)?;
                buffer.extend_from_slice(&chunk[..more]);
            }
            seen.body = String::from_utf8(buffer.drain(..length).collect()).unwrap();
            return Some(seen);
        }
        let mut chunk = [0; 4096];
        let length = stream.read(&mut chunk).await.ok().filter(|length| *length > 0)?;
        buffer.extend_from_slice(&chunk[..length]);
        if buffer.first() == Some(&0x16) {
            let _ = stream
                .write_all(
                    b"HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n",
                )
                .await;
            return None;
        }
    }
}

/// Time that passes only when somebody sleeps.
pub(crate) struct TestClock {
    elapsed: Mutex<Duration>,
    slept: Mutex<Vec<Duration>>,
    expired: watch::Sender<Option<Duration>>,
}

impl Default for TestClock {
    fn default() -> Self {
        Self { elapsed: Mutex::default(), slept: Mutex::default(), expired: watch::channel(None).0 }
    }
}

impl TestClock {
    /// 1994-11-06 08:49:30 UTC: seven seconds before the example date of RFC 9110.
    pub(crate) fn start() -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_770)
    }

    pub(crate) fn slept(&self) -> Vec<Duration> {
        self.slept.lock().unwrap().clone()
    }

    pub(crate) fn pass(&self, time: Duration) {
        *self.elapsed.lock().unwrap() += time;
    }

    /// From now on watchdogs of exactly this limit bark at once; `None` calms them.
    pub(crate) fn expire(&self, limit: Option<Duration>) {
        self.expired.send_replace(limit);
    }
}

impl Clock for TestClock {
    fn now(&self) -> SystemTime {
        Self::start() + self.elapsed()
    }

    fn elapsed(&self) -> Duration {
        *self.elapsed.lock().unwrap()
    }

    fn sleep(&self, pause: Duration) -> BoxFuture<'static, ()> {
        self.slept.lock().unwrap().push(pause);
        self.pass(pause);
        Box::pin(tokio::task::yield_now())
    }

    fn limit(&self, limit: Duration) -> BoxFuture<'static, ()> {
        let mut expired = self.expired.subscribe();
        Box::pin(async move {
            let barks = expired.wait_for(|expired| *expired == Some(limit)).await.is_ok();
            if !barks {
                std::future::pending::<()>().await;
            }
        })
    }

    fn chance(&self) -> f64 {
        0.5
    }
}

/// A login for everything, and what the user has agreed to.
pub(crate) struct Known {
    pub(crate) login: Result<Option<Login>, LookupError>,
    /// Realm hosts with port, such as `127.0.0.1:5001`.
    pub(crate) consents: Vec<String>,
}

impl Default for Known {
    fn default() -> Self {
        Self { login: Ok(None), consents: Vec::new() }
    }
}

impl Known {
    pub(crate) fn basic() -> Self {
        let login = Login::Basic { user: "alice".to_owned(), password: Secret::new("s3cret-canary") };
        Self { login: Ok(Some(login)), consents: Vec::new() }
    }
}

impl Credentials for Known {
    fn lookup(
        &self,
        _: &oci::Host,
        _: Option<&oci::RepositoryName>,
    ) -> BoxFuture<'_, Result<Option<Login>, LookupError>> {
        Box::pin(std::future::ready(self.login.clone()))
    }

    fn consents(&self, _: &oci::Host, realm: &url::Url) -> bool {
        realm
            .socket_addrs(|| None)
            .is_ok_and(|found| found.iter().any(|address| self.consents.contains(&address.to_string())))
    }
}

/// An anonymous client with a clock that does not wait.
pub(crate) fn client() -> (Client, Arc<TestClock>) {
    client_of(Known::default())
}

pub(crate) fn client_of(credentials: Known) -> (Client, Arc<TestClock>) {
    let clock = Arc::new(TestClock::default());
    let options = Options {
        credentials: Arc::new(credentials),
        clock: Arc::clone(&clock) as Arc<dyn Clock>,
        ..Options::default()
    };
    (Client::new(options).unwrap(), clock)
}

pub(crate) fn repository() -> oci::RepositoryName {
    "demo/app".parse().unwrap()
}

pub(crate) fn tag(text: &str) -> oci::TagOrDigest {
    oci::TagOrDigest::Tag(text.parse().unwrap())
}

pub(crate) fn digest(text: &str) -> oci::TagOrDigest {
    oci::TagOrDigest::Digest(text.parse().unwrap())
}

/// Rule ids of findings.
pub(crate) fn ids(findings: &[oci::Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.id.as_str()).collect()
}
