//! What did a program ask a registry? A proxy in between, on loopback, that counts and lets everything through.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{SystemTime, UNIX_EPOCH},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    task::JoinHandle,
};

use crate::wire::{Answers, Seen, requests};

/// One request and what came back.
#[derive(Debug, Clone)]
pub(crate) struct Exchange {
    pub(crate) method: String,
    pub(crate) target: String,
    /// 0 until it is answered.
    pub(crate) status: u16,
    /// Bytes of the answer's body.
    pub(crate) bytes: u64,
    /// The number of its connection.
    pub(crate) connection: usize,
    /// When the first byte of the body came, in milliseconds of the system's clock.
    pub(crate) first_byte: Option<f64>,
}

/// A running proxy. It ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Proxy {
    /// Its own `host:port`.
    pub(crate) address: String,
    seen: Arc<Mutex<Vec<Exchange>>>,
    task: JoinHandle<()>,
}

impl Proxy {
    /// Starts one before `host:port`.
    pub(crate) async fn before(upstream: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
        let address = listener.local_addr().expect("a bound listener has an address").to_string();
        let (seen, upstream) = (Arc::default(), upstream.to_owned());
        let log = Arc::clone(&seen);
        let task = tokio::spawn(async move {
            let mut number = 0;
            while let Ok((client, _)) = listener.accept().await {
                number += 1;
                if let Ok(server) = TcpStream::connect(&upstream).await {
                    connect(client, server, &log, number);
                }
            }
        });
        Self { address, seen, task }
    }

    /// What went through so far.
    pub(crate) fn exchanges(&self) -> Vec<Exchange> {
        lock(&self.seen).clone()
    }

    /// Forgets what went through so far.
    pub(crate) fn clear(&self) {
        lock(&self.seen).clear();
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn connect(client: TcpStream, server: TcpStream, log: &Arc<Mutex<Vec<Exchange>>>, number: usize) {
    let _ = (client.set_nodelay(true), server.set_nodelay(true));
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    let waiting = Arc::new(Mutex::new(VecDeque::new()));
    let (up_log, up_waiting) = (Arc::clone(log), Arc::clone(&waiting));
    tokio::spawn(async move {
        pump(from_client, to_server, |piece| {
            for (method, target) in requests(&String::from_utf8_lossy(piece)) {
                let mut log = lock(&up_log);
                lock(&up_waiting).push_back((log.len(), method == "HEAD"));
                let none = (0, 0, None);
                log.push(Exchange {
                    method,
                    target,
                    status: none.0,
                    bytes: none.1,
                    connection: number,
                    first_byte: none.2,
                });
            }
        })
        .await;
    });
    let log = Arc::clone(log);
    let mut answers = Answers::begin();
    tokio::spawn(async move {
        pump(from_server, to_client, |piece| {
            let is_head = || lock(&waiting).front().is_some_and(|(_, head)| *head);
            for seen in answers.read(piece, is_head) {
                let current = lock(&waiting).front().map(|(place, _)| *place);
                let mut log = lock(&log);
                let Some(exchange) = current.and_then(|place| log.get_mut(place)) else { continue };
                match seen {
                    Seen::Begins(status) => exchange.status = status,
                    Seen::Body(bytes) => {
                        exchange.bytes += bytes;
                        exchange.first_byte.get_or_insert_with(now);
                    }
                    Seen::Ends => drop(lock(&waiting).pop_front()),
                }
            }
        })
        .await;
    });
}

async fn pump(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut look: impl FnMut(&[u8])) {
    let mut buffer = vec![0; 64 << 10];
    while let Ok(read @ 1..) = from.read(&mut buffer).await {
        look(&buffer[..read]);
        if to.write_all(&buffer[..read]).await.is_err() {
            break;
        }
    }
    let _ = to.shutdown().await;
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Milliseconds since 1970, with their fractions.
pub(crate) fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
}
