//! What came so far: written, hashed, and ready to be gone on with?

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use api::{Code, Error, Stage};
use oci::{Algorithm, Digest, Hasher, Verification};

use super::{decode, folder};
use crate::Shared;

/// Bytes that are put together before they are written.
const PIECE: usize = 256 << 10;
/// How often and how long a part is waited for whose last write is still under way.
const TRIES: u32 = 5;
const TRY: Duration = Duration::from_millis(40);

/// A part of a blob. Its length and hash are those of what was written and of what waits to be.
pub(super) struct Part {
    file: Arc<Locked>,
    path: PathBuf,
    algorithm: Algorithm,
    hasher: Hasher,
    waiting: Vec<u8>,
    written: u64,
    /// How long it will be, where known.
    total: Option<u64>,
}

/// A file with the lock on it: a write that is under way when its save is dropped keeps both until it is done.
struct Locked {
    file: File,
    _lock: Arc<File>,
}

impl Part {
    /// Opens the part of a digest with what an earlier attempt left in it. What is longer than the descriptor states
    /// is of no use.
    pub(super) async fn open(
        shared: &Shared,
        folder: &Path,
        digest: &Digest,
        stated: Option<u64>,
    ) -> Result<Self, Error> {
        let mut tries = 0;
        let place = loop {
            let (folder, digest, last) = (folder.to_owned(), digest.clone(), tries == TRIES);
            let found = blocking(move || folder::free(&folder, &digest, !last)).await;
            if let Some(place) = found.map_err(|error| cannot("open a file there", &error))? {
                break place;
            }
            if last {
                let message = "This is being saved several times already: stop one of them first.";
                return Err(Error::new(Code::BadRequest, message));
            }
            tries += 1;
            shared.client.clock().limit(TRY).await;
        };
        let algorithm = digest.algorithm();
        let (path, of) = (place.path.clone(), algorithm.clone());
        let opened = blocking(move || {
            let mut file =
                OpenOptions::new().create(true).truncate(false).read(true).write(true).open(&place.path)?;
            let about = file.metadata()?;
            let fits = about.is_file() && stated.is_none_or(|stated| about.len() <= stated);
            if !fits && about.is_file() {
                file.set_len(0)?;
            }
            let (hasher, length) = if fits { hash(&mut file, &of)? } else { (Hasher::new(&of), 0) };
            Ok((Arc::new(Locked { file, _lock: Arc::new(place.lock) }), hasher, length))
        });
        let (file, hasher, written) = opened.await.map_err(|error| cannot("open a file there", &error))?;
        Ok(Self { file, path, algorithm, hasher, waiting: Vec::new(), written, total: stated })
    }

    pub(super) fn will_be(&mut self, total: u64) {
        self.total = Some(total);
    }

    pub(super) fn length(&self) -> u64 {
        self.written + self.waiting.len() as u64
    }

    /// Whether it hashes to the digest as it is.
    pub(super) fn is(&self, digest: &Digest) -> bool {
        self.verify(digest) == Verification::Verified
    }

    pub(super) fn verify(&self, digest: &Digest) -> Verification {
        self.hasher.clone().finish(digest)
    }

    pub(super) async fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        for piece in bytes.chunks(PIECE) {
            self.hasher.update(piece);
            self.waiting.extend_from_slice(piece);
            if self.waiting.len() >= PIECE {
                self.flush().await?;
            }
        }
        Ok(())
    }

    /// Writes what waits.
    pub(super) async fn flush(&mut self) -> Result<(), Error> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let (file, bytes) = (Arc::clone(&self.file), std::mem::take(&mut self.waiting));
        let length = bytes.len() as u64;
        let written = blocking(move || (&file.file).write_all(&bytes)).await;
        written.map_err(|error| self.not_written(&error))?;
        self.written += length;
        Ok(())
    }

    /// Begins anew.
    pub(super) async fn restart(&mut self) -> Result<(), Error> {
        let file = Arc::clone(&self.file);
        let emptied = blocking(move || {
            file.file.set_len(0)?;
            (&file.file).seek(SeekFrom::Start(0)).map(drop)
        });
        emptied.await.map_err(|error| self.not_written(&error))?;
        self.waiting.clear();
        self.hasher = Hasher::new(&self.algorithm);
        self.written = 0;
        Ok(())
    }

    /// Undoes an encoding, where what is decoded hashes to the digest: then that is in the file. Nothing happens where
    /// the descriptor states no length, for little may be decoded to very much.
    pub(super) async fn decode(
        &mut self,
        encoding: Option<&str>,
        stated: Option<u64>,
        digest: &Digest,
    ) -> Result<bool, Error> {
        let (Some(encoding), Some(stated)) = (encoding.map(str::to_owned), stated) else { return Ok(false) };
        let (path, digest) = (self.path.clone(), digest.clone());
        let decoded = blocking(move || decode::in_place(&path, &encoding, stated, &digest)).await;
        let Some((file, hasher)) = decoded.map_err(|error| self.not_written(&error))? else {
            return Ok(false);
        };
        self.written = file.metadata().map_err(|error| cannot("read a file there", &error))?.len();
        self.file = Arc::new(Locked { file, _lock: Arc::clone(&self.file._lock) });
        self.hasher = hasher;
        Ok(true)
    }

    /// Deletes it: what is in it is wrong. Where that fails it is at least empty.
    pub(super) async fn discard(&mut self) {
        self.waiting.clear();
        let (file, path) = (Arc::clone(&self.file), self.path.clone());
        let _ = blocking(move || {
            let emptied = file.file.set_len(0);
            std::fs::remove_file(path).and(emptied)
        })
        .await;
    }

    /// Gives it the name of something whole, once the disk has all of it.
    pub(super) async fn complete(&mut self, folder: &Path, ticket: &str) -> Result<PathBuf, Error> {
        let stem = self.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let to = folder.join(format!("{stem}.{ticket}.saved"));
        let (file, from, name) = (Arc::clone(&self.file), self.path.clone(), to.clone());
        let renamed = blocking(move || {
            file.file.sync_all()?;
            std::fs::rename(from, name)
        });
        renamed.await.map_err(|error| self.not_written(&error))?;
        Ok(to)
    }

    /// The part is kept: a part of a write may be in it, and the next attempt hashes what is there.
    fn not_written(&self, error: &io::Error) -> Error {
        if matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) {
            let kept = self.file.file.metadata().map_or(self.written, |about| about.len());
            let missing = match self.total {
                Some(total) => format!("{} of {total} bytes are missing", total.saturating_sub(kept)),
                None => "it is not complete".to_owned(),
            };
            let folder = self.path.parent().unwrap_or(&self.path).display();
            let message = format!(
                "The disk of this host is full: {kept} bytes are kept in {folder}, {missing}. Make room there and \
                 save again; it goes on from there."
            );
            return Error { stage: Some(Stage::Disk), ..Error::new(Code::Disk, message) };
        }
        cannot("write to a file there", error)
    }
}

/// What came before it was stopped is kept too.
impl Drop for Part {
    fn drop(&mut self) {
        if !self.waiting.is_empty() {
            // What cannot be written is fetched again.
            let _ = (&self.file.file).write_all(&self.waiting);
        }
    }
}

/// Hashes a file from its beginning to its end, where the next byte is then written.
fn hash(file: &mut File, algorithm: &Algorithm) -> io::Result<(Hasher, u64)> {
    let mut hasher = Hasher::new(algorithm);
    let mut piece = vec![0; PIECE];
    let mut length = 0;
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok((hasher, length)),
            Ok(read) => {
                hasher.update(&piece[..read]);
                length += read as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|broken| Err(io::Error::other(broken)))
}

fn cannot(what: &str, error: &io::Error) -> Error {
    let message = format!("This host cannot {what}, in the folder that saves go through: {error}.");
    Error { stage: Some(Stage::Disk), ..Error::new(Code::Disk, message) }
}
